"""Whose number it is: the report that a clause's count belongs to.

The clause's own report, else the nearest one above of a type that can have the number, else one below:

"Rebels attacked a base, killing 12"                 up from the result to the attack
"Twelve died when rebels attacked a base"            down from the outcome to the attack
"Rebels threatened to kill 12"                       up from what is threatened, whatever the type of the threat
"NATO condemned the attack that killed 12"           nobody's: the condemning killed none
"Rebels attacked after police had killed 12"         nobody's: an earlier deed
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from detente.model import Clause
from detente.reports.answers import Draft
from detente.reports.scene import Scene

MOST_STEPS = 6
"""Up the tree, and down from each step; deeper nests join no number to its event."""
MOST_SEEN = 40

# What these tell of is done by somebody else, or is yet to be done: "agreed to send 200 soldiers".
_SPOKEN = frozenset(["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"])
# Clauses of time and cause tell facts of their own when they hang below ...
_APART = frozenset(["after", "before", "since", "because", "although", "though", "while", "when", "if", "unless",
                    "until", "as", "than", "whether", "where", "once", "despite"])  # fmt: skip
# ... and the event when the count stands above: "12 died when rebels attacked".
_OCCASION = frozenset(["", "when", "as", "after", "while", "where", "by", "since", "once"])
# What stands behind these is part of the event: "bombed Gaza in a raid that killed 12".
_PART_OF = frozenset(["in", "during", "with", "by", "at", ""])
_CAUSE = frozenset(["in", "by", "from", "during", "after", "with", "at", "of", "on", "to", "as", "amid", "following",
                    ""])  # fmt: skip


def owner_of(
    number: int, types: Collection[str], drafts: Mapping[int, Draft], scene: Scene, *, near: bool = False
) -> int | None:
    """The number of the clause whose report a count told in a clause belongs to; None when it is nobody's.

    With `near` only the clause itself, or the noun of event that is its object.
    """
    at: int | None = number
    promised = True
    for _ in range(MOST_STEPS):
        if at is None:
            return None
        draft = drafts.get(at)
        if draft is not None:
            type = draft.match.rule.type
            if type in types or (promised and at != number and type in _SPOKEN):
                return at
        below = _below(at, types, drafts, scene, objects_only=near)
        if below is not None or near:
            return below
        promised = promised and _is_complement(scene.clauses[at])
        if _is_protested(scene.clauses[at], drafts, scene):
            types = frozenset(types) - {"PROTEST"}
        at = _above(at, drafts, scene)
    return None


def _is_protested(clause: Clause, drafts: Mapping[int, Draft], scene: Scene) -> bool:
    """ "protested the killing of 12": what people protest against is no part of their protest."""
    parent = scene.clauses[clause.parent] if clause.parent is not None else None
    if parent is None or parent.object is None or parent.object.head != clause.predicate or parent.voice == "passive":
        return False
    return all(clause.predicate not in draft.match.named for draft in drafts.values())


def _is_complement(clause: Clause) -> bool:
    """What is promised, demanded, denied ...: "threatened to kill", "accused of killing"."""
    base = clause.link.partition(":")[0]
    gerund = base in ("advcl", "obl") and clause.mark in ("of", "from", "for")
    return base in ("xcomp", "ccomp", "csubj") or gerund or (base == "acl" and clause.mark in ("to", "that"))


def _above(at: int, drafts: Mapping[int, Draft], scene: Scene) -> int | None:
    """The clause above, when what this one tells is a part or a result of it."""
    clause = scene.clauses[at]
    if clause.parent is None:
        return None
    parent = scene.clauses[clause.parent]
    base = clause.link.partition(":")[0]
    if clause.kind == "noun" and (not clause.copula or base in ("obj", "obl", "nsubj")):
        return clause.parent if base == "appos" or _is_part(clause, parent) else None
    if _is_complement(clause) or base in ("conj", "parataxis", "list", "dep", "appos"):
        return clause.parent
    if base == "advcl":
        return clause.parent if clause.mark not in _APART and clause.mark != "to" else None
    if base in ("acl", "amod"):
        of_itself = clause.kind == "adjective"  # "shot 12 people dead"
        return clause.parent if of_itself or _may_be_event(clause.parent, drafts, scene) else None
    return None


def _is_part(clause: Clause, parent: Clause) -> bool:
    """A noun that the clause above is about, or in the course of which it happened."""
    phrases = [phrase for phrase in (parent.object, parent.subject) if phrase is not None]
    phrases += [phrase for key, phrase in parent.obliques if key in _PART_OF]
    members = (member.head for phrase in phrases for member in (phrase, *phrase.conjuncts))
    return parent.kind == "verb" and clause.predicate in members


def _may_be_event(number: int, drafts: Mapping[int, Draft], scene: Scene) -> bool:
    """Whether a relative clause or participle hangs on a deed or its means: "a raid that killed 12".

    "arrested a man who killed 12" tells of another deed.
    """
    head = scene.clauses[number].predicate
    return number in drafts or (head not in scene.actors and scene.place_at(head) is None)


def _below(
    number: int, types: Collection[str], drafts: Mapping[int, Draft], scene: Scene, *, objects_only: bool
) -> int | None:
    """The nearest report below a clause that tells its occasion or cause."""
    waiting, seen = [number], 0
    while waiting and seen < MOST_SEEN:
        at = waiting.pop(0)
        for below in scene.below(at):
            seen += 1
            clause = scene.clauses[below]
            beside = clause.link.partition(":")[0] == "conj" and below not in drafts and not objects_only
            if not beside and not _is_occasion(clause, scene.clauses[at], objects_only=objects_only):
                continue
            if below in drafts and drafts[below].match.rule.type in types:
                return below
            waiting.append(below)
    return None


def _is_occasion(clause: Clause, parent: Clause, *, objects_only: bool) -> bool:
    base = clause.link.partition(":")[0]
    if clause.kind == "noun" and not clause.copula:
        if objects_only:
            return parent.object is not None and parent.object.head == clause.predicate
        keys = [key for key, phrase in parent.obliques if phrase.head == clause.predicate]
        return not keys or any(key in _CAUSE for key in keys)
    if objects_only:
        return False
    return base == "csubj" or (base == "advcl" and clause.mark in _OCCASION)
