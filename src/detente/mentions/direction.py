"""Which way a clause looks: back to what was, or ahead to what is to come; and which verb of saying a day hangs on.

"They met Monday"                    -> -1
"They will meet Monday"              ->  1
"They agreed to meet Monday"         ->  1
"The talks, planned for Monday, ..." ->  1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.model import Clause, Sentence, Token

AHEAD_MODALS = frozenset(("will", "shall", "'ll", "wo", "sha", "may", "must", "might", "should", "can", "ca"))
# "would" looks ahead from a past: ahead, unless it never came true ("would have met").
WOULD = frozenset(("would", "'d"))
# Verbs whose complement lies ahead, whatever their own tense: "agreed to meet Monday", "is expected Monday".
AHEAD_VERBS = frozenset(
    ("plan", "expect", "schedule", "slate", "intend", "hope", "aim", "propose", "prepare", "want", "seek", "agree",
     "vow", "pledge", "promise", "threaten", "urge", "ask", "order", "demand", "decide", "postpone", "delay", "expire",
     "await", "invite", "offer", "due", "ready", "likely", "set")
)  # fmt: skip
PLANNED = (AHEAD_VERBS | {"upcoming", "forthcoming", "planned", "scheduled", "expected", "slated"}) - {"set"}
PLANS = frozenset(("plan", "proposal", "schedule"))
# In the present tense they tell a timetable: "The ministers meet Monday".
TIMETABLE_VERBS = frozenset(
    ("meet", "begin", "start", "open", "arrive", "leave", "return", "resume", "end", "close", "visit", "travel", "fly",
     "vote", "play", "face", "host", "gather", "convene", "continue", "expire", "kick off", "take effect", "go")
)  # fmt: skip
# Words right before an expression that place it: "until Tuesday", "by year-end", "effective Feb. 1"; "since Jan. 13".
AHEAD_WORDS = frozenset(("until", "till", "by", "through", "effective", "starting", "beginning", "as soon as"))
SURELY_AHEAD = frozenset(("until", "till", "effective", "as soon as"))
BACK_WORDS = frozenset(("since",))
CLOCK_WORDS = frozenset(
    ("a.m", "a.m.", "p.m", "p.m.", "am", "pm", ".", "on", "noon", "midnight", "early", "late", "the", "end", "of")
)
FAR = 12
"""How many words away a verb may stand that speaks for a time, where there is no tree."""


def direction_of(sentence: Sentence, at: int | None) -> int:
    """-1 back, 1 ahead, 0 where the sentence does not say; `at` is the index of the expression's first token."""
    tokens = sentence.tokens
    if at is None or not tokens:
        return 0
    before = _word_before(tokens, at)
    if before in BACK_WORDS:
        return -1
    clause = _clause_of(sentence, at) if sentence.clauses else None
    if clause is not None and _is_planned(tokens, at, clause.predicate):
        return 1
    if clause is not None and clause.tense == "past" and not clause.modals and _is_fronted(clause, at):
        return -1
    said = _of_clause(clause, sentence.clauses) if clause is not None else _of_tags(tokens, at)
    if said == 0 and clause is not None and _is_timetable(clause) and sentence.part == "body":
        return 1
    if said <= 0 and before == "for" and clause is not None and clause.lemma in AHEAD_VERBS:
        return 1
    if before in AHEAD_WORDS and (said == 0 or before in SURELY_AHEAD):
        return 1
    return said


def said_with(sentence: Sentence, at: int | None, verbs: Mapping[str, str]) -> str | None:
    """The verb of saying that an expression hangs on, if it does; `at` is the index of its first token.

    "On Friday he said: ..."         -> say
    "They met on Friday, he said"    -> None
    """
    tokens = sentence.tokens
    if at is None or not tokens:
        return None
    if not sentence.clauses:
        return next((token.lemma for token in tokens[max(0, at - FAR) : at + FAR] if token.lemma in verbs), None)
    clause = _clause_of(sentence, at)
    verb = clause.lemma.split(" ")[0] if clause else ""
    return verb if verb in verbs else None


def _word_before(tokens: Sequence[Token], at: int) -> str:
    """The word before an expression, words of the clock aside: "until" in "until early 9 a.m. on Tuesday"."""
    index = at - 1
    while index > max(0, at - 5) and (tokens[index].form.lower() in CLOCK_WORDS or tokens[index].form[0].isdigit()):
        index -= 1
    before = tokens[index].form.lower() if index >= 0 else ""
    if before == "as" and index >= 2 and tokens[index - 2].form.lower() == "as":
        return f"as {tokens[index - 1].form.lower()} as"
    return before


def _is_fronted(clause: Clause, at: int) -> bool:
    """ "In July he was invited to testify": what stands before the subject is the verb's own."""
    return clause.subject is not None and at < clause.subject.head


def _is_timetable(clause: Clause) -> bool:
    """ "The council meets Monday" looks ahead; in a headline it may have met."""
    return clause.kind == "verb" and clause.tense == "present" and clause.lemma in TIMETABLE_VERBS


def _is_planned(tokens: Sequence[Token], at: int, verb: int) -> bool:
    """A noun between the expression and its verb is planned: "the slated visit in September", "plans for May"."""
    index, nouns = tokens[at].head, set[int]()
    while index not in (-1, verb) and index not in nouns:
        nouns.add(index)
        index = tokens[index].head
    if any(tokens[noun].lemma in PLANS for noun in nouns):
        return True
    return any(
        token.head in nouns and token.relation == "amod" and not PLANNED.isdisjoint((token.lemma, token.form))
        for token in tokens
    )


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
        going_to = above.lemma == "go" and above.progressive and clause.link == "xcomp"
        if going_to or (above.lemma.split(" ")[0] in AHEAD_VERBS and clause.link in ("xcomp", "ccomp")):
            return 1
        clause = above
    return 0


def _of_one(clause: Clause) -> int | None:
    """None: the clause has no tense of its own ("to meet", "leaving")."""
    if clause.perfect and clause.tense != "future" and AHEAD_MODALS.intersection(clause.modals):
        return -1  # "may have expelled him"
    if clause.tense == "future" or AHEAD_MODALS.intersection(clause.modals):
        return 1
    if WOULD.intersection(clause.modals):
        return -1 if clause.perfect else 1
    if clause.link.startswith("advcl") and clause.tense == "none" and clause.voice == "active" and clause.mark != "to":
        # "He spoke Tuesday, asking for help": as its main clause.
        return None
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
        # A name is no modal: "the May 9 parade".
        word = tokens[before].form.lower() if tokens[before].upos != "PROPN" else ""
        if word in AHEAD_MODALS or word in WOULD:
            return 1
        if word == "to" and before == index - 1:
            return 1
    if (token.lemma or token.form.lower()) in AHEAD_VERBS and token.xpos != "VBD":
        return 1
    return -1 if token.xpos in ("VBD", "VBN") else 0
