"""Keeping a store fit: merging small units, and deleting files that no reader needs.

All of it stands inside a writer's transaction, so it is done wholly or not at all, like everything else.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from detente.model import id_of
from detente.store import segments
from detente.store.catalogue import Catalogue
from detente.store.schema import SORTED_BY

# Readers list the segments and open them one after the other; an answer that was kept unread for longer must be asked
# for again.
KEEP_DROPPED = 3600.0

# A question opens every segment, at about a millisecond each, so that many small units (ten pages an hour) would make
# it slow. So many of them become one...
MANY = 32
# ...where small is less than half of a full unit of `detente code`, and what is merged at once still fits in memory:
# Arrow takes some ten times the space of the packed files.
SMALL = 2 << 20
AT_ONCE = 16 << 20


def merge_small_units(folder: Path, catalogue: Catalogue) -> bool:
    """When there are many small units, write them as one; the rows stay the same.

    Raises `StoreError` when a segment is damaged or the disk refuses.
    """
    chosen: list[str] = []
    total = 0
    for unit, size in catalogue.units_below(SMALL):
        if total + size <= AT_ONCE:
            chosen.append(unit)
            total += size
    if len(chosen) < MANY:
        return False
    merged = id_of("merged", *sorted(chosen))
    catalogue.add_unit(merged, "merged", 0)
    old = catalogue.segments(units=set(chosen))
    for noun, order in SORTED_BY.items():
        tables = [segments.read(folder, segment) for segment in old if segment.noun == noun]
        if tables:
            rows = pa.concat_tables(tables).sort_by([(column, "ascending") for column in order])
            catalogue.add_segments(segments.write(folder, noun, merged, rows))
    catalogue.drop_segments(old)
    catalogue.move_articles(chosen, merged)
    return True


def tidy(folder: Path, catalogue: Catalogue) -> None:
    """Delete what a killed writer left, and what left the store so long ago that no reader can still need it."""
    old = catalogue.dropped_before(KEEP_DROPPED)
    keep = {segment.path for segment in catalogue.segments()} | catalogue.dropped() - set(old)
    for path in segments.files_in(folder):
        if path.relative_to(folder).as_posix() not in keep:
            path.unlink(missing_ok=True)
    catalogue.forget_dropped(old)
