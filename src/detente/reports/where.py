"""Where an event was: said in its own clause, by what it was done with or to, or by the caption it stands in.

Nothing else is guessed: a country that is named is not where everything happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from detente.model import Because, Phrase, PlaceMention, Where
from detente.reports.match import Match
from detente.reports.scene import Scene

AT = frozenset(
    ["in", "at", "near", "inside", "outside", "across", "off", "around", "throughout", "within", "along", "over"]
)


class Placed(Struct, frozen=True):
    """A place with its reason."""

    where: Where
    because: Because


def where_of(match: Match, scene: Scene) -> Placed | None:
    """The place of the event that a match tells."""
    if not scene.places:
        return None
    at = {i: mention for top, mention in scene.places for i in (top, *scene.tokens_in(mention.words))}
    for rule, phrase in _phrases(match, scene):
        mention = at.get(phrase.head)
        if mention is not None and mention.places:
            return _placed(mention, rule, "stated")
    if scene.sentence.part == "caption":
        for _, mention in scene.places:
            if mention.places and _is_at(mention, scene):
                return _placed(mention, "where:caption", "caption")
    return None


def _is_at(mention: PlaceMention, scene: Scene) -> bool:
    """Whether the place stands behind "in", "at" ..., whichever word of its name the parser hangs that on."""
    inside = set(scene.tokens_in(mention.words))
    return any(token.head in inside and token.form.lower() in AT for token in scene.tokens)


def _placed(mention: PlaceMention, rule: str, basis: Literal["stated", "caption"]) -> Placed:
    place = mention.places[0]
    where = Where(
        name=place.name, country=place.country, geonames=place.geonames, lat=place.lat, lon=place.lon,
        basis=basis, words=mention.words,
    )  # fmt: skip
    return Placed(where, Because(rule, mention.words))


def _phrases(match: Match, scene: Scene) -> Iterator[tuple[str, Phrase]]:
    """Where a place of the event may stand, the surest first."""
    clause = scene.clauses[match.number]
    yield from (("where:slot", phrase) for role, phrase in match.slots if role == "place")
    yield from (("where:clause", phrase) for key, phrase in clause.obliques if key in AT)
    arguments = [phrase for _, phrase in match.slots]
    for phrase in (*([clause.object] if clause.object else ()), *arguments):
        yield from (("where:argument", modifier) for key, modifier in phrase.modifiers if key in AT)
    # "Georgia war games": a country before what is held there.
    held = [phrase for role, phrase in match.slots if role == "any" and phrase.head in match.named]
    for phrase in held:
        yield from (("where:compound", modifier) for modifier in _compounds(phrase))
    if match.complement is not None:
        below = scene.clauses[match.complement]
        yield from (("where:complement", phrase) for key, phrase in below.obliques if key in AT)


def _compounds(phrase: Phrase) -> Iterator[Phrase]:
    """The words before a noun, those before them included, as far as a name of an event goes."""
    for key, modifier in phrase.modifiers:
        if key == "compound":
            yield modifier
            yield from (inner for under, inner in modifier.modifiers if under == "compound")
