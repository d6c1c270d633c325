"""Figures of turns."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli.main import cli
from detente.errors import DetenteError
from detente.evaluate.turns import (
    Dyad,
    dyad_rows,
    made_dyads,
    matched,
    no_turns,
    ours,
    totals_of,
    turn_score,
    yearly,
)  # fmt: skip

SIMULATED = Path(__file__).parents[3] / "shared" / "data" / "stories" / "dyads" / "simulated.jsonl"


def told(*arguments):
    return CliRunner().invoke(cli, ["evaluate", "turns", *map(str, arguments)])


@pytest.mark.parametrize("found, true, right", [
    ([], [], 0), ([10], [14], 1), ([10], [15], 0), ([10, 11], [12], 1), ([10], [8, 12], 1),
    # each breaks' own turn: the earliest that fit give the most pairs
    ([10, 14], [13, 17], 2), ([14, 10], [6, 10], 2), ([1, 50, 90], [52, 200], 1),
])  # fmt: skip
def test_turns_are_matched_one_to_one(found, true, right):
    assert matched(found, true) == right


def test_scores_are_pooled():
    dyads = [Dyad((1.0,) * 200, (1.0,) * 200, (52, 90)), Dyad((1.0,) * 60, (1.0,) * 60, ())]
    score = turn_score(dyads, yearly)
    assert (score.right, score.found, score.wanted, score.dyads) == (1, 4, 2, 2)
    assert (score.precision, score.recall, score.f1) == (0.25, 0.5, pytest.approx(1 / 3))
    assert turn_score(dyads, no_turns).f1 == 0


def test_made_series_are_the_same_for_the_same_seed():
    first, second, other = (made_dyads(2, seed=seed) for seed in (3, 3, 4))
    assert first == second != other
    assert len(first[0].mean) == 520


def test_turns_of_made_series():
    # chosen on other seeds; docs/relations.md has the figures
    score = turn_score(made_dyads(100, seed=101), ours)
    assert score.f1 > 0.83
    assert score.speed > 100  # a slow machine that does other work as well


@pytest.mark.skipif(not SIMULATED.is_file(), reason="needs the simulated dyads")
def test_turns_of_simulated_dyads():
    assert turn_score(dyad_rows(SIMULATED), ours).f1 >= 0.82


def test_the_command(tmp_path):
    path = tmp_path / "set.jsonl"
    rows = [{"mean": [0.0, 1.0] * 60 + [5.0, None, 6.0] * 40, "events": [3, 3] * 60 + [3, 0, 3] * 40, "breaks": [120]}]
    path.write_text("\n".join(map(json.dumps, rows)))
    result = told(path)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].startswith("1 series, 1 breaks")
    assert lines[2].split()[:4] == ["turns", "1.000", "1.000", "1.000"]
    assert [line.split("  ")[0] for line in lines[4:]] == ["baseline: no turns", "baseline: a turn every year"]
    assert lines[3].startswith("ruptures")


def test_the_command_makes_series():
    assert told("--made", 3, "--seed", 2, "--noise", 3, "--volume", 9).output.startswith("3 series")
    assert told().exit_code == told(__file__, "--made", 3).exit_code == 2


@pytest.mark.parametrize("head, since, columns", [
    ("week,i2p,p2i", None, ["i2p", "p2i"]),
    (",date,i2p", None, ["i2p"]),
    ("i2p,p2i", "1979-04-15", ["i2p", "p2i"]),
])  # fmt: skip
def test_totals_are_read(tmp_path, head, since, columns):
    path = tmp_path / "weekly.csv"
    first = {"week": "1979-04-15", "date": "1979-04-15", "": "1", "i2p": "-3.5", "p2i": "4"}
    second = {"week": "1979-04-22", "date": "1979-04-22", "": "2", "i2p": "0", "p2i": ""}
    lines = [",".join(cells[name] for name in head.split(",")) for cells in (first, second)]
    path.write_text("\n".join([head, *lines]))
    totals = totals_of(path, since and date.fromisoformat(since))
    assert totals.weeks == (date(1979, 4, 15), date(1979, 4, 22))
    assert totals.columns == {name: {"i2p": (-3.5, 0.0), "p2i": (4.0, None)}[name] for name in columns}


def test_totals_of_two_columns_are_added_up(tmp_path):
    path = tmp_path / "weekly.csv"
    path.write_text("date,a,b\n2001-01-01,1,2\n2001-01-08,NA,3\n2001-01-15,,\n")
    assert totals_of(path).together == (3.0, 3.0, None)


@pytest.mark.parametrize("text, fault", [
    ("", "no table"), ("a,b\n", "no table"), ("a,b\n1\n", "no table"), ("a,b\n1,2\n", "--since"),
    ("date,a\n2001-01-01,much\n", "'much' under a is no number"),
])  # fmt: skip
def test_totals_that_cannot_be_read(tmp_path, text, fault):
    path = tmp_path / "weekly.csv"
    path.write_text(text)
    with pytest.raises(DetenteError, match=fault):
        totals_of(path)


def test_the_strongest_turns_are_printed(tmp_path):
    path = tmp_path / "weekly.csv"
    path.write_text("a,b\n" + "\n".join(f"{-1 - at % 2 - 30 * (at > 60)},{at % 3}" for at in range(120)))
    result = told(path, "--since", "1979-04-15")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == "120 weeks from 1979-04-15"
    assert lines[2] == "a: 1 turns, the strongest first"
    assert lines[3].split()[:2] == ["1980-06-15", "freeze"]
    assert "b: 0 turns, the strongest first" in lines
    assert "all together: 1 turns, the strongest first" in lines


@pytest.mark.parametrize("line", ['{"mean": [1]}', '{"mean": [1], "events": [], "breaks": []}', "x", ""])
def test_a_set_that_cannot_be_read(tmp_path, line):
    path = tmp_path / "set.jsonl"
    path.write_text(line)
    with pytest.raises(DetenteError, match=r"set\.jsonl"):
        dyad_rows(path)
