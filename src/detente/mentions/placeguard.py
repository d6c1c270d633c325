"""Whether words that a gazetteer knows are meant as a place where they stand.

"Paris Hilton", "Mr. Chad"            a person
"Avalon Boulevard"                    a street
"the Airport"                         a word that some town is called by
"Kentucky State Police"               a body that is named for its place: the place all the same
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from detente.mentions.gazetteer import Row
from detente.mentions.placenames import plain
from detente.mentions.placespans import Found

# A town smaller than this needs the language model's word for it, or the document's.
LEAST_POPULATION = 15_000
# Inside the name of a body a town must be as large as this, or be named elsewhere in the document.
LEAST_IN_BODY = 100_000
# As large a city is meant under its other names, too: Hodeida is Al Hudaydah.
WELL_KNOWN = 300_000
AREAS = frozenset(("country", "province", "region", "site"))


class Seen(Struct):
    """How a name is used in a document."""

    places: int = 0
    """How often the language model saw a place in it."""
    persons: int = 0
    """How often it was part of a longer name of a person."""


def seen_in(spans: Sequence[Found]) -> dict[str, Seen]:
    """How each name of a document is used."""
    seen: dict[str, Seen] = {}
    for span in spans:
        use = seen.setdefault(span.name, Seen())
        if span.entity == "LOC" and span.whole:
            use.places += 1
        if span.entity == "PER" and not span.whole:
            use.persons += 1
    return seen


class Guard(Struct):
    """The closed lists of the lexicon that tell persons, streets and words from places."""

    titles: Collection[str]
    streets: Collection[str]

    def allows(self, span: Found, rows: Sequence[Row], seen: Seen, *, word: bool, short: bool) -> bool:
        """Whether the span is a place here; `word`: also a common word, `short`: an abbreviation of a province."""
        if span.after in self.streets:
            return False
        if short:
            return span.after_comma or span.dotted or (span.entity == "LOC" and span.whole)
        ours = any(row.entry for row in rows)
        if span.acronym and not ours:
            return False
        if span.entity == "LOC":
            return span.whole or (not word and _is_weighty(span.name, rows, LEAST_POPULATION))
        if word or (not span.noun and not seen.places):
            return False
        if span.entity == "PER" or span.before in self.titles:
            return self._no_person(span, rows, seen)
        if span.after_comma and span.entity != "ORG":
            return True
        if span.entity == "ORG":
            return seen.places > seen.persons or _is_weighty(
                span.name, rows, LEAST_POPULATION if span.whole else LEAST_IN_BODY
            )
        if span.entity == "MISC":
            return span.whole and any(row.kind == "country" for row in rows)
        if seen.places:
            return True
        if span.beside and " " not in span.name:
            return any(row.kind == "country" for row in rows)
        return _is_weighty(span.name, rows, LEAST_POPULATION)

    def _no_person(self, span: Found, rows: Sequence[Row], seen: Seen) -> bool:
        """A lone "Abkhazia" that the language model took for a person is none; a lone "Jordan" may be."""
        if not span.whole or seen.persons or span.before in self.titles or span.beside:
            return False
        if seen.places or any(row.kind == "country" for row in rows):
            return True
        return any(row.kind in AREAS and row.kind != "site" for row in rows) and len(rows) <= 3


def _is_weighty(name: str, rows: Sequence[Row], population: int) -> bool:
    """By its first name, or of a city that the world spells in several ways: El Paso was once called Franklin, too."""
    usual = (row for row in rows if row.entry or plain(row.name) == name or row.population >= WELL_KNOWN)
    return any(row.kind in AREAS or row.population >= population for row in usual)
