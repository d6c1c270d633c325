"""Tar archives, read from front to back. Nothing is written to disk under the names in them."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import IO, cast

from detente.records.members import Members
from detente.records.opening import Source
from detente.records.reading import Found, Reading
from detente.records.unread import Unread

BLOCK = tarfile.BLOCKSIZE


def read_tar(source: Source, origin: str, reading: Reading) -> Found:
    """The records of its files, in the archive's order; links, devices and folders are none."""
    members = Members(origin, reading)
    blocks = _Blocks(source)
    end = 0
    try:
        # Damaged heads are passed over like the zeros between archives that were put together; _gap tells them apart.
        with tarfile.open(fileobj=cast(IO[bytes], blocks), mode="r|", ignore_zeros=True) as archive:
            for info in archive:
                yield from _gap(blocks, origin, end, info.offset)
                end = info.offset_data + -(-info.size // BLOCK) * BLOCK
                blocks.watch(end)
                yield from _read_member(archive, info, members)
            yield from _gap(blocks, origin, end, end + BLOCK)
    except (tarfile.TarError, UnicodeDecodeError) as fault:
        yield Unread(
            f"{origin}@{end}",
            f"{origin}@{end}: damaged or cut short ({fault}); what stands before was read: fetch the archive again",
        )
        return
    yield from members.rest()


def _read_member(archive: tarfile.TarFile, info: tarfile.TarInfo, members: Members) -> Found:
    if not info.isfile():
        if not info.isdir():
            members.pass_over("links and devices")
        return
    if not members.is_news(info.name):
        return
    content = archive.extractfile(info)
    if content is None:
        return
    place = members.place(info.name)
    try:
        yield from members.read(Source(content), info.name)
    except tarfile.TarError as fault:
        yield Unread(place, f"{place}: damaged or cut short ({fault}); fetch the archive again")


def _gap(blocks: _Blocks, origin: str, start: int, end: int) -> Iterator[Unread]:
    """Where a member should have begun and none did."""
    if start < end and blocks.holds_something:
        yield Unread(
            f"{origin}@{start}",
            f"{origin}@{start}: damaged head of a member, which is lost; its neighbours were read: "
            "fetch the archive again",
        )


class _Blocks:
    """The archive's bytes, with an eye on the block in which the next member should begin."""

    def __init__(self, source: Source) -> None:
        self.holds_something = False
        self._source = source
        self._at = 0
        self._last = b""
        self._watched = 0

    def watch(self, offset: int) -> None:
        """Looks at this block, which was read just now or is to come: it holds something, or zeros only."""
        self.holds_something = False
        self._watched = offset
        self._look()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        self._last = self._source.take(size)
        self._at += len(self._last)
        self._look()
        return self._last

    def _look(self) -> None:
        at = self._watched - (self._at - len(self._last))
        if 0 <= at < len(self._last):
            self.holds_something = any(self._last[at : at + BLOCK])
