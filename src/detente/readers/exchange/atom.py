"""Atom (RFC 4287): entries of a feed that `write_atom` wrote, or of any feed, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.readers.exchange.cells import Bad, Fixed, day_of, decimal, quad
from detente.readers.exchange.notes import Note, Repaired, Skipped
from detente.readers.exchange.row import Row, row_from
from detente.readers.exchange.xml import read_units
from detente.records.markup import Node

SCHEMES = {
    name: f"urn:detente:{name}"
    for name in ("type", "mode", "cameo", "quad", "intensity", "standing", "source_id", "source_name",
                 "source_country", "source_code", "target_id", "target_name", "target_country", "target_code",
                 "place_name", "place_country")
}  # fmt: skip
"""The fields that are categories of an entry, with the schemes of their terms."""
_FIELDS = {scheme: name for name, scheme in SCHEMES.items()}
_PREFIX = "urn:detente:event:"


def read_atom(path: Path) -> Iterator[Row | Note]:
    """The entries of a feed as rows. What is no feed of events has a day, an address and a text alone.

    Raises OSError when the file cannot be opened.
    """
    for unit in read_units(path, {"entry"}):
        if isinstance(unit, Skipped):
            yield unit
        else:
            yield from _row(unit, str(path))


def _row(entry: Node, file: str) -> Iterator[Row | Note]:
    id = entry.text("id")
    if not id:
        yield Skipped(file, entry.start, "an entry without an id")
        return
    told: dict[str, Any] = {"text": entry.text("summary", "content") or entry.text("title")}
    for category in entry.all("category"):
        if field := _FIELDS.get(category.attributes.get("scheme", "")):
            told[field] = category.attributes.get("term")
    readings = {"quad": quad, "intensity": decimal}
    told |= {name: reading(told[name]) for name, reading in readings.items() if told.get(name)}
    told["day"] = day_of(entry.text("published", "updated") or "")
    told["told"] = day_of(entry.text("updated") or "")
    link = next((one.attributes.get("href") for one in entry.all("link")), None)
    told |= {"url": link, **_point(entry)}
    for name, value in told.items():
        if isinstance(value, Bad):
            yield Repaired(file, entry.start, f"{name}: {value.what}; left empty")
    plain = {name: None if isinstance(v, Bad) else v.value if isinstance(v, Fixed) else v for name, v in told.items()}
    yield row_from({"id": id.removeprefix(_PREFIX), **plain})


def _point(entry: Node) -> dict[str, Any]:
    parts = (entry.text("point") or "").split()
    if len(parts) != 2:
        return {}
    return {"lat": decimal(parts[0]), "lon": decimal(parts[1])}
