"""JSONL: one document a line, with what is known of it from outside."""

from __future__ import annotations

import msgspec

from detente.model import Record
from detente.records.jsonvalues import whole


class Line(msgspec.Struct, frozen=True):
    """The fields of a line; only `text` or `html` is needed, others than these are left alone."""

    text: str | None = None
    html: str | None = None
    id: str | int | None = None
    url: str | None = None
    headline: str | None = None
    published: str | None = None
    publisher: str | None = None


class BadLine(ValueError):
    """A line that holds no document; the message says what it holds instead."""


_decoder = msgspec.json.Decoder(Line)


def record_of(line: bytes, origin: str) -> Record:
    """The document of a line.

        {"id": "a1", "headline": "Russia expels two envoys", "text": "MOSCOW ...", "published": "2009-05-06"}

    Raises `BadLine`.
    """
    try:
        document = _decoded(line)
    except msgspec.ValidationError as error:
        raise BadLine(f"a field has the wrong type: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadLine(f"not JSON: {error}; each line must hold one whole JSON object") from None
    content = document.html if document.html is not None else document.text
    if content is None:
        raise BadLine('neither "text" nor "html" among its fields; name the field that holds the article so')
    return Record(
        origin=origin,
        content=content.encode(),
        format="text" if document.html is None else "html",
        charset="utf-8",
        key=None if document.id is None else str(document.id),
        url=document.url,
        headline=document.headline,
        published=document.published,
        publisher=document.publisher,
    )


def _decoded(line: bytes) -> Line:
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return _decoder.decode(whole(line))
