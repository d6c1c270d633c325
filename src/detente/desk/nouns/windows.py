"""The stretch of days that a page looks at: as it is asked, else up to the last that the store tells of."""

from __future__ import annotations

import datetime
from typing import Annotated

from fastapi import Depends
from msgspec import Struct

from detente.desk.desk import Day
from detente.errors import QuestionError
from detente.store.reader import Reader


class Window(Struct, frozen=True):
    """The days on which something was first told, both included."""

    since: datetime.date
    until: datetime.date


class Days(Struct, frozen=True):
    """What is asked for; None is open."""

    since: datetime.date | None
    until: datetime.date | None

    def window(self, store: Reader, days: int) -> Window:
        """So many days up to the last of which the store tells, where nothing else is asked."""
        until = self.until or store.last_day() or datetime.date.today()
        since = self.since or max(until, datetime.date.min + datetime.timedelta(days)) - datetime.timedelta(days)
        if since > until:
            raise QuestionError(f"since {since} is after until {until}; swap them?")
        return Window(since, until)


def days_of(since: Day = None, until: Day = None) -> Days:
    """What is asked for. Raises `QuestionError` for a day that no month has."""
    return Days(day(since), day(until))


def day(text: str | None) -> datetime.date | None:
    """Raises `QuestionError` for a day that no month has."""
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise QuestionError(f"{text} is no day of the calendar") from None


def iso(text: str | None) -> str | None:
    """A day as it was asked for. Raises `QuestionError` for one that no month has."""
    told = day(text)
    return told.isoformat() if told else None


TheDays = Annotated[Days, Depends(days_of)]
