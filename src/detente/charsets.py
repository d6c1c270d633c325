"""Which characters bytes mean: marks, names of charsets, and what a feed, a table or a mail is decoded by."""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the longer before the shorter that they begin with."""

_DECLARED = re.compile(rb"""encoding\s*=\s*["']\s*([a-zA-Z0-9_:.-]{2,40})""")
# Names that servers give by default for what is cp1252, its superset.
_LATIN = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"}


def decoded(content: bytes, told: str | None = None) -> str:
    """The characters of a text; `told` is what the transport said of it.

    The order: a byte order mark; UTF-16 without one; valid UTF-8, whatever is declared (other charsets are almost
    never valid UTF-8 by chance); what is told; what an XML declaration says; cp1252, in which everything is something.
    """
    for mark, charset in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(charset, "replace")
    if wide := wide_without_mark(content[:400]):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:400])
    for name in (told, declared.group(1).decode("ascii") if declared else None):
        if (known := charset_named(name)) and known != "utf-8":
            return content.decode(known, "replace")
    # A few faults in UTF-8 are damage, as many as there are letters are another charset.
    text = content.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 20 < beyond_ascii(content) else content.decode("cp1252", "replace")


def charset_named(name: str | None) -> str | None:
    """Python's name for a charset; None when there is none of that name."""
    if not name:
        return None
    name = name.lower().strip()
    if name in _LATIN:
        return "cp1252"
    if name in ("gb2312", "gbk"):
        return "gb18030"
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python knows codecs that are no charsets ("base64", "zip").
    return info.name if info._is_text_encoding else None


def beyond_ascii(content: bytes) -> int:
    """How many bytes no ASCII has."""
    return len(content) - len(content.translate(None, bytes(range(128, 256))))


def wide_without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark, by the beginning of a text: ASCII in it has a zero in nearly every other byte."""
    if len(head) < 8 or head.count(0) < len(head) * 0.3:
        return None
    if head[1::2].count(0) > len(head) * 0.4 and not head[0::2].count(0):
        return "utf-16-le"
    if head[0::2].count(0) > len(head) * 0.4 and not head[1::2].count(0):
        return "utf-16-be"
    return None
