"""POLECAT: 40 columns parted by tabs under a header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

import detente
from detente.model import Event
from detente.readers.exchange.polecat import NAMES
from detente.readers.exchange.row import Row
from detente.writers.exchange.lines import Cells, Column, mapped, write_lines
from detente.writers.exchange.options import Choosing, Needs, Options, Written
from detente.writers.exchange.parties import actor_column, country_name, cow_number, place_column

_DEFAULT = Options()
NEEDS = Needs(facts=True, type=True, day=True)


def write_polecat(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as POLECAT does, one line a pair of actors.

    POLECAT has no word for what did not happen and needs PLOVER's type: what has none, or is no fact, is left out and
    counted. Titles, Wikipedia's ids, names as written and what else the story names stay empty.
    """
    return write_lines(events, out, columns, Choosing(options, NEEDS), names=NAMES)


def columns(rows: Cells) -> Sequence[Column]:
    """The cells, in the order of the format."""
    no = rows.empty()
    return [
        rows["id"], rows["day"], rows["type"], rows["mode"], rows["intensity"], rows["quad"], rows["contexts"],
        *_party(rows, "source"), *_party(rows, "target"),
        rows["place_name"], place_column(rows, "city", "site"), no, place_column(rows, "province"),
        rows.map("place_country", country_name), rows["lat"], rows["lon"], rows["geonames"], no, no,
        rows["publisher"], rows["told"], no, no, no, rows.same("en"), rows.same(f"detente {detente.__version__}"),
    ]  # fmt: skip


def _party(rows: Cells, role: str) -> list[Column]:
    no = rows.empty()
    sectors = rows[f"{role}_sectors"]
    first = mapped(sectors, lambda text: text.partition(";")[0])
    return [rows[f"{role}_name"], rows.map(f"{role}_country", country_name), actor_column(rows, role, cow_number),
            first, sectors, no, no, no]  # fmt: skip
