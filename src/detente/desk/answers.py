"""Answers in the formats of others: what `detente export` writes, and rows of a question."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
from fastapi.responses import Response

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
        pq.write_table(table, page)
    else:
        pcsv.write_csv(pa.table({column: _cells(table[column]) for column in table.column_names}), page)
    return file(page.getvalue(), FORMS[form], f"{name}.{form}")


def _cells(column: Any) -> list[Any]:
    """What CSV can hold: lists and structures become text, and no text is a formula."""
    return [None if value is None else value if isinstance(value, int | float) else guarded(str(value))
            for value in column.to_pylist()]  # fmt: skip


def file(data: bytes, type: str, name: str) -> Response:
    """Bytes that a browser keeps as a file."""
    return Response(data, media_type=type, headers={"content-disposition": f'attachment; filename="{name}"'})
