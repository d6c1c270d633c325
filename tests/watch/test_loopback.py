"""The whole of it over loopback: real servers with faults, the real command, and kills."""

import random
import re
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.watch.made import made_code

from detente.cli.main import cli
from detente.store import Store
from detente.watch import Plan, State, Watch
from detente.web import Client, Guard, Pace
from outlets import Outlet

READER = Path(__file__).with_name("reading.py")


class MadeCoder:
    version = "1"
    code = staticmethod(made_code)

    def __init__(self, lexicon):
        pass


@pytest.fixture
def outlets():
    with ExitStack() as stack:
        made = [
            Outlet("plain"),
            Outlet("errors", "atom", frozenset({"errors"})),
            Outlet("sameids", "rss", frozenset({"same-ids"})),
            Outlet("redirects", "json", frozenset({"redirects"})),
            Outlet("closed", "atom", frozenset({"closed"})),
        ]
        yield [stack.enter_context(outlet) for outlet in made]


def marks(path):
    """Of each article in the store, how it is found again."""
    with Store(path) as store:
        assert store.faults() == []
        return sorted(re.search(r"bears the number (\w+-\d+ version \d+)", row["text"])[1] for row in store.articles())


def published(outlets):
    return sorted(article.mark for outlet in outlets for article in outlet.articles)


def test_kills_lose_nothing_and_double_nothing(outlets, tmp_path):
    path = tmp_path / "events"
    chance = random.Random(3)
    command = [sys.executable, str(READER), str(path), *(outlet.feed_url for outlet in outlets)]
    for _ in range(5):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert process.stdout.readline() == "reading\n"
        for _ in range(4):
            time.sleep(chance.uniform(0.02, 0.15))
            for outlet in outlets:
                outlet.publish()
        outlets[1].correct()
        process.kill()
        process.communicate()
    for outlet in outlets:
        outlet.calm = True
    caught_up = read_on(path, outlets)
    assert caught_up
    assert marks(path) == published(outlets)


def read_on(path, outlets):
    """Read until nothing is left to do, without waiting for what was put off."""
    with Store(path) as store, State(path) as state:
        for _ in range(10):
            hurry(state)
            client = Client(guard=Guard(["127.0.0.1"]), pace=Pace(0), deadline=5)
            watch = Watch(store=store, state=state, client=client, code=made_code, version="1", plan=Plan(0.01))
            watch.follow(dict.fromkeys(outlet.feed_url for outlet in outlets))
            tally = watch.run(once=True)
            if not tally.failures and not state.queued():
                return True
    return False


def hurry(state):
    with state.changing():
        state._db.execute("UPDATE pages SET due = 0 WHERE progress = 'queued'")
        state._db.execute("UPDATE feeds SET due = 0")


@pytest.fixture
def detente(monkeypatch):
    monkeypatch.setattr("detente.coder.Coder", MadeCoder)

    def run(*arguments):
        command = ["watch", *map(str, arguments)]
        return CliRunner().invoke(cli, command, prog_name="detente", env={"COLUMNS": "100"})

    return run


def test_the_command_reads_once_and_shows_how_the_feeds_are(outlets, tmp_path, detente):
    plain = outlets[0]
    plain.publish()
    list_of_feeds = tmp_path / "feeds.txt"
    list_of_feeds.write_text(f"{plain.feed_url} The Plain Times\n{plain.url}/nowhere\nhttp://10.0.0.1/feed\n")
    path = tmp_path / "events"
    result = detente(list_of_feeds, "--store", path, "--once", "--allow-host", "127.0.0.1", "--rate", 0)
    assert result.exit_code == 0, result.output
    assert "The Plain Times: 1 new entry" in result.stderr
    assert "not on the public internet" in result.stderr
    assert "3 readings of feeds, 2 failed; 1 new entry, 0 changed; 1 page fetched: 1 coded; 1 report" in result.stderr
    assert result.stdout == ""
    assert marks(path) == published(outlets)
    health = detente("--health", "--store", path)
    assert re.search(r"The Plain Times +well .* 1 +0 +0", health.stdout)
    assert "answers 404 Not Found" in health.stdout


def test_without_leave_nothing_inside_is_asked(outlets, tmp_path, detente):
    result = detente(outlets[0].feed_url, "--store", tmp_path / "events", "--once")
    assert result.exit_code == 1
    assert "--allow-host 127.0.0.1" in result.stderr
    assert outlets[0].asked == []


def test_the_command_goes_on_with_the_feeds_of_the_last_time(outlets, tmp_path, detente):
    options = "--store", tmp_path / "events", "--once", "--allow-host", "127.0.0.1", "--rate", 0
    outlets[0].publish()
    detente(outlets[0].feed_url, *options)
    outlets[0].publish()
    detente(*options)
    assert marks(tmp_path / "events") == published(outlets)


@pytest.mark.parametrize(
    "arguments, code, why",
    [
        ((), 2, "no feed is watched into this store yet"),
        (("nowhere.opml",), 2, "nowhere.opml: cannot be read"),
        (("https://a.example/", "--every", "soon"), 2, "is no length of time"),
        (("https://a.example/", "--every", "1s"), 2, "1s is too short; 10 s is the least"),
        (("https://a.example/", "--allow-host", "http://x"), 2, "is no host, address or network"),
        (("https://a.example/", "--contact", "höflich"), 2, "letters of ASCII"),
    ],
)
def test_wrong_usage_is_told(tmp_path, detente, arguments, code, why):
    result = detente(*arguments, "--store", tmp_path / "events")
    assert result.exit_code == code
    assert why in result.stderr


def test_health_of_nothing_is_told(tmp_path, detente):
    result = detente("--health", "--store", tmp_path / "events")
    assert result.exit_code == 3
    assert "no feeds are watched into this store" in result.stderr


def test_it_ends_after_the_time_it_was_given(outlets, tmp_path, detente):
    outlets[0].publish()
    begun = time.monotonic()
    options = "--store", tmp_path / "events", "--for", "2s", "--allow-host", "127.0.0.1", "--rate", "0"
    result = detente(outlets[0].feed_url, *options)
    assert result.exit_code == 0
    assert time.monotonic() - begun < 8
    assert marks(tmp_path / "events") == published(outlets)


def test_ctrl_c_ends_it_cleanly_and_nothing_is_lost(outlets, tmp_path):
    for _ in range(3):
        outlets[0].publish()
    command = [sys.executable, "-c", "from detente.cli import main; main()", "watch", outlets[0].feed_url]
    command += ["--store", str(tmp_path / "events"), "--allow-host", "127.0.0.1", "--rate", "30"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert "watching 1 feed" in process.stderr.readline()
    time.sleep(0.5)
    process.terminate()
    begun = time.monotonic()
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "stopped; nothing is lost" in told
    assert "Traceback" not in told
    assert time.monotonic() - begun < 5
