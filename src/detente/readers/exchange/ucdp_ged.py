"""UCDP's Georeferenced Event Dataset, as its users download it: read alone, for comparison, under UCDP's terms.

Each event killed somebody. Its low and high estimates are kept, the best lies between them.
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
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
"""All columns, in order."""

VIOLENCE = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_PRECISIONS = {"1": "city", "2": "city", "3": "province", "4": "province", "5": "region", "6": "country", "7": None}


def _violence(text: str) -> str | Bad:
    return VIOLENCE.get(text) or Bad(f"{shown(text)} is no type of violence")


def _precision(text: str) -> str | Bad | None:
    return _PRECISIONS[text] if text in _PRECISIONS else Bad(f"{shown(text)} is no precision")


def _sources(text: str) -> object:
    return None if text == "-1" else whole(text)


def _first(text: str) -> str | None:
    return text.partition(";")[0].strip(' "') or None


def _columns(raw: Raw) -> dict[str, Column]:
    return {
        "id": raw["id"],
        "day": raw.map("date_start", day_of),
        "end": raw.map("date_end", day_of),
        "source_name": raw["side_a"],
        "target_name": raw["side_b"],
        "type": raw.map("type_of_violence", _violence),
        "quad": raw.map("type_of_violence", lambda text: 4 if text in VIOLENCE else None, pa.int8()),
        "place_name": raw["where_coordinates"],
        "place_country": raw.map("country", from_name),
        "place_precision": raw.map("where_prec", _precision),
        "lat": raw.map("latitude", latitude, pa.float64()),
        "lon": raw.map("longitude", longitude, pa.float64()),
        "killed_low": raw.map("low", whole, pa.int64()),
        "killed_high": raw.map("high", whole, pa.int64()),
        "reports": raw.map("number_of_sources", _sources, pa.int64()),
        "publisher": raw.map("source_office", _first),
        "text": raw["source_headline"],
    }


LAYOUT = Layout(names=NAMES, columns=_columns, delimiter=",", quoted=True, required=(("id",), ("day",), ("type",)))


def read_ucdp_ged(path: Path) -> Iterator[Row | Note]:
    """The events of a file of UCDP GED as rows; what was left out and mended stands between them.

    Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Row)
