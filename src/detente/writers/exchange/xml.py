"""XML, written element by element, escaped by the standard library, without what XML 1.0 cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from xml.sax.saxutils import escape, quoteattr

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HELD = 1000
"""Pieces that are held back before they are written."""


class Xml:
    """A page of XML on its way out; it must be closed, the stream stays open."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._parts = ['<?xml version="1.0" encoding="utf-8"?>\n']

    def close(self) -> None:
        """Write what is held back."""
        self._out.write("".join(self._parts).encode("utf-8"))
        self._parts = []

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, object] | None = None) -> Iterator[None]:
        """An element with what is written inside; attributes that are None are left out."""
        self._add(f"<{name}{_told(attributes)}>")
        yield
        self._add(f"</{name}>")

    def leaf(self, name: str, text: object = None, attributes: Mapping[str, object] | None = None) -> None:
        """An element that holds text or nothing."""
        if text is None or text == "":
            self._add(f"<{name}{_told(attributes)}/>")
        else:
            self._add(f"<{name}{_told(attributes)}>{escape(legal(str(text)))}</{name}>")

    def text(self, text: str) -> None:
        """Text, escaped."""
        self._add(escape(legal(text)))

    def line(self) -> None:
        """A line break between elements."""
        self._add("\n")

    def _add(self, part: str) -> None:
        self._parts.append(part)
        if len(self._parts) >= _HELD:
            self.close()


def _told(attributes: Mapping[str, object] | None) -> str:
    told = (attributes or {}).items()
    return "".join(f" {name}={quoteattr(legal(str(value)))}" for name, value in told if value is not None)


def legal(text: str) -> str:
    """The text with a mark for each character that XML 1.0 cannot hold; a bare return becomes a line break."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_XML.sub("\ufffd", text)
