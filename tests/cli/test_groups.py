"""`detente events`, `stories`, `related`, `fuse`, `correct`, `withdraw`: what they show, decide, and how they end."""

import csv
import io
import json

import msgspec
import pytest
from click.testing import CliRunner
from tests.store.made import CHAD, NORWAY, coding, report
from tests.store.test_fusing import filled, stream

from detente.cli.main import cli
from detente.model import Count
from detente.store import Store


def detente(*arguments, width=100):
    arguments = [str(argument) for argument in arguments]
    return CliRunner().invoke(cli, arguments, prog_name="detente", env={"COLUMNS": str(width), "NO_COLOR": "1"})


def lines(done):
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A store that is asked and never changed."""
    return filled(tmp_path_factory.mktemp("asked") / "events", stream(), size=1000)


@pytest.fixture
def store(tmp_path):
    return filled(tmp_path / "events", stream(), size=1000)


def count(*arguments):
    return len(lines(detente(*arguments, "--format", "jsonl", "--limit", 1000)))


# ---------------------------------------------------------------------------------------------------------------------
# events


def test_events_are_listed_with_who_tells_them(asked):
    shown = detente("events", "--store", asked, "--limit", 3, width=120).stdout
    assert shown.split("\n")[0].split() == ["Source", "Event", "Target", "Standing", "Told", "by", "When", "Where"]
    assert "CONSULT" in shown
    assert "report" in shown


@pytest.mark.parametrize(("wanted", "holds"), [
    (["--actor", "NOR"], lambda row: "NOR" in (row["source_id"], row["target_id"])),
    (["--actor", "NOR", "--with", "TCD"], lambda row: {row["source_id"], row["target_id"]} == {"NOR", "TCD"}),
    (["--actor", "TCD", "--with", "NOR"], lambda row: {row["source_id"], row["target_id"]} == {"NOR", "TCD"}),
    (["--type", "consult"], lambda row: row["type"] == "CONSULT"),
    (["--standing", "happened"], lambda row: row["standing"] == "happened"),
    (["--since", "2019-05-20"], lambda row: (row["time_end"] or row["last_date"]) >= "2019-05-20"),
    (["--until", "2019-05-03T10:00"], lambda row: (row["time_start"] or row["first_date"] or "") <= "2019-05-03"),
    (["--place", "NOR"], lambda row: row["place_country"] == "NOR"),
    (["--outlets", "2"], lambda row: row["outlets"] >= 2),
    (["--disputed"], lambda row: row["disputed"]),
])  # fmt: skip
def test_filters(asked, wanted, holds):
    rows = lines(detente("events", "--store", asked, "--format", "jsonl", "--limit", 1000, *wanted))
    every = lines(detente("events", "--store", asked, "--format", "jsonl", "--limit", 1000))
    if "--until" not in wanted:  # of what has no day nothing is asked here
        assert [row["id"] for row in rows] == [row["id"] for row in every if holds(row)]
    assert all(map(holds, rows))


def test_what_is_not_there_is_said(asked):
    done = detente("events", "--store", asked, "--actor", "ATA")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no such event among" in done.stderr


def test_one_event_shows_its_reports_and_why(asked):
    (row, *_) = lines(detente("events", "--store", asked, "--format", "jsonl"))
    largest = max(lines(detente("events", "--store", asked, "--format", "jsonl")), key=lambda row: len(row["tellings"]))
    shown = detente("events", largest["id"][:10], "--store", asked).stdout
    assert f"event {largest['id']}" in shown
    assert shown.count("put here by") == len(largest["tellings"]) - 1
    assert lines(detente("events", row["id"], "--store", asked, "--format", "jsonl"))[0]["id"] == row["id"]


def test_an_event_that_is_not_there_ends_with_one(asked):
    done = detente("events", "zzzz", "--store", asked)
    assert done.exit_code == 1
    assert "no event 'zzzz'" in done.stderr


def test_counted_as_others_count(asked):
    with Store(asked) as opened:
        reports, events = opened.counts()["reports"], opened.counts()["events"]
    assert count("events", "--store", asked) == events
    assert count("events", "--store", asked, "--as", "none") == reports
    days = lines(detente("events", "--store", asked, "--as", "one-a-day", "--format", "jsonl", "--limit", 1000))
    assert sum(row["reports"] for row in days) == reports
    told = ["--actor", "NOR", "--since", "2019-05-02", "--until", "2019-05-02", "--type", "CONSULT"]
    for mode in ("none", "one-a-day"):
        assert 0 < count("events", "--store", asked, "--as", mode, *told) < reports


def test_csv_of_events_is_flat_for_spreadsheets(asked):
    rows = list(csv.DictReader(io.StringIO(detente("events", "--store", asked, "--format", "csv").stdout)))
    assert rows[0]["type"] in ("CONSULT", "AGREE")


def test_disagreements_are_shown(tmp_path):
    told = coding("Norway bombs Chad", origin="a.txt", type="ASSAULT", source=(NORWAY,), target=(CHAD,), reports=0)
    other = coding("Norwegian bombs hit Chad", origin="b.txt", reports=0, body="Nobody was told.")
    twelve, thirty = (Count(kind="killed", low=number, high=number, exact=True, words=(0, 2)) for number in (12, 30))
    deed = {"type": "ASSAULT", "quad": 4, "source": (NORWAY,), "target": (CHAD,), "reciprocal": False}
    reports = [report(told.article, counts=(twelve,), **deed)]
    later = [
        report(other.article, counts=(thirty,), **deed),
        report(other.article, number=1, standing="denied", speaker=NORWAY, counts=(), **deed),
    ]
    with Store(tmp_path / "events") as opened:
        codings = [
            msgspec.structs.replace(told, state="coded", reports=tuple(reports)),
            msgspec.structs.replace(other, state="coded", reports=tuple(later)),
        ]
        opened.publish(codings, version="1")
        opened.fuse()
    (row,) = lines(detente("events", "--store", tmp_path / "events", "--disputed", "--format", "jsonl"))
    shown = detente("events", row["id"], "--store", tmp_path / "events").stdout
    assert "Told differently: standing" in shown
    assert "on the word of NOR" in shown
    assert "Told differently: killed" in shown


# ---------------------------------------------------------------------------------------------------------------------
# stories, related


def test_stories_are_listed_and_shown(asked):
    rows = lines(detente("stories", "--store", asked, "--format", "jsonl"))
    largest = max(rows, key=lambda row: len(row["articles"]))
    assert largest["id"][:8] in detente("stories", "--store", asked).stdout
    shown = detente("stories", largest["id"], "--store", asked).stdout
    assert all(article[:8] in shown for article in largest["articles"])
    assert "Articles, the earliest first" in shown
    assert "Events, the latest first" in shown


def test_stories_are_asked_by_their_events(asked):
    rows = lines(detente("stories", "--store", asked, "--actor", "LAO", "--format", "jsonl"))
    assert rows
    assert all("LAO" in row["actors"] for row in rows)
    assert count("stories", "--store", asked, "--since", "2090-01-01") == 1


def test_related_readings(asked):
    (row, *_) = sorted(
        lines(detente("stories", "--store", asked, "--format", "jsonl")), key=lambda row: -len(row["articles"])
    )
    article = row["articles"][0]
    shown = detente("related", article[:12], "--store", asked)
    assert "Same story" in shown.stdout
    rows = lines(detente("related", article, "--store", asked, "--format", "jsonl", "--limit", 3))
    assert len(rows) == 3
    assert detente("related", "zzzz", "--store", asked).exit_code == 1


# ---------------------------------------------------------------------------------------------------------------------
# fuse, correct, withdraw


def two_stories(store):
    rows = sorted(
        lines(detente("stories", "--store", store, "--format", "jsonl")), key=lambda row: -len(row["articles"])
    )
    return rows[0]["id"], rows[1]["id"], rows[0]["articles"]


def test_fuse_says_what_it_did(store):
    assert "all was up to date" in detente("fuse", "--store", store).stderr
    with Store(store) as opened:
        opened.publish([coding("Chad votes on its harbour", origin="new.txt")], version="1")
    assert "came, left or were corrected since" in detente("events", "--store", store).stderr
    assert "articles looked at" in detente("fuse", "--store", store).stderr
    assert detente("fuse", "--store", store, "--quiet").stderr == ""


def test_corrections_from_the_shell(store):
    one, other, articles = two_stories(store)
    assert detente("correct", "merge", one, other, "--why", "one", "--by", "ann", "--store", store).exit_code == 0
    assert len(lines(detente("stories", other, "--store", store, "--format", "jsonl"))[0]["articles"]) > len(articles)
    assert detente("correct", "undo", 1, "--store", store).exit_code == 0
    one, _, articles = two_stories(store)
    split = detente("correct", "split", one, articles[0], articles[1], "--why", "other", "--store", store)
    assert split.exit_code == 0
    event = lines(detente("events", "--store", store, "--format", "jsonl"))[0]["id"]
    assert detente("correct", "set", event, "standing", "denied", "--why", "since", "--store", store).exit_code == 0
    assert detente("correct", "set", event, "end", "-", "--why", "since", "--store", store).exit_code == 0
    (row,) = lines(detente("events", event, "--store", store, "--format", "jsonl"))
    assert (row["standing"], row["end"], row["corrected"]) == ("denied", None, ["end", "standing"])
    assert detente("correct", "wrong", event, "--why", "misread", "--store", store).exit_code == 0
    assert "is gone" in detente("events", event, "--store", store).stderr
    shown = detente("correct", "list", "--store", store).stdout
    assert [line.split()[0] for line in shown.splitlines()[1:] if line.strip()][:3] == ["2", "3", "4"]
    exported = lines(detente("correct", "export", "--store", store))
    assert [row["kind"] for row in exported] == ["split", "set", "set", "wrong"]
    assert all(row["texts"] and row["why"] for row in exported)


@pytest.mark.parametrize("arguments", [
    ["correct", "merge", "zzzz", "yyyy", "--why", "x"],
    ["correct", "undo", "9"],
    ["correct", "wrong", "zzzz", "--why", "x"],
])  # fmt: skip
def test_what_cannot_be_decided_ends_with_one(store, arguments):
    done = detente(*arguments, "--store", store)
    assert done.exit_code == 1
    assert "detente: " in done.stderr


def test_a_decision_needs_a_reason(store):
    assert detente("correct", "merge", "a", "b", "--store", store).exit_code == 2


def test_articles_are_withdrawn_and_let_in_again(store):
    _, _, articles = two_stories(store)
    assert detente("withdraw", articles[0], "--store", store).exit_code == 2
    done = detente("withdraw", articles[0], "--why", "retracted", "--store", store)
    assert done.exit_code == 0
    assert "1 records withdrawn" in done.stderr
    assert detente("withdraw", articles[0], "--why", "retracted", "--store", store).exit_code == 3
    (row,) = lines(
        detente("sql", "select * from ledger where state = 'withdrawn'", "--store", store, "--format", "jsonl")
    )
    assert row["reason"] == "retracted"
    assert "may be coded again" in detente("withdraw", articles[0], "--back", "--store", store).stderr


def test_hostile_words_cannot_steer_the_terminal(tmp_path):
    path = tmp_path / "events"
    with Store(path) as opened:
        opened.publish([coding("Norway \x1b[31mred\x07 agrees", origin="a.txt")], version="1")
        opened.fuse()
    for command in ("events", "stories"):
        shown = detente(command, "--store", path).stdout
        assert "\x1b" not in shown
        assert "\x07" not in shown
