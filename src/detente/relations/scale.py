"""How friendly or hostile an event is, by a table that is named: scales are never mixed.

PLOVER scores types and modes; Goldstein's scores of CAMEO codes are printed differently by ICEWS and GDELT. The numbers
are those of `lexicons/ontology/`; `lexicons/scales/scales.tsv` names them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Literal

from detente.errors import QuestionError
from detente.lexicon import Entry, Lexicon

Column = Literal["intensity", "goldstein_icews", "goldstein_gdelt"]


class ScaleLine(Entry, frozen=True, kw_only=True):
    """A line of `lexicons/scales/*.tsv`: a scale, or what states a turn; each table fills the columns that it has."""

    label: str | None = None
    edition: str | None = None
    tables: tuple[str, ...] = ()
    column: Column | None = None
    turn: Literal["thaw", "freeze"] | None = None
    rule: str | None = None
    type: str | None = None
    mode: str | None = None
    cameo: str | None = None
    words: tuple[str, ...] = ()


class Scored(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """What a scale reads of a line of `lexicons/ontology/*.tsv`."""

    type: str | None = None
    mode: str | None = None
    intensity: float | None = None
    goldstein_icews: float | None = None
    goldstein_gdelt: float | None = None


@cache
def our_lexicon() -> Lexicon:
    """The lexicon that ships, read once."""
    return Lexicon()


class Scale:
    """A named table of intensities, from -10 (the most hostile) to 10 (the most friendly)."""

    def __init__(self, name: str, edition: str, scores: Mapping[tuple[str | None, ...], float]) -> None:
        """`scores` are by (type, mode), where the mode of the type itself is None, or by (CAMEO code,)."""
        self.name = name
        self.edition = edition
        self._scores = dict(scores)

    @staticmethod
    def names(lexicon: Lexicon | None = None) -> tuple[str, ...]:
        """The scales that there are. Raises `LexiconError` when a table cannot be read."""
        lines = (lexicon or our_lexicon()).entries("scales", ScaleLine)
        return tuple(_short(line.id) for line in lines if line.column)

    @classmethod
    def named(cls, name: str, lexicon: Lexicon | None = None) -> Scale:
        """The scale of this name: "plover", "goldstein-icews", "goldstein-gdelt", or one of the user's lexicon.

        Raises `QuestionError` for a name that no scale has, `LexiconError` when a table cannot be read.
        """
        lexicon = lexicon or our_lexicon()
        for line in lexicon.entries("scales", ScaleLine):
            if line.column and _short(line.id) == name:
                return cls(name, line.edition or "", _scores(lexicon, line.tables, line.column))
        raise QuestionError(f"no scale '{name}'; there are {', '.join(cls.names(lexicon))}")

    @cached_property
    def version(self) -> str:
        """The printed edition and eight digits of the numbers: "2.0-1a2b3c4d"."""
        lines = (f"{'/'.join(part or '' for part in key)}={score}" for key, score in self._scores.items())
        return f"{self.edition}-{hashlib.sha256(chr(10).join(sorted(lines)).encode()).hexdigest()[:8]}"

    def of(self, type: str | None = None, mode: str | None = None, cameo: str | None = None) -> float | None:
        """The intensity of an event; None where the table has no score for it.

        By type and mode where the table knows types: a mode without a score has its type's. By CAMEO code where it
        knows codes, as text: "010" is not "10".
        """
        for key in ((type, mode), (type, None), (cameo,)):
            if key in self._scores:
                return self._scores[key]
        return None


def _short(id: str) -> str:
    return id.partition("#")[2]


def _scores(lexicon: Lexicon, tables: tuple[str, ...], column: Column) -> dict[tuple[str | None, ...], float]:
    found: dict[tuple[str | None, ...], float] = {}
    for entry in lexicon.entries("ontology", Scored):
        table, _, short = entry.id.removeprefix("ontology/").partition("#")
        score = getattr(entry, column)
        if table in tables and score is not None:
            found[_key(table, short, entry)] = score
    return found


def _key(table: str, short: str, entry: Scored) -> tuple[str | None, ...]:
    if table == "cameo":
        return (short,)
    return (entry.type, entry.mode) if table == "modes" else (short, None)
