"""Figures of copies."""

import gzip
import json

import pytest
from click.testing import CliRunner

from detente.cli.main import cli
from detente.errors import DetenteError
from detente.evaluate.clusters import pair_agreement
from detente.evaluate.copies import copy_rows, merged_alone, recall_by_kind

STORY = (
    "Iran and Iraq signed a pact on border trade in Baghdad on Monday, the two foreign ministries said in a statement."
)
OTHER = (
    "Turkey expelled two Syrian diplomats on Sunday after a week of angry words, its foreign ministry said in Ankara."
)
ROWS = [
    {"id": 1, "cluster": 1, "kind": "orig", "text": STORY},
    {"id": 2, "cluster": 1, "kind": "exact", "text": STORY},
    {"id": 3, "cluster": 1, "kind": "trim", "text": STORY[:70]},
    {"id": 4, "cluster": 4, "kind": "orig", "text": OTHER},
    {
        "id": 5,
        "cluster": 5,
        "kind": "quote",
        "text": f"Peru said nothing of it. {OTHER[:28]} Chile waited for the spring rain.",
    },
]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "set.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, ROWS)).encode()))
    return path


def test_figures_over_pairs():
    gold = {"1": "a", "2": "a", "3": "a", "4": "b", "5": "c"}
    figures = pair_agreement([("1", "2"), ("3", "4"), ("5",)], gold)
    assert (figures.precision, figures.recall) == (1 / 2, 1 / 3)
    assert figures.f1 == pytest.approx(0.4)
    assert pair_agreement([("1",), ("2",), ("3",), ("4",), ("5",)], gold).recall == 0


def test_kinds_and_quoters(path):
    rows = copy_rows(path)
    groups = [("1", "2"), ("3",), ("4", "5")]
    assert recall_by_kind(groups, rows) == {"exact": (1 / 2, 2), "orig": (1 / 2, 2), "trim": (0.0, 2)}
    assert merged_alone(groups, rows) == (1.0, 1)


def test_the_command(path):
    told = CliRunner().invoke(cli, ["evaluate", "copies", str(path)])
    assert told.exit_code == 0, told.output
    lines = [line.split() for line in told.output.splitlines()]
    assert lines[0][:1] == ["5"]
    assert lines[2] == ["copies", "1.000", "1.000", "1.000"]
    assert lines[3][-3:] == ["1.000", "0.333", "0.500"]
    assert "0.000 of 1" in told.output


@pytest.mark.parametrize(
    "content, told", [(b"{}", "set.jsonl:1: Object missing required field"), (b"x", "set.jsonl:1: ")]
)
def test_a_set_that_cannot_be_read(tmp_path, content, told):
    path = tmp_path / "set.jsonl"
    path.write_bytes(content)
    with pytest.raises(DetenteError, match=told):
        copy_rows(path)
