"""Mends a perfect infinitive that a parser takes for "have" with a participle: "is said to have cut ties".

It happens where the participle looks like the infinitive: cut, shot, hit, put, set.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from detente.model import Token


def mended_perfects(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with each such participle in the place of its "have"."""
    mended: list[Token] | None = None
    for i in range(1, len(tokens) - 1):
        verb = _participle_of(i, tokens)
        if verb is None:
            continue
        mended = mended if mended is not None else list(tokens)
        for at, token in enumerate(mended):
            if token.head == i and at != verb:
                mended[at] = replace(token, head=verb)
        mended[verb] = replace(mended[verb], head=tokens[i].head, relation=tokens[i].relation)
        mended[i] = replace(mended[i], head=verb, relation="aux", upos="AUX")
    return mended if mended is not None else tokens


def _participle_of(i: int, tokens: Sequence[Token]) -> int | None:
    """The participle behind "to have", with nothing but an adverb between."""
    have = tokens[i]
    if have.lemma != "have" or have.upos != "VERB" or have.xpos != "VB" or tokens[i - 1].xpos != "TO":
        return None
    verb = next((at for at in range(i + 1, min(i + 3, len(tokens))) if tokens[at].upos != "ADV"), None)
    if verb is None or tokens[verb].xpos not in ("VBN", "VB") or tokens[verb].relation not in ("xcomp", "ccomp", "obj"):
        return None  # an infinitive right behind "have" is none: "cut" is both
    return verb if tokens[verb].head in (i, have.head) else None
