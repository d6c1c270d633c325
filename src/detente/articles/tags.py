"""What a tag of a page means for reading it, looked up once for each way that a tag is written."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Literal

from msgspec import Struct

from detente.articles.words import NamedPart, Words, Zone

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
        "td", "tfoot", "th", "thead", "tr", "ul", "label", "option", "amp-img", "picture",
    )
)  # fmt: skip
"""Elements that break the line; all others run on in it."""

SPANS = frozenset(("span", "time", "cite", "small", "em", "i", "font"))
"""Elements that run on in the line and may say what they hold."""

EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""Elements without an end."""

LEFT_OUT = frozenset(
    (
        "script", "style", "noscript", "svg", "iframe", "textarea", "select", "object", "xmp", "plaintext", "noembed",
        "noframes", "button", "video", "audio", "math", "canvas", "amp-ad", "amp-sidebar", "amp-list", "datalist",
        "dialog", "template",
    )
)  # fmt: skip
"""Elements whose content is not for readers of the article."""

ZONE_OF_TAG: dict[str, Zone] = {
    "nav": "navigation", "figcaption": "caption", "footer": "navigation", "aside": "teasers", "form": "promo",
    "address": "byline", "label": "promo", "menu": "navigation",
}  # fmt: skip

NAMES = frozenset(("class", "id", "itemprop", "role", "aria-label"))
"""Attributes whose values name a part of the page; the first that is known decides."""

INLINE_ZONES: frozenset[Zone | None] = frozenset(("credit", "hidden", "share", "promo", "comments", "caption", "dates"))
"""Zones that make a box even of an element that runs on in the line: a credit in its caption."""

NOTHING = NamedPart(None, False)

MOST = 20_000
"""Ways of writing a tag that are remembered: those of some hundred sites."""

LONGEST = 500
"""Characters of a tag that is remembered."""

_ATTRIBUTE = re.compile(r'\s([^\s=>"]+)(?:="([^"]*)")?')
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)

Role = Literal["box", "rule", "break", "link", "span", "none", "nothing", "skip"]
"""A `rule` ends the line; `none` runs on in the line and has an end, `nothing` has none; `skip` is not for readers."""


class Tag(Struct, frozen=True, gc=False):
    """A tag as it is read."""

    name: str
    role: Role
    zone: Zone | None = None
    """What its names tell, else its element."""
    body: bool = False
    """Its names say that it holds the article's text."""
    boxed: bool = False
    """It runs on in the line, and what it holds is apart from it all the same."""
    moment: str | None = None
    """Its `datetime`."""
    author: bool = False
    """It says that it holds an author's name."""


_LINK, _AUTHOR = Tag("a", "link"), Tag("a", "link", author=True)


class Tags:
    """The tags of pages, as the parser writes them out."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[str, Tag] = {}

    def of(self, raw: str) -> Tag:
        """The tag between "<" and ">": `p class="byline"`."""
        if raw.startswith("a "):
            # Hundreds stand on a page, each with another address.
            return _AUTHOR if "author" in raw and "author" in _attributes(raw[2:]).get("rel", "") else _LINK
        tag = self._known.get(raw)
        if tag is None:
            tag = self._read(raw)
            if len(raw) <= LONGEST:
                if len(self._known) >= MOST:
                    self._known.clear()
                self._known[raw] = tag
        return tag

    def _read(self, raw: str) -> Tag:
        name, _, rest = raw.partition(" ")
        if name == "body":
            return Tag(name, "box")  # its names tell of the whole page
        if name in BLOCKS:
            part = self._part(name, _attributes(rest))
            return Tag(name, "rule" if name in EMPTY else "box", part.zone, part.text)
        if name == "br":
            return Tag(name, "break")
        if name == "a":
            return _LINK
        if name in SPANS:
            return self._span(name, _attributes(rest))
        if name in LEFT_OUT:
            return Tag(name, "skip")
        return Tag(name, "nothing" if name in EMPTY else "none")

    def _span(self, name: str, attributes: dict[str, str]) -> Tag:
        part = self._part(name, attributes) if attributes else NOTHING
        return Tag(
            name,
            "span",
            part.zone,
            part.text,
            boxed=part.zone in INLINE_ZONES,
            moment=attributes.get("datetime") or None if name == "time" else None,
            author=part.zone == "byline",
        )

    def _part(self, name: str, attributes: dict[str, str]) -> NamedPart:
        """What an element's names tell, else its tag."""
        zone: Zone | None = None
        text = False
        for key, value in attributes.items():
            if key in NAMES and value:
                named = self._words.part_of(value)
                zone = zone or named.zone
                text = text or named.text
            elif key == "hidden" or (key == "style" and value and _HIDDEN_STYLE.search(value)):
                return NamedPart("hidden", False)
        return NamedPart(zone or ZONE_OF_TAG.get(name), text)


def _attributes(rest: str) -> dict[str, str]:
    if not rest:
        return {}
    found = {name.lower(): value for name, value in _ATTRIBUTE.findall(" " + rest)}
    return {name: unescape(value) if "&" in value else value for name, value in found.items()}


@cache
def tags_of(words: Words) -> Tags:
    """The tags as read with these words, remembered from page to page."""
    return Tags(words)
