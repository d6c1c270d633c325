"""Readings of dates: days, months, years, seasons, and days with a name."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import structs

from detente.mentions import days
from detente.mentions.days import Days
from detente.mentions.when import Slots, When, nearest, valid


def read_date(slots: Slots, when: When) -> Days | None:
    """ "June 27, 2009", "27 June", "Monday, Oct. 26", "May 2009", "May"."""
    month, number = slots["month"], slots.get("day")
    year = slots.get("year")
    if number is None:
        return read_month(month, year, when)
    if year is not None:
        found = valid(year, month, number)
        return days.day(found) if found else None
    if when.today is None:
        return Days(f"XXXX-{month:02}-{number:02}", None, None, "day") if valid(2000, month, number) else None
    candidates = [found for step in (-1, 0, 1) if (found := valid(when.today.year + step, month, number)) is not None]
    if not candidates:
        return None
    return structs.replace(days.day(nearest(when.today, candidates, when.direction())), leans=True)


def read_month(month: int, year: int | None, when: When) -> Days:
    """A month with its year, or the one that the clause looks to: the last, the next, else the nearest."""
    if year is not None:
        return days.month(year, month)
    if when.today is None:
        return Days(f"XXXX-{month:02}", None, None, "month", leans=True)
    ahead = (month - when.today.month) % 12
    direction = when.direction()
    if direction > 0 or (direction == 0 and ahead <= 2):
        index = when.today.year * 12 + when.today.month - 1 + ahead
    else:
        index = when.today.year * 12 + when.today.month - 1 + (ahead - 12 if ahead else 0)
    return structs.replace(days.month(index // 12, index % 12 + 1), leans=True)


def read_figures(slots: Slots, when: When) -> Days | None:
    """ "2009-06-28", "28/6/2009", "6/28/09", "2008/09", "2008-09"."""
    if "iso" in slots:
        stamp = slots["iso"]
        try:
            found = days.day(date.fromisoformat(stamp[:10]))
        except ValueError:
            return None
        return structs.replace(found, value=stamp[:16], kind="TIME", granularity="time") if "T" in stamp else found
    text = slots["figures"]
    parts = text.replace("–", "-").replace("-", "/").replace(".", "/").split("/")
    numbers = [int(part) for part in parts]
    if len(numbers) == 2:
        return _two_years(parts, numbers)
    if len(parts[0]) == 4:
        found_day = valid(numbers[0], numbers[1], numbers[2])
    else:
        year = numbers[2] + (0 if len(parts[2]) == 4 else 2000 if numbers[2] < 50 else 1900)
        # Month first is American, day first the rest of the world: a dot, or a number over 12, says which.
        day_first = numbers[0] > 12 or "." in text
        month, number = (numbers[1], numbers[0]) if day_first else (numbers[0], numbers[1])
        found_day = valid(year, month, number)
        if found_day and max(numbers[0], numbers[1]) <= 12 and numbers[0] != numbers[1] and "." not in text:
            return structs.replace(days.day(found_day), exact=False)
    return days.day(found_day) if found_day else None


def _two_years(parts: list[str], numbers: list[int]) -> Days | None:
    """ "2008/09" is two years in a row; "9/11" is no date by itself."""
    if len(parts[0]) != 4 or len(parts[1]) not in (2, 4) or not 1000 <= numbers[0] < 2200:
        return None
    last = numbers[1] if len(parts[1]) == 4 else numbers[0] // 100 * 100 + numbers[1]
    return days.stretch(days.year(numbers[0]), days.year(last)) if last == numbers[0] + 1 else None


def read_year(slots: Slots, when: When) -> Days | None:
    """ "2009"."""
    return days.year(slots["year"])


def read_decade(slots: Slots, when: When) -> Days | None:
    """ "the 1990s", "the nineties"."""
    return days.decade(int(slots["decade"]))


def read_century(slots: Slots, when: When) -> Days | None:
    """ "the 20th century"."""
    return days.century(slots["ordinal"]) if slots["unit"] == "century" and 1 <= slots["ordinal"] <= 30 else None


def read_named_day(slots: Slots, when: When) -> Days | None:
    """ "9/11", "Black Monday", "Christmas", "Christmas 2008", "New Year's Day".

    The value is a date once for all ("2001-09-11"), or month and day of every year ("12-25"); "11-4:4" is the fourth
    Thursday of November, and "4-1:-1" the last Monday of April.
    """
    value = str(slots["holiday"])
    if len(value) == 10:
        return days.day(date.fromisoformat(value))
    year = slots.get("year")
    if year is not None:
        return _holiday(value, year)
    if when.today is None:
        return Days(f"XXXX-{value}" if ":" not in value else "XXXX-XX-XX", None, None, "day", leans=True)
    around = [found for step in (-1, 0, 1) if (found := _holiday(value, when.today.year + step)) is not None]
    starts = [found.start for found in around if found.start is not None]
    if not starts:
        return None
    meant = nearest(when.today, starts, when.direction())
    return structs.replace(next(found for found in around if found.start == meant), leans=True)


def _holiday(value: str, year: int) -> Days | None:
    if value == "easter":
        return days.day(_easter(year))
    if ":" not in value:
        month, number = value.split("-")
        found = valid(year, int(month), int(number))
        return days.day(found) if found else None
    where, which = value.split(":")
    in_month, weekday = (int(part) for part in where.split("-"))
    count = int(which)
    if count > 0:
        first = date(year, in_month, 1)
        return days.day(first + timedelta((weekday - 1 - first.weekday()) % 7 + 7 * (count - 1)))
    last = days.last_day(year, in_month)
    return days.day(last - timedelta((last.weekday() - weekday + 1) % 7))


def _easter(year: int) -> date:
    """Western Easter Sunday, by the reckoning of Gauss as Lichtenberg corrected it."""
    moon = (19 * (year % 19) + 15 + (3 * (year // 100) + 3) // 4 - (8 * (year // 100) + 13) // 25) % 30
    moon -= moon // 29 + (moon // 28 - moon // 29) * ((year % 19) // 11)
    full = 21 + moon
    sunday = 7 - (year + year // 4 + 2 - (3 * (year // 100) + 3) // 4) % 7
    number = full + 7 - (full - sunday) % 7
    return date(year, 3, 1) + timedelta(number - 1)


def read_weekday(slots: Slots, when: When) -> Days | None:
    """ "Monday" by the tense, "last Friday", "next Tuesday", "this Friday"."""
    number = slots["weekday"]
    if when.today is None:
        return Days(f"XXXX-WXX-{number}", None, None, "day", leans=True)
    ahead = (number - 1 - when.today.weekday()) % 7
    side = slots.get("side")
    if side == -1:
        offset = ahead - 7
    elif side == 1:
        # "next Friday" said on a Monday is rarely the Friday of that week's end, but newspapers do mean it so.
        offset = ahead or 7
    elif side == 0:
        offset = ahead if when.direction() >= 0 or ahead == 0 else ahead - 7
    else:
        offset = ahead if when.direction() > 0 or ahead == 0 else ahead - 7
    return structs.replace(days.day(when.today + timedelta(offset)), leans=True)


def read_deictic(slots: Slots, when: When) -> Days | None:
    """ "today", "yesterday", "tomorrow", "the day before yesterday"."""
    if when.today is None:
        return Days("XXXX-XX-XX", None, None, "day", leans=True)
    return structs.replace(days.day(when.today + timedelta(int(slots["deictic"]))), leans=True)


def read_side_month(slots: Slots, when: When) -> Days | None:
    """ "last May" is the latest May that is over, "next May" the first to come, "this May" that of the year."""
    month, side, number = slots["month"], slots["side"], slots.get("day")
    if when.today is None:
        return Days(f"XXXX-{month:02}" + (f"-{number:02}" if number else ""), None, None, "month", leans=True)
    year = when.today.year
    if side < 0 and month >= when.today.month:
        year -= 1
    if side > 0 and month <= when.today.month:
        year += 1
    if number is not None:
        found = valid(year, month, number)
        return structs.replace(days.day(found), leans=True) if found else None
    return structs.replace(days.month(year, month), leans=True)


def read_season(slots: Slots, when: When) -> Days | None:
    """ "the summer of 2008", "last fall", "this spring", "the winter": the latest or next by the tense."""
    which = slots["season"]
    year = slots.get("year")
    if year is not None:
        return days.season(year, which)
    if when.today is None:
        return Days(f"XXXX-{which}", None, None, "season", False, leans=True)
    near = [days.season(when.today.year + step, which) for step in (-1, 0, 1)]
    side = slots.get("side")
    if side is None:
        side = when.direction() or -1
        if side > 0:
            near = [one for one in near if one.end and one.end >= when.today]
        else:
            near = [one for one in near[::-1] if one.start and one.start <= when.today]
        return structs.replace(near[0], leans=True) if near else None
    return structs.replace(_side_season(near, side, when.today), leans=True)


def _side_season(near: list[Days], side: int, today: date) -> Days:
    if side < 0:
        return [one for one in near if one.end and one.end < today][-1]
    if side > 0:
        return next((one for one in near if one.start and one.start > today), near[-1])
    return next((one for one in near if one.end and one.end >= today), near[1])


def read_day_range(slots: Slots, when: When) -> Days | None:
    """ "between 3 and 5 May", "May 3-5, 2009": one stretch."""
    first = read_date({**slots, "day": slots["day"]}, when)
    last = read_date({**slots, "day": slots["day:2"]}, when)
    return days.stretch(first, last) if first and last else None


def read_month_range(slots: Slots, when: When) -> Days | None:
    """ "May-June 2009", "between March and May": one stretch; "November-January 2009" begins the year before."""
    last = read_month(slots["month:2"], slots.get("year"), when)
    if last.start is None:
        return days.stretch(read_month(slots["month"], None, when), last)
    year = last.start.year - (1 if slots["month"] > slots["month:2"] else 0)
    found = days.stretch(days.month(year, slots["month"]), last)
    return structs.replace(found, leans=last.leans) if found else None
