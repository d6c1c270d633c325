"""The tables of the ontologies: PLOVER's types, modes and contexts, CAMEO's codes, with their scores."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from detente.lexicon import Entry, Lexicon


class Term(Entry, frozen=True, kw_only=True):
    """A line of `lexicons/ontology/*.tsv`; each table fills the columns that it has."""

    label: str
    """What it means, in our words."""
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: Literal[1, 2, 3, 4] | None = None
    intensity: float | None = None
    target_required: bool = False
    goldstein_gdelt: float | None = None
    goldstein_icews: float | None = None


class Ontology:
    """What types, modes, contexts and codes there are, and how friendly or hostile each is."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Raises `LexiconError` when a table cannot be read."""
        self._lexicon = lexicon

    @cached_property
    def _terms(self) -> dict[str, dict[str, Term]]:
        tables: dict[str, dict[str, Term]] = {"types": {}, "modes": {}, "contexts": {}, "cameo": {}}
        for term in self._lexicon.entries("ontology", Term):
            table, _, key = term.id.removeprefix("ontology/").partition("#")
            tables.setdefault(table, {})[key] = term
        return tables

    @cached_property
    def _modes(self) -> dict[tuple[str | None, str | None], Term]:
        return {(term.type, term.mode): term for term in self._terms["modes"].values()}

    def has_type(self, type: str) -> bool:
        """Whether PLOVER knows the type."""
        return type in self._terms["types"]

    def has_mode(self, type: str, mode: str) -> bool:
        """Whether the type has the mode."""
        return (type, mode) in self._modes

    def has_context(self, context: str) -> bool:
        """Whether PLOVER knows the context."""
        return context in self._terms["contexts"]

    def has_cameo(self, code: str) -> bool:
        """Whether CAMEO knows the code."""
        return code in self._terms["cameo"]

    def modes_of(self, type: str) -> tuple[str, ...]:
        """The modes of a type."""
        return tuple(mode for of, mode in self._modes if of == type and mode)

    def quad_of(self, type: str) -> Literal[1, 2, 3, 4]:
        """Verbal or material, cooperation or conflict."""
        quad = self._terms["types"][type].quad
        assert quad is not None, f"type {type} has no quad in ontology/types.tsv"
        return quad

    def intensity_of(self, type: str, mode: str | None) -> float | None:
        """The mode's intensity, else the type's: -10 the most hostile, 10 the most friendly."""
        term = self._modes.get((type, mode)) if mode else None
        if term is not None and term.intensity is not None:
            return term.intensity
        return self._terms["types"][type].intensity

    def needs_target(self, type: str) -> bool:
        """Whether PLOVER asks for a target."""
        return self._terms["types"][type].target_required
