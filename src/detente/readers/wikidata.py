"""Reads a slice of a Wikidata dump into entries of ours: one item a line, as the dumps have them.

A line is the JSON of an item, with or without the brackets and commas of the whole dump. Taken are

- persons (P31 Q5) with positions held (P39): a term for each that our roles know, with its start (P580) and end (P582);
  whose office it is comes from the position's jurisdiction (P1001, P17), else from the person's citizenship (P27);
- bodies whose class (P31) stands in `lexicons/wikidata/classes.tsv`: parties, armed groups, agencies, media, firms.

Positions, and countries that our list does not know, are looked up in the slice itself: cut it with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from detente.lexicon import Entry, Lexicon
from detente.mentions.names import ActorEntry, Kind, key_of, words_of
from detente.mentions.offices import TermEntry
from detente.mentions.persons import Gender
from detente.mentions.roles import RoleEntry, role_index

_HUMAN, _FEMALE = "Q5", "Q6581072"
_INSTANCE, _POSITION, _START, _END = "P31", "P39", "P580", "P582"
_JURISDICTION, _COUNTRY, _CITIZEN, _SEX = "P1001", "P17", "P27", "P21"
_FOUNDED, _DISSOLVED, _ALPHA3 = "P571", "P576", "P298"
_PRECISE = {9: 4, 10: 7, 11: 10}
"""How many characters of a date hold at each of Wikidata's precisions: year, month, day."""
_MOST_NAMES = 12


class BodyClass(Entry, frozen=True, kw_only=True):
    """A line of `lexicons/wikidata/classes.tsv`: an item that bodies are instances of, with what they are to us."""

    kind: Kind
    sectors: tuple[str, ...]


class Slice(Struct, frozen=True):
    """What a slice held."""

    actors: tuple[ActorEntry, ...]
    terms: tuple[TermEntry, ...]
    skipped: tuple[tuple[int, str], ...]
    """Lines that gave nothing, by number, with the reason."""


def wikidata(lines: Iterable[bytes], lexicon: Lexicon, *, source: str = "Wikidata, CC0") -> Slice:
    """The entries of a slice, read once into memory.

    A line that gives nothing is skipped and named. Raises `LexiconError` when our own tables cannot be read.
    """
    items: dict[str, dict[str, Any]] = {}
    skipped: list[tuple[int, str]] = []
    numbers: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        text = line.strip().rstrip(b",")
        if text in (b"", b"[", b"]"):
            continue
        try:
            item = msgspec.json.decode(text)
            items[item["id"]] = item
            numbers[item["id"]] = number
        except (msgspec.DecodeError, KeyError, TypeError):
            skipped.append((number, "no item of Wikidata: a line is one JSON object with an id"))
    reading = _Items(items, lexicon, source)
    for id, item in items.items():
        reason = reading.add(item)
        if reason:
            skipped.append((numbers[id], f"{id} {_label(item)}: {reason}"))
    return Slice(tuple(reading.actors), tuple(reading.terms), tuple(sorted(skipped)))


class _Items:
    """The items of a slice, and what came of them."""

    def __init__(self, items: Mapping[str, dict[str, Any]], lexicon: Lexicon, source: str) -> None:
        self._items = items
        self._source = source
        self._classes = {one.id.partition("#")[2]: one for one in lexicon.entries("wikidata", BodyClass)}
        self._countries = {e.wikidata: e.short for e in lexicon.entries("actors", ActorEntry) if e.wikidata and e.cow}
        self._roles = role_index(lexicon.entries("roles", RoleEntry))
        self.actors: list[ActorEntry] = []
        self.terms: list[TermEntry] = []

    def add(self, item: Mapping[str, Any]) -> str | None:
        """Take an item; gives the reason where it holds nothing for us."""
        name = _label(item)
        if not name:
            return "it has no English label"
        classes = [*_targets(item, _INSTANCE)]
        if _HUMAN in classes:
            return self._person(item, name)
        found = next((self._classes[one] for one in classes if one in self._classes), None)
        if found is None:
            return "neither a person nor a body of a class in wikidata/classes.tsv"
        country = self._country(item, _COUNTRY)
        self.actors.append(
            ActorEntry(
                id=item["id"], name=name, kind=found.kind, country=country, sectors=found.sectors,
                code=(country or "") + found.sectors[0], wikidata=item["id"], names=_aliases(item),
                since=_date(_first(item, _FOUNDED)), until=_date(_first(item, _DISSOLVED)), source=self._source,
            )
        )  # fmt: skip
        return None

    def _person(self, item: Mapping[str, Any], name: str) -> str | None:
        held = [*self._terms(item, name)]
        self.terms.extend(held)
        return None if held else "a person without a position that our roles know"

    def _terms(self, item: Mapping[str, Any], name: str) -> Iterator[TermEntry]:
        gender: Gender = "f" if _FEMALE in _targets(item, _SEX) else "m"
        for number, claim in enumerate(item.get("claims", {}).get(_POSITION, ()), 1):
            position = self._items.get(_target(claim.get("mainsnak")) or "", {})
            role = self._role(_label(position))
            country = self._country(position, _JURISDICTION, _COUNTRY) or self._country(item, _CITIZEN)
            if role is None or country is None:
                continue
            start, end = (_date(_qualifier(claim, one)) for one in (_START, _END))
            yield TermEntry(
                id=f"{item['id']}-{number}", person=name, gender=gender, country=country, office=role.short,
                names=tuple(alias for alias in _aliases(item) if " " in alias), sectors=role.sectors,
                wikidata=item["id"], since=start, until=end, source=self._source,
            )  # fmt: skip

    def _role(self, label: str) -> RoleEntry | None:
        """The role that a position's label names: "Minister of Foreign Affairs of Gabon"."""
        hits = self._roles.find(words_of(label), label, 0)
        return next((hit.found[0].entry for hit in hits if hit.found[0].entry.sectors), None)

    def _country(self, item: Mapping[str, Any], *properties: str) -> str | None:
        """Our country of an item's statements: by our list of items, else by the code that the slice gives."""
        for id in (target for property in properties for target in _targets(item, property)):
            code = self._countries.get(id) or _text(_first(self._items.get(id, {}), _ALPHA3))
            if code:
                return code
        return None


def _label(item: Mapping[str, Any]) -> str:
    return re.sub(r"\s+", " ", item.get("labels", {}).get("en", {}).get("value", "")).strip()


def _aliases(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Other English names; those of one lower-case word are descriptions."""
    names = (re.sub(r"[\s|]+", " ", one.get("value", "")).strip() for one in item.get("aliases", {}).get("en", ()))
    distinct = {key_of(name): name for name in names if name and not name.islower() and name != _label(item)}
    return tuple(distinct.values())[:_MOST_NAMES]


def _targets(item: Mapping[str, Any], property: str) -> Iterator[str]:
    """The items that a statement names, deprecated ones left out."""
    for claim in item.get("claims", {}).get(property, ()):
        target = _target(claim.get("mainsnak"))
        if target is not None and claim.get("rank") != "deprecated":
            yield target


def _target(snak: Any) -> str | None:
    value = _value(snak)
    return value.get("id") if isinstance(value, dict) else None


def _value(snak: Any) -> Any:
    return (snak or {}).get("datavalue", {}).get("value")


def _first(item: Mapping[str, Any], property: str) -> Any:
    return next((_value(claim.get("mainsnak")) for claim in item.get("claims", {}).get(property, ())), None)


def _qualifier(claim: Mapping[str, Any], property: str) -> Any:
    return next((_value(snak) for snak in claim.get("qualifiers", {}).get(property, ())), None)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _date(value: Any) -> str | None:
    """ "+2009-06-28T00:00:00Z" as far as it is precise; coarser than a year, or before our era, is none."""
    if not isinstance(value, dict) or not str(value.get("time", "")).startswith("+"):
        return None
    length = _PRECISE.get(value.get("precision", 0))
    return str(value["time"])[1:][:length] if length else None
