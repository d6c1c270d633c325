"""The documentation names every command, option, exit code, column and key, and only those that exist."""

import json
import re
from pathlib import Path

import click
import pytest

import detente
from detente.cli.main import cli
from detente.model import State
from detente.records import FIELDS, INPUTS
from detente.records.kinds import SUFFIXES as READ
from detente.store import Store
from detente.store.questions import LEDGER
from detente.store.schema import SCHEMAS
from detente.writers import FORMATS

ROOT = Path(__file__).parents[2]
CLI, STORE, FORMAT = ((ROOT / "docs" / name).read_text() for name in ("cli.md", "store.md", "format.md"))
SCHEMA = json.loads((Path(detente.__file__).parent / "schemas" / "report.schema.json").read_text())


def commands(group=cli, prefix="detente"):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


COMMANDS = dict(commands())


def section(text, title):
    return re.split(r"\n#+ ", text.split(f"# {title}\n")[1])[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options(name):
    told = section(CLI, name)
    for parameter in COMMANDS[name].params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", told), f"{option} is not in docs/cli.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_does_not_exist(name):
    known = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help", "--store"}
    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", section(CLI, name))) <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_examples_and_exit_codes(name):
    command = COMMANDS[name]
    assert command.help
    assert f"  {name} " in f"{command.epilog} "
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


def test_every_input_and_field_is_documented():
    told = section(CLI, "detente code")
    assert [name for name in (*INPUTS, *FIELDS) if f"`{name}`" not in told] == []


def test_every_ending_that_is_read_is_documented():
    reading = (ROOT / "docs" / "reading.md").read_text()
    assert [suffix for suffix in READ if suffix not in reading] == []


def test_exit_codes_are_the_same_in_help_and_docs():
    in_docs = set(re.findall(r"^\| (\d+) \|", CLI, re.MULTILINE))
    assert in_docs == set(re.findall(r"(?:^  |; )(\d+)  ?[a-zA-Z]", cli.epilog, re.MULTILINE))


def test_formats_are_documented():
    assert all(f"`{name}`" in section(CLI, "detente code") for name in FORMATS if name != "jsonl")


@pytest.mark.parametrize("noun", SCHEMAS)
def test_every_column_is_documented(noun):
    told = section(STORE, noun) + (FORMAT if noun == "reports" else "")
    missing = [name for name in SCHEMAS[noun].names if f"`{name}`" not in told]
    assert not missing


@pytest.mark.parametrize("view", ["dyads", "event_dyads", "one_a_day", "copies", "aliases", "corrections"])
def test_every_column_of_a_view_is_documented(view, tmp_path):
    with Store(tmp_path / "store") as store:
        columns = store.sql(f"SELECT * FROM {view}").columns
    told = section(STORE, view)
    assert [name for name in columns if f"`{name}`" not in told] == []


def test_the_ledger_is_documented():
    told = section(STORE, "ledger")
    assert all(f"`{name}`" in told for name in (*LEDGER.names, *State.__args__))


def test_every_key_of_the_contract_is_documented():
    keys = set(SCHEMA["properties"])
    assert set(re.findall(r"^\| `(\w+)` \|", FORMAT, re.MULTILINE)) == keys
    assert all(f"`{kind}`" in FORMAT for kind in SCHEMA["$defs"]["count"]["properties"]["kind"]["enum"])
    for part in ("party", "when", "where", "count", "because"):
        assert all(f"`{name}`" in FORMAT for name in SCHEMA["$defs"][part]["properties"])
    for name in ("part", "type", "standing"):
        assert all(f"`{value}`" in FORMAT for value in SCHEMA["properties"][name]["enum"])
