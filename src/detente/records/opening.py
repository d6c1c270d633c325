"""Opens a file or standard input, unpacked if it is packed, and never holds more than it was asked for."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

PACKED: dict[str, Callable[..., Any]] = {
    ".gz": gzip.open,
    ".xz": lzma.open,
    ".lzma": lzma.open,
    ".bz2": bz2.open,
}
"""Suffixes of packed files; the suffix before tells what is inside: `page.html.gz`."""

DAMAGED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)
"""What the unpackers raise on a damaged or truncated file (bz2 raises OSError)."""

CHUNK = 1 << 16

# Text packs 3 to 12 times, logs of one repeated line perhaps 200 times; a bomb 1,000 times and more. The guard starts
# late, so that a small repetitive file is no suspect.
BOMB_RATIO = 250
BOMB_STARTS = 16 << 20


class Bomb(ValueError):
    """A packed file that unpacks to many times its size."""


class Source:
    """An open input that is read once from front to back."""

    def __init__(self, stream: IO[bytes], packed_size: int | None = None) -> None:
        self._stream = stream
        self._packed_size = packed_size
        self._taken = 0

    def take(self, size: int) -> bytes:
        """Up to `size` bytes; fewer at the end.

        Raises `Bomb`, OSError, or one of `DAMAGED`.
        """
        parts: list[bytes] = []
        left = size
        while left > 0 and (part := self._stream.read(min(left, CHUNK))):
            parts.append(part)
            left -= len(part)
            self._count(len(part))
        return b"".join(parts)

    def lines(self, limit: int) -> Iterator[bytes | None]:
        """The lines without their ends; None stands for a line over the limit, which is passed over unkept.

        Raises as `take` does.
        """
        too_long = False
        while line := self._stream.readline(limit):
            self._count(len(line))
            whole = line.endswith(b"\n") or len(line) < limit
            if not too_long and whole:
                yield line.rstrip(b"\r\n")
            elif not too_long:
                yield None
            too_long = not whole

    def _count(self, size: int) -> None:
        self._taken += size
        if self._packed_size is not None and self._taken > max(BOMB_STARTS, BOMB_RATIO * self._packed_size):
            raise Bomb(f"unpacks to more than {BOMB_RATIO} times its size")


@contextmanager
def opened(path: Path | None) -> Iterator[Source]:
    """The file, or standard input for None.

    Raises OSError when it cannot be opened.
    """
    if path is None:
        yield Source(sys.stdin.buffer)
    elif unpack := PACKED.get(path.suffix.lower()):
        with unpack(path, "rb") as stream:
            yield Source(stream, path.stat().st_size)
    else:
        with path.open("rb") as stream:
            yield Source(stream)
