"""The country of a place that only tells whose a role is: "residents of Homs", "Goma police".

Which of several places of one name is meant is decided by the countries that the article names; where it names none of
them, only a place that far outweighs the others counts.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from detente.mentions.gazetteer import gazetteer
from detente.mentions.line import Line
from detente.mentions.placenames import plain
from detente.model import Span

_INHABITED = frozenset({"city", "province", "district"})
# A place nobody helps to tell must be a large town, and ten times the next of its name abroad: "Lyon", not "Salem".
_LARGE = 100_000
_FAR_LARGER = 10


def country_of(name: str, told: AbstractSet[str], large: int = _LARGE) -> str | None:
    """ISO 3166 alpha-3 of the place's country; `told` are the countries that the article names.

    `large` is how many must live in a place that nothing else tells from others of its name.
    """
    largest: dict[str, int] = {}
    for row in gazetteer().rows(plain(name)):
        if row.kind in _INHABITED:
            largest[row.country] = max(largest.get(row.country, 0), row.population)
    near = [country for country in largest if country in told]
    if len(near) == 1:
        return near[0]
    ranked = sorted(largest.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < large:
        return None
    if len(ranked) > 1 and ranked[1][1] * _FAR_LARGER > ranked[0][1]:
        return None
    return ranked[0][0]


def places_of(line: Line) -> list[tuple[int, int, Span]]:
    """What the language model takes for places: first and last token, offsets."""
    found: list[tuple[int, int, Span]] = []
    for index, token in enumerate(line.tokens):
        if token.name == "I-LOC" and found and found[-1][1] == index - 1:
            first, _, (start, _) = found[-1]
            found[-1] = (first, index, (start, token.end))
        elif token.name.endswith("-LOC"):
            found.append((index, index, (token.start, token.end)))
    return found
