"""Times: each lexicon entry's own examples, and what only whole sentences show."""

import random
import re
import time

import pytest

from detente.lexicon import Lexicon
from detente.mentions.times import Times
from detente.mentions.timewords import TimeEntry
from detente.model import Article, Block, Stamp
from detente.sentences import language, sentences_of

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


@pytest.fixture(scope="module")
def parsed():
    """An article of one paragraph with the trees of its sentences."""
    model = language()

    def made(text, *, anchor):
        article = Article(
            id="a", record="r", origin="made by hand", text=text, blocks=(Block("paragraph", 0, len(text)),),
            published=Stamp(kind="published", value=anchor, basis="given"),
        )  # fmt: skip
        (sentences,) = sentences_of([article], model)
        return article, tuple(sentences)

    return made


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
        ("Theresa/PER May/PER met/VBD Mr. March/PER", "2009-06-28", []),
        # words that only look like days
        ("The Sun/PROPN rose; second, they sat/VERB down; Sat/PROPN won/VBD", "2009-06-28", []),
        # the latest one that is over
        ("last May they met/VBD", "2009-06-28", ["2009-05"]),
        ("last May they met/VBD", "2009-04-28", ["2008-05"]),
        # less than sixty days ahead, though told in the past
        ("The talks were/VBD set for Nov. 16", "1989-10-28", ["1989-11-16"]),
        # named days
        ("Since 9/11 the crash of Black Monday looks/VBZ small", "2009-06-28", ["2001-09-11", "1987-10-19"]),
        ("the May 9 parade was/VBD cancelled", "2009-05-20", ["2009-05-09"]),
        ("on the eve of the vote they met/VBD", "2009-05-20", []),
        # a year ago is the same quarter beside a quarter's figures, and a year elsewhere
        ("Profit rose/VBD in the third quarter from a year ago", "1989-10-30", ["1989-Q3", "1988-Q3"]),
        ("They met/VBD a year ago", "1989-10-30", ["1988"]),
        # quarters far back are told to compare
        (
            "Since the third quarter of 1984 sales fell/VBD. They rose/VBD a year ago.",
            "1989-10-30",
            ["1984-Q3", "1988"],
        ),
        # whose figures are a fiscal year's
        ("in the fiscal fourth quarter profit fell/VBD", "2009-03-28", ["2008-Q4"]),
        # background counts from the date told last that is as fine
        ("In December 2008 it was/VBD frozen. A month later they met/VBD", "2009-06-28", ["2008-12", "2009-01"]),
        ("On May 5, 2009 they met/VBD. The following day they left/VBD", "2010-06-28", ["2009-05-05", "2009-05-06"]),
        ("On May 5 a truce, the first in 2009, held/VBD; that day", "2009-06-28", ["2009-05-05", "2009", "2009-05-05"]),
        # a feast that is under way is meant, whatever the tense
        ("They will/MD fast until the end of Ramadan", "2009-09-01", ["2009-08-22/2009-09-19"]),
        # winter runs over the end of the year
        ("last winter they met/VBD", "2009-01-28", ["2007-WI"]),
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
        ("early next week", ("2009-06-29", "2009-06-30")),
        ("in mid-2010", ("2010-05-01", "2010-08-31")),
        ("the early 1990s", ("1990-01-01", "1993-04-30")),
        ("the end of the year", ("2009-09-01", "2009-12-31")),
        ("later this month", ("2009-06-21", "2009-06-30")),
        ("the rest of the year", ("2009-06-28", "2009-12-31")),
        # how many, nobody says
        ("the past three weeks", ("2009-06-07", "2009-06-28")),
        ("in the coming days", ("2009-06-28", "2009-07-01")),
        ("in recent years", ("2006-06-28", "2009-06-28")),
        # years of schools and companies, and years around another
        ("in 2008/09", ("2008-01-01", "2009-12-31")),
        ("in fiscal 2009", ("2009-01-01", "2009-12-31")),
        ("at the turn of the century", ("1998-01-01", "2002-12-31")),
        # open at its end
        ("from 2010 onward", ("2010-01-01", None)),
        # over the end of the year
        ("from November to January", ("2008-11-01", "2009-01-31")),
    ],
)
def test_what_stretch_of_days_is_meant(times, by_hand, text, interval):
    (mention,) = times.find(*by_hand(text, anchor="2009-06-28"))
    assert (mention.start, mention.end) == interval


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # against the day of the utterance, before and after the quotation
        ('On Friday he said: "We will leave tomorrow."', ["2009-06-26", "2009-06-27"]),
        ('"We were attacked yesterday," the mayor told reporters on Friday.', ["2009-06-25", "2009-06-26"]),
        # a quotation that goes on in the next sentence of the paragraph
        ('"It is over," he said on Friday. "We leave tomorrow."', ["2009-06-26", "2009-06-27"]),
        # said on the page's own day
        ('"We will leave tomorrow," he said.', ["2009-06-29"]),
        # no quotation: the writer's tomorrow
        ("On Friday he said that they would leave tomorrow.", ["2009-06-26", "2009-06-29"]),
        # a day that is not the saying's
        ('The army, which left on Friday, "will return tomorrow".', ["2009-06-26", "2009-06-29"]),
    ],
)
def test_a_quotation_counts_from_the_day_it_was_said(times, parsed, text, told):
    assert [mention.value for mention in times.find(*parsed(text, anchor="2009-06-28"))] == told


def test_a_quotation_names_the_rule_that_dates_it(times, parsed):
    _, tomorrow = times.find(*parsed('On Friday he said: "We will leave tomorrow."', anchor="2009-06-28"))
    assert tomorrow.because[-1].rule == "times/words#said-then"
    assert tomorrow.because[-1].words == (3, 9)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # the noun is planned, whatever its verb
        ("The slated visit of the minister in September was called off.", ["2009-09"]),
        # a future without "will"
        ("They are going to vote in the autumn.", ["2009-FA"]),
        ("The ministers meet Monday in Corfu.", ["2009-06-29"]),
        # the word before it, past the hour
        ("The council has until 9 a.m. Tuesday to answer.", ["2009-06-30T09:00"]),
        ("The army could withdraw as soon as Tuesday.", ["2009-06-30"]),
        # the hour of the day that the sentence tells
        ("On Saturday a car bomb exploded at 8 a.m. in the capital.", ["2009-06-27", "2009-06-27T08:00"]),
        ("They met at 10:57 on Sunday.", ["2009-06-28T10:57"]),
        # "before" introduces a clause: no day is told
        ("They had talked for several months before he left.", ["PXM"]),
    ],
)
def test_what_the_tree_tells(times, parsed, text, told):
    assert [mention.value for mention in times.find(*parsed(text, anchor="2009-06-28"))] == told


def test_each_entry_shows_what_it_reads():
    assert [entry.id for entry in ENTRIES if not entry.examples and not entry.counterexamples] == []
    assert sum(len(entry.examples) for entry in ENTRIES) >= 150


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
