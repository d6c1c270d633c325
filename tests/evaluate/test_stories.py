"""Figures of stories."""

import json

import pytest
from click.testing import CliRunner

from detente.cli.main import cli
from detente.errors import DetenteError
from detente.evaluate.clusters import b_cubed
from detente.evaluate.stories import story_rows

ROWS = [
    {
        "id": 1,
        "cluster": "a",
        "topic": "t",
        "date": "2010-06-04",
        "title": "Iran, Iraq sign pact",
        "text": "A pact on trade.",
    },
    {"id": 2, "cluster": "b", "topic": "t", "date": "2010-06-03", "title": "Peru recalls envoy", "text": "From Quito."},
]


def test_b_cubed():
    figures = b_cubed(["x", "x", "x", "y"], ["a", "a", "b", "b"])
    assert figures.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert figures.recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert b_cubed([], []).f1 == 0


def test_rows_come_by_their_dates(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)))
    assert [row.id for row in story_rows(path)] == [2, 1]


@pytest.mark.parametrize("by, f1", [("cluster", "1.000"), ("topic", "0.667")])
def test_the_command(tmp_path, by, f1):
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)))
    told = CliRunner().invoke(cli, ["evaluate", "stories", str(path), "--by", by])
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert lines[2].split()[-1] == f1
    assert "baseline: all in one" in told.output


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 1}',
        '{"id": 1, "cluster": 2, "text": "x", "date": "soon"}',
        '{"id": 1, "cluster": 2, "text": "x", "date": "2010-02-31"}',
        "x",
    ],
)
def test_a_set_that_cannot_be_read(tmp_path, line):
    path = tmp_path / "set.jsonl"
    path.write_text(line)
    with pytest.raises(DetenteError, match=r"set\.jsonl:1: "):
        story_rows(path)
