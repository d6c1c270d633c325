"""Which way a clause looks: back to what was, or ahead to what is to come.

"They met Monday"                    -> -1
"They will meet Monday"              ->  1
"They agreed to meet Monday"         ->  1
"The talks, planned for Monday, ..." ->  1
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Clause, Sentence, Token

AHEAD_MODALS = frozenset(("will", "shall", "'ll", "wo", "sha", "may", "must", "might", "should"))
# "would" looks ahead from a past: ahead, unless it never came true ("would have met").
WOULD = frozenset(("would", "'d"))
# Verbs whose complement lies ahead, whatever their own tense: "agreed to meet Monday", "is expected Monday".
AHEAD_VERBS = frozenset(
    ("plan", "expect", "schedule", "slate", "intend", "hope", "aim", "propose", "prepare", "want", "seek", "agree",
     "vow", "pledge", "promise", "threaten", "urge", "ask", "order", "demand", "decide", "postpone", "delay", "expire",
     "await", "invite", "offer", "due", "ready", "likely", "set")
)  # fmt: skip
# In the present tense they tell a timetable: "The ministers meet Monday".
TIMETABLE_VERBS = frozenset(
    ("meet", "begin", "start", "open", "arrive", "leave", "return", "resume", "end", "close", "visit", "travel", "fly",
     "vote", "play", "face", "host", "gather", "convene", "continue", "expire", "kick off", "take effect", "go")
)  # fmt: skip
# Words right before an expression that place it: "until Tuesday", "by year-end", "effective Feb. 1"; "since Jan. 13".
AHEAD_WORDS = frozenset(("until", "till", "by", "through", "effective", "starting", "beginning"))
BACK_WORDS = frozenset(("since",))
FAR = 12
"""How many words away a verb may stand that speaks for a time, where there is no tree."""


def direction_of(sentence: Sentence, at: int | None) -> int:
    """-1 back, 1 ahead, 0 where the sentence does not say; `at` is the index of the expression's first token."""
    tokens = sentence.tokens
    if at is None or not tokens:
        return 0
    before = tokens[at - 1].form.lower() if at else ""
    if before in BACK_WORDS:
        return -1
    clause = _clause_of(sentence, at) if sentence.clauses else None
    said = _of_clause(clause, sentence.clauses) if clause is not None else _of_tags(tokens, at)
    if said == 0 and clause is not None and _is_timetable(clause) and sentence.part == "body":
        return 1
    if said <= 0 and before == "for" and clause is not None and clause.lemma in AHEAD_VERBS:
        return 1
    if before in AHEAD_WORDS and (said == 0 or before in ("until", "till", "effective")):
        return 1
    return said


def _is_timetable(clause: Clause) -> bool:
    """ "The council meets Monday" looks ahead; in a headline it may have met."""
    return clause.kind == "verb" and clause.tense == "present" and clause.lemma in TIMETABLE_VERBS


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
    """By the clause, and where it has no tense of its own by those above it."""
    for _ in range(len(clauses) + 1):
        said = _of_one(clause)
        if said is not None:
            return said
        if clause.parent is None or clause.parent >= len(clauses):
            return 0
        above = clauses[clause.parent]
        if above.lemma.split(" ")[0] in AHEAD_VERBS and clause.link in ("xcomp", "ccomp"):
            return 1
        clause = above
    return 0


def _of_one(clause: Clause) -> int | None:
    """None: the clause has no tense of its own ("to meet", "leaving")."""
    if clause.tense == "future" or AHEAD_MODALS.intersection(clause.modals):
        return 1
    if WOULD.intersection(clause.modals):
        return -1 if clause.perfect else 1
    passive = clause.voice == "passive" or clause.kind == "adjective"
    if clause.lemma.split(" ")[0] in AHEAD_VERBS and (passive or clause.tense != "past") and clause.lemma != "set":
        return 1
    if clause.tense == "past" or clause.perfect:
        return -1
    if clause.tense == "present":
        return 0
    return -1 if clause.voice == "passive" and clause.mark != "to" else None


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
        if word in AHEAD_MODALS or word in WOULD:
            return 1
        if word == "to" and before == index - 1:
            return 1
    if (token.lemma or token.form.lower()) in AHEAD_VERBS and token.xpos != "VBD":
        return 1
    return -1 if token.xpos in ("VBD", "VBN") else 0
