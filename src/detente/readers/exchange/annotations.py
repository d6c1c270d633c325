"""W3C Web Annotations: what words of an article stand for, by their place in its text and by themselves.

The data model counts code points, as we do. Tools that count UTF-16 units are off by one for each emoji before;
`anchored` finds that out by the quoted words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from detente.model import Span
from detente.readers.exchange.files import UNREADABLE, open_file
from detente.readers.exchange.notes import Note, Skipped
from detente.records.limits import MEGABYTE, megabytes

MOST = 1024 * MEGABYTE
REPORT, ARTICLE = "urn:detente:report:", "urn:detente:article:"


class Annotation(Struct, frozen=True):
    """Words of an article with what they stand for."""

    id: str
    source: str
    """The article: its address, or our id of it."""
    start: int | None
    """Code points from the beginning of the text, if the annotation tells a place."""
    end: int | None
    exact: str | None
    """The words."""
    prefix: str = ""
    suffix: str = ""
    role: str | None = None
    """Of the words in the report: "trigger", "source", "target", "speaker", "time", "place", "count"."""
    value: str | None = None
    """What they stand for: a type, an actor's id, a day, a place."""
    report: str | None = None
    """Id of the report."""


class _Page(Struct):
    items: list[msgspec.Raw] = []


_PAGE: msgspec.json.Decoder[Any] = msgspec.json.Decoder(_Page | list[msgspec.Raw])


def read_annotations(path: Path) -> Iterator[Annotation | Note]:
    """The annotations of a page (AnnotationPage, or a list of annotations) that select words of a text.

    Raises OSError when the file cannot be opened.
    """
    file = str(path)
    try:
        with ExitStack() as stack:
            data = open_file(path, stack).take(MOST + 1).removeprefix(b"\xef\xbb\xbf")
    except UNREADABLE as fault:
        yield Skipped(file, 0, f"cannot be unpacked ({fault})")
        return
    if len(data) > MOST:
        yield Skipped(file, 0, f"over {megabytes(MOST)}")
        return
    try:
        found = _PAGE.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        yield Skipped(file, 0, f"no page of annotations: {str(fault)[:200]}")
        return
    for number, raw in enumerate(found.items if isinstance(found, _Page) else found, 1):
        yield _annotation(raw, file, number)


def _annotation(raw: msgspec.Raw, file: str, number: int) -> Annotation | Skipped:
    try:
        told: dict[str, Any] = msgspec.json.decode(raw, type=dict[str, Any])
        target = _first(told.get("target"))
        selectors = {s.get("type"): s for s in _many(target.get("selector")) if isinstance(s, dict)}
        place, quote = selectors.get("TextPositionSelector", {}), selectors.get("TextQuoteSelector", {})
        bodies = [one for one in _many(told.get("body")) if isinstance(one, dict)]
        if not place and not quote:
            return Skipped(file, number, "selects no words of a text")
        annotation = msgspec.convert(
            {
                "id": told.get("id") or str(number), "source": target.get("source"), "start": place.get("start"),
                "end": place.get("end"), "exact": quote.get("exact"), "prefix": quote.get("prefix", ""),
                "suffix": quote.get("suffix", ""), "role": _value(bodies, tagging=True),
                "value": _value(bodies, tagging=False), "report": _after(target.get("scope"), REPORT),
            },
            Annotation,
        )  # fmt: skip
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        return Skipped(file, number, f"no annotation: {str(fault)[:200]}")
    if annotation.start is not None and not 0 <= annotation.start <= (annotation.end or 0):
        return Skipped(file, number, f"ends ({annotation.end}) before it begins ({annotation.start})")
    return annotation


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _first(value: Any) -> dict[str, Any]:
    found: Any = next(iter(_many(value)), {})
    return found if isinstance(found, dict) else {"source": found} if isinstance(found, str) else {}


def _value(bodies: list[dict[str, Any]], *, tagging: bool) -> Any:
    return next((body.get("value") for body in bodies if (body.get("purpose") == "tagging") == tagging), None)


def _after(text: Any, prefix: str) -> str | None:
    return text.removeprefix(prefix) if isinstance(text, str) and text.startswith(prefix) else None


def anchored(annotation: Annotation, text: str) -> tuple[Span, str] | None:
    """Where in a text the words of an annotation are, and how that was found; None where they are not.

    "position": the place holds the words; "UTF-16": it does when counted in UTF-16 units; "quote": the words stand
    there once between the same neighbours, or once at all.
    """
    start, end, exact = annotation.start, annotation.end, annotation.exact
    if start is not None and end is not None:
        if end <= len(text) and (exact is None or text[start:end] == exact):
            return (start, end), "position"
        units = text.encode("utf-16-le", "surrogatepass")
        words = units[2 * start : 2 * end].decode("utf-16-le", "replace")
        if exact is not None and words == exact:
            begin = len(units[: 2 * start].decode("utf-16-le", "replace"))
            return (begin, begin + len(exact)), "UTF-16"
    return _quoted(annotation, text)


def _quoted(annotation: Annotation, text: str) -> tuple[Span, str] | None:
    exact = annotation.exact
    if not exact:
        return None
    for prefix, suffix in ((annotation.prefix, annotation.suffix), ("", "")):
        wanted = f"{prefix}{exact}{suffix}"
        if text.count(wanted) == 1:
            start = text.index(wanted) + len(prefix)
            return (start, start + len(exact)), "quote"
    return None
