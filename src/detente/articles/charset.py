"""From bytes to text: which characters the bytes mean, or that they mean none."""

from __future__ import annotations

import re

from detente.charsets import MARKS, beyond_ascii, charset_named, wide_without_mark
from detente.errors import Unreadable

MAGIC = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"RIFF", "a media file"),
    (b"BM", "a bitmap image"), (b"II*\0", "a TIFF image"), (b"MM\0*", "a TIFF image"), (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"), (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"7z\xbc\xaf", "a 7-Zip archive"), (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"), (b"MZ", "a program"), (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"OggS", "a media file"), (b"ID3", "a sound file"), (b"\0\0\0\x18ftyp", "a film"), (b"\0\0\0\x20ftyp", "a film"),
    (b"SQLite format 3", "a database"), (b"PAR1", "a Parquet file"),
)  # fmt: skip
"""First bytes of files that are no text."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
_CONTROL = bytes(set(range(32)) - {0, 9, 10, 11, 12, 13, 27})

# A zero byte now and then is an editor's; one in five is a machine's.
# A page of 100,000 characters with some hundred damaged ones is still read; noise has a third of them.
BAD_SHARE = 0.02
SAMPLE = 1 << 13
"""Bytes looked at from either end."""


def text_of(content: bytes, origin: str, *, told: str | None = None) -> str:
    """The characters of a document; `told` is the charset that the transport gave.

    The order: a byte order mark; valid UTF-8, whatever is declared (a wrong declaration is common, and other
    charsets are almost never valid UTF-8 by chance); what is told; what the page declares; UTF-8 with few faults;
    cp1252.

    Raises `Unreadable` for what is no text.
    """
    _refuse_known_binary(content, origin)
    for mark, charset in MARKS:
        if content.startswith(mark):
            return _checked(_decoded_as(content[len(mark) :], charset), origin)
    if wide := wide_without_mark(content[:4000]):
        return _checked(_decoded_as(content, wide), origin)
    if _is_noise(content[:SAMPLE]) or (len(content) > SAMPLE and _is_noise(content[-SAMPLE:])):
        raise Unreadable(f"{origin}: binary, not text; give a page (.html) or its text (.txt)")
    return _checked(_decoded(content, told), origin)


def _is_noise(sample: bytes) -> bool:
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls > BAD_SHARE * len(sample) or sample.count(0) > len(sample) / 5


def _decoded_as(content: bytes, charset: str) -> str:
    return content.decode(charset, "replace").replace("\0", "")


def _decoded(content: bytes, told: str | None) -> str:
    if b"\0" in content:
        # Some editors leave them behind.
        content = content.replace(b"\0", b"")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:4096])
    for name in (told, declared.group(1).decode("ascii") if declared else None):
        if charset := charset_named(name):
            text = content.decode(charset, "replace")
            if text.count("\ufffd") <= BAD_SHARE * beyond_ascii(content):
                return text
    text = content.decode("utf-8", "replace")
    if text.count("\ufffd") <= BAD_SHARE * beyond_ascii(content):
        return text
    return content.decode("cp1252", "replace")


def _refuse_known_binary(content: bytes, origin: str) -> None:
    for magic, what in MAGIC:
        # Two letters may begin a text as well ("MZ", "BM"); then a zero byte tells.
        if content.startswith(magic) and (len(magic) > 2 or b"\0" in content[:64]):
            raise Unreadable(f"{origin}: {what}, not a page; give the page itself (.html) or its text (.txt)")


def _checked(text: str, origin: str) -> str:
    """Raises `Unreadable` for a text of noise."""
    if "\ufffd" in text and text.count("\ufffd") > max(20, BAD_SHARE * 5 * len(text)):
        raise Unreadable(f"{origin}: its bytes are no text in any charset that it names; save it again as UTF-8")
    return text
