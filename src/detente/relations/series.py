"""What passed between two sides, by day, week or month: how many events, how friendly, of which kind."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from detente.model import FACTS
from detente.relations.bins import Bin, Bins, Step
from detente.relations.dealings import Dealings
from detente.relations.sides import Side


class Ways(NamedTuple):
    """What two sides did to each other, parted by who did it."""

    there: Dealings
    back: Dealings
    both: Dealings


class Series(Struct, frozen=True, kw_only=True):
    """What one side did to another, bin by bin without a gap."""

    source: Side
    target: Side
    by: Step
    scale: str
    version: str
    """Of the scale: figures of two versions are not to be compared."""
    bins: tuple[Bin, ...]


class Relation(Struct, frozen=True, kw_only=True):
    """What two sides did to each other: there, back, and both together; all three over the same bins."""

    there: Series
    back: Series
    both: Series
    """An event that each did to the other ("agreed") counts once."""


def series_of(
    dealings: Dealings,
    source: Side,
    target: Side,
    *,
    by: Step = "week",
    standing: Sequence[str] = FACTS,
    volume: Mapping[datetime.date, int] | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Series:
    """What `source` did to `target`, in bins of days, weeks or months.

    What stands as `standing` says counts, each event once. `volume` is how many articles were collected on each day; a
    bin in which none were and no event lies is not known. The bins reach from that of `since` (without it: of the first
    event) to that of `until` (of the last).

    Raises `QuestionError` when `since` is after `until`.
    """
    told = ways_of(dealings, source, target, standing).there
    bins = Bins.over(told, by, volume, since, until)
    return _series(bins, told, source, target)


def relation_of(
    dealings: Dealings,
    one: Side,
    other: Side,
    *,
    by: Step = "week",
    standing: Sequence[str] = FACTS,
    volume: Mapping[datetime.date, int] | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Relation:
    """What two sides did to each other; all as in `series_of`. Raises `QuestionError` when `since` is after `until`."""
    ways = ways_of(dealings, one, other, standing)
    return relation_between(ways, one, other, Bins.over(ways.both, by, volume, since, until))


def relation_between(ways: Ways, one: Side, other: Side, bins: Bins) -> Relation:
    """What two sides did to each other, parted by its ways, in these bins."""
    return Relation(
        there=_series(bins, ways.there, one, other),
        back=_series(bins, ways.back, other, one),
        both=_series(bins, ways.both, one, other),
    )


def ways_of(dealings: Dealings, one: Side, other: Side, standing: Sequence[str] = FACTS) -> Ways:
    """What the series of a relation are made of, one pair for each event, by their days."""
    held = dealings.where(dealings.standing(standing))
    there, back = held.between(one, other), held.between(other, one)
    return Ways(*(held.where(which).each_once() for which in (there, back, there | back)))


def _series(bins: Bins, told: Dealings, source: Side, target: Side) -> Series:
    scale = told.scale
    return Series(source=source, target=target, by=bins.by, scale=scale.name, version=scale.version, bins=bins.of(told))
