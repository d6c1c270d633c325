"""The pairs of actors of all events, kept by who they are: a relation is read without looking at any other event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec
import numpy as np

from detente.model import Event
from detente.relations import Dealings, Deed, Doer, Scale, Side, Stated, StatedTurn, rows_of, stated_turns
from detente.store.catalogue import Catalogue
from detente.store.pairs import Pair, Pairs, Who


def pairs_of(event: Event, month: str, stated: Stated) -> Iterator[Pair]:
    """The pairs of actors of an event; `month` is where its row lies."""
    turn = next(iter(stated_turns((event,), stated, standing=(event.standing,))), None)
    for number, row in enumerate(rows_of(event)):
        yield Pair(
            day=row.day.toordinal(),
            event=row.id,
            number=number,
            doer=Who(row.source_id, row.source_country or "", row.source_code),
            done_to=Who(row.target_id, row.target_country or "", row.target_code),
            deed=_json(Deed(row.type, row.mode, row.cameo, row.quad, row.standing)),
            outlets=row.outlets,
            month=month,
            stated=_json(turn) if turn else None,
        )


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
        doers, deeds = sorted(self._found.doers), sorted(self._found.deeds)
        return Dealings.of_columns(
            scale=scale,
            doers=[_doer(self._found.doers[number]) for number in doers],
            deeds=[msgspec.json.decode(self._found.deeds[number], type=Deed) for number in deeds],
            events=self._found.event,
            day=self._found.day,
            source=np.searchsorted(doers, self._found.doer),
            target=np.searchsorted(doers, self._found.done_to),
            deed=np.searchsorted(deeds, self._found.deed),
            outlets=self._found.outlets,
        )

    def stated(self) -> Mapping[str, StatedTurn]:
        """Of the events that state a turn, what they state."""
        return {event: msgspec.json.decode(told, type=StatedTurn) for event, told in self._found.stated.items()}

    def months(self) -> Mapping[str, str]:
        """Where the rows of the events lie."""
        return dict(zip(self._found.event, self._found.month, strict=True))


def _doer(who: Who) -> Doer:
    return Doer(who.id, who.country or None, who.code)


def _keys(catalogue: Catalogue, side: Side) -> list[str] | None:
    """Under which names a side is kept; None for everybody, and for a role of everybody ("* MIL")."""
    names = [name.partition(" ")[0] for name in side.names]
    return None if not names or "*" in names else catalogue.keys_of(names)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
