"""Answers in the formats of others: what `detente export` writes, and rows of a question."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
from fastapi.responses import Response

from detente.errors import QuestionError
from detente.model import Coding, Event
from detente.writers.csv import guarded
from detente.writers.exchange import FORMATS

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "atom": "application/atom+xml",
    "jsonl": "application/jsonl",
}


def events_as(form: str, events: Iterable[Event]) -> Response:
    """Events in a format; a spreadsheet runs none of their cells."""
    page = io.BytesIO()
    FORMATS[form].write(events, page)
    return file(page.getvalue(), FORMS[form], f"events.{form}")


def annotations_of(coding: Coding) -> Response:
    """The words of an article's reports, as W3C Web Annotations."""
    page = io.BytesIO()
    FORMATS["annotations"].write([coding], page)
    return file(page.getvalue(), "application/ld+json", "annotations.jsonld")


def table_as(form: str, table: pa.Table, name: str) -> Response:
    """Rows as CSV or Parquet; a spreadsheet runs none of their cells."""
    page = io.BytesIO()
    if form == "parquet":
        _write_parquet(table, page)
    else:
        cells = [_cells(name, column) for name, column in zip(table.column_names, table.columns, strict=True)]
        pcsv.write_csv(pa.Table.from_arrays(cells, list(map(guarded, table.column_names))), page)
    return file(page.getvalue(), FORMS[form], f"{name}.{form}")


def values_of(name: str, column: pa.ChunkedArray[Any]) -> list[Any]:
    """The values of a column. Raises `QuestionError` for days beyond the years 1 to 9999, which Python has not."""
    try:
        return column.to_pylist()
    except (ValueError, OverflowError):
        raise QuestionError(f"{name[:40]} has a day beyond the years 1 to 9999; cast it to VARCHAR") from None


def _cells(name: str, column: pa.ChunkedArray[Any]) -> Any:
    """What CSV can hold: lists and structures become text, and no text is a formula."""
    if any(is_it(column.type) for is_it in _NUMBERS):
        return column
    values = values_of(name, column)
    return pa.array([None if value is None else guarded(str(value)) for value in values], pa.string())


_NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_boolean)


def _write_parquet(table: pa.Table, page: io.BytesIO) -> None:
    try:
        pq.write_table(table, page)
    except pa.ArrowNotImplementedError as error:
        raise QuestionError(f"Parquet cannot hold that ({error}); cast it to VARCHAR") from None


def file(data: bytes, type: str, name: str) -> Response:
    """Bytes that a browser keeps as a file."""
    return Response(data, media_type=type, headers={"content-disposition": f'attachment; filename="{name}"'})
