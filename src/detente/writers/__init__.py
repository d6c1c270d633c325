"""What was coded, written for others: a table for people, JSON lines, CSV, Parquet.

One file per format. A writer takes codings one after the other and is closed at the end; `writer` makes the one for a
format. Writers that need pyarrow load it when they are made.
"""

from __future__ import annotations

from typing import IO, Protocol

from detente.model import Coding

FORMATS = ("table", "jsonl", "csv", "parquet")
SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".txt": "table"}
"""The format that a file's name asks for."""


class Writer(Protocol):
    """Writes codings to a stream, one after the other."""

    def write(self, coding: Coding) -> None:
        """Write what came of one record."""

    def close(self) -> None:
        """Write what is still held back; the stream stays open."""


def writer(format: str, out: IO[bytes]) -> Writer:
    """The writer of a format. Raises `ValueError` for a format that is not in `FORMATS`."""
    match format:
        case "table":
            from detente.writers.table import TableWriter

            return TableWriter(out)
        case "jsonl":
            from detente.writers.jsonl import JsonlWriter

            return JsonlWriter(out)
        case "csv":
            from detente.writers.csv import CsvWriter

            return CsvWriter(out)
        case "parquet":
            from detente.writers.parquet import ParquetWriter

            return ParquetWriter(out)
    raise ValueError(f"no format '{format}'; known are {', '.join(FORMATS)}")
