"""ICEWS: 20 columns parted by tabs under a header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import IO

from detente.lexicon import Lexicon
from detente.mentions.roles import RoleEntry
from detente.model import Event
from detente.readers.exchange.cells import cameo_labels
from detente.readers.exchange.icews import NAMES
from detente.readers.exchange.row import Row
from detente.writers.exchange.lines import Cells, Column, write_lines
from detente.writers.exchange.options import Choosing, Needs, Options, Written, number_of
from detente.writers.exchange.parties import actor_column, country_name, icews_name, place_column

_DEFAULT = Options()
NEEDS = Needs(facts=True, cameo=True, day=True)


def write_icews(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as ICEWS does, one line a pair of actors.

    The id is `number_of` ours, the event text our label of the code. ICEWS has no word for what did not happen and
    needs a CAMEO code: what has none, or is no fact, is left out and counted. Story and sentence have no number.
    """
    return write_lines(events, out, columns, Choosing(options, NEEDS), names=NAMES)


def columns(rows: Cells) -> Sequence[Column]:
    """The cells, in the order of the format."""
    no = rows.empty()
    return [
        rows.each("id", number_of), rows["day"], *_party(rows, "source"), rows.map("cameo", _label), rows["cameo"],
        rows["intensity"], *_party(rows, "target"), no, no, rows["publisher"], place_column(rows, "city", "site"), no,
        place_column(rows, "province"), rows.map("place_country", country_name), rows["lat"], rows["lon"],
    ]  # fmt: skip


def _party(rows: Cells, role: str) -> list[Column]:
    sectors = rows.map(f"{role}_sectors", _labels)
    return [actor_column(rows, role, icews_name), sectors, rows.map(f"{role}_country", country_name)]


def _label(code: str) -> str:
    return cameo_labels().get(code, "").capitalize()


@lru_cache(maxsize=1)
def _sector_labels() -> dict[str, str]:
    roles = (entry for entry in Lexicon().entries("roles", RoleEntry) if entry.kind == "sector")
    return {entry.sectors[0]: entry.icews or entry.names[0].capitalize() for entry in roles}


def _labels(text: str) -> str:
    return ",".join(_sector_labels().get(sector, sector) for sector in text.split(";"))
