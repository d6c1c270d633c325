"""Formats of exchange: rows per CPU-second, written and read.

    python benchmarks/exchange.py [--rows 200000] [--formats gdelt-events,icews]

The events are made up: 400 actors, 300 days, 200 places, 100 CAMEO codes, every text different. "events" starts from
events as Python has them, "store" from the table of events that a store has, "rows" from rows of another format,
"table" from the Arrow table of rows that a reader gives. "values" reads into Python values one by one, "table" into an
Arrow table. CPU-seconds are of this process.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from detente.model import Actor, Event, Telling, Where, id_of
from detente.readers.exchange import Row, Skipped, read_whole, rows_of, table_of
from detente.readers.exchange.cells import cameo_labels
from detente.readers.exchange.countries import names
from detente.readers.exchange.stored import rows_of_table
from detente.store.rows import event_row
from detente.store.schema import SCHEMAS
from detente.writers.exchange import FORMATS, Format

TABLES = ("gdelt-events", "gdelt-mentions", "icews", "polecat", "phoenix", "csv")
OTHERS = ("jsonl", "plover", "geojson", "atom", "ninjs", "graphml", "gexf")
ROUNDS = 3


def events(count: int) -> Iterator[Event]:
    """Facts between two actors, as like real ones as a format cares."""
    draw = random.Random(5)
    countries = sorted(names())[:100]
    roles = ("", "GOV", "MIL", "REB")
    actors = [Actor(id=f"{c}{r}", name=f"{r.title()} of {c}", country=c, sectors=(r,) if r else (), code=f"{c}{r}")
              for c in countries for r in roles]  # fmt: skip
    places = [Where(name=f"Town {n}", precision="city", country=draw.choice(countries), geonames=n, lat=n / 3,
                    lon=-n / 3, basis="stated") for n in range(200)]  # fmt: skip
    codes = [code for code in cameo_labels() if len(code) == 3][:100]
    days = [(date(2019, 1, 1) + timedelta(days=n)).isoformat() for n in range(300)]
    for number in range(count):
        day = draw.choice(days)
        telling = Telling(report=f"r{number}", article=f"a{number}", at=0, outlet=f"Outlet {number % 500}", date=day,
                          standing="happened")  # fmt: skip
        yield Event(
            id=id_of(number), type="CONSULT", mode="visit", contexts=("diplomatic",), cameo=draw.choice(codes), quad=1,
            intensity=draw.randint(-100, 100) / 10, source=(draw.choice(actors),), target=(draw.choice(actors),),
            standing="happened", start=day, end=day, place=draw.choice(places), tellings=(telling,), articles=1,
            outlets=1, text=f"Number {number} of the sentences said that somebody met somebody.", report=f"r{number}",
        )  # fmt: skip


def per_second(count: int, work: Callable[[], object]) -> float:
    """Rows per CPU-second, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return count / best


class Nowhere(io.RawIOBase):
    """A stream that takes everything."""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Take it."""
        return len(data)


def measure(format: Format, made: list[Event], rows: list[Row], stored: pa.Table, folder: Path) -> list[float | None]:
    """Writing from events, a store, rows and a table; reading into values and a table."""
    path = folder / format.name
    with path.open("wb") as out:
        count = format.write(made, out).rows
    written: list[float | None] = [per_second(len(made), lambda: format.write(made, Nowhere()))]
    if format.name in TABLES and format.name != "gdelt-mentions":
        table = table_of(rows)
        written.append(per_second(len(stored), lambda: format.write_table(rows_of_table(stored), Nowhere())))
        written.append(per_second(len(rows), lambda: format.write(rows, Nowhere())))
        written.append(per_second(len(rows), lambda: format.write_table(table, Nowhere())))
    else:
        written += [None, None, None]

    def read() -> None:
        wrong = [found for found in format.read(path) if isinstance(found, Skipped)]
        assert not wrong, wrong[:3]

    told: list[float | None] = [per_second(count, read)]
    layout = format.layout
    told.append(per_second(count, lambda: read_whole(path, layout)) if layout is not None else None)
    return [*written, *told, path.stat().st_size / count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--formats", default=",".join((*TABLES, *OTHERS)))
    told = parser.parse_args()
    made = list(events(told.rows))
    rows = [row for event in made for row in rows_of(event)]
    stored = pa.Table.from_pylist([event_row(event) for event in made], schema=SCHEMAS["events"])
    print(f"{told.rows:,} events; thousand rows per CPU-second, best of {ROUNDS}")
    print(f"{'':16}{'events':>9}{'store':>9}{'rows':>9}{'table':>9}   {'values':>9}{'table':>9}   {'bytes/row':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name in told.formats.split(","):
            found = measure(FORMATS[name], made, rows, stored, Path(folder))
            cells = [f"{one / 1000:9.0f}" if one else f"{'':9}" for one in found[:-1]]
            print(f"{name:16}{''.join(cells[:4])}   {''.join(cells[4:])}   {found[-1]:9.0f}", flush=True)


if __name__ == "__main__":
    main()
