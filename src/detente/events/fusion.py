"""Fusion: reports of one event are put together as they come, whichever article and sentence they stand in.

A report is held against the events of its story and against those of its pair of actors within three days, never
against all. It joins the event that most speaks for, unless a contradiction settles it, or more than half of the ways
in which that event was told speak against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import product

from msgspec import Struct

from detente.events.facts import Fact, Told, fact_of
from detente.events.same import Against, Knowledge, Likeness, likeness
from detente.model import Party

MOST_OF_STORY, MOST_OF_DYAD = 40, 12
"""Events that are remembered for a type in a story, and for a pair of actors: the latest."""
MOST_KINDS = 12
"""Different ways in which an event was told that a new report is held against: the latest."""
MOST_OPPOSED = 0.5
"""Share of them that may speak against it: who was hit is told in many ways. Fewer are surer and find less."""
MOST_PAIRS = 16
"""Pairs of actors of a report under which it is looked for."""

Key = tuple[str, ...]


class Joined(Struct, frozen=True):
    """Where a report belongs, and why."""

    event: int
    because: tuple[str, ...]
    """Nothing for the first report of an event."""


NEW = Joined(-1, ())
"""An event of its own."""


class _Event(Struct):
    number: int
    reports: list[str]
    facts: list[Fact]
    stories: set[str]
    last: int
    keys: set[Key]


class Fusion:
    """The events of the last days.

    fusion = Fusion(Knowledge(sectors, deeds, matters))
    fusion.add(Told(report=report, day="2009-06-28", outlet="Xinhua", story="s1"))      -> Joined(0, ())

    The work for a report is bounded, whatever came before.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._events: dict[int, _Event] = {}
        self._event_of: dict[str, int] = {}
        self._held: defaultdict[Key, list[int]] = defaultdict(list)
        self._came = 0

    def add(self, told: Told, *, into: Joined | None = None, apart: Collection[str] = ()) -> Joined:
        """Takes in a report. `into` puts it in an event unasked, or begins one; with the reports `apart` it never is.

        Raises `KeyError` for an event that never was or is forgotten.
        """
        fact = fact_of(told)
        story_key, dyad_keys = _keys(told, fact)
        if into is not None:
            event, because = (self._begun(fact) if into == NEW else self._events[into.event]), into.because
        else:
            event, because = self._best(told, fact, story_key, dyad_keys, set(apart))
        self._put(event, told, fact, [key for key in (story_key, *dyad_keys) if key])
        return Joined(event.number, because)

    def event_of(self, report: str) -> int | None:
        """The event of a report that came; None for one that did not, or is forgotten."""
        return self._event_of.get(report)

    def forget(self, before: date) -> int:
        """Drops the events that were last told before a day; how many."""
        gone = [number for number, event in self._events.items() if event.last < before.toordinal()]
        keys: set[Key] = set()
        for number in gone:
            event = self._events.pop(number)
            keys |= event.keys
            for report in event.reports:
                del self._event_of[report]
        for key in keys:
            left = [number for number in self._held[key] if number in self._events]
            if left:
                self._held[key] = left
            else:
                del self._held[key]
        return len(gone)

    def _best(
        self, told: Told, fact: Fact, story_key: Key | None, dyad_keys: Sequence[Key], apart: set[str]
    ) -> tuple[_Event, tuple[str, ...]]:
        """The event that most speaks for; of equals the earliest. A new one where there is none."""
        best: tuple[int, int] | None = None
        because: tuple[str, ...] = ()
        for number in self._candidates(story_key, dyad_keys):
            event = self._events[number]
            if apart and not apart.isdisjoint(event.reports):
                continue
            found = self._likeness_of(event, fact, same_story=told.story is not None and told.story in event.stories)
            if found and (best is None or (found.points, -number) > best):
                best, because = (found.points, -number), found.because
        return (self._events[-best[1]], because) if best else (self._begun(fact), ())

    def _likeness_of(self, event: _Event, fact: Fact, *, same_story: bool) -> Likeness | None:
        """The most that speaks for an event, unless too many of the ways in which it was told speak against it."""
        best: Likeness | None = None
        opposed = 0
        for known in event.facts:
            found = likeness(known, fact, self._knowledge, same_story=same_story)
            if isinstance(found, Against):
                opposed += 1
                if found.settles or opposed > MOST_OPPOSED * len(event.facts):
                    return None
            elif best is None or found.points > best.points:
                best = found
        return best if best and best.points else None

    def _begun(self, fact: Fact) -> _Event:
        event = self._events[self._came] = _Event(self._came, [], [], set(), fact.told or 0, set())
        self._came += 1
        return event

    def _candidates(self, story_key: Key | None, dyad_keys: Sequence[Key]) -> Iterator[int]:
        seen: set[int] = set()
        for key in (story_key, *dyad_keys):
            for number in self._held.get(key, ()) if key else ():
                if number not in seen:
                    seen.add(number)
                    yield number

    def _put(self, event: _Event, told: Told, fact: Fact, keys: Sequence[Key]) -> None:
        event.reports.append(told.report.id)
        self._event_of[told.report.id] = event.number
        kinds = {known.kind: known for known in event.facts}
        kinds[fact.kind] = _narrower(kinds[fact.kind], fact) if fact.kind in kinds else fact
        event.facts = list(kinds.values())[-MOST_KINDS:]
        event.last = max(event.last, fact.told or 0)
        if told.story:
            event.stories.add(told.story)
        for key in keys:
            if key not in event.keys:
                event.keys.add(key)
                held = self._held[key]
                held.append(event.number)
                if len(held) > (MOST_OF_STORY if key[0] == "story" else MOST_OF_DYAD):
                    del held[0]


def _keys(told: Told, fact: Fact) -> tuple[Key | None, list[Key]]:
    """Under what a report is looked for: its story, and each pair of its actors."""
    # The headlines of other articles on a page are of other stories.
    story = ("story", told.story, fact.type) if told.story and told.report.part != "related" else None
    pairs = product(sorted(set(map(_whose, fact.source))), sorted(set(map(_whose, fact.target))))
    return story, [("dyad", fact.type, *pair) for pair, _ in zip(pairs, range(MOST_PAIRS), strict=False)]


def _whose(party: Party) -> str:
    """Those who may be one actor are found under one name."""
    return party.country or party.id


def _narrower(known: Fact, fact: Fact) -> Fact:
    """Of two that differ in their days alone, the one that says more."""
    return max(known, fact, key=lambda one: (one.dated, one.start - one.end))
