"""Times: each lexicon entry's own examples, and what only whole sentences show."""

import random
import re
import time

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


@pytest.mark.parametrize(
    ("text", "anchor", "told"),
    [
        # Monday in a Tuesday story: back, ahead
        ("They met/VBD Monday", "2009-06-30", ["2009-06-29"]),
        ("They will/MD meet/VB Monday", "2009-06-30", ["2009-07-06"]),
        ("They would/MD meet/VB Monday", "2009-06-30", ["2009-07-06"]),
        # told on the day itself
        ("They met/VBD Tuesday", "2009-06-30", ["2009-06-30"]),
        # the word before says it whatever the verb does
        ("They met/VBD after a truce until Friday", "2009-06-30", ["2009-07-03"]),
        # words that are also verbs and auxiliaries
        ("He may/AUX march/VERB in May", "2009-06-28", ["2010-05"]),
        ("MAY/AUX TROOPS MARCH/VERB ON", "2009-06-28", []),
        # persons
        ("Jan/PER Kavan/PER met/VBD April/PER Jones/PER", "2009-06-28", []),
        # a page without a date
        ("last week he met/VBD them on Friday", None, ["XXXX-WXX", "XXXX-WXX-5"]),
        ("in December 2008 he met/VBD them", None, ["2008-12"]),
    ],
)
def test_which_day_is_meant(times, by_hand, text, anchor, told):
    assert [mention.value for mention in times.find(*by_hand(text, anchor=anchor))] == told


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        # up to the page's date
        ("frozen since December", ("2008-12-01", "2009-06-28")),
        # open at its beginning
        ("closed until May 2010", (None, "2010-05-31")),
        # one interval, not two points
        ("exercises in May-June 2009", ("2009-05-01", "2009-06-30")),
        ("between 3 and 5 May", ("2009-05-03", "2009-05-05")),
        ("from December 2008 to May 2009", ("2008-12-01", "2009-05-31")),
        # a part
        ("the second half of May 2009", ("2009-05-16", "2009-05-31")),
        # over the end of the year
        ("from November to January", ("2008-11-01", "2009-01-31")),
    ],
)
def test_what_stretch_of_days_is_meant(times, by_hand, text, interval):
    (mention,) = times.find(*by_hand(text, anchor="2009-06-28"))
    assert (mention.start, mention.end) == interval


@pytest.mark.parametrize("anchor", [None, "2009-06-28", "1000-01-01", "2199-12-31", "0001-01-01", "9999-12-31"])
def test_no_heap_of_time_words_breaks_it(times, by_hand, anchor):
    """Any order of the lexicon's words, with any page date: something or nothing, never an exception."""
    words = [word for entry in ENTRIES for word in entry.words]
    words += ["5", "31", "2009", "1000", "2199", "10:57", "25:99", "2/30/2009", "2008/09", "0000-00-00", "99999", "1/2"]
    words += ["-", ",", "of", "the", "to", "and", "from", "between", "'s", "year", "000", "9" * 40]
    chance = random.Random(9)
    for _ in range(400):
        text = " ".join(chance.choice(words) for _ in range(12))
        for mention in times.find(*by_hand(text, anchor=anchor)):
            assert mention.start is None or mention.end is None or mention.start <= mention.end


def test_a_page_of_nothing_but_time_words_is_read_in_time(times, by_hand):
    article, sentences = by_hand("last May 5 and " * 5_000, anchor="2009-06-28")
    start = time.process_time()
    assert times.find(article, sentences)
    assert time.process_time() - start < 10
