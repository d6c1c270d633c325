"""Readings of dates: days, months, years, seasons, and days with a name."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import structs

from detente.mentions import days
from detente.mentions.days import Days
from detente.mentions.when import Slots, When, nearest, told_day, valid


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
    meant = nearest(when.today, candidates, when.direction())
    if meant - when.today > NO_YEAR_NEEDED:
        meant = nearest(when.today, candidates, 0)
    return structs.replace(days.day(meant), leans=True)


NO_YEAR_NEEDED = timedelta(270)
"""So far ahead a day is told without its year: "was scheduled for Sept. 26", told in December, is of the past."""


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
    """ "2009", "in '94"."""
    return days.year(slots.get("year") or slots["short"])


def read_fiscal_year(slots: Slots, when: When) -> Days | None:
    """ "fiscal 2009", "the 2008-09 school year": named for a calendar year, and over at another day of it."""
    found = read_figures(slots, when) if "figures" in slots else days.year(slots["year"])
    return structs.replace(found, exact=False) if found else None


def read_attacks(slots: Slots, when: When) -> Days | None:
    """ "the Sept. 11 attacks" are those of 2001, whatever the year."""
    if (slots["month"], slots["day"]) != (9, 11) or (when.today and when.today.year < 2001):
        return None
    return days.day(date(2001, 9, 11))


def read_turn(slots: Slots, when: When) -> Days | None:
    """ "the turn of the century": the years around the nearest one; "the turn of the 20th century": around 1900."""
    if "ordinal" in slots:
        year = 100 * (slots["ordinal"] - 1)
    elif when.today is not None:
        years = {"century": 100, "millennium": 1000}.get(slots["unit"], 0)
        year = round(when.today.year / years) * years if years else 0
    else:
        return None
    if not days.FIRST_YEAR <= year <= days.LAST_YEAR:
        return None
    return Days(f"{year}", date(year - 2, 1, 1), date(year + 2, 12, 31), "year", False, "APPROX")


def read_decade(slots: Slots, when: When) -> Days | None:
    """ "the 1990s", "the nineties"."""
    return days.decade(int(slots.get("decade") or slots["decadeword"]))


def read_century(slots: Slots, when: When) -> Days | None:
    """ "the 20th century"."""
    return days.century(slots["ordinal"]) if slots["unit"] == "century" and 1 <= slots["ordinal"] <= 30 else None


def read_named_day(slots: Slots, when: When) -> Days | None:
    """ "9/11", "Black Monday", "Christmas", "Christmas 2008", "New Year's Day".

    The value is a date once for all ("2001-09-11"), or month and day of every year ("12-25"); "11-4:4" is the fourth
    Thursday of November, and "4-1:-1" the last Monday of April. "easter-2" counts from Easter Sunday, "orthodox" is
    the Easter of the eastern churches. Of feasts of other calendars all days are listed, and are right to a day.
    """
    value = str(slots["holiday"])
    if len(value) == 10:
        return days.day(date.fromisoformat(value))
    year = slots.get("year")
    if year is not None:
        return next(iter(_holidays(value, year)), None)
    if when.today is None:
        fixed = len(value) == 5
        return Days(f"XXXX-{value}" if fixed else "XXXX-XX-XX", None, None, "day", leans=True)
    around = [found for step in (-1, 0, 1) for found in _holidays(value, when.today.year + step)]
    by_start = {found.start: found for found in around if found.start is not None}
    if not by_start:
        return None
    under_way = (found for start, found in by_start.items() if found.end and start <= when.today <= found.end)
    meant = next(under_way, None) or by_start[nearest(when.today, list(by_start), when.direction())]
    return structs.replace(meant, leans=True)


_FROM_EASTER = re.compile(r"(easter|orthodox)([+-]\d{1,2})?")


def _holidays(value: str, year: int) -> list[Days]:
    """Those that begin in a year; of the moon's calendars it may be two, or none that we know."""
    if len(value) > LONGEST_RULE:
        return [_listed(one) for one in value.split() if one.startswith(f"{year:04}")]
    found = _holiday(value, year)
    return [found] if found else []


LONGEST_RULE = 12
"""Longer values are lists of days."""


def _listed(told: str) -> Days:
    """ "2009-09-20", or first and last day: "2009-08-22/2009-09-19"."""
    first, _, last = told.partition("/")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return Days(told, start, end, "day", False)


def _holiday(value: str, year: int) -> Days | None:
    moving = _FROM_EASTER.fullmatch(value)
    if moving:
        sunday = _easter(year) if moving[1] == "easter" else _orthodox_easter(year)
        return days.day(sunday + timedelta(int(moving[2] or 0)))
    if ":" not in value:
        month, number = value.split("-")
        found = valid(year, int(month), int(number))
        return days.day(found) if found else None
    where, which = value.split(":")
    in_month, weekday = (int(part) for part in where.split("-"))
    if which == "1+1":
        return days.day(_after_first_monday(year, in_month, weekday))
    return days.day(_nth_weekday(year, in_month, weekday, int(which)))


def _nth_weekday(year: int, month: int, weekday: int, count: int) -> date:
    """The first, second ... Monday of a month; -1 is the last one. A fifth may lie in the next month."""
    if count > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - 1 - first.weekday()) % 7 + 7 * (count - 1))
    last = days.last_day(year, month)
    return last - timedelta((last.weekday() - weekday + 1) % 7)


def _after_first_monday(year: int, month: int, weekday: int) -> date:
    """ "Election Day" is the Tuesday after the first Monday of November, never the 1st."""
    first = date(year, month, 1)
    return first + timedelta((-first.weekday()) % 7 + weekday - 1)


def _orthodox_easter(year: int) -> date:
    """Easter Sunday by the Julian calendar, in days of ours: Meeus, "Astronomical Algorithms", chapter 8."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, number = divmod(moon + sunday + 114, 31)
    behind = year // 100 - year // 400 - 2
    return date(year, month, number + 1) + timedelta(behind)


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


def read_beside_weekday(slots: Slots, when: When) -> Days | None:
    """ "the previous Friday", "the following Monday": the first one before or after the day told last."""
    base = told_day(when, "day")
    if base is None:
        return Days(f"XXXX-WXX-{slots['weekday']}", None, None, "day", leans=True)
    ahead = (slots["weekday"] - 1 - base.weekday()) % 7
    side = slots["beside"]
    offset = (ahead or 7) if side > 0 else ahead - 7 if side < 0 else ahead
    return structs.replace(days.day(base + timedelta(offset)), leans=True)


def read_eve(slots: Slots, when: When) -> Days | None:
    """ "on the eve of May Day": the day before."""
    feast: Days = slots["day"]
    if feast.start is None or feast.granularity != "day" or "/" in feast.value:
        return None
    return structs.replace(days.day(feast.start - timedelta(1)), leans=feast.leans)


def read_nth_weekday(slots: Slots, when: When) -> Days | None:
    """ "the fourth Thursday in November", "the last Monday of May 2009"."""
    whole = read_month(slots["month"], slots.get("year"), when)
    count = slots.get("ordinal", slots.get("side"))
    if whole.start is None or not (1 <= count <= 5 or count == -1):
        return None
    found = _nth_weekday(whole.start.year, whole.start.month, slots["weekday"], count)
    return structs.replace(days.day(found), leans=whole.leans) if found.month == whole.start.month else None


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
    year = slots.get("year") or slots.get("short")
    if year is not None:
        return days.season(year, which)
    if when.today is None:
        return Days(f"XXXX-{which}", None, None, "season", False, leans=True)
    near = [days.season(when.today.year + step, which) for step in (-2, -1, 0, 1)]
    side = slots.get("side")
    if side is None:
        side = when.direction() or -1
        if side > 0:
            near = [one for one in near if one.end and one.end >= when.today]
        else:
            near = [one for one in near[::-1] if one.start and one.start <= when.today]
        return structs.replace(near[0], leans=True) if near else None
    if side == 0 and when.direction() < 0:
        # "Was sentenced this fall", told in winter.
        near = [one for one in near if one.start and one.start <= when.today]
        return structs.replace(near[-1], leans=True)
    return structs.replace(_side_season(near, side, when.today), leans=True)


def _side_season(near: list[Days], side: int, today: date) -> Days:
    if side < 0:
        return [one for one in near if one.end and one.end < today][-1]
    if side > 0:
        return next((one for one in near if one.start and one.start > today), near[-1])
    return next((one for one in near if one.end and one.end >= today), near[-1])


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
