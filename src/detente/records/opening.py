"""Opens a file or standard input, unpacked if it is packed, and never holds more than it was asked for."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from detente.records.limits import HEAD, MAX_SPOOL, MEGABYTE, megabytes


def _open_zstd(stream: IO[bytes]) -> Any:
    from fastwarc.stream_io import ZstdReader

    return ZstdReader(stream)


PACKED: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": gzip.open,
    ".xz": lzma.open,
    ".lzma": lzma.open,
    ".bz2": bz2.open,
    ".zst": _open_zstd,
}
"""Suffixes of packed files; the suffix before tells what is inside: `page.html.gz`."""

PACKED_TARS = {".tgz": ".gz", ".txz": ".xz", ".tbz2": ".bz2", ".tbz": ".bz2", ".tzst": ".zst"}
"""Short for `.tar.gz` and so on."""

_MAGIC = ((b"\x1f\x8b\x08", ".gz"), (b"\xfd7zXZ\0", ".xz"), (b"BZh", ".bz2"), (b"\x28\xb5\x2f\xfd", ".zst"))

DAMAGED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)
"""What is raised on a damaged or truncated packed file."""

# Text packs 3 to 12 times, logs of one repeated line perhaps 200 times; a bomb 1,000 times and more. The guard starts
# late, so that a small repetitive file is no suspect.
BOMB_RATIO = 250
BOMB_STARTS = 16 << 20


class Bomb(ValueError):
    """A packed file that unpacks to many times its size."""


class TooLong(ValueError):
    """More than may be put aside; the message says how much that is."""


class Source(io.RawIOBase):
    """An open input that is read once from front to back, whose beginning may be looked at first.

    Reading raises `Bomb`, OSError, or one of `DAMAGED`.
    """

    def __init__(self, stream: Any, packed_size: Callable[[], int] | None = None) -> None:
        """`packed_size` tells how many packed bytes were read so far, or are in all; None for what is not packed."""
        self.stream = stream
        self._packed_size = packed_size
        self._taken = 0
        self._seen = b""

    def readable(self) -> bool:
        """It is."""
        return True

    @property
    def is_file(self) -> bool:
        """Whether it can be read from anywhere as it is."""
        stream = self.stream
        return isinstance(stream, io.BufferedReader) and isinstance(stream.raw, io.FileIO) and stream.seekable()

    def head(self, size: int = HEAD) -> bytes:
        """The next bytes, which stay to be read."""
        if len(self._seen) < size:
            self._seen += self._read(size - len(self._seen))
        return self._seen[:size]

    def take(self, size: int) -> bytes:
        """Up to `size` bytes; fewer at the end."""
        seen, self._seen = self._seen[:size], self._seen[size:]
        return seen + self._read(size - len(seen)) if len(seen) < size else seen

    def readinto(self, buffer: Any) -> int:
        """As of `io.RawIOBase`."""
        part = self.take(min(len(buffer), HEAD))
        buffer[: len(part)] = part
        return len(part)

    def lines(self, limit: int) -> Iterator[bytes | None]:
        """The lines without their ends; None stands for a line over the limit, which is passed over unkept."""
        reader = io.BufferedReader(self, HEAD)
        too_long = False
        while line := reader.readline(limit):
            whole = line.endswith(b"\n") or len(line) < limit
            if not too_long and whole:
                yield line.rstrip(b"\r\n")
            elif not too_long:
                yield None
            too_long = not whole

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        left = size
        while left > 0 and (part := self._part(min(left, HEAD))):
            parts.append(part)
            left -= len(part)
            self._taken += len(part)
            # The guard starts late, and then asks how much was packed.
            if self._packed_size and self._taken > BOMB_STARTS and self._taken > BOMB_RATIO * self._packed_size():
                raise Bomb(f"unpacks to more than {BOMB_RATIO} times its size")
        return b"".join(parts)

    def _part(self, size: int) -> bytes:
        try:
            part: bytes = self.stream.read(size)
        except OSError as fault:
            # The unpackers of bz2 and zstd say so of what they cannot unpack; the disk's own faults have a number.
            if self._packed_size is None or fault.errno is not None:
                raise
            raise EOFError(str(fault)) from None
        return part


@contextmanager
def opened(path: Path | None) -> Iterator[Source]:
    """The file as it is, or standard input for None.

    Raises OSError when it cannot be opened.
    """
    if path is None:
        yield Source(sys.stdin.buffer)
        return
    with path.open("rb") as stream:
        yield Source(stream)


def packing_by_name(name: str) -> str | None:
    """How a file of this name is packed: ".gz" for `a.html.gz`, `a.tgz`."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in PACKED else PACKED_TARS.get(suffix)


def packing_by_content(start: bytes) -> str | None:
    """How something that begins so is packed."""
    return next((suffix for magic, suffix in _MAGIC if start.startswith(magic)), None)


def unpacked(source: Source, packing: str) -> Source:
    """What is packed in the source.

    Raises as reading does.
    """
    counted = _Counted(source)
    return Source(PACKED[packing](cast(IO[bytes], counted)), counted.tell)


class _Counted:
    """Counts what is read, for the guard against bombs."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        part = self._source.take(HEAD if size < 0 else size)
        self._count += len(part)
        return part

    def tell(self) -> int:
        return self._count


@contextmanager
def seekable(source: Source) -> Iterator[IO[bytes]]:
    """The source as a file that can be read from its end; a stream is put aside in a file without a name.

    Raises `TooLong`, or as reading does.
    """
    if source.is_file:
        source.stream.seek(0)
        yield source.stream
        return
    with tempfile.SpooledTemporaryFile(max_size=64 * MEGABYTE) as aside:
        size = 0
        while part := source.take(MEGABYTE):
            size += len(part)
            if size > MAX_SPOOL:
                raise TooLong(f"over {megabytes(MAX_SPOOL)} in a stream; save it to a file and name that")
            aside.write(part)
        aside.seek(0)
        yield cast(IO[bytes], aside)
