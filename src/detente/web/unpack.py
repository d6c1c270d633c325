"""Unpacking what comes in, never further than asked: a bomb costs no more than an honest page."""

from __future__ import annotations

import zlib

GZIP, ZLIB, BARE = 31, 15, -15
"""Window sizes by which zlib tells the three wrappings apart."""

ACCEPTED = "gzip, deflate"
"""What we say that we understand; others (br, zstd) would need a package that can stop in the middle."""


class Damaged(ValueError):
    """Packed content that cannot be unpacked; the message says why."""


class Unpacker:
    """Takes the body piece by piece and gives back what is in it, up to a limit.

    unpacker = Unpacker("gzip", limit=1_000_000)
    unpacker.feed(piece)
    """

    def __init__(self, encoding: str, limit: int) -> None:
        """For a body with this Content-Encoding.

        Raises `Damaged` for an encoding that was not asked for.
        """
        self.encoding = encoding.strip().lower()
        if self.encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Damaged(f"packed as '{encoding[:40]}', which we had not asked for")
        self.left = limit
        """How many more bytes fit."""
        self._packed = self.encoding not in ("", "identity")
        self._fresh = True
        self._inflater = zlib.decompressobj(GZIP if "gzip" in self.encoding else ZLIB)

    @property
    def is_whole(self) -> bool:
        """Whether the packed stream has come to its end."""
        return not self._packed or self._inflater.eof or self._fresh

    def feed(self, piece: bytes) -> bytes:
        """What the next piece holds; cut off at the limit, which `left` == 0 tells.

        Raises `Damaged`.
        """
        data = self._inflate(piece) if self._packed else piece[: self.left]
        self.left -= len(data)
        return data

    def _inflate(self, piece: bytes) -> bytes:
        if self._inflater.eof and self.encoding != "deflate":
            # gzip may come in several members, one after the other; what is no member is padding.
            if not piece.startswith(b"\x1f\x8b"):
                return b""
            self._inflater = zlib.decompressobj(GZIP)
        try:
            # max_length 0 would mean "no limit".
            data = self._inflater.decompress(piece, max(1, self.left))[: self.left]
        except zlib.error as error:
            if self._fresh and self.encoding == "deflate":
                return self._bare(piece)
            raise Damaged(f"the packed body is damaged ({error})") from None
        self._fresh = self._fresh and not piece
        rest = self._inflater.unused_data
        if rest and len(data) < self.left and self.encoding != "deflate":
            self.left -= len(data)
            try:
                return data + self._inflate(rest)
            finally:
                self.left += len(data)
        return data

    def _bare(self, piece: bytes) -> bytes:
        """Some servers send deflate without its wrapping."""
        self._inflater, self._fresh = zlib.decompressobj(BARE), False
        return self._inflate(piece)
