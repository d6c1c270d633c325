"""Our own events as Parquet: one row a pair of actors, the columns those of `ROWS`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from detente.model import Event
from detente.readers.exchange.row import ROWS, Row, columns_of
from detente.writers.exchange.options import Choosing, Options, Written

_DEFAULT = Options()


def write_parquet(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as Parquet (zstd); sectors and contexts are parted by ";"."""
    choosing = Choosing(options)
    count = 0
    # The sink keeps `out` open for who gave it.
    sink = pa.PythonFile(out, mode="w")  # type: ignore[arg-type]  # it takes any stream that is written to
    with pq.ParquetWriter(sink, ROWS, compression="zstd") as file:
        for columns in columns_of(choosing.fields(events)):
            file.write_table(columns.table())
            count += len(columns)
    return Written(count, dict(choosing.left_out))
