"""Events that nouns tell: "NATO's expulsion of two diplomats", "talks between Peru and Chile"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.model import Clause, Phrase
from detente.reports.match import Match, names_of
from detente.reports.patterns import EventRule, Role
from detente.reports.roles import actors_in
from detente.reports.rules import NounPattern, Rules
from detente.reports.scene import Scene

# What prepositions after a noun of event mean where the rule's patterns do not say.
_USUAL: Mapping[str, Role] = {"against": "target", "on": "target", "upon": "target", "toward": "target",
                              "towards": "target", "between": "both", "with": "target", "among": "both"}  # fmt: skip


def noun_match(number: int, scene: Scene, rules: Rules) -> Match | None:
    """The rule of a noun of event, with the slots that its modifiers fill."""
    clause = scene.clauses[number]
    pattern = next((noun for noun, fits in noun_attempts(number, scene, rules) if fits), None)
    if pattern is None:
        return None
    rule = pattern.rule
    places = rules.roles_of(rule)
    mutual = rule.reciprocal or any("both" in roles for roles in places.values())
    slots: list[tuple[Role, Phrase]] = []
    if clause.subject is not None:
        slots.append(("both" if mutual else "source", clause.subject))
    elif (doer := _nested_doer(clause)) is not None:
        slots.append(("both" if mutual else "source", doer))
    for key, phrase in clause.obliques:
        role = _role(key, rule, mutual, places)
        if role is not None and _is_actor(key, phrase, scene):
            taken = any(known == role == "source" for known, _ in slots)
            slots.append(("target" if taken and key in ("amod", "compound") else role, phrase))
    return Match(
        rule=rule, weight=0.5 + len(pattern.before), number=number, slots=tuple(slots), complement=clause.complement
    )


def _nested_doer(clause: Clause) -> Phrase | None:
    """ "the release of fishermen by Palau", "a visit to Oslo by the king": "by" hung on the nearer noun."""
    for key, phrase in clause.obliques:
        if key in ("of", "to"):
            return next((modifier for inner, modifier in phrase.modifiers if inner == "by"), None)
    return None


def noun_attempts(number: int, scene: Scene, rules: Rules) -> list[tuple[NounPattern, bool]]:
    """The nouns of event with this head and whether their other words are there; those that ask for more come first."""
    clause = scene.clauses[number]
    form = scene.tokens[clause.predicate].form.lower()
    candidates = rules.nouns.get(clause.lemma) or rules.nouns.get(form)
    if not candidates:
        return []
    before = {modifier.lemma for key, modifier in clause.obliques if key in ("compound", "amod")}
    before |= {name for key, modifier in clause.obliques if key == "compound" for name in names_of(modifier, scene)}
    return [(noun, before.issuperset(noun.before)) for noun in candidates]


def _role(key: str, rule: EventRule, mutual: bool, roles: Mapping[str, Sequence[Role]]) -> Role | None:
    if key in ("amod", "compound", "poss", "between", "among") and mutual:
        return "both"
    if key in ("amod", "compound", "poss", "by"):
        return "source"
    if key == "of":
        return "target" if "target" in roles.get("", ()) else "both" if mutual else "source"
    known = roles.get(key)
    if known:
        return next(found for found in ("both", "target", "source") if found in known)
    if key == "with" and mutual:
        return "both"
    return _USUAL.get(key)


def _is_actor(key: str, phrase: Phrase, scene: Scene) -> bool:
    if key in ("amod", "compound"):
        return phrase.head in scene.actors or bool(key == "compound" and actors_in(phrase, scene))
    return True
