"""From the name of an input to its records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from detente.model import Record
from detente.records.files import Kind, files_in, is_pattern, kind_by_name, matches, suffixes_in
from detente.records.lines import BadLine, record_of
from detente.records.opening import DAMAGED, Bomb, Source, opened

Format = Literal["auto", "html", "text", "jsonl"]

# The largest of some 1,000 news pages of ten years held 2.2 MB. A bigger one is a dump of something else.
MAX_PAGE = 10 << 20
MAX_LINE = 16 << 20
"""A line of JSONL holds one page with its metadata."""

MEGABYTE = 1 << 20

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|h1|table)\b", re.IGNORECASE)
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


class Unread(Struct, frozen=True):
    """An input that could not be read, and why, with the next step."""

    origin: str
    reason: str


def read(source: str | Path, *, format: Format = "auto") -> Iterator[Record | Unread]:
    """The records of a file, a folder, a pattern (`news/*.html`) or standard input (`-`), in the order of their names.

    `format` says what is inside; "auto" tells by the name, then by the first bytes. Nothing is raised for what cannot
    be read: it comes out as `Unread`.
    """
    name = str(source)
    path = Path(source)
    if name == "-":
        yield from _read_file(None, "-", format)
    elif _URL.match(name):
        yield Unread(name, f"{name}: pages are not fetched yet (a later version will); save the page and name the file")
    elif path.is_dir():
        yield from _read_folder(path, format)
    elif path.exists() or not is_pattern(name):
        yield from _read_file(path, name, format)
    else:
        yield from _read_matches(name, format)


def _read_folder(folder: Path, format: Format) -> Iterator[Record | Unread]:
    empty = True
    for path in files_in(folder):
        empty = False
        yield from _read_file(path, str(path), format)
    if empty:
        held = suffixes_in(folder)
        found = f"it holds {held}" if held else "it is empty or closed to you"
        yield Unread(
            str(folder),
            f"{folder}: no news file in this folder ({found}); .html, .htm, .txt, .jsonl are read, also as .gz; "
            "name other files outright",
        )


def _read_matches(pattern: str, format: Format) -> Iterator[Record | Unread]:
    paths = list(matches(pattern))
    if not paths:
        yield Unread(pattern, f"{pattern}: no file matches this pattern; check the folder and the spelling")
    for path in paths:
        yield from _read_file(path, str(path), format)


def _read_file(path: Path | None, origin: str, format: Format) -> Iterator[Record | Unread]:
    """The records of one file; a fault ends this file and no other."""
    try:
        with opened(path) as source:
            yield from _read_source(source, path, origin, format)
    except FileNotFoundError:
        yield Unread(origin, f"{origin}: no such file or folder; check the spelling and the folder you are in")
    except PermissionError:
        yield Unread(origin, f"{origin}: you may not read this file; ask its owner or change its permissions")
    except Bomb as fault:
        yield Unread(origin, f"{origin}: {fault}; if it is no attack, unpack it yourself and name the unpacked file")
    except DAMAGED as fault:
        yield Unread(origin, f"{origin}: packed file damaged or cut short ({fault}); fetch it again")
    except OSError as fault:
        yield Unread(origin, f"{origin}: cannot be read ({fault.strerror or fault}); check the file and the disk")


def _read_source(source: Source, path: Path | None, origin: str, format: Format) -> Iterator[Record | Unread]:
    named: Kind | None = format if format != "auto" else kind_by_name(path) if path else None
    if named == "jsonl":
        yield from _read_lines(source, origin)
        return
    content = source.take(MAX_PAGE + 1)
    if named is None and looks_like_jsonl(content):
        yield from _read_lines(Rest(content, source), origin)
    elif len(content) > MAX_PAGE:
        yield Unread(
            origin,
            f"{origin}: over {MAX_PAGE // MEGABYTE} MB, too long for one article; "
            "split it, or give many articles as JSONL, one a line",
        )
    else:
        yield Record(origin=origin, content=content, format=named or page_format(content))


class Rest(Source):
    """What was looked at already, and what follows it."""

    def __init__(self, seen: bytes, source: Source) -> None:
        self._seen = seen
        self._source = source

    def lines(self, limit: int) -> Iterator[bytes | None]:
        """As of `Source`."""
        *whole, cut = self._seen.split(b"\n")
        yield from (line.rstrip(b"\r") for line in whole)
        following = self._source.lines(limit)
        # The line at the seam: its first half was seen.
        second = next(following, b"")
        yield None if second is None else (cut + second).rstrip(b"\r")
        yield from following


def _read_lines(source: Source, origin: str) -> Iterator[Record | Unread]:
    read_any = False
    for number, line in enumerate(source.lines(MAX_LINE), 1):
        place = f"{origin}:{number}"
        if line is None:
            read_any = True
            yield Unread(place, f"{place}: line over {MAX_LINE // MEGABYTE} MB; one line holds one article")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        read_any = True
        try:
            yield record_of(line, place)
        except BadLine as fault:
            yield Unread(place, f"{place}: {fault}")
    if not read_any:
        yield Unread(origin, f"{origin}: the file is empty; it should hold one JSON object a line")


def looks_like_jsonl(content: bytes) -> bool:
    """Whether the first line is a JSON object: `{"text": ...`."""
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and start[1:].lstrip().startswith(b'"')


def page_format(content: bytes) -> Literal["html", "text"]:
    """Whether unnamed content is a page or plain text: by a tag of a page's frame in the first 2,000 bytes.

    Zero bytes are left out, so that UTF-16 is seen through.
    """
    return "html" if _HTML.search(content[:2000].replace(b"\0", b"")) else "text"
