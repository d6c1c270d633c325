"""Events in a format of others by the table, several times as fast as one after the other."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import IO

import pyarrow as pa

from detente.readers.exchange.cells import pc
from detente.readers.exchange.row import ROWS
from detente.readers.exchange.stored import rows_of_table
from detente.writers.exchange.formats import Format
from detente.writers.exchange.options import Options, Written

AT_ONCE = 50_000
"""Events that are held at once."""

Score = Callable[[str | None, str | None, str | None], float | None]
"""The intensity of type, mode and CAMEO code on a scale."""


def is_table(format: Format) -> bool:
    """Whether a format is written by the table."""
    return format.of == "events" and format.layout is not None and format.name != "gdelt-mentions"


def write_whole(
    events: pa.RecordBatchReader, format: Format, out: IO[bytes], options: Options, score: Score | None = None
) -> Written:
    """Write a store's events, as `store.events()` gives them; `score` puts them on another scale than their own.

    What is left out is counted by rows. Raises `ValueError` for a format that is no table.
    """
    rows = (rows_of_table(part, options.urls) for part in _parts(events))
    return write_tables((_scored(part, score) for part in rows) if score else rows, format, out, options)


def write_tables(tables: Iterable[pa.Table], format: Format, out: IO[bytes], options: Options) -> Written:
    """Write tables of rows (`ROWS`), one behind the other.

    What is left out is counted by rows. Raises `ValueError` for a format that is no table.
    """
    written, left_out = 0, Counter[str]()
    for number, rows in enumerate(chain(tables, [ROWS.empty_table()])):
        page = io.BytesIO()
        done = format.write_table(rows, page, options)
        data = page.getvalue()
        # Each part begins with the names of the columns, where the format has them; the file does so once.
        out.write(data if number == 0 or not (format.layout and format.layout.headed) else data.split(b"\n", 1)[1])
        written += done.rows
        left_out.update(done.left_out)
    return Written(written, dict(left_out))


def _parts(events: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Tables of many events."""
    batches: list[pa.RecordBatch] = []
    held = 0
    for batch in events:
        batches.append(batch)
        held += len(batch)
        if held >= AT_ONCE:
            yield pa.Table.from_batches(batches)
            batches, held = [], 0
    if batches:
        yield pa.Table.from_batches(batches)


def _scored(rows: pa.Table, score: Score) -> pa.Table:
    """The rows with the intensities of a scale; each kind of event is asked for once."""
    names = ("type", "mode", "cameo")
    kinds = pc.binary_join_element_wise(
        *(rows[name] for name in names), "|", null_handling="replace", null_replacement=""
    )
    coded = kinds.combine_chunks().dictionary_encode()
    values = [score(*(part or None for part in kind.split("|"))) for kind in coded.dictionary.to_pylist()]
    intensity = pa.array(values, pa.float64()).take(coded.indices)
    return rows.set_column(rows.schema.get_field_index("intensity"), "intensity", intensity)
