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


def something(text: str) -> str | None:
    """The text, if it says anything."""
    return None if text in NOTHING else text


def _sectors(text: str) -> str | None:
    if text in NOTHING:
        return None
    return ";".join(part for sector in text.split(",") if (part := sector.strip().replace(";", " "))) or None


def _country(text: str) -> object:
    return None if text in NOTHING else from_name(text)


def _columns(raw: Raw) -> dict[str, Column]:
    day = raw.map("Event Date", day_of)
    city, district, province, country = (raw.map(n, something) for n in ("City", "District", "Province", "Country"))
    kinds = (pc.if_else(pc.is_valid(part), kind, None) for part, kind in
             ((city, "city"), (district, "province"), (province, "province"), (country, "country")))  # fmt: skip
    cameo = raw.map("CAMEO Code", cameo_reading(pc.unique(raw["CAMEO Code"]).to_pylist()))
    return {
        "id": pc.binary_join_element_wise(raw["Event ID"], day, "@"),
        "day": day,
        "source_name": raw.map("Source Name", something),
        "source_country": raw.map("Source Country", _country),
        "source_sectors": raw.map("Source Sectors", _sectors),
        "target_name": raw.map("Target Name", something),
        "target_country": raw.map("Target Country", _country),
        "target_sectors": raw.map("Target Sectors", _sectors),
        "cameo": cameo,
        "quad": read_distinct(cameo, quad_of_cameo, pa.int8()),
        "intensity": raw.map("Intensity", lambda text: None if text in NOTHING else decimal(text), pa.float64()),
        "place_name": first_of(city, district, province, country),
        "place_country": raw.map("Country", _country),
        "place_precision": first_of(*kinds),
        "lat": raw.map("Latitude", lambda text: None if text in NOTHING else latitude(text), pa.float64()),
        "lon": raw.map("Longitude", lambda text: None if text in NOTHING else longitude(text), pa.float64()),
        "publisher": raw.map("Publisher", something),
        "text": raw.map("Event Text", something),
    }


LAYOUT = Layout(names=NAMES, columns=_columns)


def read_icews(path: Path) -> Iterator[Row | Note]:
    """The events of a file of ICEWS as rows; what was left out and mended stands between them.

    `text` is the label of the code: the files hold no sentences. Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
