"""All formats by name, each with its writer and its reader; the modules are loaded when one of them is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

import pyarrow as pa

from detente.readers.exchange.lines import Layout
from detente.readers.exchange.row import BATCH
from detente.writers.exchange.lines import chosen, write_table
from detente.writers.exchange.options import Needs, Options, Written

Of = Literal["events", "codings"]


class Format(NamedTuple):
    """A format: what it is of, how its files end, and where its writer and reader are."""

    name: str
    module: str
    of: Of
    """What its writer takes: events (and rows), or codings, which have the text."""
    suffixes: tuple[str, ...]
    """How its files end; the first is the one that we would give."""
    about: str
    writes: bool = True

    @property
    def write(self) -> Callable[..., Any]:
        """The writer: `write(events, out, options)`, or `write(codings, out)`; gives `Written`.

        Raises `ValueError` for a format that is read alone.
        """
        if not self.writes:
            raise ValueError(f"{self.name} is read alone: its terms are for who downloads it")
        module = import_module(f"detente.writers.exchange.{self.module}")
        return getattr(module, f"write_{self._verb}")  # type: ignore[no-any-return]

    def write_table(self, table: pa.Table, out: IO[bytes], options: Options | None = None) -> Written:
        """Write an Arrow table of rows (`ROWS`), of a reader or a store, without making values of it.

        What is left out is counted by rows, not by events. Raises `ValueError` for formats that are no tables of rows.
        """
        module = import_module(f"detente.writers.exchange.{self.module}") if self.writes else None
        columns = getattr(module, "columns", None)
        if module is None or self.layout is None or not (columns or self.module == "flat"):
            raise ValueError(f"{self.name} is no table of rows; use write")
        rows, left_out = chosen(table, options or Options(), getattr(module, "NEEDS", Needs()))
        if self.layout.headed:
            out.write(self.layout.delimiter.join(self.layout.names).encode() + b"\n")
        for begin in range(0, len(rows), BATCH):
            part = rows.slice(begin, BATCH)
            if columns:
                write_table(part, out, columns)
            else:
                module.write_table(part, out)
        return Written(len(rows), left_out)

    @property
    def read(self) -> Callable[[Path], Iterator[Any]]:
        """The reader: gives values with `Skipped` and `Repaired` between them; raises OSError for what is not there."""
        module = import_module(f"detente.readers.exchange.{self.module}")
        return getattr(module, f"read_{self._verb}")  # type: ignore[no-any-return]

    @property
    def gives_rows(self) -> bool:
        """Whether the reader gives `Row`; graphs give `Dyad`, mentions `Mentioned`, formats of texts what they hold."""
        return self.of == "events" and self.module not in ("gdelt_mentions", "graphml", "gexf")

    @property
    def layout(self) -> Layout | None:
        """Of tables what `read_whole` needs, to have a whole file as an Arrow table; None for all else."""
        return getattr(import_module(f"detente.readers.exchange.{self.module}"), "LAYOUT", None)

    @property
    def _verb(self) -> str:
        return "csv" if self.module == "flat" else self.module


_ALL = (
    Format("jsonl", "jsonl", "events", (".jsonl",), "our own events, whole"),
    Format("csv", "flat", "events", (".csv",), "our own events for spreadsheets, a row a pair of actors"),
    Format("parquet", "parquet", "events", (".parquet",), "our own events as Parquet, a row a pair of actors"),
    Format("gdelt-events", "gdelt_events", "events", (".export.csv", ".tsv"), "GDELT 2.0 Events, 61 columns"),
    Format("gdelt-mentions", "gdelt_mentions", "events", (".mentions.csv", ".tsv"), "GDELT 2.0 Mentions, 16 columns"),
    Format("icews", "icews", "events", (".tab", ".tsv"), "ICEWS, 20 columns"),
    Format("polecat", "polecat", "events", (".txt", ".tsv"), "POLECAT, 40 columns"),
    Format("phoenix", "phoenix", "events", (".txt", ".tsv"), "Phoenix, 26 columns"),
    Format("plover", "plover", "events", (".jsonl",), "PLOVER's own JSON lines"),
    Format("geojson", "geojson", "events", (".geojson", ".json"), "GeoJSON, for maps"),
    Format("graphml", "graphml", "events", (".graphml",), "GraphML: who deals with whom"),
    Format("gexf", "gexf", "events", (".gexf",), "GEXF: who deals with whom"),
    Format("atom", "atom", "events", (".atom", ".xml"), "Atom: events as entries of a feed"),
    Format("ninjs", "ninjs", "events", (".jsonl",), "ninjs 3.1 of the IPTC: events as items"),
    Format("annotations", "annotations", "codings", (".jsonld", ".json"), "W3C Web Annotations: the words of reports"),
    Format("conllu", "conllu", "codings", (".conllu",), "CoNLL-U: sentences with tags and trees"),
    Format("timeml", "timeml", "codings", (".tml", ".xml"), "TimeML: times and events marked in the text"),
    Format("acled", "acled", "events", (".csv",), "ACLED, read alone", writes=False),
    Format("ucdp-ged", "ucdp_ged", "events", (".csv",), "UCDP GED, read alone", writes=False),
)

FORMATS: dict[str, Format] = {format.name: format for format in _ALL}
"""All formats by name."""


def format_of(name: str) -> Format:
    """The format of this name. Raises `ValueError` naming those that there are."""
    if name not in FORMATS:
        raise ValueError(f"no format '{name}'; known are {', '.join(FORMATS)}")
    return FORMATS[name]
