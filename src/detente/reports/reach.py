"""The parties lexicon: where to look for those who do a deed and those whom it reaches, when no slot names them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property

from detente.lexicon import Entry, Lexicon
from detente.reports.patterns import EventRule


class ReachEntry(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/parties`; its examples tell the sides that come of it, its near misses do not name it."""

    types: tuple[str, ...] = ()
    """PLOVER types for which it holds."""
    prepositions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Reach:
    """The entries by their short ids, read when first needed."""

    def __init__(self, lexicon: Lexicon) -> None:
        """The first question raises `LexiconError` when an entry of `lexicons/parties` is wrong."""
        self._lexicon = lexicon
        self.words = cache(self._words)

    @cached_property
    def _entries(self) -> Mapping[str, ReachEntry]:
        return {entry.id.rpartition("#")[2]: entry for entry in self._lexicon.entries("parties", ReachEntry)}

    def _words(self, id: str) -> frozenset[str]:
        """The prepositions or lemmas of an entry."""
        entry = self._entries[id]
        return frozenset(entry.prepositions or entry.words)

    def holds(self, id: str, rule: EventRule) -> bool:
        """Whether an entry holds for a kind of event."""
        return rule.type in self._entries[id].types

    def name(self, id: str) -> str:
        """The entry's whole name, for the reasons of a report."""
        return self._entries[id].id
