"""Words of saying inside or behind what is said: who speaks does not stay among those who are spoken of."""

import pytest

from detente.model import Token
from detente.sentences.asides import mended_asides


def token(form, upos, xpos, head, relation, lemma=None):
    return Token(0, 0, form, lemma or form.lower(), upos, xpos, head, relation, "O")


# "Russia, officials said, left": the parser took Russia and the officials for one list.
LISTED = [
    token("Russia", "PROPN", "NNP", 5, "nsubj"),
    token(",", "PUNCT", ",", 2, "punct"),
    token("officials", "NOUN", "NNS", 0, "conj"),
    token("said", "VERB", "VBD", 5, "advcl", "say"),
    token(",", "PUNCT", ",", 3, "punct"),
    token("left", "VERB", "VBD", -1, "root", "leave"),
]


def hung(tokens):
    return {t.form: (tokens[t.head].form if t.head >= 0 else "", t.relation) for t in tokens if t.upos != "PUNCT"}


def test_an_aside_hangs_beside_what_is_said():
    assert hung(mended_asides(LISTED)) == {
        "Russia": ("left", "nsubj"), "officials": ("said", "nsubj"), "said": ("left", "parataxis"),
        "left": ("", "root"),
    }  # fmt: skip


def test_what_is_right_stays_as_it_is():
    mended = mended_asides(LISTED)
    assert mended_asides(mended) is mended


@pytest.mark.parametrize("place, form, upos, xpos, lemma", [
    # no word of saying
    (3, "slept", "VERB", "VBD", "sleep"),
    # a relative clause
    (2, "who", "PRON", "WP", "who"),
    # no finite verb
    (3, "saying", "VERB", "VBG", "say"),
])  # fmt: skip
def test_other_stretches_between_commas_are_left_alone(place, form, upos, xpos, lemma):
    tokens = [*LISTED]
    old = tokens[place]
    tokens[place] = token(form, upos, xpos, old.head, old.relation, lemma)
    assert mended_asides(tokens) is tokens


@pytest.mark.parametrize("tokens", [
    [], LISTED[:1], LISTED[1:2] * 5,
    # heads that loop or point outside
    [token(t.form, t.upos, t.xpos, 3, t.relation, t.lemma) for t in LISTED],
    [token(t.form, t.upos, t.xpos, 99, t.relation, t.lemma) for t in LISTED],
])  # fmt: skip
def test_broken_trees_do_no_harm(tokens):
    assert len(mended_asides(tokens)) == len(tokens)
