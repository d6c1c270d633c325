"""Rows of a question in SQL, in the same formats as reports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any, Protocol

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.writers.csv import guarded
from detente.writers.terminal import safe

# More rows than this are for a file, not for the eye.
SHOWN = 1000
CELL = 500
"""Longer cells (an article's text) are cut in the table."""


class Rows(Protocol):
    """What a question to the store gives back."""

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""

    def __iter__(self) -> Iterator[dict[str, Any]]: ...

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


def write_answer(rows: Rows, format: str, out: IO[bytes]) -> None:
    """Write all rows; "table" shows the first thousand. Raises what reading the rows raises."""
    writers: dict[str, Callable[[Rows, IO[bytes]], None]] = {
        "table": _table, "jsonl": _jsonl, "csv": _csv, "parquet": _parquet,
    }  # fmt: skip
    writers[format](rows, out)


def _jsonl(rows: Rows, out: IO[bytes]) -> None:
    encoder = msgspec.json.Encoder(decimal_format="number", enc_hook=str)
    for row in rows:
        out.write(encoder.encode(row) + b"\n")


def _csv(rows: Rows, out: IO[bytes]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows.columns)
    for row in rows:
        writer.writerow([guarded(_plain(cell)) for cell in row.values()])
        out.write(text.getvalue().encode("utf-8"))
        text.seek(0)
        text.truncate()
    out.write(text.getvalue().encode("utf-8"))


def _parquet(rows: Rows, out: IO[bytes]) -> None:
    reader = pa.RecordBatchReader.from_stream(rows)
    with pq.ParquetWriter(out, reader.schema, compression="zstd") as file:
        for batch in reader:
            file.write_batch(batch)


def _table(rows: Rows, out: IO[bytes]) -> None:
    console = Console(
        file=io.StringIO(), force_terminal=out.isatty() or None, highlight=False, markup=False, emoji=False
    )
    every = iter(rows)
    shown = list(islice(every, SHOWN))
    numbers = {name for name in rows.columns if shown and all(_is_number(row[name]) for row in shown)}
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in rows.columns:
        table.add_column(Text(safe(name)), justify="right" if name in numbers else "left", overflow="fold")
    for row in shown:
        table.add_row(*(_cell(value) for value in row.values()))
    with console.capture() as page:
        console.print(table)
        if next(every, None) is not None:
            console.print(Text(f"... the first {SHOWN:,} rows; --format jsonl, csv or parquet gives all", "dim"))
    lines = page.get().split("\n")
    out.write("\n".join(line.rstrip(" ") for line in lines).encode("utf-8", "replace"))


def _cell(value: object) -> Text:
    if value is None:
        return Text("-", "dim")
    text = safe(str(_plain(value)))
    return Text(text if len(text) <= CELL else text[:CELL] + " ...")


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def _plain(value: object) -> str | int | float | Decimal | None:
    """A value for a cell: lists and structs as JSON, days and moments in ISO 8601."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str | int | float | Decimal):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
