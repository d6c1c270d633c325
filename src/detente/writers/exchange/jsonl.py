"""Our own events as JSON lines: the whole event with its tellings, one a line, nothing lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

import msgspec

from detente.model import Event
from detente.readers.exchange.row import Row
from detente.writers.exchange.options import Options, Written

_DEFAULT = Options()
_BATCH = 1000


def write_jsonl(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events whole; `options` change nothing. Rows of other formats are no events and are left out."""
    encoder = msgspec.json.Encoder()
    left_out: Counter[str] = Counter()
    count = 0
    whole = _whole(events, left_out)
    while part := list(islice(whole, _BATCH)):
        out.write(encoder.encode_lines(part))
        count += len(part)
    return Written(count, dict(left_out))


def _whole(events: Iterable[Event | Row], left_out: Counter[str]) -> Iterator[Event]:
    for event in events:
        if isinstance(event, Event):
            yield event
        else:
            left_out["a row of another format, not an event"] += 1
