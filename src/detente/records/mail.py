"""Mail: newsletters and alerts as .eml, pages saved as .mhtml, and mailboxes."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import islice
from typing import cast

from detente.model import Record
from detente.records.addresses import web_address
from detente.records.limits import MAX_MAIL, MAX_PAGE, megabytes
from detente.records.moments import iso_of
from detente.records.opening import Source
from detente.records.pages import too_long
from detente.records.reading import Found, Reading
from detente.records.unread import Unread

FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the library raises on mail that is made to break it (headers are read when asked for)."""

_LINE = 1 << 20

# The library's time grows with the square of a head line's length: 80 kB of quotation marks take half a minute.
MAX_HEAD = 1_000
MAX_TITLE = 10_000
MAX_PARTS = 500
# Each line is held against the ends of all the parts that it may lie in.
MAX_NESTS = 20
MAX_LINES = 1_000_000
_PART_HEAD = re.compile(rb"^content-[a-z-]{1,30}[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)


def read_mail(source: Source, origin: str, reading: Reading) -> Found:
    """The letter: subject, date, and its HTML or text. Who sent it is not taken for an outlet."""
    content = source.take(MAX_MAIL + 1)
    if len(content) > MAX_MAIL:
        yield Unread(
            origin, f"{origin}: over {megabytes(MAX_MAIL)}, too long for a letter; save its text and name that"
        )
    else:
        yield from _letter(content, origin)


def read_mailbox(source: Source, origin: str, reading: Reading) -> Found:
    """The letters of a mailbox, each from `box.mbox:3`."""
    number = 0
    for number, content in enumerate(_letters(source), 1):
        place = f"{origin}:{number}"
        if content is None:
            yield Unread(
                place, f"{place}: over {megabytes(MAX_MAIL)}, too long for a letter; save its text and name that"
            )
        else:
            yield from _letter(content, place)
    if not number:
        yield Unread(origin, f"{origin}: no letter in this mailbox; each begins with a line “From ...”")


def _letters(source: Source) -> Iterator[bytes | None]:
    """The letters; None for one over the limit, which is passed over unkept."""
    parts: list[bytes] | None = None
    size = 0
    blank = True
    for line in source.lines(_LINE):
        if line is not None and blank and line.startswith(b"From "):
            if parts is not None:
                yield b"\n".join(parts) if size <= MAX_MAIL else None
            parts, size = [], 0
            continue
        blank = not line
        if parts is None:
            if blank:
                continue
            parts = []
        line = b"" if line is None else line
        size += len(line) + 1
        if line.startswith(b">") and line.lstrip(b">").startswith(b"From "):
            line = line[1:]
        if size <= MAX_MAIL:
            parts.append(line)
        else:
            parts.clear()
    if parts is not None:
        yield b"\n".join(parts) if size <= MAX_MAIL else None


def _letter(content: bytes, origin: str) -> Found:
    if _does_harm(content):
        yield Unread(
            origin, f"{origin}: heads, parts or lines beyond measure, made to do harm; save its text and name that"
        )
        return
    try:
        letter = email.message_from_bytes(content, policy=email.policy.default)
        part = cast(EmailMessage | None, letter.get_body(preferencelist=("html", "plain")))
        body = part.get_payload(decode=True) if part is not None else None
        attached = [
            attachment.get_filename() or attachment.get_content_type() for attachment in letter.iter_attachments()
        ]
    except FAULTS as fault:
        yield Unread(
            origin, f"{origin}: no letter can be made of it ({type(fault).__name__}); save its text and name that"
        )
        return
    if part is None or not isinstance(body, bytes):
        yield Unread(origin, f"{origin}: a letter without text; if its news is attached, save that and name it")
        return
    if len(body) > MAX_PAGE:
        yield too_long(origin)
        return
    yield Record(
        origin=origin,
        content=body,
        format="html" if part.get_content_type() == "text/html" else "text",
        charset=part.get_content_charset(),
        key=_header(letter, "Message-ID"),
        url=web_address(_header(letter, "Archived-At"), None) or _snapshot(letter),
        headline=_header(letter, "Subject"),
        published=iso_of(_header(letter, "Date")),
    )
    if attached and not _snapshot(letter):
        told = ", ".join(name[:60] for name in attached[:5])
        yield Unread(
            origin,
            f"{origin}: {len(attached)} attached file{'s' * (len(attached) > 1)} not read ({told}); save and name them",
            "not an article",
        )


def _does_harm(content: bytes) -> bool:
    """Whether the library would need minutes for it."""
    heads = [head.group() for head in islice(_PART_HEAD.finditer(content), 4 * MAX_PARTS + 1)]
    nests = sum(b"multipart" in head.lower() for head in heads)
    return (
        len(heads) > 4 * MAX_PARTS
        or max(map(len, heads), default=0) > MAX_HEAD
        or nests > MAX_NESTS
        or content.count(b"\n--") > 10 * MAX_PARTS
        or content.count(b"\n") + content.count(b"\r") > MAX_LINES
    )


def _snapshot(letter: EmailMessage) -> str | None:
    """The address of a page that a browser saved as .mhtml."""
    return web_address(_header(letter, "Snapshot-Content-Location") or _header(letter, "Content-Location"))


def _header(letter: EmailMessage, name: str) -> str | None:
    raw = next((str(value) for head, value in letter.raw_items() if head.lower() == name.lower()), "")
    if len(raw) > MAX_TITLE:
        return None
    try:
        value = str(letter[name] or "")
    except FAULTS:
        return None
    return " ".join(value.strip("<> ").split())[:1000].encode("utf-8", "replace").decode() or None
