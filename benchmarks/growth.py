"""Copies and stories over days of a stream that is as dense each day, with `forget` each night: CPU time an article and
memory, the last day beside the first.

    python benchmarks/growth.py SET.jsonl[.gz] ... [--days 7] [--articles 20000] [--picture FILE.svg] [--keep]

The sets are those of `detente evaluate stories`. Their texts do not make so long a stream, so their clusters come again
and again, each time in words of their own: what stands in few articles (mostly names) is made up anew, any other word
changes places with one about as frequent, function words stay. All articles of a cluster are changed alike, so they are
still on one matter; two turns of one cluster are no copies and share what unrelated news shares, as many frequent words
as in the sets; and new words keep coming, as they do in news. One article in three also comes cut to its first part.

Copies get all articles, stories those that are not cut, as they would after copies; both remember four days. Each runs
in a process of its own, whose memory is theirs but for a day's texts: those are made and dropped once before the start.
All times are for an article of the stream, so that they add up. --keep adds a run in which nothing is forgotten.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from math import floor, log10
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

import msgspec

from detente.articles.words import words_of
from detente.evaluate.stories import StoryRow, story_rows
from detente.stories import Copies, Stories, terms_of

FIRST = date(2020, 1, 1)
WINDOW = 4
"""Days that are remembered: a story goes on for as long."""
RARE = 3
"""Words in no more articles than this are made up anew."""
ALIKE = 32
"""Words in a row of all, by how many articles have them, change places with each other."""
COPIED = 1 / 3
LEFT = 0.6
"""What a cut copy leaves of the text, from its start."""

_WORD = re.compile(r"[^\W\d_]+")


class Piece(msgspec.Struct, frozen=True):
    """An article of the stream."""

    id: str
    title: str
    text: str
    is_copy: bool


class Day(msgspec.Struct, frozen=True):
    """How a day went."""

    articles: int
    """Of the day."""
    spent: float
    """CPU-seconds in which they were taken in."""
    night: float
    """CPU-seconds in which old ones were forgotten."""
    held: int
    """Articles that are remembered after it."""
    memory: float
    """Kilobytes after it, more than before the first."""

    @property
    def cost(self) -> float:
        """CPU-milliseconds an article, its share of the night included."""
        return 1e3 * (self.spent + self.night) / self.articles


class Stage(Protocol):
    """What takes in a stream and forgets."""

    def take(self, pieces: Sequence[Piece], day: date) -> None:
        """The articles of a day."""

    def forget(self, before: date) -> None:
        """What was before a day."""

    def held(self) -> int:
        """How many articles are remembered."""


class Vocabulary:
    """The words of the sets by how often they come, and the ways to change them."""

    def __init__(self, rows: Sequence[StoryRow], function_words: Set[str]) -> None:
        counts = Counter(word for row in rows for word in set(_WORD.findall(f"{row.title} {row.text}".lower())))
        self._frequent = [
            word
            for word, count in counts.most_common()
            if count > RARE and word not in function_words and len(word) > 1
        ]
        self._function_words = function_words

    def turn(self, number: int) -> Callable[[str], str]:
        """One way to change a text, the same for all texts of a cluster's turn."""
        draw = random.Random(number)
        ending = _letters(number)
        # Words change places by the row, and the rows are moved each turn, so that no word keeps to the same few.
        start = draw.randrange(ALIKE)
        exchanged: dict[str, str] = {}
        for at in range(-start, len(self._frequent), ALIKE):
            row = self._frequent[max(0, at) : at + ALIKE]
            exchanged |= zip(row, draw.sample(row, len(row)), strict=True)
        return lambda text: _WORD.sub(lambda match: self._changed(match[0], exchanged, ending), text)

    def _changed(self, word: str, exchanged: Mapping[str, str], ending: str) -> str:
        small = word.lower()
        if small in self._function_words or len(small) == 1:
            return word
        other = exchanged.get(small) or small + ending
        return other.capitalize() if word[0].isupper() else other


def _letters(number: int) -> str:
    """A number in letters that end no plural: 0 -> "qa", 27 -> "qbb"."""
    found = ""
    while True:
        number, rest = divmod(number, 18)
        found = "abcdefghijklmnopqr"[rest] + found
        if not number:
            return "q" + found


def days_of(paths: Sequence[Path], days: int, articles: int) -> Iterator[list[Piece]]:
    """The articles of each day, those of a cluster on one day, in chance order."""
    sets = [story_rows(path) for path in paths]
    clusters: dict[tuple[int, int | str], list[StoryRow]] = {}
    for number, rows in enumerate(sets):
        for row in rows:
            clusters.setdefault((number, row.cluster), []).append(row)
    vocabulary = Vocabulary([row for rows in sets for row in rows], words_of().languages["en"][1])
    turns = _turns(list(clusters.values()), vocabulary)
    for day in range(days):
        pieces: list[Piece] = []
        while len(pieces) < articles:
            pieces += next(turns)
        random.Random(day).shuffle(pieces)
        yield pieces[:articles]


def _turns(clusters: list[list[StoryRow]], vocabulary: Vocabulary) -> Iterator[list[Piece]]:
    """The articles of one cluster after the other, all clusters once a turn, in words of the turn."""
    draw, turn, came = random.Random(3), 0, 0
    while True:
        changed = vocabulary.turn(turn)
        draw.shuffle(clusters)
        for rows in clusters:
            pieces: list[Piece] = []
            for row in rows:
                title, text = changed(row.title), changed(row.text)
                pieces.append(Piece(str(came), title, text, False))
                if draw.random() < COPIED:
                    words = text.split()
                    pieces.append(Piece(f"{came} cut", title, " ".join(words[: int(len(words) * LEFT)]), True))
                came += 1
            yield pieces
        turn += 1


class CopiesStage:
    """`Copies`, which get all articles."""

    def __init__(self) -> None:
        self._copies = Copies()

    def take(self, pieces: Sequence[Piece], day: date) -> None:
        """The articles of a day."""
        for piece in pieces:
            self._copies.add(piece.id, piece.text, day.isoformat())

    def forget(self, before: date) -> None:
        """What was before a day."""
        self._copies.forget(before.isoformat())

    def held(self) -> int:
        """How many articles are remembered."""
        return len(self._copies)


class StoriesStage:
    """`Stories`, which get those that are no copies."""

    def __init__(self) -> None:
        self._stories = Stories()
        self._function_words = words_of().languages["en"][1]

    def take(self, pieces: Sequence[Piece], day: date) -> None:
        """The articles of a day, and once more all of them."""
        for piece in pieces:
            if not piece.is_copy:
                self._stories.add(piece.id, terms_of(piece.title, piece.text, self._function_words), day)
        self._stories.settle(day)

    def forget(self, before: date) -> None:
        """What was before a day."""
        self._stories.forget(before)

    def held(self) -> int:
        """How many articles are remembered."""
        return sum(map(len, self._stories.stories()))


STAGES: dict[str, Callable[[], Stage]] = {"copies": CopiesStage, "stories": StoriesStage}


def run(name: str, paths: Sequence[Path], days: int, articles: int, keep: bool) -> list[Day]:
    """The days of a stage; the first of the stream is only made, so that its memory counts for none."""
    stream, stage = days_of(paths, days + 1, articles), STAGES[name]()
    next(stream)
    before = _memory()
    found: list[Day] = []
    for number, pieces in enumerate(stream):
        day = FIRST + timedelta(days=number)
        begun = time.process_time()
        stage.take(pieces, day)
        taken = time.process_time()
        if not keep:
            stage.forget(day - timedelta(days=WINDOW - 1))
        night = time.process_time() - taken
        count = len(pieces)
        del pieces
        found.append(Day(count, taken - begun, night, stage.held(), _memory() - before))
    return found


def _memory() -> float:
    """Kilobytes held now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e3


def drawn(runs: Mapping[str, Sequence[Day]]) -> str:
    """The picture: CPU time an article and memory, by day; of runs that forget nothing the lines are broken."""
    spent = {name: [day.cost for day in days] for name, days in runs.items()}
    memory = {name: [day.memory / 1e3 for day in days] for name, days in runs.items()}
    return "\n".join([
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 330" font-family="sans-serif" font-size="13">',
        '<rect width="860" height="330" fill="#fff"/>',
        *_panel(0, "CPU time an article, ms", spent),
        *_panel(430, "Memory, MB", memory),
        "</svg>\n",
    ])  # fmt: skip


def _panel(left: int, title: str, lines: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """One diagram: days from left to right, from 0 up to a round number."""
    count = max(map(len, lines.values()))
    step = _round_step(max(max(line) for line in lines.values()))
    steps = int(max(max(line) for line in lines.values()) / step) + 1

    def x(at: int) -> float:
        return left + 50 + 250 * at / max(1, count - 1)

    def y(value: float) -> float:
        return 280 - 230 * value / (step * steps)

    yield f'<text x="{left + 20}" y="26" font-weight="bold" fill="#222">{title}</text>'
    for at in range(steps + 1):
        yield f'<path d="M{left + 50} {y(at * step):.1f}h250" stroke="#{"999" if at == 0 else "ddd"}"/>'
        yield f'<text x="{left + 42}" y="{y(at * step) + 4:.1f}" text-anchor="end" fill="#444">{at * step:g}</text>'
    for at in range(count):
        yield f'<text x="{x(at):.1f}" y="300" text-anchor="middle" fill="#444">{at + 1}</text>'
    yield f'<text x="{left + 175}" y="320" text-anchor="middle" fill="#444">day</text>'
    lowest = 400.0
    for name, line in sorted(lines.items(), key=lambda item: item[1][-1]):
        colour = "#1f5fa8" if name.startswith("copies") else "#b5471b"
        broken = ' stroke-dasharray="5 4"' if "," in name else ""
        points = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in enumerate(line))
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{broken}/>'
        # Names of lines that end near each other stand above each other.
        lowest = min(lowest - 16, y(line[-1]) + 4)
        yield f'<text x="{left + 306}" y="{lowest:.1f}" fill="{colour}">{name}</text>'


def _round_step(most: float) -> float:
    """1, 2 or 5 with noughts, so that five of them or fewer are no more than the most."""
    power = 10.0 ** floor(log10(most / 5))
    return next(power * times for times in (1, 2, 5, 10) if most / (power * times) <= 5)


def report(runs: Mapping[str, Sequence[Day]]) -> None:
    """One row for each run and day, and what a million articles cost."""
    print(f"{'':20}{'day':>4}{'articles':>10}{'CPU-ms/article':>16}{'nights':>9}{'held':>10}{'MB':>6}{'kB/held':>9}")
    for name, days in runs.items():
        for number, day in enumerate(days, 1):
            print(
                f"{name:20}{number:4}{day.articles:10,}{day.cost:16.3f}{1e3 * day.night / day.articles:9.3f}"
                f"{day.held:10,}{day.memory / 1e3:6.0f}{day.memory / max(1, day.held):9.1f}"
            )
    for name, days in runs.items():
        first, last = days[0], days[-1]
        print(f"{name}: day {len(days)} costs {last.cost / first.cost:.2f} times day 1", end="")
        print(f", without nights {last.spent / last.articles / (first.spent / first.articles):.2f} times")
    minutes = sum(runs[name][-1].cost for name in STAGES) * 1e6 / 1e3 / 60
    print(f"a million articles at the last day's cost, copies and stories: {minutes:.1f} CPU-minutes")


def main() -> None:
    """Prints one table; with --picture draws it too."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="+", type=Path)
    options.add_argument("--days", type=int, default=7)
    options.add_argument("--articles", type=int, default=20_000, help="of a day")
    options.add_argument("--picture", type=Path)
    options.add_argument("--keep", action="store_true")
    given = options.parse_args()
    runs: dict[str, list[Day]] = {}
    for keep in (False, True)[: 2 if given.keep else 1]:
        for name in STAGES:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                days = alone.submit(run, name, given.sets, given.days, given.articles, keep).result()
            runs[f"{name}, all kept" if keep else name] = days
    report(runs)
    if given.picture:
        given.picture.write_text(drawn(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
