"""Sets of texts with dated events: how rows are read, what is the right day, and the figures by hand."""

import json

import pytest
from click.testing import CliRunner

from detente.api import default_coder
from detente.cli.main import cli
from detente.errors import DetenteError
from detente.evaluate.dates import DateAnswer, DatedEvent, date_rows, date_tables, dates_found, wrong_dates
from detente.evaluate.documents import parsed
from detente.model import When

TEXT = (
    "Peru expels Chilean envoy\n"
    "Peru expelled the envoy on Friday, days after Chile arrested two officers.\n"
    "Chile met Peru in May.\n"
    "Peru will meet Chile on Monday.\n"
    "Peru thanked Brazil."
)


def event(sentence, mention, gold_time):
    return {"sentence": sentence, "mention": mention, "gold_time": gold_time}


ROW = {
    "doc_id": "envoy",
    "dct": "2012-11-20",
    "text": TEXT,
    "events": [
        # the headline's day is the lead's; its own line names none
        event(0, "expels", "2012-11-16"),
        event(1, "expelled", "2012-11-16"),
        # how many days nobody says: wrong
        event(1, "arrested", "2012-11-13"),
        event(3, "meet", "2012-11-26"),
        # a month; nothing
        event(2, "met", "2012-05-XX"),
        event(4, "thanked", "XXXX-XX-XX"),
    ],
}


@pytest.fixture
def set_of(tmp_path):
    def write(*rows):
        path = tmp_path / "set.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def came_out(path):
    return [dates_found(document, default_coder()) for document in parsed(date_rows(path), default_coder())]


def figures_of(table):
    return {one.name: pytest.approx(one.value) for one in table.figures}


def test_rows_are_read_with_their_events(set_of):
    (row,) = date_rows(set_of(ROW))
    assert (row.id, row.day, row.headed) == ("envoy", "2012-11-20", True)
    assert [(TEXT[slice(*one.words)], one.date) for one in row.gold] == [
        (one["mention"], one["gold_time"]) for one in ROW["events"]
    ]


def test_a_word_that_stands_twice_is_taken_twice(set_of):
    row = {"text": "They met and met.", "dct": "2012-11-20", "events": [event(0, "met", "2012-11-20")] * 2}
    (read,) = date_rows(set_of(row))
    assert [one.words for one in read.gold] == [(5, 8), (13, 16)]


@pytest.mark.parametrize(
    "left_out",
    [
        # a line that the text lacks
        event(7, "met", "2012-11-16"),
        event(-1, "thanked", "2012-11-16"),
        # a word that its line lacks, and half a word
        event(2, "expelled", "2012-11-16"),
        event(1, "expel", "2012-11-16"),
    ],
)
def test_events_of_words_that_are_not_there_are_left_out(set_of, left_out):
    (row,) = date_rows(set_of({**ROW, "events": [left_out]}))
    assert row.gold == ()


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"dct": "2012-11-20", "events": []}',
        '{"text": "They met.", "events": []}',
        '{"text": "They met.", "dct": "2012-11-20"}',
        '{"text": "They met.", "dct": "2012-11-20", "events": [{"sentence": 0, "mention": "met"}]}',
        '{"text": "They met.", "dct": "2012-11-20", "events": [{"sentence": "0", "mention": "met", "gold_time": ""}]}',
    ],
)
def test_a_row_that_is_none_is_named_with_what_it_needs(set_of, line):
    path = set_of(ROW)
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(DetenteError, match=r"set\.jsonl:2: .*events with sentence, mention and gold_time"):
        date_rows(path)


def test_an_empty_set_is_named(set_of):
    with pytest.raises(DetenteError, match=r"set\.jsonl: no document"):
        date_rows(set_of())


def span(start, end):
    return When(start=start, end=end, basis="stated")


@pytest.mark.parametrize(
    "date, when, told, right",
    [
        ("2012-11-16", span("2012-11-16", "2012-11-16"), True, True),
        ("2012-11-16", span("2012-11-15", "2012-11-15"), True, False),
        # the last day of two, and the one edge that is known
        ("2012-11-20", span("2012-11-19", "2012-11-20"), False, True),
        ("2012-11-20", span(None, "2012-11-20"), False, True),
        ("2012-11-20", span("2012-11-20", None), False, True),
        ("2012-11-20", None, False, False),
        # within a month, a year; both ways of writing it
        ("2012-05-XX", span("2012-05-09", "2012-05-09"), True, True),
        ("2012-05", span("2012-06-09", "2012-06-09"), True, False),
        ("2012-XX-XX", span("2012-05-01", "2012-05-31"), False, True),
        ("2012", span("2011-05-01", "2011-05-31"), False, False),
    ],
)
def test_right_is_the_same_day_or_one_within(date, when, told, right):
    answer = DateAnswer(DatedEvent((0, 3), date), "2012-11-20", when, "when:clause", None)
    assert (answer.is_told, answer.is_right) == (told, right)


def test_figures_are_those_of_the_hand(set_of):
    days, others = date_tables(came_out(set_of(ROW)))
    assert figures_of(days) == {
        "right": 3 / 4,
        "right, of those told to the day": 1,
        "baseline: always the page's date": 0,
        # "expelled" and "meet" stand beside theirs, "arrested" beside Friday, the headline beside none
        "baseline: the first day of the sentence": 2 / 4,
    }
    assert [one.rows for one in days.figures] == [4, 3, 4, 4]
    assert figures_of(others) == {"within the month or year": 1, "no day told where people tell none": 1}


def test_the_first_baseline_is_the_pages_date(set_of):
    days, _ = date_tables(came_out(set_of({**ROW, "dct": "2012-11-16"})))
    # the headline and "expelled" were of that Friday
    assert figures_of(days)["baseline: always the page's date"] == 2 / 4


def test_what_came_out_otherwise_is_listed_with_its_rule(set_of):
    (line,) = wrong_dates(came_out(set_of(ROW)))
    assert line.startswith("envoy: ") and "[arrested]" in line
    assert line.endswith("on 2012-11-13, got 2012-11-20 (when:told-by-then; page of 2012-11-20)")


def test_the_command_prints_tables_and_errors(set_of):
    result = CliRunner().invoke(cli, ["evaluate", "dates", str(set_of(ROW)), "--errors"])
    assert result.exit_code == 0
    for words in ("events dated to a day", "baseline: always the page's date", "within the month", "[arrested]"):
        assert words in result.stdout
