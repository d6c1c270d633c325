"""Files as bytes, packed or not."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from pathlib import Path

from detente.records.opening import DAMAGED, Bomb, Source, opened, packing_by_name, unpacked

UNREADABLE = (*DAMAGED, Bomb, zipfile.BadZipFile)
"""What is raised on packed files that are damaged, or made to do harm."""


def open_file(path: Path, stack: ExitStack) -> Source:
    """A file as bytes, unpacked by its name; the stack closes it.

    Raises OSError when it cannot be opened, and `UNREADABLE` when it cannot be unpacked.
    """
    if path.suffix.lower() == ".zip":
        archive = stack.enter_context(zipfile.ZipFile(path))
        members = [info for info in archive.infolist() if not info.is_dir()]
        if len(members) != 1:
            raise zipfile.BadZipFile(f"{len(members)} files in it; unpack it and name one")
        try:
            member = stack.enter_context(archive.open(members[0]))
        except (NotImplementedError, RuntimeError) as fault:  # a method that is not known; a password
            raise zipfile.BadZipFile(str(fault)) from None
        return Source(member, lambda: members[0].compress_size)
    source = stack.enter_context(opened(path))
    packing = packing_by_name(path.name)
    return unpacked(source, packing) if packing else source
