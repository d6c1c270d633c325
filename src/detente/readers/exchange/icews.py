"""ICEWS: 20 columns parted by tabs under a header, one line a pair of actors.

The number of an event is unique only with its date, so both make the id: "32889836@2018-06-01". "NA" and "NULL" are
empty cells that statistics packages filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from detente.readers.exchange.cells import (
    Column,
    Raw,
    Reading,
    cameo_reading,
    day_of,
    decimal,
    first_of,
    latitude,
    longitude,
    pc,
    quad_of_cameo,
    read_distinct,
)
from detente.readers.exchange.countries import from_name
from detente.readers.exchange.lines import Layout, read_rows
from detente.readers.exchange.notes import Note
from detente.readers.exchange.row import Row

NAMES = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
"""All columns, in order."""

NOTHING = ("NA", "NULL", "None", "nan")
"""What stands in empty cells of files that went through a statistics package."""


def said(reading: Reading) -> Reading:
    """A way to read cells, with those passed over that say nothing in such a word."""

    def told(text: str) -> object:
        return None if text in NOTHING else reading(text)

    return told


something = said(str)
"""The text, if it says anything."""


def _sectors(text: str) -> str | None:
    return ";".join(part for sector in text.split(",") if (part := sector.strip().replace(";", " "))) or None


def place_columns(raw: Raw, *named: str) -> dict[str, Column]:
    """Where it was, in files that have the parts of a place in columns of their own; `named` may name it as a whole.

    The most precise part is the place's name if the file gives none.
    """
    parts = [raw.map(name, something) for name in ("City", "District", "Province", "Country")]
    kinds = [pc.if_else(pc.is_valid(part), kind, None)
             for part, kind in zip(parts, ("city", "province", "province", "country"), strict=True)]  # fmt: skip
    return {
        "place_name": first_of(*(raw.map(name, something) for name in named), *parts),
        "place_country": raw.map("Country", said(from_name)),
        "place_precision": first_of(*kinds),
        "lat": raw.map("Latitude", said(latitude), pa.float64()),
        "lon": raw.map("Longitude", said(longitude), pa.float64()),
    }


def _columns(raw: Raw) -> dict[str, Column]:
    day = raw.map("Event Date", day_of)
    cameo = raw.map("CAMEO Code", cameo_reading(pc.unique(raw["CAMEO Code"]).to_pylist()))
    return {
        "id": pc.binary_join_element_wise(raw["Event ID"], day, "@"),
        "day": day,
        "source_name": raw.map("Source Name", something),
        "source_country": raw.map("Source Country", said(from_name)),
        "source_sectors": raw.map("Source Sectors", said(_sectors)),
        "target_name": raw.map("Target Name", something),
        "target_country": raw.map("Target Country", said(from_name)),
        "target_sectors": raw.map("Target Sectors", said(_sectors)),
        "cameo": cameo,
        "quad": read_distinct(cameo, quad_of_cameo, pa.int8()),
        "intensity": raw.map("Intensity", said(decimal), pa.float64()),
        "publisher": raw.map("Publisher", something),
        "text": raw.map("Event Text", something),
        **place_columns(raw),
    }


LAYOUT = Layout(names=NAMES, columns=_columns)


def read_icews(path: Path) -> Iterator[Row | Note]:
    """The events of a file of ICEWS as rows; what was left out and mended stands between them.

    `text` is the label of the code: the files hold no sentences. Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
