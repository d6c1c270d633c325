"""GDELT 2.0 Mentions: 16 columns parted by tabs, without a header; one line for each telling of each pair of actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

import msgspec

from detente.model import Event
from detente.readers.exchange.gdelt_mentions import Mentioned
from detente.readers.exchange.row import Row
from detente.writers.exchange.options import Choosing, Needs, Options, Written, number_of

_DEFAULT = Options()
NEEDS = Needs(facts=True, cameo=True, day=True)
_EMPTY = tuple("-1" if name.endswith("_at") else "" for name in Mentioned.__struct_fields__)
"""What stands in the cells of which nothing is known."""


def write_gdelt_mentions(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write the tellings of events as GDELT 2.0 does, with the ids that `write_gdelt_events` gives.

    An article whose address is known is of the web (1), else cited alone (2) by our id of it. Where in the article it
    stands is not known to an event: sentence, offsets (-1), length and tone stay empty. Rows have no tellings.
    """
    choosing = Choosing(options, NEEDS)
    count = 0
    for event in events:
        if isinstance(event, Row):
            choosing.left_out["a row, which knows no tellings"] += 1
            continue
        for id, *_ in choosing.fields([event]):
            lines = [line_of(mentioned) for mentioned in mentions_of(id, event, options)]
            out.write("".join(lines).encode("utf-8", "replace"))
            count += len(lines)
    return Written(count, dict(choosing.left_out))


def mentions_of(id: str, event: Event, options: Options = _DEFAULT) -> Iterator[Mentioned]:
    """The tellings of an event under the id of one of its rows."""
    number = str(number_of(id))
    first = _time(event.tellings[0].date) if event.tellings else None
    for telling in event.tellings:
        url = options.urls.get(telling.article)
        yield Mentioned(
            event=number, event_time=first, time=_time(telling.date), kind=1 if url else 2,
            outlet=telling.outlet or None, identifier=url or telling.article, raw=1,
        )  # fmt: skip


def line_of(mentioned: Mentioned) -> str:
    """The line of a mention."""
    cells = [
        empty if value is None else str(value)
        for value, empty in zip(msgspec.structs.astuple(mentioned), _EMPTY, strict=True)
    ]
    line = "\t".join(cells)
    if "\n" in line or line.count("\t") >= len(cells):
        line = "\t".join(" ".join(cell.split()) if "\t" in cell or "\n" in cell else cell for cell in cells)
    return f"{line}\t\n"


def _time(day: str | None) -> int | None:
    digits = day.replace("-", "") if day else ""
    return int(f"{digits}000000") if digits.isdecimal() and len(digits) == 8 else None
