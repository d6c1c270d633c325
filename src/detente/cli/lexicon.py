"""`detente lexicon check`: are all entries whole, and do they code their own examples?"""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.terminal import Ticker, say

EPILOG = """
\b
Examples:
  detente lexicon check                   the lexicon that ships with Detente
  detente lexicon check mine/             ours with your folder read after it

\b
Exit codes: 0 all is well; 1 an entry is at fault; 2 wrong usage; 3 the language model cannot be used.
"""


@click.group(short_help="Check lexicons.")
def lexicon() -> None:
    """Work on lexicons: the names, offices, verbs, dates and places that the coder knows."""


@lexicon.command(epilog=EPILOG, short_help="Load all entries and check them.")
@click.argument(
    "folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="[FOLDER]..."
)
def check(folders: tuple[Path, ...]) -> int:
    """Load the lexicon that ships with Detente and each FOLDER read after it, as the coder does.

    The first fault is named with its file, line and entry.
    """
    from detente.cli.health import load_all
    from detente.errors import LexiconError
    from detente.lexicon import Lexicon

    try:
        with Ticker() as ticker:
            ticker.tell("loading all entries")
            known = Lexicon(*folders)
            load_all(known)
            counts = known.counts()
    except LexiconError as error:
        say(str(error), style="red")
        return 1
    for noun, count in counts.items():
        click.echo(f"{noun:12} {count:7,} entries")
    click.echo(f"lexicon {known.version}: all entries are whole")
    return 0
