"""Mends "visiting" before a guest's title or name, which a parser takes for a verb with an object.

"Modi met visiting Israeli Prime Minister Benjamin Netanyahu"   Modi met the premier, who is on a visit
"held talks with visiting Chinese officials"                    with the officials, not while seeing them
"arrived after visiting Chinese officials", "likes visiting"    left alone: there it is a verb
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from detente.model import Token
from detente.sentences.grammar import verbs

# Behind these comes somebody, and rarely what somebody does; behind "by" only after a passive.
_BEFORE_SOMEBODY = frozenset(["with", "against", "between", "alongside"])
_IN_A_NAME = frozenset(["ADJ", "NOUN", "PROPN", "PUNCT", "PART"])


def mended_visitors(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with each guest in the place of the "visiting" before."""
    mended: list[Token] | None = None
    for i in range(1, len(tokens) - 1):
        guest = _guest_of(i, tokens)
        if guest is None:
            continue
        mended = mended if mended is not None else list(tokens)
        _mend(i, guest, mended)
    return mended if mended is not None else tokens


def _guest_of(i: int, tokens: Sequence[Token]) -> int | None:
    """Who is on a visit; None where somebody visits him."""
    token = tokens[i]
    if token.form.lower() != "visiting" or token.xpos != "VBG" or not _may_precede(i, tokens):
        return None
    guest = next(
        (at for at in range(i + 1, len(tokens)) if tokens[at].head == i and tokens[at].relation == "obj"), None
    )
    if guest is None or any(tokens[at].upos not in _IN_A_NAME for at in range(i + 1, guest)):
        return None
    is_person = tokens[guest].name.endswith("-PER") or tokens[guest].xpos == "NNS"
    return guest if is_person else None


def _may_precede(i: int, tokens: Sequence[Token]) -> bool:
    """Whether what stands right before "visiting" asks for somebody."""
    before = tokens[i - 1]
    if before.upos == "VERB":
        has_object = any(token.head == i - 1 and token.relation in ("obj", "iobj") for token in tokens)
        return not has_object and before.lemma not in verbs("taking_gerunds")
    if before.head != i or before.relation not in ("mark", "case"):
        return False
    word = before.form.lower()
    verb = tokens[i].head
    is_passive = any(token.head == verb and token.relation.endswith(":pass") for token in tokens)
    return word in _BEFORE_SOMEBODY or (word == "by" and is_passive)


def _mend(i: int, guest: int, tokens: list[Token]) -> None:
    visiting, before = tokens[i], tokens[i - 1]
    above = tokens[visiting.head] if visiting.head >= 0 else None
    for at, token in enumerate(tokens):
        if token.head == i and at != guest:
            # "met visiting ministers in Delhi": the place is that of the meeting.
            tokens[at] = replace(token, head=guest if at == i - 1 else visiting.head)
    if before.upos == "VERB":
        relation = "obj"
    else:
        tokens[i - 1] = replace(tokens[i - 1], relation="case")
        relation = "obl" if above is not None and above.upos == "VERB" else "nmod"
    tokens[guest] = replace(tokens[guest], head=visiting.head, relation=relation)
    tokens[i] = replace(visiting, head=guest, relation="amod")
