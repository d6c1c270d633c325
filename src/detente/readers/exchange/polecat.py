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
    quad,
    shown,
    whole,
)
from detente.readers.exchange.countries import from_name
from detente.readers.exchange.icews import place_columns, said, something
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
    return ";".join(part for one in text.split(";") if (part := one.strip())) or None


def _party(raw: Raw, role: str, named: str) -> dict[str, Column]:
    sectors = (raw.map(name, said(_parts)) for name in (f"{named} Sectors", f"Primary {named} Sector"))
    return {
        f"{role}_name": first_of(raw.map(f"{named} Name", something), raw.map(f"{named} Name Raw", something)),
        f"{role}_country": raw.map(f"{named} Country", said(from_name)),
        f"{role}_sectors": first_of(*sectors),
    }


def _columns(raw: Raw) -> dict[str, Column]:
    return {
        "id": raw["Event ID"],
        "day": raw.map("Event Date", day_of),
        **_party(raw, "source", "Actor"),
        **_party(raw, "target", "Recipient"),
        "type": raw.map("Event Type", _type),
        "mode": raw.map("Event Mode", something),
        "contexts": raw.map("Contexts", said(_parts)),
        "quad": raw.map("Quad Code", _quad, pa.int8()),
        "intensity": raw.map("Intensity", said(decimal), pa.float64()),
        **place_columns(raw, "Placename"),
        "geonames": raw.map("GeoNames ID", said(whole), pa.int64()),
        "publisher": raw.map("Source", something),
        "told": raw.map("Publication Date", said(day_of)),
    }


LAYOUT = Layout(names=NAMES, columns=_columns, required=(("id",), ("day",), ("type",)))


def read_polecat(path: Path) -> Iterator[Row | Note]:
    """The events of a file of POLECAT as rows; what was left out and mended stands between them.

    Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
