"""Who holds a territory and who claims it, on a day: "UKR /2014-03-18|RUS 2014-03-18/".

From `lexicons/places/territories.tsv`. The ids are those of actors; towns share the holders of the area they lie in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from detente.errors import LexiconError
from detente.mentions.gazetteer import Row

_HELD = re.compile(r"(?P<actor>[\w-]+)(?: (?P<since>\d{4}-\d\d-\d\d)?/(?P<until>\d{4}-\d\d-\d\d)?)?")


class Held(Struct, frozen=True):
    """An actor that holds or claims a place, from its first day to the day before its last."""

    actor: str
    since: str | None = None
    until: str | None = None

    def on(self, day: str | None) -> bool:
        """Whether it did on a day; without a day, whether it still does."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def held(id: str, cells: Sequence[str]) -> tuple[Held, ...]:
    """The cells of an entry, read.

    Raises:
        LexiconError: If a cell is not an actor, or an actor and the days "since/until".
    """
    read = [(cell, _HELD.fullmatch(cell)) for cell in cells]
    for cell, match in read:
        if match is None:
            raise LexiconError(f'places entry {id}: "{cell}" is no holder; write "RUS" or "RUS 2014-03-18/2015-01-01"')
    return tuple(Held(match["actor"], match["since"], match["until"]) for _, match in read if match is not None)


class Territory(Struct, frozen=True):
    """A territory with those who hold and those who claim it."""

    id: str
    areas: tuple[str, ...]
    held_by: tuple[Held, ...]
    claimed_by: tuple[Held, ...]


class Holders:
    """The territories, by their entry and by the areas that lie in them."""

    def __init__(self, territories: Iterable[Territory]) -> None:
        self._by_entry = {territory.id: territory for territory in territories}
        self._by_area = {area: territory for territory in self._by_entry.values() for area in territory.areas}

    def of(self, row: Row, day: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of the actors that hold a place on a day, and of those that claim it; nothing for undisputed ones."""
        found = self._by_entry.get(row.entry) or next(
            (self._by_area[area] for area in _areas(row) if area in self._by_area), None
        )
        if found is None:
            return (), ()
        return _on(found.held_by, day), _on(found.claimed_by, day)


def _on(all_held: Iterable[Held], day: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.actor for one in all_held if one.on(day)))


def _areas(row: Row) -> tuple[str, ...]:
    """The province, that of which it is a part ("PS.GZ.11184609" is in "PS.GZ"), and the country."""
    return row.province, ".".join(row.province.split(".")[:2]), row.country
