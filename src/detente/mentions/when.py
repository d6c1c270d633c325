"""What a reading of an expression of time is given, and what all readings share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, structs

from detente.mentions import days
from detente.mentions.days import Days


class When(Struct):
    """What a relative expression leans on."""

    today: date | None
    """The page's date."""
    last: Days | None
    """The date told last before: "a month later" counts from it."""
    period: Days | None
    """The quarter told last: beside a quarter's profit, "a year earlier" is the same quarter of the year before."""
    direction: Callable[[], int]
    """-1: the clause looks back; 1: ahead; 0: it does not say."""
    tell: str | None = None
    """What the pattern adds to its reading."""


Slots = Mapping[str, Any]


Reading = Callable[[Slots, When], Days | None]


def valid(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has none ("June 31")."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


# A day of a month without a year is the nearest one, unless the tense says otherwise: "the meeting was set for
# Nov. 16" in an October story looks ahead although the verb is past, hence the slack.
SLACK = timedelta(60)


def nearest(today: date, candidates: list[date], direction: int) -> date:
    """The day among several years' that the clause looks to."""
    if direction > 0:
        ahead = [one for one in candidates if one >= today]
        if ahead:
            return min(ahead)
    if direction < 0:
        back = [one for one in candidates if one <= today + SLACK]
        if back:
            return max(back)
    return min(candidates, key=lambda one: (abs(one - today), one > today))


def told_day(when: When) -> date | None:
    """The day that "later" and "the following" count from: of the date told last, else the page's."""
    if when.last is not None and when.last.start is not None:
        return when.last.start
    return when.today


UNKNOWN = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
           "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX"}  # fmt: skip


GRAIN: dict[str, days.Granularity] = {
    "day": "day", "week": "week", "weekend": "day", "fortnight": "week", "month": "month", "quarter": "quarter",
    "half": "quarter", "year": "year", "decade": "decade", "century": "century", "millennium": "century",
}  # fmt: skip


def unit_at(base: date | None, steps: float, unit: str) -> Days | None:
    """The week, month ... so many steps from the one that a day lies in."""
    if unit not in days.AROUND:
        return None
    if base is None:
        return Days(UNKNOWN.get(unit, "XXXX"), None, None, GRAIN[unit], leans=True)
    moved = days.shifted(base, steps, unit)
    return structs.replace(days.around(moved, unit), leans=True) if moved else None


def unit_of(slots: Slots) -> str:
    """The unit, told as one or as several."""
    return str(slots.get("unit") or slots["units"])
