"""Two sets of events side by side: what both have, what only one has, and how their counts go together over time.

Sets from anywhere have actors, days and a class in common and little else: two rows are one event to both when the same
pair of countries (or bodies) does something of one class to each other within a day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import numpy as np
from msgspec import Struct

from detente.model import FACTS
from detente.readers.exchange import Row

By = Literal["quad", "type", "root", "code"]
"""What must be the same: the quad class, PLOVER's type, the root of the CAMEO code, or all of it."""
Dyad = tuple[str, str]

_CLASS: Mapping[By, Callable[[Row], object]] = {
    "quad": lambda row: row.quad,
    "type": lambda row: row.type,
    "root": lambda row: row.cameo[:2] if row.cameo else None,
    "code": lambda row: row.cameo,
}


class Cell(Struct, frozen=True, kw_only=True):
    """How many events of a kind, a dyad or a month each set has, and both."""

    name: str
    a: int
    b: int
    both: int
    correlation: float | None = None
    """Of the counts by month (Pearson), -1 to 1; None where one of them never changes."""


class Compared(Struct, frozen=True, kw_only=True):
    """Two sets over the days that both cover."""

    first: date | None
    last: date | None
    """None where the sets have no day in common."""
    a: int
    b: int
    both: int
    outside: tuple[int, int]
    """Events of either set on other days."""
    unusable: tuple[int, int]
    """Rows without a day, an actor on each side or a class, and rows that are no facts."""
    correlation: float | None
    """Over all pairs and months."""
    classes: tuple[Cell, ...]
    dyads: tuple[Cell, ...]
    months: tuple[Cell, ...]
    matched: tuple[tuple[Row, Row], ...]
    """The first pairs, to look at."""
    only_a: tuple[Row, ...]
    only_b: tuple[Row, ...]


class _Told(Struct, frozen=True):
    """A row with what counts of it."""

    day: date
    dyad: Dyad
    kind: str
    row: Row


def compared(
    a: Iterable[Row], b: Iterable[Row], *, by: By = "quad", days: int = 1, dyads: int = 20, examples: int = 5
) -> Compared:
    """What two sets have in common; `days` is how far the days of one event may lie apart in them.

    `dyads` and `examples` are how many pairs of actors and how many rows are shown.
    """
    (left, lost_a), (right, lost_b) = _usable(a, by), _usable(b, by)
    first = max(min((one.day for one in side), default=date.max) for side in (left, right))
    last = min(max((one.day for one in side), default=date.min) for side in (left, right))
    ours_inside, theirs_inside = (tuple(one for one in side if first <= one.day <= last) for side in (left, right))
    inside = ours_inside, theirs_inside
    pairs = _matched(*inside, days)
    ours, theirs = ({id(pair[side]) for pair in pairs} for side in (0, 1))
    return Compared(
        first=first if first <= last else None,
        last=last if first <= last else None,
        a=len(inside[0]),
        b=len(inside[1]),
        both=len(pairs),
        outside=(len(left) - len(inside[0]), len(right) - len(inside[1])),
        unusable=(lost_a, lost_b),
        correlation=_correlation(*inside),
        classes=tuple(_cells(*inside, pairs, lambda one: one.kind)),
        dyads=tuple(_dyads(*inside, pairs, dyads)),
        months=tuple(sorted(_cells(*inside, pairs, _month), key=lambda cell: cell.name)),
        matched=tuple((one.row, other.row) for one, other in pairs[:examples]),
        only_a=tuple(one.row for one in inside[0] if id(one) not in ours)[:examples],
        only_b=tuple(one.row for one in inside[1] if id(one) not in theirs)[:examples],
    )


def _usable(rows: Iterable[Row], by: By) -> tuple[list[_Told], int]:
    """What can be compared, by its days, and how many rows cannot."""
    found, lost, kind_of = [], 0, _CLASS[by]
    for row in rows:
        source = row.source_country or row.source_code or row.source_id
        target = row.target_country or row.target_code or row.target_id
        kind = kind_of(row)
        is_fact = row.standing is None or row.standing in FACTS
        if not (row.day and source and target and kind is not None and is_fact):
            lost += 1
            continue
        found.append(_Told(date.fromisoformat(row.day[:10]), (source, target), str(kind), row))
    return sorted(found, key=lambda one: (one.day, one.dyad, one.kind)), lost


def _matched(a: Sequence[_Told], b: Sequence[_Told], days: int) -> list[tuple[_Told, _Told]]:
    """Each with the next of the other set within so many days; each is matched once."""
    theirs: defaultdict[tuple[Dyad, str], list[_Told]] = defaultdict(list)
    for one in b:
        theirs[one.dyad, one.kind].append(one)
    at: Counter[tuple[Dyad, str]] = Counter()
    pairs = []
    for one in a:
        key = one.dyad, one.kind
        others = theirs.get(key, [])
        while at[key] < len(others) and (one.day - others[at[key]].day).days > days:
            at[key] += 1
        if at[key] < len(others) and (others[at[key]].day - one.day).days <= days:
            pairs.append((one, others[at[key]]))
            at[key] += 1
    return pairs


def _cells(
    a: Sequence[_Told], b: Sequence[_Told], pairs: Sequence[tuple[_Told, _Told]], key: Callable[[_Told], str]
) -> list[Cell]:
    ours, theirs = Counter(map(key, a)), Counter(map(key, b))
    both = Counter(key(one) for one, _ in pairs)
    cells = [Cell(name=name, a=ours[name], b=theirs[name], both=both[name]) for name in {**ours, **theirs}]
    return sorted(cells, key=lambda cell: (-cell.a - cell.b, cell.name))


def _dyads(a: Sequence[_Told], b: Sequence[_Told], pairs: Sequence[tuple[_Told, _Told]], most: int) -> list[Cell]:
    found = []
    for cell in _cells(a, b, pairs, lambda one: " to ".join(one.dyad))[:most]:
        dyad = tuple(cell.name.split(" to "))
        sides = [[one for one in side if one.dyad == dyad] for side in (a, b)]
        months = _months(a, b)
        counts = [Counter(map(_month, side)) for side in sides]
        correlation = _pearson([[count[month] for month in months] for count in counts])
        found.append(Cell(name=cell.name, a=cell.a, b=cell.b, both=cell.both, correlation=correlation))
    return found


def _month(one: _Told) -> str:
    return f"{one.day:%Y-%m}"


def _months(a: Sequence[_Told], b: Sequence[_Told]) -> list[str]:
    return sorted({_month(one) for side in (a, b) for one in side})


def _correlation(a: Sequence[_Told], b: Sequence[_Told]) -> float | None:
    counts = [Counter((one.dyad, _month(one)) for one in side) for side in (a, b)]
    cells = sorted({*counts[0], *counts[1]})
    return _pearson([[count[cell] for cell in cells] for count in counts])


def _pearson(series: Sequence[Sequence[int]]) -> float | None:
    one, other = (np.array(counts, float) for counts in series)
    if len(one) < 2 or not one.std() or not other.std():
        return None
    return round(float(np.corrcoef(one, other)[0, 1]), 3)
