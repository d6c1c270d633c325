"""`detente actors unresolved`: whom the lexicon lacks, from a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
import msgspec

from detente.cli.options import lexicon_option
from detente.cli.terminal import say
from detente.writers.terminal import safe

if TYPE_CHECKING:
    from detente.store.unresolved import Unresolved

EPILOG = """
\b
Examples:
  detente actors unresolved events                          the most frequent, with their sentences
  detente actors unresolved events --least 5 --format tsv > mine/actors/new.tsv     ... as lines to edit
  detente actors unresolved events --nouns                  nouns that do something and are no role yet

\b
Exit codes: 0 shown; 1 the store cannot be read; 2 wrong usage.
"""
_KINDS = {"body": "organization", "noun": "group", "person": "group"}


@click.command(epilog=EPILOG, short_help="List the most frequent names that are nobody yet.")
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--nouns", is_flag=True, help="Nouns that do what event rules know and are no role, instead of names.")
@click.option("--least", type=click.IntRange(1), default=1, show_default=True, help="How often a name must stand.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many to list.")
@click.option(
    "--format", "form", type=click.Choice(["text", "tsv", "json"]), default="text",
    help="For people, as lines of an actors file to be edited, or as JSON lines.",
)  # fmt: skip
@lexicon_option("A lexicon of your own: what it knows is left out; may be repeated.")
def unresolved(
    store: Path, nouns: bool, least: int, limit: int, form: Literal["text", "tsv", "json"], lexicons: tuple[Path, ...]
) -> int:
    """List names in the articles of STORE in which no actor was found, the most frequent first, with sentences.

    The country is a guess: the one named most often near by. What an entry was written for since is left out.
    """
    from detente.errors import StoreError
    from detente.lexicon import Lexicon
    from detente.mentions.names import ActorEntry, actor_index
    from detente.reports.rules import Rules
    from detente.store import Store
    from detente.store.unresolved import unresolved as find

    lexicon = Lexicon(*lexicons)
    index = actor_index(lexicon.entries("actors", ActorEntry))
    deeds = set(Rules(lexicon).patterns) if nouns else set()
    try:
        with Store(store, create=False) as opened:
            found = find(opened, lambda name: name in index, deeds=deeds, least=least)
    except StoreError as error:
        say(str(error), style="red")
        return 1
    for line in {"text": _for_people, "tsv": _as_entries, "json": _as_json}[form](found[:limit]):
        click.echo(line)
    say(f"{len(found):,} phrases without an actor; {min(limit, len(found)):,} shown")
    return 0


def _for_people(found: Sequence[Unresolved]) -> Iterator[str]:
    for one in found:
        near = f", near {one.country}" if one.country else ""
        yield safe(f"{one.phrase}  ({one.kind}, {one.times:,} times in {one.articles:,} articles{near})")
        yield from (safe(f"    {sentence}") for sentence in one.examples)


def _as_entries(found: Sequence[Unresolved]) -> Iterator[str]:
    """Lines of an actors file; kind and country are to be looked at, sectors to be filled in."""
    yield "\t".join(("id", "name", "kind", "country", "sectors|", "names|", "source", "note"))
    for number, one in enumerate(found, 1):
        note = f"{one.kind}, {one.times:,} times: {' / '.join(one.examples)}"
        cells = (f"NEW-{number}", one.phrase, _KINDS[one.kind], one.country or "", "", "", "unresolved", note)
        yield "\t".join(map(safe, cells))


def _as_json(found: Sequence[Unresolved]) -> Iterator[str]:
    return (msgspec.json.encode(one).decode() for one in found)
