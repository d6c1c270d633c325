"""Which sectors may be names of the same people, from `lexicons/sectors`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

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


def wrong_examples(entries: Iterable[AlikeEntry], sectors: Sectors) -> Iterator[str]:
    """Each example that goes wrong: pairs of codes ("AFGCVL AFGREL") of which both must, or must not, be one people."""
    for entry in entries:
        for pair in entry.examples:
            if not _may_be_one(pair, sectors):
                yield f"{entry.id}: {pair!r} should be one people, and is told apart"
        for pair in entry.counterexamples:
            if _may_be_one(pair, sectors):
                yield f"{entry.id}: the near miss {pair!r} is taken for one people"


def _may_be_one(pair: str, sectors: Sectors) -> bool:
    """Codes of a country and a sector."""
    one, _, other = pair.partition(" ")
    return one[:3] == other[:3] and sectors.agree((one[3:],), (other[3:],))
