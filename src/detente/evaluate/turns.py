"""How well turns of relations are found, against the breaks of series whose breaks are known."""

from __future__ import annotations

import csv
import datetime
import importlib
import itertools
import math
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from detente.errors import DetenteError
from detente.evaluate.clusters import cluster_rows
from detente.relations.segments import Reals, breaks_of

TOLERANCE = 4
"""A turn is right that lies within so many weeks of a break that no other turn has taken."""
YEAR = 52
WEEKS = 520
LOWEST_GAP = 20
"""Weeks between two breaks of made series, and from their ends."""
BURSTS = 2.0
"""Of the negative binomial counts of made series: the smaller, the burstier."""

Finder = Callable[["Dyad"], Sequence[int]]
"""The places of turns in a series."""


class Dyad(msgspec.Struct, frozen=True, dict=True):
    """A weekly series between two actors, with its true breaks."""

    mean: tuple[float | None, ...]
    """Mean intensity of the events of each week; None without events."""
    events: tuple[float, ...]
    breaks: tuple[int, ...]
    """Indices of the first weeks of new levels."""
    id: str = ""
    squares: tuple[float, ...] | None = None
    """The sum of the squared intensities of each week, where known."""

    def __post_init__(self) -> None:
        """Raises `ValueError` for lists of unlike lengths, which names the line when a set is read."""
        if len(self.mean) != len(self.events) or (self.squares is not None and len(self.squares) != len(self.mean)):
            raise ValueError("mean, events and squares have a value for each week")

    @cached_property
    def arrays(self) -> tuple[Reals, Reals, Reals | None]:
        """The means (NaN for weeks without events), how many events they are of, and the squares."""
        mean, events = np.array(self.mean, dtype=float), np.array(self.events, dtype=float)
        return mean, events, None if self.squares is None else np.array(self.squares, dtype=float)


class TurnScore(msgspec.Struct, frozen=True):
    """Turns found in all dyads, pooled."""

    right: int
    found: int
    wanted: int
    seconds: float
    """Of the processor."""
    dyads: int

    @property
    def precision(self) -> float:
        """1 where none was found: nothing was wrong."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """1 where there was nothing to find."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """2 right / (found + wanted)."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0

    @property
    def speed(self) -> float:
        """Dyads per second of the processor."""
        return self.dyads / max(self.seconds, 1e-9)


def dyad_rows(path: Path) -> tuple[Dyad, ...]:
    """The series of JSON lines (or .gz) with mean, events and breaks.

    Raises `DetenteError` naming the file and line that cannot be read, and for a file without any.
    """
    rows = tuple(cluster_rows(path, Dyad, "mean (null without events), events and breaks"))
    if not rows:
        raise DetenteError(f"{path}: no series; each line has mean, events and breaks")
    return rows


def matched(found: Sequence[int], true: Sequence[int], tolerance: int = TOLERANCE) -> int:
    """How many pairs of a turn and a break lie within `tolerance`, each in one pair at most.

    Taking the earliest that fit gives the most pairs, as all have the same tolerance.
    """
    turns, breaks = sorted(found), sorted(true)
    at = right = 0
    for turn in turns:
        while at < len(breaks) and breaks[at] < turn - tolerance:
            at += 1
        if at < len(breaks) and breaks[at] <= turn + tolerance:
            right += 1
            at += 1
    return right


def turn_score(dyads: Sequence[Dyad], finder: Finder, tolerance: int = TOLERANCE) -> TurnScore:
    """What a finder finds, with the time that it takes; reading is not counted, nor what a first call loads."""
    for dyad in dyads:
        _ = dyad.arrays
    if dyads:
        finder(dyads[0])
    begun = time.process_time()
    told = [finder(dyad) for dyad in dyads]
    seconds = time.process_time() - begun
    right = sum(matched(turns, dyad.breaks, tolerance) for turns, dyad in zip(told, dyads, strict=True))
    return TurnScore(right, sum(map(len, told)), sum(len(dyad.breaks) for dyad in dyads), seconds, len(dyads))


# ---------------------------------------------------------------------------------------------------------------------
# Finders


def ours(dyad: Dyad) -> Sequence[int]:
    """The turns that Detente tells."""
    return [found.place for found in breaks_of(*dyad.arrays)]


def no_turns(dyad: Dyad) -> Sequence[int]:
    """Nothing ever changes."""
    return ()


def yearly(dyad: Dyad) -> Sequence[int]:
    """A turn every year."""
    return range(YEAR, len(dyad.mean), YEAR)


def kernel_finder() -> Finder | None:
    """The fastest search of the package ruptures that comes near ours; None where it is not installed.

    A linear kernel on weekly means without their weights, scaled by the median of their differences, penalty 3 ln n.
    """
    try:
        ruptures: Any = importlib.import_module("ruptures")
    except ImportError:
        return None

    def finder(dyad: Dyad) -> Sequence[int]:
        mean = dyad.arrays[0]
        held = np.flatnonzero(np.isfinite(mean))
        values = mean[held]
        noise = float(np.median(np.abs(np.diff(values)))) / 0.6745 / math.sqrt(2)  # of normal noise
        search = ruptures.KernelCPD(kernel="linear", min_size=2).fit(values / max(noise, 1e-9))
        return [int(held[place]) for place in search.predict(pen=3 * math.log(len(values)))[:-1]]

    return finder


# ---------------------------------------------------------------------------------------------------------------------
# Made series


def made_dyads(count: int, *, seed: int, noise: float = 4.0, volume: float | None = None) -> tuple[Dyad, ...]:
    """Series of ten years whose breaks are known, the same for the same seed.

    None to five breaks, twenty weeks or more apart, each a jump of 1 to 4 points up or down between -7 and 7; events
    scatter by `noise` around their level and are cut at -10 and 10; their numbers are negative binomial, on average
    `volume` a week (without it 3 to 12, another for each series).
    """
    random = np.random.default_rng(seed)
    return tuple(_made(random, noise, volume or random.uniform(3, 12), f"made{number}") for number in range(count))


def _made(random: np.random.Generator, noise: float, volume: float, id: str) -> Dyad:
    breaks = _apart(random, int(random.integers(0, 6)))
    steps = random.choice([-1, 1], len(breaks)) * random.uniform(1, 4, len(breaks))
    levels = [random.uniform(-4, 3)]
    for step in steps:
        levels.append(float(np.clip(levels[-1] + step, -7, 7)))
    level = np.repeat(levels, np.diff([0, *breaks, WEEKS]))
    events = random.negative_binomial(BURSTS, BURSTS / (BURSTS + volume), WEEKS)
    weeks = [np.clip(random.normal(at, noise, many), -10, 10) for at, many in zip(level, events, strict=True)]
    return Dyad(
        mean=tuple(float(week.mean()) if len(week) else None for week in weeks),
        events=tuple(float(many) for many in events),
        breaks=tuple(breaks),
        id=id,
        squares=tuple(float(np.sum(week**2)) for week in weeks),
    )


def _apart(random: np.random.Generator, count: int) -> list[int]:
    while True:
        places = sorted(random.choice(np.arange(LOWEST_GAP, WEEKS - LOWEST_GAP), count, replace=False).tolist())
        if all(after - before >= LOWEST_GAP for before, after in itertools.pairwise(places)):
            return places


# ---------------------------------------------------------------------------------------------------------------------
# Totals


class Totals(msgspec.Struct, frozen=True):
    """Columns of weekly totals of intensity."""

    weeks: tuple[datetime.date, ...]
    """Their first days."""
    columns: dict[str, tuple[float | None, ...]]

    @property
    def together(self) -> tuple[float | None, ...]:
        """The columns added up; None for a week of which no column knows anything."""
        rows = zip(*self.columns.values(), strict=True)
        return tuple(_sum([value for value in row if value is not None]) for row in rows)


def _sum(values: Sequence[float]) -> float | None:
    return sum(values) if values else None


def totals_of(path: Path, since: datetime.date | None = None) -> Totals:
    """Weekly totals from CSV with a line of names: a column of days (2000-09-28) and columns of numbers.

    Without a column of days `since` is the day of the first week. Columns that only count the lines are left out; empty
    cells and NA are not known. Raises `DetenteError` naming what is missing or the line that cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names, *lines = [line for line in csv.reader(file) if line] or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DetenteError(f"{path}: cannot be read: {error}") from error
    if not lines or any(len(line) != len(names) for line in lines):
        raise DetenteError(f"{path}: no table; a line of names, then lines of as many cells, one for each week")
    cells = {name or f"column {number}": [line[number] for line in lines] for number, name in enumerate(names)}
    days = next((read for read in map(_days, cells.values()) if read), None)
    if days is None:
        if since is None:
            raise DetenteError(f"{path}: no column of days; say when the first week began with --since 1979-04-15")
        days = tuple(since + datetime.timedelta(7 * number) for number in range(len(lines)))
    columns = {name: _numbers(path, name, told) for name, told in cells.items() if _days(told) is None}
    return Totals(days, {name: numbers for name, numbers in columns.items() if not _counts_lines(numbers)})


def _days(cells: Sequence[str]) -> tuple[datetime.date, ...] | None:
    try:
        return tuple(datetime.date.fromisoformat(cell.strip()[:10].replace("/", "-")) for cell in cells)
    except ValueError:
        return None


def _numbers(path: Path, name: str, cells: Sequence[str]) -> tuple[float | None, ...]:
    found: list[float | None] = []
    for number, cell in enumerate(cells, 2):
        try:
            found.append(None if cell.strip() in ("", "NA", "NaN", "null") else float(cell))
        except ValueError:
            raise DetenteError(f"{path}:{number}: '{cell}' under {name} is no number and no day") from None
    return tuple(found)


def _counts_lines(numbers: Sequence[float | None]) -> bool:
    first = numbers[0]
    return first in (0, 1) and all(value == first + at for at, value in enumerate(numbers))
