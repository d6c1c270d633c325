"""`detente actors import`: dictionaries of others into a lexicon of the user's own."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from detente.cli.terminal import Ticker, say

if TYPE_CHECKING:
    from detente.lexicon import Entry, Lexicon

EPILOG = """
\b
Examples:
  detente actors import my.actors.txt --as petrarch --into mine/     actors or agents, PETRARCH's and TABARI's format
  detente actors import slice.json.gz --as wikidata --into mine/     items, one a line, as in the dumps

\b
Exit codes: 0 imported; 1 some lines could not be read (named; the others are imported); 2 wrong usage.
"""
SHOWN = 20

Parts = Iterable[tuple[str, Sequence["Entry"]]]
Skipped = Sequence[tuple[int, str]]


@click.command(epilog=EPILOG, short_help="Import a dictionary of actors into a lexicon of your own.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "form", type=click.Choice(["petrarch", "wikidata"]), required=True, help="The format of FILE.")
@click.option("--into", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="FOLDER",
              help="The lexicon folder; its files are made if need be.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Name every line that was skipped.")
def import_(file: Path, form: Literal["petrarch", "wikidata"], folder: Path, everything: bool) -> int:
    """Read FILE, a dictionary or a slice of Wikidata that is yours to use, and write its entries into FOLDER.

    Entries go into actors/, offices/ and roles/, in files named like FILE. Each says where it is from. What cannot be
    read is skipped and named with its line.
    """
    from detente.errors import LexiconError
    from detente.lexicon import Lexicon
    from detente.writers.entries import write_entries

    read = {"petrarch": _petrarch, "wikidata": _wikidata}[form]
    stem = file.name.partition(".")[0]
    try:
        with Ticker() as ticker:
            ticker.tell(f"reading {file.name}")
            parts, skipped = read(file, Lexicon())
            written = [(noun, len(entries)) for noun, entries in parts if entries]
            for noun, entries in parts:
                if entries:
                    write_entries(entries, folder / noun / f"{stem}.tsv")
            Lexicon(folder).counts()
    except LexiconError as error:
        say(str(error), style="red")
        return 1
    for number, reason in skipped if everything else skipped[:SHOWN]:
        say(f"{file.name}:{number}: {reason}", style="yellow")
    if len(skipped) > SHOWN and not everything:
        say(f"... and {len(skipped) - SHOWN:,} lines more; --all names them")
    counts = ", ".join(f"{count:,} {noun}" for noun, count in written) or "nothing"
    say(f"imported {counts} into {folder}; {len(skipped):,} lines skipped")
    return 1 if skipped and form == "petrarch" else 0


def _petrarch(file: Path, lexicon: Lexicon) -> tuple[list[tuple[str, Sequence[Entry]]], Skipped]:
    from detente.readers import petrarch

    found = petrarch(file.read_text(encoding="utf-8", errors="replace"), lexicon, source=file.name)
    return [("actors", found.actors), ("offices", found.terms), ("roles", found.roles)], found.skipped


def _wikidata(file: Path, lexicon: Lexicon) -> tuple[list[tuple[str, Sequence[Entry]]], Skipped]:
    from detente.readers import wikidata

    opened: Callable[[Path], io.BufferedIOBase] = gzip.open if file.suffix == ".gz" else Path.open  # type: ignore[assignment]
    with opened(file, "rb") as lines:  # type: ignore[call-arg]
        found = wikidata(lines, lexicon)
    return [("actors", found.actors), ("offices", found.terms)], found.skipped
