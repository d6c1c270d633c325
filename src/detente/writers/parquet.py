"""Parquet: the reports with the columns of the store's table, nested and flat."""

from __future__ import annotations

from typing import IO

import pyarrow.parquet as pq

from detente.model import Coding
from detente.store.rows import table_of
from detente.store.schema import REPORTS

ROW_GROUP = 50_000


class ParquetWriter:
    """Writes reports as Parquet (zstd); the file is whole once the writer is closed."""

    def __init__(self, out: IO[bytes]) -> None:
        self._file = pq.ParquetWriter(out, REPORTS, compression="zstd")
        self._codings: list[Coding] = []
        self._held = 0

    def write(self, coding: Coding) -> None:
        """Take the reports of one record."""
        self._codings.append(coding)
        self._held += len(coding.reports)
        if self._held >= ROW_GROUP:
            self._flush()

    def close(self) -> None:
        """Write the rest and the footer."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._held:
            self._file.write_table(table_of("reports", self._codings))
        self._codings, self._held = [], 0
