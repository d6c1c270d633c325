"""The whole program as a user runs it: real processes, the real coder, the example pages."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from detente.cli.why import fields_of
from detente.store import Store
from detente.store.rows import report_of_row

EXAMPLES = Path(__file__).parents[2] / "examples"
ENVIRONMENT = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}


def detente(*arguments, input=None):
    command = [sys.executable, "-m", "detente", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=input, env=ENVIRONMENT, check=False)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    store = tmp_path_factory.mktemp("whole") / "events"
    return store, detente("code", EXAMPLES, "--store", store)


def rows(store, question):
    return [
        json.loads(line) for line in detente("sql", question, "--store", store, "--format", "jsonl").stdout.splitlines()
    ]


def test_the_examples_are_coded_and_kept(first):
    store, done = first
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Source" in done.stdout
    told = rows(store, "select (select count(*) from reports) as reports, (select count(*) from ledger) as records")
    assert told[0]["reports"] > 10
    said = done.stderr.replace(",", "")
    assert f"{told[0]['reports']} reports; " in said
    assert f"; kept in {store}" in said


def test_the_same_command_again_changes_nothing_and_tells_the_same(first):
    store, done = first
    before = sorted((path, path.stat().st_mtime_ns) for path in store.rglob("*.parquet"))
    again = detente("code", EXAMPLES, "--store", store)
    assert (again.returncode, again.stdout) == (0, done.stdout)
    assert sorted((path, path.stat().st_mtime_ns) for path in store.rglob("*.parquet")) == before


def test_every_report_has_a_reason_in_a_lexicon(first):
    store, _ = first
    for row in rows(store, "select id from reports order by id limit 3"):
        done = detente("why", row["id"], "--store", store)
        assert done.returncode == 0
        assert "in lexicons/events/" in done.stdout
        assert "not in the lexicons at hand" not in done.stdout


def test_every_reason_is_shown_with_a_field(first):
    with Store(first[0], create=False) as store:
        reports = list(map(report_of_row, store.reports()))
    for report in reports:
        counted = {reason for count in report.counts for reason in count.because}
        assert {reason for field in fields_of(report) for reason in field.because} == {*report.because, *counted}


def test_doctor_finds_all_well(first):
    done = detente("doctor", "--store", first[0])
    assert done.returncode == 0, done.stdout
    assert "all is well" in done.stdout


def test_several_workers_tell_the_same_as_one(first):
    one, two = (detente("code", EXAMPLES, "--format", "jsonl", "--workers", number) for number in (1, 2))
    assert (one.returncode, two.returncode) == (0, 0)
    assert one.stdout == two.stdout != ""


def test_ctrl_c_ends_it_with_130_and_no_traceback(tmp_path):
    line = json.dumps({"text": "France expelled two Russian diplomats on Monday."})
    (tmp_path / "many.jsonl").write_text("".join(line.replace("two", str(n)) + "\n" for n in range(20_000)))
    command = [sys.executable, "-m", "detente", "code", str(tmp_path / "many.jsonl"), "--format", "jsonl"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
        # who runs the tests in the background of a shell ignores Ctrl-C, and hands that on
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdout.readline().startswith('{"id":')
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in said
