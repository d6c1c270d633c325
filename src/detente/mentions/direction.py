"""Which way a clause looks: back to what was, or ahead to what is to come.

"They met Monday"          -> -1
"They will meet Monday"    ->  1
"The talks, set for Monday"->  1
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Clause, Sentence, Token

AHEAD_MODALS = frozenset(("will", "shall", "would", "may", "might", "should", "can", "could", "must", "'ll", "wo"))
# Verbs whose complement lies ahead, whatever their own tense: "agreed to meet Monday", "is expected Monday".
AHEAD_VERBS = frozenset(
    ("plan", "expect", "schedule", "set", "due", "intend", "hope", "aim", "propose", "slate", "prepare", "want", "seek",
     "agree", "vow", "pledge", "promise", "threaten", "urge", "ask", "order", "demand", "call", "decide", "postpone",
     "delay", "expire", "await", "extend", "upcoming", "ready", "invite", "offer")
)  # fmt: skip
FAR = 12
"""How many words away a verb may stand that speaks for a time, where there is no tree."""


def direction_of(sentence: Sentence, at: int | None) -> int:
    """-1 back, 1 ahead, 0 where the sentence does not say; `at` is the index of the expression's first token."""
    tokens = sentence.tokens
    if at is None or not tokens:
        return 0
    if sentence.clauses:
        clause = _clause_of(sentence, at)
        if clause is not None:
            return _of_clause(clause, sentence.clauses)
    return _of_tags(tokens, at)


def _clause_of(sentence: Sentence, at: int) -> Clause | None:
    """The nearest verb above the expression."""
    verbs = {clause.predicate: clause for clause in sentence.clauses if clause.kind != "noun"}
    index = at
    for _ in range(len(sentence.tokens)):
        if index < 0:
            return None
        if index in verbs:
            return verbs[index]
        index = sentence.tokens[index].head
    return None


def _of_clause(clause: Clause, clauses: Sequence[Clause]) -> int:
    if clause.tense == "future" or AHEAD_MODALS.intersection(clause.modals):
        return 1
    if clause.lemma.split(" ")[0] in AHEAD_VERBS and (clause.voice == "passive" or clause.tense != "past"):
        return 1
    if clause.link == "xcomp" or (clause.mark == "to" and clause.tense == "none"):
        parent = clauses[clause.parent] if clause.parent is not None and clause.parent < len(clauses) else None
        return (
            1
            if parent is None or parent.lemma not in ("continue", "begin", "start", "manage", "fail")
            else (_of_clause_plain(parent))
        )
    return _of_clause_plain(clause)


def _of_clause_plain(clause: Clause) -> int:
    if clause.tense == "past" or clause.perfect or (clause.tense == "none" and clause.voice == "passive"):
        return -1
    return 0


def _of_tags(tokens: Sequence[Token], at: int) -> int:
    """By the verbs around: the nearest before the expression, else the nearest after it."""
    for index in (*range(at - 1, max(-1, at - 1 - FAR), -1), *range(at + 1, min(len(tokens), at + FAR))):
        token = tokens[index]
        if token.xpos in ("VBD", "VBN", "VBZ", "VBP", "VB", "VBG", "MD") or token.upos in ("VERB", "AUX"):
            return _of_verb(tokens, index)
    return 0


def _of_verb(tokens: Sequence[Token], index: int) -> int:
    token = tokens[index]
    for before in range(index, max(-1, index - 4), -1):
        word = tokens[before].form.lower()
        if word in AHEAD_MODALS:
            return 1
        if word == "to" and before == index - 1:
            return 1
    if (token.lemma or token.form.lower()) in AHEAD_VERBS and token.xpos != "VBD":
        return 1
    return -1 if token.xpos in ("VBD", "VBN") else 0
