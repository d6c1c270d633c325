"""A relation out of very many events: CPU-milliseconds of `Store.relation` on a store that holds pairs of made events.

    python benchmarks/relations.py [--events 10000000] [--asked 20]

Events of forty years between some 200 countries are made, few pairs with many and many with few, and kept as `fuse`
keeps them; there are no segments, so that the sentences of turns are not read. Then relations of pairs of all sizes are
asked.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from detente.store import Store
from detente.store.dyads import Kept

COUNTRIES = [f"{a}{b}X" for a in "ABCDEFGHIJKLMNO" for b in "ABCDEFGHIJKLMN"]
KINDS = [
    ("CONSULT", "visit", "042", 1, 4.0), ("ACCUSE", "disapprove", "111", 3, -2.0), ("AGREE", None, "030", 1, 5.0),
    ("SANCTION", "expel", "161", 4, -6.0), ("ASSAULT", "aerial", "195", 4, -10.0), ("AID", None, "070", 2, 7.0),
]  # fmt: skip
FIRST, DAYS = date(1980, 1, 1).toordinal(), 14_600
AT_ONCE = 200_000


def rows(count: int) -> Iterator[Kept]:
    """Pairs of events; a country is met as often as its place in the list allows (Zipf)."""
    draw = random.Random(7)
    weights = [1 / (place + 1) for place in range(len(COUNTRIES))]
    for begun in range(0, count, AT_ONCE):
        many = min(AT_ONCE, count - begun)
        sources, targets = (draw.choices(COUNTRIES, weights, k=many) for _ in range(2))
        for number, (source, target) in enumerate(zip(sources, targets, strict=True), begun):
            day = FIRST + draw.randrange(DAYS)
            type, mode, cameo, quad, intensity = KINDS[draw.randrange(6) if day % 4000 > 2000 else draw.randrange(3)]
            yield (
                source, target, day, f"e{number}", 0, source, source, f"{source}GOV", target, target, f"{target}GOV",
                type, mode, cameo, quad, "happened", 1, intensity, date.fromordinal(day).isoformat()[:7], None,
            )  # fmt: skip


def main() -> None:
    """Prints one row for each relation that is asked, and the middle of all."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--events", type=int, default=10_000_000)
    options.add_argument("--asked", type=int, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "store") as store:
        begun = time.process_time()
        with store._catalogue.writing():
            store._catalogue.add_pairs(rows(given.events))
        size = (Path(folder) / "store" / "detente.db").stat().st_size / 1e6
        print(f"{given.events:,} events kept in {time.process_time() - begun:,.0f} CPU-s, {size:,.0f} MB")
        store.relation("BCX", "ABX", by="week")
        spent = []
        for place in range(1, given.asked + 1):
            one, other = COUNTRIES[place], COUNTRIES[place * 7 % len(COUNTRIES)]
            begun = time.process_time()
            course = store.relation(one, other, by="week")
            spent.append(1e3 * (time.process_time() - begun))
            events = sum(part.events or 0 for part in course.relation.both.bins)
            print(f"{one} and {other}: {events:7,} events, {len(course.turns):3} turns, {spent[-1]:7.0f} CPU-ms")
        print(f"in the middle {sorted(spent)[len(spent) // 2]:.0f} CPU-ms")


if __name__ == "__main__":
    main()
