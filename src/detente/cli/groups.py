"""What `detente events`, `stories` and `related` share: the store they ask, the filters, and how rows are written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from detente.cli.options import is_day
from detente.cli.terminal import say
from detente.errors import DetenteError
from detente.model import Standing, Type
from detente.writers import FORMATS

if TYPE_CHECKING:
    from detente.store import Answer, Store

Command = TypeVar("Command", bound=Callable[..., Any])

limit_option = click.option(
    "--limit",
    type=click.IntRange(1, 1_000_000),
    default=50,
    show_default=True,
    metavar="N",
    help="The most that are shown.",
)
format_option = click.option(
    "--format", type=click.Choice(FORMATS), default="table", show_default=True, help="How to write them."
)


def filters(command: Command) -> Command:
    """The options by which events are chosen, or the stories that have such events."""
    for option in (
        click.option("--disputed", is_flag=True, help="Those that some tell and others deny."),
        click.option(
            "--outlets", type=click.IntRange(1), default=1, metavar="N", help="Told by so many outlets or more."
        ),
        click.option("--until", callback=is_day, metavar="DATE", help="Until this day."),
        click.option("--since", callback=is_day, metavar="DATE", help="From this day on, ISO 8601."),
        click.option("--place", metavar="PLACE", help="In this country (GEO) or place (Corfu)."),
        click.option("--standing", type=click.Choice(get_args(Standing)), help="Which stand so."),
        click.option("--type", type=click.Choice(get_args(Type), case_sensitive=False), help="Of this PLOVER type."),
        click.option("--with", "other", metavar="ACTOR", help="And with whom, whoever of them did it."),
        click.option("--actor", metavar="ACTOR", help="With this actor: an id, code or country (NATO, RUSMIL, RUS)."),
    ):
        command = option(command)
    return command


@contextmanager
def asked(path: Path) -> Iterator[Store]:
    """The store, with a word when it holds articles that are not put together yet; errors leave with exit code 1."""
    from detente.store import Store

    try:
        with Store(path, create=False) as store:
            if not store.is_fused():
                say(
                    f"articles came, left or were corrected since; detente fuse --store {path} puts them in",
                    style="dim",
                )
            yield store
    except DetenteError as error:
        say(str(error), style="red")
        raise click.exceptions.Exit(1) from None


def refuse_parquet(format: str) -> None:
    """Raises `click.UsageError` for Parquet on a terminal."""
    if format == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for the eye; send it to a file: --format parquet > rows.parquet")


def listed(answer: Answer, format: str, page: Callable[[list[dict[str, Any]]], Iterator[Any]], limit: int) -> bool:
    """Writes a list, as a page for people or in another format; whether there was anything."""
    from detente.writers.answers import write_answer
    from detente.writers.groups import write_page

    if format != "table":
        write_answer(answer, format, sys.stdout.buffer)
        return True
    rows = list(answer)
    if not rows:
        return False
    write_page(page(rows), sys.stdout.buffer)
    if len(rows) == limit:
        say(f"the latest {limit:,}; --limit shows more")
    return True
