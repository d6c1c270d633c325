"""Which files a name stands for: a file, all news files of a folder, or the matches of a pattern."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from detente.records.kinds import kind_by_name


def is_pattern(source: str) -> bool:
    """Whether a name that no file has is a pattern: `news/**/*.html`."""
    return any(sign in source for sign in "*?[")


def matches(pattern: str) -> Iterator[Path]:
    """The files that a pattern names, sorted; folders among them stand for their files."""
    # Path.glob takes no pattern that begins at the root or climbs ("../*.html").
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207
        path = Path(name)
        if path.is_dir():
            # "**" names the folders too, and then each of their files by itself.
            if "**" not in pattern:
                yield from files_in(path)
        else:
            yield path


def files_in(folder: Path) -> Iterator[Path]:
    """The news files of a folder and of those below it, sorted by name, without hidden ones and links to folders."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if not name.startswith(".") and kind_by_name(name) is not None:
                yield path


def suffixes_in(folder: Path) -> str:
    """What a folder holds instead of news, for a message: "3 .png, 1 .pdf"."""
    counted = Counter(
        Path(name).suffix.lower() or "without suffix" for _, _, names in os.walk(folder) for name in names
    )
    return ", ".join(f"{count} {suffix}" for suffix, count in counted.most_common(5))
