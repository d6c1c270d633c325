"""Parquet with the columns of `ROWS`, whichever of them there are, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.readers.exchange.notes import Note, Repaired, Skipped
from detente.readers.exchange.row import BATCH, ROWS, Row, structs_of


def read_parquet(path: Path) -> Iterator[Row | Note]:
    """The rows of a file. Raises OSError for what is not there.

    Columns that are missing are left empty, those that are not ours are left out, and one of another type is left empty
    if its values cannot be ours; each is named once. What is no Parquet, or has no `id`, is skipped by name.
    """
    if not path.is_file():
        raise FileNotFoundError(2, "No such file", str(path))
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        yield Skipped(path.name, 0, f"not of this format: {str(error)[:80]}")
        return
    with file:
        names = file.schema_arrow.names
        if "id" not in names:
            yield Skipped(path.name, 0, "no column id")
            return
        missing = [name for name in ROWS.names if name not in names]
        if missing:
            yield Repaired(path.name, 1, f"no column {', '.join(missing)}; left empty", 1)
        if more := [name for name in names if name not in ROWS.names]:
            yield Repaired(path.name, 1, f"more columns ({', '.join(more)}); left out", 1)
        yield from _rows(file, path.name)


def _rows(file: pq.ParquetFile, name: str) -> Iterator[Row | Note]:
    told: set[str] = set()
    try:
        for batch in file.iter_batches(BATCH, columns=[name for name in file.schema_arrow.names if name in ROWS.names]):
            columns = []
            for field in ROWS:
                column, fault = _column(batch, field)
                if fault and fault not in told:
                    told.add(fault)
                    yield Repaired(name, 1, fault, 1)
                columns.append(column)
            yield from structs_of(pa.Table.from_arrays(columns, schema=ROWS), Row)
    except (pa.ArrowException, OSError) as error:
        yield Skipped(name, 0, f"damaged from here on: {str(error)[:80]}")


def _column(batch: pa.RecordBatch, field: pa.Field[Any]) -> tuple[pa.Array[Any], str]:
    """A column as ours, or empty with what is wrong with it."""
    if field.name not in batch.schema.names:
        return pa.nulls(len(batch), field.type), ""
    try:
        return batch.column(field.name).cast(field.type), ""
    except pa.ArrowException:
        return pa.nulls(len(batch), field.type), f"column {field.name} holds no {field.type}; left empty"
