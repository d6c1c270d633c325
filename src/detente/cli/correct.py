"""`detente correct`: what users know better, kept, applied ever after, and given out as gold."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.cli.groups import asked
from detente.cli.options import store_option
from detente.cli.terminal import say
from detente.store.corrections import FIELDS

if TYPE_CHECKING:
    from detente.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])

_CODES = "Exit codes: 0 done; 1 it cannot be so decided, or no store; 2 wrong usage."


def _example(*lines: str) -> str:
    return "\n\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines) + f"\n\n\b\n{_CODES}\n"


def _decides(command: Command) -> Command:
    for option in (
        click.option("--by", metavar="NAME", help="Who decides; whoever is logged in if left out."),
        click.option("--why", required=True, metavar="TEXT", help="The reason, which is kept."),
        click.option(
            "--store", "path", type=click.Path(path_type=Path), required=True, metavar="PATH", help="The store."
        ),
    ):
        command = option(command)
    return command


@click.group(short_help="Merge, split and correct stories and events.")
def correct() -> None:
    """Merge, split and correct stories and events.

    A decision is kept with who took it, when and why. It is made about articles and places in their texts, so it holds
    however often all is put together anew, and whichever version of the coder reads them.
    """


def _decided(path: Path, decide: Callable[[Store], int]) -> int:
    from detente.cli.fuse import told

    with asked(path) as store:
        number = decide(store)
        done = store.fuse()
    say(f"correction {number}; {told(done.articles, done.stories, done.events, done.changes)}")
    return 0


@correct.command(epilog=_example('detente correct merge k2jmd4qa p3xq2dfa --why "one strike" --store events'))
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@_decides
def merge(ids: tuple[str, ...], path: Path, why: str, by: str | None) -> int:
    """Make stories, or events, one."""
    return _decided(path, lambda store: store.merge(ids, why=why, who=by))


@correct.command(epilog=_example('detente correct split k2jmd4qa 4kq2wd7m --why "another port" --store events'))
@click.argument("id", metavar="ID")
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@_decides
def split(id: str, parts: tuple[str, ...], path: Path, why: str, by: str | None) -> int:
    """Take articles out of a story, or reports out of an event; they become one of their own.

    PART is the id, or its first letters, of an article of the story or of a report of the event.
    """
    return _decided(path, lambda store: store.split(id, parts, why=why, who=by))


@correct.command(epilog=_example('detente correct wrong 7mlkwgd5 --why "a football match" --store events'))
@click.argument("id", metavar="ID")
@_decides
def wrong(id: str, path: Path, why: str, by: str | None) -> int:
    """Say that an event, or a report, tells nothing that there is; it is taken out of the events."""
    return _decided(path, lambda store: store.call_wrong(id, why=why, who=by))


@correct.command(
    name="set",
    epilog=_example('detente correct set 7mlkwgd5 standing denied --why "denied since" --store events'),
    help=f"Say what a field of an event says: {', '.join(FIELDS)}. A VALUE of - is nothing.",
)
@click.argument("id", metavar="ID")
@click.argument("field", type=click.Choice(FIELDS))
@click.argument("value")
@_decides
def set_(id: str, field: str, value: str, path: Path, why: str, by: str | None) -> int:
    """Set a field."""
    told = None if value == "-" else value
    return _decided(path, lambda store: store.set_field(id, field, told, why=why, who=by))


@correct.command(epilog=_example("detente correct undo 3 --store events"))
@click.argument("number", type=int)
@store_option()
def undo(number: int, path: Path) -> int:
    """Take a decision back."""
    return _decided(path, lambda store: store.undo(number).number)


@correct.command(name="list", epilog=_example("detente correct list --store events"))
@store_option()
def list_(path: Path) -> int:
    """Show what was decided, by whom, when and why."""
    from detente.writers.answers import write_answer

    with asked(path) as store:
        question = "SELECT number, moment, who, kind, noun, len(members) AS members, field, value, why FROM corrections"
        write_answer(store.sql(question), "table", sys.stdout.buffer)
    return 0


@correct.command(epilog=_example("detente correct export --store events > gold.jsonl"))
@store_option()
def export(path: Path) -> int:
    """Write all decisions as JSON lines, with the texts they are about: gold to measure with."""
    from detente.writers.answers import write_answer

    with asked(path) as store:
        write_answer(store.sql("SELECT * FROM corrections ORDER BY number"), "jsonl", sys.stdout.buffer)
    return 0
