"""ninjs 3.1 of the IPTC: items of type "event", one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from detente.readers.exchange.cells import Bad, Fixed, day_of
from detente.readers.exchange.jsonl import read_json_lines
from detente.readers.exchange.notes import Note, Repaired, Skipped
from detente.readers.exchange.row import Row, row_from

STANDARD = {
    "name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}  # fmt: skip
SCHEME = "urn:detente:"
"""Before the name of the field that a subject tells."""
_GEONAMES = "https://sws.geonames.org/"
_PREFIX = "urn:detente:event:"


class _Subject(Struct):
    name: str | None = None
    uri: str | None = None


class _Geo(Struct):
    type: str | None = None
    coordinates: Any = None


class _Place(Struct):
    name: str | None = None
    uri: str | None = None
    geoJSON: _Geo | None = None  # noqa: N815  # theirs


class _Text(Struct):
    value: str = ""


class _Dates(Struct):
    startDate: str | None = None  # noqa: N815
    endDate: str | None = None  # noqa: N815
    expectedStartDate: str | None = None  # noqa: N815
    expectedEndDate: str | None = None  # noqa: N815


class _Details(Struct):
    dates: _Dates | None = None


class _Item(Struct):
    uri: str
    type: str | None = None
    title: str | None = None
    firstCreated: str | None = None  # noqa: N815
    eventDetails: _Details | None = None  # noqa: N815
    descriptions: list[_Text] = []
    subjects: list[_Subject] = []
    places: list[_Place] = []


def read_ninjs(path: Path) -> Iterator[Row | Note]:
    """The items of type "event" as rows; items of news are skipped by name.

    Raises OSError when the file cannot be opened.
    """
    for number, item in read_json_lines(path, _Item):
        if isinstance(item, Skipped | Repaired):
            yield item
        elif item.type != "event":
            yield Skipped(str(path), number, f"an item of type {item.type}, not an event")
        else:
            yield from _row(item, str(path), number)


def _row(item: _Item, file: str, number: int) -> Iterator[Row | Note]:
    told: dict[str, Any] = {}
    for subject in item.subjects:
        field = (subject.uri or "").removeprefix(SCHEME)
        if field in Row.__struct_fields__ and (subject.uri or "").startswith(SCHEME):
            told[field] = subject.name
    dates = (item.eventDetails.dates if item.eventDetails else None) or _Dates()
    told |= {
        "day": _day(dates.expectedStartDate or dates.startDate),
        "end": _day(dates.expectedEndDate or dates.endDate),
        "told": _day(item.firstCreated),
        "text": next((text.value for text in item.descriptions), None) or item.title,
        "id": item.uri.removeprefix(_PREFIX),
        **_where(item.places),
    }
    try:
        yield row_from(told)
    except msgspec.ValidationError as fault:
        yield Skipped(file, number, f"not of this format: {fault}")


def _day(text: str | None) -> str | None:
    day = day_of(text) if text else None
    return None if isinstance(day, Bad) else day.value if isinstance(day, Fixed) else day


def _where(places: list[_Place]) -> dict[str, Any]:
    place = next(iter(places), None)
    if place is None:
        return {}
    told: dict[str, Any] = {"place_name": place.name}
    if place.uri and place.uri.startswith(_GEONAMES):
        told["geonames"] = place.uri.removeprefix(_GEONAMES).strip("/")
    if place.geoJSON and place.geoJSON.type == "Point":
        degrees = place.geoJSON.coordinates
        told |= dict(zip(("lon", "lat"), degrees if isinstance(degrees, list) else (), strict=False))
    return told
