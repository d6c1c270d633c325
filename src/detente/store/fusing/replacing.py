"""Writing what was put together anew: rows take the place of those before, in one transaction with what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

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
from detente.store.rows import Row, days_of_event, event_row, month_of_day, placement_row, story_row
from detente.store.schema import FUSED, ID_COLUMN, SORTED_BY

T = TypeVar("T")

AT_ONCE = 5_000
"""Rows that are made into a table at once."""
EVENTS_AT_ONCE = 50_000
"""Events whose pairs are kept at once: fewer write what is kept of a pair more often, more take more memory."""
CHANGES = "changes"
"""Under what the catalogue keeps the number of the last change."""


def write_fused(folder: Path, catalogue: Catalogue, fused: Fused, changes: Sequence[Change], unit: str) -> None:
    """Writes what is new or otherwise, and takes out what was; stands inside `writing`.

    Raises `StoreError` when the disk refuses or a segment is damaged.
    """
    catalogue.add_unit(unit, "fused", 0)
    before, now = fused.before, fused.now
    placements = _Moved(before.placements, now.placements, placement_row, lambda filed: month_of_day(filed.day))
    stories = _Moved(before.stories, now.stories, story_row, lambda story: month_of_day(story.first))
    events = _Moved(before.events, now.events, event_row, lambda event: month_of_day(days_of_event(event)[0]))
    for noun, moved in (("placements", placements), ("stories", stories), ("events", events)):
        _take_out(folder, catalogue, noun, unit, moved.gone, moved.months)
        _write(folder, catalogue, noun, unit, moved.rows())
        catalogue.shelve(noun, moved.shelves(), moved.gone)
    _replace_pairs(catalogue, before.events, now.events)
    catalogue.add_aliases("story", fused.aliases["story"], now.stories.keys() - before.stories.keys())
    catalogue.add_aliases("event", fused.aliases["event"], now.events.keys() - before.events.keys())
    _add_changes(folder, catalogue, unit, changes)


def _replace_pairs(catalogue: Catalogue, old: Mapping[str, Event], new: Mapping[str, Event]) -> None:
    stated = Stated()
    gone = (event for id, event in old.items() if new.get(id) != event)
    come = (event for id, event in new.items() if old.get(id) != event)
    while some := list(islice(gone, EVENTS_AT_ONCE)):
        catalogue.replace_pairs((pair for event in some for pair in pairs_of(event, stated)), ())
    while some := list(islice(come, EVENTS_AT_ONCE)):
        catalogue.replace_pairs((), (pair for event in some for pair in pairs_of(event, stated)))


class _Moved(Generic[T]):
    """What of a noun goes, and what comes in its place."""

    def __init__(
        self, old: Mapping[str, T], new: Mapping[str, T], row_of: Callable[[T], Row], month_of: Callable[[T], str]
    ) -> None:
        self._coming = {id: value for id, value in new.items() if old.get(id) != value}
        self._row_of, self._month_of = row_of, month_of
        going = {id: value for id, value in old.items() if new.get(id) != value}
        self.gone = sorted(going)
        self.months = {month_of(value) for value in going.values()}
        """In which the rows lie that go."""

    def rows(self) -> Iterator[Row]:
        """The rows that come, made as they are asked for."""
        return map(self._row_of, self._coming.values())

    def shelves(self) -> dict[str, str]:
        """In which month the row of each lies that comes."""
        return {id: self._month_of(value) for id, value in self._coming.items()}


def _take_out(folder: Path, catalogue: Catalogue, noun: str, unit: str, gone: Sequence[str], months: Set[str]) -> None:
    ids = pa.array(gone, pa.string())
    for segment in catalogue.segments(noun):
        if not any(segment.first_month <= month <= segment.last_month for month in months):
            continue
        table = segments.read(folder, segment)
        rest = table.filter(~pc.field(ID_COLUMN[noun]).isin(ids))
        if rest.num_rows == table.num_rows:
            continue
        catalogue.drop_segments([segment])
        if rest.num_rows:
            catalogue.add_segments([segments.rewrite(folder, segment, rest, unit)])


def _write(folder: Path, catalogue: Catalogue, noun: str, unit: str, rows: Iterable[Row]) -> None:
    every = iter(rows)
    parts = [FUSED[noun].empty_table()]
    # As values of Python the rows take some twenty times the room.
    while part := list(islice(every, AT_ONCE)):
        parts.append(pa.Table.from_pylist(part, schema=FUSED[noun]))
    table = pa.concat_tables(parts)
    ordered = table.sort_by([(column, "ascending") for column in SORTED_BY[noun]])
    catalogue.add_segments(segments.write(folder, noun, unit, ordered))


def _add_changes(folder: Path, catalogue: Catalogue, unit: str, changes: Sequence[Change]) -> None:
    if not changes:
        return
    last = catalogue.meta(CHANGES)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {"moment": moment, "month": moment[:7]}
    rows = (
        {**msgspec.to_builtins(change), **told, "number": number} for number, change in enumerate(changes, last + 1)
    )
    _write(folder, catalogue, "changes", unit, rows)
    catalogue.set_meta(CHANGES, last + len(changes))
