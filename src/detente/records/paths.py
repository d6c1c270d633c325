"""Lists of archives, such as `warc.paths.gz` of Common Crawl: they name files, and hold no news."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from detente.records.limits import MAX_LINE
from detente.records.opening import Source, opened
from detente.records.reading import Found, Reading
from detente.records.unread import Unread


def read_paths(source: Source, origin: str, reading: Reading) -> Found:
    """The records of the files that the list names, where they lie beside it; else what to do."""
    folder = Path(origin).parent
    missing: list[str] = []
    for name in _names(source):
        path = next((path for path in _places(folder, name) if path.is_file()), None)
        if path is None or reading.depth:
            missing.append(name)
            continue
        with opened(path) as listed:
            yield from reading.inside(listed, path.name, str(path), reading)
    if missing:
        yield Unread(
            origin,
            f"{origin}: a list of {len(missing):,} archives that are not here (the first: {missing[0][:200]}); it "
            "holds no news itself: fetch them from where the list is from and name them, or put them beside the list",
        )


def _names(source: Source) -> Iterator[str]:
    for line in source.lines(MAX_LINE):
        name = (line or b"").decode("utf-8", "replace").strip()
        if name:
            yield name


def _places(folder: Path, name: str) -> Iterator[Path]:
    """Under its whole path, or right beside the list; never outside the list's folder."""
    parts = PurePosixPath(name).parts
    if not PurePosixPath(name).is_absolute() and ".." not in parts and ":" not in name:
        yield folder.joinpath(*parts)
        yield folder / parts[-1]
