"""The dates of feeds, mails and archives, which machines write, as ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz

_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\s*(\d\d?:\d\d)(:\d\d)?(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?", re.I)


def iso_of(raw: str | None) -> str | None:
    """The moment as ISO 8601, as precise as it was written; None for what is no date, and for the epoch.

    "Mon, 06 Sep 2010 00:01:00 +0800" -> "2010-09-06T00:01:00+08:00"
    "2010-09-06T00:01Z"               -> "2010-09-06T00:01+00:00"
    "Thu, 01 Jan 1970 00:00:00 GMT"   -> None: a machine that had no date wrote zero
    """
    if raw is None:
        return None
    raw = " ".join(raw[:80].split())
    if _MONTH_OR_YEAR.fullmatch(raw):
        return raw
    found = _iso(raw) or _mail_date(raw)
    return None if found is None or found.startswith("1970-01-01") else found


def _iso(raw: str) -> str | None:
    match = _ISO.match(raw)
    if match is None:
        return None
    day, time, seconds, zone = match.groups()
    if time is None:
        written = day
    else:
        zone = "" if zone is None else "+00:00" if zone[0] in "zZuUgG" else f"{zone[:3]}:{zone[-2:]}"
        written = f"{day}T{time.rjust(5, '0')}{seconds or ''}{zone}"
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return None
    return written


def _mail_date(raw: str) -> str | None:
    """RFC 822 and what its readers forgive: no weekday, two digits of the year, names of zones."""
    try:
        parsed = parsedate_tz(raw)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if parsed is None:
        return None
    try:
        zone = None if parsed[9] is None else timezone(timedelta(seconds=parsed[9]))
        return datetime(*parsed[:6], tzinfo=zone).isoformat()
    except (ValueError, OverflowError, TypeError):
        return None
