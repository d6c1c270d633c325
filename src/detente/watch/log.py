"""The log's words: one line for each thing that matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Log = Callable[[str, str], None]
"""Takes a line and its colour ("" for none)."""

GOOD, NOTE, BAD = "green", "yellow", "red"


def silent(message: str, style: str) -> None:
    """Says nothing."""


def listed(counts: Mapping[str, int]) -> str:
    """ "9 coded, 2 no events": what there is none of is left out."""
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if number)
