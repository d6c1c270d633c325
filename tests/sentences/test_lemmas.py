import pytest

from detente.sentences import language
from detente.sentences.lemmas import Lemmas


@pytest.fixture(scope="module")
def lemmas():
    return language().lemmas


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        # what rules cannot know
        ("fought", "VERB", "VBD", "fight"),
        ("withdrew", "VERB", "VBD", "withdraw"),
        ("met", "VERB", "VBN", "meet"),
        ("men", "NOUN", "NNS", "man"),
        # a rare past tense that the tagger took for a present
        ("overran", "VERB", "VBP", "overrun"),
        ("n't", "PART", "RB", "not"),
        ("'ll", "AUX", "MD", "will"),
        # doubled letters, silent letters
        ("stopped", "VERB", "VBD", "stop"),
        ("expelled", "VERB", "VBN", "expel"),
        ("killed", "VERB", "VBD", "kill"),
        ("resuming", "VERB", "VBG", "resume"),
        ("negotiating", "VERB", "VBG", "negotiate"),
        ("agreed", "VERB", "VBD", "agree"),
        ("denied", "VERB", "VBD", "deny"),
        ("visited", "VERB", "VBD", "visit"),
        # plurals
        ("talks", "NOUN", "NNS", "talk"),
        ("countries", "NOUN", "NNS", "country"),
        ("clashes", "NOUN", "NNS", "clash"),
        # names stay
        ("Gates", "PROPN", "NNP", "Gates"),
        ("Emirates", "PROPN", "NNPS", "Emirates"),
        ("Syrian", "ADJ", "JJ", "Syrian"),
        # numbers are written one way
        ("5,000", "NUM", "CD", "5000"),
    ],
)  # fmt: skip
def test_the_word_as_a_dictionary_lists_it(lemmas, form, upos, xpos, lemma):
    assert lemmas.of(form, upos, xpos) == lemma


@pytest.mark.parametrize(
    ("form", "xpos", "lemma"),
    [
        ("blorped", "VBD", "blorp"),
        ("griffed", "VBD", "griff"),
        ("zogging", "VBG", "zog"),
        ("meliorating", "VBG", "meliorate"),
        ("fronkies", "NNS", "fronky"),
    ],
)
def test_an_unknown_word_follows_its_ending(form, xpos, lemma):
    assert Lemmas([]).by_ending(form, xpos) == lemma


def test_capitals_tell_nothing_in_a_headline(lemmas):
    assert lemmas.of("CASE", "NOUN", "NN", capital_tells=False) == "case"
    assert lemmas.of("NGO", "NOUN", "NN") == "NGO"
