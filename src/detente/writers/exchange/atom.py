"""Atom (RFC 4287): events as entries of a feed, with their points by GeoRSS."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import IO

from detente.model import Event
from detente.readers.exchange.atom import SCHEMES
from detente.readers.exchange.row import Row
from detente.writers.exchange.options import Choosing, Options, Written
from detente.writers.exchange.xml import Xml

_DEFAULT = Options()
_NEVER = "1970-01-01"
"""Atom wants a date of everything; a feed without any dated event has none better."""


def write_atom(
    events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT, *, title: str = "Events"
) -> Written:
    """Write events as entries, one a pair of actors, in the order in which they come.

    `updated` is the day on which an event was first told, else its own; the feed's is that of the first entry.
    """
    choosing = Choosing(options)
    rows = choosing.rows(events)
    first = next(rows, None)
    page = Xml(out)
    spaces = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:georss": "http://www.georss.org/georss"}
    count = 0
    with page.element("feed", spaces):
        for name, text in (("id", "urn:detente:events"), ("title", title), ("updated", _moment(first))):
            page.line()
            page.leaf(name, text)
        page.line()
        with page.element("author"):
            page.leaf("name", "detente")
        for row in chain([first] if first else [], rows):
            page.line()
            _entry(page, row)
            count += 1
        page.line()
    page.line()
    page.close()
    return Written(count, dict(choosing.left_out))


def _moment(row: Row | None) -> str:
    day = (row.told or row.day) if row else None
    return f"{day or _NEVER}T00:00:00Z"


def title_of(row: Row) -> str:
    """ "Russia CONSULT Georgia (planned)"."""
    who = [row.source_name or row.source_code, row.type or row.cameo, row.target_name or row.target_code]
    told = " ".join(part for part in who if part)
    return f"{told} ({row.standing})" if row.standing and row.standing not in ("happened", "ongoing") else told


def _entry(page: Xml, row: Row) -> None:
    with page.element("entry"):
        page.leaf("id", f"urn:detente:event:{row.id}")
        page.leaf("title", title_of(row))
        page.leaf("updated", _moment(row))
        if row.day:
            page.leaf("published", f"{row.day}T00:00:00Z")
        if row.url:
            page.leaf("link", None, {"rel": "related", "href": row.url})
        for field, scheme in SCHEMES.items():
            if (value := getattr(row, field)) is not None:
                page.leaf("category", None, {"scheme": scheme, "term": value})
        if row.text:
            page.leaf("summary", row.text, {"type": "text"})
        if row.lat is not None and row.lon is not None:
            page.leaf("georss:point", f"{row.lat} {row.lon}")
