"""Coded articles put together in a store: copies, stories and events, and all of it again when a day comes late.

    python benchmarks/fusing.py SET.jsonl[.gz] ... [--articles 5000]

The sets are those of `detente evaluate stories`. Their articles are coded once, which is not timed; each cluster is
given a day of a stream of a month. Then all is put together at once, and again after one more article of the first day.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import detente
from detente.evaluate.stories import StoryRow, story_rows
from detente.model import Coding, Record
from detente.store import Store

FIRST = date(2020, 1, 1)
DAYS = 30
UNIT = 512


def records(sets: Sequence[Sequence[StoryRow]], most: int) -> Iterator[Record]:
    """The articles of all sets, those of a cluster on one day."""
    draw = random.Random(5)
    days: dict[tuple[int, int | str], date] = {}
    rows = [(number, row) for number, rows in enumerate(sets) for row in rows]
    draw.shuffle(rows)
    for at, (number, row) in enumerate(rows[:most]):
        day = days.setdefault((number, row.cluster), FIRST + timedelta(days=draw.randrange(DAYS)))
        text = f"{row.title}\n\n{row.text}" if row.title else row.text
        yield Record(origin=f"{at}", content=text.encode(), format="text", published=day.isoformat())


def fused(codings: Sequence[Coding], late: Coding) -> None:
    """Prints what each putting together took."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "store") as store:
        for at in range(0, len(codings), UNIT):
            store.publish(codings[at : at + UNIT], version="1")
        for name in ("all at once", "one late article"):
            begun = time.process_time()
            done = store.fuse()
            spent = time.process_time() - begun
            print(
                f"{name:20}{done.articles:10,}{store.counts()['reports']:10,}{done.stories:10,}{done.events:10,}"
                f"{done.changes:10,}{spent:9.1f}{1e6 * spent / max(1, done.articles) / 60:12.1f}"
            )
            store.publish([late], version="1")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"peak memory of the process: {peak:,.0f} MB, the coder and all codings among it")


def main() -> None:
    """Prints one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="+", type=Path)
    options.add_argument("--articles", type=int, default=5000)
    given = options.parse_args()
    sets = [story_rows(path) for path in given.sets]
    codings = [coding for coding in detente.code_records(records(sets, given.articles)) if coding.article]
    print(
        f"{'':20}{'articles':>10}{'reports':>10}{'stories':>10}{'events':>10}{'changes':>10}{'CPU-s':>9}"
        f"{'CPU-min/M':>12}"
    )
    fused(codings[:-1], codings[-1])


if __name__ == "__main__":
    main()
