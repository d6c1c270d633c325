"""Phoenix, as the PETRARCH pipeline writes it: 26 columns parted by tabs, no header, one line a pair of actors.

Lists in cells are parted by ";". The class of five ("PentaClass") puts 01 and 02 apart as 0 and counts 16 as verbal, so
the quad is read off the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from detente.readers.exchange.cells import (
    Column,
    Raw,
    cameo_reading,
    decimal,
    latitude,
    longitude,
    number_day_of,
    pc,
    quad_of_cameo,
    read_distinct,
)
from detente.readers.exchange.countries import from_name, names
from detente.readers.exchange.lines import Layout, read_rows
from detente.readers.exchange.notes import Note
from detente.readers.exchange.row import Row

_PARTY = ("ActorFull", "ActorEntity", "ActorRole", "ActorAttribute")
NAMES = (
    "EventID", "Date", "Year", "Month", "Day", *(f"Source{name}" for name in _PARTY),
    *(f"Target{name}" for name in _PARTY), "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues",
    "Lat", "Lon", "LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
"""All columns, in order."""


def _country(text: str) -> str | None:
    """The entity, where it is a country: "RUS", not "IGO"."""
    return text if text in names() else None


def _first(text: str) -> str | None:
    return text.partition(";")[0].strip() or None


def _count(text: str) -> int:
    return text.count(";") + 1


def _columns(raw: Raw) -> dict[str, Column]:
    cameo = raw.map("EventCode", cameo_reading(pc.unique(raw["EventCode"]).to_pylist()))
    return {
        "id": raw["EventID"],
        "day": raw.map("Date", number_day_of),
        "source_code": raw["SourceActorFull"],
        "source_country": raw.map("SourceActorEntity", _country),
        "source_sectors": raw["SourceActorRole"],
        "target_code": raw["TargetActorFull"],
        "target_country": raw.map("TargetActorEntity", _country),
        "target_sectors": raw["TargetActorRole"],
        "cameo": cameo,
        "quad": read_distinct(cameo, quad_of_cameo, pa.int8()),
        "intensity": raw.map("GoldsteinScore", decimal, pa.float64()),
        "lat": raw.map("Lat", latitude, pa.float64()),
        "lon": raw.map("Lon", longitude, pa.float64()),
        "place_name": raw["LocationName"],
        "place_country": raw.map("CountryCode", from_name),
        "reports": raw.map("SentenceID", _count, pa.int64()),
        "outlets": raw.map("NewsSources", _count, pa.int64()),
        "publisher": raw.map("NewsSources", _first),
        "url": raw.map("URLs", _first),
    }


LAYOUT = Layout(names=NAMES, columns=_columns, headed=False)


def read_phoenix(path: Path) -> Iterator[Row | Note]:
    """The events of a file of Phoenix as rows; what was left out and mended stands between them.

    Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
