"""Days, weeks and months in a row without a gap, and what happened in each of them.

A bin without events is empty, and one in which nothing was collected is not known: silence of the sources is no peace.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Literal, NamedTuple, get_args

import numpy as np
from msgspec import Struct

from detente.errors import QuestionError
from detente.relations.dealings import Dealings, Numbers, Quad, Reals

Step = Literal["day", "week", "month"]
"""How wide a bin is; weeks begin on Mondays (ISO 8601)."""

_EPOCH = datetime.date(1970, 1, 1).toordinal()
"""Where numpy's days begin."""


class Bin(Struct, frozen=True, kw_only=True, gc=False):
    """What happened from `start` to `end`, both included. All is None where nothing was collected."""

    start: datetime.date
    end: datetime.date
    events: int | None = None
    scored: int | None = None
    """How many of them the scale has a score for; the mean and the squares are of these."""
    mean: float | None = None
    """Mean intensity, each event counting once; None without events that have one."""
    squares: float | None = None
    """The sum of the squared intensities."""
    quads: tuple[int, int, int, int] | None = None
    """Verbal cooperation, material cooperation, verbal conflict, material conflict."""
    outlets: int | None = None
    """The outlets of each event, added up."""
    volume: int | None = None
    """Articles that were collected, of whatever matter; None where that is not told."""


def bin_of(day: datetime.date, by: Step) -> datetime.date:
    """The first day of the bin in which a day lies."""
    if by == "day":
        return day
    return day - datetime.timedelta(day.weekday()) if by == "week" else day.replace(day=1)


def next_bin(start: datetime.date, by: Step) -> datetime.date:
    """The first day of the bin after the one that begins on `start`."""
    if by == "month":
        return (start + datetime.timedelta(31)).replace(day=1)
    return start + datetime.timedelta(7 if by == "week" else 1)


class Bins(NamedTuple):
    """The bins of a relation: their first and last days, and the articles collected in each, if it is told."""

    by: Step
    starts: tuple[datetime.date, ...]
    ends: tuple[datetime.date, ...]
    volume: Sequence[int] | None = None

    @classmethod
    def over(
        cls,
        told: Dealings,
        by: Step,
        volume: Mapping[datetime.date, int] | None,
        since: datetime.date | None,
        until: datetime.date | None,
    ) -> Bins:
        """From that of `since` (without it: of the first event) to that of `until` (of the last).

        Raises `QuestionError` when `since` is after `until`.
        """
        if since and until and since > until:
            raise QuestionError(f"since {since} is after until {until}; swap them?")
        days = [datetime.date.fromordinal(day) for day in told.day[[0, -1]].tolist()] if len(told) else []
        first, last = since or min(days, default=until), until or max(days, default=since)
        if first is None or last is None:
            return cls(by, (), ())
        starts = [bin_of(first, by)]
        while (after := next_bin(starts[-1], by)) <= last:
            starts.append(after)
        ends = (start - datetime.timedelta(1) for start in (*starts[1:], after))
        bins = cls(by, tuple(starts), tuple(ends))
        return bins if volume is None else bins._replace(volume=bins._added_up(volume))

    def of(self, told: Dealings) -> tuple[Bin, ...]:
        """What happened in each; what lies outside is left out."""
        return tuple(self._of(told)) if self.starts else ()

    def _of(self, told: Dealings) -> Iterator[Bin]:
        place = self._places(told.day)
        told, place = told.where(place >= 0), place[place >= 0]
        intensity = told.intensity()
        known = np.isfinite(intensity)
        where, intensity = place[known], intensity[known]
        scored = self._sums(where)
        mean = self._sums(where, intensity) / np.maximum(scored, 1)
        quads = (self._sums(place[told.quads() == quad]) for quad in get_args(Quad))
        columns = zip(
            self.starts, self.ends, _whole(self._sums(place)), _whole(scored), mean.tolist(),
            self._sums(where, intensity**2).tolist(), zip(*map(_whole, quads), strict=True),
            _whole(self._sums(place, told.outlets)), self.volume or repeat(None, len(self.starts)), strict=True,
        )  # fmt: skip
        for start, end, events, of_them, level, squares, kinds, outlets, volume in columns:
            if not events and volume == 0:
                yield Bin(start=start, end=end, volume=0)
            else:
                yield Bin(
                    start=start, end=end, events=events, scored=of_them, mean=level if of_them else None,
                    squares=squares, quads=kinds, outlets=outlets, volume=volume,
                )  # fmt: skip

    def _added_up(self, volume: Mapping[datetime.date, int]) -> list[int]:
        place = self._places(np.fromiter((day.toordinal() for day in volume), np.int64, len(volume)))
        articles = np.fromiter(volume.values(), np.int64, len(volume))
        return _whole(self._sums(place[place >= 0], articles[place >= 0]))

    def _places(self, days: Numbers) -> Numbers:
        """The bin of each day, by number; -1 for those that lie outside."""
        first = self.starts[0]
        if self.by == "month":
            months = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
            place = months - 12 * (first.year - 1970) - (first.month - 1)
        else:
            place = (days - first.toordinal()) // (7 if self.by == "week" else 1)
        return np.where(place < len(self.starts), place, -1)

    def _sums(self, place: Numbers, values: Reals | Numbers | None = None) -> Reals | Numbers:
        """What lies in each bin, added up; without values, how many."""
        return np.bincount(place, values, minlength=len(self.starts))


def _whole(numbers: Reals | Numbers) -> list[int]:
    found: list[int] = numbers.astype(np.int64).tolist()
    return found
