"""PLOVER's auxiliary modes, for those who exchange data in its form: historical, future, hypothetical, negation.

They say less than the standing, from which they are made:

"Kenya will expel two diplomats"               planned       future
"Kenya did not expel two diplomats"            denied        negation
"Kenya may expel two diplomats"                hypothetical  hypothetical
"Somalia said Kenya should expel them"         demanded      hypothetical
"the threatened expulsion of two diplomats"    threatened    hypothetical
"Did Kenya expel two diplomats?"               asked         hypothetical
"In 1989 Kenya expelled two diplomats"         happened      historical, on a page of 2024
"Kenya expelled two diplomats on Monday"       happened      none
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from detente.model import Report, Standing

Auxiliary = Literal["historical", "future", "hypothetical", "negation"]

# PLOVER gives no number. News takes up an event again for months, by its anniversary at the latest; what lies
# further back is told as history.
HISTORY_DAYS = 365

BY_STANDING: Mapping[Standing, Auxiliary] = {
    "planned": "future",
    "denied": "negation",
    "hypothetical": "hypothetical",
    "demanded": "hypothetical",
    "threatened": "hypothetical",
    "asked": "hypothetical",
}


def auxiliary_of(report: Report, published: str | None) -> Auxiliary | None:
    """The auxiliary mode of a report; None for a fact of the time of the page.

    `published` is the page's date (ISO 8601, a day or longer); a fact is historical when its last day is stated and
    lies more than `HISTORY_DAYS` before it. A page whose date is less precise or unknown has no history.
    """
    if report.standing in BY_STANDING:
        return BY_STANDING[report.standing]
    end = report.time.end if report.time is not None and report.time.basis in ("stated", "inherited") else None
    last, today = _day(end), _day(published)
    return "historical" if last and today and (today - last).days > HISTORY_DAYS else None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
