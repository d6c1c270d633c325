"""What a deed is called as an act of speech: aid that is promised is AGREE, aid that is refused REJECT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from detente.lexicon import Entry, Lexicon
from detente.model import Standing, Type


class Act(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/acts`: types told in one of these standings are this act."""

    types: tuple[Type, ...]
    standings: tuple[Standing, ...]
    act: Type
    modals: tuple[str, ...] = ()
    """In reports it holds only for clauses with one of these; none: for given pairs alone."""
    own_word: bool = False
    """In reports it holds only where its doer is who says so."""
    told: Standing = "happened"
    """The standing of the act in reports."""
    cameo: Mapping[str, str] = {}
    """The act's CAMEO code by the beginning of the deed's: the longest that fits."""

    def code_of(self, cameo: str | None) -> str | None:
        """The CAMEO code of the act: "0331" for a promise of "071"."""
        fitting = [start for start in self.cameo if cameo is not None and cameo.startswith(start)]
        return self.cameo[max(fitting, key=len)] if fitting else None


class Acts:
    """The table of acts, by type and standing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _table(self) -> Mapping[tuple[Type, Standing], Act]:
        """Raises `LexiconError` when an entry cannot be read."""
        return {
            (type, standing): entry
            for entry in self._lexicon.entries("acts", Act)
            for type in entry.types
            for standing in entry.standings
        }

    def of(self, type: Type, standing: Standing) -> Act | None:
        """The entry that renames a deed; None: it keeps its type.

        (AID, planned) -> AGREE; (AID, happened) -> None
        """
        return self._table.get((type, standing))

    def told_by(self, type: Type, standing: Standing, modals: Sequence[str], *, own_word: bool) -> Act | None:
        """The same in a report, whose clause has these modals: "will send aid" is AGREE, "plans to" stays AID.

        `own_word`: the doer says so himself. "Iran said it would attack" is a threat, "Iran will attack" a forecast.
        """
        act = self.of(type, standing)
        if act is None or (act.own_word and not own_word):
            return None
        return act if any(modal in act.modals for modal in modals) else None
