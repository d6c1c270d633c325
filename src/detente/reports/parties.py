"""Who did it to whom: the actors of a match, with what stands in for a missing target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from detente.model import ActorMention, Because, Clause, Party
from detente.reports.doers import Doers
from detente.reports.match import Match
from detente.reports.roles import actors_in, is_unknown, parties_of, place_in
from detente.reports.scene import Scene
from detente.reports.targets import BESIDE_IT, Targets

IN_ITS_SLOT = 1.0
# PLOVER sectors whose members act in public life only together with somebody else.
PRIVATE = frozenset(["AGR", "BUS", "CVL", "EDU", "JRN", "LAB", "MED", "CRM", "SOC", "UNK"])
# PLOVER sectors that may be at odds with their own state.
FIGHTING_IT = frozenset(["REB", "OPP", "PRM", "UAF", "CRM"])
# Modes of PROTEST that nobody chooses in private: the teachers who strike need no country.
PUBLIC_BY_NATURE = frozenset(["strike", "hunger"])


class Cast(Struct, frozen=True):
    """The two sides of a report."""

    source: tuple[Party, ...]
    target: tuple[Party, ...]
    reciprocal: bool
    because: tuple[Because, ...]
    score: float


NoCast = Literal["done by a thing", "known by name alone", "nobody", "private", "no target", "no source"]
"""Why a match tells no event: nobody who acts in public life, or a side that the rule needs is missing."""


def cast_of(match: Match, scene: Scene, doers: Doers, targets: Targets) -> Cast | NoCast:
    """The parties of a match, or why it has none."""
    clause = scene.clauses[match.number]
    source, target, both = (_of_role(role, match, scene) for role in ("source", "target", "both"))
    doubt = 1.0
    if not (source or both):
        source, doubt = doers.of(match, scene)
    if _is_done_by_a_thing(match, clause, scene, source or both):
        return "done by a thing"
    if both or match.rule.reciprocal:
        return _mutual(match, scene, source, target, both, targets)
    score = IN_ITS_SLOT
    doers_ids = {party.id for party in parties_of(source)}
    target = [mention for mention in target if not _is_own(mention, match, scene, source)]
    others = [mention for mention in target if not doers_ids.issuperset(_ids(mention))]
    if target and not others and "target" in match.rule.needs:
        return "no target"  # "built a school in his village": for himself
    target = others
    if not target or targets.are_own_forces(target, match, source):
        target, score = targets.reached(match, scene, source)
        target = [] if targets.are_own_forces(target, match, source) else target
    several = not target and are_several(parties_of(source))
    together = targets.each_other(match, scene, source) if several else []
    if together:
        return _cast(together, together, True, score * doubt, match)
    return _cast(source, _others(target, source), False, score * doubt, match)


def doers_of(match: Match, scene: Scene) -> tuple[Party, ...]:
    """Who stands in the source's slot."""
    return parties_of(_of_role("source", match, scene))


def are_several(parties: Sequence[Party]) -> bool:
    """Whether they are of different countries or bodies, or a state and those who fight it."""
    sides = {(party.country or party.id, not FIGHTING_IT.isdisjoint(party.sectors)) for party in parties}
    return len(sides) > 1


def _mutual(
    match: Match, scene: Scene,
    source: list[ActorMention], target: list[ActorMention], both: list[ActorMention], targets: Targets,
) -> Cast | NoCast:  # fmt: skip
    """All who take part are each other's source and target; one alone has nobody beside it."""
    score = IN_ITS_SLOT
    everyone = _united(source, both, target)
    if len(parties_of(everyone)) < 2:
        everyone = _united(everyone, targets.partners(match, scene, everyone))
        score = BESIDE_IT
    if len(parties_of(everyone)) < 2:
        # "Denmark agreed to lift a ban on Chilean salmon": it reaches Chile, which agreed to nothing.
        about = match.complement is not None or any(role == "any" for role, _ in match.slots)
        reached, score = targets.reached(match, scene, everyone) if about else ([], 1.0)
        return _cast(everyone, reached, False, score, match)
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
    return [place for phrase in phrases for place in place_in(phrase, scene)]


def _united(*lists: Sequence[ActorMention]) -> list[ActorMention]:
    found: list[ActorMention] = []
    for mention in (mention for some in lists for mention in some):
        if all(mention.words != known.words for known in found):
            found.append(mention)
    return found


def _ids(mention: ActorMention) -> list[str]:
    return [party.id for party in parties_of([mention])]


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
    if any(role == "target" and phrase is subject for role, phrase in match.slots):
        return False  # "The president survived an attempt": it is done to the subject
    return scene.tokens[subject.head].upos not in ("PROPN",) or clause.kind == "noun"


def _is_own(mention: ActorMention, match: Match, scene: Scene, sources: Sequence[ActorMention]) -> bool:
    """ "withdraw its troops": what belongs to the source is not whom it acts upon."""
    homes = {actor.country for source in sources for actor in source.actors[:1]}
    for role, phrase in match.slots:
        if role == "target" and scene.span(phrase.head) == mention.head and mention.actors[0].country in (None, *homes):
            return any(key == "poss" and scene.tokens[owner.head].upos == "PRON" for key, owner in phrase.modifiers)
    return False
