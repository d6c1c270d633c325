"""XML, written element by element by the standard library's generator, without what XML 1.0 cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Xml:
    """A page of XML on its way out; the stream stays open."""

    def __init__(self, out: IO[bytes]) -> None:
        self._generator = XMLGenerator(out, "utf-8", short_empty_elements=True)
        self._generator.startDocument()

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, object] | None = None) -> Iterator[None]:
        """An element with what is written inside; attributes that are None are left out."""
        told = {key: legal(str(value)) for key, value in (attributes or {}).items() if value is not None}
        self._generator.startElement(name, AttributesImpl(told))
        yield
        self._generator.endElement(name)

    def leaf(self, name: str, text: object = None, attributes: Mapping[str, object] | None = None) -> None:
        """An element that holds text or nothing."""
        with self.element(name, attributes):
            if text is not None:
                self.text(str(text))

    def text(self, text: str) -> None:
        """Text, escaped."""
        self._generator.characters(legal(text))

    def line(self) -> None:
        """A line break between elements."""
        self._generator.ignorableWhitespace("\n")


def legal(text: str) -> str:
    """The text with a mark for each character that XML 1.0 cannot hold; a bare return becomes a line break."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_XML.sub("\ufffd", text)
