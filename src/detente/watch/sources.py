"""What the user names: addresses of feeds, OPML files, and text files with an address a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.errors import DetenteError
from detente.records.addresses import web_address
from detente.records.opml import BadOpml, feeds_of_opml


class BadSource(DetenteError):
    """A name that leads to no feed; the message says why."""


def feeds_of(sources: Iterable[str]) -> dict[str, str | None]:
    """The addresses of feeds with the titles that the user's list gives them, in their order and each once.

    Raises `BadSource`.
    """
    feeds: dict[str, str | None] = {}
    for source in sources:
        for url, title in _feeds_of(source):
            feeds.setdefault(url, title)
    return feeds


def _feeds_of(source: str) -> Iterator[tuple[str, str | None]]:
    if "://" in source:
        if not (url := web_address(source)):
            raise BadSource(f"{source}: no address of the web; write it as https://news.example/feed")
        yield url, None
        return
    try:
        content = Path(source).read_bytes()
    except OSError as error:
        hint = "name a file, or an address with https://"
        raise BadSource(f"{source}: cannot be read: {error.strerror}; {hint}") from None
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or source.lower().endswith((".opml", ".xml")):
        yield from _of_opml(source, content)
    else:
        yield from _of_lines(source, content)


def _of_opml(source: str, content: bytes) -> Iterator[tuple[str, str | None]]:
    try:
        found = feeds_of_opml(content)
    except BadOpml as error:
        raise BadSource(f"{source}: {error}") from None
    if not found:
        raise BadSource(f"{source}: a list without any feed; each outline of one needs an xmlUrl")
    yield from found


def _of_lines(source: str, content: bytes) -> Iterator[tuple[str, str | None]]:
    """One address a line; "#" begins a comment, and what stands behind a blank is the feed's title."""
    empty = True
    for number, line in enumerate(content.decode("utf-8", "replace").lstrip("\ufeff").splitlines(), 1):
        told = line.strip()
        if not told or told.startswith("#"):
            continue
        empty = False
        address, _, title = told.partition(" ")
        if not (url := web_address(address)):
            raise BadSource(f"{source}:{number}: '{address[:80]}' is no address; write https://news.example/feed")
        yield url, title.strip() or None
    if empty:
        raise BadSource(f"{source}: no address in it; write one a line")
