"""Who did it to whom: the actors of a match, with what stands in for a missing target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from detente.model import Actor, ActorMention, Because, Clause, Party, Phrase
from detente.reports.match import Match
from detente.reports.roles import actors_in, is_direct, is_unknown, parties_of
from detente.reports.scene import Scene

# A party found further away than in its slot is less sure. Found by reading; re-run the challenge set after a change.
IN_ITS_SLOT, BESIDE_IT = 1.0, 0.9
# PLOVER sectors whose members act in public life only together with somebody else.
PRIVATE = frozenset(["AGR", "BUS", "CVL", "EDU", "JRN", "LAB", "MED", "CRM", "ELI", "SOC", "UNK"])
# Modes of PROTEST that nobody chooses in private: the teachers who strike need no country.
PUBLIC_BY_NATURE = frozenset(["strike", "hunger"])
# "NATO holds Georgia war games": whose forces and whose ground, not against whom.
OWN_AFFAIR = frozenset(["MOBILIZE"])
# What is given or done to people in a country is given or done to the country.
GROUND_IS_TARGET = frozenset(["AID", "ASSAULT", "COERCE"])
_GROUND = frozenset(["in", "into", "inside", "across", "on"])
# Where something is does not make the place its target.
# fmt: off
_PLACES = frozenset([
    "in", "at", "near", "inside", "outside", "across", "during", "after", "before", "since", "amid", "by", "until",
    "within", "through", "over", "despite", "under", "because of", "according to", "as", "",
])
# fmt: on
_TOWARDS = frozenset(["with", "against", "to", "for", "on", "toward", "towards"])


class Cast(Struct, frozen=True):
    """The two sides of a report."""

    source: tuple[Party, ...]
    target: tuple[Party, ...]
    reciprocal: bool
    because: tuple[Because, ...]
    score: float


NoCast = Literal["done by a thing", "known by name alone", "nobody", "private", "no target", "no source"]
"""Why a match tells no event: nobody who acts in public life, or a side that the rule needs is missing."""


def cast_of(match: Match, scene: Scene) -> Cast | NoCast:
    """The parties of a match, or why it has none."""
    clause = scene.clauses[match.number]
    source, target, both = (_of_role(role, match, scene) for role in ("source", "target", "both"))
    if _is_done_by_a_thing(match, clause, scene, source or both):
        return "done by a thing"
    if both or match.rule.reciprocal:
        return _mutual(match, clause, scene, source, target, both)
    score = IN_ITS_SLOT
    target = [mention for mention in target if not _is_own(mention, match, scene, source)]
    if not target:
        target = _stand_ins(match, clause, scene, source)
        score = BESIDE_IT if target else score
    return _cast(source, _others(target, source), False, score, match)


def _mutual(
    match: Match, clause: Clause, scene: Scene,
    source: list[ActorMention], target: list[ActorMention], both: list[ActorMention],
) -> Cast | NoCast:  # fmt: skip
    """All who take part are each other's source and target; one alone has nobody beside it."""
    score = IN_ITS_SLOT
    everyone = _united(source, both, target)
    if len(parties_of(everyone)) < 2:
        everyone = _united(everyone, _stand_ins(match, clause, scene, everyone))
        score = BESIDE_IT
    if len(parties_of(everyone)) < 2:
        return _cast(everyone, [], False, score, match)
    return _cast(everyone, everyone, True, score, match)


def _cast(
    source: Sequence[ActorMention], target: Sequence[ActorMention], mutual: bool, score: float, match: Match
) -> Cast | NoCast:
    if not (source or target):
        return "nobody"
    if all(is_unknown(mention) for mention in (*source, *target)):
        return "known by name alone"
    sources, targets = parties_of(source), parties_of(target)
    if not mutual:
        known = {party.id for party in sources}
        targets = tuple(party for party in targets if party.id not in known)
    private = match.rule.mode not in PUBLIC_BY_NATURE and all(_is_private(party) for party in (*sources, *targets))
    if private:
        return "private"
    if "target" in match.rule.needs and not targets:
        return "no target"
    if "source" in match.rule.needs and not sources:
        return "no source"
    because = tuple(reason for mention in _united(source, target) for reason in mention.because)
    doubt = 0.95 ** sum(
        mention.kind in ("pronoun", "group") or len(mention.actors) > 1 for mention in (*source, *target)
    )
    return Cast(sources, targets, mutual, because, score * doubt * (1.0 if sources else 0.8))


def _is_private(party: Party) -> bool:
    """Somebody without country who is known by a trade or as a civilian alone: "the doctor", "neighbours"."""
    return party.country is None and bool(party.sectors) and PRIVATE.issuperset(party.sectors)


def _of_role(role: str, match: Match, scene: Scene) -> list[ActorMention]:
    phrases = [phrase for known, phrase in match.slots if known == role]
    found = _united(*(actors_in(phrase, scene) for phrase in phrases))
    if found:
        return found
    return [place for phrase in phrases for place in _as_place(phrase, scene)]


def _as_place(phrase: Phrase, scene: Scene) -> Iterator[ActorMention]:
    """ "bombed Beirut", "it was Tokyo that severed ties": a place in an actor's slot stands for its country."""
    mention = scene.place_at(phrase.head)
    if mention is not None and mention.places and mention.places[0].country is not None:
        country = mention.places[0].country
        actor = Actor(id=country, name=country, country=country, code=country)
        why = Because("roles:place-as-actor", mention.words)
        yield ActorMention(words=mention.words, head=mention.words, kind="name", actors=(actor,), because=(why,))


def _united(*lists: Sequence[ActorMention]) -> list[ActorMention]:
    found: list[ActorMention] = []
    for mention in (mention for some in lists for mention in some):
        if all(mention.words != known.words for known in found):
            found.append(mention)
    return found


def _others(targets: Sequence[ActorMention], sources: Sequence[ActorMention]) -> list[ActorMention]:
    """Of several candidates those of another country than the source's; all when there is no such."""
    homes = {actor.country for mention in sources for actor in mention.actors[:1] if actor.country}
    foreign = [mention for mention in targets if mention.actors and mention.actors[0].country not in homes]
    return foreign or list(targets)


def _is_done_by_a_thing(match: Match, clause: Clause, scene: Scene, doers: Sequence[ActorMention]) -> bool:
    """ "The plan condemns Russia", "The school expelled two students": named, and nobody whom we know to act.

    An unknown proper name may well be somebody: "Al-Nasr attacked the convoy".
    """
    if doers or any(role in ("source", "both") and phrase.head in match.named for role, phrase in match.slots):
        return False
    subject = clause.subject
    if subject is None or subject.head in match.named:
        return False
    return scene.tokens[subject.head].upos not in ("PROPN",) or clause.kind == "noun"


def _is_own(mention: ActorMention, match: Match, scene: Scene, sources: Sequence[ActorMention]) -> bool:
    """ "withdraw its troops": what belongs to the source is not whom it acts upon."""
    homes = {actor.country for source in sources for actor in source.actors[:1]}
    for role, phrase in match.slots:
        if role == "target" and scene.span(phrase.head) == mention.head and mention.actors[0].country in (None, *homes):
            return any(key == "poss" and scene.tokens[owner.head].upos == "PRON" for key, owner in phrase.modifiers)
    return False


def _stand_ins(match: Match, clause: Clause, scene: Scene, sources: Sequence[ActorMention]) -> list[ActorMention]:
    """ "drops NATO talks", "agreed to help Georgia": who is meant by what is done, when no slot names the target.

    Somebody of no country ("its troops", "civilians") is rather a means or an object than the other side.
    """
    taken = {mention.words for mention in sources}
    homes = {home for mention in sources for actor in mention.actors[:1] for home in (actor.id, actor.country) if home}
    places = _grounds(match, clause, scene) if match.rule.type in GROUND_IS_TARGET else iter(())
    own_affair = match.rule.type in OWN_AFFAIR
    phrases = _threatened(clause) if own_affair else _candidates(match, clause, scene)
    for found in (*(actors_in(phrase, scene) for phrase in phrases), *places):
        fitting = [
            mention
            for mention in found
            if mention.words not in taken
            and mention.kind not in ("group", "pronoun")
            and homes.isdisjoint((mention.actors[0].id, mention.actors[0].country))
            and _is_somebody(mention)
        ]
        if fitting:
            return fitting
    return []


def _is_somebody(mention: ActorMention) -> bool:
    actor = mention.actors[0]
    return (
        actor.country is not None or mention.kind == "name" or actor.id not in ("".join(actor.sectors), *actor.sectors)
    )


def _threatened(clause: Clause) -> Iterator[Phrase]:
    """ "mobilised troops for a war against Iraq": only "against" says whom arms are raised for."""
    holders = [clause.object, *(phrase for _, phrase in clause.obliques)]
    yield from (phrase for key, phrase in clause.obliques if key == "against")
    for holder in holders:
        yield from (phrase for key, phrase in (holder.modifiers if holder else ()) if key == "against")


def _grounds(match: Match, clause: Clause, scene: Scene) -> Iterator[list[ActorMention]]:
    """Where help goes or a blow falls: "sent food to people in Ethiopia", "strikes in Syria"."""
    phrases = [phrase for key, phrase in clause.obliques if key in _GROUND]
    holders = [clause.object, *(phrase for _, phrase in match.slots)]
    if match.complement is not None:
        below = scene.clauses[match.complement]
        holders += [below.object, *(phrase for _, phrase in below.obliques)]
        phrases += [phrase for key, phrase in below.obliques if key in _GROUND]
    for holder in holders:
        if holder is not None:
            phrases += [phrase for key, phrase in holder.modifiers if key in _GROUND]
    for phrase in phrases:
        for member in (phrase, *phrase.conjuncts):
            yield actors_in(member, scene) or list(_as_place(member, scene))


def _candidates(match: Match, clause: Clause, scene: Scene) -> Iterator[Phrase]:
    for role, phrase in match.slots:
        if role == "any":
            yield from (modifier for key, modifier in phrase.modifiers if key in _TOWARDS)
            yield phrase
    if clause.kind == "noun" and not clause.copula:
        return
    if clause.object is not None and clause.object is not clause.subject:
        yield from (modifier for key, modifier in clause.object.modifiers if key in _TOWARDS)
        yield clause.object
    for key, phrase in clause.obliques:
        if key not in _PLACES and is_direct(phrase, scene):
            yield phrase
    yield from _below(match.complement, scene)


def _below(complement: int | None, scene: Scene) -> Iterator[Phrase]:
    """The arguments of what is promised or refused: "threatened to attack Georgia"."""
    for _ in range(3):
        if complement is None:
            return
        below = scene.clauses[complement]
        if below.object is not None:
            yield below.object
            for key, phrase in below.object.modifiers:
                if key not in _PLACES and key not in ("amod", "compound", "poss", "of"):
                    yield phrase
        for key, phrase in below.obliques:
            if key not in _PLACES:
                yield phrase
        complement = below.complement
