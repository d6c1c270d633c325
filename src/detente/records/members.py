"""What lies in an archive: which members are read, and how the others are told."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from msgspec.structs import replace

from detente.records.kinds import kind_by_name, suffix_of
from detente.records.limits import MAX_DEPTH
from detente.records.opening import DAMAGED, Bomb, Source, TooLong
from detente.records.reading import Found, Reading
from detente.records.unread import Unread

NAMED = 8

# Of files that their names say nothing of the first bytes are looked at, but for those.
NO_NEWS = frozenset(
    (
        ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp", ".tif", ".tiff", ".css", ".js", ".mjs",
        ".woff", ".woff2", ".ttf", ".eot", ".mp3", ".mp4", ".m4a", ".webm", ".mov", ".avi", ".wav", ".exe", ".dll",
        ".py", ".pyc", ".md", ".cdx", ".cdxj", ".idx", ".yaml", ".yml", ".toml", ".ini", ".log", ".doc", ".docx",
        ".xlsx", ".ppt", ".pptx", ".odt", ".map", ".sqlite", ".db", ".json", ".so", ".xls",
    )
)  # fmt: skip


class Members:
    """Reads the members of one archive, and counts what is passed over."""

    def __init__(self, origin: str, reading: Reading) -> None:
        self.read_any = False
        self._origin = origin
        self._reading = replace(reading, depth=reading.depth + 1)
        self._passed: Counter[str] = Counter()

    def place(self, name: str) -> str:
        """Where a member is from: `archive.zip!page.html`."""
        return f"{self._origin}!{name}"

    def is_news(self, name: str) -> bool:
        """Whether it is worth opening; what is not is counted, hidden files are not."""
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts):
            return False
        suffix = suffix_of(name)
        if kind_by_name(name) is None and suffix in NO_NEWS:
            self.pass_over(suffix)
            return False
        return True

    def pass_over(self, what: str) -> None:
        """Counts something that is no news."""
        self._passed[what] += 1

    def read(self, source: Source, name: str) -> Found:
        """The records of a member; a fault ends this member and no other."""
        self.read_any = True
        place = self.place(name)
        if self._reading.depth > MAX_DEPTH:
            yield Unread(place, f"{place}: archives nested over {MAX_DEPTH} deep; unpack the outer ones and name this")
            return
        try:
            yield from self._reading.inside(source, name, place, self._reading)
        except Bomb as fault:
            yield Unread(place, f"{place}: {fault}; if it is no attack, unpack it yourself and name the unpacked file")
        except TooLong as fault:
            yield Unread(place, f"{place}: {fault}")
        except DAMAGED as fault:
            yield Unread(place, f"{place}: damaged or cut short ({fault}); fetch the archive again")

    def rest(self) -> Found:
        """What was passed over, in one line; or that there was nothing."""
        if self._passed:
            told = ", ".join(f"{count:,} {what}" for what, count in self._passed.most_common(NAMED))
            total = sum(self._passed.values())
            what = f"{total:,} members that are" if total > 1 else "1 member that is"
            yield Unread(self._origin, f"{self._origin}: passed over {what} no news ({told})", "not an article")
        elif not self.read_any:
            yield Unread(self._origin, f"{self._origin}: nothing in this archive; is it the right one?")
