"""From the name of an input to its records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from detente.model import Record
from detente.records.feedfiles import read_feed, read_opml, read_sitemap
from detente.records.files import files_in, is_pattern, matches, suffixes_in
from detente.records.kinds import NAMED, Format, Kind, kind_by_content, kind_by_name, xml_kind
from detente.records.limits import MAX_LINE, MAX_PAGE
from detente.records.lines import read_lines
from detente.records.mail import read_mail, read_mailbox
from detente.records.opening import (
    DAMAGED,
    Bomb,
    Source,
    TooLong,
    opened,
    packing_by_content,
    packing_by_name,
    unpacked,
)
from detente.records.pages import read_html, read_text
from detente.records.parquet import read_parquet
from detente.records.paths import read_paths
from detente.records.pdfs import read_pdf
from detente.records.reading import Found, Reader, Reading
from detente.records.tables import read_csv, read_tsv
from detente.records.tars import read_tar
from detente.records.unread import Unread
from detente.records.warcs import read_warc
from detente.records.zips import read_zip

__all__ = ["MAX_LINE", "MAX_PAGE", "READERS", "Format", "Unread", "read"]

READERS: dict[Kind, Reader] = {
    "html": read_html,
    "text": read_text,
    "jsonl": read_lines,
    "csv": read_csv,
    "tsv": read_tsv,
    "parquet": read_parquet,
    "eml": read_mail,
    "mbox": read_mailbox,
    "pdf": read_pdf,
    "warc": read_warc,
    "zip": read_zip,
    "tar": read_tar,
    "feed": read_feed,
    "sitemap": read_sitemap,
    "opml": read_opml,
    "paths": read_paths,
}
"""Who reads what."""

Named = Kind | Literal["xml"] | None
"""What a name says."""

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


def read(
    source: str | Path, *, format: Format = "auto", columns: Mapping[str, str] | None = None
) -> Iterator[Record | Unread]:
    """The records of a file, a folder, a pattern (`news/*.html`) or standard input (`-`), in the order of their names.

    `format` says what is inside; "auto" tells by the name, then by the first bytes. `columns` says which column of a
    table, or field of JSONL, holds what: `{"text": "body", "published": "date"}`. Nothing is raised for what cannot be
    read: it comes out as `Unread`.
    """
    name = str(source)
    path = Path(source)
    inputs = _Inputs(format, columns or {})
    if name == "-":
        yield from inputs.read_file(None, "-")
    elif _URL.match(name):
        yield Unread(
            name,
            f"{name}: not fetched here; save the page and name the file, or read feeds with `detente watch`",
        )
    elif path.is_dir():
        yield from inputs.read_folder(path)
    elif path.exists() or not is_pattern(name):
        yield from inputs.read_file(path, name)
    else:
        yield from inputs.read_matches(name)


class _Inputs:
    """Reads files, each by what its name or its first bytes say that it is."""

    def __init__(self, format: Format, columns: Mapping[str, str]) -> None:
        self._format = format
        self._reading = Reading(columns=columns, inside=_read_inside)

    def read_folder(self, folder: Path) -> Found:
        empty = True
        for path in files_in(folder):
            empty = False
            yield from self.read_file(path, str(path))
        if empty:
            held = suffixes_in(folder)
            found = f"it holds {held}" if held else "it is empty or closed to you"
            yield Unread(
                str(folder),
                f"{folder}: no news file in this folder ({found}); {NAMED} are read, also as .gz; "
                "name other files outright",
            )

    def read_matches(self, pattern: str) -> Found:
        paths = list(matches(pattern))
        if not paths:
            yield Unread(pattern, f"{pattern}: no file matches this pattern; check the folder and the spelling")
        for path in paths:
            yield from self.read_file(path, str(path))

    def read_file(self, path: Path | None, origin: str) -> Found:
        """The records of one file; a fault ends this file and no other."""
        try:
            with opened(path) as source:
                yield from _read_source(source, path.name if path else "", origin, self._reading, self._format)
        except FileNotFoundError:
            yield Unread(origin, f"{origin}: no such file or folder; check the spelling and the folder you are in")
        except PermissionError:
            yield Unread(origin, f"{origin}: you may not read this file; ask its owner or change its permissions")
        except Bomb as fault:
            yield Unread(
                origin, f"{origin}: {fault}; if it is no attack, unpack it yourself and name the unpacked file"
            )
        except TooLong as fault:
            yield Unread(origin, f"{origin}: {fault}")
        except DAMAGED as fault:
            yield Unread(origin, f"{origin}: packed file damaged or cut short ({fault}); fetch it again")
        except OSError as fault:
            yield Unread(origin, f"{origin}: cannot be read ({fault.strerror or fault}); check the file and the disk")


def _read_inside(source: Source, name: str, origin: str, reading: Reading) -> Found:
    return _read_source(source, name, origin, reading, "auto")


def _read_source(source: Source, name: str, origin: str, reading: Reading, format: Format) -> Found:
    source, named = _unpacked(source, name, format if format != "auto" else kind_by_name(name))
    if named == "xml":
        named = xml_kind(source.head())
        if named is None:
            told = f"{origin}: XML that is neither feed nor sitemap; if it is a page, say so with --from html"
            yield Unread(origin, told, "not an article")
            return
    yield from READERS[named or kind_by_content(source.head())](source, origin, reading)


def _unpacked(source: Source, name: str, named: Named) -> tuple[Source, Named]:
    """What is in a packed source; WARC stays packed, for its reader finds its way by the packed bytes."""
    packing = packing_by_name(name) or (packing_by_content(source.head(8)) if named is None or not name else None)
    if packing is None:
        return source, named
    if packing == ".gz" and (named == "warc" or (named is None and _begins_warc(source.head()))):
        return source, "warc"
    return unpacked(source, packing), named


def _begins_warc(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed, 8).startswith(b"WARC/")
    except zlib.error:
        return False
