"""What a user can say about an export, and what an export says about itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, NamedTuple, Protocol

import msgspec
from msgspec import Struct

from detente.model import Event
from detente.readers.exchange.row import Intensity, Row, rows_of

FACTS = frozenset({"happened", "ongoing"})


class Options(Struct, frozen=True, kw_only=True):
    """How events are exported."""

    intensity: Intensity | None = None
    """The intensity of an event (-10 to 10); None: the event's own, which is PLOVER's."""
    urls: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Addresses of articles by their ids; events know the ids alone."""
    standings: frozenset[str] = FACTS
    """What formats get that have no word for how an event is told: in them all that stands there happened."""


class Written(NamedTuple):
    """What became of the events."""

    rows: int
    """Rows, entries or nodes that were written."""
    left_out: dict[str, int]
    """How many rows the format could not take, by why."""


class Writer(Protocol):
    """Writes events, or rows that a reader made, in a format; the stream stays open."""

    def __call__(self, events: Iterable[Event | Row], out: IO[bytes], options: Options = ...) -> Written:
        """Write them all."""


class Choosing:
    """The rows of events that a format can take; what it cannot take is counted."""

    def __init__(self, options: Options, *, facts: bool = False, cameo: bool = False, type: bool = False) -> None:
        """`facts`: the format has no word for what did not happen; `cameo`, `type`: it needs one."""
        self.left_out: Counter[str] = Counter()
        self._options = options
        self._facts = facts
        self._cameo = cameo
        self._type = type

    def rows(self, events: Iterable[Event | Row]) -> Iterator[Row]:
        """The rows, in the order of the events."""
        for event in events:
            if why := self._against(event):
                self.left_out[why] += 1
            elif isinstance(event, Row):
                yield event
            else:
                yield from rows_of(event, intensity=self._options.intensity, urls=self._options.urls)

    def _against(self, event: Event | Row) -> str | None:
        if self._facts and event.standing is not None and event.standing not in self._options.standings:
            return f"{event.standing}, not a fact"
        if self._cameo and event.cameo is None:
            return "no CAMEO code"
        if self._type and event.type is None:
            return "no PLOVER type"
        return None


_NUMBER = re.compile(r"(\d{1,18})(?:@\d{4}-\d{2}-\d{2})?")


def number_of(id: str) -> int:
    """The id as a whole number of 63 bits, for formats whose ids are numbers; the same for good.

    A number stays what it is, and ICEWS's "32889836@2018-06-01" is 32889836. Of other ids it is the first 63 bits of
    SHA-256 over their UTF-8; among ten million events the odds that two share one are 1 in 180,000.
    """
    if found := _NUMBER.fullmatch(id):
        return int(found[1])
    return int.from_bytes(hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


def without_nothing(found: dict[str, Any]) -> dict[str, Any]:
    """The entries that say something."""
    return {name: value for name, value in found.items() if value is not None and value != () and value != []}
