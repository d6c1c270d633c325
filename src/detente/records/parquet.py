"""Parquet: one document a row."""

from __future__ import annotations

from detente.records.columns import BadColumns, BadRow, columns_of, record_of_row
from detente.records.limits import MAX_PAGE, MEGABYTE
from detente.records.opening import BOMB_RATIO, Bomb, Source, seekable
from detente.records.pages import too_long
from detente.records.reading import Found, Reading
from detente.records.unread import Unread

# One text in a million rows packs to nothing; a table of that many copies is none.
BOMB_FLOOR = 256 * MEGABYTE
ROWS = 32
"""Rows that are held together; pages are long."""


def read_parquet(source: Source, origin: str, reading: Reading) -> Found:
    """The rows of a Parquet file; only the columns that are needed are unpacked."""
    # It takes a quarter of a second to load.
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = taken = 0
    with seekable(source) as stream:
        most = max(BOMB_FLOOR, BOMB_RATIO * stream.seek(0, 2))
        try:
            file = pq.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
            columns = columns_of(file.schema_arrow.names, reading.columns)
            for batch in file.iter_batches(batch_size=ROWS, columns=list(dict.fromkeys(columns.values()))):
                for row in batch.to_pylist():
                    number += 1
                    place = f"{origin}:{number}"
                    try:
                        record = record_of_row(row, columns, place)
                        taken += len(record.content)
                        yield too_long(place) if len(record.content) > MAX_PAGE else record
                    except BadRow as fault:
                        yield Unread(place, f"{place}: {fault}")
                if taken > most:
                    raise Bomb(f"unpacks to more than {BOMB_RATIO} times its size after row {number:,}")
        except Bomb:
            raise
        except BadColumns as fault:
            yield Unread(origin, f"{origin}: {fault}")
        except (pa.ArrowException, OSError, ValueError) as fault:
            place = f"{origin}:{number + 1}" if number else origin
            told = " ".join(str(fault).split())[:200]
            yield Unread(place, f"{place}: no Parquet file, damaged or cut short ({told}); fetch it again")
