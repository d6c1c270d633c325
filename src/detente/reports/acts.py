"""What a deed is called as an act of speech: aid that is promised is AGREE, aid that is refused REJECT."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from detente.lexicon import Entry, Lexicon
from detente.model import Standing, Type


class Act(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/pairs`: types told in one of these standings are this act."""

    types: tuple[Type, ...]
    standings: tuple[Standing, ...]
    act: Type


class Acts:
    """The table of acts, by type and standing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _table(self) -> Mapping[tuple[Type, Standing], Act]:
        """Raises `LexiconError` when an entry cannot be read."""
        return {
            (type, standing): entry
            for entry in self._lexicon.entries("pairs", Act)
            for type in entry.types
            for standing in entry.standings
        }

    def of(self, type: Type, standing: Standing) -> Act | None:
        """The entry that renames a deed; None: it keeps its type.

        (AID, planned) -> AGREE; (AID, happened) -> None
        """
        return self._table.get((type, standing))
