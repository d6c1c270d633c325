"""The adapter to the parser (selectolax, lexbor): a page's elements become lines. The only module that knows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from detente.articles.bombs import refuse_bombs, strip_scripts
from detente.articles.line import MOST_BOXES, Box, Line, Page
from detente.articles.tags import BODY, Role, Tag, Tags, attributes_of, tags_of
from detente.articles.words import Words

BREAK = "\0"
"""Stands for `<br>`; zero characters were taken out of the page before."""

FEWEST_IN_MENU = 8
"""Links."""
NO_MENU = ("crumb", "Crumb", "<h1", "<p", "<time", "<meta")
"""What stands in no list of links."""

PIECES = 4 * MOST_BOXES
"""Two tags an element, and room for those that make no box."""
_NO_BOX = Box("", -1)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def page_of(source: str, origin: str, words: Words, *, only_text: bool = False) -> Page:
    """Takes an HTML page apart; `only_text`: without its menus and feet, which say where and when but hold no story.

    Raises `Unreadable` for a page that would stall the parser.
    """
    stripped = strip_scripts(source)
    refuse_bombs(stripped.page, origin)
    tree = LexborHTMLParser(stripped.page)
    tree.strip_tags(["svg", "nav", "footer"] if only_text else ["svg"])
    page = Page(lines=(), jsonld=stripped.jsonld, source=source)
    _read_head(tree, page)
    if tree.body is not None:
        walk = _Walk(tags_of(words))
        # Comments go first: the end of a menu may stand in one.
        html = _COMMENT.sub("", tree.body.html or "")
        walk.run(_without_menus(_without_menus(html, "nav"), "footer"))
        page.lines, page.boxes, page.endless = walk.lines, walk.boxes, walk.endless
        page.metas = (*page.metas, *_metas(map(attributes_of, walk.metas)))
    return page


def _without_menus(html: str, name: str) -> str:
    """A page without the longer lists of links in elements that are there for them; paths of sections are short."""
    start, stop = f"<{name}", f"</{name}>"
    kept: list[str] = []
    position = 0
    begin = html.find(start)
    while begin >= 0 and (end := html.find(stop, begin)) >= 0:
        menu = html[begin:end]
        if menu.count("<a ") >= FEWEST_IN_MENU and not any(sign in menu for sign in NO_MENU) and not menu.rfind(start):
            kept.append(html[position:begin])
            position = end + len(stop)
        begin = html.find(start, end)
    return "".join((*kept, html[position:])) if kept else html


def _read_head(tree: LexborHTMLParser, page: Page) -> None:
    """What a page says of itself before it begins."""
    nodes = tree.head.css("meta,title,link[rel=canonical]") if tree.head else ()
    page.metas = tuple(_metas(node.attributes for node in nodes if node.tag == "meta"))
    page.canonical = next((node.attributes.get("href") for node in nodes if node.tag == "link"), None)
    title = next((node for node in nodes if node.tag == "title"), None) or tree.css_first("title")
    page.title = " ".join(title.text().split()) if title else None
    if tree.root is not None:
        page.language = tree.root.attributes.get("lang") or None


def _metas(found: Iterable[Mapping[str, str | None]]) -> Iterator[tuple[str, str]]:
    """The name and content of each `meta` element that has both."""
    for attributes in found:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and (content := attributes.get("content")):
            yield name.lower(), content.strip()


class _Walk:
    """One pass over the page as the parser writes it out, every element with its end.

    Somewhat faster than a walk over the parser's nodes, and as safe: depth is the page's to choose.
    """

    def __init__(self, tags: Tags) -> None:
        self.tags = tags
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.metas: list[str] = []
        """The `meta` elements that stand in the body, as the parser writes them."""
        self.endless = False
        self._open: list[Tag] = [BODY]
        """The boxes around the place that is read, the outermost first; that one is never left."""
        self._made: list[int] = []
        """Their numbers among `boxes`, as far as there was text in them: most boxes of a page have none."""
        self._pieces: list[str] = []
        self._marks: _Marks | None = None
        self._link = ""
        self._link_start: int | None = None
        self._person_start: int | None = None

    def run(self, html: str) -> None:
        """Visits every element inside a page's `body` (or `frameset`, which stands in its place on old pages)."""
        pieces, boxes, known, learn = self._pieces, self._open, self.tags.known, self.tags.of
        closings: list[str] = []
        # The parser writes "<" and ">" of texts and values as entities: each part is a text and the tag behind it.
        parts = html.split(">", PIECES)
        self.endless = len(parts) > PIECES
        parts.pop()
        rest = iter(parts)
        next(rest, None)
        for part in rest:
            text, _, raw = part.partition("<")
            # Between blocks there is nothing but the source's own line ends.
            if text and (pieces or not text.isspace()):
                pieces.append(_without_entities(text) if "&" in text else text)
            if raw[:1] == "/":
                closing = closings.pop() if closings else ""
                if closing:
                    self._leave(closing)
                continue
            tag = known.get(raw) or learn(raw)
            role = tag.role
            if role == "box":
                if pieces:
                    self._flush()
                boxes.append(tag)
                closings.append("box")
            elif role == "link":
                self._link_start, self._link = len(pieces), raw
                if tag.author:
                    self._person_start = len(pieces)
                closings.append("link")
            elif role == "none":
                closings.append("")
            elif role == "skip":
                _pass_over(tag.name, rest)
            elif role == "span":
                closings.append(self._enter(tag))
            elif role != "nothing":
                self._pass(role, raw)
        self._flush()

    def _pass(self, role: Role, raw: str) -> None:
        """An element without an end."""
        if role == "break":
            self._pieces.append(BREAK)
        elif role == "rule":
            self._flush()
        elif role == "meta":
            self.metas.append(raw)

    def _enter(self, tag: Tag) -> str:
        """Opens an element that runs on in the line; says what leaving it must close."""
        opens = tag.boxed and not (tag.zone == "dates" and self._pieces)
        if opens:
            if self._pieces:
                self._flush()
            self._open.append(tag)
        if tag.name == "time":
            # Set apart by style on most pages: "Ana Ruiz<time>June 3".
            self._pieces.append(" ")
            if tag.moment:
                self._mark().times += (tag.moment,)
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
            self._open.pop()
            if len(self._made) > len(self._open):
                self._made.pop()
            return
        if self._person_start is not None and (name := _joined(self._pieces[self._person_start :])):
            self._mark().people += (name,)
        self._person_start = None
        if closing == "link" and self._link_start is not None:
            if text := _joined(self._pieces[self._link_start :]):
                marks = self._mark()
                marks.links.append(text)
                marks.tags.append(self._link)
            self._link_start = None

    def _mark(self) -> _Marks:
        if self._marks is None:
            self._marks = _Marks([], [])
        return self._marks

    def _flush(self) -> None:
        """Ends the line; what was gathered becomes one line, or several where `<br>` parts them."""
        pieces = self._pieces
        if not pieces:
            return
        is_simple = len(pieces) == 1 or (len(pieces) == 2 and pieces[1].isspace())
        whole = pieces[0] if is_simple else _unglued(pieces)
        pieces.clear()
        # A link around several blocks goes on in the next line.
        self._link_start = 0 if self._link_start is not None else None
        self._person_start = None
        marks, self._marks = self._marks, None
        texts = _split_breaks(whole) if BREAK in whole else (" ".join(whole.split()),)
        for text in texts:
            if not text:
                continue
            at = self._made[-1] if len(self._made) == len(self._open) else self._box_around()
            line = Line(text, self._open[-1].name, at, self.boxes[at].quoted)
            if marks is not None:
                marks.give(line, is_whole=len(texts) == 1)
            self.lines.append(line)

    def _box_around(self) -> int:
        """The number of the innermost box, which is made together with those around it if it is not yet."""
        boxes, made = self.boxes, self._made
        for tag in self._open[len(made) :]:
            at, name = len(boxes), tag.name
            around = made[-1] if made else -1
            outer = boxes[around] if made else _NO_BOX
            item = at if name == "li" else outer.item
            in_body, quoted = tag.body or outer.in_body, name == "blockquote" or outer.quoted
            boxes.append(Box(name, around, tag.zone, tag.body, in_body, item, quoted))
            made.append(at)
        return made[-1]


class _Marks(Struct, gc=False):
    """What is marked within a line before it has ended."""

    links: list[str]
    tags: list[str]
    times: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def give(self, line: Line, *, is_whole: bool) -> None:
        """To a line that is the whole, or a part between two breaks."""
        line.times, line.people = self.times, self.people
        if not self.links:
            return
        if is_whole:
            line.links, line.tags = self.links, self.tags
        else:
            inside = [at for at, link in enumerate(self.links) if link in line.text]
            line.links, line.tags = [self.links[at] for at in inside], [self.tags[at] for at in inside]
        line.linked = min(len(line.text), sum(map(len, line.links)))


def _without_entities(text: str) -> str:
    """Undoes what the parser writes; it knows no others."""
    text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&amp;", "&")


def _pass_over(name: str, parts: Iterator[str]) -> None:
    """Goes on behind an element, in which others of its name may stand."""
    start, end, depth = f"<{name}", f"</{name}", 1
    for part in parts:
        if part.endswith(end):
            depth -= 1
            if not depth:
                return
        elif start in part and _opens(part, name):
            depth += 1


def _opens(part: str, name: str) -> bool:
    return part.partition("<")[2].partition(" ")[0] == name


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
    return " ".join((pieces[0] if len(pieces) == 1 else "".join(pieces)).split())


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
