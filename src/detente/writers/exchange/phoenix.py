"""Phoenix, as the PETRARCH pipeline writes it: 26 columns parted by tabs, without a header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import IO

from detente.model import Event
from detente.readers.exchange.countries import names
from detente.readers.exchange.row import Row
from detente.writers.exchange.lines import Cells, Column, mapped, write_lines
from detente.writers.exchange.options import Choosing, Needs, Options, Written
from detente.writers.exchange.parties import code_column

_DEFAULT = Options()
NEEDS = Needs(facts=True, cameo=True, day=True)
PENTA = {**dict.fromkeys(("01", "02"), 0), **dict.fromkeys(("03", "04", "05"), 1),
         **dict.fromkeys(("06", "07", "08"), 2), **dict.fromkeys(("09", "10", "11", "12", "13", "16"), 3),
         **dict.fromkeys(("14", "15", "17", "18", "19", "20"), 4)}  # fmt: skip
"""The class of each root: Phoenix sets statements and appeals apart and counts 16 as verbal."""


def write_phoenix(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as Phoenix does, one line a pair of actors.

    Phoenix has no word for what did not happen and needs a CAMEO code: what has none, or is no fact, is left out and
    counted. Issues stay empty: they are its own dictionaries'. Of several articles the first one's address is there.
    """
    return write_lines(events, out, columns, Choosing(options, NEEDS))


def columns(rows: Cells) -> Sequence[Column]:
    """The cells, in the order of the format."""
    no = rows.empty()
    day, cameo = rows["day"], rows["cameo"]
    return [
        rows["id"], mapped(day, lambda d: d.replace("-", "")), mapped(day, lambda d: d[:4]),
        mapped(day, lambda d: d[5:7]), mapped(day, lambda d: d[8:10]),
        *_party(rows, "source"), *_party(rows, "target"),
        cameo, mapped(cameo, lambda code: code[:2]), mapped(cameo, lambda code: PENTA.get(code[:2])),
        rows["intensity"], no, rows["lat"], rows["lon"], rows["place_name"],
        no, rows["place_country"], no, rows["url"], rows["publisher"],
    ]  # fmt: skip


def _party(rows: Cells, role: str) -> list[Column]:
    code = code_column(rows, role)
    return [code, *(mapped(code, partial(_part, at)) for at in range(3))]


def _part(at: int, code: str) -> str:
    return parts_of(code)[at]


def parts_of(code: str) -> tuple[str, str, str]:
    """Entity, role and further attributes of a CAMEO string; who belongs to no country has its kind for an entity.

    "RUSGOVMIL" -> RUS, GOV, MIL; "IGONAT" -> IGO, none, NAT
    """
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    if parts and parts[0] not in names():
        return parts[0], "", ";".join(parts[1:])
    return parts[0] if parts else "", "".join(parts[1:2]), ";".join(parts[2:])
