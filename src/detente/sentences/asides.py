"""Mends what a parser gets wrong where the words of saying stand inside or behind what is said.

"Russia, Dutch officials said, has expelled two"    not "Russia, Dutch officials" as one list
'"NATO," said Lavrov, "expelled two"'               not NATO who said it
"Jets bombed a village, a source told reporters"    not a village that a source told

An aside stands between commas (or behind the last one) and holds a verb of saying, who says it, and hardly more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.model import Token
from detente.sentences.grammar import verbs

_QUOTES = frozenset(['"', "“", "”", "``", "''", "'", "‘", "’", "«", "»"])
_FINITE = frozenset(["VBD", "VBZ", "VBP"])
_OF_NAMES = frozenset(["DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADP", "PART", "PUNCT", "ADV", "CCONJ"])
_NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
_RELATIVE = frozenset(["WDT", "WP", "WP$", "WRB"])
# Longer asides hold more than who says it.
LONGEST = 16


def mended_asides(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with each aside's subject under its verb and its verb under the rest of the sentence."""
    mended: list[Token] | None = None
    for first, last in _between_commas(tokens):
        verb = _only_verb(first, last, tokens)
        subject = _speaker_of(verb, first, last, tokens) if verb is not None else None
        if verb is None or subject is None or _is_right(verb, subject, first, last, tokens):
            continue
        mended = mended if mended is not None else list(tokens)
        _mend(verb, subject, first, last, mended)
    return mended if mended is not None else tokens


def _between_commas(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The stretches between commas and behind the last one, without quotation marks at their ends."""
    commas = [i for i, token in enumerate(tokens) if token.form == ","]
    end = len(tokens) - 1
    while end > 0 and (tokens[end].form in _QUOTES or tokens[end].xpos == "."):
        end -= 1
    for at, comma in enumerate(commas):
        first, last = comma + 1, (commas[at + 1] - 1 if at + 1 < len(commas) else end)
        while first < last and tokens[first].form in _QUOTES:
            first += 1
        if first < last < first + LONGEST:
            yield first, last


def _only_verb(first: int, last: int, tokens: Sequence[Token]) -> int | None:
    """The verb of saying, when there is no other verb."""
    found = [i for i in range(first, last + 1) if tokens[i].upos in ("VERB", "AUX")]
    if len(found) != 1 or tokens[found[0]].xpos not in _FINITE or tokens[found[0]].lemma not in verbs("saying"):
        return None
    return found[0]


def _speaker_of(verb: int, first: int, last: int, tokens: Sequence[Token]) -> int | None:
    """Who says it: the head of the name before the verb, else of the one behind it; None when more is told."""
    if verb > first:
        before = range(first, verb)
        named = all(tokens[i].upos in _OF_NAMES and tokens[i].xpos not in _RELATIVE for i in before)
        return _head_of(before, tokens) if named and _is_tail(verb, last, tokens) else None
    return _head_of(range(verb + 1, last + 1), tokens) if tokens[verb].lemma in verbs("inverting") else None


def _is_tail(verb: int, last: int, tokens: Sequence[Token]) -> bool:
    """Whether nothing but time, place and hearer stands behind the verb."""
    if verb == last:
        return True
    following = tokens[verb + 1]
    if tokens[verb].lemma in verbs("telling"):
        return True
    return (
        following.upos in ("ADP", "ADV") or following.xpos == "TO" or following.name[2:] == "DATE" or _is_day(following)
    )


def _is_day(token: Token) -> bool:
    return token.relation in ("obl:unmarked", "obl:tmod", "nmod:unmarked")


def _head_of(stretch: Sequence[int], tokens: Sequence[Token]) -> int | None:
    """The head of a name: its last noun before any preposition; of "Sergei Lavrov" the first part."""
    found = None
    for i in stretch:
        if tokens[i].upos == "ADP":
            break
        if tokens[i].upos in _NOMINAL:
            found = i
    while found is not None and tokens[found].relation in ("flat", "conj") and tokens[found].head in stretch:
        found = tokens[found].head
    return found


def _is_right(verb: int, subject: int, first: int, last: int, tokens: Sequence[Token]) -> bool:
    hangs_well = tokens[verb].head < 0 or tokens[verb].relation == "parataxis"
    subjects = [i for i, token in enumerate(tokens) if token.head == verb and token.relation.startswith("nsubj")]
    return hangs_well and bool(subjects) and all(first <= i <= last for i in subjects)


def _mend(verb: int, subject: int, first: int, last: int, tokens: list[Token]) -> None:
    root = next((i for i, token in enumerate(tokens) if token.head < 0), None)
    if root is None or (first <= root <= last and root != verb):
        return
    said = root if root != verb else _said_under(verb, first, last, tokens)
    if said is None:
        return
    for i, token in enumerate(tokens):
        inside = first <= i <= last
        if i == verb:
            continue
        if i == subject:
            tokens[i] = _moved(token, verb, "nsubj")
        elif inside and not first <= token.head <= last:
            tokens[i] = _moved(token, subject, "amod" if token.upos == "ADJ" else "compound")
        elif not inside and token.head == verb and token.relation.startswith("nsubj"):
            has_its_own = any(
                other.head == said and other.relation.startswith("nsubj") and not first <= at <= last
                for at, other in enumerate(tokens)
            )
            tokens[i] = _moved(token, said, "dep" if has_its_own else token.relation)
        elif not inside and first <= token.head <= last and token.head != verb:
            tokens[i] = _moved(token, said, token.relation)
    if root != verb:
        tokens[verb] = _moved(tokens[verb], root, "parataxis")


def _said_under(verb: int, first: int, last: int, tokens: Sequence[Token]) -> int | None:
    """The predicate of what is said, hung below the verb of saying."""
    return next(
        (i for i, token in enumerate(tokens) if token.head == verb and not first <= i <= last and token.upos == "VERB"),
        None,
    )


def _moved(token: Token, head: int, relation: str) -> Token:
    return Token(
        token.start, token.end, token.form, token.lemma, token.upos, token.xpos, head, relation, token.name,
    )  # fmt: skip
