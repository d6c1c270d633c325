"""`detente serve`: whom it lets in, and that it starts, answers and ends."""

import re
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner
from tests.store.made import coding

from detente.cli.main import cli
from detente.store import Store

LONG = "a" * 43


def detente(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="detente")


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "events") as opened:
        opened.publish([coding()], version="1")
        opened.fuse()
    return tmp_path / "events"


def test_a_token_is_made_for_a_file():
    made = detente("serve", "--make-token", "anna")
    name, token = made.stdout.split()
    assert (made.exit_code, name) == (0, "anna")
    assert len(token) >= 32
    assert detente("serve", "--make-token", "anna").stdout != made.stdout


@pytest.mark.parametrize("arguments, told", [
    ([], "say which store"),
    (["--host", "0.0.0.0"], "--tokens FILE"),
    (["--host", "desk.example"], "--tokens FILE"),
    (["--cert", "{key}"], "both --cert and --key"),
    (["--tokens", "{short}"], "short.txt:2: write a name and a token"),
    (["--tokens", "{empty}"], "names nobody"),
    (["--make-token", "two words"], "one word"),
])  # fmt: skip
def test_what_cannot_be_served_says_why(store, tmp_path, arguments, told):
    files = {"short": f"anna {LONG}\nbert 123\n", "empty": "# nobody\n", "key": ""}
    paths = {name: tmp_path / f"{name}.txt" for name in files}
    for name, text in files.items():
        paths[name].write_text(text)
    given = [argument.format(**paths) for argument in arguments]
    done = detente("serve", *(["--store", store] if arguments and "--make-token" not in arguments else []), *given)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_store_that_is_none(tmp_path):
    done = detente("serve", "--store", tmp_path / "nothing")
    assert (done.exit_code, "no store is here" in done.stderr) == (3, True)


def test_it_answers_at_the_address_that_it_prints(store):
    command = [sys.executable, "-m", "detente", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        try:
            line = serving.stderr.readline()
            address, token = re.search(r"(http://127\.0\.0\.1:\d+/)\?token=(\S+)", line).groups()
            asked = urllib.request.Request(f"{address}events.json", headers={"Authorization": f"Bearer {token}"})
            with urllib.request.urlopen(asked, timeout=20) as answer:
                assert answer.status == 200
                assert b'"events":[{' in answer.read()
            with pytest.raises(urllib.error.HTTPError, match="401"):
                urllib.request.urlopen(address, timeout=20)
        finally:
            serving.terminate()
    assert serving.returncode is not None
