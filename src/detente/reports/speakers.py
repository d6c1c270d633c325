"""On whose word a report rests.

"Lavrov said NATO expelled two diplomats"            Lavrov
"NATO expelled two diplomats, Lavrov said"           Lavrov
"According to Lavrov, NATO expelled two diplomats"   Lavrov
"NATO expelled two diplomats"                        nobody: the outlet tells it itself
"Lavrov demanded a meeting"                          nobody: the demand is the event, and the outlet tells it
"""

from __future__ import annotations

from msgspec import Struct

from detente.model import ActorMention, Because, Clause, Phrase
from detente.reports.attitudes import Attitudes
from detente.reports.roles import actors_in
from detente.reports.scene import Scene
from detente.reports.standing import relation_of


class Spoken(Struct, frozen=True):
    """Who says it, and why we think so."""

    speaker: ActorMention
    because: Because


def speaker_of(number: int, scene: Scene, attitudes: Attitudes) -> Spoken | None:
    """The nearest who says it: the subject of the verb of saying above the clause, or of "according to"."""
    at = number
    while True:
        clause = scene.clauses[at]
        found = _according(clause, scene) or _beside(at, scene, attitudes)
        if found is not None:
            return found
        if clause.parent is None:
            return None
        parent = scene.clauses[clause.parent]
        if not _is_told(clause, parent, scene) or (clause.link.startswith("nsubj") and attitudes.is_saying(parent)):
            return None
        found = _saying(clause, parent, scene, attitudes)
        if found is not None:
            return found
        at = clause.parent


def _is_told(clause: Clause, parent: Clause, scene: Scene) -> bool:
    """Whether the clause is part of what the one above tells; "after NATO expelled two, Russia said" is not."""
    base = clause.link.partition(":")[0]
    if base == "advcl" and clause.predicate < parent.predicate:
        return False
    if base == "conj" and parent.parent is None:
        return False
    return not (base in ("parataxis", "advcl") and relation_of(clause, parent, scene) is None and parent.parent is None)


def _saying(clause: Clause, parent: Clause, scene: Scene, attitudes: Attitudes) -> Spoken | None:
    relation = relation_of(clause, parent, scene)
    if relation is None or not any(entry.saying for entry in attitudes.on(parent, relation)):
        return None
    return _by(parent.subject, parent, scene)


def _by(subject: Phrase | None, saying: Clause, scene: Scene) -> Spoken | None:
    actors = actors_in(subject, scene)
    return Spoken(actors[0], Because("speaker:saying", saying.words)) if actors else None


def _beside(number: int, scene: Scene, attitudes: Attitudes) -> Spoken | None:
    """ "..., Lavrov said": the saying hangs below what is said."""
    for below in scene.below(number):
        clause = scene.clauses[below]
        alone = clause.kind == "verb" and clause.complement is None and clause.object is None
        if alone and clause.link.startswith("parataxis") and attitudes.is_saying(clause):
            return _by(clause.subject, clause, scene)
    return None


def _according(clause: Clause, scene: Scene) -> Spoken | None:
    for key, phrase in clause.obliques:
        if key in ("according to", "in words of", "per"):
            actors = actors_in(phrase, scene)
            if actors:
                return Spoken(actors[0], Because("speaker:according-to", phrase.words))
    return None


def root_speaker(scene: Scene, attitudes: Attitudes) -> Spoken | None:
    """Who speaks in the sentence as a whole: what follows may go on with it."""
    for clause in scene.clauses:
        if clause.parent is None and clause.kind == "verb" and attitudes.is_saying(clause) and clause.negation is None:
            return _by(clause.subject, clause, scene)
    return None


def goes_on(scene: Scene, quotes_open: bool) -> bool:
    """Whether a sentence without a speaker of its own goes on with what the speaker before it said.

    Inside an open quotation it does. Without one, a plain present about what is due or possible does: "Lavrov said it
    was not Moscow. It is up to Georgia to restore ties." News tells what happened in the past tense.
    """
    if quotes_open:
        return True
    roots = [clause for clause in scene.clauses if clause.parent is None]
    return bool(roots) and all(
        root.copula and root.tense == "present" and not root.progressive and root.complement is not None
        for root in roots
    )
