"""Readings of units of the calendar and their parts: "last week", "the second half of May", "the quarter", ranges."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import structs

from detente.mentions import days
from detente.mentions.datereadings import read_month
from detente.mentions.days import Days
from detente.mentions.when import GRAIN, SLACK, UNKNOWN, Slots, When, told_day, told_last, unit_at, valid


def read_side_unit(slots: Slots, when: When) -> Days | None:
    """ "last week", "this month", "next year", "next weekend"; "the following day" counts from the date told last."""
    return unit_at(when.today, slots["side"], slots["unit"])


def read_told_unit(slots: Slots, when: When) -> Days | None:
    """ "the following month", "the next day", "that year", "the same day": beside the date told last."""
    unit, steps = slots["unit"], int(when.tell or slots["beside"])
    last = told_last(when, unit)
    if unit == "day" and steps == 0 and last is not None and last.granularity not in ("day", "time"):
        # "In May 1987 ... that day": a day of May.
        return Days(UNKNOWN["day"], last.start, last.end, "day", False)
    return unit_at(told_day(when, unit), steps, unit)


def read_shifted_unit(slots: Slots, when: When) -> Days | None:
    """ "the year before", "the day after": beside the date told last."""
    unit, side = slots["unit"], {"before": -1, "after": 1}.get(slots["shift"])
    return unit_at(told_day(when, unit), side, unit) if side is not None else None


def read_the_unit(slots: Slots, when: When) -> Days | None:
    """ "the year" in "the end of the year": this one."""
    found = unit_at(when.today, 0, slots["unit"])
    return structs.replace(found, exact=False) if found and "fiscal" in slots else found


def read_own_unit(slots: Slots, when: When) -> Days | None:
    """ "for the year", "the week's": this one; which quarter is meant, a later look tells."""
    whole: Days = slots["date"]
    if whole.granularity in ("quarter", "season"):
        return None
    return _year_of_period(when) if whole.granularity == "year" and when.period is not None else whole


def read_whole_unit(slots: Slots, when: When) -> Days | None:
    """ "the full year": beside a quarter's figures, the year of that quarter."""
    return _year_of_period(when) if slots["unit"] == "year" and when.period else read_the_unit(slots, when)


def _year_of_period(when: When) -> Days | None:
    period = when.period
    return structs.replace(days.year(int(period.value[:4])), leans=True) if period and period.start else None


def read_rest(slots: Slots, when: When) -> Days | None:
    """ "the rest of the year", "the remainder of the week": from the page's date on."""
    whole: Days = slots["date"]
    if whole.kind != "DATE" or whole.granularity in ("day", "vague"):
        return None
    inside = when.today is not None and whole.start is not None and whole.start < when.today <= (whole.end or date.max)
    return structs.replace(whole, start=when.today if inside else whole.start, mod="END", exact=False)


def read_ended(slots: Slots, when: When) -> Days | None:
    """ "the quarter ended Sept. 30", "the year ending June 30", "the nine months ended Sept. 30".

    A quarter is the one of the calendar most of whose days it has, unless it is numbered: a company's "fiscal first
    quarter ended Sept. 30" keeps its number. A year that does not end with December is twelve months.
    """
    last: Days = slots["day:2"]
    told: Days = next(slots[kind] for kind in ("duration", "quarter", "year", "date") if kind in slots)
    if last.end is None or last.granularity != "day":
        return None
    begun = _begun(told, last.end)
    if begun is None:
        return None
    found: Days | None = told
    if told.kind != "DURATION":
        numbered = "quarter" in slots and told.value[5:6] == "Q"
        found = _same_in(told, last.end.year) if numbered else _of_calendar(told, begun, last.end)
    return structs.replace(found, start=begun, end=last.end, exact=True) if found else None


def _begun(told: Days, end: date) -> date | None:
    """The first day of a week, a quarter, a year or so many months that end on a day."""
    if told.granularity == "week" and told.kind == "DATE":
        return end - timedelta(6)
    months = {"quarter": 3, "year": 12}.get(told.granularity)
    if told.kind == "DURATION":
        found = re.fullmatch(r"P(\d{1,3})([MQY])", told.value)
        months = int(found[1]) * {"M": 1, "Q": 3, "Y": 12}[found[2]] if found else None
    return days.shifted(end + timedelta(1), -months, "month") if months else None


def _of_calendar(told: Days, begun: date, end: date) -> Days:
    """The week, quarter or year of the calendar that a stretch falls into; twelve months where it is no such year."""
    if told.granularity == "year" and (end.month, end.day) != (12, 31):
        return Days("P1Y", None, None, "year", kind="DURATION")
    return days.around(begun + (end - begun) / 2, told.granularity)


def read_same_period(slots: Slots, when: When) -> Days | None:
    """ "the same period last year", "the same month of 2008": what was told last, in that year."""
    outer: Days = slots["year:2"]
    if slots["beside"] != 0:
        return None
    inner = when.period or next((one for one in reversed(when.told) if one.granularity in ("month", "quarter")), None)
    if inner is None or inner.start is None or outer.start is None:
        return outer
    if inner.granularity == "quarter":
        return _same_in(inner, outer.start.year)
    return structs.replace(days.month(outer.start.year, inner.start.month), leans=True)


def read_onward(slots: Slots, when: When) -> Days | None:
    """ "from 2010 onward", "1990 and beyond": open at its end."""
    first: Days = slots["date"]
    return structs.replace(first, end=None, exact=False) if first.kind == "DATE" and first.start else None


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
    return structs.replace(found, leans=whole.leans, exact=found.exact and whole.exact) if found else None


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
    if unit == "half" and "fiscal" not in slots and when.period is None:
        # "He scored in the second half": only beside a quarter's figures it is one of the year.
        return None
    if when.today is None:
        which = count if count > 0 else "X"
        return Days(f"XXXX-{'Q' if unit == 'quarter' else 'H'}{which}", None, None, "quarter", leans=True)
    if count == -1:
        return unit_at(when.today, -1, unit)
    made = days.quarter if unit == "quarter" else days.half
    near = [made(when.today.year + step, count) for step in (-1, 0, 1)]
    # What is over or under way is told as past; a quarter that is yet to begin belongs to last year then. What just
    # ended may still be looked ahead to: "third-quarter earnings will be low" in October.
    direction = when.direction() or (-1 if "fiscal" in slots else 0)
    if direction > 0:
        found = next((one for one in near if one.end and one.end >= when.today - SLACK), near[-1])
    elif direction == 0:
        found = min(near, key=lambda one: abs((one.start or date.max) - (when.today or date.max)))
    else:
        found = [one for one in near if one.start and one.start <= when.today][-1]
    return structs.replace(found, leans=True, exact="fiscal" not in slots)


def year_before(period: Days) -> Days | None:
    """The same quarter of the year before."""
    if period.start is None or period.start.year < 2 or period.value[5:6] != "Q":
        return None
    return _same_in(period, int(period.value[:4]) - 1)


def _same_in(period: Days, number: int) -> Days | None:
    """A quarter or half in another year."""
    made, which = period.value[5:6], period.value[6:7]
    if made not in ("Q", "H") or not which.isdigit():
        return None
    found = days.quarter(number, int(which)) if made == "Q" else days.half(number, int(which))
    return structs.replace(found, leans=True)


def read_period(slots: Slots, when: When) -> Days | None:
    """ "the latest quarter", "the latest period": the one that is told of, else the one that ended last."""
    unit = slots.get("unit", "quarter")
    if unit == "quarter" and when.period is not None:
        return structs.replace(when.period, leans=True)
    return unit_at(when.today, -1, unit)


def read_year_period(slots: Slots, when: When) -> Days | None:
    """ "the 1988 quarter", "the 1988 period": the quarter that is told of, in that year."""
    if slots.get("unit", "quarter") == "quarter" and when.period is not None and when.period.start is not None:
        return _same_in(when.period, slots["year"])
    return days.year(slots["year"])


def read_this_period(slots: Slots, when: When) -> Days | None:
    """ "for the quarter": the one that is told of; "the quarter" by itself is none."""
    if slots["date"].granularity != "quarter" or when.period is None:
        return None
    return structs.replace(when.period, leans=True)


def read_lone_season(slots: Slots, when: When) -> Days | None:
    """ "in spring"; a bare "winter" in "winter clothes" is none."""
    whole: Days = slots["date"]
    return whole if whole.granularity == "season" else None


def read_year_earlier_period(slots: Slots, when: When) -> Days | None:
    """ "the year-earlier quarter", "the year-ago period"."""
    if slots.get("unit", "quarter") == "quarter":
        return year_before(when.period) if when.period is not None else unit_at(when.today, -5, "quarter")
    return unit_at(when.today, -1, "year")


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
        moved = valid(outer.start.year, inner.start.month, inner.start.day)
        found = days.day(moved) if moved else None
    return structs.replace(found, leans=outer.leans) if found else None


def read_in_week(slots: Slots, when: When) -> Days | None:
    """ "Monday of last week", "Tuesday next week"."""
    inner: Days = slots["day:1"]
    outer: Days = slots["week:2"]
    if inner.start is None or outer.start is None:
        return None
    return structs.replace(days.day(outer.start + timedelta(inner.start.weekday())), leans=True)


def read_week_of(slots: Slots, when: When) -> Days | None:
    """ "the week of June 8": the one that the day lies in."""
    whole: Days = slots["date"]
    inside: Days = slots["day"]
    if whole.granularity != "week" or inside.start is None:
        return None
    return structs.replace(days.week(inside.start), leans=inside.leans)


def read_range(slots: Slots, when: When) -> Days | None:
    """ "from Monday to Friday", "1990-1995", "between December 2008 and May 2009"."""
    first: Days = slots["date:1"]
    last: Days = slots["date:2"]
    if first.kind not in ("DATE", "TIME") or last.kind not in ("DATE", "TIME"):
        return None
    if first.kind == last.kind == "TIME":
        # "from 6:30 to 8:30 p.m. on May 5": the first is of the same day.
        on_day = f"{last.value[:10]}T{first.value.partition('T')[2]}"
        return structs.replace(last, value=f"{on_day}/{last.value}")
    began = first.start
    if began and last.start and last.end and began > last.end and first.leans:
        if first.granularity == "month" and last.granularity == "month" and not last.leans:
            first = days.month(last.start.year - (began.month > last.start.month), began.month)
        elif last.leans and last.granularity == "day":
            last = _week_later(last, began)
    return days.stretch(first, last)


def _week_later(last: Days, first: date) -> Days:
    """ "from Friday to Monday": the Monday after."""
    if last.end is None or first - last.end >= timedelta(7):
        return last
    return days.day(last.end + timedelta(7))
