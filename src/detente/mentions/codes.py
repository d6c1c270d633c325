"""One actor in the codes of each tradition: PLOVER, CAMEO, Correlates of War, names of ICEWS's kind, Wikidata.

Afghan police   -> AFG, COP; AFGCOP; 700; "Police (Afghanistan)"
Sergei Lavrov   -> RUS, GOV; RUSGOV; 365; "Sergei Lavrov"; Q58217
NATO            -> IGO; IGONAT; none; "NATO"; Q7184
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from detente.lexicon import Lexicon
from detente.mentions.names import ActorEntry
from detente.mentions.offices import TermEntry
from detente.mentions.roles import RoleEntry
from detente.model import Actor, Party


class Codes(Struct, frozen=True, kw_only=True):
    """What each tradition calls an actor."""

    country: str | None
    """PLOVER: ISO 3166 alpha-3."""
    sectors: tuple[str, ...]
    """PLOVER, the primary one first."""
    cameo: str
    """CAMEO actor string: "RUSGOV"."""
    cow: int | None
    """Correlates of War: number of the state, also for who acts for it or in it."""
    icews: str
    """A name of ICEWS's kind: the actor's own, else sector and country: "Police (Afghanistan)"."""
    wikidata: str | None
    """The item, where we are sure."""


class CodeBook:
    """What a lexicon knows of the codes of its actors."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Raises `LexiconError` when an entry of actors, offices or roles is wrong."""
        entries = lexicon.entries("actors", ActorEntry)
        self._cow = {entry.short: entry.cow for entry in entries if entry.cow is not None}
        self._countries = {entry.short: entry.name for entry in entries if entry.kind in ("state", "territory")}
        self._items = dict(_items(entries, lexicon.entries("offices", TermEntry)))
        sectors = (entry for entry in lexicon.entries("roles", RoleEntry) if entry.kind == "sector")
        self._labels = {entry.sectors[0]: entry.icews or entry.names[0] for entry in sectors}

    def codes(self, actor: Actor | Party) -> Codes:
        """The codes of an actor."""
        return Codes(
            country=actor.country,
            sectors=actor.sectors,
            cameo=actor.code,
            cow=self._cow.get(actor.country or ""),
            icews=self._name(actor),
            wikidata=self._items.get(actor.name) or self._items.get(actor.id),
        )

    def _name(self, actor: Actor | Party) -> str:
        """Whoever has no name of its own has its code for an id."""
        if not actor.sectors or actor.id != actor.code:
            return actor.name
        label = self._labels.get(actor.sectors[0], actor.sectors[0])
        country = self._countries.get(actor.country or "", actor.country)
        whose = country or actor.name.partition(" of ")[2].removeprefix("the ")  # "Military of NATO"
        return f"{label} ({whose})" if whose else label


def _items(entries: Iterable[ActorEntry], terms: Iterable[TermEntry]) -> Iterable[tuple[str, str]]:
    """Actors by id, persons by name."""
    yield from ((entry.actor or entry.short, entry.wikidata) for entry in entries if entry.wikidata)
    yield from ((term.person, term.wikidata) for term in terms if term.wikidata)


@lru_cache(maxsize=1)
def code_book() -> CodeBook:
    """The code book of the lexicon that ships with Detente."""
    return CodeBook(Lexicon())
