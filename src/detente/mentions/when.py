"""What a reading of an expression of time is given, and what all readings share."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, structs

from detente.mentions import days
from detente.mentions.days import Days


class When(Struct):
    """What a relative expression leans on."""

    today: date | None
    """The page's date."""
    told: Sequence[Days]
    """The dates told before, the last one last: "a month later" counts from it."""
    period: Days | None
    """The quarter told last: beside a quarter's profit, "a year earlier" is the same quarter of the year before."""
    direction: Callable[[], int]
    """-1: the clause looks back; 1: ahead; 0: it does not say."""
    tell: str | None = None
    """What the pattern adds to its reading."""


REMEMBERED = 8
"""So many dates back "that day" may mean one."""
FRESH = timedelta(270)
"""Figures of a quarter are news for so long; what ended before is told to compare."""


class Told:
    """The dates that an article told so far, and the quarter whose figures it reports."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._dates: list[tuple[int, Days]] = []
        self.period: Days | None = None

    def add(self, at: int, made: Days) -> None:
        """A date told at an offset of the text."""
        if made.kind in ("DATE", "TIME") and made.start is not None and made.granularity != "vague":
            insort(self._dates, (at, made), key=lambda one: one[0])

    def before(self, at: int) -> tuple[Days, ...]:
        """The latest of those told before an offset."""
        end = bisect_left(self._dates, at, key=lambda one: one[0])
        return tuple(made for _, made in self._dates[max(0, end - REMEMBERED) : end])

    def report(self, made: Days, today: date | None) -> None:
        """A quarter, if it is the one whose figures are news."""
        if made.granularity != "quarter" or made.start is None or made.end is None:
            return
        if today is None or (made.start <= today and today - made.end < FRESH):
            self.period = made


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


def told_last(when: When, unit: str) -> Days | None:
    """The date told last that is as fine as a unit: "that day" after "on May 5 ... in 2008" is May 5."""
    fine = days.DAYS_OF.get(unit) or 28 * days.MONTHS_OF.get(unit, 0) + 3
    fitting = (one for one in reversed(when.told) if one.start and one.end and (one.end - one.start).days < fine)
    return next(fitting, when.told[-1] if when.told else None)


def told_day(when: When, unit: str) -> date | None:
    """The day that "later" and "the following" count from: of the date told last, else the page's."""
    last = told_last(when, unit)
    return last.start if last is not None and last.start is not None else when.today


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
