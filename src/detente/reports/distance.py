"""Days that are counted from what the clause above tells: "two weeks after Russia expelled them"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import Struct

from detente.model import Clause, TimeMention
from detente.reports.scene import Scene

_SIDE = {"after": -1, "before": 1}
_LENGTH = re.compile(r"P(\d{1,3})([DWMY])")
_LONGEST = 9999


class Counted(Struct, frozen=True):
    """First and last day, and the length that was counted."""

    start: str
    end: str
    length: TimeMention


def counted_from(day: str, clause: Clause, scene: Scene) -> Counted | None:
    """The days of a clause that lies a length before or after the day of the one above.

    "comes a day after Chad released it"       the day before
    "two months before Chad released it"       the month after next
    """
    for i in scene.kids(clause.predicate):
        token = scene.tokens[i]
        side = _SIDE.get(token.form.lower()) if token.relation in ("mark", "case") else None
        if side is None:
            continue
        for _, mention in scene.times:
            if mention.type == "DURATION" and 0 <= token.start - mention.words[1] <= 1:
                return _counted(date.fromisoformat(day), side, mention)
    return None


def _counted(day: date, side: int, mention: TimeMention) -> Counted | None:
    read = _LENGTH.fullmatch(mention.value)
    if read is None:
        return None
    count, unit = int(read[1]), read[2]
    if unit in "DW":
        found = day + side * timedelta(count * (7 if unit == "W" else 1))
        return Counted(found.isoformat(), found.isoformat(), mention)
    months = day.year * 12 + day.month - 1 + side * count * (12 if unit == "Y" else 1)
    if not 12 <= months < _LONGEST * 12:
        return None
    first, following = (date(at // 12, at % 12 + 1, 1) for at in (months, months + 1))
    return Counted(first.isoformat(), (following - timedelta(1)).isoformat(), mention)
