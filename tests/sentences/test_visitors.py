"""Who is on a visit stands where the parser put "visiting"."""

import pytest

from detente.model import Token
from detente.sentences.visitors import mended_visitors


def token(form, upos, xpos, head, relation, lemma=None, name="O"):
    return Token(0, 0, form, lemma or form, upos, xpos, head, relation, name)


# "held talks with visiting Omani ministers on Monday"
TALKS = [
    token("held", "VERB", "VBD", -1, "root", "hold"),
    token("talks", "NOUN", "NNS", 0, "obj"),
    token("with", "SCONJ", "IN", 3, "mark"),
    token("visiting", "VERB", "VBG", 1, "acl"),
    token("Omani", "ADJ", "JJ", 5, "amod"),
    token("ministers", "NOUN", "NNS", 3, "obj"),
    token("Monday", "PROPN", "NNP", 3, "obl:unmarked"),
]
# "met visiting Omani Minister Said"
MET = [
    token("met", "VERB", "VBD", -1, "root", "meet"),
    token("visiting", "VERB", "VBG", 0, "advcl"),
    token("Omani", "ADJ", "JJ", 3, "amod"),
    token("Minister", "PROPN", "NNP", 4, "nmod:desc"),
    token("Said", "PROPN", "NNP", 1, "obj", name="B-PER"),
]


def tree_of(tokens):
    return [(token.head, token.relation) for token in tokens]


def test_behind_a_preposition():
    assert tree_of(mended_visitors(TALKS)) == [
        (-1, "root"), (0, "obj"), (5, "case"), (5, "amod"), (5, "amod"), (1, "nmod"), (1, "obl:unmarked"),
    ]  # fmt: skip


def test_behind_a_verb():
    assert tree_of(mended_visitors(MET)) == [(-1, "root"), (4, "amod"), (3, "amod"), (4, "nmod:desc"), (0, "obj")]


def test_behind_by_after_a_passive():
    passive = [token("was", "AUX", "VBD", 1, "aux:pass", "be"), token("received", "VERB", "VBN", -1, "root", "receive")]
    behind = [token("by", "SCONJ", "IN", 3, "mark"), token("visiting", "VERB", "VBG", 1, "advcl")]
    guests = [token("ministers", "NOUN", "NNS", 3, "obj")]
    mended = mended_visitors([*passive, *behind, *guests])
    assert tree_of(mended)[2:] == [(4, "case"), (4, "amod"), (1, "obl")]


@pytest.mark.parametrize("place, changed", [
    # "after visiting"
    (2, token("after", "SCONJ", "IN", 3, "mark")),
    # "with visiting Oman"
    (5, token("Oman", "PROPN", "NNP", 3, "obj", name="B-LOC")),
    # "with receiving"
    (3, token("receiving", "VERB", "VBG", 1, "acl")),
    # "with visiting two ministers"
    (4, token("two", "NUM", "CD", 5, "nummod")),
])  # fmt: skip
def test_where_it_is_a_verb_it_is_left_alone(place, changed):
    tokens = [*TALKS]
    tokens[place] = changed
    assert mended_visitors(tokens) is tokens


def test_what_one_likes_is_left_alone():
    tokens = [token("enjoyed", "VERB", "VBD", -1, "root", "enjoy"), *MET[1:]]
    assert mended_visitors(tokens) is tokens
