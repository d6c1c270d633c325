"""The pairs of actors of all events, kept by who they are: a relation is read without looking at any other event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from detente.model import Event
from detente.relations import Row, Side, Stated, StatedTurn, rows_of, stated_turns
from detente.store.catalogue import Catalogue, PairRow

Kept = tuple[object, ...]
"""A row of the catalogue's table of pairs, in the order of its columns."""


def pairs_of(event: Event, month: str, stated: Stated) -> Iterator[Kept]:
    """The rows of an event, each under the country of either actor, or the id of one who has none."""
    turn = next(iter(stated_turns((event,), stated, standing=(event.standing,))), None)
    told = msgspec.json.encode(turn).decode() if turn else None
    for number, row in enumerate(rows_of(event)):
        yield (
            row.source_country or row.source_id, row.target_country or row.target_id, row.day.toordinal(), row.id,
            number, row.source_id, row.source_country, row.source_code, row.target_id, row.target_country,
            row.target_code, row.type, row.mode, row.cameo, row.quad, row.standing, row.outlets, row.intensity, month,
            told,
        )  # fmt: skip


class Dealings:
    """What two sides did to each other, as it is kept."""

    def __init__(self, found: Sequence[PairRow]) -> None:
        self._found = found

    @classmethod
    def between(
        cls, catalogue: Catalogue, one: Side, other: Side, since: date | None, until: date | None
    ) -> Dealings | None:
        """None where somebody is asked for who is kept under his country, or both are everybody: then all are asked."""
        ours, theirs = _names(one), _names(other)
        known = [name for names in (ours, theirs) for name in names or ()]
        if not known or not catalogue.are_sides(known):
            return None
        days = (since or date.min).toordinal(), (until or date.max).toordinal()
        return cls([*catalogue.pairs(ours, theirs, days), *catalogue.pairs(theirs, ours, days)])

    def rows(self) -> list[Row]:
        """As series take them."""
        return [
            Row(
                day=date.fromordinal(one.day),
                id=one.event,
                source_id=one.source_id,
                source_country=one.source_country,
                source_code=one.source_code,
                target_id=one.target_id,
                target_country=one.target_country,
                target_code=one.target_code,
                type=one.type,
                mode=one.mode,
                cameo=one.cameo,
                quad=one.quad,  # type: ignore[arg-type]  # the catalogue holds what was a quad
                standing=one.standing,
                outlets=one.outlets,
                intensity=one.intensity,
            )
            for one in self._found
        ]

    def stated(self) -> Mapping[str, StatedTurn]:
        """Of the events that state a turn, what they state."""
        return {one.event: msgspec.json.decode(one.stated, type=StatedTurn) for one in self._found if one.stated}

    def months(self) -> Mapping[str, str]:
        """Where the rows of the events lie."""
        return {one.event: one.month for one in self._found}


def _names(side: Side) -> list[str] | None:
    """Under which names a side is kept; None for everybody, and for a role of everybody ("* MIL")."""
    names = [name.partition(" ")[0] for name in side.names]
    return None if not names or "*" in names else names
