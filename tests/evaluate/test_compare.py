"""Two sets of events side by side."""

import json

import pytest
from click.testing import CliRunner
from tests.store.test_fusing import filled, stream

from detente.cli.main import cli
from detente.evaluate.compare import compared
from detente.readers.exchange import Row


def row(id, day="2018-06-01", source="RUS", target="GEO", **fields):
    return Row(id=id, day=day, source_country=source, target_country=target, **{"quad": 4, "type": "ASSAULT", **fields})


def test_what_both_have_and_what_only_one_has():
    a = [row("1"), row("2", "2018-06-05"), row("3", "2018-06-09", quad=1)]
    b = [row("x", "2018-06-02"), row("y", "2018-06-09", quad=1), row("z", "2018-06-01", "GEO", "RUS")]
    found = compared(a, b)
    assert (found.a, found.b, found.both) == (3, 3, 2)
    assert [(one.id, other.id) for one, other in found.matched] == [("1", "x"), ("3", "y")]
    assert [one.id for one in found.only_a] == ["2"]
    assert [one.id for one in found.only_b] == ["z"]
    assert [(cell.name, cell.a, cell.b, cell.both) for cell in found.classes] == [("4", 2, 2, 1), ("1", 1, 1, 1)]


def test_each_is_matched_once():
    found = compared([row("1"), row("2"), row("3")], [row("x"), row("y")])
    assert (found.a, found.b, found.both) == (3, 2, 2)


@pytest.mark.parametrize(("by", "both"), [("quad", 1), ("type", 0), ("root", 1), ("code", 0)])
def test_what_must_be_the_same_is_chosen(by, both):
    a = [row("1", cameo="190", type="ASSAULT")]
    b = [row("x", cameo="193", type="COERCE")]
    assert compared(a, b, by=by).both == both


def test_only_days_that_both_cover_count():
    found = compared([row("1", "2018-01-01"), row("2", "2018-06-01")], [row("x", "2018-06-01"), row("y", "2019-06-01")])
    assert (found.a, found.b, found.outside) == (1, 1, (1, 1))
    assert compared([row("1", "2018-01-01")], [row("x", "2019-01-01")]).first is None
    assert compared([], []).first is None


def test_what_cannot_be_compared_is_counted():
    lost = [row("1", None), row("2", target=None), row("3", quad=None), row("4", standing="planned")]
    assert compared([*lost, row("5")], [row("x")]).unusable == (4, 0)


def test_counts_that_go_together():
    a = [row(f"{month}{n}", f"2018-{month:02}-01") for month in range(1, 7) for n in range(month)]
    b = [row(f"{month}{n}", f"2018-{month:02}-01") for month in range(1, 7) for n in range(2 * month)]
    found = compared(a, b)
    assert found.dyads[0].correlation > 0.9
    assert compared(a, a).correlation == 1.0


def detente(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="detente")


def test_a_store_is_its_own_export(tmp_path):
    store = filled(tmp_path / "events", stream(), size=1000)
    for format in ("gdelt-events", "icews", "jsonl"):
        done = detente("export", format, "--store", store, "--out", tmp_path / "out")
        assert done.exit_code == 0, done.output
        assert f"rows of {format}" in done.stderr
        done = detente("compare", store, tmp_path / "out", "--b", format, "--format", "json", "--by", "root")
        assert done.exit_code == 0, done.output
        told = json.loads(done.stdout)
        assert told["both"] == told["a"] == told["b"] > 0
    shown = detente("compare", store, tmp_path / "out", "--b", "jsonl")
    assert "by month" in shown.stdout
    assert "in both" in shown.stdout


def test_texts_are_exported_whole(tmp_path):
    store = filled(tmp_path / "events", stream(3), size=1000)
    for format in ("annotations", "conllu", "timeml"):
        assert detente("export", format, "--store", store, "--out", tmp_path / format).exit_code == 0
        assert (tmp_path / format).stat().st_size > 100


@pytest.mark.parametrize(("arguments", "message"), [
    ([], "say what it is"),
    (["--b", "nonsense"], "no format 'nonsense'"),
    (["--b", "conllu"], "holds no events one by one"),
    (["--b", "gexf"], "holds no events one by one"),
])  # fmt: skip
def test_what_cannot_be_read_is_wrong_usage(tmp_path, arguments, message):
    store = filled(tmp_path / "events", stream(3), size=1000)
    (tmp_path / "b.txt").write_text("x")
    done = detente("compare", store, tmp_path / "b.txt", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_a_file_becomes_another(tmp_path):
    store = filled(tmp_path / "events", stream(6), size=1000)
    assert detente("export", "icews", "--store", store, "--out", tmp_path / "a.tab").exit_code == 0
    done = detente(
        "convert", tmp_path / "a.tab", "--from", "icews", "--to", "gdelt-events", "--out", tmp_path / "b.csv"
    )
    assert done.exit_code == 0, done.output
    lines = (tmp_path / "b.csv").read_text().splitlines()
    assert {line.count("\t") for line in lines} == {60}
    (tmp_path / "bad.tab").write_bytes(b"\x00\xff nothing of the kind")
    done = detente("convert", tmp_path / "bad.tab", "--from", "icews", "--to", "csv")
    assert done.exit_code == 0
    assert "times:" in done.stderr


@pytest.mark.parametrize("formats", [("nonsense", "csv"), ("icews", "acled"), ("icews", "conllu"), ("gexf", "csv")])
def test_what_cannot_be_converted_is_wrong_usage(tmp_path, formats):
    (tmp_path / "a").write_text("x")
    assert detente("convert", tmp_path / "a", "--from", formats[0], "--to", formats[1]).exit_code == 2
