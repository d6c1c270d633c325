"""`detente withdraw`: articles that are to be no part of a store any more."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.fuse import told
from detente.cli.options import store_option
from detente.cli.terminal import say

EPILOG = """
\b
Examples:
  detente withdraw 4kq2wd7mxjz5ahlo --why "retracted by the paper" --store events
  detente withdraw 4kq2wd7mxjz5ahlo --back --store events      it may be coded again

\b
Exit codes: 0 done; 2 wrong usage; 3 no such article, or the store cannot be used.
"""


@click.command(epilog=EPILOG, short_help="Take articles out of a store.")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE-ID...")
@store_option()
@click.option("--why", metavar="TEXT", help="The reason, which the ledger keeps.")
@click.option("--back", is_flag=True, help="Let them in again; coding their sources brings them back.")
def withdraw(articles: tuple[str, ...], path: Path, why: str | None, back: bool) -> int:
    """Take articles out with their reports; events and stories are put together without them.

    ARTICLE-ID is the whole id. The ledger keeps their records as withdrawn, and they are not coded again.
    """
    from detente.store import Store

    if not back and not why:
        raise click.UsageError('--why "..." is missing: the ledger keeps the reason')
    with Store(path, create=False) as store:
        if back:
            say(f"{store.readmit(articles):,} records may be coded again")
            return 0
        records = store.withdraw(articles, why=why or "")
        done = store.fuse()
    say(f"{records:,} records withdrawn; {told(done.articles, done.stories, done.events, done.changes)}")
    return 0
