"""What a reader did with what it could not take as it stood: nothing is left out or mended without being told."""

from __future__ import annotations

from msgspec import Struct


class Skipped(Struct, frozen=True):
    """A line, or what stood there, that was left out."""

    file: str
    line: int
    """From 1; 0 for the whole file. Of formats without lines (XML, one JSON for all) the number of the item."""
    what: str


class Repaired(Struct, frozen=True):
    """What was taken otherwise than it stood; one for each kind of repair in a stretch of a file."""

    file: str
    line: int
    """The first of them, from 1."""
    what: str
    count: int = 1


Note = Skipped | Repaired
