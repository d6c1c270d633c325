"""A file that is one article: a page or a text."""

from __future__ import annotations

from typing import Literal

from detente.model import Record
from detente.records.limits import MAX_PAGE, megabytes
from detente.records.opening import Source
from detente.records.reading import Found, Reading
from detente.records.unread import Unread


def read_html(source: Source, origin: str, reading: Reading) -> Found:
    """The page as it is."""
    yield _page(source.take(MAX_PAGE + 1), origin, "html")


def read_text(source: Source, origin: str, reading: Reading) -> Found:
    """The text as it is."""
    yield _page(source.take(MAX_PAGE + 1), origin, "text")


def _page(content: bytes, origin: str, format: Literal["html", "text"]) -> Record | Unread:
    return too_long(origin) if len(content) > MAX_PAGE else Record(origin=origin, content=content, format=format)


def too_long(origin: str) -> Unread:
    """Of an article over the limit."""
    return Unread(
        origin,
        f"{origin}: over {megabytes(MAX_PAGE)}, too long for one article; "
        "split it, or give many articles as JSONL, one a line",
    )
