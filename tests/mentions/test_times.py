"""Times: each lexicon entry's own examples, and what only whole sentences show."""

import re

import pytest

from detente.lexicon import Lexicon
from detente.mentions.times import Times
from detente.mentions.timewords import TimeEntry

LEXICON = Lexicon()
ENTRIES = LEXICON.entries("times", TimeEntry)
# "text @page's date => value [MOD] [TYPE] [= start/end]"; several expressions are parted by ";".
EXAMPLE = re.compile(r"(?P<text>.*?)(?: @(?P<anchor>\S+))? => (?P<told>.*)")


@pytest.fixture(scope="module")
def times():
    return Times(LEXICON)


def shown(mention):
    """A mention in the words of an example."""
    parts = [mention.value, mention.mod or "", mention.type if mention.type != "DATE" else ""]
    return " ".join(part for part in parts if part), f"{mention.start}/{mention.end}"


def pairs(kind):
    return [
        pytest.param(entry.id, text, id=f"{entry.id}: {text}") for entry in ENTRIES for text in getattr(entry, kind)
    ]


@pytest.mark.parametrize(("entry", "example"), pairs("examples"))
def test_each_entry_reads_its_examples(times, by_hand, entry, example):
    match = EXAMPLE.fullmatch(example)
    assert match, f"{entry}: write 'text @date => value', not '{example}'"
    found = [shown(mention) for mention in times.find(*by_hand(match["text"], anchor=match["anchor"]))]
    told = [part.strip().split(" = ") for part in match["told"].split(";")]
    assert [value for value, _ in found] == [part[0] for part in told]
    for (_, interval), part in zip(found, told, strict=True):
        assert len(part) == 1 or interval == part[1]


@pytest.mark.parametrize(("entry", "text"), pairs("counterexamples"))
def test_each_entry_leaves_its_counterexamples_alone(times, by_hand, entry, text):
    assert [shown(mention) for mention in times.find(*by_hand(text))] == []
