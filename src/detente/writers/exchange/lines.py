"""Tables in files, written a column at a time: each different text is looked at once, however often it stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any

import pyarrow as pa

from detente.model import Event
from detente.readers.exchange.cells import STRING, pc
from detente.readers.exchange.cells import Column as Column
from detente.readers.exchange.row import Columns, Row, columns_of
from detente.writers.exchange.options import Choosing, Needs, Options, Written

Cell = str | int | float | None
_PART = "\x1f"
"""Parts what is looked at together; it is taken out of texts."""


class Cells:
    """Rows on their way to columns of text; what is not known is an empty cell."""

    def __init__(self, rows: pa.Table | Columns) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, name: str) -> Column:
        """A field as text on one line, without tabs."""
        column = self.raw(name)
        if column.type != STRING:
            return pc.cast(column, STRING)
        if pc.any(pc.match_substring_regex(column, r"[\t\r\n\x1f]")).as_py():
            column = pc.replace_substring_regex(column, r"[\t\r\n\x1f]+", " ")
        return column

    def raw(self, name: str) -> Column:
        """A field as it is."""
        column = self._rows[name]
        return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column

    def map(self, name: str, cell: Callable[[Any], Cell]) -> Column:
        """A field through a function, which sees what is known alone."""
        return mapped(self[name], cell)

    def each(self, name: str, cell: Callable[[str], Cell]) -> Column:
        """As `map`, of a field that is never empty and hardly twice the same: an id."""
        return pa.array([str(cell(value)) for value in self[name].to_pylist()], STRING)

    def together(self, names: Sequence[str], cell: Callable[..., Cell]) -> Column:
        """Several fields through a function, which gets the text of each, "" for what is not known."""
        parts = (self[name] for name in names)
        column = pc.binary_join_element_wise(*parts, _PART, null_handling="replace", null_replacement="")
        return mapped(column, lambda text: cell(*text.split(_PART)))

    def same(self, text: str) -> Column:
        """The same text in every row."""
        return pa.repeat(pa.scalar(text, STRING), len(self))

    def empty(self, cells: int = 1) -> Column:
        """Nothing in every row, in so many cells side by side: they are joined once."""
        return self.same("\t" * (cells - 1))


def mapped(column: Column, cell: Callable[[Any], Cell]) -> Column:
    """A column of text through a function, once for each different text."""
    return parted(column, [cell])[0]


def parted(column: Column, cells: Sequence[Callable[[Any], Cell]]) -> list[Column]:
    """A column of text through several functions, each of which makes a column of it."""
    encoded = pc.dictionary_encode(column)
    values = encoded.dictionary.to_pylist()
    texts = ([None if (found := cell(value)) is None else str(found) for value in values] for cell in cells)
    return [pa.array(part, STRING).take(encoded.indices) for part in texts]


def write_lines(
    events: Iterable[Event | Row],
    out: IO[bytes],
    columns: Callable[[Cells], Sequence[Column]],
    choosing: Choosing,
    *,
    names: Sequence[str] = (),
) -> Written:
    """Write the rows of events as lines whose cells are parted by tabs, under `names` if there are any.

    Such formats have no quotation marks: a tab or line break within a cell becomes a space.
    """
    if names:
        out.write("\t".join(names).encode() + b"\n")
    count = 0
    for rows in columns_of(choosing.fields(events)):
        write_table(rows, out, columns)
        count += len(rows)
    return Written(count, dict(choosing.left_out))


def write_table(rows: pa.Table | Columns, out: IO[bytes], columns: Callable[[Cells], Sequence[Column]]) -> None:
    """Write rows (the columns of `ROWS`) as lines without a header."""
    if not len(rows):
        return
    cells = columns(Cells(rows))
    lines = pc.binary_join_element_wise(*cells, "\t", null_handling="replace", null_replacement="")
    ended = pc.binary_join_element_wise(lines, "", "\n")
    # The texts of an Arrow column stand one behind the other: that is the file.
    _, offsets, texts = ended.buffers()
    ends = memoryview(offsets).cast("i")
    out.write(memoryview(texts)[ends[ended.offset] : ends[ended.offset + len(ended)]])


def chosen(table: pa.Table, options: Options, needs: Needs) -> tuple[pa.Table, dict[str, int]]:
    """The rows of a table that a format can take, and how many it cannot, by why."""
    left_out: Counter[str] = Counter()
    if needs.facts:
        said = table["standing"]
        is_fact = pc.or_(pc.is_null(said), pc.is_in(said, pa.array(sorted(options.standings), STRING)))
        for count in pc.value_counts(said.filter(pc.invert(is_fact))).to_pylist():
            left_out[f"{count['values']}, not a fact"] += count["counts"]
        table = table.filter(is_fact)
    for name, wanted, why in (
        ("cameo", needs.cameo, "no CAMEO code"), ("type", needs.type, "no PLOVER type"), ("day", needs.day, "no day"),
    ):  # fmt: skip
        if wanted and table[name].null_count:
            left_out[why] += table[name].null_count
            table = table.filter(pc.is_valid(table[name]))
    return table, dict(left_out)
