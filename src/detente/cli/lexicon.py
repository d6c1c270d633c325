"""`detente lexicon check`: are all entries whole, and do they code their own examples?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.terminal import Ticker, say

if TYPE_CHECKING:
    from detente.lexicon import Lexicon

EPILOG = """
\b
Examples:
  detente lexicon check                   the lexicon that ships with Detente
  detente lexicon check mine/             ours with your folder read after it, and your entries' examples
  detente lexicon check --examples        our entries' examples as well (a few minutes)

\b
Exit codes: 0 all is well; 1 an entry or an example is at fault; 2 wrong usage;
3 the language model cannot be used.
"""


@click.group(short_help="Check lexicons.")
def lexicon() -> None:
    """Work on lexicons: the names, offices, verbs, dates and places that the coder knows."""


@lexicon.command(epilog=EPILOG, short_help="Load all entries and run their examples.")
@click.argument(
    "folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="[FOLDER]..."
)
@click.option("--examples", is_flag=True, help="Run the examples of the entries that ship with Detente too.")
def check(folders: tuple[Path, ...], examples: bool) -> int:
    """Load the lexicon that ships with Detente and each FOLDER read after it, as the coder does.

    The first fault is named with its file, line and entry. Then your examples of events, speech, numbers and
    counts are coded: each must be coded by its entry, and no counterexample may be.
    """
    from detente.errors import LexiconError
    from detente.lexicon import Lexicon

    try:
        with Ticker() as ticker:
            known = Lexicon(*folders)
            wrong, tried = _check(known, None if examples else _files_in(known, folders), ticker)
            counts = known.counts()
    except LexiconError as error:
        say(str(error), style="red")
        return 1
    for fault in wrong:
        say(fault, style="red")
    for noun, count in counts.items():
        click.echo(f"{noun:12} {count:7,} entries")
    examples_said = f"; {tried:,} entries with examples tried, {len(wrong):,} wrong" if tried else ""
    click.echo(f"lexicon {known.version}: all entries are whole{examples_said}")
    return 1 if wrong else 0


def _check(known: Lexicon, files: set[str] | None, ticker: Ticker) -> tuple[list[str], int]:
    """What is wrong with the examples of the entries in these files (None: all), and how many entries were tried."""
    from detente.cli.health import loaded
    from detente.evaluate.examples import entries_with_examples, wrong_examples

    ticker.tell("loading all entries")
    coder = loaded(known)
    entries = entries_with_examples(coder, files)
    ticker.tell(f"coding the examples of {len(entries):,} entries")
    return list(wrong_examples(coder, entries)), len(entries)


def _files_in(known: Lexicon, folders: tuple[Path, ...]) -> set[str]:
    return {name for name, path in known.files() if any(path.is_relative_to(folder) for folder in folders)}
