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

MOST = 20_000
"""Ways of writing a tag that are remembered: those of some hundred sites."""

LONGEST = 500
"""Characters of a tag that is remembered."""

# As the parser writes them: names in small letters, values in double quotes.
_ATTRIBUTE = re.compile(r'([^\s=>"]++)(?:="([^"]*+)")?')
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)

Role = Literal["box", "rule", "break", "link", "span", "none", "nothing", "skip", "meta"]
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


BODY = Tag("body", "box")
"""Its names tell of the whole page, and nothing of its parts."""

PLAIN = {
    **{name: Tag(name, "nothing") for name in EMPTY - BLOCKS},
    **{name: Tag(name, "skip") for name in LEFT_OUT},
    "br": Tag("br", "break"),
    "meta": Tag("meta", "meta"),
    "a": Tag("a", "link"),
}
"""Tags whose attributes tell nothing; all that are not named in this file only run on in the line."""

TELLING = (BLOCKS | SPANS) - {"body"}
"""Tags whose attributes tell something of them."""

_OTHER = Tag("", "none")
_LINK, _AUTHOR = Tag("a", "link"), Tag("a", "link", author=True)


class Tags:
    """The tags of pages, as the parser writes them out."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.known: dict[str, Tag] = {}
        """Those that were read before."""

    def of(self, raw: str) -> Tag:
        """The tag between "<" and ">": `p class="byline"`."""
        if raw.startswith("a "):
            # Hundreds stand on a page, each with another address.
            return _AUTHOR if "author" in raw and "author" in _attribute(raw, "rel") else _LINK
        return self.known.get(raw) or self._learn(raw)

    def _learn(self, raw: str) -> Tag:
        name, _, rest = raw.partition(" ")
        if name not in TELLING:
            # Each picture has another address; what it is, its name tells alone.
            return PLAIN.get(name, _OTHER)
        tag = self._read(name, rest)
        if len(raw) <= LONGEST:
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[raw] = tag
        return tag

    def _read(self, name: str, rest: str) -> Tag:
        if name in BLOCKS:
            part = self._part(name, rest)
            return Tag(name, "rule" if name in EMPTY else "box", part.zone, part.text)
        return self._span(name, rest)

    def _span(self, name: str, rest: str) -> Tag:
        part = self._part(name, rest)
        if name != "time" and part.zone not in INLINE_ZONES and part.zone != "byline":
            return _OTHER
        return Tag(
            name,
            "span",
            part.zone,
            part.text,
            boxed=part.zone in INLINE_ZONES,
            moment=_attribute(rest, "datetime") or None if name == "time" else None,
            author=part.zone == "byline",
        )

    def _part(self, name: str, rest: str) -> NamedPart:
        """What an element's names tell, else its tag."""
        zone: Zone | None = None
        text = False
        for key, value in _ATTRIBUTE.findall(rest) if rest else ():
            if key in NAMES:
                named = self._words.part_of(unescape(value) if "&" in value else value)
                zone = zone or named.zone
                text = text or named.text
            elif key == "hidden" or (key == "style" and _HIDDEN_STYLE.search(value)):
                return NamedPart("hidden", False)
        return NamedPart(zone or ZONE_OF_TAG.get(name), text)


def attributes_of(raw: str) -> dict[str, str]:
    """The attributes of a tag as the parser writes it: `meta name="date" content="2009-06-28"`."""
    return {key: unescape(value) for key, value in _ATTRIBUTE.findall(raw.partition(" ")[2])}


def _attribute(rest: str, name: str) -> str:
    """The value of an attribute; empty when there is none."""
    return next((unescape(value) for key, value in _ATTRIBUTE.findall(rest) if key == name), "")


@cache
def tags_of(words: Words) -> Tags:
    """The tags as read with these words, remembered from page to page."""
    return Tags(words)
