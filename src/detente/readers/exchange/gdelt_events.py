"""GDELT 2.0 Events: 61 columns parted by tabs, no header, one line a pair of actors.

Its dates are numbers (20180601), its countries of places FIPS 10-4, its CAMEO codes text; the id is a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from detente.readers.exchange.cells import (
    Bad,
    Column,
    Raw,
    cameo_reading,
    decimal,
    joined,
    latitude,
    longitude,
    number_day_of,
    pc,
    quad,
    shown,
    whole,
)
from detente.readers.exchange.countries import from_fips
from detente.readers.exchange.lines import Layout, read_rows
from detente.readers.exchange.notes import Note
from detente.readers.exchange.row import Row

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

NAMES = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO), *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""All columns, in order."""

PRECISIONS = {"1": "country", "2": "province", "3": "city", "4": "city", "5": "province"}
"""What GDELT's kinds of places are in our words."""


def _precision(text: str) -> str | Bad | None:
    if text == "0":
        return None
    return PRECISIONS.get(text) or Bad(f"{shown(text)} is no kind of place")


def _sectors(raw: Raw, actor: str) -> Column:
    return joined([raw[f"{actor}Type{number}Code"] for number in (1, 2, 3)])


def _columns(raw: Raw) -> dict[str, Column]:
    return {
        "id": raw["GLOBALEVENTID"],
        "day": raw.map("SQLDATE", number_day_of),
        "source_name": raw["Actor1Name"],
        "source_country": raw["Actor1CountryCode"],
        "source_code": raw["Actor1Code"],
        "source_sectors": _sectors(raw, "Actor1"),
        "target_name": raw["Actor2Name"],
        "target_country": raw["Actor2CountryCode"],
        "target_code": raw["Actor2Code"],
        "target_sectors": _sectors(raw, "Actor2"),
        "cameo": raw.map("EventCode", cameo_reading(pc.unique(raw["EventCode"]).to_pylist())),
        "quad": raw.map("QuadClass", quad, pa.int8()),
        "intensity": raw.map("GoldsteinScale", decimal, pa.float64()),
        "place_name": raw["ActionGeo_FullName"],
        "place_country": raw.map("ActionGeo_CountryCode", from_fips),
        "place_precision": raw.map("ActionGeo_Type", _precision),
        "lat": raw.map("ActionGeo_Lat", latitude, pa.float64()),
        "lon": raw.map("ActionGeo_Long", longitude, pa.float64()),
        "reports": raw.map("NumMentions", whole, pa.int64()),
        "articles": raw.map("NumArticles", whole, pa.int64()),
        "outlets": raw.map("NumSources", whole, pa.int64()),
        "told": raw.map("DATEADDED", number_day_of),
        "url": raw["SOURCEURL"],
    }


LAYOUT = Layout(names=NAMES, columns=_columns, headed=False)


def read_gdelt_events(path: Path) -> Iterator[Row | Note]:
    """The events of a file of GDELT 2.0 as rows; what was left out and mended stands between them.

    Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
