"""Tables in files: cut into lines and columns by Arrow, with every trap of real files named, counted and mended.

A file is read in stretches of `STRETCH` bytes, so its size does not matter. Packed files (.gz, .bz2, .xz, .zst, and a
zip with one file, as GDELT and POLECAT come) are unpacked on the way.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
from msgspec import Struct

from detente.readers.exchange.cells import Column, Raw, pc
from detente.readers.exchange.cleaning import clean
from detente.readers.exchange.files import UNREADABLE, open_file
from detente.readers.exchange.notes import Note, Repaired, Skipped
from detente.readers.exchange.row import ROWS, structs_of
from detente.records.opening import Source

STRETCH = 32 << 20
"""Bytes that are read at once; the tables made of them take some five times as much."""
LONGEST = 64 << 20
"""A line, or what stands between quotation marks, longer than this is a file of something else."""
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_HEADED = 3
"""So many names of columns make a line the header."""

S = TypeVar("S", bound=Struct)
Columns = Callable[[Raw], dict[str, Column]]


class Layout(Struct, frozen=True, kw_only=True):
    """What a format's files look like."""

    names: tuple[str, ...]
    """All columns, in order."""
    columns: Columns
    """From the text to columns of `schema`."""
    schema: pa.Schema = ROWS
    required: tuple[tuple[str, ...], ...] = (("id",), ("day",), ("cameo", "type"))
    """A row that has none of the fields of a group says nothing and is skipped."""
    unique: str | None = "id"
    """The field that must not stand twice."""
    headed: bool = True
    """Whether the format's files begin with the names of the columns."""
    delimiter: str = "\t"
    by_place: bool = True
    """Whether a file without a header can be read all the same: the order of the columns is sure."""
    quoted: bool = False
    """Whether cells may stand in quotation marks and then hold delimiters and line breaks."""


def read_tables(path: Path, layout: Layout) -> Iterator[pa.Table | Note]:
    """The file in tables of `layout.schema`, with what was left out and mended.

    Raises OSError when the file cannot be opened.
    """
    seen: dict[str, int] = {}
    for part in _stretches(path, layout):
        if isinstance(part, Skipped | Repaired):
            yield part
            continue
        yield from _made(part, layout, str(path), seen)


def _made(raw: Raw, layout: Layout, file: str, seen: dict[str, int]) -> Iterator[pa.Table | Note]:
    found = layout.columns(raw)
    columns = [found[f.name] if f.name in found else pa.nulls(len(raw), f.type) for f in layout.schema]
    table = pa.Table.from_arrays(columns, schema=layout.schema)
    keep = np.ones(len(raw), dtype=bool)
    for group in layout.required:
        empty = np.asarray(pc.is_null(pc.coalesce(*(_as_text(table[name]) for name in group))))
        for at in np.nonzero(empty & keep)[0]:
            yield Skipped(file, int(raw.lines[at]), f"no {' or '.join(group)} in it")
        keep &= ~empty
    if not keep.all():
        table = table.filter(pa.array(keep))
    lines = raw.lines[keep]
    if layout.unique:
        table, again = _renamed(table, layout.unique, seen)
        if again:
            yield Repaired(file, int(lines[again[0]]), f"{layout.unique} stands before already; numbered", len(again))
    for what, (line, count) in raw.mended.items():
        yield Repaired(file, line, what, count)
    if len(table):
        yield table


def _as_text(column: pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    return column if column.type == pa.string() else pc.cast(column, pa.string())


def _renamed(table: pa.Table, name: str, seen: dict[str, int]) -> tuple[pa.Table, list[int]]:
    """Ids that stand before already with a number behind them: "7#2"."""
    ids: list[Any] = table[name].to_pylist()
    once = dict.fromkeys(ids, 1)
    if len(once) == len(ids) and seen.keys().isdisjoint(once):  # as nearly all files are
        seen.update(once)
        return table, []
    again = []
    for at, id in enumerate(ids):
        number = seen.get(id, 0) + 1
        seen[id] = number
        if number > 1:
            again.append(at)
            ids[at] = f"{id}#{number}"
    if again:
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(ids, pa.string()))
    return table, again


# ---------------------------------------------------------------------------------------------------------------------
# Bytes


def _stretches(path: Path, layout: Layout) -> Iterator[Raw | Note]:
    reading = _Reading(str(path), layout)
    try:
        with ExitStack() as stack:
            yield from reading.read(open_file(path, stack))
    except UNREADABLE as fault:
        yield Skipped(str(path), reading.line, f"cannot be unpacked from here on ({fault}); what follows was not read")


class _Reading:
    """One file on its way from bytes to columns of text."""

    def __init__(self, file: str, layout: Layout) -> None:
        self.line = 1
        """The line at which the next stretch begins."""
        self._file = file
        self._layout = layout
        self._names: list[str] = []
        self._head: list[str] = []
        self._delimiter = layout.delimiter
        self._quoted = layout.quoted
        self._is_lost = False
        self._known = {_plain(name): name for name in layout.names}

    def read(self, source: Source) -> Iterator[Raw | Note]:
        rest = b""
        first = True
        while part := source.take(STRETCH):
            data = rest + part
            if first:
                data = data.removeprefix(codecs.BOM_UTF8)
                if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    yield Skipped(self._file, 0, "UTF-16, not UTF-8; save it as UTF-8 and read that")
                    return
                yield from self._find_delimiter(data)
            cut = _last_end(data, self._quoted)
            if cut < 0 and len(data) > LONGEST:
                yield Skipped(self._file, self.line, "a line over 64 MB begins here; the rest was not read")
                return
            rest, data = data[cut + 1 :], data[: cut + 1]
            if data:
                yield from self._stretch(data, first)
                first = False
        if rest:
            yield from self._stretch(rest + b"\n", first)
        elif first:
            yield Skipped(self._file, 0, "an empty file")

    def _stretch(self, data: bytes, first: bool) -> Iterator[Raw | Note]:
        data, notes = clean(data, self._file, self.line)
        yield from notes
        begin, self.line = self.line, self.line + data.count(b"\n")
        if first:
            skipped, told = self._read_head(data)
            yield from told
            data, begin = data[skipped:], begin + (1 if skipped else 0)
        if data and not self._is_lost:
            yield from self._cut(data, begin)

    def _find_delimiter(self, data: bytes) -> Iterator[Note]:
        """Files that went through a spreadsheet have commas or semicolons for tabs; the header tells."""
        line = data[: data.find(b"\n") + 1 or None].decode("utf-8", "replace").strip("\r\n")
        found = {sign: len(set(self._named(_cells(line, sign)))) for sign in (self._layout.delimiter, *",;\t")}
        best = max(found, key=found.__getitem__)
        if best != self._delimiter and found[best] > _HEADED:
            self._delimiter, self._quoted = best, best != "\t"
            yield Repaired(self._file, 1, f"cells parted by {_SIGNS[best]}")

    def _named(self, cells: Sequence[str]) -> list[str | None]:
        """The column of ours that each cell of a header names."""
        return [self._known.get(_plain(cell)) for cell in cells]

    def _read_head(self, data: bytes) -> tuple[int, list[Note]]:
        """How many bytes the header takes, and what is odd about it; says which column is which."""
        end = data.find(b"\n") + 1
        layout = self._layout
        line = data[:end].decode("utf-8", "replace").rstrip("\n")
        cells = _cells(line, self._delimiter)
        named = self._named(cells)
        if len(set(filter(None, named))) < min(_HEADED, len(layout.names)):
            self._names, self._head = list(layout.names), list(layout.names)
            if not layout.by_place:
                self._is_lost = True
                return 0, [Skipped(self._file, 0, "no header, without which it cannot be told what is what")]
            note = [Repaired(self._file, 1, "no header; columns are taken by their place")] if layout.headed else []
            return 0, list(note)
        taken: set[str] = set()
        self._names = []
        for at, name in enumerate(named):
            is_new = name is not None and name not in taken
            self._names.append(name if is_new and name else f"\0{at}")
            taken.add(name or "")
        self._head = cells
        return end, self._odd_head(cells, named)

    def _odd_head(self, cells: Sequence[str], named: Sequence[str | None]) -> list[Note]:
        notes: list[Note] = []
        if not self._layout.headed:
            notes.append(Repaired(self._file, 1, "a header, which this format has not"))
        extra = [cell for cell, name in zip(cells, named, strict=True) if name is None]
        if extra:
            notes.append(Repaired(self._file, 1, f"more columns ({', '.join(extra)[:80]}); left out", len(extra)))
        missing = [name for name in self._layout.names if name not in named]
        if missing:
            notes.append(Repaired(self._file, 1, f"no column {', '.join(missing)[:120]}; left empty", len(missing)))
        return notes

    # -- Columns ------------------------------------------------------------------------------------------------------

    def _cut(self, data: bytes, begin: int) -> Iterator[Raw | Note]:
        wrong: list[tuple[int, str]] = []

        def handle(row: pcsv.InvalidRow) -> Literal["skip", "error"]:
            wrong.append((row.number or 0, row.text))
            return "skip"

        try:
            table = pcsv.read_csv(
                io.BytesIO(data),
                read_options=pcsv.ReadOptions(use_threads=False, column_names=self._names, block_size=LONGEST * 2),
                parse_options=pcsv.ParseOptions(
                    delimiter=self._delimiter, quote_char='"' if self._quoted else False,
                    newlines_in_values=self._quoted, ignore_empty_lines=False, invalid_row_handler=handle,
                ),
                convert_options=pcsv.ConvertOptions(
                    column_types=dict.fromkeys(self._names, pa.string()), strings_can_be_null=False, check_utf8=False,
                    include_columns=[name for name in self._names if name[0] != "\0"],
                ),
            )  # fmt: skip
        except pa.ArrowInvalid as fault:
            yield Skipped(self._file, begin, f"no columns can be made of what begins here ({str(fault)[:100]})")
            return
        total = len(table) + len(wrong)
        starts = _starts(data, total, self._delimiter if self._quoted else None) + begin
        odd = np.array([number - 1 for number, _ in wrong], dtype=np.int64)
        lines = np.delete(starts, odd)
        mended: list[tuple[int, list[str], str]] = []
        for at, (_, text) in zip(odd, wrong, strict=True):
            cells, what = self._mend(text)
            if cells is not None:
                mended.append((int(starts[at]), cells, what))
            elif what:
                yield Skipped(self._file, int(starts[at]), what)
        yield from self._headless(table, lines, mended, unquote=not self._quoted and b'"' in data)

    def _mend(self, text: str) -> tuple[list[str] | None, str]:
        """The cells of a row with a wrong number of columns, if it can be mended, and what is wrong with it."""
        text = text.rstrip("\n")
        if not text.strip():
            return None, ""
        wanted = len(self._names)
        cells = _cells(text, self._delimiter)
        if len(cells) == wanted:
            return cells, "a delimiter between quotation marks"
        if len(cells) > wanted and not any(cell.strip() for cell in cells[wanted:]):
            return cells[:wanted], "empty columns at the end"
        return None, f"{len(cells)} columns where {wanted} are expected"

    def _headless(
        self,
        table: pa.Table,
        lines: np.ndarray[Any, Any],
        mended: Sequence[tuple[int, list[str], str]],
        *,
        unquote: bool,
    ) -> Iterator[Raw | Note]:
        """The stretch without further headers and empty lines, and with the rows that were mended in their places."""
        columns = {name: _whole(table[name]) for name in table.column_names}
        if mended:
            lines = np.concatenate([lines, np.array([line for line, _, _ in mended], dtype=np.int64)])
            order = np.argsort(lines, kind="stable")
            for name in columns:
                at = self._names.index(name)
                more = pa.array([cells[at] for _, cells, _ in mended], pa.string())
                columns[name] = pa.concat_arrays([columns[name], more]).take(pa.array(order))
            lines = lines[order]
        again = self._is_head(columns, len(lines))
        for row in np.nonzero(again)[0]:
            yield Skipped(self._file, int(lines[row]), "the header once more")
        leave = again | _is_blank(columns, len(lines))
        if leave.any():
            keep = pa.array(~leave)
            columns = {name: column.filter(keep) for name, column in columns.items()}
            lines = lines[~leave]
        raw = _unquoted(columns, lines) if unquote else Raw(columns, lines)
        for where, _, what in mended:
            raw.note(what, np.nonzero(lines == where)[0])
        if len(raw):
            yield raw

    def _is_head(self, columns: dict[str, Column], count: int) -> np.ndarray[Any, Any]:
        found = np.ones(count, dtype=bool)
        looked_at = 0
        for name, cell in zip(self._names, self._head, strict=True):
            if name in columns and looked_at < _HEADED:
                looked_at += 1
                found &= np.asarray(pc.equal(columns[name], cell.strip('"')))
        return found & (looked_at > 0)


def _cells(text: str, delimiter: str) -> list[str]:
    """The cells of one row, quotation marks heeded."""
    bare = text.split(delimiter)
    if '"' not in text:
        return bare
    csv.field_size_limit(LONGEST)
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return bare


def _is_blank(columns: dict[str, Column], count: int) -> np.ndarray[Any, Any]:
    """Rows without any text: Arrow makes them of empty lines."""
    found = np.ones(count, dtype=bool)
    for column in columns.values():
        found &= np.asarray(pc.equal(column, ""))
        if not found.any():
            break
    return found


def _whole(column: pa.ChunkedArray[Any]) -> Column:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _plain(name: str) -> str:
    """ "Event.ID", "event_id" and "Event ID" are one name."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _last_end(data: bytes, quoted: bool) -> int:
    """The last line break of the data that is none of a cell; -1 if there is none."""
    end = data.rfind(b"\n")
    if not quoted or end < 0:
        return end
    odd = data.count(b'"', 0, end) % 2
    while odd and end >= 0:
        before = data.rfind(b"\n", 0, end)
        odd ^= data.count(b'"', max(before, 0), end) % 2
        end = before
    return end


def _starts(data: bytes, rows: int, delimiter: str | None) -> np.ndarray[Any, Any]:
    """At which line, from 0, each row begins; a delimiter where cells may hold line breaks."""
    if delimiter is None or data.count(b"\n") == rows:
        return np.arange(rows)
    csv.field_size_limit(LONGEST)
    starts, position = [], 0
    reader = csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline=""), delimiter=delimiter)
    try:
        for _ in reader:
            starts.append(position)
            position = reader.line_num
    except csv.Error:  # a cell of the length of a book: the lines behind it are told by its own
        pass
    # What the two readers cut otherwise is told by the last line that they share.
    starts += [position] * (rows - len(starts))
    return np.array(starts[:rows], dtype=np.int64)


# ---------------------------------------------------------------------------------------------------------------------
# What is odd about bytes and cells


def _unquoted(columns: dict[str, Column], lines: np.ndarray[Any, Any]) -> Raw:
    """Formats without quotation marks get them from spreadsheets all the same, those within doubled."""
    bare = {}
    found = []
    for name, column in columns.items():
        is_quoted = pc.and_(pc.starts_with(column, '"'), pc.ends_with(column, '"'))
        is_quoted = pc.and_(is_quoted, pc.greater(pc.binary_length(column), 1))
        rows = np.nonzero(np.asarray(is_quoted))[0]
        if len(rows):
            inner = pc.replace_substring(pc.utf8_slice_codeunits(column, 1, -1), '""', '"')
            column = pc.if_else(is_quoted, inner, column)
            found.append(rows)
        bare[name] = column
    raw = Raw(bare, lines)
    if found:
        raw.note("quotation marks around cells", np.unique(np.concatenate(found)))
    return raw


# ---------------------------------------------------------------------------------------------------------------------
# For the formats


def read_rows(path: Path, layout: Layout, type: type[S]) -> Iterator[S | Note]:
    """The rows of the file as values whose fields are the columns of `layout.schema`, and what was left out and mended.

    Raises OSError when the file cannot be opened.
    """
    for part in read_tables(path, layout):
        if isinstance(part, pa.Table):
            yield from structs_of(part, type)
        else:
            yield part


class Read(NamedTuple):
    """A whole file: its rows as a table, and what was left out and mended."""

    table: pa.Table
    notes: list[Note]


def read_whole(path: Path, layout: Layout) -> Read:
    """The file at once, for those who count; memory grows with it.

    Raises OSError when the file cannot be opened.
    """
    tables: list[pa.Table] = []
    notes: list[Note] = []
    for part in read_tables(path, layout):
        if isinstance(part, pa.Table):
            tables.append(part)
        else:
            notes.append(part)
    return Read(pa.concat_tables([layout.schema.empty_table(), *tables]), notes)
