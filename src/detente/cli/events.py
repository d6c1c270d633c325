"""`detente events`: what happened, each event once, with all who tell it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.groups import asked, filters, format_option, limit_option, listed, refuse_parquet
from detente.cli.options import store_option
from detente.cli.terminal import say

if TYPE_CHECKING:
    from rich.console import RenderableType

    from detente.store import Store
    from detente.store.finding import Mode, Wanted

EPILOG = """
\b
Examples:
  detente events --store events                            the latest events
  detente events --store events --actor NATO --with RUS    what they did to each other
  detente events --store events --disputed --since 2009-06-01
  detente events 7mlkwgd5 --store events                   one event, with its reports and why they are one
  detente events --store events --as one-a-day --format csv    counted as others do, to compare

\b
Exit codes: 0 shown; 1 no such event or store; 2 wrong usage.
"""


@click.command(epilog=EPILOG, short_help="List events, or show one with all its reports.")
@click.argument("event_id", required=False, metavar="[EVENT-ID]")
@store_option("The store to ask.")
@filters
@click.option("--story", metavar="STORY-ID", help="Of this story.")
@click.option(
    "--as",
    "mode",
    type=click.Choice(["fused", "one-a-day", "none"]),
    default="fused",
    show_default=True,
    help="What counts as one: reports of one event; all of one day, pair and code; each report.",
)
@limit_option
@format_option
def events(
    event_id: str | None, path: Path, actor: str | None, other: str | None, type: str | None, standing: str | None,
    place: str | None, since: str | None, until: str | None, outlets: int, disputed: bool, story: str | None,
    mode: Mode, limit: int, format: str,
) -> int:  # fmt: skip
    """List events, the latest first: who did what to whom, how it stands, who tells it, when and where.

    With EVENT-ID, or its first letters, show one: its reports, what they tell differently, and why they are one event.
    """
    from detente.store.finding import Wanted

    refuse_parquet(format)
    with asked(path) as store:
        if event_id:
            return _show(store, event_id.strip().lower(), format)
        wanted = Wanted(
            actor=actor, other=other, type=type, standing=standing, place=place, since=since, until=until,
            outlets=outlets, disputed=disputed, story=store.story(story).id if story else None,
        )  # fmt: skip
        return _list(store, wanted, mode, limit, format)


def _list(store: Store, wanted: Wanted, mode: Mode, limit: int, format: str) -> int:
    from detente.store.finding import in_mode
    from detente.store.rows import event_of_row
    from detente.writers.answers import write_answer
    from detente.writers.groups import events_page, width_of

    if mode != "fused":
        write_answer(store.sql(*in_mode(wanted, mode, limit)), format, sys.stdout.buffer)
        return 0

    def page(rows: list[dict[str, Any]]) -> Iterator[RenderableType]:
        return events_page([event_of_row(row) for row in rows], width_of(sys.stdout.buffer))

    if not listed(store.events(wanted, limit=limit), format, page, limit):
        say(f"no such event among {store.counts()['events']:,}; ask for less, or see them all with detente events")
    return 0


def _show(store: Store, id: str, format: str) -> int:
    from detente.writers.answers import write_answer
    from detente.writers.groups import event_page, width_of, write_page

    event = store.event(id)
    if format != "table":
        write_answer(store.sql("SELECT * FROM events WHERE id = ?", (event.id,)), format, sys.stdout.buffer)
        return 0
    ids = [telling.report for telling in event.tellings]
    rows = store.sql("SELECT id, text FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))", (ids,))
    sentences = {row["id"]: row["text"] for row in rows}
    write_page(event_page(event, sentences, width_of(sys.stdout.buffer)), sys.stdout.buffer)
    return 0
