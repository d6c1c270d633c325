"""Mends what a parser trained on sentences gets wrong in headlines: a verb taken for part of a noun.

"India, Nepal sign power deal"        not a deal called "India, Nepal sign power"
"China threatened countermeasures"    not countermeasures that somebody threatened
"Zambia rebuffs South Africa"         not rebuffs called "Zambia"

Only where the root is a noun without a copula: a sentence with a verb on top is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Token

# A longer text without a verb is a list or a caption.
LONGEST = 24
_BEFORE = frozenset(["nsubj", "compound", "amod", "nmod", "obl", "nummod"])


def mended_headline(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with the verb on top, where there is one to be found."""
    if len(tokens) > LONGEST:
        return tokens
    root = next((i for i, token in enumerate(tokens) if token.head < 0), None)
    if root is None or tokens[root].upos not in ("NOUN", "PROPN"):
        return tokens
    kids = [i for i, token in enumerate(tokens) if token.head == root]
    if any(tokens[i].relation in ("cop", "obj", "acl:relcl", "acl") for i in kids):
        return tokens
    verb = next((i for i in kids if 0 < i < root and _is_hidden_verb(i, tokens)), None)
    if verb is not None:
        return _with_verb(verb, root, tokens)
    return _with_noun_as_verb(root, kids, tokens)


def _is_hidden_verb(i: int, tokens: Sequence[Token]) -> bool:
    """A finite verb that hangs before the noun, behind a name or a plural."""
    token = tokens[i]
    if token.upos != "VERB" or token.relation not in ("compound", "amod") or token.xpos in ("VBG",):
        return False
    return tokens[i - 1].upos in ("PROPN", "NOUN", "PRON") and tokens[i - 1].relation in _BEFORE


def _with_verb(verb: int, root: int, tokens: Sequence[Token]) -> Sequence[Token]:
    """The verb becomes the root, the noun its object, and what stands before the verb its subject."""
    subject = _subject_before(verb, tokens)
    mended = list(tokens)
    for i, token in enumerate(tokens):
        if i == verb:
            mended[i] = _moved(token, -1, "root")
        elif i == root:
            mended[i] = _moved(token, verb, "obj")
        elif i == subject:
            mended[i] = _moved(token, verb, "nsubj")
        elif i < verb and token.head in (root, verb):
            is_name = token.upos == "PROPN" and subject is not None and tokens[subject].upos == "PROPN"
            relation = "conj" if is_name and token.relation in ("compound", "nsubj") else token.relation
            mended[i] = _moved(token, subject if subject is not None else verb, relation)
    return mended


def _subject_before(verb: int, tokens: Sequence[Token]) -> int | None:
    return next((i for i in range(verb - 1, -1, -1) if tokens[i].upos in ("PROPN", "NOUN", "PRON")), None)


def _with_noun_as_verb(root: int, kids: Sequence[int], tokens: Sequence[Token]) -> Sequence[Token]:
    """ "Zambia rebuffs South Africa": an -s between two names."""
    token = tokens[root]
    subject = next((i for i in kids if i == root - 1 and tokens[i].relation in ("compound", "nsubj")), None)
    objects = [i for i in kids if i > root and tokens[i].relation in ("appos", "nmod:unmarked", "obj", "flat", "dep")]
    plain = token.form.endswith("s") and token.form.islower()
    if subject is None or not plain or not objects or any(tokens[i].form == "," for i in range(root, objects[0])):
        return tokens
    mended = list(tokens)
    stem = token.form[:-1]
    mended[root] = Token(token.start, token.end, token.form, stem, "VERB", "VBZ", -1, "root", token.name)
    mended[subject] = _moved(tokens[subject], root, "nsubj")
    mended[objects[0]] = _moved(tokens[objects[0]], root, "obj")
    return mended


def _moved(token: Token, head: int, relation: str) -> Token:
    return Token(
        token.start, token.end, token.form, token.lemma, token.upos, token.xpos, head, relation, token.name,
    )  # fmt: skip
