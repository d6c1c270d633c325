"""Where a relation turns: by how much, between which days, how surely, thaw or freeze, and the events that made it.

What is compared is the mean of events, each bin weighing as much as it has events: a week of one event moves little,
and a flood of reports is no turn. Where only totals are known, their signed logarithm is taken, which tames heavy tails
and a spread that grows with the level.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from detente.errors import QuestionError
from detente.relations.bins import Bin, Step, bin_of
from detente.relations.dealings import Dealings, Numbers
from detente.relations.segments import CONFIDENCE, PENALTY, Break, Reals, breaks_of
from detente.relations.series import Series
from detente.relations.stated import Label

# A month around: whoever looks for what happened looks there. Eight weeks are the shortest level that was measured.
NEAR: dict[Step, int] = {"day": 28, "week": 4, "month": 1}
"""How many bins around a turn count as there."""
LEAST: dict[Step, int] = {"day": 14, "week": 8, "month": 4}
"""How many bins with events lie between two turns, at least."""
EVIDENCE = 3
"""How many events are named on each side of a turn."""


class Turn(Struct, frozen=True, kw_only=True):
    """A change of level in a series."""

    day: datetime.date
    """The first day of the first bin of the new level."""
    first: datetime.date
    last: datetime.date
    """The days between which it began with nine tenths of the likelihood; `last` is the end of a bin."""
    label: Label
    before: float
    after: float
    """Mean intensity of the events from the turn before and up to the next; of totals, their mean in a bin."""
    size: float
    """What the level rose or fell by: `after` - `before`."""
    confidence: float
    """From 0 to 1: how likely there is a turn within a month of the day, given the turns beside it."""
    strength: float
    """What it adds to the log-likelihood; the strongest turns are those with most."""
    events_before: tuple[str, ...] = ()
    events_after: tuple[str, ...] = ()
    """Ids of the events that weigh most on either side, the heaviest first."""


class Level(Struct, frozen=True, kw_only=True):
    """A stretch between two turns: what to draw as a step."""

    first: datetime.date
    last: datetime.date
    mean: float | None
    events: int


def turns_of(
    series: Series, told: Dealings | None = None, *, penalty: float = PENALTY, confidence: float = CONFIDENCE
) -> tuple[Turn, ...]:
    """The turns of a series, by their days.

    `told` has its events (`between`), each once; without them turns name none. A higher `penalty` (in units of ln(bins)
    of twice the log-likelihood) finds fewer, `confidence` leaves out what is less sure. The noise is estimated from the
    spread of the events within and between the bins.
    """
    mean = np.array([np.nan if part.mean is None else part.mean for part in series.bins], dtype=float)
    weight = np.array([part.scored or 0 for part in series.bins], dtype=float)
    squares = np.array([part.squares or 0.0 for part in series.bins], dtype=float)
    by = series.by
    found = breaks_of(mean, weight, squares, penalty=penalty, confidence=confidence, least=LEAST[by], near=NEAR[by])
    starts = [part.start for part in series.bins]
    ends = [part.end for part in series.bins]
    evidence = _Evidence(told, starts, ends) if told is not None else None
    return tuple(
        _turn(each, before, after, starts, ends, mean, weight, evidence.of(each, before, after) if evidence else None)
        for each, before, after in _between_others(found, len(starts))
    )


def levels_of(series: Series, turns: Sequence[Turn]) -> tuple[Level, ...]:
    """The stretches between the turns of a series, with the mean of their events; none of a series without bins."""
    if not series.bins:
        return ()
    starts = [part.start for part in series.bins]
    edges = [0, *(bisect_left(starts, bin_of(turn.day, series.by)) for turn in turns), len(starts)]
    return tuple(_level_of(series.bins[first:end]) for first, end in pairwise(edges))


def _level_of(bins: Sequence[Bin]) -> Level:
    events = sum(part.scored or 0 for part in bins)
    total = sum((part.mean or 0.0) * (part.scored or 0) for part in bins)
    mean = total / events if events else None
    return Level(first=bins[0].start, last=bins[-1].end, mean=mean, events=events)


def turns_of_totals(
    starts: Sequence[datetime.date],
    totals: Sequence[float | None],
    *,
    by: Step = "week",
    penalty: float = PENALTY,
    confidence: float = CONFIDENCE,
) -> tuple[Turn, ...]:
    """The turns of a series of which only the total of each bin is known, by their days.

    `starts` are the first days of the bins, `totals` the sums of intensities, None where nothing is known. Totals grow
    with the number of events, so more of the same is a turn here too; take `turns_of` where events can be counted.
    Raises `QuestionError` when there is not a total for each bin.
    """
    if len(starts) != len(totals):
        raise QuestionError(f"{len(starts)} bins and {len(totals)} totals; give one for each")
    values = np.array([np.nan if total is None else total for total in totals], dtype=float)
    known = np.isfinite(values).astype(float)
    signed = np.sign(values) * np.log1p(np.abs(values))
    found = breaks_of(signed, penalty=penalty, confidence=confidence, least=LEAST[by], near=NEAR[by])
    ends = [*(start - datetime.timedelta(1) for start in starts[1:]), *(starts[-1:])]
    return tuple(
        _turn(each, before, after, starts, ends, values, known)
        for each, before, after in _between_others(found, len(starts))
    )


def strongest(turns: Iterable[Turn], most: int = 10) -> tuple[Turn, ...]:
    """Those that add most to the likelihood, the strongest first."""
    return tuple(sorted(turns, key=lambda turn: (-turn.strength, turn.day))[:most])


def _between_others(found: Sequence[Break], bins: int) -> Iterator[tuple[Break, int, int]]:
    """Each break with the places of those beside it, or of the ends."""
    places = [0, *(each.place for each in found), bins]
    return zip(found, places, places[2:], strict=False)


def _turn(
    found: Break,
    since: int,
    until: int,
    starts: Sequence[datetime.date],
    ends: Sequence[datetime.date],
    mean: Reals,
    weight: Reals,
    evidence: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
) -> Turn:
    before, after = _level(mean, weight, since, found.place), _level(mean, weight, found.place, until)
    return Turn(
        day=starts[found.place],
        first=starts[found.low],
        last=ends[found.high],
        # Of totals, the mean of the logarithms tells the direction: one huge week must not turn it around.
        label="thaw" if found.after > found.before else "freeze",
        before=before,
        after=after,
        size=after - before,
        confidence=found.confidence,
        strength=found.gain,
        events_before=evidence[0] if evidence else (),
        events_after=evidence[1] if evidence else (),
    )


def _level(mean: Reals, weight: Reals, first: int, end: int) -> float:
    """The weighted mean of some bins, those of which nothing is known left out."""
    part, held = mean[first:end], weight[first:end]
    known = held > 0
    return float(part[known] @ held[known] / held[known].sum())


class _Evidence:
    """The events of a series, asked for those that pull either side of a turn from the other's level."""

    def __init__(self, told: Dealings, starts: Sequence[datetime.date], ends: Sequence[datetime.date]) -> None:
        self._told = told
        self._intensity = told.intensity()
        edges = [start.toordinal() for start in starts] + [end.toordinal() + 1 for end in ends[-1:]]
        self._edges = np.searchsorted(told.day, edges)
        """The first event of each bin, and the first behind the last."""

    def of(self, found: Break, before: int, after: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Of the bins from the turn before up to the next."""
        up = 1 if found.after > found.before else -1
        first, turn, end = (int(self._edges[place]) for place in (before, found.place, after))
        return (
            self._heaviest(np.arange(first, turn)[::-1], -up, found.after),
            self._heaviest(np.arange(turn, end), up, found.before),
        )

    def _heaviest(self, places: Numbers, up: int, level: float) -> tuple[str, ...]:
        """Those furthest from a level, in the most outlets; of those that weigh alike, the nearest to the turn."""
        pull = np.nan_to_num((self._intensity[places] - level) * up * self._told.outlets[places])
        heavy: list[int] = []
        while len(heavy) < min(EVIDENCE, len(places)) and pull[at := int(pull.argmax())] > 0:
            heavy.append(at)
            pull[at] = 0.0
        return tuple(self._told.at(places[heavy]).events())
