"""Stretches of the calendar: what a day, a week, "early May" or "the second half of 2009" covers.

month(2009, 5)                     -> 2009-05, 2009-05-01 to 2009-05-31
part(month(2009, 5), "2/2")        -> 2009-05-16/2009-05-31
shifted(date(2009, 6, 28), -3, "week")  -> 2009-06-07
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import MAXYEAR, date, timedelta
from typing import Literal

from msgspec import Struct

Granularity = Literal["time", "day", "week", "month", "quarter", "season", "year", "decade", "century", "vague"]
Kind = Literal["DATE", "TIME", "DURATION", "SET"]


class Days(Struct, frozen=True):
    """A closed interval of days with its TIMEX3 value; without start and end when nothing anchors it."""

    value: str
    start: date | None
    end: date | None
    granularity: Granularity
    exact: bool = True
    mod: str | None = None
    kind: Kind = "DATE"
    leans: bool = False
    """It was resolved against the page's date ("Monday", "last year") and not said outright ("May 2009")."""


def day(when: date) -> Days:
    """One day."""
    return Days(when.isoformat(), when, when, "day")


def month(year: int, number: int) -> Days:
    """A month of a year."""
    return Days(f"{year:04}-{number:02}", date(year, number, 1), last_day(year, number), "month")


def last_day(year: int, number: int) -> date:
    """The last day of a month."""
    return date(year, number, 31) if number == 12 else date(year, number + 1, 1) - timedelta(1)


def year(number: int) -> Days:
    """A calendar year."""
    return Days(f"{number:04}", date(number, 1, 1), date(number, 12, 31), "year")


def week(inside: date) -> Days:
    """The week, Monday to Sunday, that a day lies in."""
    monday = inside - timedelta(inside.weekday())
    iso = monday.isocalendar()
    return Days(f"{iso.year}-W{iso.week:02}", monday, monday + timedelta(6), "week")


def weekend(inside: date) -> Days:
    """Saturday and Sunday of the week that a day lies in."""
    whole = week(inside)
    monday = inside - timedelta(inside.weekday())
    return Days(f"{whole.value}-WE", monday + timedelta(5), monday + timedelta(6), "day")


def quarter(number: int, which: int) -> Days:
    """A calendar quarter."""
    first = 3 * which - 2
    return Days(f"{number:04}-Q{which}", date(number, first, 1), last_day(number, first + 2), "quarter")


def half(number: int, which: int) -> Days:
    """January to June, or July to December."""
    first, last = (1, 6) if which == 1 else (7, 12)
    return Days(f"{number:04}-H{which}", date(number, first, 1), last_day(number, last), "quarter")


SEASONS = {"WI": 12, "SP": 3, "SU": 6, "FA": 9}


def season(number: int, which: str) -> Days:
    """Three months of the northern half of the world, which news in English means; winter ends in the next year."""
    first = SEASONS[which]
    end = last_day(number + 1, 2) if which == "WI" else last_day(number, first + 2)
    return Days(f"{number:04}-{which}", date(number, first, 1), end, "season", exact=False)


def decade(first: int) -> Days:
    """The ten years that begin with a year ending in 0."""
    return Days(f"{first // 10:03}", date(first, 1, 1), date(first + 9, 12, 31), "decade")


def century(which: int) -> Days:
    """The 20th century is 1901 to 2000."""
    return Days(f"{which - 1:02}", date(100 * which - 99, 1, 1), date(min(100 * which, MAXYEAR), 12, 31), "century")


def around(when: date, unit: str) -> Days:
    """The unit of the calendar that a day lies in."""
    return AROUND[unit](when)


AROUND: dict[str, Callable[[date], Days]] = {
    "day": day,
    "week": week,
    "weekend": weekend,
    "fortnight": week,
    "month": lambda when: month(when.year, when.month),
    "quarter": lambda when: quarter(when.year, (when.month + 2) // 3),
    "half": lambda when: half(when.year, 1 if when.month < 7 else 2),
    "year": lambda when: year(when.year),
    "decade": lambda when: decade(when.year // 10 * 10),
    "century": lambda when: century((when.year - 1) // 100 + 1),
    "millennium": lambda when: century((when.year - 1) // 100 + 1),
}  # fmt: skip

DAYS_OF = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}


FIRST_YEAR, LAST_YEAR = 200, 9800
"""Beyond these no century or week around a day would fit into the calendar."""


def shifted(when: date, count: float, unit: str) -> date | None:
    """The day so many units away, at the end of a shorter month where needed; None outside the calendar."""
    if unit in DAYS_OF:
        try:
            moved = when + timedelta(round(count * DAYS_OF[unit]))
        except OverflowError:
            return None
        return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None
    if unit not in MONTHS_OF:
        return when
    months = when.year * 12 + when.month - 1 + round(count * MONTHS_OF[unit])
    number, index = divmod(months, 12)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    return when.replace(year=number, month=index + 1, day=1) + timedelta(
        min(when.day, last_day(number, index + 1).day) - 1
    )


PARTS = {"START": "1/3", "MID": "2/3", "END": "3/3"}
"""Early, mid and late are thirds: the first ten days of a month, the first four months of a year."""


def part(whole: Days, which: str) -> Days:
    """The n-th of m parts of a stretch; START, MID and END are thirds that keep the value and say so in `mod`.

    "the second half of May 2009" -> 2009-05-16/2009-05-31       "early May" -> 2009-05 START, 05-01 to 05-10
    """
    if whole.start is None or whole.end is None:
        return Days(whole.value, None, None, whole.granularity, False, which if which in PARTS else None, whole.kind)
    index, count = (int(number) for number in PARTS.get(which, which).split("/"))
    if whole.granularity == "week":
        start, end = _part_of_week(whole.start, index, count)
    elif (whole.end - whole.start).days > 92:
        start, end = _part_of_months(whole.start, whole.end, index, count)
    else:
        # A half of May ends on the 15th and a third on the 10th and 20th, however long the month is.
        step = (30 if whole.granularity == "month" else (whole.end - whole.start).days + 1) / count
        start = whole.start + timedelta(round((index - 1) * step))
        end = whole.end if index == count else whole.start + timedelta(round(index * step) - 1)
    if which in PARTS:
        return Days(whole.value, start, end, whole.granularity, False, which)
    return Days(f"{start.isoformat()}/{end.isoformat()}", start, end, "day", False)


def _part_of_week(monday: date, index: int, count: int) -> tuple[date, date]:
    """Early is Monday and Tuesday, the middle Tuesday to Thursday, late Thursday to Sunday."""
    first, last = {(1, 3): (0, 1), (2, 3): (1, 3), (3, 3): (3, 6), (1, 2): (0, 2), (2, 2): (3, 6)}.get(
        (index, count), (0, 6)
    )
    return monday + timedelta(first), monday + timedelta(last)


def _part_of_months(start: date, end: date, index: int, count: int) -> tuple[date, date]:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    first = start.year * 12 + start.month - 1 + (index - 1) * months // count
    last = start.year * 12 + start.month - 1 + index * months // count - 1
    return date(first // 12, first % 12 + 1, 1), last_day(last // 12, last % 12 + 1)


def stretch(first: Days, last: Days) -> Days | None:
    """From the first day of one to the last day of the other; None where that would run backwards."""
    if first.start is None or last.end is None:
        return Days(f"{first.value}/{last.value}", None, None, first.granularity, False)
    if first.start > last.end:
        return None
    return Days(
        f"{first.value}/{last.value}",
        first.start,
        last.end,
        first.granularity,
        first.exact and last.exact,
        leans=first.leans or last.leans,
    )
