"""`detente lexicon check`: are all entries whole, and do they code their own examples?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.terminal import Ticker, say

if TYPE_CHECKING:
    from detente.lexicon import Entry, Lexicon

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

    The first fault is named with its file, line and entry. Then your examples are coded: each must be coded by its
    entry, and no counterexample may be. Terms of office that overlap or stand out of order, and names that several
    actors bear with nothing to tell them apart, are named as well.
    """
    from detente.errors import LexiconError
    from detente.lexicon import Lexicon

    try:
        with Ticker() as ticker:
            known = Lexicon(*folders)
            files = None if examples else _files_in(known, folders)
            wrong, tried = _check(known, files, ticker)
            wrong += [*_doubtful(known, files), *_wrong_sectors(known, files)]
            counts, shown = known.counts(), known.shown()
    except LexiconError as error:
        say(str(error), style="red")
        return 1
    for fault in wrong:
        say(fault, style="red")
    for noun, count in counts.items():
        bare = f", {count - shown[noun]:,} without an example" if shown[noun] else ""
        click.echo(f"{noun:12} {count:7,} entries{bare}")
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


def _wrong_sectors(known: Lexicon, files: set[str] | None) -> list[str]:
    """Which pairs of the entries in these files (None: all) are one people, or are not, against their examples."""
    from detente.events.sectors import AlikeEntry, Sectors, wrong_examples

    entries = known.entries("sectors", AlikeEntry)
    return list(
        wrong_examples([one for one in entries if files is None or _file_of(one.id) in files], Sectors(entries))
    )


def _doubtful(known: Lexicon, files: set[str] | None) -> list[str]:
    """What a person should look at in the actors and offices of these files (None: all)."""
    from detente.mentions.names import ActorEntry
    from detente.mentions.offices import TermEntry
    from detente.mentions.review import out_of_order, overlaps, shared_names
    from detente.mentions.roles import RoleEntry

    terms = known.entries("offices", TermEntry)
    offices = [role for role in known.entries("roles", RoleEntry) if role.kind == "office"]
    ranks = {role.short: rank for rank, role in enumerate(offices)}
    found: list[tuple[str, tuple[Entry, ...]]] = [
        (f"{a.id}, until {a.until or 'today'}, and {b.id}, from {b.since}: two persons in one office", (a, b))
        for a, b in overlaps(terms, (role.short for role in offices if role.single))
    ]
    found += [(f"{b.id} should stand before {a.id}", (a, b)) for a, b in out_of_order(terms, ranks)]
    found += [
        (f"'{name}' is {' and '.join(entry.id for entry in several)}; give all but one `near` or dates", tuple(several))
        for name, several in shared_names(known.entries("actors", ActorEntry))
    ]
    return [told for told, entries in found if files is None or any(_file_of(entry.id) in files for entry in entries)]


def _file_of(id: str) -> str:
    return id.partition("#")[0]


def _files_in(known: Lexicon, folders: tuple[Path, ...]) -> set[str]:
    return {name for name, path in known.files() if any(path.is_relative_to(folder) for folder in folders)}
