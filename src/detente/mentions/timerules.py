"""What each kind of expression means: from the values of its words to days of the calendar.

A reading takes the slots of its pattern and the circumstances (the page's date, the last date that was told, which
way the clause looks) and gives `Days`, or None where the words make no date ("June 31").
"""

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


def _valid(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


# A day of a month without a year is the nearest one, unless the tense says otherwise: "the meeting was set for
# Nov. 16" in an October story looks ahead although the verb is past, hence the slack.
SLACK = timedelta(60)


def _nearest(today: date, candidates: list[date], direction: int) -> date:
    if direction > 0:
        ahead = [one for one in candidates if one >= today]
        if ahead:
            return min(ahead)
    if direction < 0:
        back = [one for one in candidates if one <= today + SLACK]
        if back:
            return max(back)
    return min(candidates, key=lambda one: (abs(one - today), one > today))


def read_date(slots: Slots, when: When) -> Days | None:
    """ "June 27, 2009", "27 June", "Monday, Oct. 26", "May 2009", "May"."""
    month, number = slots["month"], slots.get("day")
    year = slots.get("year")
    if number is None:
        return read_month(month, year, when)
    if year is not None:
        found = _valid(year, month, number)
        return days.day(found) if found else None
    if when.today is None:
        return Days(f"XXXX-{month:02}-{number:02}", None, None, "day") if _valid(2000, month, number) else None
    candidates = [found for step in (-1, 0, 1) if (found := _valid(when.today.year + step, month, number)) is not None]
    if not candidates:
        return None
    return structs.replace(days.day(_nearest(when.today, candidates, when.direction())), leans=True)


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
        found_day = _valid(numbers[0], numbers[1], numbers[2])
    else:
        year = numbers[2] + (0 if len(parts[2]) == 4 else 2000 if numbers[2] < 50 else 1900)
        # Month first is American, day first the rest of the world: a dot, or a number over 12, says which.
        day_first = numbers[0] > 12 or "." in text
        month, number = (numbers[1], numbers[0]) if day_first else (numbers[0], numbers[1])
        found_day = _valid(year, month, number)
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
    nearest = _nearest(when.today, starts, when.direction())
    return structs.replace(next(found for found in around if found.start == nearest), leans=True)


def _holiday(value: str, year: int) -> Days | None:
    if value == "easter":
        return days.day(_easter(year))
    if ":" not in value:
        month, number = value.split("-")
        found = _valid(year, int(month), int(number))
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


UNKNOWN = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
           "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX"}  # fmt: skip
GRAIN: dict[str, days.Granularity] = {
    "day": "day", "week": "week", "weekend": "day", "fortnight": "week", "month": "month", "quarter": "quarter",
    "half": "quarter", "year": "year", "decade": "decade", "century": "century", "millennium": "century",
}  # fmt: skip


def _unit_at(base: date | None, steps: float, unit: str) -> Days | None:
    """The week, month ... so many steps from the one that a day lies in."""
    if unit not in days.AROUND:
        return None
    if base is None:
        return Days(UNKNOWN.get(unit, "XXXX"), None, None, GRAIN[unit], leans=True)
    moved = days.shifted(base, steps, unit)
    return structs.replace(days.around(moved, unit), leans=True) if moved else None


def read_side_unit(slots: Slots, when: When) -> Days | None:
    """ "last week", "this month", "next year", "next weekend"; "the following day" counts from the date told last."""
    return _unit_at(when.today, slots["side"], slots["unit"])


def read_told_unit(slots: Slots, when: When) -> Days | None:
    """ "the following month", "the next day", "that year", "the same day": beside the date told last."""
    return _unit_at(_told(when), int(when.tell or slots["beside"]), slots["unit"])


def _told(when: When) -> date | None:
    if when.last is not None and when.last.start is not None:
        return when.last.start
    return when.today


def read_the_unit(slots: Slots, when: When) -> Days | None:
    """ "the year" in "the end of the year": this one."""
    return _unit_at(when.today, 0, slots["unit"])


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
        found = _valid(year, month, number)
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


def read_nth(slots: Slots, when: When) -> Days | None:
    """ "the second half of May 2009", "the first quarter of 2008", "the last week of March"."""
    whole: Days = slots["date"]
    unit, count = slots["unit"], slots.get("ordinal", -1 if slots.get("side") == -1 else None)
    if count is None or unit not in GRAIN:
        return None
    if whole.start is None or whole.end is None:
        return Days(whole.value, None, None, whole.granularity, False)
    if unit == "half":
        return _half(whole, count)
    if unit == "quarter":
        found = (
            days.quarter(whole.start.year, 4 if count == -1 else count)
            if whole.granularity == "year" and (count <= 4)
            else None
        )
    elif unit == "week":
        # The last week of a month is the one most of whose days lie in it.
        base = whole.end - timedelta(3) if count == -1 else whole.start + timedelta(7 * (count - 1))
        found = days.week(base) if base <= whole.end else None
    elif unit in ("day", "month", "weekend"):
        base_day = whole.end if count == -1 else days.shifted(whole.start, count - 1, unit)
        found = days.around(base_day, unit) if base_day and base_day <= whole.end else None
    else:
        return None
    return structs.replace(found, leans=whole.leans) if found else None


def read_nth_of_month(slots: Slots, when: When) -> Days | None:
    """ "the last week of March", "the last quarter of 2009"."""
    whole = read_month(slots["month"], slots.get("year"), when) if "month" in slots else days.year(slots["year"])
    return read_nth({**slots, "date": whole}, when)


def _half(whole: Days, count: int) -> Days | None:
    if count not in (1, 2, -1) or whole.start is None:
        return None
    which = 2 if count == -1 else count
    if whole.granularity == "year":
        return structs.replace(days.half(whole.start.year, which), leans=whole.leans)
    return structs.replace(days.part(whole, f"{which}/2"), leans=whole.leans)


def read_lone_nth(slots: Slots, when: When) -> Days | None:
    """ "the third quarter", "the second half": of the year that the tense allows."""
    unit, count = slots["unit"], slots.get("ordinal", -1 if slots.get("side") == -1 else None)
    if unit not in ("quarter", "half") or count is None or not -1 <= count <= (4 if unit == "quarter" else 2):
        return None
    if when.today is None:
        which = count if count > 0 else "X"
        return Days(f"XXXX-{'Q' if unit == 'quarter' else 'H'}{which}", None, None, "quarter", leans=True)
    if count == -1:
        return _unit_at(when.today, -1, unit)
    made = days.quarter if unit == "quarter" else days.half
    near = [made(when.today.year + step, count) for step in (-1, 0, 1)]
    # What is over or under way is told as past; a quarter that is yet to begin belongs to last year then.
    if when.direction() > 0:
        found = next((one for one in near if one.end and one.end >= when.today), near[-1])
    else:
        found = [one for one in near if one.start and one.start <= when.today][-1]
    return structs.replace(found, leans=True)


def read_first_units(slots: Slots, when: When) -> Days | None:
    """ "the first nine months of 2009": from January on; the value is the length."""
    whole: Days = slots["date"]
    length: Days = slots["duration"]
    letter, count = length.value[-1], length.value[1:-1]
    if letter not in "DWMQ" or not count.isdecimal() or whole.start is None:
        return length
    unit = {"D": "day", "W": "week", "M": "month", "Q": "quarter"}[letter]
    end = days.shifted(whole.start, int(count), unit)
    return structs.replace(length, start=whole.start, end=end - timedelta(1) if end else whole.end)


def read_same(slots: Slots, when: When) -> Days | None:
    """ "the three weeks": what the inner expression means, with more words."""
    return slots.get("duration") or slots.get("date")


def read_approximate(slots: Slots, when: When) -> Days | None:
    """ "about three weeks", "nearly four years ago", "around May 5"."""
    inner: Days = slots.get("duration") or slots.get("date") or slots["time"]
    if inner.mod is not None:
        return None
    return structs.replace(inner, mod=str(slots.get("approx") or slots["nearly"]), exact=False)


def read_time_on(slots: Slots, when: When) -> Days | None:
    """ "16:00 UTC today", "June 28 at 10:57": the clock of one on the day of the other."""
    day_told: Days = slots["day"]
    clock: Days = slots["time"]
    if day_told.granularity != "day" or "T" not in clock.value or "/" in day_told.value:
        return None
    value = f"{day_told.value}T{clock.value.partition('T')[2]}"
    return structs.replace(day_told, value=value, kind="TIME", granularity="time")


LETTER = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
          "millennium": "L", "hour": "H", "minute": "M", "second": "S", "weekend": "WE", "fortnight": "W"}  # fmt: skip
CLOCKED = ("hour", "minute", "second")


def _length(count: float | None, unit: str) -> str | None:
    """P3W, PT10H, PXM; None where the unit has no letter."""
    if unit not in LETTER:
        return None
    if unit == "fortnight" and count is not None:
        count *= 2
    time = "T" if unit in CLOCKED else ""
    if count is None:
        return f"P{time}X{LETTER[unit]}"
    if count == int(count):
        return f"P{time}{int(count)}{LETTER[unit]}"
    if count % 1 == 0.5 and unit in ("year", "day", "hour", "minute"):
        smaller = {"year": "6M", "day": "T12H", "hour": "30M", "minute": "30S"}[unit]
        return f"P{time}{int(count)}{LETTER[unit]}{smaller}" if count > 1 else f"P{time}{smaller}"
    return f"P{time}{count:g}{LETTER[unit]}"


def _count(slots: Slots) -> float | None:
    """The number of units; None where it is vague ("several")."""
    if "vaguely" in slots:
        return None
    number: float = slots.get("number", slots.get("article", 1))
    return number + 0.5 if "fraction" in slots else number


def _unit(slots: Slots) -> str:
    return str(slots.get("unit") or slots["units"])


def read_duration(slots: Slots, when: When) -> Days | None:
    """ "three weeks", "a two-day", "several months", "about two years"."""
    unit = _unit(slots)
    if unit in ("second", "quarter", "half") and "article" in slots:
        # "a second attack", "a quarter of all seats"
        return None
    value = _length(_count(slots), unit)
    return Days(value, None, None, GRAIN.get(unit, "time"), kind="DURATION") if value else None


def read_units(slots: Slots, when: When) -> Days | None:
    """ "weeks", "decades": some."""
    value = _length(None, slots["units"])
    return Days(value, None, None, "vague", False, kind="DURATION") if value else None


def read_last_units(slots: Slots, when: When) -> Days | None:
    """ "the past three weeks", "the next two years", "the last few months": up to the page's date, or from it on."""
    unit = _unit(slots)
    count = _count(slots) if "number" in slots else None
    value, side = _length(count, unit), slots["side"]
    if value is None or side == 0:
        return None
    # Few is taken as three and several as five, as far as an interval goes; `exact` says that it is a guess.
    guess = count if count is not None else float(slots.get("vaguely") or 3)
    grain = GRAIN.get(unit, "time")
    edge = days.shifted(when.today, side * guess, unit) if when.today else None
    if when.today is None or edge is None:
        return Days(value, None, None, grain, False, kind="DURATION", leans=True)
    start, end = (edge, when.today) if side < 0 else (when.today, edge)
    return Days(value, start, end, grain, False, kind="DURATION", leans=True)


def read_ago(slots: Slots, when: When) -> Days | None:
    """ "two years ago", "six weeks ago", "in three days", "a month later", "two days before"."""
    unit, count, shift = _unit(slots), _count(slots), slots["shift"]
    if unit == "year" and count == 1 and shift in ("ago", "before") and when.period is not None:
        return _year_before(when.period)
    base = when.today if shift in ("ago", "hence") else _told(when)
    side = -1 if shift in ("ago", "before") else 1
    if count is None:
        return Days("PAST_REF" if side < 0 else "FUTURE_REF", None, None, "vague", False, leans=True)
    if unit in CLOCKED:
        return None if base is None else Days(base.isoformat(), base, base, "day", False, leans=True)
    found = _unit_at(base, side * count, unit)
    return structs.replace(found, exact=unit == "day") if found else None


def _year_before(period: Days) -> Days | None:
    if period.start is None or period.start.year < 2 or period.value[5:6] != "Q":
        return None
    return structs.replace(days.quarter(period.start.year - 1, (period.start.month + 2) // 3), leans=True)


def read_period(slots: Slots, when: When) -> Days | None:
    """ "the latest quarter", "the latest period": the one that is told of, else the one that ended last."""
    unit = slots.get("unit", "quarter")
    if unit == "quarter" and when.period is not None:
        return structs.replace(when.period, leans=True)
    return _unit_at(when.today, -1, unit)


def read_year_earlier_period(slots: Slots, when: When) -> Days | None:
    """ "the year-earlier quarter", "the year-ago period"."""
    if slots.get("unit", "quarter") == "quarter":
        return _year_before(when.period) if when.period is not None else _unit_at(when.today, -5, "quarter")
    return _unit_at(when.today, -1, "year")


def read_year_end(slots: Slots, when: When) -> Days | None:
    """ "by year-end", "since year-end": the last day of this year, or of the last."""
    if when.today is None:
        return Days("XXXX-12-31", None, None, "day", leans=True)
    back = 1 if when.direction() < 0 else 0
    return structs.replace(days.day(date(max(1, when.today.year - back), 12, 31)), leans=True)


def read_weekend(slots: Slots, when: When) -> Days | None:
    """ "over the weekend": the last one, or the one to come."""
    if when.today is None:
        return Days(UNKNOWN["weekend"], None, None, "day", leans=True)
    back = 7 if when.direction() <= 0 and when.today.weekday() < 5 else 0
    return structs.replace(days.weekend(when.today - timedelta(back)), leans=True)


def read_reference(slots: Slots, when: When) -> Days | None:
    """ "now", "recently", "the future"."""
    value = str(when.tell or slots["reference"])
    here = when.today if value == "PRESENT_REF" else None
    return Days(value, here, here, "vague", False, leans=True)


def read_set(slots: Slots, when: When) -> Days | None:
    """ "every week", "each Thursday", "daily"; no interval of its own."""
    if "weekday" in slots:
        return Days(f"XXXX-WXX-{slots['weekday']}", None, None, "day", False, kind="SET")
    if "month" in slots:
        return Days(f"XXXX-{slots['month']:02}", None, None, "month", False, kind="SET")
    if "often" in slots:
        return Days(str(slots["often"]), None, None, "vague", False, kind="SET")
    count = slots.get("number", 1)
    value = _length(count, _unit(slots))
    return Days(value, None, None, "vague", False, kind="SET") if value else None


def read_day_part(slots: Slots, when: When) -> Days | None:
    """ "Friday evening", "this morning", "last night", "tomorrow afternoon", "the morning of May 5"."""
    base: Days | None = slots.get("date") or slots.get("day")
    part = slots.get("daypart") or slots["tonight"]
    if base is None:
        if when.today is None:
            return Days(f"XXXX-XX-XXT{part}", None, None, "time", kind="TIME", leans=True)
        back = 1 if slots.get("side") == -1 and part == "NI" else 0
        if slots.get("side") == -1 and not back:
            return None
        base = structs.replace(days.day(when.today - timedelta(back)), leans=True)
    if base.granularity != "day" or base.value.count("/"):
        return None
    return structs.replace(
        base, value=f"{base.value[:10]}T{part}", kind="TIME", granularity="time", mod=slots.get("part", base.mod)
    )


def read_clock(slots: Slots, when: When) -> Days | None:
    """ "10:57", "10 a.m.", "16:00 UTC today", "noon on Friday"."""
    hours, minutes = _hours(slots)
    if hours > 24:
        return None
    base: Days | None = slots.get("date")
    if base is not None and base.granularity != "day":
        return None
    if base is None:
        base = structs.replace(days.day(when.today), leans=True) if when.today else None
    zone = "Z" if slots.get("zone") == "Z" else ""
    stamp = f"T{hours:02}:{minutes:02}{zone}"
    if base is None:
        return Days(f"XXXX-XX-XX{stamp}", None, None, "time", kind="TIME", leans=True)
    return structs.replace(base, value=f"{base.value}{stamp}", kind="TIME", granularity="time")


def _hours(slots: Slots) -> tuple[int, int]:
    if "clock" in slots or "hours" in slots:
        hours, minutes = slots.get("clock") or slots["hours"]
    else:
        hours, minutes = int(slots["hour"]), 0
    meridian = slots.get("meridian")
    if meridian == "pm" and hours < 12:
        hours += 12
    if meridian == "am" and hours == 12:
        hours = 0
    return hours, minutes


def read_part(slots: Slots, when: When) -> Days | None:
    """ "early May", "the end of the year", "mid-November", "late yesterday", "later this week"."""
    whole: Days = slots["date"]
    which = str(slots.get("part") or slots["edge"])
    if whole.kind != "DATE" and whole.granularity != "time":
        return None
    if whole.granularity in ("day", "time"):
        return structs.replace(whole, mod=which, exact=whole.granularity != "day" and whole.exact)
    return structs.replace(days.part(whole, which), leans=whole.leans)


def read_in_year(slots: Slots, when: When) -> Days | None:
    """ "June last year", "Christmas of 2008": the year given after."""
    inner: Days = slots["date:1"]
    outer: Days = slots["year:2"]
    if inner.start is None or outer.start is None or not inner.leans:
        return None
    if inner.granularity == "month":
        found: Days | None = days.month(outer.start.year, inner.start.month)
    elif inner.granularity == "season":
        found = days.season(outer.start.year, inner.value[-2:])
    elif inner.granularity == "quarter":
        found = days.quarter(outer.start.year, (inner.start.month + 2) // 3)
    else:
        moved = _valid(outer.start.year, inner.start.month, inner.start.day)
        found = days.day(moved) if moved else None
    return structs.replace(found, leans=outer.leans) if found else None


def read_in_week(slots: Slots, when: When) -> Days | None:
    """ "Monday of last week", "Tuesday next week"."""
    inner: Days = slots["day:1"]
    outer: Days = slots["week:2"]
    if inner.start is None or outer.start is None:
        return None
    return structs.replace(days.day(outer.start + timedelta(inner.start.weekday())), leans=True)


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


def read_range(slots: Slots, when: When) -> Days | None:
    """ "from Monday to Friday", "1990-1995", "between December 2008 and May 2009"."""
    first: Days = slots["date:1"]
    last: Days = slots["date:2"]
    if first.kind not in ("DATE", "TIME") or last.kind not in ("DATE", "TIME"):
        return None
    if first.start and last.start and last.end and first.start > last.end and first.leans:
        if first.granularity == "month" and last.granularity == "month" and not last.leans:
            first = days.month(last.start.year - (first.start.month > last.start.month), first.start.month)
        elif last.leans and last.granularity == "day" and first.start - last.end < timedelta(7):
            last = days.day(last.end + timedelta(7))
    return days.stretch(first, last)


READINGS: dict[str, Reading] = {
    name.removeprefix("read_").replace("_", "-"): function
    for name, function in globals().copy().items()
    if name.startswith("read_") and name != "read_month"
}
"""Readings by the name that the lexicon calls them by."""
