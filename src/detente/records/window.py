"""A stream that can go back to the record in hand, and look for the next one after a fault."""

from __future__ import annotations

import re
import zlib

from detente.records.limits import HEAD, MEGABYTE
from detente.records.opening import Source

# A record that is longer when packed holds no page; of such a one only the end is kept.
MAX_KEPT = 64 * MEGABYTE

_GZIP = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_PLAIN = re.compile(rb"WARC/1\.[01]\r?\n(?=WARC-|Content-)", re.IGNORECASE)
_LENGTH = re.compile(rb"\nContent-Length:\s{0,9}(\d{1,15})\r\n", re.IGNORECASE)
_LOOK = 4096
"""What a gzip member needs to show that a record begins in it."""


class Window:
    """Reads on from a source and keeps what came since the last `forget`."""

    def __init__(self, source: Source) -> None:
        self.packed = source.head(3) == b"\x1f\x8b\x08"
        self._source = source
        self._kept = bytearray()
        self._start = 0
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes; fewer at the end."""
        at = self._at - self._start
        if at >= len(self._kept) and not self._more():
            return b""
        at = self._at - self._start
        part = bytes(self._kept[at : at + (size if size >= 0 else HEAD)])
        self._at += len(part)
        return part

    def tell(self) -> int:
        """Where reading is, from the beginning of the source."""
        return self._at

    def forget(self, before: int) -> None:
        """Nothing before this will be asked for."""
        if before > self._start:
            del self._kept[: before - self._start]
            self._start = before

    def back_to(self, offset: int) -> None:
        """The next byte to read; what is forgotten is passed over."""
        self._at = max(offset, self._start)

    def next_record(self, after: int) -> int | None:
        """Where the next record begins, from that byte on; None when there is none."""
        at = max(after, self._start)
        while True:
            while (found := self._sign_at(at)) is not None:
                if not self.packed or self._begins_record(found):
                    return found
                at = found + 1
            # What was searched is dropped, but for what may be the beginning of a sign.
            at = max(at, self._start + len(self._kept) - _LOOK)
            self.forget(at)
            if not self._more():
                return None

    def end_of(self, offset: int) -> int | None:
        """Where the record that begins here ends; None when it is damaged or is not in one piece."""
        return self._end_packed(offset) if self.packed else self._end_plain(offset)

    def is_left(self, offset: int) -> bool:
        """Whether something else than padding stands from this byte on, of what is kept."""
        return bool(self._kept[max(0, offset - self._start) :].strip(b"\0\r\n"))

    def _end_packed(self, offset: int) -> int | None:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        at = offset - self._start
        while 0 <= at < len(self._kept) or (at >= 0 and self._more()):
            try:
                unpacker.decompress(bytes(self._kept[at : at + HEAD]))
            except zlib.error:
                return None
            at += HEAD
            if unpacker.eof:
                return self._start + min(at, len(self._kept)) - len(unpacker.unused_data)
        return None

    def _end_plain(self, offset: int) -> int | None:
        header = bytes(self._kept[offset - self._start : offset - self._start + HEAD])
        body = header.find(b"\r\n\r\n")
        length = _LENGTH.search(header, 0, max(body + 2, 0))
        return offset + body + 8 + int(length[1]) if length else None

    def _sign_at(self, offset: int) -> int | None:
        found = (_GZIP if self.packed else _PLAIN).search(self._kept, max(0, offset - self._start))
        return self._start + found.start() if found else None

    def _begins_record(self, offset: int) -> bool:
        while self._start + len(self._kept) < offset + _LOOK and self._more():
            pass
        start = bytes(self._kept[offset - self._start : offset - self._start + _LOOK])
        try:
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 8).startswith(b"WARC/")
        except zlib.error:
            return False

    def _more(self) -> bool:
        if len(self._kept) > MAX_KEPT:
            self.forget(self._start + len(self._kept) - MAX_KEPT // 2)
        part = self._source.take(HEAD)
        self._kept += part
        return bool(part)
