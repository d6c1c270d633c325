"""ACLED, as its users download it: read alone, for comparison. Whose file it is keeps to ACLED's terms.

CSV under a header whose columns have changed over the years, so it is read by their names. `actor1` did not
necessarily act on `actor2`: no direction is implied. 0 deaths are also those that are not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from detente.readers.exchange.cells import Bad, Column, Raw, day_of, latitude, longitude, shown, whole
from detente.readers.exchange.countries import from_name
from detente.readers.exchange.lines import Layout, read_rows
from detente.readers.exchange.notes import Note
from detente.readers.exchange.row import Row

NAMES = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""All columns that we know of."""

_PRECISIONS = {"1": "city", "2": "city", "3": "province"}


def _precision(text: str) -> str | Bad:
    return _PRECISIONS.get(text) or Bad(f"{shown(text)} is no precision")


def _at_most(text: str) -> object:
    """Nought deaths may be any number."""
    return None if text == "0" else whole(text)


def _parts(text: str) -> str | None:
    return text.replace(";", ",") or None


def _first(text: str) -> str | None:
    return text.partition(";")[0].strip() or None


def _columns(raw: Raw) -> dict[str, Column]:
    return {
        "id": raw["event_id_cnty"],
        "day": raw.map("event_date", day_of),
        "source_name": raw["actor1"],
        "source_sectors": raw.map("inter1", _parts),
        "target_name": raw["actor2"],
        "target_sectors": raw.map("inter2", _parts),
        "type": raw["event_type"],
        "mode": raw["sub_event_type"],
        "place_name": raw["location"],
        "place_country": raw.map("country", from_name),
        "place_precision": raw.map("geo_precision", _precision),
        "lat": raw.map("latitude", latitude, pa.float64()),
        "lon": raw.map("longitude", longitude, pa.float64()),
        "killed_low": raw.map("fatalities", whole, pa.int64()),
        "killed_high": raw.map("fatalities", _at_most, pa.int64()),
        "publisher": raw.map("source", _first),
        "text": raw["notes"],
    }


LAYOUT = Layout(
    names=NAMES, columns=_columns, delimiter=",", quoted=True, by_place=False, required=(("id",), ("day",), ("type",))
)


def read_acled(path: Path) -> Iterator[Row | Note]:
    """The events of a file of ACLED as rows; what was left out and mended stands between them.

    Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
