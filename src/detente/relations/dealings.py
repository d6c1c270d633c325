"""What actors did to each other, as columns: a relation of many years is made of arrays, not of one value a time.

One place stands for one pair of actors of an event, as in the store's `event_dyads`; few actors and kinds of deeds
make very many of them, so each is kept once and told by its number.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence, Set
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from detente.model import Actor, Event
from detente.relations.scale import Scale
from detente.relations.sides import Side

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]
Reals = NDArray[np.float64]

T = TypeVar("T")
Quad = Literal[1, 2, 3, 4]


class Row(Struct, frozen=True, kw_only=True):
    """One pair of actors of an event: who did it, and to whom."""

    day: datetime.date
    id: str
    """Of the event; the pairs of one event share it."""
    source_id: str
    source_country: str | None = None
    source_code: str = ""
    """CAMEO actor string: "RUSMIL"."""
    target_id: str
    target_country: str | None = None
    target_code: str = ""
    type: str
    mode: str | None = None
    cameo: str | None = None
    quad: Quad
    standing: str = "happened"
    outlets: int = 1
    """Independent ones that tell it."""


class Doer(NamedTuple):
    """Who did something, or to whom it was done."""

    id: str
    country: str | None
    code: str


class Deed(NamedTuple):
    """What was done, and whether."""

    type: str
    mode: str | None
    cameo: str | None
    quad: Quad
    standing: str


class Dealings(Struct, frozen=True, kw_only=True):
    """Pairs of actors of events, sorted by day; each array has one number for each pair."""

    scale: Scale
    """By which they are friendly or hostile."""
    ids: NDArray[Any]
    """Of the events, as UTF-8: few of them are ever made into text."""
    doers: Sequence[Doer]
    deeds: Sequence[Deed]
    event: Numbers
    """Places in `ids`: the same for the pairs of one event."""
    day: Numbers
    """Proleptic ordinals, as of `datetime.date`."""
    source: Numbers
    """Places in `doers`."""
    target: Numbers
    deed: Numbers
    """Places in `deeds`."""
    outlets: Numbers

    @classmethod
    def of(cls, rows: Iterable[Row], scale: Scale) -> Dealings:
        """Rows in any order, as columns."""
        rows = list(rows)
        sources = [Doer(row.source_id, row.source_country, row.source_code) for row in rows]
        targets = [Doer(row.target_id, row.target_country, row.target_code) for row in rows]
        doers, done = _numbered([*sources, *targets])
        ids, event = _numbered([row.id.encode() for row in rows])
        deeds, deed = _numbered([Deed(row.type, row.mode, row.cameo, row.quad, row.standing) for row in rows])
        return cls.of_columns(
            scale=scale,
            doers=doers,
            deeds=deeds,
            ids=np.array(ids, object),  # of any length
            event=event,
            day=[row.day.toordinal() for row in rows],
            source=done[: len(rows)],
            target=done[len(rows) :],
            deed=deed,
            outlets=[row.outlets for row in rows],
        )

    @classmethod
    def of_columns(
        cls,
        *,
        scale: Scale,
        doers: Sequence[Doer],
        deeds: Sequence[Deed],
        ids: NDArray[Any],
        **columns: Sequence[int] | Numbers,
    ) -> Dealings:
        """Pairs in any order: `event`, `day`, `source`, `target`, `deed` and `outlets` of each."""
        arrays = {name: np.array(numbers, np.int64) for name, numbers in columns.items()}
        found = cls(scale=scale, ids=ids, doers=doers, deeds=deeds, **arrays)
        return found.at(np.argsort(found.day, kind="stable"))

    def __len__(self) -> int:
        return len(self.day)

    def at(self, places: Numbers | slice) -> Dealings:
        """Those at some places, in that order."""
        return replace(self, **{name: getattr(self, name)[places] for name in _COLUMNS})

    def where(self, which: Truths) -> Dealings:
        """Those of which it is true."""
        return self if which.all() else self.at(np.flatnonzero(which))

    def within(self, first: datetime.date, last: datetime.date) -> Dealings:
        """Those from a day to a day, both included."""
        since, until = np.searchsorted(self.day, (first.toordinal(), last.toordinal() + 1))
        return self.at(slice(since, until))

    def between(self, source: Side, target: Side) -> Truths:
        """Which pairs are of somebody of one side who did something to somebody of the other."""
        sources, targets = (np.array([side.has(*doer) for doer in self.doers], bool) for side in (source, target))
        found: Truths = sources[self.source] & targets[self.target]
        return found

    def standing(self, standings: Sequence[str]) -> Truths:
        """Which stand in one of these ways."""
        return np.array([deed.standing in standings for deed in self.deeds], bool)[self.deed]

    def of_types(self, types: Sequence[str]) -> Dealings:
        """Those of some types of events."""
        return self.where(np.array([deed.type in types for deed in self.deeds], bool)[self.deed])

    def of_events(self, ids: Set[str]) -> Dealings:
        """Those of some events."""
        wanted = [id.encode() for id in sorted(ids)]
        return self.where(np.isin(self.ids, wanted)[self.event] if wanted else np.zeros(len(self), bool))

    def each_once(self) -> Dealings:
        """The first pair of each event."""
        if np.bincount(self.event, minlength=1).max() <= 1:
            return self
        first = np.full(len(self.ids), -1)
        first[self.event[::-1]] = np.arange(len(self) - 1, -1, -1)  # of places that are told twice the last one stays
        return self.at(np.sort(first[first >= 0]))

    def intensity(self) -> Reals:
        """How friendly or hostile each is, from -10 to 10; NaN where the scale has no score for it."""
        scores = [self.scale.of(deed.type, deed.mode, deed.cameo) for deed in self.deeds]
        return np.array([np.nan if score is None else score for score in scores], float)[self.deed]

    def quads(self) -> Numbers:
        """The quad of each: from 1, verbal cooperation, to 4, material conflict."""
        return np.array([deed.quad for deed in self.deeds], np.int64)[self.deed]

    def events(self) -> list[str]:
        """The ids of all, in their order."""
        return [id.decode() for id in self.ids[self.event].tolist()]


_COLUMNS = ("event", "day", "source", "target", "deed", "outlets")


def _numbered(values: Sequence[T]) -> tuple[list[T], list[int]]:
    """Each value once, in the order in which they come, and the number of each."""
    known: dict[T, int] = {}
    numbers = [known.setdefault(value, len(known)) for value in values]
    return list(known), numbers


def day_of(event: Event) -> datetime.date | None:
    """The day under which an event counts: its first, else its last, else that of the first article that tells it."""
    day = event.start or event.end or next((one.date for one in event.tellings if one.date), None)
    return datetime.date.fromisoformat(day[:10]) if day else None


def actors_of(event: Event) -> list[tuple[Actor, Actor]]:
    """The pairs of different actors of an event: who did it, and to whom."""
    return [(source, target) for source in event.source for target in event.target if source.id != target.id]


def rows_of(event: Event) -> Iterable[Row]:
    """One row for each pair of different actors of an event; none of an event whose day nobody knows."""
    day = day_of(event)
    if day is None:
        return
    for source, target in actors_of(event):
        yield Row(
            day=day,
            id=event.id,
            source_id=source.id,
            source_country=source.country,
            source_code=source.code,
            target_id=target.id,
            target_country=target.country,
            target_code=target.code,
            type=event.type,
            mode=event.mode,
            cameo=event.cameo,
            quad=event.quad,
            standing=event.standing,
            outlets=event.outlets,
        )
