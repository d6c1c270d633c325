"""The adapter to the parser (selectolax, lexbor): a page's elements become lines. The only module that knows it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from detente.articles.bombs import refuse_bombs, strip_scripts
from detente.articles.line import MOST_BOXES, MOST_LINES, Box, Line, Page
from detente.articles.words import NamedPart, Words, Zone

LEFT_OUT = [
    "script", "style", "noscript", "svg", "iframe", "textarea", "select", "object", "xmp", "plaintext", "noembed",
    "noframes", "button", "video", "audio", "math", "canvas", "amp-ad", "amp-sidebar", "amp-list", "datalist", "dialog",
]  # fmt: skip
"""Elements whose content is not for readers of the article."""

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
        "td", "tfoot", "th", "thead", "tr", "ul", "label", "option", "amp-img", "picture",
    )
)  # fmt: skip
"""Elements that break the line; all others run on in it."""

ZONE_OF_TAG: dict[str, Zone] = {
    "nav": "navigation", "figcaption": "caption", "footer": "navigation", "aside": "teasers", "form": "promo",
    "address": "byline", "label": "promo", "menu": "navigation",
}  # fmt: skip

NOTHING = NamedPart(None, False)
UNNAMED = {tag: NamedPart(zone, False) for tag, zone in ZONE_OF_TAG.items()}

NAMES = frozenset(("class", "id", "itemprop", "role", "aria-label"))
"""Attributes whose values name a part of the page; the first that is known decides."""

INLINE_ZONES: frozenset[Zone] = frozenset(("credit", "hidden", "share", "promo", "comments", "caption", "dates"))
"""Zones that make a box even of an element that runs on in the line: a credit in its caption."""

BREAK = "\0"
"""Stands for `<br>`; zero characters were taken out of the page before."""

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def page_of(source: str, origin: str, words: Words) -> Page:
    """Takes an HTML page apart.

    Raises `Unreadable` for a page that would stall the parser.
    """
    stripped = strip_scripts(source)
    refuse_bombs(stripped.page, origin)
    tree = LexborHTMLParser(stripped.page)
    title = tree.css_first("title")
    page = Page(
        lines=(),
        title=" ".join(title.text().split()) if title else None,
        metas=_metas(tree),
        canonical=_attribute(tree, "link[rel=canonical]", "href"),
        language=_attribute(tree, "html", "lang"),
        jsonld=stripped.jsonld,
        source=source,
    )
    tree.strip_tags(LEFT_OUT, recursive=True)
    if tree.body is not None:
        walk = _Walk(words)
        walk.run(tree.body)
        page.lines, page.boxes, page.endless = walk.lines, walk.boxes, walk.endless
    return page


def _metas(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    found = []
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and (content := attributes.get("content")):
            found.append((name.lower(), content.strip()))
    return found


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or None) if node else None


class _Walk:
    """One pass over the tree, by hand rather than by recursion: depth is the page's to choose."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.lines: list[Line] = []
        self.boxes: list[Box] = [Box("body", -1)]
        self.endless = False
        self._box = 0
        self._pieces: list[str] = []
        self._links: list[str] = []
        self._times: list[str] = []
        self._people: list[str] = []
        self._link_start: int | None = None
        self._person_start: int | None = None
        self._quotes = 0

    def run(self, root: LexborNode) -> None:
        """Visits every node below the root, entering and leaving each."""
        node = root.child
        # What is open: the node and what is to be closed when it is left.
        open_nodes: list[tuple[LexborNode, str]] = []
        while node is not None:
            if len(self.lines) > MOST_LINES or len(self.boxes) > MOST_BOXES or len(self._pieces) > MOST_BOXES:
                self.endless = True
                break
            tag = node.tag
            if tag == "-text":
                text = node.text_content or ""
                # Between blocks there is nothing but the source's own line ends.
                if self._pieces or not text.isspace():
                    self._pieces.append(text)
                child = None
            elif tag == "br":
                self._pieces.append(BREAK)
                child = None
            elif tag is None or tag.startswith(("-", "!")):
                child = None
            else:
                closing = self._enter(tag, node)
                child = node.child
                if child is not None:
                    open_nodes.append((node, closing))
                else:
                    self._leave(closing)
            if child is not None:
                node = child
                continue
            following = node.next
            while following is None and open_nodes:
                parent, closing = open_nodes.pop()
                self._leave(closing)
                following = parent.next
            node = following
        if self._pieces:
            self._flush()

    def _enter(self, tag: str, node: LexborNode) -> str:
        """Opens an element; says what leaving it must close."""
        if tag in BLOCKS:
            attributes = node.attributes
            self._open_box(tag, self._part(tag, attributes) if attributes else UNNAMED.get(tag, NOTHING))
            return "box"
        if tag == "a":
            self._link_start = len(self._pieces)
            if "author" in (node.attributes.get("rel") or ""):
                self._person_start = len(self._pieces)
            return "a"
        if tag in ("span", "time", "cite", "small", "em", "i", "font"):
            return self._enter_span(tag, node.attributes)
        return ""

    def _enter_span(self, tag: str, attributes: dict[str, str | None]) -> str:
        part = self._part(tag, attributes) if attributes else NOTHING
        opens = part.zone in INLINE_ZONES and not (part.zone == "dates" and self._pieces)
        if opens:
            self._open_box(tag, part)
        if tag == "time":
            # Set apart by style on most pages: "Ana Ruiz<time>June 3".
            self._pieces.append(" ")
            if moment := attributes.get("datetime"):
                self._times.append(moment)
        if opens:
            return "box"
        if part.zone == "byline" and self._person_start is None:
            self._person_start = len(self._pieces)
            return "person"
        return ""

    def _leave(self, closing: str) -> None:
        if closing == "box":
            if self._pieces:
                self._flush()
            box = self.boxes[self._box]
            if box.tag == "blockquote":
                self._quotes -= 1
            self._box = box.parent
        elif closing in ("a", "person"):
            if self._person_start is not None and (name := _joined(self._pieces[self._person_start :])):
                self._people.append(name)
            self._person_start = None
            if closing == "a" and self._link_start is not None:
                if text := _joined(self._pieces[self._link_start :]):
                    self._links.append(text)
                self._link_start = None

    def _part(self, tag: str, attributes: dict[str, str | None]) -> NamedPart:
        """What an element's names tell, else its tag."""
        zone: Zone | None = None
        text = False
        for key, value in attributes.items():
            if key in NAMES and value:
                named = self.words.part_of(value)
                zone = zone or named.zone
                text = text or named.text
            elif key == "hidden" or (key == "style" and value and _HIDDEN_STYLE.search(value)):
                return NamedPart("hidden", False)
        return NamedPart(zone or ZONE_OF_TAG.get(tag), text)

    def _open_box(self, tag: str, part: NamedPart) -> None:
        if self._pieces:
            self._flush()
        self.boxes.append(Box(tag, self._box, part.zone, part.text))
        self._box = len(self.boxes) - 1
        if tag == "blockquote":
            self._quotes += 1

    def _flush(self) -> None:
        """Ends the line; what was gathered becomes one line, or several where `<br>` parts them."""
        parts = _split_breaks(_unglued(self._pieces) if len(self._pieces) > 1 else self._pieces[0])
        if parts:
            box = self.boxes[self._box]
            links = self._links
            for text in parts:
                inside = tuple(link for link in links if link in text) if len(parts) > 1 else tuple(links)
                self.lines.append(
                    Line(
                        text=text, tag=box.tag, box=self._box, links=inside,
                        linked=min(len(text), sum(map(len, inside))),
                        times=tuple(self._times), people=tuple(self._people), quoted=self._quotes > 0,
                    )
                )  # fmt: skip
        self._pieces = []
        self._links = []
        self._times = []
        self._people = []
        # A link around several blocks goes on in the next line.
        self._link_start = 0 if self._link_start is not None else None
        self._person_start = None


def _unglued(pieces: list[str]) -> str:
    """Joins the texts of a line, apart where only style parts them: "<b>Ana Ruiz</b><i>Oct 17, 2023</i>"."""
    parts: list[str] = []
    before = ""
    for piece in pieces:
        if piece:
            if before.islower() and piece[0].isupper():
                parts.append(" ")
            parts.append(piece)
            before = piece[-1]
    return "".join(parts)


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _split_breaks(text: str) -> list[str]:
    """Where `<br>` parts lines; a line that goes on in small letters was only wrapped. Other line ends are spaces."""
    if BREAK not in text:
        text = " ".join(text.split())
        return [text] if text else []
    return _merge_wrapped([" ".join(part.split()) for part in text.split(BREAK)])


def _merge_wrapped(parts: list[str]) -> list[str]:
    merged: list[list[str]] = []
    after_empty = True
    for part in parts:
        if not part:
            after_empty = True
            continue
        if merged and not after_empty and part[0].islower() and merged[-1][-1][-1] not in '.!?:"”':
            merged[-1].append(part)
        else:
            merged.append([part])
        after_empty = False
    return [" ".join(parts) for parts in merged]
