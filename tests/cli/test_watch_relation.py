"""`detente watch-relation`: what turned since the last look is told once, by exit code, words, feed and webhook."""

import json
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from tests.store.made import CHAD, NORWAY, coding

from detente.cli.main import cli
from detente.model import When
from detente.store import Store

VISIT = {"type": "CONSULT", "mode": "visit", "cameo": "042", "quad": 1}
EXPEL = {"type": "SANCTION", "mode": "expel", "cameo": "161", "quad": 4}


def detente(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="detente")


def told(path, weeks, deed):
    codings = []
    for week in weeks:
        day = (date(2015, 1, 5) + timedelta(weeks=week)).isoformat()
        when = When(start=day, end=day, basis="stated")
        sides = {"source": (NORWAY,), "target": (CHAD,), "reciprocal": False, "place": None}
        text = f"Week {week} of Norway and Chad"
        codings.append(coding(text, origin=f"{week}.txt", date=day, body=f"Number {week}.", time=when, **deed, **sides))
    with Store(path) as store:
        store.publish(codings, version="1")
        store.fuse()


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "events"
    told(path, range(60), VISIT)
    return path


def test_a_turn_is_told_once(store, tmp_path):
    look = "watch-relation", "NOR", "TCD", "--store", store, "--format", "json", "--atom", tmp_path / "a.atom"
    assert detente(*look).exit_code == 0
    told(store, range(60, 120), EXPEL)
    done = detente(*look)
    assert done.exit_code == 4
    (turn,) = json.loads(done.stdout)["turns"]
    assert turn["label"] == "freeze"
    assert turn["sentences"]
    feed = ElementTree.parse(tmp_path / "a.atom").getroot()
    titles = [part.text for part in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert any(title.startswith("freeze -") for title in titles)
    again = detente(*look)
    assert (again.exit_code, json.loads(again.stdout)["turns"]) == (0, [])


def test_what_is_known_at_the_first_look_is_no_news(store):
    told(store, range(60, 120), EXPEL)
    first = detente("watch-relation", "NOR", "TCD", "--store", store)
    assert first.exit_code == 0
    assert "1 turns and" in first.stderr
    # another width of bin is another look
    assert detente("watch-relation", "NOR", "TCD", "--store", store, "--by", "month").exit_code == 0


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.came.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def hook():
    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.came, server.answer = [], 200
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("answer", "code"), [(204, 4), (302, 1), (500, 1)])
def test_a_webhook_is_told(store, hook, answer, code):
    hook.answer = answer
    url = f"http://127.0.0.1:{hook.server_port}/turned"
    look = "watch-relation", "NOR", "TCD", "--store", store, "--webhook", url
    assert detente(*look).exit_code == 0
    assert hook.came == []
    told(store, range(60, 120), EXPEL)
    done = detente(*look)
    assert done.exit_code == code
    assert "freeze" in done.stdout
    assert json.loads(hook.came[0])["turns"][0]["label"] == "freeze"
    # What could not be told is told again.
    hook.answer = 200
    assert detente(*look).exit_code == (0 if code == 4 else 4)


def test_what_is_no_address_is_refused(store):
    look = "watch-relation", "NOR", "TCD", "--store", store, "--webhook", "file:///etc/passwd"
    detente(*look)
    told(store, range(60, 120), EXPEL)
    done = detente(*look)
    assert done.exit_code == 2
    assert "no address of the web" in done.stderr
