"""What every reader of a format is given beside its input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from detente.model import Record
from detente.records.kinds import Format
from detente.records.opening import Source
from detente.records.unread import Unread

Found = Iterator[Record | Unread]


class Reading(Struct, frozen=True, kw_only=True):
    """How an input is to be read."""

    columns: Mapping[str, str] = {}
    """Which column or field holds what: {"text": "body"}."""
    inside: Callable[[Source, str, str, Reading], Found]
    """Reads what lies in an archive: its bytes, its name there, where it is from."""
    depth: int = 0
    """In how many archives the input lies."""


Reader = Callable[[Source, str, Reading], Found]
"""Records of a source that comes from `origin`."""

__all__ = ["Format", "Found", "Reader", "Reading"]
