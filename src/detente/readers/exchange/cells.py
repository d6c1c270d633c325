"""Cells of tables, read a column at a time: each different text is looked at once, however often it stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from detente.lexicon import Lexicon
from detente.reports.ontology import Term


class Fixed(NamedTuple):
    """A value that stood there otherwise, with what was mended."""

    value: Any
    what: str


class Bad(NamedTuple):
    """A cell that says nothing, with why; it is left empty."""

    what: str


Reading = Callable[[str], Any]
"""From the text of a cell to its value, `Fixed` or `Bad`; raises nothing."""
Column: TypeAlias = Any
"""An Arrow array; what Arrow's functions give back has no type that the checker knows."""
pc: Any = compute
STRING = pa.string()
NOTHING: Any = pa.scalar(None, STRING)


class Raw:
    """A stretch of a table as text, with the numbers of its lines, and what was mended in it."""

    def __init__(self, columns: Mapping[str, Column], lines: np.ndarray[Any, Any]) -> None:
        self._columns = columns
        self.lines = lines
        self.mended: dict[str, tuple[int, int]] = {}
        """First line and number of what was mended, by what it was."""

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, name: str) -> Column:
        """A column as it stands; empty cells are null."""
        column = self._columns.get(name)
        if column is None:
            return pa.nulls(len(self), STRING)
        return pc.if_else(pc.equal(column, ""), NOTHING, column)

    def map(self, name: str, reading: Reading, type: pa.DataType = STRING) -> Column:
        """A column, read; what is mended or left empty is noted."""
        encoded = pc.dictionary_encode(self[name])
        values: list[Any] = []
        for number, text in enumerate(encoded.dictionary.to_pylist()):
            value = reading(text)
            if isinstance(value, Fixed | Bad):
                self._note(f"{name}: {value.what}", encoded.indices, number)
                value = value.value if isinstance(value, Fixed) else None
            values.append(value)
        return pa.array(values, type).take(encoded.indices)

    def note(self, what: str, where: np.ndarray[Any, Any]) -> None:
        """Note what was mended in the rows of these numbers."""
        if len(where):
            first, count = self.mended.get(what, (int(self.lines[where].min()), 0))
            self.mended[what] = (min(first, int(self.lines[where].min())), count + len(where))

    def _note(self, what: str, indices: Column, number: int) -> None:
        found = np.nonzero(np.asarray(pc.fill_null(indices, -1)) == number)[0]
        self.note(what, found)


def read_distinct(column: Column, reading: Reading, type: pa.DataType = STRING) -> Column:
    """A column of text read by a function that raises nothing and mends nothing; null stays null."""
    encoded = pc.dictionary_encode(column)
    return pa.array([reading(text) for text in encoded.dictionary.to_pylist()], type).take(encoded.indices)


def joined(columns: Sequence[Column]) -> Column:
    """The columns' texts parted by ";"; those that say nothing are passed over."""
    # Arrow's own way of skipping nulls drops whole rows that begin with one (seen in pyarrow 26).
    found = pc.binary_join_element_wise(*columns, ";", null_handling="replace", null_replacement="")
    found = pc.utf8_trim(pc.replace_substring_regex(found, ";{2,}", ";"), ";")
    return pc.if_else(pc.equal(found, ""), NOTHING, found)


def first_of(*columns: Column) -> Column:
    """The first of the columns that says something."""
    return pc.coalesce(*columns)


def shown(text: str) -> str:
    """A cell as a message shows it: one line, cut."""
    short = " ".join(text.split())
    return f"'{short[:40]}...'" if len(short) > 40 else f"'{short}'"


# ---------------------------------------------------------------------------------------------------------------------
# Days

_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?(?:\.0)?")
_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d-%b-%Y", "%Y/%m/%d", "%d.%m.%Y")


def day_of(text: str) -> str | Fixed | Bad:
    """ "2018-06-01" or "2018-06-01 00:00:00.000" -> "2018-06-01"; "20180601" and "01 June 2018" too, as mended."""
    if (found := _iso(text)) is not None:
        return found
    if (found := _compact(text)) is not None:
        return Fixed(found, "a date as a number")
    if (found := _spelt(text)) is not None:
        return Fixed(found, "a date written otherwise")
    return Bad(f"{shown(text)} is no date")


def number_day_of(text: str) -> str | Fixed | Bad:
    """ "20180601" or "20180601123000" -> "2018-06-01"; dates in other forms too, as mended."""
    if (found := _compact(text)) is not None:
        return Fixed(found, "a date with a decimal point") if "." in text else found
    found = _iso(text) or _spelt(text)
    return Fixed(found, "a date written otherwise") if found else Bad(f"{shown(text)} is no date")


def _iso(text: str) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat() if text[4:5] == "-" else None
    except ValueError:
        return None


def _compact(text: str) -> str | None:
    match = _DIGITS.fullmatch(text.strip())
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def _spelt(text: str) -> str | None:
    for form in _WORDS:
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    return None


# ---------------------------------------------------------------------------------------------------------------------
# Numbers

_MOST = 1 << 53
"""The greatest whole number that those who read with floating point still tell from the next."""


def whole(text: str) -> int | Fixed | Bad:
    """ "12" -> 12; "12.0" too, as mended."""
    try:
        value = int(text)
    except ValueError:
        number = decimal(text)
        if isinstance(number, float) and number.is_integer() and abs(number) < _MOST:
            return Fixed(int(number), "a whole number with a decimal point")
        return Bad(f"{shown(text)} is no whole number")
    return value if abs(value) < 1 << 63 else Bad(f"{shown(text)} is too great")


def decimal(text: str) -> float | Fixed | Bad:
    """ "41.7" -> 41.7; "41,7" too, as mended."""
    try:
        value = float(text)
    except ValueError:
        if text.count(",") == 1 and "." not in text and re.fullmatch(r"[+-]?\d+,\d+", text):
            return Fixed(float(text.replace(",", ".")), "a decimal comma")
        return Bad(f"{shown(text)} is no number")
    return value if np.isfinite(value) else Bad(f"{shown(text)} is no number")


def latitude(text: str) -> float | Fixed | Bad:
    """Degrees north, -90 to 90."""
    return _within(text, 90.0)


def longitude(text: str) -> float | Fixed | Bad:
    """Degrees east, -180 to 180."""
    return _within(text, 180.0)


def _within(text: str, most: float) -> float | Fixed | Bad:
    found = decimal(text)
    value = found.value if isinstance(found, Fixed) else found
    return Bad(f"{shown(text)} is no degree") if isinstance(value, float) and abs(value) > most else found


def quad(text: str) -> int | Fixed | Bad:
    """1 to 4."""
    found = whole(text)
    value = found.value if isinstance(found, Fixed) else found
    return Bad(f"{shown(text)} is no quad class") if isinstance(value, int) and not 1 <= value <= 4 else found


# ---------------------------------------------------------------------------------------------------------------------
# CAMEO codes


@lru_cache(maxsize=1)
def cameo_labels() -> Mapping[str, str]:
    """Every CAMEO code with our label."""
    terms = Lexicon().entries("ontology", Term)
    return {term.id.partition("#")[2]: term.label for term in terms if term.id.startswith("ontology/cameo#")}


def cameo_reading(codes: Iterable[str | None]) -> Reading:
    """How the codes of a file are to be read: where it lost its leading zeros, "10" is "010".

    That is decided by all the codes of a stretch: "40" and "311" can be nothing but "040" and "0311", and no code there
    begins with a zero.
    """
    known = cameo_labels()
    told = {code for code in codes if code}
    lost = any(code not in known and f"0{code}" in known for code in told) and not any(c[0] == "0" for c in told)

    def reading(text: str) -> str | Fixed | Bad:
        code = text.strip()
        if f"0{code}" in known and (lost or code not in known):
            return Fixed(f"0{code}", "a CAMEO code without its leading zero")
        if code in known:
            return code
        if re.fullmatch(r"\d{2,4}[A-Z]?", code):
            return Fixed(code, f"{shown(code)} is no code of CAMEO; kept")
        return Bad(f"{shown(text)} is no code of CAMEO")

    return reading


def quad_of_cameo(code: str) -> int | Bad:
    """The quad class of a CAMEO code by its root, as GDELT and ICEWS have it (16 is material conflict)."""
    root = code[:2]
    if not root.isdigit():
        return Bad(f"{shown(code)} is no code of CAMEO")
    return 1 if root <= "05" else 2 if root <= "08" else 3 if root <= "13" else 4
