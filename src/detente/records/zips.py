"""Zip archives, and WACZ, which are zips that hold WARCs. Nothing is written to disk under the names in them."""

from __future__ import annotations

import zipfile
import zlib

from detente.records.members import Members
from detente.records.opening import Source, seekable
from detente.records.reading import Found, Reading
from detente.records.unread import Unread

_ENCRYPTED = 1


def read_zip(source: Source, origin: str, reading: Reading) -> Found:
    """The records of its members, in the archive's order."""
    with seekable(source) as stream:
        try:
            archive = zipfile.ZipFile(stream)
            infos = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as fault:
            yield Unread(
                origin,
                f"{origin}: no zip archive, damaged or cut short ({fault}); its table of contents stands at the end: "
                "fetch it again",
            )
            return
        members = Members(origin, reading)
        for info in infos:
            if not info.filename.endswith("/") and members.is_news(info.filename):
                yield from _read_member(archive, info, members)
        yield from members.rest()


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, members: Members) -> Found:
    place = members.place(info.filename)
    if info.flag_bits & _ENCRYPTED:
        members.read_any = True
        yield Unread(place, f"{place}: encrypted; unpack it with its password and name the unpacked file")
        return
    try:
        with archive.open(info) as stream:
            source = Source(stream, lambda: max(1, info.compress_size))
            yield from members.read(source, info.filename)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, ValueError, RuntimeError) as fault:
        members.read_any = True
        yield Unread(place, f"{place}: damaged or packed in a way that is not known ({fault}); fetch the archive again")
