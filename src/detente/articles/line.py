"""What pages and text dumps are both taken apart into, before anything is labelled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from msgspec import Struct

from detente.articles.words import Zone

_ADDRESS = re.compile(r"""\shref="([^"]*)\"""")

MOST_LINES = 30_000
"""The longest of some 1,000 pages had 6,500 lines; beyond this, reading stops."""
MOST_BOXES = 100_000


class Box(Struct, gc=False):
    """An element that holds lines: where it stands and what its names tell.

    Boxes are listed parents first, and what stands in a box follows it without a gap.
    """

    tag: str
    parent: int
    """Index of the box around it; -1: none."""
    zone: Zone | None = None
    """What its own tag and names tell."""
    body: bool = False
    """Its names say that it holds the article's text."""
    in_body: bool = False
    """Its own or those of a box around it."""
    item: int = -1
    """Index of the item of a list that it is or stands in; -1: none."""
    quoted: bool = False
    """It is or stands in a block of quotation."""


class Line(Struct, gc=False):
    """A stretch of text between two breaks: a paragraph, a list item, a heading, a line of a dump."""

    text: str
    """Spaces made single; never empty."""
    tag: str = "p"
    box: int = 0
    quoted: bool = False
    """It stands in a block of quotation."""
    zone: Zone | None = None
    """What the names of the elements around it tell, the nearest first."""
    links: Sequence[str] = ()
    """The texts of its links."""
    linked: int = 0
    """How many of its characters are in links."""
    times: Sequence[str] = ()
    """The `datetime` values that stand in it."""
    people: Sequence[str] = ()
    """Names that the page marks as authors within it."""
    weight: int = 0
    """How much running text it is; see `body`."""
    tags: Sequence[str] = ()
    """The tags of its links as the page writes them: most of their addresses are never asked for."""

    def address(self, title: str) -> str | None:
        """Where the link with this title leads, as the page writes it; the link may say more before or behind it."""
        pairs = list(zip(self.links, self.tags, strict=False))
        tag = next((tag for text, tag in pairs if text == title), None)
        tag = tag or next((tag for text, tag in pairs if title in text), "")
        found = _ADDRESS.search(tag)
        return unescape(found[1]).strip() or None if found else None

    @property
    def link_share(self) -> float:
        """From 0 to 1."""
        return self.linked / len(self.text)


class Page(Struct):
    """A document taken apart: its lines in reading order, and what it says of itself out of sight."""

    lines: Sequence[Line]
    boxes: Sequence[Box] = ()
    title: str | None = None
    metas: Sequence[tuple[str, str]] = ()
    """Names (lower case) and contents of its `meta` elements."""
    canonical: str | None = None
    language: str | None = None
    """The `lang` attribute of the page."""
    endless: bool = False
    """It has more lines or elements than is read."""
    jsonld: tuple[str, ...] = ()
    source: str = ""
    """The whole page, for what scripts say when nothing else does."""
