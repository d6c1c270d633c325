"""Our own events as JSON lines: the whole event with its tellings, one a line, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from detente.model import Event
from detente.readers.exchange.files import UNREADABLE, open_file
from detente.readers.exchange.notes import Note, Repaired, Skipped
from detente.readers.exchange.row import Row, rows_of
from detente.records.limits import MAX_LINE, megabytes

T = TypeVar("T")


def read_events(path: Path) -> Iterator[Event | Note]:
    """The events of a file of ours, whole.

    Raises OSError when the file cannot be opened.
    """
    seen: set[str] = set()
    for line, event in read_json_lines(path, Event):
        if isinstance(event, Skipped | Repaired):
            yield event
        elif event.id in seen:
            yield Skipped(str(path), line, f"event {event.id} stands before already")
        else:
            seen.add(event.id)
            yield event


def read_jsonl(path: Path) -> Iterator[Row | Note]:
    """The events of a file of ours as rows, one for each pair of actors.

    Raises OSError when the file cannot be opened.
    """
    for event in read_events(path):
        if isinstance(event, Event):
            yield from rows_of(event)
        else:
            yield event


def read_json_lines(path: Path, type: type[T]) -> Iterator[tuple[int, T | Note]]:
    """The value on each line with the number of the line; lines that hold another are `Skipped`.

    Raises OSError when the file cannot be opened.
    """
    file, number = str(path), 0
    decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(type)
    try:
        with ExitStack() as stack:
            source = open_file(path, stack)
            for number, line in enumerate(source.lines(MAX_LINE), 1):
                if line is None:
                    yield number, Skipped(file, number, f"a line over {megabytes(MAX_LINE)}")
                    continue
                if number == 1 and line.startswith(b"\xef\xbb\xbf"):
                    line = line[3:]
                if line.strip():
                    yield from _decoded(line, decoder, file, number)
    except UNREADABLE as fault:
        yield number, Skipped(file, number, f"cannot be unpacked from here on ({fault}); what follows was not read")


def _decoded(line: bytes, decoder: Any, file: str, number: int) -> Iterator[tuple[int, Any]]:
    try:
        yield number, decoder.decode(line)
        return
    except UnicodeDecodeError:
        pass
    except (msgspec.DecodeError, RecursionError) as fault:
        yield number, Skipped(file, number, f"not of this format: {str(fault)[:200]}")
        return
    try:
        value = decoder.decode(line.decode("cp1252", "replace"))
    except (msgspec.DecodeError, RecursionError) as fault:
        yield number, Skipped(file, number, f"not of this format: {str(fault)[:200]}")
        return
    yield number, Repaired(file, number, "Latin-1 for UTF-8")
    yield number, value
