"""Sets of texts with expressions of time: how rows are read, what counts as found, and the figures by hand."""

import json

import pytest
from click.testing import CliRunner

from detente.api import default_coder
from detente.cli.main import cli
from detente.errors import DetenteError
from detente.evaluate.documents import parsed
from detente.evaluate.times import matched, time_rows, time_tables, wrong_times

TEXT = "They met on Monday, and will meet again in May 2010 for two weeks. Talks began yesterday."


def timex(words, type, value):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "type": type, "value": value}


ROW = {
    "doc_id": "talks",
    "dct": "2009-06-28",
    "text": TEXT,
    "timexes": [
        # a comma too much is no difference
        timex("Monday,", "DATE", "2009-06-22"),
        # a word too much is one
        timex("in May 2010", "DATE", "2010-05"),
        # the same words, read otherwise
        timex("two weeks", "DURATION", "P2D"),
        # nothing that the coder finds; and it finds "yesterday" besides
        timex("again", "SET", "P1D"),
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
    rows = time_rows(path)
    return [matched(document, default_coder()) for document in parsed(rows, default_coder())]


def figures_of(table):
    return {one.name: pytest.approx(one.value, abs=5e-4) for one in table.figures}


def test_rows_are_read_with_their_expressions(set_of):
    (row,) = time_rows(set_of(ROW))
    assert (row.id, row.day, row.text) == ("talks", "2009-06-28", TEXT)
    assert [(TEXT[slice(*one.span)], one.type, one.value) for one in row.gold][2:] == [
        ("two weeks", "DURATION", "P2D"),
        ("again", "SET", "P1D"),
    ]


def test_a_row_may_lack_name_date_and_value_and_lines_may_be_empty(set_of):
    path = set_of({"text": "Now.", "timexes": [{"start": 0, "end": 3, "type": "DATE"}]})
    path.write_text("\n" + path.read_text())
    (row,) = time_rows(path)
    assert (row.id, row.day, row.gold[0].value) == ("2", None, "")


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        # no text; no expressions
        '{"timexes": []}',
        '{"text": "Now."}',
        # an expression without its end, without its type
        '{"text": "Now.", "timexes": [{"start": 0, "type": "DATE"}]}',
        '{"text": "Now.", "timexes": [{"start": 0, "end": 3}]}',
        '{"text": "Now.", "timexes": [5]}',
    ],
)
def test_a_row_that_is_none_is_named_with_what_it_needs(set_of, line):
    path = set_of(ROW)
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(DetenteError, match=r"set\.jsonl:2: .*needs text and timexes with start, end, type and value"):
        time_rows(path)


def test_an_empty_set_is_named(set_of):
    with pytest.raises(DetenteError, match=r"set\.jsonl: no document; each line needs text and timexes"):
        time_rows(set_of())


def test_figures_are_those_of_the_hand(set_of):
    (document,) = came_out(set_of(ROW))
    # gold, found; the same span, any, the right type, the right value
    assert document.counts() == (4, 4, 2, 3, 3, 2)
    coder, _ = time_tables([document])
    assert figures_of(coder) == {"strict": 4 / 8, "relaxed": 6 / 8, "type": 6 / 8, "value": 4 / 8}


def test_figures_are_pooled_over_documents(set_of):
    empty = {"doc_id": "rain", "dct": "2009-06-28", "text": "Rain fell yesterday.", "timexes": []}
    coder, _ = time_tables(came_out(set_of(ROW, empty)))
    # one found more, none of gold
    assert figures_of(coder) == {"strict": 4 / 9, "relaxed": 6 / 9, "type": 6 / 9, "value": 4 / 9}
    assert {one.rows for one in coder.figures} == {2}


def test_an_expression_is_matched_once(set_of):
    (document,) = came_out(set_of({**ROW, "timexes": [ROW["timexes"][0], ROW["timexes"][0]]}))
    assert len(document.pairs) == 1


def test_the_same_span_comes_before_an_overlap(set_of):
    wider = timex("Monday, and", "DATE", "2009-06-22")
    (document,) = came_out(set_of({**ROW, "timexes": [wider, timex("Monday", "DATE", "2009-06-22")]}))
    assert [TEXT[slice(*gold.span)] for gold, _ in document.pairs] == ["Monday"]


def test_the_baseline_is_a_list_of_names(set_of):
    _, baseline = time_tables(came_out(set_of(ROW)))
    assert baseline.title.startswith("baseline")
    # "Monday", "May 2010" and "yesterday" of four; it knows no values
    assert figures_of(baseline) == {"strict": 2 / 7, "relaxed": 4 / 7, "type": 4 / 7, "value": 0}


def test_what_came_out_otherwise_is_listed(set_of):
    told = list(wrong_times(came_out(set_of(ROW))))
    assert [line.split(" '")[0] for line in told] == ["talks: missed", "talks: added", "talks: wanted"]
    assert "[again]" in told[0] and told[0].endswith("SET P1D")
    assert "[yesterday]" in told[1] and told[1].endswith("DATE 2009-06-27")
    assert "[two weeks]" in told[2] and told[2].endswith("DURATION P2D, got DURATION P2W")


def test_the_command_prints_tables_and_errors(set_of):
    result = CliRunner().invoke(cli, ["evaluate", "times", str(set_of(ROW)), "--errors"])
    assert result.exit_code == 0
    for words in ("expressions of time, F1", "strict", "baseline", "documents per CPU-second", "talks: missed"):
        assert words in result.stdout


def test_the_command_says_which_line_is_none(set_of):
    result = CliRunner().invoke(cli, ["evaluate", "times", str(set_of({"text": "Now."}))])
    assert result.exit_code != 0
    assert "set.jsonl:1" in str(result.exception) + result.output
