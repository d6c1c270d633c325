"""Numbers put together from words, for times and for counts."""

import pytest
from msgspec import Struct

from detente.lexicon import Lexicon
from detente.numerals import number_at, numerals_of

KNOWN = {word: {entry.kind: entry.value} for entry in numerals_of(Lexicon()) for word in entry.words}
KNOWN |= {"a": {"article": 1}, "and": {"=and": "and"}, "-": {"=-": "-"}}


class Word(Struct):
    values: dict


def words_of(text):
    figures = {"12": 12, "1.5": 1.5, "1500": 1500}
    return [Word(KNOWN.get(form) or ({"number": figures[form]} if form in figures else {})) for form in text.split()]


@pytest.mark.parametrize(
    "text, value, length",
    [
        ("seven men", 7, 1),
        ("twenty men", 20, 1),
        # text is cut at hyphens
        ("twenty - five men", 25, 3),
        ("two hundred men", 200, 2),
        ("two hundred fifty men", 250, 3),
        ("two hundred and fifty men", 250, 4),
        ("two hundred and fifty thousand men", 250_000, 5),
        ("two thousand three hundred men", 2300, 4),
        ("a hundred men", 100, 2),
        ("two dozen men", 24, 2),
        ("1.5 million men", 1_500_000, 2),
        ("12 thousand men", 12_000, 2),
        # a figure begins anew
        ("two hundred 12", 200, 2),
        # so does a second hundred
        ("two hundred and three hundred", 200, 2),
        # no numbers of people
        ("1.5 men", None, 0),
        ("a man", None, 0),
        ("hundred men", None, 0),
        ("men", None, 0),
    ],
)
def test_numbers(text, value, length):
    assert number_at(words_of(text), 0) == (value, length)


def test_and_ends_a_number_where_two_are_told():
    words = words_of("one hundred and fifty")
    assert (number_at(words, 0), number_at(words, 0, joins=False)) == ((150, 4), (100, 2))
