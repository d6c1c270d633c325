"""Pages that are read again: whose place their new reading takes, and who keeps what others had told again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec
import pyarrow as pa
from msgspec import Struct

from detente.model import Coding
from detente.store.catalogue import Catalogue, Entry, Key
from detente.store.schema import ARTICLE_COLUMN, SCHEMAS


class Later(Struct, frozen=True, kw_only=True):
    """What a unit of pages read again changes."""

    replaced: Mapping[Key, Entry] = msgspec.field(default_factory=dict)
    """The ledger's lines that go."""
    heirs: Mapping[str, Entry] = msgspec.field(default_factory=dict)
    """Articles that go on, each with the line of the record that holds it from now on."""
    empty: frozenset[str] = frozenset()
    """Origins that hold no article now and did before: they change nothing."""


def later_of(catalogue: Catalogue, codings: Sequence[Coding], instead_of: Mapping[str, Collection[str]]) -> Later:
    """What changes when these codings come in place of what the ledger has of the origins before them."""
    if not instead_of:
        return Later()
    place_of = {former: coding for coding in codings for former in instead_of.get(coding.origin, ())}
    replaced: dict[Key, Entry] = {}
    empty: set[str] = set()
    for line in catalogue.lines_of(place_of):
        coding = place_of[line.origin]
        if line.key == (coding.origin, coding.record):
            continue
        if coding.article is None and line.article is not None:
            empty.add(coding.origin)
        replaced[line.key] = line
    replaced = {key: line for key, line in replaced.items() if place_of[line.origin].origin not in empty}
    return Later(replaced=replaced, heirs=_heirs(catalogue, codings, replaced), empty=frozenset(empty))


def _heirs(catalogue: Catalogue, codings: Sequence[Coding], replaced: Mapping[Key, Entry]) -> dict[str, Entry]:
    """Without them an agency's text would be lost to all outlets that ran it once the first of them corrects it."""
    told = {coding.article.id for coding in codings if coding.article}
    changing = {(coding.origin, coding.record) for coding in codings} | replaced.keys()
    holders = {holder.article: holder.key for holder in catalogue.held_by(replaced) if holder.article not in told}
    heirs: dict[str, Entry] = {}
    for line in catalogue.duplicates_of(holders):
        if line.article and line.article not in heirs and line.key not in changing:
            before = replaced[holders[line.article]]
            heirs[line.article] = msgspec.structs.replace(line, state=before.state, reason=before.reason)
    return heirs


def handed_over(table: pa.Table, noun: str, heirs: Mapping[str, Entry]) -> pa.Table:
    """The rows with the names of their new holders."""
    if not heirs or "origin" not in table.column_names:
        return table
    rows = [_renamed(row, heirs.get(row[ARTICLE_COLUMN[noun]])) for row in table.to_pylist()]
    return pa.Table.from_pylist(rows, SCHEMAS[noun])


def _renamed(row: dict[str, object], heir: Entry | None) -> dict[str, object]:
    if heir is None:
        return row
    told: dict[str, object] = {"origin": heir.origin, "record": heir.record, "publisher": None}
    # A page that was fetched has its URL for origin.
    told["url"] = heir.origin if row["url"] == row["origin"] else None
    return row | {name: value for name, value in told.items() if name in row}
