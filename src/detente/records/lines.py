"""JSONL: one document a line, with what is known of it from outside."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from detente.model import Record
from detente.records.columns import BadRow, record_of_row
from detente.records.jsonvalues import BadJson, decoded_json, whole
from detente.records.limits import MAX_LINE, megabytes
from detente.records.opening import Source
from detente.records.reading import Found, Reading
from detente.records.unread import Unread


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


def read_lines(source: Source, origin: str, reading: Reading) -> Found:
    """The documents of the lines, each from `news.jsonl:17`."""
    read_any = False
    for number, line in enumerate(source.lines(MAX_LINE), 1):
        place = f"{origin}:{number}"
        if line is None:
            read_any = True
            yield Unread(place, f"{place}: line over {megabytes(MAX_LINE)}; one line holds one article")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        read_any = True
        try:
            yield _mapped(line, place, reading.columns) if reading.columns else record_of(line, place)
        except (BadLine, BadRow) as fault:
            yield Unread(place, f"{place}: {fault}")
    if not read_any:
        yield Unread(origin, f"{origin}: the file is empty; it should hold one JSON object a line")


def _mapped(line: bytes, origin: str, columns: Mapping[str, str]) -> Record:
    """The document of a line whose fields have other names; those that are not told keep ours.

    Raises `BadLine` or `BadRow`.
    """
    try:
        document = decoded_json(line)
    except BadJson as error:
        raise BadLine(f"not JSON: {error}; each line must hold one whole JSON object") from None
    if not isinstance(document, dict):
        raise BadLine("not a JSON object; each line must hold one")
    own = {} if {"text", "html"} & columns.keys() else {"text": "text", "html": "html"}
    others = {name: name for name in ("id", "url", "headline", "published", "publisher")}
    return record_of_row(document, {**others, **own, **columns}, origin)


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
