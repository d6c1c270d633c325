"""PLOVER's own format: JSON lines, one event a line, actors and recipients as lists.

Each pair of an actor and a recipient is a row. Of the modes the auxiliary ones ("negation") are the standing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from detente.readers.exchange.cells import Bad, Fixed, day_of
from detente.readers.exchange.countries import from_name
from detente.readers.exchange.jsonl import read_json_lines
from detente.readers.exchange.notes import Note, Repaired, Skipped
from detente.readers.exchange.row import Row

NAMES = (
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc", "event_text",
    "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date",
    "coded_time", "comment",
)  # fmt: skip
"""All fields, in order."""

STANDINGS = {"future": "planned", "hypothetical": "hypothetical", "negation": "denied", "historical": "happened"}
"""What PLOVER's auxiliary modes say in our words; without one an event happened."""


class Entity(Struct, frozen=True, omit_defaults=True):
    """An actor or recipient."""

    code: str | None = None
    sector: str | list[str] | None = None
    entity_text: str | None = None
    identifier_id: str | int | None = None
    identifier_text: str | None = None


class Location(Struct, frozen=True, omit_defaults=True):
    """Where it was."""

    extracted_place: str | None = None
    resolved_place: str | None = None
    geonameid: int | str | None = None
    lat: float | str | None = None
    lon: float | str | None = None
    city: str | None = None
    province: str | None = None
    country: str | None = None
    country_code: str | None = None
    resolution: str | None = None


class Cited(Struct, frozen=True, omit_defaults=True):
    """The text that tells it."""

    citation: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    publication: str | None = None


class Line(Struct, frozen=True, omit_defaults=True):
    """A line; lists that hold one thing may be that thing."""

    id: str | int
    date: str | int | None = None
    event: str | list[str] | None = None
    has_event: bool | None = None
    time: str | None = None
    enddate: str | int | None = None
    actor: list[Entity] | Entity | None = None
    recipient: list[Entity] | Entity | None = None
    event_loc: Location | list[Location] | None = None
    event_text: str | list[str] | None = None
    quad_code: int | str | None = None
    event_scale: float | str | None = None
    mode: str | list[str] | None = None
    context: str | list[str] | None = None
    link: str | None = None
    text: str | None = None
    cite_info: Cited | None = None
    coder: str | None = None
    comment: str | None = None


def read_plover(path: Path) -> Iterator[Row | Note]:
    """The events of a file of PLOVER's as rows; lines that say that they have no event are passed over.

    Raises OSError when the file cannot be opened.
    """
    seen: dict[str, int] = {}
    for number, line in read_json_lines(path, Line):
        if isinstance(line, Skipped | Repaired):
            yield line
        elif line.has_event is not False:
            yield from _rows(line, str(path), number, seen)


def _rows(line: Line, file: str, number: int, seen: dict[str, int]) -> Iterator[Row | Note]:
    if not (types := _many(line.event)):
        yield Skipped(file, number, "no event in it")
        return
    day = day_of(str(line.date)) if line.date is not None else Bad("no date in it")
    if isinstance(day, Bad):
        yield Skipped(file, number, day.what)
        return
    if isinstance(day, Fixed):
        yield Repaired(file, number, f"date: {day.what}")
        day = day.value
    id = str(line.id)
    seen[id] = again = seen.get(id, 0) + 1
    if again > 1:
        yield Repaired(file, number, "id stands before already; numbered")
        id = f"{id}#{again}"
    facts = _facts(line, str(day))
    pairs = [(who, whom, type) for type in types for who in _entities(line.actor) for whom in _entities(line.recipient)]
    pairs = [pair for pair in pairs if not _is_same(pair[0], pair[1])] or pairs[:1]
    for place, (who, whom, type) in enumerate(pairs, 1):
        sides = {**_party("source", who), **_party("target", whom)}
        yield Row(id=id if place == 1 else f"{id}-{place}", type=type.upper(), **sides, **facts)


def _is_same(who: Entity | None, whom: Entity | None) -> bool:
    if who is None or whom is None:
        return False
    if who.identifier_id is not None and whom.identifier_id is not None:
        return who.identifier_id == whom.identifier_id
    return who == whom


def _many(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _entities(value: list[Entity] | Entity | None) -> Sequence[Entity | None]:
    return _many(value) or [None]


def _party(role: str, entity: Entity | None) -> dict[str, Any]:
    if entity is None:
        return {}
    code = entity.code or None
    country = from_name(code[:3]) if code else None
    sectors = [part.strip() for one in _many(entity.sector) for part in one.split(";") if part.strip()]
    return {
        f"{role}_id": str(entity.identifier_id) if entity.identifier_id is not None else None,
        f"{role}_name": entity.identifier_text or entity.entity_text,
        f"{role}_country": country if isinstance(country, str) else None,
        f"{role}_code": code,
        f"{role}_sectors": tuple(sectors),
    }


def _facts(line: Line, day: str) -> dict[str, Any]:
    modes = [mode for mode in _many(line.mode) if mode]
    auxiliary = next((mode for mode in modes if mode in STANDINGS), None)
    end = day_of(str(line.enddate)) if line.enddate is not None else None
    cited = line.cite_info or Cited()
    words = line.text or "; ".join(_many(line.event_text)) or None
    return {
        "day": day, "end": end.value if isinstance(end, Fixed) else None if isinstance(end, Bad) else end,
        "mode": next((mode for mode in modes if mode not in STANDINGS), None),
        "contexts": tuple(_many(line.context)), "quad": _number(line.quad_code, 4, whole=True),
        "intensity": _number(line.event_scale, 10), "standing": STANDINGS.get(auxiliary or "", "happened"),
        "publisher": cited.publication, "url": cited.url, "text": words, **_place(line.event_loc),
    }  # fmt: skip


def _place(value: Location | list[Location] | None) -> dict[str, Any]:
    place = next(iter(_many(value)), None)
    if place is None:
        return {}
    country = from_name(place.country_code or place.country or "")
    return {
        "place_name": place.resolved_place or place.extracted_place or place.city or place.province or place.country,
        "place_country": country if isinstance(country, str) else None,
        "place_precision": place.resolution or None,
        "geonames": _number(place.geonameid, 1 << 40, whole=True),
        "lat": _number(place.lat, 90),
        "lon": _number(place.lon, 180),
    }


def _number(value: float | str | None, most: float, *, whole: bool = False) -> Any:
    """The number, if it is one and no greater; None else."""
    try:
        number = float(value) if value is not None and value != "" else None
    except ValueError:
        return None
    if number is None or not abs(number) <= most:
        return None
    return int(number) if whole else number
