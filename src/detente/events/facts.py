"""What of a report counts when it is asked whether it tells the same event as another."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from detente.model import Party, Report, Type, Where

RECENT = 3
"""Days before its article in which a thing told in the past tense without a date is looked for."""
AHEAD = 90
"""Days after its article in which a thing to come without a date is looked for."""
LONG_AGO, FAR_AHEAD = date.min.toordinal(), date.max.toordinal()

_DATED = ("stated", "planned", "inherited")


class Told(Struct, frozen=True, kw_only=True):
    """A report, with what of its article counts for an event."""

    report: Report
    day: str | None = None
    """ISO 8601 day of the article, or of the post of a live blog."""
    outlet: str = ""
    """Who published it first."""
    story: str | None = None
    copied: bool = False


class Fact(Struct, frozen=True, kw_only=True):
    """A report, as it is held against others. Days are ordinals."""

    type: Type
    quad: int
    mode: str | None
    cameo: str | None
    source: tuple[Party, ...]
    target: tuple[Party, ...]
    start: int
    end: int
    dated: bool
    """Its text says when; else the days are guessed from those of its article."""
    place: Where | None
    """Where it says so itself: the dateline tells where the reporter was."""
    rule: str | None
    """The entry that found it."""
    deed: str
    """The word of the deed, in small letters."""
    article: str
    told: int | None
    """The day of its article."""

    @property
    def kind(self) -> tuple[object, ...]:
        """Facts that are alike in this are alike for every question but that of the day."""
        who = tuple((party.id, party.sectors) for party in self.source)
        whom = tuple((party.id, party.sectors) for party in self.target)
        where = (self.place.geonames, self.place.name) if self.place else None
        return self.article, self.deed, self.mode, self.cameo, who, whom, where


def fact_of(told: Told) -> Fact:
    """What counts of a report."""
    report = told.report
    day = ordinal_of(told.day)
    start, end, dated = _days(report, day)
    place = report.place if report.place and report.place.basis in ("stated", "caption", "inherited") else None
    return Fact(
        type=report.type,
        quad=report.quad,
        mode=report.mode,
        cameo=report.cameo,
        source=report.source,
        target=report.target,
        start=start,
        end=end,
        dated=dated,
        place=place,
        rule=report.because[0].rule if report.because else None,
        deed=_deed(report),
        article=report.article,
        told=day,
    )


def _deed(report: Report) -> str:
    """The first word of what tells it: "pulled" of "pulled out"."""
    start = report.trigger[0] - report.sentence[0]
    words = report.text[start : start + report.trigger[1] - report.trigger[0]].split()
    return words[0].lower() if words else ""


def _days(report: Report, day: int | None) -> tuple[int, int, bool]:
    """First and last day on which it may have been, and whether the text says so."""
    time = report.time
    start, end = (ordinal_of(time.start), ordinal_of(time.end)) if time else (None, None)
    dated = time is not None and time.basis in _DATED and (start is not None or end is not None)
    if not time and day is not None:
        end = day
    if start is None and end is None:
        return LONG_AGO, FAR_AHEAD, False
    if start is None and end is not None:
        start = end if dated else end - RECENT
    if end is None and start is not None:
        end = start if dated else start + AHEAD
    assert start is not None and end is not None
    return min(start, end), max(start, end), dated


def ordinal_of(day: str | None) -> int | None:
    """The number of a day; None for what is none: "2009-06" or nothing."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day and len(day) >= 10 else None
    except ValueError:
        return None
