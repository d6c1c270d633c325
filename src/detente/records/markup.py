"""XML as it is found: feeds, sitemaps and lists of feeds, read as far as they can be.

No library that is kept does this on input that wants to do harm. feedparser takes minutes for an author of 200 kB and
for a few megabytes of "<a "; readers that give up at the first fault lose the other articles of a feed for one "&".

Doctypes are cut out before the parser sees them, so there is no entity to expand and none to fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.entities import html5
from xml.parsers import expat

from detente.charsets import decoded

# The longest feeds of news sites hold some 2,500 entries of twenty tags, the longest sitemaps 50,000 of five; a tree of
# this many takes 2 s.
MAX_TAGS = 300_000
MAX_DEPTH = 200
MAX_FAULTS = 10_000
CHUNK = 1 << 16
TOO_MANY = f"over {MAX_TAGS:,} tags or {MAX_DEPTH} nested ones; made to do harm, or no list of articles"


class BadMarkup(ValueError):
    """What is not XML at all, or was made to do harm; the message says which."""


class Node:
    """An element: its name in lower case with the usual prefix ("dc:date"), and what is in it in the order found."""

    __slots__ = ("attributes", "inside", "name", "start")

    def __init__(self, name: str, attributes: dict[str, str], start: int = 0) -> None:
        self.name = name
        self.attributes = attributes
        self.inside: list[Node | str] = []
        self.start = start
        """Its first byte, for going on after a fault."""

    @property
    def children(self) -> Iterator[Node]:
        """The elements right below."""
        return (part for part in self.inside if isinstance(part, Node))

    def all(self, *names: str) -> Iterator[Node]:
        """The children of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> Node | None:
        """The first child of the first of these names that there is."""
        for name in names:
            for child in self.children:
                if child.name == name:
                    return child
        return None

    def text(self, *names: str) -> str | None:
        """The words of the first child of these names that has any."""
        for name in names:
            for child in self.children:
                if child.name == name and (words := child.words):
                    return words
        return None

    def below(self, *names: str, depth: int = 4) -> Iterator[Node]:
        """The elements of these names down to that depth, not those within each other."""
        for child in self.children:
            if child.name in names:
                yield child
            elif depth > 1:
                yield from child.below(*names, depth=depth - 1)

    @property
    def words(self) -> str:
        """Its text without tags, trimmed."""
        return "".join(part if isinstance(part, str) else part.words for part in self.inside).strip()

    @property
    def markup(self) -> str:
        """What is inside as HTML: XHTML in a feed, or HTML that somebody forgot to escape."""
        return "".join(escaped(part) if isinstance(part, str) else part.outer for part in self.inside).strip()

    @property
    def outer(self) -> str:
        """The element with its tags."""
        told = "".join(f' {name}="{escaped(value)}"' for name, value in self.attributes.items())
        name = self.name.rpartition(":")[2]
        return f"<{name}{told}>{''.join(escaped(p) if isinstance(p, str) else p.outer for p in self.inside)}</{name}>"


def escaped(text: str) -> str:
    """Text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def read_markup(content: bytes, *, charset: str | None, units: Sequence[str], fields: Sequence[str] = ()) -> Node:
    """The tree below a nameless root, as far as the content can be read.

    `units` are the elements that stand for themselves ("item"): after a fault reading goes on at the next. Of a unit
    with a fault those `fields` are kept that can be cut out of it.

    Raises `BadMarkup`.
    """
    data = clean(decoded(content, charset)).encode("utf-8", "replace")
    root = Node("", {})
    reading = _Reading(root, units)
    opening = re.compile(rb"<(?:\w{1,40}:)?(?:%s)[\s>]" % "|".join(units).encode(), re.IGNORECASE)
    position = 0
    for _ in range(MAX_FAULTS):
        fault = reading.read(data, position)
        if fault is None:
            break
        following = opening.search(data, max(fault, position + 1)) if units else None
        end = following.start() if following else len(data)
        if reading.unit is not None:
            _salvage(reading.unit, data[reading.unit.start : end], fields)
        if following is None:
            break
        position = end
    return root


def clean(text: str) -> str:
    """Text that an XML parser takes: without doctype and control characters, with entities and bare "&" made good."""
    text = _NO_XML.sub("", text)
    text = _without_prolog(text)
    parts: list[str] = []
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        end = text.find("]]>", start)
        parts.append(_ODD_ENTITY.sub(_made_good, text[position:start]))
        if end < 0:
            # Cut short: what was said before the cut stands.
            return "".join((*parts, text[start:], "]]>"))
        parts.append(text[start : end + 3])
        position = end + 3
    parts.append(_ODD_ENTITY.sub(_made_good, text[position:]))
    return "".join(parts)


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ODD_ENTITY = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos);)(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|([a-zA-Z][a-zA-Z0-9]{1,31});)?"
)


def _made_good(entity: re.Match[str]) -> str:
    number, name = entity.groups()
    if number:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        legal = code < 0x110000 and (code >= 32 or code in (9, 10, 13)) and not _NO_XML.match(chr(code))
        return entity.group() if legal else ""
    if name and (character := html5.get(f"{name};")):
        return character
    return "&amp;" + entity.group()[1:]


def _without_prolog(text: str) -> str:
    """Without declaration, doctype and what stands before them: they decide nothing that we have not decided."""
    position = 0
    while True:
        position = _past_space(text, position)
        if text.startswith("<?", position):
            end, width = text.find("?>", position), 2
        elif text.startswith("<!--", position):
            end, width = text.find("-->", position), 3
        elif text[position : position + 9].upper() == "<!DOCTYPE":
            end, width = _doctype_end(text, position), 1
        else:
            return text[position:]
        if end < 0:
            return ""
        position = end + width


def _past_space(text: str, position: int) -> int:
    while position < len(text) and (text[position].isspace() or text[position] == "\ufeff"):
        position += 1
    return position


def _doctype_end(text: str, position: int) -> int:
    close = text.find(">", position)
    subset = text.find("[", position)
    if 0 <= subset < close:
        # Where an entity of its own holds "]>" the rest is a fault, after which reading goes on at the first unit.
        end = _SUBSET_END.search(text, subset)
        return end.end() - 1 if end else -1
    return close


_SUBSET_END = re.compile(r"\]\s{0,100}>")

_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://search.yahoo.com/mrss/": "media",
}
"""The prefixes under which we know the usual vocabularies, whatever a feed calls them."""


class _Unclosed(Exception):
    """A unit begins within a unit: the first was never closed."""

    def __init__(self, position: int) -> None:
        self.position = position


class _Reading:
    """Builds the tree; each `read` goes on below what was open before the fault."""

    def __init__(self, root: Node, units: Sequence[str]) -> None:
        self.unit: Node | None = None
        """The unit that was open when reading stopped."""
        self._home = root
        self._stack = [root]
        self._units = frozenset(units)
        self._prefixes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._tags = 0

    def read(self, data: bytes, position: int) -> int | None:
        """Reads from there; gives the byte of the first fault, None at the end.

        Raises `BadMarkup` for what was made to do harm.
        """
        parser = self._parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = _refuse
        self._offset = position
        self._stack = [self._home]
        self.unit = None
        if position:
            # After a fault the parser is new, and takes a row of units for a document if it has a root.
            parser.Parse(b"<r>", False)
            self._offset -= 3
        parser.StartElementHandler = self._open
        try:
            self._parse(memoryview(data), position)
        except expat.ExpatError:
            return max(0, parser.ErrorByteIndex + self._offset)
        except _Unclosed as unclosed:
            return unclosed.position
        return None

    def _parse(self, data: memoryview, position: int) -> None:
        # In pieces: the parser copies what it is given, and there may be thousands of faults.
        while position < len(data):
            self._parser.Parse(data[position : position + CHUNK], False)
            position += CHUNK
        self._parser.Parse(b"", True)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._tags += 1
        if self._tags > MAX_TAGS or len(self._stack) > MAX_DEPTH:
            raise BadMarkup(TOO_MANY)
        if attributes:
            self._learn(attributes)
        node = Node(self._name(name), attributes, self._parser.CurrentByteIndex + self._offset)
        if node.name.removeprefix("atom:") in self._units:
            if self.unit is not None:
                raise _Unclosed(node.start)
            self.unit = node
            self._home = self._stack[-1]
        self._stack[-1].inside.append(node)
        self._stack.append(node)

    def _close(self, name: str) -> None:
        if len(self._stack) > 1 and self._stack.pop() is self.unit:
            self.unit = None

    def _say(self, text: str) -> None:
        self._stack[-1].inside.append(text)

    def _learn(self, attributes: dict[str, str]) -> None:
        for name in [name for name in attributes if name.startswith("xmlns")]:
            prefix = _PREFIXES.get(attributes.pop(name).strip().lower())
            if prefix and name.startswith("xmlns:"):
                self._prefixes[name[6:]] = prefix
                self._names.clear()

    def _name(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            prefix, colon, local = name.rpartition(":")
            known = (self._prefixes.get(prefix, prefix) + colon + local).lower()
            if len(self._names) < 1000:
                self._names[name] = known
        return known


def _refuse(*_: object) -> None:
    raise BadMarkup("a doctype in the midst of it; made to do harm")


_INNER_TAG = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]{0,4000})"|'([^']{0,4000})')""")


def _salvage(unit: Node, raw: bytes, fields: Sequence[str]) -> None:
    """Fills a unit that has a fault with what can be cut out of it: from `<title>` to `</title>`."""
    text = raw.decode("utf-8", "replace")
    unit.inside = [node for name in fields if (node := _cut_out(text, name))]


def _cut_out(text: str, name: str) -> Node | None:
    opening = re.search(rf"<{re.escape(name)}((?:\s[^<>]{{0,4000}})?)>", text, re.IGNORECASE)
    if opening is None:
        return None
    attributes = {found[1]: unescaped(found[2] or found[3] or "") for found in _INNER_TAG.finditer(opening.group(1))}
    node = Node(name.lower(), attributes)
    closing = re.compile(rf"</{re.escape(name)}\s{{0,100}}>", re.IGNORECASE).search(text, opening.end())
    if closing:
        inner = text[opening.end() : closing.start()].strip()
        if "<![CDATA[" in inner:
            node.inside.append(inner.replace("<![CDATA[", "").replace("]]>", ""))
        else:
            # Tags are there because somebody forgot to escape them: they are HTML as they stand.
            node.inside.append(inner if "<" in inner else unescaped(inner))
    elif not opening.group(1).rstrip().endswith("/"):
        return None
    return node


def unescaped(text: str) -> str:
    """The five entities of XML undone."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text
