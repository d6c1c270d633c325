"""`detente stories`: what articles are on one matter."""

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
    from detente.store.finding import Wanted

EPILOG = """
\b
Examples:
  detente stories --store events                           the latest stories
  detente stories --store events --actor NATO --since 2009-06-01
  detente stories k2jmd4qa --store events                  one story, with its articles and events

\b
Exit codes: 0 shown; 1 no such story or store; 2 wrong usage.
"""


@click.command(epilog=EPILOG, short_help="List stories, or show one with its articles and events.")
@click.argument("story_id", required=False, metavar="[STORY-ID]")
@store_option("The store to ask.")
@filters
@limit_option
@format_option
def stories(
    story_id: str | None, path: Path, actor: str | None, other: str | None, type: str | None, standing: str | None,
    place: str | None, since: str | None, until: str | None, outlets: int, disputed: bool, limit: int, format: str,
) -> int:  # fmt: skip
    """List stories, the latest first: articles on one matter, with who acts in them.

    With STORY-ID, or its first letters, show one. The filters ask for stories that have such an event.
    """
    from detente.store.finding import Wanted

    refuse_parquet(format)
    wanted = Wanted(
        actor=actor, other=other, type=type, standing=standing, place=place, since=since, until=until,
        outlets=outlets, disputed=disputed,
    )  # fmt: skip
    with asked(path) as store:
        return _show(store, story_id.strip().lower(), format) if story_id else _list(store, wanted, limit, format)


def _list(store: Store, wanted: Wanted, limit: int, format: str) -> int:
    from detente.store.rows import story_of_row
    from detente.writers.groups import stories_page

    def page(rows: list[dict[str, Any]]) -> Iterator[RenderableType]:
        return stories_page([story_of_row(row) for row in rows])

    if not listed(store.stories(wanted, limit=limit), format, page, limit):
        say(f"no such story among {store.counts()['stories']:,}; ask for less, or see them all with detente stories")
    return 0


def _show(store: Store, id: str, format: str) -> int:
    from detente.store.finding import Wanted
    from detente.store.rows import event_of_row
    from detente.writers.answers import write_answer
    from detente.writers.groups import story_page, width_of, write_page

    story = store.story(id)
    if format != "table":
        write_answer(store.sql("SELECT * FROM stories WHERE id = ?", (story.id,)), format, sys.stdout.buffer)
        return 0
    question = "SELECT * FROM placements WHERE story = ? ORDER BY date NULLS LAST, article"
    articles = list(store.sql(question, (story.id,)))
    events = [event_of_row(row) for row in store.events(Wanted(story=story.id))]
    write_page(story_page(story, articles, events, width_of(sys.stdout.buffer)), sys.stdout.buffer)
    return 0
