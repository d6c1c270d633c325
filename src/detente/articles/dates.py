"""Reads the dates and times that pages print: "Updated: 2009-06-28 10:57", "8 May 2023, 20:11 GMT", "June 3, 2009"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Literal

from msgspec import Struct

from detente.articles.words import Words

Order = Literal["day first", "month first"]

# The web is younger than the first, and a page of tomorrow cannot have been read. 1970 is a clock at zero.
FIRST_YEAR, LAST_YEAR = 1981, 2099


class Moment(Struct, frozen=True):
    """A date as printed, and where in the line."""

    value: str
    """ISO 8601, as precise as printed."""
    start: int
    end: int

    @property
    def day(self) -> str:
        """Without the time."""
        return self.value[:10]


_TIME = r"""(?P<hour>[01]?\d|2[0-3])\s?(?P<sep>[:.h])\s?(?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:\.\d{1,9})?)?
    (?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?:\s?(?:hrs|hours)\b)?|(?P<hour12>1[0-2]|0?[1-9])\s?(?P<half12>[ap])\.?\s?m\b\.?"""
_ZONE = r"""\s?\(?(?:(?P<offset>(?:GMT|UTC)?\s?[+-](?:0\d|1[0-4]|\d):?(?:[0-5]\d)?)(?!\d)|(?P<zone>[A-Za-z]{1,5})\b)?"""
_GAP = r"[\s,|•·–—@T(-]{0,4}(?:(?:at|@|\|)\s{1,3})?"

_CLOCK_AFTER = re.compile(_GAP.replace(" ", r"\ ") + r"(?:" + _TIME + ")" + _ZONE, re.VERBOSE | re.IGNORECASE)
_CLOCK_BEFORE = re.compile(
    r"(?:"
    + _TIME
    + ")"
    + _ZONE
    + r"[\s,|•·–—)(-]{0,4}(?:on\s{1,3})?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s)?$",
    re.VERBOSE | re.IGNORECASE,
)

_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<a>[0-3]?\d)(?P<sep>[-/.])(?P<b>[0-3]?\d)(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/])"
)
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|º|°|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"


class Dates:
    """Finds printed dates; made once from the names of the lexicon."""

    def __init__(self, words: Words) -> None:
        self._months = words.months
        self._offsets = words.offsets
        month = "(?P<month>" + "|".join(sorted(map(re.escape, self._months), key=len, reverse=True)) + ")"
        self._day_month = re.compile(
            rf"(?<!\w){_DAY}(?:[\s-]|\sof\s|\sde\s){{1,2}}{month}\b\.?,?(?:[\s-]|\sde\s|\sdel\s){{1,2}}{_YEAR}",
            re.IGNORECASE,
        )
        self._month_day = re.compile(rf"(?<!\w){month}\b\.?[\s-]{{0,2}}{_DAY}(?!\d),?\s{{0,2}}{_YEAR}", re.IGNORECASE)

    def find(self, text: str, *, order: Order | None = None) -> tuple[Moment, ...]:
        """The dates of a line in their order, each with its time when one stands by it.

        `order` says how "03/04/2009" is to be read; None: it is passed over, unless only one reading is a date.
        """
        found = [*self._iso(text), *self._named(text), *self._numeric(text, order)]
        kept: list[Moment] = []
        for moment in sorted(found, key=lambda moment: (moment.start, -moment.end)):
            if not kept or moment.start >= kept[-1].end:
                kept.append(moment)
        return tuple(kept)

    def read(self, text: str, *, order: Order | None = None) -> str | None:
        """The first date of a text as ISO 8601; None when there is none."""
        found = self.find(text[:200], order=order)
        return found[0].value if found else None

    def _iso(self, text: str) -> Iterator[Moment]:
        for match in _ISO.finditer(text):
            yield from self._moment(text, match, int(match["month"]), int(match["day"]))

    def _named(self, text: str) -> Iterator[Moment]:
        for pattern in (self._day_month, self._month_day):
            for match in pattern.finditer(text):
                yield from self._moment(text, match, self._months[match["month"].lower()], int(match["day"]))

    def _numeric(self, text: str, order: Order | None) -> Iterator[Moment]:
        for match in _NUMERIC.finditer(text):
            first, second = int(match["a"]), int(match["b"])
            # Points part days only where the day comes first.
            day_first = order == "day first" or match["sep"] == "." or first > 12
            if second > 12 >= first:
                yield from self._moment(text, match, first, second)
            elif day_first:
                yield from self._moment(text, match, second, first)
            elif order == "month first" or first == second:
                yield from self._moment(text, match, first, second)

    def _moment(self, text: str, match: re.Match[str], month: int, day: int) -> Iterator[Moment]:
        year = int(match["year"])
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        value = iso_day(year, month, day)
        if value is None:
            return
        start, end = match.span()
        if after := _CLOCK_AFTER.match(text, end):
            value, end = value + self._clock(after), self._end(after)
        elif before := _CLOCK_BEFORE.search(text[max(0, start - 40) : start]):
            value += self._clock(before)
            start = max(0, start - 40) + before.start()
        yield Moment(value, start, len(text[:end].rstrip(" ,|(")))

    def _end(self, clock: re.Match[str]) -> int:
        """Where a time ends: a word behind it belongs to it only when it is a time zone."""
        word = clock["zone"]
        return clock.end() if not word or word.lower() in self._offsets else clock.start("zone")

    def _clock(self, match: re.Match[str]) -> str:
        hour = int(match["hour"] or match["hour12"])
        half = (match["half"] or match["half12"] or "").lower()
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        second = f":{match['second']}" if match["second"] else ""
        return f"T{hour:02}:{match['minute'] or '00'}{second}{self._offset(match)}"

    def _offset(self, match: re.Match[str]) -> str:
        if match["zone"]:
            return self._offsets.get(match["zone"].lower(), "")
        if not match["offset"]:
            return ""
        sign, digits = re.findall(r"[+-]", match["offset"])[0], re.findall(r"\d+", match["offset"])
        hours = digits[0][:2]
        minutes = digits[1] if len(digits) > 1 else digits[0][2:] or "00"
        return f"{sign}{int(hours):02}:{minutes}"


@cache
def dates_of(words: Words) -> Dates:
    """The reader of printed dates for these words, made once."""
    return Dates(words)


def iso_day(year: int, month: int, day: int) -> str | None:
    """The date, or None when the calendar has no such day or no page is of that year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_STAMP = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T\s]\s?(?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?(?![\d])"
)


def iso_stamp(value: str) -> str | None:
    """A machine's date as ISO 8601, checked: "2009-06-28T10:57:00+0800" -> "2009-06-28T10:57:00+08:00"."""
    match = _STAMP.match(value.strip())
    if match is None:
        return None
    day = iso_day(*(int(part) for part in match["day"].split("-")))
    if day is None or match["time"] is None:
        return day
    zone = match["zone"] or ""
    if len(zone) == 5 and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    elif len(zone) == 3:
        zone += ":00"
    return f"{day}T{match['time']}{zone}"


_URL_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[-/_]?(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
    r"|[/-](?P<year2>(?:19|20)\d\d)/(?P<month2>[a-z]{3}|\d{1,2})/(?P<day2>\d{1,2})(?=[/_.-]|$)",
    re.IGNORECASE,
)


def url_day(url: str, months: dict[str, int]) -> str | None:
    """The day in an address: "/world/2009-06/28/content_8330206.htm" -> 2009-06-28; None for one without a day."""
    match = _URL_DAY.search(url)
    if match is None:
        return None
    if match["year"]:
        return iso_day(int(match["year"]), int(match["month"]), int(match["day"]))
    month = months.get(match["month2"].lower()) or (int(match["month2"]) if match["month2"].isdigit() else 0)
    return iso_day(int(match["year2"]), month, int(match["day2"])) if month else None
