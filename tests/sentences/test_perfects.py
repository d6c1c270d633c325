"""A perfect infinitive is one verb, also where its participle looks like an infinitive."""

import pytest

from detente.model import Token
from detente.sentences.perfects import mended_perfects


def token(form, upos, xpos, head, relation, lemma=None):
    return Token(0, 0, form, lemma or form, upos, xpos, head, relation, "O")


# "are said to have cut ties": the parser took "have" for a verb of its own.
PARSED = [
    token("are", "AUX", "VBP", 1, "aux:pass", "be"),
    token("said", "VERB", "VBN", -1, "root", "say"),
    token("to", "PART", "TO", 3, "mark"),
    token("have", "VERB", "VB", 1, "xcomp"),
    token("cut", "VERB", "VBN", 3, "xcomp"),
    token("ties", "NOUN", "NNS", 4, "obj"),
]


def test_the_participle_takes_the_place_of_have():
    mended = mended_perfects(PARSED)
    assert [(t.head, t.relation) for t in mended[2:]] == [(4, "mark"), (4, "aux"), (1, "xcomp"), (4, "obj")]


@pytest.mark.parametrize("place, changed", [
    # "to have troops"
    (4, token("troops", "NOUN", "NNS", 3, "obj")),
    # "have cut ties" without "to"
    (2, token("will", "AUX", "MD", 3, "aux")),
    # "to get cut"
    (3, token("get", "VERB", "VB", 1, "xcomp")),
])  # fmt: skip
def test_other_verbs_are_left_alone(place, changed):
    tokens = [*PARSED]
    tokens[place] = changed
    assert mended_perfects(tokens) is tokens


@pytest.mark.parametrize("tokens", [[], PARSED[:1], PARSED[3:], [PARSED[3]] * 4])
def test_pieces_do_no_harm(tokens):
    assert len(mended_perfects(tokens)) == len(tokens)
