"""Mends slips of the parser that contradict themselves or the order of the words.

"He rebels/NOUN,VBZ"                                   a verb: nouns have no third person
"Reports/VERB that it left are false"                  a noun: a finite verb is nobody's subject
"it will free/ADJ the prisoners"                       a verb: an adjective behind a modal has "be" and no object
"killing two and wounding four"                        the second goes on with the first, not with the verb above
"two died and four were wounded"                       the four are who was wounded
"without troops attacking"                             what was not done is the attack
"wrote in a letter to the UN that Benin left"          what was written, not what the UN is
"said on a visit to Benin that rain fell"              what stands before "that" is no part of what is said
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from detente.model import Token
from detente.sentences.grammar import verbs

Change = tuple[int, Token]
"""The place of a token and what becomes of it."""

_FINITE = frozenset(["VBD", "VBZ", "VBP"])


def mended_slips(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without these slips."""
    mended: list[Token] | None = None
    for slips in _SLIPS:
        for at, token in slips(mended or tokens):
            mended = mended if mended is not None else list(tokens)
            mended[at] = token
    return mended if mended is not None else tokens


def _words_of_two_kinds(tokens: Sequence[Token]) -> Iterator[Change]:
    """Where the two tags of a word contradict each other, its place in the tree decides."""
    for i, token in enumerate(tokens):
        if token.upos == "NOUN" and token.xpos in _FINITE and _kids(i, tokens, "nsubj"):
            yield i, replace(token, upos="VERB")
        elif token.upos == "VERB" and token.xpos == "VBZ" and token.relation == "nsubj" and token.head > i:
            yield i, replace(token, upos="NOUN", xpos="NNS")
        elif token.xpos == "JJ" and _kids(i, tokens, "obj") and _has_modal(i, tokens):
            yield i, replace(token, upos="VERB", xpos="VB")


def _has_modal(at: int, tokens: Sequence[Token]) -> bool:
    return any(tokens[i].xpos == "MD" for i in _kids(at, tokens, "aux")) and not _kids(at, tokens, "cop")


def _second_participles(tokens: Sequence[Token]) -> Iterator[Change]:
    for i, token in enumerate(tokens):
        if token.xpos != "VBG" or token.relation != "conj" or token.head < 0 or tokens[token.head].xpos not in _FINITE:
            continue
        before = [at for at in _kids(token.head, tokens, "advcl") if token.head < at < i and tokens[at].xpos == "VBG"]
        if before:
            yield i, replace(token, head=before[-1])


def _bare_numbers(tokens: Sequence[Token]) -> Iterator[Change]:
    for i, token in enumerate(tokens[:-2]):
        verb = i + 2
        is_member = token.upos == "NUM" and token.relation == "conj" and token.head >= 0
        if not is_member or tokens[token.head].upos != "VERB" or not tokens[i + 1].relation.startswith("aux"):
            continue
        if tokens[i + 1].head == verb and tokens[verb].upos == "VERB" and not _kids(verb, tokens, "nsubj"):
            passive = ":pass" if tokens[i + 1].relation.endswith(":pass") else ""
            yield i, replace(token, head=verb, relation=f"nsubj{passive}")


def _deeds_not_done(tokens: Sequence[Token]) -> Iterator[Change]:
    for i, token in enumerate(tokens):
        if token.form.lower() != "without" or token.relation != "case" or token.head < i:
            continue
        doer = token.head
        deed = next((at for at in _kids(doer, tokens, "acl") if at > doer and tokens[at].xpos == "VBG"), None)
        if deed is not None:
            yield deed, replace(tokens[deed], head=tokens[doer].head, relation="advcl")
            yield doer, replace(tokens[doer], head=deed, relation="nsubj")
            yield i, replace(token, head=deed, relation="mark")


def _what_was_said(tokens: Sequence[Token]) -> Iterator[Change]:
    for i, token in enumerate(tokens):
        said = token.head
        if token.form.lower() != "that" or token.relation != "obl:unmarked" or said < i:
            continue
        if tokens[said].relation != "acl:relcl" or not (_kids(said, tokens, "nsubj") and _kids(said, tokens, "obj")):
            continue
        noun = tokens[said].head
        verb = tokens[noun].head if noun >= 0 else -1
        if verb >= 0 and tokens[noun].relation.startswith("obl") and tokens[verb].lemma in verbs("saying"):
            yield i, replace(token, upos="SCONJ", xpos="IN", relation="mark")
            yield said, replace(tokens[said], head=verb, relation="ccomp")


def _before_that(tokens: Sequence[Token]) -> Iterator[Change]:
    for mark, token in enumerate(tokens):
        said = token.head
        if token.form.lower() != "that" or token.relation != "mark" or said < mark or tokens[said].relation != "ccomp":
            continue
        verb = tokens[said].head
        if 0 <= verb < mark:
            for i in _kids(said, tokens, "obl"):
                if verb < i < mark:
                    yield i, replace(tokens[i], head=verb)


def _kids(head: int, tokens: Sequence[Token], relation: str) -> list[int]:
    return [i for i, token in enumerate(tokens) if token.head == head and token.relation.partition(":")[0] == relation]


_SLIPS: tuple[Callable[[Sequence[Token]], Iterator[Change]], ...] = (
    _words_of_two_kinds, _second_participles, _bare_numbers, _deeds_not_done, _what_was_said,
    _before_that,
)  # fmt: skip
