"""Where an event was: said in its own clause, by what it was done with or to, or by the caption it stands in.

What is not said is taken over by a named rule: the headline's from the lead, the lead's from the dateline, an attack's
from the country that it was on. Nothing else is guessed: a country that is named is not where everything happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from detente.model import (
    Article,
    Because,
    Clause,
    Mention,
    Party,
    Phrase,
    Place,
    PlaceMention,
    Span,
    Standing,
    Type,
    Where,
    overlap,
)
from detente.reports.attitudes import Attitudes
from detente.reports.match import Match
from detente.reports.scene import Scene

AT = frozenset(
    ["in", "at", "near", "inside", "outside", "across", "off", "around", "throughout", "within", "along", "over"]
)
_SETTINGS = frozenset(["at", "during", "in", "on"])
# What is done to somebody, where they are; sanctions and threats are made at home.
_ON_THE_SPOT: frozenset[Type] = frozenset(["ASSAULT", "COERCE"])
# What is said, agreed or decreed, where the news was written; deeds may be told from far away.
_BY_WORDS: frozenset[Type] = frozenset(
    ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION"]
)
_FACTS: frozenset[Standing] = frozenset(["happened", "ongoing"])

Basis = Literal["stated", "caption", "inherited", "dateline", "target"]
CountryPlace = Callable[[str, Article], Place | None]
"""The place of an ISO 3166 alpha-3 code, as an article means it."""


class Placed(Struct, frozen=True):
    """A place with its reason."""

    where: Where
    because: Because


class Deed(Struct, frozen=True):
    """What is known of an event before its place is."""

    match: Match
    type: Type
    standing: Standing
    source: Sequence[Party]
    target: Sequence[Party]


class Setting:
    """What an article says of the places of its events as a whole."""

    def __init__(
        self,
        article: Article,
        scenes: Sequence[Scene],
        mentions: Sequence[Mention],
        attitudes: Attitudes,
        country: CountryPlace,
    ) -> None:
        self._article, self._country = article, country
        datelines = [(block.start, block.end) for block in article.blocks if block.kind == "dateline"]
        self.dateline = next((m for m in mentions if isinstance(m, PlaceMention) and _is_within(m, datelines)), None)
        self.lead = next((_place_of_main(scene, attitudes) for scene in scenes if scene.is_lead), None)

    def country(self, code: str) -> Place | None:
        """The place of a country."""
        return self._country(code, self._article)


def _is_within(mention: PlaceMention, spans: Sequence[Span]) -> bool:
    return any(start <= mention.words[0] < end for start, end in spans)


def _place_of_main(scene: Scene, attitudes: Attitudes) -> PlaceMention | None:
    """Where what a sentence is about was."""
    at = _places_at(scene)
    if not at:
        return None
    main = [clause for number, clause in enumerate(scene.clauses) if attitudes.is_main(scene.teller(number), scene)]
    phrases = (phrase for clause in main for phrase in _settings_of(clause))
    return next((at[phrase.head] for phrase in phrases if phrase.head in at), None)


def _settings_of(clause: Clause) -> Iterator[Phrase]:
    """Where it was, or where those were to whom it was done: "attacked troops in Goma"."""
    yield from (phrase for _, phrase in _around(clause))
    if clause.object is not None:
        yield from (modifier for key, modifier in clause.object.modifiers if key in AT)


def where_of(deed: Deed, scene: Scene, setting: Setting) -> Placed | None:
    """The place of the event that a clause tells; None where nothing says it."""
    at = _places_at(scene)
    for rule, phrase in _phrases(deed, scene) if at else ():
        mention = at.get(phrase.head) or scene.place_of(phrase)
        if mention is not None and mention.places and _says_where(rule, mention, scene):
            return _placed(mention, rule, "stated")
    if scene.sentence.part == "caption":
        for _, mention in scene.places:
            if mention.places and _is_at(mention, scene):
                return _placed(mention, "where:caption", "caption")
    return _taken_over(deed, scene, setting)


def _says_where(rule: str, mention: PlaceMention, scene: Scene) -> bool:
    """A country that is struck is an actor, and an "Emirates-sponsored" resolution was not voted there."""
    if rule == "where:struck":
        return mention.places[0].kind != "country"
    return rule != "where:compound" or not any(
        token.start == mention.words[1] and token.form.startswith("-") for token in scene.tokens
    )


def _taken_over(deed: Deed, scene: Scene, setting: Setting) -> Placed | None:
    main = scene.clauses[deed.match.number].parent is None
    if main and scene.sentence.part == "headline" and setting.lead is not None:
        return _placed(setting.lead, "where:lead", "inherited")
    if setting.dateline is not None and _is_written_there(deed, scene, setting.dateline):
        return _placed(setting.dateline, "where:dateline", "dateline")
    if deed.type not in _ON_THE_SPOT or deed.standing not in _FACTS:
        return None
    countries = {party.country for party in deed.target}
    place = setting.country(next(iter(countries)) or "") if len(countries) == 1 else None
    if place is None:
        return None
    words = deed.target[0].words
    return Placed(_where(place, words, "target"), Because("where:target", words))


def _is_written_there(deed: Deed, scene: Scene, dateline: PlaceMention) -> bool:
    """Whether the news of headline and lead was where it was written.

    Who spoke, one of those who met, or who was attacked is at home there. What two states agreed on may have been
    agreed anywhere; a sentence that names another place leaves it open: "BEIRUT - Turkey shelled a town" was far away.
    """
    is_news = scene.sentence.part == "headline" or scene.is_lead
    if not is_news or deed.standing not in _FACTS or not dateline.places or _names_another(deed, scene):
        return False
    here = dateline.places[0].country
    sources, targets = ({party.country for party in side} for side in (deed.source, deed.target))
    if deed.type in _ON_THE_SPOT:
        return targets == {here} and sources <= {here, None}
    if deed.type == "CONSULT":
        return here is not None and here in sources | targets
    return deed.type in _BY_WORDS and here in sources and sources <= {here, None}


def _names_another(deed: Deed, scene: Scene) -> bool:
    """Whether a sentence names a place beside those in the names of the sides."""
    sides = [party.words for party in (*deed.source, *deed.target) if party.words is not None]
    return any(not any(overlap(mention.words, side) for side in sides) for _, mention in scene.places)


def _places_at(scene: Scene) -> dict[int, PlaceMention]:
    """The mentions of places by each of their tokens."""
    return {i: mention for top, mention in scene.places for i in (top, *scene.tokens_in(mention.words))}


def _is_at(mention: PlaceMention, scene: Scene) -> bool:
    """Whether the place stands behind "in", "at" ..., whichever word of its name the parser hangs that on."""
    inside = set(scene.tokens_in(mention.words))
    return any(token.head in inside and token.form.lower() in AT for token in scene.tokens)


def _placed(mention: PlaceMention, rule: str, basis: Basis) -> Placed:
    return Placed(_where(mention.places[0], mention.words, basis), Because(rule, mention.words))


def _where(place: Place, words: Span, basis: Basis) -> Where:
    return Where(
        name=place.name, precision=place.kind, country=place.country, geonames=place.geonames, lat=place.lat,
        lon=place.lon, radius=place.radius, held_by=place.held_by, claimed_by=place.claimed_by, basis=basis,
        words=words,
    )  # fmt: skip


def _phrases(deed: Deed, scene: Scene) -> Iterator[tuple[str, Phrase]]:
    """Where a place of the event may stand, the surest first."""
    match = deed.match
    clause = scene.clauses[match.number]
    yield from (("where:slot", phrase) for role, phrase in match.slots if role == "place")
    if deed.type == "ACCUSE" and _is_deed(clause.object, scene):
        return  # "condemned attacks in Cairo": it was the attacks that were there
    yield from _around(clause)
    arguments = [phrase for _, phrase in match.slots]
    for phrase in (*([clause.object] if clause.object else ()), *arguments):
        yield from (("where:argument", modifier) for key, modifier in phrase.modifiers if key in AT)
    if deed.type in _ON_THE_SPOT:
        struck = [phrase for role, phrase in match.slots if role == "target"]
        yield from (("where:struck", phrase) for phrase in _struck(clause, struck))
    # "Georgia war games": a country before what is held there.
    held = [phrase for role, phrase in match.slots if role == "any" and phrase.head in match.named]
    for phrase in held:
        yield from (("where:compound", modifier) for modifier in _compounds(phrase))
    if clause.kind == "noun":
        before = (phrase for key, phrase in clause.obliques if key == "compound")
        yield from (("where:compound", one) for phrase in before for one in (phrase, *_compounds(phrase)))
    if match.complement is not None:
        below = scene.clauses[match.complement]
        yield from (("where:complement", phrase) for key, phrase in below.obliques if key in AT)


def _is_deed(phrase: Phrase | None, scene: Scene) -> bool:
    """A thing that was done, and nobody."""
    return phrase is not None and scene.tokens[phrase.head].upos == "NOUN" and phrase.head not in scene.actors


def _struck(clause: Clause, targets: Sequence[Phrase]) -> Iterator[Phrase]:
    """ "attacked Goma", "fired on Goma", "shelled a village on the Golan Heights": what is struck is where it is."""
    for phrase in (*([clause.object] if clause.object else ()), *targets):
        yield phrase
        yield from (modifier for key, modifier in phrase.modifiers if key == "on")
    yield from (phrase for key, phrase in clause.obliques if key == "on")


def _compounds(phrase: Phrase) -> Iterator[Phrase]:
    """The words before a noun, those before them included, as far as a name of an event goes."""
    for key, modifier in phrase.modifiers:
        if key == "compound":
            yield modifier
            yield from (inner for under, inner in modifier.modifiers if under == "compound")


def _around(clause: Clause) -> Iterator[tuple[str, Phrase]]:
    """ "met in Corfu", "met at a summit in Corfu"."""
    yield from (("where:clause", phrase) for key, phrase in clause.obliques if key in AT)
    settings = (phrase for key, phrase in clause.obliques if key in _SETTINGS)
    yield from (("where:setting", inner) for phrase in settings for key, inner in phrase.modifiers if key in AT)
