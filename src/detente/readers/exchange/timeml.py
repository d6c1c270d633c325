"""TimeML-like XML: articles with their expressions of time and events marked in the text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from detente.readers.exchange.notes import Note, Skipped
from detente.readers.exchange.xml import read_units
from detente.records.markup import Node

_TAGS = {"TIMEX3": "tid", "EVENT": "eid", "SIGNAL": "sid"}


class Tag(Struct, frozen=True):
    """Marked words. Offsets are code points into the text of the document."""

    kind: str
    """TIMEX3, EVENT or SIGNAL."""
    id: str
    start: int
    end: int
    attributes: dict[str, str]
    """What else stands there: "type", "value", "class" ..."""


class Document(Struct, frozen=True):
    """An article with what is marked in it."""

    id: str
    created: str | None
    """The value of its date (TIMEX3)."""
    text: str
    tags: tuple[Tag, ...]
    instances: tuple[dict[str, str], ...] = ()
    """The attributes of each MAKEINSTANCE."""
    links: tuple[dict[str, str], ...] = ()
    """The attributes of each TLINK, SLINK and ALINK."""


def read_timeml(path: Path) -> Iterator[Document | Note]:
    """The documents of a file: one, as TimeML has it, or a collection, as `write_timeml` writes.

    Raises OSError when the file cannot be opened.
    """
    for unit in read_units(path, {"TimeML"}):
        if isinstance(unit, Skipped):
            yield unit
            continue
        text = unit.first("TEXT")
        if text is None:
            yield Skipped(str(path), unit.start, "a document without TEXT")
            continue
        yield _document(unit, text)


def _document(unit: Node, text: Node) -> Document:
    parts: list[str] = []
    tags: list[Tag] = []
    _walk(text, parts, tags, 0)
    created = next((stamp.attributes.get("value") for stamp in unit.below("TIMEX3", depth=2)
                    if stamp.attributes.get("functionInDocument") == "CREATION_TIME"), None)  # fmt: skip
    return Document(
        id=unit.text("DOCID") or "", created=created, text="".join(parts), tags=tuple(tags),
        instances=tuple(one.attributes for one in unit.all("MAKEINSTANCE")),
        links=tuple(one.attributes for one in unit.all("TLINK", "SLINK", "ALINK")),
    )  # fmt: skip


def _walk(node: Node, parts: list[str], tags: list[Tag], position: int) -> int:
    """The position behind what stands in the node."""
    for inside in node.inside:
        if isinstance(inside, str):
            parts.append(inside)
            position += len(inside)
            continue
        start, position = position, _walk(inside, parts, tags, position)
        if inside.name in _TAGS:
            id = inside.attributes.get(_TAGS[inside.name], "")
            rest = {name: value for name, value in inside.attributes.items() if name != _TAGS[inside.name]}
            tags.append(Tag(inside.name, id, start, position, rest))
    return position
