"""`detente why`, `sql`, `doctor`, `lexicon check`, `completion`: what they show and how they end."""

import csv
import io
import json
import subprocess
import sys

import msgspec
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from tests.store.made import CHAD, NORWAY, coding, skipped

from detente.cli.main import cli
from detente.cli.why import fields_of
from detente.model import Because
from detente.store import Store

TOLD = coding(reports=2, speaker=CHAD, speakers=(CHAD, NORWAY))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "events"
    with Store(path) as opened:
        opened.publish([TOLD, skipped()], version="1")
    return path


def detente(*arguments, input=None):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=input, prog_name="detente")


# ---------------------------------------------------------------------------------------------------------------------
# sql


def test_sql_as_a_table(store):
    result = detente("sql", "select type, count(*) as n, null as x from reports group by 1", "--store", store)
    assert result.stdout.split("\n") == ["type   n  x", "AGREE  2  -", ""]


def test_sql_in_each_format(store):
    question = "select type, intensity, time_start, source from reports order by number limit 1"
    (line,) = map(json.loads, detente("sql", question, "--store", store, "--format", "jsonl").stdout.splitlines())
    assert (line["type"], line["intensity"], line["time_start"], line["source"][0]["id"]) == (
        "AGREE", 5.2, "2019-05-03", "NOR",
    )  # fmt: skip
    (row,) = csv.DictReader(io.StringIO(detente("sql", question, "--store", store, "--format", "csv").stdout))
    assert json.loads(row["source"])[0]["name"] == "Norway"
    parquet = detente("sql", question, "--store", store, "--format", "parquet").stdout_bytes
    assert pq.read_table(io.BytesIO(parquet)).num_rows == 1


def test_sql_numbers_stay_numbers_in_json(store):
    result = detente(
        "sql", "select sum(quad) as n, 1.5::decimal(4,2) as d from reports", "--store", store, "--format", "jsonl"
    )
    assert json.loads(result.stdout) == {"n": 2, "d": 1.5}


def test_sql_csv_runs_nothing_in_a_spreadsheet(store):
    result = detente("sql", "select '=1+1' as a, -1 as b", "--store", store, "--format", "csv")
    assert result.stdout.splitlines() == ["a,b", "'=1+1,-1"]


def test_sql_from_standard_input(store):
    assert "AGREE" in detente("sql", "-", "--store", store, input="select type from reports").stdout


def test_sql_cannot_steer_the_terminal(store):
    result = detente("sql", "select chr(27) || '[31m' as x, '[bold]' as y", "--store", store)
    assert "\x1b" not in result.stdout
    assert "[bold]" in result.stdout


def test_sql_shows_at_most_a_thousand_rows(store):
    result = detente("sql", "select * from range(2000)", "--store", store)
    assert "the first 1,000 rows" in result.stdout
    assert (
        len(detente("sql", "select * from range(2000)", "--store", store, "--format", "csv").stdout.splitlines())
        == 2001
    )


@pytest.mark.parametrize(
    "question, said",
    [
        ("selec 1", "syntax error"),
        ("select * from nowhere", "does not exist"),
        ("drop view reports", "nothing else is run"),
        ("select * from read_text('/etc/passwd')", "disabled"),
    ],
)
def test_sql_faults(store, question, said):
    result = detente("sql", question, "--store", store)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_sql_without_a_store(tmp_path):
    result = detente("sql", "select 1", "--store", tmp_path / "none")
    assert (result.exit_code, "no store is here" in result.stderr) == (1, True)
    assert not (tmp_path / "none").exists()


# ---------------------------------------------------------------------------------------------------------------------
# why


def test_why_shows_the_words_of_each_field_and_what_saw_them(store):
    result = detente("why", TOLD.reports[0].id[:8], "--store", store)
    assert result.exit_code == 0
    for told in (
        "[Norway], [Chad] [agree] to reopen embassies",
        'event    AGREE diplomatic 0311  "agree"',
        'events/agree#agree-to by "agree"',
        'source   Norway (NOR); Chad (TCD)  "Norway", "Chad"',
        'said by  Chad (TCD), as told by Norway (NOR)  "Chad", "Norway"',
        "when     2019-05-03 to 2019-05-04 (stated)",
        "when:headline",
        "where    Oslo, NOR (dateline)",
        'killed   12+  "Norway"',
        'counts/killed#kill by "agree"',
        'protesters 24-99  "Chad"',
    ):
        assert told in result.stdout


def test_why_names_the_file_and_the_pattern_of_an_entry(store, tmp_path):
    (tmp_path / "events").mkdir()
    entry = '[[rule]]\nid = "agree-to"\npatterns = ["<both> agree to *"]\nnote = "said once [bold]"\n'
    (tmp_path / "events" / "agree.toml").write_text(entry)
    result = detente("why", TOLD.reports[0].id, "--store", store, "--lexicon", tmp_path)
    assert f"in {tmp_path}/events/agree.toml" in result.stdout
    assert "patterns: <both> agree to *" in result.stdout
    assert "note: said once [bold]" in result.stdout


@pytest.mark.parametrize(
    "rule, words, field",
    [
        ("events/agree#x", (13, 18), "event"),
        ("times/days#monday", (13, 18), "when"),
        ("when:published", None, "when"),
        ("places/cities#oslo", None, "where"),
        ("speech/say#tell", None, "standing"),
        # an actor is told by its words
        ("actors/countries#nor", (0, 6), "source"),
        ("offices/heads#king-of-norway", (8, 12), "target"),
        ("actors/countries#fra", (20, 30), "also"),
        ("new:rule", None, "also"),
    ],
)
def test_the_field_that_an_entry_speaks_for(rule, words, field):
    (report,) = coding(source=(NORWAY,), target=(CHAD,)).reports
    report = msgspec.structs.replace(report, because=(Because(rule, words),), counts=())
    assert [told.name for told in fields_of(report) if told.because] == [field]


@pytest.mark.parametrize("id", ["zzzz", "", "'; drop view reports"])
def test_why_of_no_report(store, id):
    result = detente("why", id, "--store", store)
    assert (result.exit_code, "no report" in result.stderr) == (1, True)


# ---------------------------------------------------------------------------------------------------------------------
# doctor, lexicon, completion, the group


def test_doctor_finds_a_damaged_store(store, tmp_path):
    from detente.cli.health import findings

    with Store(tmp_path / "s") as damaged:
        damaged.publish([TOLD], version="1")
        next(damaged.path.rglob("*.parquet")).write_bytes(b"")
    assert all(found.well for found in findings(store) if found.what in ("store", "ledger", "python", "sqlite"))
    assert [found.well for found in findings(tmp_path / "s") if found.what == "store"] == [True, False]
    assert [found.well for found in findings(tmp_path / "none") if found.what == "store"] == [False]


def test_lexicon_check_names_the_fault(tmp_path):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "mine.toml").write_text("[[rule]\n")
    result = detente("lexicon", "check", tmp_path)
    assert (result.exit_code, f"{tmp_path}/actors/mine.toml" in result.stderr) == (1, True)


@pytest.mark.parametrize("shell, word", [("bash", "complete"), ("zsh", "compdef"), ("fish", "complete")])
def test_completion(shell, word):
    result = detente("completion", shell)
    assert (result.exit_code, word in result.stdout) == (0, True)


def test_completion_completes(monkeypatch):
    monkeypatch.setenv("_DETENTE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "detente do")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert "doctor" in detente().stdout


def test_version_and_help():
    assert detente("--version").stdout.startswith("detente, version ")
    assert "Examples:" in detente("--help").stdout
    assert detente("nonsense").exit_code == 2


def test_a_reader_that_goes_away_ends_it_quietly(store):
    command = f"{sys.executable} -m detente sql 'from range(200000)' --store '{store}' --format jsonl"
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -1; exit ${{PIPESTATUS[0]}}"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (141, '{"range":0}\n', "")


# ---------------------------------------------------------------------------------------------------------------------
# Light to start

HEAVY = {"pyarrow", "duckdb", "pandas", "polars", "numpy", "onnxruntime", "rich.table"}


@pytest.mark.parametrize(
    "code, allowed",
    [
        ("import detente", set()),
        ("import detente; detente.Report; detente.StoreError", set()),
        ("import detente.cli", {"rich.table"}),
        ("import detente.store, detente.writers", set()),
        ("from detente.store import Store", HEAVY - {"pandas", "polars", "onnxruntime"}),
    ],
)
def test_heavy_packages_wait_until_they_are_needed(code, allowed):
    show = f"{code}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True)
    assert not (HEAVY - allowed) & set(done.stdout.split())
