"""Gold: what must come out of a page, row by row, as a person reads it.

A gold file is TOML with one `[[row]]` per thing that the page tells:

    [[row]]
    id = "expulsion"
    part = "body"
    words = "NATO expelled two Russian diplomats"   # the trigger lies in these words of the page
    types = ["SANCTION", "COERCE"]                  # any of these is right
    source = ["NATO"]
    target = ["RUS GOV"]                            # country (or id) and, where it matters, sectors; "A|B": either
    standing = ["happened"]
    speaker = "sergei-lavrov"                       # left out: the outlet's own word
    start = "2009-05-01"                            # checked where given
    end = "2009-06-30"
    place = "GEO"                                   # country of the place, checked where given
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from detente.errors import DetenteError
from detente.model import Part, Standing, Type

SHIPPED = Path(__file__).parent / "gold"


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that the page tells. An empty `types` means: no event here, whatever its standing."""

    id: str
    part: Part
    words: str
    types: tuple[Type, ...] = ()
    source: tuple[str, ...] | None = None
    """None: not checked, since the page leaves it open."""
    target: tuple[str, ...] | None = None
    reciprocal: bool = False
    standing: tuple[Standing, ...] = ("happened",)
    speaker: str | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    note: str = ""

    @property
    def happened(self) -> bool:
        """It stands as a fact on the page."""
        return bool(self.types) and "happened" in self.standing


def gold_of(name: str | Path) -> tuple[Row, ...]:
    """The rows of a gold file, or of the shipped gold of this name ("founding").

    Raises `DetenteError` when there is no such file or a row is wrong.
    """
    path = SHIPPED / f"{name}.toml" if str(name).isidentifier() else Path(name)
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("row", [])
        return tuple(msgspec.convert(row, Row) for row in rows)
    except FileNotFoundError:
        shipped = ", ".join(sorted(file.stem for file in SHIPPED.glob("*.toml")))
        raise DetenteError(f"{path}: no such gold file; shipped are: {shipped}") from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DetenteError(f"{path}: {error}") from None
