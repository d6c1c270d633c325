"""A relation out of very many events: CPU-milliseconds of `Store.relation` on a store of made events.

    python benchmarks/relations.py [--events 10000000] [--asked 20] [--store DIR]

Events of forty years between 210 countries are made, few pairs with many and many with few, and written as `fuse`
writes them: a segment for each month, and the pairs of actors in the catalogue. Then relations of pairs of all sizes
are asked, and apart from them the sentences of the events that make the turns. `--store` keeps the store, or takes the
one that lies there.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

import msgspec
import numpy as np
import pyarrow as pa

from detente.model import id_of
from detente.store import Store, segments
from detente.store.pairs import Pair, Who
from detente.store.schema import SCHEMAS, SORTED_BY

COUNTRIES = [f"{a}{b}X" for a in "ABCDEFGHIJKLMNO" for b in "ABCDEFGHIJKLMN"]
KINDS = [
    ("CONSULT", "visit", "042", 1), ("ACCUSE", "disapprove", "111", 3), ("AGREE", None, "030", 1),
    ("SANCTION", "expel", "161", 4), ("ASSAULT", "aerial", "195", 4), ("AID", None, "070", 2),
]  # fmt: skip
MONTHS = [date(year, month, 1) for year in range(1980, 2020) for month in range(1, 13)]
SCHEMA = SCHEMAS["events"]


def month_of(begin: date, count: int, draw: np.random.Generator) -> pa.Table:
    """Events of a month; a country is met as often as its place in the list allows (Zipf)."""
    share = 1 / np.arange(1, len(COUNTRIES) + 1)
    source, target = (draw.choice(len(COUNTRIES), count, p=share / share.sum()) for _ in range(2))
    # Every few years there is more of what is hostile.
    kind = draw.integers(6 if begin.year % 10 > 4 else 3, size=count)
    day = [(begin + timedelta(int(days))) for days in draw.integers(28, size=count)]
    name = f"{begin:%Y-%m}"
    columns = {
        "id": [id_of(name, number) for number in range(count)], "type": _of([one[0] for one in KINDS], kind),
        "mode": _of([one[1] for one in KINDS], kind), "cameo": _of([one[2] for one in KINDS], kind),
        "quad": _of([one[3] for one in KINDS], kind, pa.int8()), "standing": ["happened"] * count,
        "source": _of([[_actor(one)] for one in COUNTRIES], source, SCHEMA.field("source").type),
        "target": _of([[_actor(one)] for one in COUNTRIES], target, SCHEMA.field("target").type),
        "source_id": _of(COUNTRIES, source), "target_id": _of(COUNTRIES, target),
        "start": [one.isoformat() for one in day], "time_start": day,
        "outlets": pa.array(1 + draw.integers(4, size=count)),
        "text": [f"Sentence {number} of {name} said what was done, where and why." for number in range(count)],
        "month": [name] * count,
    }  # fmt: skip
    made = [
        pa.array(columns[one.name], one.type) if one.name in columns else pa.nulls(count, one.type) for one in SCHEMA
    ]
    table = pa.Table.from_arrays(made, schema=SCHEMA)
    return table.sort_by([(column, "ascending") for column in SORTED_BY["events"]])


def _of(values: list[object], numbers: np.ndarray, type: pa.DataType | None = None) -> pa.Array:
    return pa.array(values, type).take(pa.array(numbers))


def _actor(country: str) -> dict[str, object]:
    return {"id": country, "name": country, "country": country, "sectors": ["GOV"], "code": f"{country}GOV"}


def pairs_of(table: pa.Table) -> Iterator[Pair]:
    """The pairs of actors of these events, as a store keeps them."""
    columns = ("id", "source_id", "target_id", "time_start", "type", "mode", "cameo", "quad", "outlets")
    for id, source, target, day, type, mode, cameo, quad, outlets in zip(
        *(table[column].to_pylist() for column in columns), strict=True
    ):
        if source != target:
            deed = msgspec.json.encode([type, mode, cameo, quad, "happened"]).decode()
            yield Pair(
                day=day.toordinal(), event=id, number=0, doer=Who(source, source, f"{source}GOV"),
                done_to=Who(target, target, f"{target}GOV"), deed=deed, outlets=outlets, stated=None,
            )  # fmt: skip


def fill(store: Store, count: int) -> None:
    """Writes the events and what stands in the catalogue of them."""
    draw = np.random.default_rng(7)
    catalogue = store._catalogue
    with catalogue.writing():
        catalogue.add_unit("made", "made", 0)
        for begin in MONTHS:
            table = month_of(begin, count // len(MONTHS), draw)
            catalogue.add_segments(segments.write(store.path, "events", "made", table))
            catalogue.add_pairs(pairs_of(table))
            catalogue.shelve("events", dict.fromkeys(table["id"].to_pylist(), f"{begin:%Y-%m}"), ())
            for day in range(28):
                catalogue._count((begin + timedelta(day)).isoformat(), 74)


def main() -> None:
    """Prints one row for each relation that is asked, and the middle of all."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--events", type=int, default=10_000_000)
    options.add_argument("--asked", type=int, default=20)
    options.add_argument("--store", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store(given.store or Path(folder)) as store:
        if not store.counts()["events"]:
            begun = time.process_time()
            fill(store, given.events)
            size = (store.path / "detente.db").stat().st_size / 1e6
            print(
                f"{given.events:,} events written in {time.process_time() - begun:,.0f} CPU-s, catalogue {size:,.0f} MB"
            )
        store.relation(COUNTRIES[50], COUNTRIES[60])
        alone, whole = [], []
        for place in range(1, given.asked + 1):
            one, other = COUNTRIES[place], COUNTRIES[place * 7 % len(COUNTRIES)]
            begun = time.process_time()
            with mock.patch.object(store, "_sentences", lambda *_: {}):
                store.relation(one, other)
            alone.append(1e3 * (time.process_time() - begun))
            begun = time.process_time()
            course = store.relation(one, other)
            whole.append(1e3 * (time.process_time() - begun))
            events = sum(part.events or 0 for part in course.relation.both.bins)
            print(
                f"{one} and {other}: {events:7,} events, {len(course.turns):3} turns, {alone[-1]:5.0f} CPU-ms,"
                f" with the sentences {whole[-1]:5.0f}", flush=True,
            )  # fmt: skip
        for told, spent in (("in the middle", alone), ("with the sentences", whole)):
            print(f"{told} {sorted(spent)[len(spent) // 2]:.0f} CPU-ms, at most {max(spent):.0f}")


if __name__ == "__main__":
    main()
