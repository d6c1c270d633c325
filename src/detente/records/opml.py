"""OPML: lists of feeds, which feed readers write."""

from __future__ import annotations

from collections.abc import Iterator

from detente.records.addresses import web_address
from detente.records.markup import BadMarkup, Node, read_markup

# A reader's list has some hundred feeds, the largest public lists some thousand.
MAX_OPML = 10 << 20


class BadOpml(ValueError):
    """What is no list of feeds; the message says what it is instead."""


def feeds_of_opml(content: bytes) -> tuple[tuple[str, str | None], ...]:
    """The address and title of each feed, in their order and each once; folders are looked into.

    Raises `BadOpml`.
    """
    if len(content) > MAX_OPML:
        raise BadOpml(f"over {MAX_OPML >> 20} MB; no list of feeds is as long")
    try:
        tree = read_markup(content, charset=None, units=())
    except BadMarkup as fault:
        raise BadOpml(str(fault)) from None
    root = next(tree.children, None)
    if root is None or root.name != "opml":
        found = f"its first element is <{root.name[:40]}>" if root else "no XML" if content.strip() else "empty"
        raise BadOpml(f"no list of feeds (OPML): {found}")
    feeds: dict[str, str | None] = {}
    for outline in _outlines(root):
        told = {name.lower(): value for name, value in outline.attributes.items()}
        if url := web_address(told.get("xmlurl")):
            feeds.setdefault(url, " ".join((told.get("title") or told.get("text") or "").split()) or None)
    return tuple(feeds.items())


def _outlines(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.name == "outline":
            yield child
        yield from _outlines(child)
