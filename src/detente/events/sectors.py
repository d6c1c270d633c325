"""Which sectors may be names of the same people, from `lexicons/sectors`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from detente.lexicon import Entry, Lexicon


class AlikeEntry(Entry, frozen=True, kw_only=True):
    """That people of a sector may be called by others."""

    sector: str
    may_be: tuple[str, ...]


class Sectors:
    """Which sectors may be one."""

    def __init__(self, entries: Iterable[AlikeEntry]) -> None:
        self._alike: defaultdict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for other in entry.may_be:
                self._alike[entry.sector].add(other)
                self._alike[other].add(entry.sector)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Sectors:
        """Those of a lexicon. Raises `LexiconError` for a faulty entry."""
        return cls(lexicon.entries("sectors", AlikeEntry))

    def agree(self, some: Sequence[str], others: Sequence[str]) -> bool:
        """Whether people of these sectors may be people of those; no sector is any."""
        if not some or not others:
            return True
        return any(one == other or other in self._alike.get(one, ()) for one in some for other in others)
