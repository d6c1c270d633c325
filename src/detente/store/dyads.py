"""The pairs of actors of all events, kept by who they are: a relation is read without looking at any other event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.model import Actor, Event
from detente.relations import Dealings, Deed, Doer, Scale, Side, Stated, StatedTurn, stated_turns
from detente.relations.dealings import Numbers, actors_of, day_of
from detente.store.catalogue import Catalogue
from detente.store.pairs import NOBODY, Pair, Pairs, Who

# 2**64 by the golden ratio: times it, numbers near each other are far apart (Knuth, The Art of Computer Programming).
_ODD = np.uint64(0x9E3779B97F4A7C15)
NO_DAY = 0
"""Before all days: relations are made of what has one."""


def pairs_of(event: Event, stated: Stated) -> Iterator[Pair]:
    """The pairs of actors of an event, none of one without any; who deals with nobody else has nobody beside him."""
    day = day_of(event)
    turn = next(iter(stated_turns((event,), stated, standing=(event.standing,))), None)
    deed = Deed(event.type, event.mode, event.cameo, event.quad, event.standing)
    for doer, done_to in _sides(event):
        yield Pair(
            day=day.toordinal() if day else NO_DAY,
            event=event.id,
            doer=doer,
            done_to=done_to,
            deed=_json(deed),
            outlets=event.outlets,
            stated=_json(turn) if turn else None,
        )


def _sides(event: Event) -> list[tuple[Who, Who]]:
    pairs = [(_who(source), _who(target)) for source, target in actors_of(event)]
    alone = [(_who(source), NOBODY) for source in event.source] or [(NOBODY, _who(target)) for target in event.target]
    return pairs or alone


def _who(actor: Actor) -> Who:
    return Who(actor.id, actor.country or "", actor.code)


class Dyad:
    """What two sides did to each other, as it is kept."""

    def __init__(self, found: Pairs) -> None:
        self._found = found

    @classmethod
    def between(cls, catalogue: Catalogue, one: Side, other: Side, since: date | None, until: date | None) -> Dyad:
        """What is kept of these two, and of those who are kept with them: sides tell who is meant."""
        days = (since or date.min).toordinal(), (until or date.max).toordinal()
        return cls(catalogue.pairs(_keys(catalogue, one), _keys(catalogue, other), days))

    def dealings(self, scale: Scale) -> Dealings:
        """As series take them."""
        doers, deeds, columns = sorted(self._found.doers), sorted(self._found.deeds), self._found.columns
        ids = np.ascontiguousarray(columns["event"])
        return Dealings.of_columns(
            scale=scale,
            doers=[_doer(self._found.doers[number]) for number in doers],
            deeds=[msgspec.json.decode(self._found.deeds[number], type=Deed) for number in deeds],
            ids=ids,
            event=places_of(ids),
            day=columns["day"],
            source=np.searchsorted(doers, columns["doer"]),
            target=np.searchsorted(doers, columns["done_to"]),
            deed=np.searchsorted(deeds, columns["deed"]),
            outlets=columns["outlets"],
        )

    def stated(self) -> Mapping[str, StatedTurn]:
        """Of the events that state a turn, what they state."""
        return {event: msgspec.json.decode(told, type=StatedTurn) for event, told in self._found.stated.items()}


def places_of(ids: NDArray[np.bytes_]) -> Numbers:
    """For each id of sixteen bytes a place where it stands, the same for all that are alike.

    They are compared by one number of all their bytes, which sorts faster.
    """
    first, second = ids.view(np.uint64).reshape(-1, 2).T
    mixed = first * _ODD + second
    order = np.argsort(mixed)
    is_new = np.ones(len(ids), bool)
    is_new[1:] = np.diff(mixed[order]) != 0
    again = np.flatnonzero(~is_new)
    if (ids[order[again]] != ids[order[again - 1]]).any():  # two ids have one number: the odds are 1 in 2**64
        _, first_places, numbers = np.unique(ids, return_index=True, return_inverse=True)
        return first_places[numbers]
    places = np.arange(len(ids))
    begins = np.maximum.accumulate(np.where(is_new, places, 0))
    places[order[again]] = order[begins[again]]
    return places


def _doer(who: Who) -> Doer:
    return Doer(who.id, who.country or None, who.code)


def _keys(catalogue: Catalogue, side: Side) -> list[str] | None:
    """Under which names a side is kept; None for everybody, and for a role of everybody ("* MIL")."""
    names = [name.partition(" ")[0] for name in side.names]
    return None if not names or "*" in names else catalogue.keys_of(names)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
