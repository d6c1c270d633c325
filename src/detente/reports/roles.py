"""Which actors an argument stands for.

"Russia"                             the head itself
"two NATO officials"                 nobody at the head: its modifiers, the nearest first
"Moscow's decisions"                 the possessor
"NATO, Russia and Georgia"           all members of the list
"weapons in Russia"                  nobody: where something is does not make it Russia's deed or harm
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from detente.model import Actor, ActorMention, Because, Party, Phrase, PlaceMention, overlap
from detente.reports.scene import Scene

# In this order; the first kind that gives an actor ends the search.
OWNERS = (
    ("poss",),
    ("flat", "compound"),
    ("amod",),
    ("of", "by"),
    ("appos",),
    ("from", "among", "between", "like", "including"),
)
MAX_DEPTH = 4
UNKNOWN_NAME = "roles:unknown-name"
PLACE_AS_ACTOR = "roles:place-as-actor"
_NOT_IN_A_SLUG = re.compile(r"[^\w]+")


def actors_in(phrase: Phrase | None, scene: Scene) -> list[ActorMention]:
    """The actors that a phrase stands for, members of a list each for itself."""
    if phrase is None:
        return []
    found: list[ActorMention] = []
    for member in (phrase, *phrase.conjuncts):
        for mention in _of_one(member, scene, 0):
            if all(mention.words != other.words for other in found):
                found.append(mention)
    return found


def is_direct(phrase: Phrase, scene: Scene) -> bool:
    """Whether the phrase's own head is an actor, and not only something that hangs on it."""
    return phrase.head in scene.actors


def _of_one(phrase: Phrase, scene: Scene, depth: int) -> list[ActorMention]:
    mention = scene.actors.get(phrase.head) or _covering(phrase, scene)
    if mention is not None:
        return [*_each(mention, phrase, scene), *_hyphenated(phrase, scene, mention), *_joined(phrase, scene, mention)]
    if depth >= MAX_DEPTH:
        return []
    unknown = name_at(phrase.head, scene)
    if unknown is not None:
        return list(_named_like_a_body(unknown, phrase, scene)) or [unknown]
    renamed = [
        scene.actors[inner.head] for key, inner in phrase.modifiers if key == "appos" and inner.head in scene.actors
    ]
    if renamed:
        return renamed  # "Syria's ally Iran"
    if any(key == "appos" for key, _ in phrase.modifiers) and (place := list(place_in(phrase, scene))):
        return place  # "Haifa, Israel's third largest city"
    for keys in OWNERS:
        found: list[ActorMention] = []
        for key, modifier in phrase.modifiers:
            if key in keys:
                for member in (modifier, *modifier.conjuncts):
                    found += _of_one(member, scene, depth + 1)
        if found:
            return found
    return []


def _each(mention: ActorMention, phrase: Phrase, scene: Scene) -> list[ActorMention]:
    """Those whom "the armies of Brazil and Argentina" means, each with the words that name it."""
    if mention.kind != "group" or len(mention.actors) < 2:
        return [mention]
    below = (other for i, other in scene.actors.items() if other is not mention and phrase.head in scene.up(i))
    named = {other.actors[0].country or other.actors[0].id: other.words for other in below}
    if not all((actor.country or actor.id) in named for actor in mention.actors):
        return [mention]
    return [
        replace(mention, words=named[actor.country or actor.id], kind="role", actors=(actor,))
        for actor in mention.actors
    ]


def _covering(phrase: Phrase, scene: Scene) -> ActorMention | None:
    """A mention that covers the head without having it as its own.

    A name that the parse cuts in two, or "his counterpart Imran Khan", whose head is the title for the parser and the
    name for the mention.
    """
    mention = scene.covered.get(phrase.head)
    if mention is None:
        return None
    if scene.tokens[phrase.head].upos in ("PROPN", "PRON"):
        return mention
    inside = scene.tokens_in(mention.words)
    heads = scene.tokens_in(mention.head)
    tops = (i for i in heads if scene.tokens[i].head in inside)
    hangs = any(phrase.head in _above(i, inside, scene) for i in tops)
    # "leader Kim" with two subjects: title and name beside each other under the verb.
    verb = scene.tokens[phrase.head].head
    beside = any(scene.tokens[up].head == verb for i in heads for up in (i, *_above(i, inside, scene)))
    return mention if (hangs or beside) and mention.kind == "name" else None


def _above(i: int, inside: range, scene: Scene) -> list[int]:
    """What stands above a word, as long as it is part of the mention."""
    return [up for up in scene.up(i) if up in inside]


def name_at(i: int, scene: Scene) -> ActorMention | None:
    """A person or organization that no lexicon has: known by name alone ("Siemens", "Thom")."""
    token = scene.tokens[i]
    if token.upos != "PROPN" or token.name[2:] not in ("PER", "ORG"):
        return None
    first = last = i
    while first and scene.tokens[first].name[:1] == "I":
        first -= 1
    while last + 1 < len(scene.tokens) and scene.tokens[last + 1].name[:1] == "I":
        last += 1
    name = " ".join(part.form for part in scene.tokens[first : last + 1])
    words = (scene.tokens[first].start, scene.tokens[last].end)
    actor = Actor(id=_NOT_IN_A_SLUG.sub("-", name.casefold()).strip("-") or name, name=name)
    why = (Because(UNKNOWN_NAME, words),)
    return ActorMention(words=words, head=words, kind="name", actors=(actor,), because=why)


def is_unknown(mention: ActorMention) -> bool:
    """Whether nothing but the name is known."""
    return bool(mention.because) and mention.because[0].rule == UNKNOWN_NAME


def place_in(phrase: Phrase, scene: Scene) -> Iterator[ActorMention]:
    """ "bombed Beirut", "it was Tokyo that severed ties": a place in an actor's slot stands for its country."""
    mention = scene.place_of(phrase)
    if mention is not None:
        yield from place_of(mention)


def _named_like_a_body(unknown: ActorMention, phrase: Phrase, scene: Scene) -> Iterator[ActorMention]:
    """The country of a place that was taken for somebody's name: "recalled its ambassador from Addis Ababa"."""
    place = scene.place_of(phrase)
    if place is not None and place.words == unknown.words and scene.tokens[phrase.head].relation != "compound":
        yield from place_of(place)


def place_of(mention: PlaceMention) -> Iterator[ActorMention]:
    """The country of a place as somebody who acts or is acted upon."""
    if mention.places and mention.places[0].country is not None:
        country = mention.places[0].country
        actor = Actor(id=country, name=country, country=country, code=country)
        why = Because(PLACE_AS_ACTOR, mention.words)
        yield ActorMention(words=mention.words, head=mention.words, kind="name", actors=(actor,), because=(why,))


def _hyphenated(phrase: Phrase, scene: Scene, mention: ActorMention) -> Iterator[ActorMention]:
    """The first name of a pair: "NATO" in "NATO-Russia foreign ministers"."""
    for key, modifier in phrase.modifiers:
        if key != "compound" or modifier.head + 2 != phrase.head or scene.tokens[modifier.head + 1].form not in "-–/":
            continue
        other = scene.actors.get(modifier.head)
        if other is not None and other.words != mention.words:
            yield other


def _joined(phrase: Phrase, scene: Scene, mention: ActorMention) -> Iterator[ActorMention]:
    """The first of two that share a noun: "the Japanese" in "the Japanese and the Australian armies"."""
    for key, modifier in phrase.modifiers:
        other = scene.actors.get(modifier.head) if key == "amod" else None
        behind = scene.tokens[modifier.head + 1] if modifier.head + 1 < len(scene.tokens) else None
        if (
            other is not None
            and behind is not None
            and behind.relation == "cc"
            and not overlap(other.words, mention.words)
        ):
            yield other


def with_reason(mention: ActorMention, why: Because) -> ActorMention:
    """The mention with one more reason why it is a party."""
    return replace(mention, because=(*mention.because, why))


def parties_of(mentions: Sequence[ActorMention]) -> tuple[Party, ...]:
    """Mentions as parties of a report: the best reading of each, all members of a group, nobody twice."""
    found: dict[str, Party] = {}
    for mention in mentions:
        actors = mention.actors if mention.kind == "group" else mention.actors[:1]
        for actor in actors:
            if actor.id not in found:
                found[actor.id] = Party(
                    id=actor.id,
                    name=actor.name,
                    country=actor.country,
                    sectors=actor.sectors,
                    code=actor.code,
                    words=mention.words,
                )
    return tuple(found.values())
