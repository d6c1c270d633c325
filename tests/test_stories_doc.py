"""The worked example of fusion is true: its four articles give what docs/stories.md shows."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli.main import cli

DOC = (Path(__file__).parent.parent / "docs" / "stories.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\w*\n(.*?)```", DOC, re.DOTALL)


def detente(*arguments):
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments], env={"COLUMNS": "100", "NO_COLOR": "1"})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("doc")
    (folder / "four.jsonl").write_text(BLOCKS[0], encoding="utf-8")
    detente("code", folder / "four.jsonl", "--store", folder / "events", "--format", "none")
    return folder / "events"


def test_the_events_are_those_that_are_shown(store):
    assert detente("events", "--store", store).rstrip() == BLOCKS[1].rstrip()


def test_what_is_told_differently_and_why_they_are_one(store):
    id = re.search(r"`detente events (\w+) --store", DOC).group(1)
    assert detente("events", id, "--store", store).rstrip().endswith(BLOCKS[2].rstrip())
