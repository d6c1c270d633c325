"""Segments: immutable Parquet files that are either wholly there or not at all.

A file is written under a temporary name, synced and renamed; the catalogue then says that it belongs to the store. A
file that the catalogue does not name is not part of the store, whatever killed the writer before it could say so.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from msgspec import Struct

from detente.errors import StoreError
from detente.store.schema import ARTICLE_COLUMN, SCHEMAS, SORTED_BY

# A month with fewer rows than this in one unit shares a file with the unit's other months: a crawl over thirty years
# would otherwise leave a thousand tiny files per unit, and opening a file costs more than skipping rows in it.
OWN_FILE = 20_000
SEVERAL = "several"
ROW_GROUP = dict.fromkeys(("articles", "placements", "events"), 4_096)
"""Rows that are read together, of what is asked for one by one: events by who did them take a third of the time of
great groups, a tenth more room, and half as long again for a scan of one column of all."""


class Segment(Struct, frozen=True, kw_only=True):
    """One file of the store."""

    path: str
    """Below the store's folder, with forward slashes."""
    noun: str
    unit: str
    rows: int
    size: int
    digest: str
    """BLAKE2b of its bytes, to tell a damaged file from a whole one."""
    first_month: str
    last_month: str


def write(folder: Path, noun: str, unit: str, rows: pa.Table) -> Iterator[Segment]:
    """Write the rows of a unit as one segment per month, small months together.

    Raises `StoreError` when the disk refuses (full, read-only).
    """
    for month, part in _by_month(rows):
        yield _write_one(folder, f"{noun}/month={month}/{unit}.parquet", noun, unit, part)


def rewrite(folder: Path, segment: Segment, rows: pa.Table, by: str) -> Segment:
    """Write what is left of a segment, once the unit `by` has taken rows out, beside it under another name.

    Raises `StoreError` when the disk refuses.
    """
    parent = segment.path.rpartition("/")[0]
    return _write_one(folder, f"{parent}/{segment.unit}.{by}.parquet", segment.noun, segment.unit, rows)


def _write_one(folder: Path, relative: str, noun: str, unit: str, rows: pa.Table) -> Segment:
    data = _parquet(rows, noun)
    _write_synced(folder / relative, data)
    months = _months(rows)
    return Segment(
        path=relative,
        noun=noun,
        unit=unit,
        rows=rows.num_rows,
        size=len(data),
        digest=digest_of(data),
        first_month=min(months),
        last_month=max(months),
    )


def _by_month(rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    counts = Counter(_months(rows))
    large = [month for month, count in counts.items() if count >= OWN_FILE or len(counts) == 1]
    for month in sorted(large):
        yield month, rows.filter(pc.field("month") == month)
    rest = rows.filter(~pc.field("month").isin(pa.array(large, pa.string())))
    if rest.num_rows:
        yield SEVERAL, rest


def _months(rows: pa.Table) -> list[str]:
    return [str(month) for month in rows["month"].to_pylist()]


def _parquet(rows: pa.Table, noun: str) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    order = [pq.SortingColumn(rows.schema.get_field_index(column)) for column in SORTED_BY[noun]]
    size = ROW_GROUP.get(noun, 122_880)  # DuckDB's own, which a scan of all likes best
    pq.write_table(rows, sink, compression="zstd", row_group_size=size, sorting_columns=order)
    return sink.getvalue()


def _write_synced(path: Path, data: pa.Buffer) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot write: {error.strerror}; nothing of this unit was published") from error


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut (Windows has no such call and needs none)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest_of(data: pa.Buffer | bytes) -> str:
    """Sixteen bytes of BLAKE2b, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def read(folder: Path, segment: Segment, *, articles: Set[str] | None = None) -> pa.Table:
    """The rows of a segment, or only those of some articles.

    Raises `StoreError` when the file is gone or damaged.
    """
    path = folder / segment.path
    try:
        table = pq.read_table(path, schema=SCHEMAS[segment.noun], partitioning=None)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{path}: segment is missing or damaged ({error}); run detente doctor --store") from error
    return table if articles is None else table.filter(_is_of(segment.noun, articles))


def without(table: pa.Table, noun: str, articles: Set[str]) -> pa.Table:
    """The rows of all other articles."""
    return table.filter(~_is_of(noun, articles))


def _is_of(noun: str, articles: Set[str]) -> pc.Expression:
    return pc.field(ARTICLE_COLUMN[noun]).isin(pa.array(sorted(articles), pa.string()))


def fault_of(folder: Path, segment: Segment) -> str | None:
    """What is wrong with a segment's file; None when it is as it was written."""
    path = folder / segment.path
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return f"{segment.path}: the file is gone ({segment.rows} rows)"
    except OSError as error:
        return f"{segment.path}: cannot be read: {error.strerror}"
    return None if digest_of(data) == segment.digest else f"{segment.path}: the file was changed or damaged"


def files_in(folder: Path) -> Iterator[Path]:
    """All files that lie where segments lie, published or not."""
    for noun in SCHEMAS:
        yield from (path for path in (folder / noun).rglob("*") if path.is_file())
