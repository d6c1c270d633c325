"""How a request can end, and what the headers of an answer say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from msgspec import Struct

DAY = 86_400.0


class Validators(Struct, frozen=True, kw_only=True):
    """By what a server tells that nothing has changed; they hold for one URL and no other."""

    url: str
    etag: str | None = None
    modified: str | None = None
    """The Last-Modified header, as it was sent: servers compare the letters."""


class Fetched(Struct, frozen=True, kw_only=True):
    """It came."""

    url: str
    final: str
    """Where the redirects led."""
    content: bytes
    type: str = ""
    """Media type, in small letters: "text/html"."""
    charset: str | None = None
    validators: Validators | None = None
    moved_to: str | None = None
    """Where permanent redirects lead: the address to ask from now on."""
    fresh_for: float = 0.0
    """For how many seconds the server calls the answer fresh."""
    cut: bool = False
    """It was longer than asked for, and this is its beginning."""


class NotModified(Struct, frozen=True, kw_only=True):
    """Nothing has changed since the validators were given."""

    url: str
    moved_to: str | None = None
    fresh_for: float = 0.0


class Gone(Struct, frozen=True, kw_only=True):
    """The server says that it is gone for good (410)."""

    url: str
    reason: str


class Refused(Struct, frozen=True, kw_only=True):
    """It is not ours to ask: the guard or the site's robots.txt says so."""

    url: str
    reason: str


class Failed(Struct, frozen=True, kw_only=True):
    """It did not come this time."""

    url: str
    reason: str
    status: int | None = None
    retry_after: float | None = None
    """In how many seconds the server wants to be asked again."""


Outcome = Fetched | NotModified | Gone | Refused | Failed


# -- Headers -----------------------------------------------------------------------------------------------------------


def media_type(headers: Mapping[str, str]) -> str:
    """The media type: "text/html"."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def charset_of(headers: Mapping[str, str]) -> str | None:
    """The charset that the header names, if any."""
    found = re.search(r"""charset\s*=\s*["']?([\w.:+-]{1,40})""", headers.get("content-type", ""), re.IGNORECASE)
    return found[1].lower() if found else None


def validators_of(url: str, headers: Mapping[str, str]) -> Validators | None:
    """The validators of an answer; None when it has none."""
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return Validators(url=url, etag=etag, modified=modified) if etag or modified else None


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The wait that the server asks for, in seconds, a day at most; a date is counted from `now`."""
    told = headers.get("retry-after", "").strip()
    if not told:
        return None
    if told.isdecimal():
        seconds = float(told[:9])
    else:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - now
        except (ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), DAY)


def fresh_for(headers: Mapping[str, str]) -> float:
    """For how many seconds the answer is fresh (Cache-Control: max-age), a day at most."""
    found = re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", headers.get("cache-control", ""), re.IGNORECASE)
    return min(float(found[1]), DAY) if found else 0.0
