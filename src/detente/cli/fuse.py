"""`detente fuse`: stories and events brought up to date."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import store_option
from detente.cli.terminal import Ticker, say
from detente.writers.terminal import counted

EPILOG = """
\b
Examples:
  detente fuse --store events                  after detente code ... --no-fuse

\b
Exit codes: 0 up to date; 2 wrong usage; 3 the store cannot be used.
"""


@click.command(epilog=EPILOG, short_help="Bring stories and events up to date.")
@store_option("The store to bring up to date.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def fuse(path: Path, quiet: bool) -> int:
    """Find copies, stories and events again on the days on which anything came, left or was corrected.

    detente code, watch, correct and withdraw do so themselves; this is for after --no-fuse, and after a run that was
    stopped.
    """
    from detente.store import Store

    with Store(path, create=False) as store, Ticker(quiet=quiet) as ticker:
        ticker.tell("putting articles together")
        done = store.fuse()
    if not quiet:
        say(told(done.articles, done.stories, done.events, done.changes))
    return 0


def told(articles: int, stories: int, events: int, changes: int) -> str:
    """What was put together, in a line."""
    if not articles and not changes:
        return "all was up to date"
    found = f"{counted(stories, 'story', 'stories')}, {counted(events, 'event')}"
    return f"{counted(articles, 'article')} looked at: {found}; {counted(changes, 'change')}"
