"""The adapter to the parser (selectolax, lexbor): a page's elements become lines. The only module that knows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from detente.articles.bombs import refuse_bombs, strip_scripts
from detente.articles.line import MOST_BOXES, Box, Line, Page
from detente.articles.tags import Tag, Tags, tags_of
from detente.articles.words import Words

BREAK = "\0"
"""Stands for `<br>`; zero characters were taken out of the page before."""

PIECES = 4 * MOST_BOXES
"""Two tags an element, and room for those that make no box."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


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
    if tree.body is not None:
        walk = _Walk(tags_of(words))
        walk.run(tree.body.html or "")
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
    """One pass over the page as the parser writes it out, every element with its end.

    Somewhat faster than a walk over the parser's nodes, and as safe: depth is the page's to choose.
    """

    def __init__(self, tags: Tags) -> None:
        self.tags = tags
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.endless = False
        self._box = -1
        self._pieces: list[str] = []
        self._links: list[str] = []
        self._link_tags: list[str] = []
        self._link = ""
        self._times: list[str] = []
        self._people: list[str] = []
        self._link_start: int | None = None
        self._person_start: int | None = None
        self._quotes = 0

    def run(self, html: str) -> None:
        """Visits every element of a page's `body`, entering and leaving each."""
        if "<!--" in html:
            html = _COMMENT.sub("", html)
        pieces, read = self._pieces, self.tags.of
        open_tags: list[str] = []
        resume = 0
        # The parser writes "<" and ">" of texts and values as entities; in the name of an attribute "<" may stand.
        parts = html.split("<", PIECES)
        self.endless = len(parts) > PIECES
        cut = ""
        for at in range(1, min(len(parts), PIECES)):
            if at < resume:
                continue
            raw, closed, text = parts[at].partition(">")
            if cut:
                raw, cut = f"{cut}<{raw}", ""
            if not closed:
                cut = raw
                continue
            if raw[:1] == "/":
                if open_tags and (closing := open_tags.pop()):
                    self._leave(closing)
            else:
                tag = read(raw)
                role = tag.role
                if role == "box":
                    open_tags.append(self._open_box(tag))
                elif role == "skip":
                    open_tags.append("")
                    resume = _end_of(tag.name, parts, at)
                    continue
                elif role == "break":
                    pieces.append(BREAK)
                elif role == "rule":
                    self._flush()
                elif role != "nothing":
                    open_tags.append(self._enter(tag, raw))
            # Between blocks there is nothing but the source's own line ends.
            if text and (pieces or not text.isspace()):
                pieces.append(unescape(text) if "&" in text else text)
        self._flush()

    def _enter(self, tag: Tag, raw: str) -> str:
        """Opens an element that runs on in the line; says what leaving it must close."""
        if tag.role == "none":
            return ""
        if tag.role == "link":
            self._link_start, self._link = len(self._pieces), raw
            if tag.author:
                self._person_start = len(self._pieces)
            return "link"
        opens = tag.boxed and not (tag.zone == "dates" and self._pieces)
        if opens:
            self._open_box(tag)
        if tag.name == "time":
            # Set apart by style on most pages: "Ana Ruiz<time>June 3".
            self._pieces.append(" ")
            if tag.moment:
                self._times.append(tag.moment)
        if opens:
            return "box"
        if tag.author and self._person_start is None:
            self._person_start = len(self._pieces)
            return "person"
        return ""

    def _leave(self, closing: str) -> None:
        if closing == "box":
            if self._pieces:
                self._flush()
            self._box = self.boxes[self._box].parent
        elif closing == "quote":
            if self._pieces:
                self._flush()
            self._box = self.boxes[self._box].parent
            self._quotes -= 1
        else:
            if self._person_start is not None and (name := _joined(self._pieces[self._person_start :])):
                self._people.append(name)
            self._person_start = None
            if closing == "link" and self._link_start is not None:
                if text := _joined(self._pieces[self._link_start :]):
                    self._links.append(text)
                    self._link_tags.append(self._link)
                self._link_start = None

    def _open_box(self, tag: Tag) -> str:
        """Says what leaving it must close."""
        if self._pieces:
            self._flush()
        boxes, name, around = self.boxes, tag.name, self._box
        at = self._box = len(boxes)
        if around >= 0:
            outer = boxes[around]
            item = at if name == "li" else outer.item
            boxes.append(Box(name, around, tag.zone, tag.body, tag.body or outer.in_body, item))
        else:
            boxes.append(Box(name, around, tag.zone, tag.body, tag.body))
        if name != "blockquote":
            return "box"
        self._quotes += 1
        return "quote"

    def _flush(self) -> None:
        """Ends the line; what was gathered becomes one line, or several where `<br>` parts them."""
        if not self._pieces:
            return
        whole = _unglued(self._pieces) if len(self._pieces) > 1 else self._pieces[0]
        if BREAK in whole:
            parts = _split_breaks(whole)
        else:
            whole = " ".join(whole.split())
            parts = [whole] if whole else []
        if parts:
            tag, box, quoted = self.boxes[self._box].tag, self._box, self._quotes > 0
            links, tags = tuple(self._links), tuple(self._link_tags)
            times, people = tuple(self._times), tuple(self._people)
            for text in parts:
                inside, theirs = (links, tags) if len(parts) == 1 else _links_in(text, links, tags)
                linked = min(len(text), sum(map(len, inside))) if inside else 0
                self.lines.append(Line(text, tag, box, None, inside, linked, times, people, quoted, 0, theirs))
        self._pieces.clear()
        self._links.clear()
        self._link_tags.clear()
        self._times.clear()
        self._people.clear()
        # A link around several blocks goes on in the next line.
        self._link_start = 0 if self._link_start is not None else None
        self._person_start = None


def _links_in(text: str, links: Sequence[str], tags: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    inside = [at for at, link in enumerate(links) if link in text]
    return tuple(links[at] for at in inside), tuple(tags[at] for at in inside)


def _end_of(name: str, parts: Sequence[str], at: int) -> int:
    """Where an element ends that others of its name may stand in."""
    starts, end, depth = (f"{name} ", f"{name}>"), f"/{name}>", 1
    for index in range(at + 1, len(parts)):
        part = parts[index]
        if part.startswith(end):
            depth -= 1
            if not depth:
                return index
        elif part.startswith(starts):
            depth += 1
    return len(parts)


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
