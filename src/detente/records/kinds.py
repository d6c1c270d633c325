"""What an input holds, by its name or by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal, get_args

from detente.records.opening import PACKED, PACKED_TARS

Kind = Literal[
    "html", "text", "jsonl", "csv", "tsv", "parquet", "eml", "mbox", "pdf", "warc", "zip", "tar", "feed", "sitemap",
    "opml", "paths",
]  # fmt: skip
Format = Literal["auto"] | Kind
INPUTS: tuple[str, ...] = ("auto", *get_args(Kind))

SUFFIXES: dict[str, Kind | Literal["xml"]] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".txt": "text", ".text": "text",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".parquet": "parquet",
    ".eml": "eml", ".mht": "eml", ".mhtml": "eml", ".mbox": "mbox",
    ".pdf": "pdf",
    ".warc": "warc", ".wacz": "zip", ".zip": "zip", ".tar": "tar",
    ".rss": "feed", ".atom": "feed", ".xml": "xml", ".opml": "opml", ".paths": "paths",
}  # fmt: skip
"""What a folder or an archive is searched for. A file that is named outright is read whatever its suffix."""

NAMED = (
    ".html, .htm, .txt, .jsonl, .csv, .tsv, .parquet, .eml, .mbox, .pdf, .warc, .wacz, .zip, .tar, .rss, .atom, .xml"
)


def suffix_of(name: str) -> str:
    """The suffix that tells what is inside, in lower case: ".html" for `a.HTML.gz`, "" where there is none."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    if suffixes and suffixes[-1] in PACKED_TARS:
        return ".tar"
    if suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def kind_by_name(name: str) -> Kind | Literal["xml"] | None:
    """What the name says is inside: `a.html` and `a.HTML.gz` are html; None when it says nothing."""
    return SUFFIXES.get(suffix_of(name))


_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|h1|table)\b", re.IGNORECASE)
_XML_START = re.compile(rb"\s*(?:<\?[^>]{0,400}>|<!--.{0,4000}?-->|<!doctype\s[^>\[]{0,400}>|\s)*", re.DOTALL | re.I)
_XML_ROOTS: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf:RDF)\b", re.IGNORECASE), "feed"),
    (re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b"), "sitemap"),
    (re.compile(rb"<opml\b", re.IGNORECASE), "opml"),
)
_MAIL_HEADER = re.compile(
    rb"(?:Received|Return-Path|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|Content-Type|Reply-To|"
    rb"DKIM-Signature|List-[\w-]{1,30}|X-[\w-]{1,40}|ARC-[\w-]{1,40}):",
    re.IGNORECASE,
)
_MAIL_STARTS = 3
"""A text that quotes the head of a letter has a line or two of this look."""
_PATHS = re.compile(rb"(?:\S{1,400}\.(?:warc|wet|wat)(?:\.gz)?\r?\n?)+", re.IGNORECASE)


def kind_by_content(start: bytes) -> Kind:
    """What something that begins so is."""
    for kind, is_one in _SIGNS:
        if is_one(start):
            return kind
    return page_kind(start)


def page_kind(start: bytes) -> Literal["html", "text"]:
    """Whether it is a page or plain text: by a tag of a page's frame in the first 2,000 bytes.

    Zero bytes are left out, so that UTF-16 is seen through.
    """
    return "html" if _HTML.search(start[:2000].replace(b"\0", b"")) else "text"


def xml_kind(start: bytes) -> Kind | None:
    """Which list of articles an XML file is; None when it is none."""
    plain = start[:8000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    opening = _XML_START.match(plain)
    at = opening.end() if opening else 0
    return next((kind for root, kind in _XML_ROOTS if root.match(plain, at)), None)


def _is_jsonl(start: bytes) -> bool:
    """The first line is a JSON object: `{"text": ...`."""
    start = start[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and start[1:].lstrip().startswith(b'"')


def _is_json_feed(start: bytes) -> bool:
    return _is_jsonl(start) and b"jsonfeed.org/version" in start[:2000].replace(b"\\/", b"/")


def _is_mail(start: bytes) -> bool:
    head = start[:8000].replace(b"\r", b"").partition(b"\n\n")[0]
    lines = [line for line in head.split(b"\n") if line[:1] not in (b" ", b"\t")]
    return bool(_MAIL_HEADER.match(head)) and sum(bool(_MAIL_HEADER.match(line)) for line in lines) >= _MAIL_STARTS


def _is_mailbox(start: bytes) -> bool:
    first, _, rest = start.partition(b"\n")
    return first.startswith(b"From ") and _is_mail(rest)


_SIGNS: tuple[tuple[Kind, Callable[[bytes], bool]], ...] = (
    ("zip", lambda start: start.startswith((b"PK\x03\x04", b"PK\x05\x06"))),
    ("warc", lambda start: start.startswith(b"WARC/")),
    ("tar", lambda start: start[257:262] == b"ustar"),
    ("parquet", lambda start: start.startswith(b"PAR1")),
    ("pdf", lambda start: b"%PDF-" in start[:1024] and not _HTML.search(start[:1024])),
    ("feed", _is_json_feed),
    ("jsonl", _is_jsonl),
    ("mbox", _is_mailbox),
    ("eml", _is_mail),
    ("paths", lambda start: bool(_PATHS.fullmatch(start[: start.rfind(b"\n") + 1 or len(start)]))),
    ("feed", lambda start: xml_kind(start) == "feed"),
    ("sitemap", lambda start: xml_kind(start) == "sitemap"),
    ("opml", lambda start: xml_kind(start) == "opml"),
)
