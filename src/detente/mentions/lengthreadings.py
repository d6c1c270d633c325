"""Readings of lengths, distances, repetitions and times of the day: "three weeks", "a month later", "10:57"."""

from __future__ import annotations

from datetime import timedelta

from msgspec import structs

from detente.mentions import days
from detente.mentions.days import Days
from detente.mentions.unitreadings import year_before
from detente.mentions.when import GRAIN, Slots, When, told_day, unit_at, unit_of

LETTER = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
          "millennium": "L", "hour": "H", "minute": "M", "second": "S", "weekend": "WE", "fortnight": "W"}  # fmt: skip


HALVES = {"hour": "PT30M", "minute": "PT30S", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}

CLOCKED = ("hour", "minute", "second")


def length(count: float | None, unit: str) -> str | None:
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


def count_of(slots: Slots) -> float | None:
    """The number of units; None where it is vague ("several") or not told ("days ago")."""
    if "vaguely" in slots or slots.keys().isdisjoint(("number", "article", "unit")):
        return None
    number: float = slots.get("number", slots.get("article", 1))
    return number + 0.5 if "fraction" in slots else number


def read_duration(slots: Slots, when: When) -> Days | None:
    """ "three weeks", "a two-day", "several months", "about two years"."""
    unit = unit_of(slots)
    if unit in ("second", "quarter", "half") and "article" in slots:
        # "a second attack", "a quarter of all seats"
        return None
    value = length(count_of(slots), unit)
    return Days(value, None, None, GRAIN.get(unit, "time"), kind="DURATION") if value else None


def read_and_a_half(slots: Slots, when: When) -> Days | None:
    """ "two-and-a-half-year"."""
    return read_duration({**slots, "fraction": 0.5}, when)


def read_units(slots: Slots, when: When) -> Days | None:
    """ "weeks", "decades": some; "quarters" are rooms or circles as often."""
    if slots["units"] in ("quarter", "half"):
        return None
    value = length(None, slots["units"])
    return Days(value, None, None, "vague", False, kind="DURATION") if value else None


def read_near_units(slots: Slots, when: When) -> Days | None:
    """ "in recent years", "in the coming days": nobody says how many; three, as far as an interval goes."""
    side, unit = int(when.tell or 0), slots["units"]
    value = "PAST_REF" if side < 0 else "FUTURE_REF"
    edge = days.shifted(when.today, 3 * side, unit) if when.today else None
    if when.today is None or edge is None:
        return Days(value, None, None, "vague", False, leans=True)
    return Days(value, min(edge, when.today), max(edge, when.today), "vague", False, leans=True)


def read_length_range(slots: Slots, when: When) -> Days | None:
    """ "two to three weeks", "between 10 and 12 days": at least the first."""
    low, high = slots["number"], slots["number:2"]
    value = length(low, slots["units"])
    if value is None or low >= high:
        return None
    return Days(value, None, None, GRAIN.get(slots["units"], "time"), False, "EQUAL_OR_MORE", kind="DURATION")


def read_half_unit(slots: Slots, when: When) -> Days | None:
    """ "half an hour", "a half-century", "half a year"."""
    value = HALVES.get(slots["unit"])
    return Days(value, None, None, GRAIN.get(slots["unit"], "time"), kind="DURATION") if value else None


def read_one_day(slots: Slots, when: When) -> Days | None:
    """ "They will one day return"; "a strike of one day" lasts."""
    if when.direction() > 0:
        return Days("FUTURE_REF", None, None, "vague", False, leans=True)
    return Days("P1D", None, None, "day", kind="DURATION")


def read_told_length(slots: Slots, when: When) -> Days | None:
    """ "annual profit", "quarterly earnings": of a year, of three months."""
    return Days(str(slots["yearly"]), None, None, "vague", False, kind="DURATION")


def read_year_ago(slots: Slots, when: When) -> Days | None:
    """ "a year ago" beside a quarter's figures: the same quarter of the year before."""
    year: Days = slots["yearago"]
    period = when.period
    if period is None or period.start is None or year.start is None or year.start > period.start:
        return None
    return year_before(period)


def read_last_units(slots: Slots, when: When) -> Days | None:
    """ "the past three weeks", "the next two years", "the last few months": up to the page's date, or from it on."""
    unit = unit_of(slots)
    count = count_of(slots) if "number" in slots else None
    value, side = length(count, unit), slots["side"]
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


def read_past_decade(slots: Slots, when: When) -> Days | None:
    """ "the past decade" is ten years up to the page's date, where "the last decade" is one of the calendar."""
    if slots["unit"] not in ("decade", "century"):
        return None
    return read_last_units({**slots, "number": 1, "side": -1}, when)


def read_ago(slots: Slots, when: When) -> Days | None:
    """ "two years ago", "six weeks ago", "in three days", "a month later", "two days before"."""
    unit, count, shift = when.tell or unit_of(slots), count_of(slots), slots["shift"]
    base = when.today if shift in ("ago", "hence") else told_day(when, unit)
    side = -1 if shift in ("ago", "before") else 1
    if count is None:
        return Days("PAST_REF" if side < 0 else "FUTURE_REF", None, None, "vague", False, leans=True)
    if unit in CLOCKED:
        return None if base is None else Days(base.isoformat(), base, base, "day", False, leans=True)
    found = unit_at(base, side * count, unit)
    if found is not None and side > 0 and base == when.today and when.direction() < 0:
        # "Two months later he was arrested": after something that the text does not date.
        return Days("FUTURE_REF", None, None, "vague", False, leans=True)
    return structs.replace(found, exact=unit == "day") if found else None


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
    """ "about three weeks", "nearly four years ago", "around May 5", "a week or so"."""
    inner: Days = slots.get("duration") or slots.get("span") or slots.get("date") or slots["time"]
    if inner.mod is not None:
        return None
    return structs.replace(inner, mod=str(slots.get("approx") or slots.get("nearly") or "APPROX"), exact=False)


def read_time_on(slots: Slots, when: When) -> Days | None:
    """ "16:00 UTC today", "June 28 at 10:57": the clock of one on the day of the other."""
    day_told: Days = slots["day"]
    clock: Days = slots["time"]
    if day_told.granularity != "day" or "T" not in clock.value or "/" in day_told.value:
        return None
    value = f"{day_told.value}T{clock.value.partition('T')[2]}"
    return structs.replace(day_told, value=value, kind="TIME", granularity="time")


def read_reference(slots: Slots, when: When) -> Days | None:
    """ "now", "recently", "the future": no days, or "the current chairman" would date what he did."""
    return Days(str(when.tell or slots["reference"]), None, None, "vague", False, leans=True)


def read_set(slots: Slots, when: When) -> Days | None:
    """ "every week", "each Thursday", "daily", "Friday nights"; no interval of its own."""
    daypart = slots.get("daypart") or slots.get("dayparts")
    if daypart is not None:
        day = f"XXXX-WXX-{slots['weekday']}" if "weekday" in slots else "XXXX-XX-XX"
        return Days(f"{day}T{daypart}", None, None, "time", False, kind="SET")
    if "weekday" in slots:
        return Days(f"XXXX-WXX-{slots['weekday']}", None, None, "day", False, kind="SET")
    if "month" in slots:
        return Days(f"XXXX-{slots['month']:02}", None, None, "month", False, kind="SET")
    if "often" in slots:
        return Days(str(slots["often"]), None, None, "vague", False, kind="SET")
    count = slots.get("number", 1)
    value = length(count, unit_of(slots))
    return Days(value, None, None, "vague", False, kind="SET") if value else None


def read_rate(slots: Slots, when: When) -> Days | None:
    """ "24 hours a day", "five days a week": each time."""
    value = length(1, slots["unit:2"])
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


def read_early_hours(slots: Slots, when: When) -> Days | None:
    """ "in the early hours of Saturday"."""
    told: Days = slots.get("day") or slots["time"]
    if slots["duration"].value != "PTXH" or told.start is None or "/" in told.value:
        return None
    return structs.replace(told, value=f"{told.value[:10]}TMO", kind="TIME", granularity="time", mod="START")


def read_told_day_part(slots: Slots, when: When) -> Days | None:
    """ "in the morning" of the day told last, else of the page's."""
    base = told_day(when, "day")
    if base is None:
        return None
    return Days(f"{base}T{slots['daypart']}", base, base, "time", leans=True, kind="TIME")


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
    told = slots.get("clock") or slots.get("hours") or slots.get("dotclock")
    if isinstance(told, tuple):
        hours, minutes = told
    elif told is not None:
        hours, minutes = int(told), 0
    else:
        hours, minutes = int(slots["hour"]), 0
    meridian = slots.get("meridian")
    if meridian == "pm" and hours < 12:
        hours += 12
    if meridian == "am" and hours == 12:
        hours = 0
    return hours, minutes
