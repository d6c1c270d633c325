"""CSV and TSV: one document a row, under a head that names the columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from detente.charsets import MARKS, decoded
from detente.records.columns import BadColumns, BadRow, columns_of, record_of_row
from detente.records.limits import HEAD, MAX_LINE, megabytes
from detente.records.opening import Source
from detente.records.reading import Found, Reading
from detente.records.unread import Unread

DELIMITERS = ",;\t|"


def read_csv(source: Source, origin: str, reading: Reading) -> Found:
    """The rows of a CSV; the sign between its columns is told by its head."""
    return _read_rows(source, origin, reading, None)


def read_tsv(source: Source, origin: str, reading: Reading) -> Found:
    """The rows of a TSV."""
    return _read_rows(source, origin, reading, "\t")


def _read_rows(source: Source, origin: str, reading: Reading, delimiter: str | None) -> Found:
    # The library's own limit, 128 kB, is less than some pages; there is one for the whole process.
    csv.field_size_limit(MAX_LINE)
    rows = _rows(source, delimiter)
    number = 0
    try:
        names = next(rows, [])
        columns = columns_of(names, reading.columns)
        number = 1
        for number, row in enumerate(rows, 2):
            place = f"{origin}:{number}"
            try:
                if any(row):
                    yield record_of_row(dict(zip(names, row, strict=False)), columns, place)
            except BadRow as fault:
                yield Unread(place, f"{place}: {fault}")
    except BadColumns as fault:
        yield Unread(origin, f"{origin}: {fault if names else 'empty; its first row should name the columns'}")
    except csv.Error as fault:
        place = f"{origin}:{number + 1}"
        yield Unread(
            place,
            f"{place}: no row can be made of what begins here ({fault}): a quotation mark that is never closed? "
            "What follows was not read",
        )
    if number == 1:
        yield Unread(origin, f"{origin}: only a head and no rows", "not an article")


def _rows(source: Source, delimiter: str | None) -> Iterator[list[str]]:
    head = source.head()
    charset = next((charset for mark, charset in MARKS if head.startswith(mark)), None)
    if charset:
        # The marked charsets' own names take the mark off.
        charset = {"utf-8": "utf-8-sig"}.get(charset, charset[:6])
    text = io.TextIOWrapper(io.BufferedReader(source, HEAD), encoding=charset or "utf-8", errors=AS_LATIN, newline="")
    delimiter = delimiter or _delimiter(decoded(head).partition("\n")[0])
    return csv.reader(_lines(text), delimiter=delimiter)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines without zero bytes; a file without any line is never held whole.

    Raises `csv.Error` for a line over the limit.
    """
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise csv.Error(f"a line over {megabytes(MAX_LINE)}")
        yield line.replace("\0", "")


def _delimiter(head: str) -> str:
    bare = "".join(head.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


AS_LATIN = "detente-latin"


def _latin(fault: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, in a table of which the first rows were, are mostly cp1252."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end


codecs.register_error(AS_LATIN, _latin)
