"""`detente related`: what to read with an article."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from detente.cli.groups import asked
from detente.cli.options import store_option
from detente.cli.terminal import say

EPILOG = """
\b
Examples:
  detente related 4kq2wd7m --store events
  detente related 4kq2wd7m --store events --format jsonl

\b
Exit codes: 0 shown; 1 no such article or store; 2 wrong usage.
"""


@click.command(epilog=EPILOG, short_help="Show what to read with an article.")
@click.argument("article_id", metavar="ARTICLE-ID")
@store_option("The store to ask.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N", help="The most that are shown."
)
@click.option(
    "--format", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to write them."
)
def related(article_id: str, path: Path, limit: int, format: str) -> int:
    """Show what to read with an article: the rest of its story, its copies, then earlier stories of the same actors.

    ARTICLE-ID is the id of an article or its first letters; detente stories STORY-ID shows them.
    """
    import msgspec

    from detente.writers.groups import related_page, write_page

    with asked(path) as store:
        found = store.related(article_id.strip().lower(), limit=limit)
    if format == "jsonl":
        sys.stdout.buffer.write(msgspec.json.Encoder().encode_lines(found))
        return 0
    if not found:
        say("nothing: the article is alone in its story, and no earlier one has its actors")
        return 0
    write_page(related_page(msgspec.to_builtins(found)), sys.stdout.buffer)
    return 0
