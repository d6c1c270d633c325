"""POLECAT: 40 columns parted by tabs under a header, one line an event in PLOVER's terms.

Several names in one cell are parted by "; ". The quad class is a number or its label.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from detente.readers.exchange.cells import (
    Bad,
    Column,
    Raw,
    day_of,
    decimal,
    first_of,
    latitude,
    longitude,
    pc,
    quad,
    shown,
    whole,
)
from detente.readers.exchange.countries import from_name
from detente.readers.exchange.icews import NOTHING, something
from detente.readers.exchange.lines import Layout, read_rows
from detente.readers.exchange.notes import Note
from detente.readers.exchange.row import Row

_PARTY = (
    "{} Name", "{} Country", "{} COW", "Primary {} Sector", "{} Sectors", "{} Title", "{} Name Raw", "Wikipedia {} ID",
)  # fmt: skip
NAMES = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *(name.format("Actor") for name in _PARTY), *(name.format("Recipient") for name in _PARTY),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
"""All columns, in order."""

QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
"""Labels of the quad classes, as they stand in some files."""


def _quad(text: str) -> object:
    return QUADS.get(text.strip().lower()) or quad(text)


def _type(text: str) -> object:
    return text.upper() if text.replace("_", "").isalpha() else Bad(f"{shown(text)} is no event type")


def _parts(text: str) -> str | None:
    if text in NOTHING:
        return None
    return ";".join(part for one in text.split(";") if (part := one.strip())) or None


def _country(text: str) -> object:
    return None if text in NOTHING else from_name(text)


def _party(raw: Raw, role: str, named: str) -> dict[str, Column]:
    return {
        f"{role}_name": first_of(raw.map(f"{named} Name", something), raw.map(f"{named} Name Raw", something)),
        f"{role}_country": raw.map(f"{named} Country", _country),
        f"{role}_sectors": first_of(raw.map(f"{named} Sectors", _parts), raw.map(f"Primary {named} Sector", _parts)),
    }


def _columns(raw: Raw) -> dict[str, Column]:
    named, city, district, province, country = (
        raw.map(name, something) for name in ("Placename", "City", "District", "Province", "Country")
    )
    kinds = (pc.if_else(pc.is_valid(part), kind, None) for part, kind in
             ((city, "city"), (district, "province"), (province, "province"), (country, "country")))  # fmt: skip
    return {
        "id": raw["Event ID"],
        "day": raw.map("Event Date", day_of),
        **_party(raw, "source", "Actor"),
        **_party(raw, "target", "Recipient"),
        "type": raw.map("Event Type", _type),
        "mode": raw.map("Event Mode", something),
        "contexts": raw.map("Contexts", _parts),
        "quad": raw.map("Quad Code", _quad, pa.int8()),
        "intensity": raw.map("Intensity", lambda text: None if text in NOTHING else decimal(text), pa.float64()),
        "place_name": first_of(named, city, district, province, country),
        "place_country": raw.map("Country", _country),
        "place_precision": first_of(*kinds),
        "lat": raw.map("Latitude", lambda text: None if text in NOTHING else latitude(text), pa.float64()),
        "lon": raw.map("Longitude", lambda text: None if text in NOTHING else longitude(text), pa.float64()),
        "geonames": raw.map("GeoNames ID", lambda text: None if text in NOTHING else whole(text), pa.int64()),
        "publisher": raw.map("Source", something),
        "told": raw.map("Publication Date", day_of),
    }


LAYOUT = Layout(names=NAMES, columns=_columns, required=(("id",), ("day",), ("type",)))


def read_polecat(path: Path) -> Iterator[Row | Note]:
    """The events of a file of POLECAT as rows; what was left out and mended stands between them.

    Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
