"""Targets that stand in the clause beside: whom one answers, and whose deed one is critical of.

"Russia pulled out of a meeting after NATO expelled two Russian diplomats"   Russia -> NATO
"NATO holds war games, Russia critical"                                      Russia -> NATO
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from detente.model import Because, Party
from detente.reports.match import Match
from detente.reports.parties import Cast
from detente.reports.scene import Scene
from detente.reports.targets import BESIDE_IT

BECAUSE_OF = frozenset(["after", "because", "as", "since", "when"])
VERDICTS = frozenset(["ACCUSE", "SUPPORT", "REJECT"])


class Draft(Struct, frozen=True):
    """A match with its parties."""

    match: Match
    cast: Cast


def answered(drafts: Mapping[int, Draft], scene: Scene) -> dict[int, Draft]:
    """The drafts, those without a target given the one that the clause beside them names."""
    return {number: _answered(draft, drafts, scene) for number, draft in drafts.items()}


def _answered(draft: Draft, drafts: Mapping[int, Draft], scene: Scene) -> Draft:
    if draft.cast.target or not draft.cast.source or draft.cast.reciprocal:
        return draft
    number = draft.match.number
    for other_number, other in drafts.items():
        if other_number == number or not other.cast.source or not _are_apart(draft.cast.source, other.cast.source):
            continue
        clause = scene.clauses[other_number]
        strikes_back = (
            clause.parent == number and clause.mark in BECAUSE_OF and _is_hit(draft.cast.source, other.cast.target)
        )
        if strikes_back or _judges(number, draft, other_number, scene):
            rule = "roles:in-answer-to" if strikes_back else "roles:of-what-was-told"
            cast = replace(
                draft.cast,
                target=other.cast.source,
                because=(*draft.cast.because, Because(rule, clause.words)),
                score=draft.cast.score * BESIDE_IT,
            )
            return Draft(draft.match, cast)
    return draft


def _judges(number: int, draft: Draft, other: int, scene: Scene) -> bool:
    """A bare verdict after an event in a headline: "..., Russia critical"."""
    clause = scene.clauses[number]
    bare = clause.copula and not clause.obliques and clause.tense == "none"
    return bare and draft.match.rule.type in VERDICTS and other < number


def _is_hit(sources: Sequence[Party], targets: Sequence[Party]) -> bool:
    homes = {party.country or party.id for party in sources}
    return any((party.country or party.id) in homes for party in targets)


def _are_apart(some: Sequence[Party], others: Sequence[Party]) -> bool:
    return {party.id for party in some}.isdisjoint(party.id for party in others)
