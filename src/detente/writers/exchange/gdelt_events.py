"""GDELT 2.0 Events: 61 columns parted by tabs, without a header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import IO

from detente.lexicon import Lexicon
from detente.model import Event
from detente.readers.exchange.cells import quad_of_cameo
from detente.readers.exchange.countries import fips_codes, names
from detente.readers.exchange.row import Row
from detente.readers.petrarch import CodePart
from detente.writers.exchange.lines import Cells, Column, parted, write_lines
from detente.writers.exchange.options import Choosing, Needs, Options, Written, number_of
from detente.writers.exchange.parties import code_column

_DEFAULT = Options()
NEEDS = Needs(facts=True, cameo=True, day=True)
_KINDS = {"country": 1, "province": 5, "city": 4, "site": 4}
_IN_AMERICA = {"country": 1, "province": 2, "city": 3, "site": 3}


def write_gdelt_events(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as GDELT 2.0 does, one line a pair of actors.

    The id is `number_of` ours; the quad class is that of the CAMEO code. GDELT has no word for what did not happen and
    needs a CAMEO code: what has none, or is no fact, is left out and counted. Column meanings: GDELT 2.0 code book.
    """
    return write_lines(events, out, columns, Choosing(options, NEEDS))


def columns(rows: Cells) -> Sequence[Column]:
    """The cells, in the order of the format."""
    no = rows.empty()
    cameo = rows["cameo"]
    return [
        rows.each("id", number_of),
        *parted(rows["day"], [_compact, lambda day: _compact(day)[:6], lambda day: day[:4], fraction_of]),
        *_actor(rows, "source"), *_actor(rows, "target"),
        no, cameo, *parted(cameo, [lambda code: code[:3], lambda code: code[:2], _quad]), rows["intensity"],
        rows["reports"], rows["outlets"], rows["articles"], no,
        rows.empty(16),
        *_place(rows), rows.map("told", lambda d: f"{_compact(d)}000000"), rows["url"],
    ]  # fmt: skip


def _quad(code: str) -> int | None:
    found = quad_of_cameo(code)
    return found if isinstance(found, int) else None  # users' own events may hold any code


def _compact(day: str) -> str:
    return day.replace("-", "")


def fraction_of(day: str) -> str | None:
    """ "2018-03-28" -> "2018.2411": months of thirty days in a year of 365, the months counted from 0.

    GDELT's code book prints MONTH * 30 + DAY, which leaves the year in December; so its own files have it.
    """
    try:
        told = date.fromisoformat(day)
    except ValueError:  # users' own events may hold anything
        return None
    return f"{told.year + ((told.month - 1) * 30 + told.day) / 365:.4f}"


def _actor(rows: Cells, role: str) -> list[Column]:
    code = code_column(rows, role)
    country, group, *types = parted(code, [partial(_part, at) for at in range(5)])
    return [code, rows.map(f"{role}_name", str.upper), country, group, rows.empty(3), *types]


def _part(at: int, code: str) -> str:
    return parts_of(code)[at]


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(part.id.partition("#")[2] for part in Lexicon().entries("codes", CodePart))


@lru_cache(maxsize=10_000)
def parts_of(code: str) -> tuple[str, str, str, str, str]:
    """Country, known group and up to three roles of a CAMEO string.

    "RUSGOVMIL" -> RUS, none, GOV, MIL, none; "IGONAT" -> none, NAT, IGO, none, none
    """
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    country = parts.pop(0) if parts and (parts[0] in names() or parts[0] == "KOS") else ""
    roles = [part for part in parts if part in _roles()][:3]
    group = next((part for part in parts if part not in _roles()), "")
    first, second, third = (*roles, "", "", "")[:3]
    return country, group, first, second, third


def _place(rows: Cells) -> list[Column]:
    fields = ["place_precision", "place_country"]
    fips = rows.map("place_country", fips_codes().get)
    no = rows.empty()
    return [rows.together(fields, _kind), rows["place_name"], fips, rows.together(fields, _first_level), no,
            rows["lat"], rows["lon"], no]  # fmt: skip


def _kind(precision: str, country: str) -> int | None:
    return (_IN_AMERICA if country == "USA" else _KINDS).get(precision)


def _first_level(precision: str, country: str) -> str | None:
    """Of a country GDELT repeats its code; provinces we do not number as it does."""
    return fips_codes().get(country) if precision == "country" else None
