"""Writing what was put together anew: rows take the place of those before, in one transaction with what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from detente.model import Event
from detente.relations import Stated
from detente.store import segments
from detente.store.catalogue import Catalogue
from detente.store.dyads import pairs_of
from detente.store.fusing.changes import Change
from detente.store.fusing.work import Fused
from detente.store.rows import Row, event_row, placement_row, story_row
from detente.store.schema import FUSED, ID_COLUMN, SORTED_BY

T = TypeVar("T")

NUMBER = "changes"
"""Under what the catalogue keeps the number of the last change."""


def write_fused(folder: Path, catalogue: Catalogue, fused: Fused, changes: Sequence[Change], unit: str) -> None:
    """Writes what is new or otherwise, and takes out what was; stands inside `writing`.

    Raises `StoreError` when the disk refuses or a segment is damaged.
    """
    catalogue.add_unit(unit, "fused", 0)
    before, now = fused.before, fused.now
    _replace(folder, catalogue, "placements", unit, *_moved(before.placements, now.placements, placement_row))
    _replace(folder, catalogue, "stories", unit, *_moved(before.stories, now.stories, story_row))
    _replace(folder, catalogue, "events", unit, *_moved(before.events, now.events, event_row))
    _replace_pairs(catalogue, before.events, now.events)
    catalogue.add_aliases("story", fused.aliases["story"], now.stories.keys() - before.stories.keys())
    catalogue.add_aliases("event", fused.aliases["event"], now.events.keys() - before.events.keys())
    _add_changes(folder, catalogue, unit, changes)


def _replace_pairs(catalogue: Catalogue, old: Mapping[str, Event], new: Mapping[str, Event]) -> None:
    stated = Stated()
    going = [event for id, event in old.items() if new.get(id) != event]
    coming = [event for id, event in new.items() if old.get(id) != event]
    catalogue.drop_pairs(pair for event in going for pair in pairs_of(event, "", stated))
    catalogue.add_pairs(pair for event in coming for pair in pairs_of(event, event_row(event)["month"], stated))


def _moved(old: Mapping[str, T], new: Mapping[str, T], row_of: Callable[[T], Row]) -> tuple[list[Row], list[Row]]:
    """The rows that go and the rows that come."""
    going = [row_of(value) for id, value in old.items() if new.get(id) != value]
    coming = [row_of(value) for id, value in new.items() if old.get(id) != value]
    return going, coming


def _replace(
    folder: Path, catalogue: Catalogue, noun: str, unit: str, going: Sequence[Row], coming: Sequence[Row]
) -> None:
    column = ID_COLUMN[noun]
    gone = pa.array(sorted(row[column] for row in going), pa.string())
    months = {row["month"] for row in going}
    for segment in catalogue.segments(noun):
        if not any(segment.first_month <= month <= segment.last_month for month in months):
            continue
        table = segments.read(folder, segment)
        rest = table.filter(~pc.field(column).isin(gone))
        if rest.num_rows == table.num_rows:
            continue
        catalogue.drop_segments([segment])
        if rest.num_rows:
            catalogue.add_segments([segments.rewrite(folder, segment, rest, unit)])
    _write(folder, catalogue, noun, unit, coming)


def _write(folder: Path, catalogue: Catalogue, noun: str, unit: str, rows: Iterable[Row]) -> None:
    table = pa.Table.from_pylist(list(rows), schema=FUSED[noun])
    ordered = table.sort_by([(column, "ascending") for column in SORTED_BY[noun]])
    catalogue.add_segments(segments.write(folder, noun, unit, ordered))


def _add_changes(folder: Path, catalogue: Catalogue, unit: str, changes: Sequence[Change]) -> None:
    if not changes:
        return
    last = catalogue.meta(NUMBER)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {"moment": moment, "month": moment[:7]}
    rows = (
        {**msgspec.to_builtins(change), **told, "number": number} for number, change in enumerate(changes, last + 1)
    )
    _write(folder, catalogue, "changes", unit, rows)
    catalogue.set_meta(NUMBER, last + len(changes))
