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
from pathlib import Path
from unittest import mock

from detente.store import Store
from madestore import COUNTRIES, fill_events


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
            fill_events(store, given.events)
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
