"""A relation as a store answers it: read once, then asked for its course and for its events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from detente.model import FACTS, Event
from detente.relations import Course, Dealings, Side, StatedTurn, course_of, ways_of
from detente.relations.bins import Step

Sentences = Callable[[Sequence[str], Collection[str]], Mapping[str, str]]
Events = Callable[[Sequence[str], Collection[str]], list[Event]]
"""Of the events of some ids; of actors of whom their sources and targets mostly are."""

FEW = 100
"""So many actors are told to whoever reads rows, which lie by who did them; those of more lie everywhere."""


class Dealt:
    """What two sides did to each other in some days."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        dealings: Dealings,
        stated: Mapping[str, StatedTurn],
        volume: Mapping[date, int],
        days: tuple[date | None, date | None],
        ask: tuple[Sentences, Events],
    ) -> None:
        self._sides, self._dealings, self._stated, self._volume, self._days = sides, dealings, stated, volume, days
        self._sentences, self._events = ask

    def course(self, *, by: Step = "week", standing: Sequence[str] = FACTS, sentences: bool = True) -> Course:
        """Its series and turns; without `sentences` those of the turns' events are not read."""
        since, until = self._days
        return course_of(
            self._dealings, *self._sides, stated=self._stated,
            sentences=self._told if sentences else lambda _: {}, by=by, standing=standing, volume=self._volume,
            since=since, until=until,
        )  # fmt: skip

    def events(self, *, standing: Sequence[str] = FACTS, limit: int = 25, skip: int = 0) -> list[Event]:
        """What it is made of, by their own days, the latest first."""
        told = ways_of(self._dealings, *self._sides, standing).both
        some = told.at(slice(max(0, len(told) - skip - limit), max(0, len(told) - skip)))
        return self._events(some.events()[::-1], _actors_of(some))

    def _told(self, ids: Collection[str]) -> Mapping[str, str]:
        """The sentences of some of its events."""
        actors = {doer.id for doer in self._dealings.doers}
        return self._sentences(sorted(ids), actors if len(actors) <= FEW else ())


def _actors_of(dealings: Dealings) -> set[str]:
    return {dealings.doers[number].id for number in {*dealings.source.tolist(), *dealings.target.tolist()}}
