"""What a reading gives: a mention, an antecedent for later words, or both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from detente.mentions.line import Line
from detente.mentions.names import STATES, ActorEntry
from detente.mentions.story import Antecedent
from detente.mentions.who import actor_of
from detente.model import Actor, ActorMention, Span


class Seen(NamedTuple):
    """A stretch of a line that means somebody: a mention, an antecedent, or both."""

    start: int
    mention: ActorMention | None
    antecedent: Antecedent | None


class States:
    """The country or body behind an actor, by the lexicon's short ids."""

    def __init__(self, entries: Mapping[str, ActorEntry]) -> None:
        self._entries = entries

    def entry(self, id: str | None) -> ActorEntry | None:
        """The lexicon's entry of this short id."""
        return self._entries.get(id) if id else None

    def actor(self, id: str | None) -> Actor | None:
        """The same as an actor."""
        entry = self.entry(id)
        return actor_of(entry) if entry is not None else None

    def of(self, entry: ActorEntry) -> Actor | None:
        """The country of a ministry, otherwise the entry itself: the two sides may be a state and a rebel group."""
        if entry.kind in ("media", "none", "people", "bloc"):
            return None
        if entry.kind == "service":
            return self.actor(entry.country) or actor_of(entry)
        return actor_of(entry)


def antecedent_at(
    line: Line,
    top: int,
    actors: Iterable[Actor],
    state: Actor | None,
    *,
    person: bool = False,
    plural: bool = False,
    role: str | None = None,
) -> Antecedent:
    """What later words may take up, with its part in the sentence."""
    is_subject = line.is_subject(top)
    predicate = line.relation(top)[1] if is_subject else -1
    return Antecedent(line.number, top, tuple(actors), person, plural, is_subject, None, state, role, predicate)


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor once, in the order of their first appearance."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id, actor)
    return tuple(found.values())


def span(line: Line, first: int, last: int) -> Span:
    """Offsets of a stretch of tokens."""
    return line.tokens[first].start, line.tokens[last].end


def is_state(entry: ActorEntry) -> bool:
    """Whether the entry is a country or a part of one."""
    return entry.kind in STATES
