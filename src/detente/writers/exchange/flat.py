"""Our own events as CSV for spreadsheets: one row a pair of actors, under a header."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO

import pyarrow as pa
import pyarrow.csv as pcsv

from detente.model import Event
from detente.readers.exchange.cells import STRING, Column, pc
from detente.readers.exchange.flat import GUARDED, NAMES
from detente.readers.exchange.row import Row, columns_of
from detente.writers.exchange.options import Choosing, Options, Written

_DEFAULT = Options()


def write_csv(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as CSV, one row a pair of actors; sectors and contexts are parted by ";".

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    out.write(",".join(NAMES).encode() + b"\n")
    choosing = Choosing(options)
    count = 0
    for columns in columns_of(choosing.fields(events)):
        write_table(columns.table(), out)
        count += len(columns)
    return Written(count, dict(choosing.left_out))


def write_table(table: pa.Table, out: IO[bytes]) -> None:
    """Write a table of rows (`ROWS`) as CSV without a header."""
    guarded = pa.table({name: _guarded(table[name]) for name in table.column_names})
    page = io.BytesIO()
    pcsv.write_csv(guarded, page, pcsv.WriteOptions(include_header=False, quoting_style="needed"))
    out.write(page.getbuffer())


def _guarded(column: Column) -> Column:
    if column.type != STRING:
        return column
    if pc.any(pc.match_substring(column, "\r")).as_py():
        # Within quotation marks a line break is one, but readers of CSV differ about returns.
        column = pc.replace_substring_regex(column, "\r\n?", "\n")
    is_formula = pc.match_substring_regex(column, GUARDED)
    if not pc.any(is_formula).as_py():
        return column
    return pc.if_else(is_formula, pc.binary_join_element_wise("'", column, ""), column)
