"""`detente sql`: a question to a store."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from detente.cli.options import store_option
from detente.writers import FORMATS

EPILOG = """
\b
Tables: events (each event once), event_dyads (one row per pair of actors of an event), stories, placements (where
each article was put), copies, changes; articles, sentences, mentions, reports, dyads (one row per pair of actors of
a report), one_a_day; ledger (every record that went in, with its state), aliases, corrections. "describe events"
lists columns.

\b
Examples:
  detente sql "select source_id, target_id, count(*) n from event_dyads where standing = 'happened'
               group by all order by n desc" --store events
  detente sql "select time_start, type, text from dyads where source_id = 'NATO' and target_id = 'RUS'
               order by 1" --store events --format csv
  detente sql "select state, count(*) from ledger group by 1" --store events
  echo "describe reports" | detente sql - --store events

\b
Exit codes: 0 answered; 1 no store, or the question is faulty; 2 wrong usage.
"""


@click.command(epilog=EPILOG, short_help="Ask a store in SQL.")
@click.argument("question")
@store_option("The store to ask.")
@click.option("--format", type=click.Choice(FORMATS), default="table", show_default=True, help="How to write the rows.")
def sql(question: str, path: Path, format: str) -> int:
    """Ask a store one QUESTION in SQL (DuckDB's dialect); - reads it from standard input.

    It can read the store's tables and nothing else, and it can change nothing. Others may write meanwhile.
    """
    from detente.cli.terminal import say
    from detente.errors import StoreError
    from detente.store import Store
    from detente.writers.answers import write_answer

    if format == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for the eye; send it to a file: --format parquet > rows.parquet")
    if question == "-":
        question = sys.stdin.read()
    try:
        with Store(path, create=False) as store:
            write_answer(store.sql(question), format, sys.stdout.buffer)
    except StoreError as error:
        say(str(error), style="red")
        return 1
    return 0
