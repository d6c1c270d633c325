"""Stories in one mixed stream, thin and dense: B-cubed, and how many articles a CPU-second.

    python benchmarks/stories.py SET.jsonl[.gz] ... [--days 180,45,11]

The sets are those of `detente evaluate stories`. Their clusters begin on random days of the stream, each cluster's
articles come within a day, and the same articles are squeezed into ever fewer days.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from detente.articles.words import words_of
from detente.evaluate.clusters import b_cubed
from detente.evaluate.stories import StoryRow, story_rows
from detente.stories import Stories, terms_of

FIRST = date(2020, 1, 1)

Item = tuple[float, StoryRow, tuple[int, int | str]]
"""The time in days, the article, and its story: the number of its set and its cluster."""


def stream(sets: Sequence[Sequence[StoryRow]], days: int) -> list[Item]:
    """The articles of all sets in the order in which they come."""
    draw = random.Random(5)
    begins: dict[tuple[int, int | str], float] = {}
    items: list[Item] = []
    for number, rows in enumerate(sets):
        for row in rows:
            story = (number, row.cluster)
            begins.setdefault(story, draw.random() * days)
            items.append((begins[story] + draw.random(), row, story))
    return sorted(items, key=lambda item: item[0])


def measure(items: Sequence[Item]) -> tuple[list[str], float]:
    """The story of each article, and the CPU-seconds that it took."""
    function_words = words_of().languages["en"][1]
    begun = time.process_time()
    stories = Stories()
    found = [
        stories.add(str(at), terms_of(row.title, row.text, function_words), FIRST + timedelta(days=int(when))).story
        for at, (when, row, _) in enumerate(items)
    ]
    return found, time.process_time() - begun


def main() -> None:
    """Prints one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="+", type=Path)
    options.add_argument("--days", default="180,45,11")
    given = options.parse_args()
    sets = [story_rows(path) for path in given.sets]
    print(f"{'days':>6}{'articles/day':>14}{'precision':>11}{'recall':>9}{'F1':>8}{'articles/CPU-s':>16}")
    for days in map(int, given.days.split(",")):
        items = stream(sets, days)
        found, spent = measure(items)
        figures = b_cubed(found, [story for _, _, story in items])
        print(
            f"{days:6}{len(items) / days:14.0f}{figures.precision:11.3f}{figures.recall:9.3f}{figures.f1:8.3f}"
            f"{len(items) / spent:16,.0f}"
        )


if __name__ == "__main__":
    main()
