"""What a user can say about an export, and what an export says about itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple, Protocol

import msgspec
from msgspec import Struct

from detente.model import FACTS, Event
from detente.readers.exchange.row import Fields, Intensity, Row, fields_of


class Options(Struct, frozen=True, kw_only=True):
    """How events are exported."""

    intensity: Intensity | None = None
    """The intensity of an event (-10 to 10); None: the event's own, which is PLOVER's."""
    urls: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Addresses of articles by their ids; events know the ids alone."""
    standings: frozenset[str] = frozenset(FACTS)
    """What formats get that have no word for how an event is told: in them all that stands there happened."""


class Written(NamedTuple):
    """What became of the events."""

    rows: int
    """Rows, entries or nodes that were written."""
    left_out: dict[str, int]
    """How many events, or rows of others, the format could not take, by why."""


class Writer(Protocol):
    """Writes events, or rows that a reader made, in a format; the stream stays open."""

    def __call__(self, events: Iterable[Event | Row], out: IO[bytes], options: Options = ...) -> Written:
        """Write them all."""


class Needs(Struct, frozen=True, kw_only=True):
    """What a format needs of an event."""

    facts: bool = False
    """It has no word for what did not happen."""
    cameo: bool = False
    type: bool = False
    day: bool = False


class Choosing:
    """The rows of events that a format can take; what it cannot take is counted."""

    def __init__(self, options: Options, needs: Needs = Needs()) -> None:  # noqa: B008  # frozen
        self.left_out: Counter[str] = Counter()
        self._options = options
        self._needs = needs

    def rows(self, events: Iterable[Event | Row]) -> Iterator[Row]:
        """The rows, in the order of the events."""
        return (Row(*fields) for fields in self.fields(events))

    def fields(self, events: Iterable[Event | Row]) -> Iterator[Fields]:
        """What the rows hold, for those who make columns of it."""
        for event in events:
            if why := self._against(event):
                self.left_out[why] += 1
                continue
            fields = self._fields(event)
            if self._needs.day and fields[0][_DAY] is None:  # nor has what tells it
                self.left_out["no day"] += 1
                continue
            yield from fields

    def _fields(self, event: Event | Row) -> Sequence[Fields]:
        if isinstance(event, Row):
            return [msgspec.structs.astuple(event)]
        return fields_of(event, intensity=self._options.intensity, urls=self._options.urls)

    def _against(self, event: Event | Row) -> str | None:
        if self._needs.facts and event.standing is not None and event.standing not in self._options.standings:
            return f"{event.standing}, not a fact"
        if self._needs.cameo and event.cameo is None:
            return "no CAMEO code"
        if self._needs.type and event.type is None:
            return "no PLOVER type"
        return None


_DAY = Row.__struct_fields__.index("day")
_NUMBER = re.compile(r"(\d{1,19})(?:@\d{4}-\d{2}-\d{2})?")


def number_of(id: str) -> int:
    """The id as a whole number of 63 bits, for formats whose ids are numbers; the same for good.

    A number stays what it is, and ICEWS's "32889836@2018-06-01" is 32889836. Of other ids it is the first 63 bits of
    SHA-256 over their UTF-8; among ten million events the odds that two share one are 1 in 180,000.
    """
    if id[:1].isdigit() and (found := _NUMBER.fullmatch(id)) and int(found[1]) < 1 << 63:
        return int(found[1])
    return int.from_bytes(hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


def without_nothing(found: dict[str, Any]) -> dict[str, Any]:
    """The entries that say something."""
    return {name: value for name, value in found.items() if value is not None and value != () and value != []}
