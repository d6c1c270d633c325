"""Our own CSV: one row a pair of actors, its columns the fields of `Row`, with a header, for spreadsheets.

A cell that a spreadsheet would run as a formula has an apostrophe in front, which is taken off again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from detente.readers.exchange.cells import (
    Column,
    Raw,
    day_of,
    decimal,
    latitude,
    longitude,
    pc,
    quad,
    whole,
)
from detente.readers.exchange.lines import Layout, read_rows
from detente.readers.exchange.notes import Note
from detente.readers.exchange.row import ROWS, Row

NAMES = Row.__struct_fields__
"""All columns, in order."""
GUARDED = r"^'*[=+\-@\t\r]"
"""What gets an apostrophe in front: formulas, and what would be taken for a guarded one when it is read."""

_READINGS = {"day": day_of, "end": day_of, "told": day_of, "quad": quad, "lat": latitude, "lon": longitude}
_FORMULA = re.compile(r"'+[=+\-@\t\r]")


def _bare(text: str) -> str:
    return text[1:] if _FORMULA.match(text) else text


def _columns(raw: Raw) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for field in ROWS:
        if field.name in _READINGS:
            found[field.name] = raw.map(field.name, _READINGS[field.name], field.type)
        elif field.type == pa.string():
            column = raw[field.name]
            may_be_guarded = pc.any(pc.starts_with(column, "'")).as_py()
            found[field.name] = raw.map(field.name, _bare) if may_be_guarded else column
        else:
            found[field.name] = raw.map(field.name, whole if field.type == pa.int64() else decimal, field.type)
    return found


LAYOUT = Layout(names=NAMES, columns=_columns, delimiter=",", quoted=True, required=(("id",),))


def read_csv(path: Path) -> Iterator[Row | Note]:
    """The rows of a file that `write_csv` wrote, or of one with these columns in any order.

    Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
