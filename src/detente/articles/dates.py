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
_GAP = r"[\s,|•·–—@T(-]{0,4}(?:(?:at|@|\||à|a\s?las|às|um|kl\.?|klo|alle|o|godz\.)\s{1,3})?"

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
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>\s?[-/.]\s?)(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<a>[0-3]?\d)(?P<sep>[-/]|\.\s?)(?P<b>[0-3]?\d)(?P=sep)(?P<year>(?:19|20)\d\d|\d\d(?!\s?[/.]\d))(?![\d/])"
)
_EASTERN = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>1[0-2]|0?[1-9])\s?[月월]\s?(?P<day>[12]\d|3[01]|0?[1-9])\s?[日일]"
)
_EASTERN_CLOCK = re.compile(
    r"[\s(（]{0,3}(?:[日月火水木金土][）)]\s?)?(?P<half>午前|午後|上午|下午|오전|오후)?\s?(?P<hour>[01]?\d|2[0-3])\s?[時时시:：]\s?(?P<minute>[0-5]\d)"
)
_AFTER_NOON = ("午後", "下午", "오후")

_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|º|°|\.)?"
_MONTH = r"(?P<month>[^\W\d_]{3,12})"
# A time runs into the year where only style parts them: "Dec 23, 202310:30 AM". A year of two digits needs one.
_YEAR = r"(?P<year>(?:19|20)\d\d(?:(?!\d)|(?=\d{1,2}:\d\d))|\d\d(?=,?\s(?:(?:à|at|um|kl\.?|-|–)\s)?\d{1,2}[:.h]\d\d))"
_DAY_MONTH = re.compile(
    rf"(?<!\w){_DAY}(?:[\s-]|\sof\s|\sde\s|\sd[’'])(?:\s|de\s)?{_MONTH}\.?,?(?:[\s-]|\sdel?\s){{1,2}}{_YEAR}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"(?<![\d_]){_MONTH}\.?[\s-]{{0,2}}{_DAY}(?!\d),?\s{{0,2}}{_YEAR}", re.IGNORECASE)
_YEAR_MONTH = re.compile(rf"(?<!\w)(?P<year>(?:19|20)\d\d)\.?\s(?:m\.\s)?{_MONTH}\s{_DAY}(?!\w)", re.IGNORECASE)
_LAST_WORD = re.compile(r"[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]+\Z")
_DIGIT = re.compile(r"\d")
_DAYTIME = re.compile(r"(?<!\d)(?:1[3-9]|2[0-3])[:.h][0-5]\d(?!\d|\s?[ap]\.?m)", re.IGNORECASE)


class Dates:
    """Finds printed dates; made once from the names of the lexicon."""

    def __init__(self, words: Words) -> None:
        self._months = words.months
        self._offsets = words.offsets

    def find(self, text: str, *, order: Order | None = None) -> tuple[Moment, ...]:
        """The dates of a line in their order, each with its time when one stands by it.

        `order` says how "03/04/2009" is to be read; None: it is passed over, unless only one reading is a date.
        """
        if not _DIGIT.search(text):
            return ()
        found = [*self._iso(text), *self._named(text), *self._numeric(text, order or _order_in(text))]
        if "年" in text or "년" in text:
            found += self._eastern(text)
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
        for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_MONTH):
            for match in pattern.finditer(text):
                if month := self._month(match["month"]):
                    yield from self._moment(text, match, month, int(match["day"]))

    def _month(self, word: str) -> int | None:
        """The number of a month; style alone may part it from what stands before: "ReporterDec"."""
        if month := self._months.get(word.lower()):
            return month
        last = _LAST_WORD.search(word)
        return self._months.get(last.group().lower()) if last else None

    def _eastern(self, text: str) -> Iterator[Moment]:
        """ "2025年1月14日 01時28分", "2025년 1월 14일 오후 3:05" """
        for match in _EASTERN.finditer(text):
            value = iso_day(int(match["year"]), int(match["month"]), int(match["day"]))
            if value is None:
                continue
            end = match.end()
            if clock := _EASTERN_CLOCK.match(text, end):
                later = 12 if clock["half"] in _AFTER_NOON and int(clock["hour"]) < 12 else 0
                value, end = f"{value}T{int(clock['hour']) + later:02}:{clock['minute']}", clock.end()
            yield Moment(value, match.start(), end)

    def _numeric(self, text: str, order: Order | None) -> Iterator[Moment]:
        for match in _NUMERIC.finditer(text):
            first, second = int(match["a"]), int(match["b"])
            # Points part days only where the day comes first.
            day_first = order == "day first" or match["sep"][0] == "." or first > 12
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


def _order_in(text: str) -> Order | None:
    """How a date in figures is to be read by the clock beside it: where months come first, 13:00 is 1 p.m."""
    return "day first" if "/" in text and _DAYTIME.search(text) else None


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
