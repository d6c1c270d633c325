"""How the text tells an event: as happened, planned, denied ...

From the clause itself (negation, modals, "if", "to" in headlines), then upwards through what it hangs on: what an
outer word says wins, for who "denied that it plans to attack" told of no attack.
"""

from __future__ import annotations

from msgspec import Struct

from detente.model import Because, Clause, Standing
from detente.reports.attitudes import Attitude, Attitudes, Relation
from detente.reports.scene import Scene

Found = tuple[Standing, Because]

IF = frozenset(["if", "unless", "lest", "should"])
WITHOUT = frozenset(["without", "instead", "rather"])
_MODALS: dict[str, Standing] = {
    "will": "planned", "shall": "planned", "would": "hypothetical", "may": "hypothetical", "might": "hypothetical",
    "can": "hypothetical", "could": "hypothetical", "must": "demanded", "should": "demanded", "ought": "demanded",
    "need": "demanded",
}  # fmt: skip
# Words that forbid rather than report: "should not isolate Russia" is a demand, too.
_OUGHT = frozenset(["must", "should", "ought", "need"])


class Step(Struct, frozen=True):
    """One look on the way up the tree: what a clause says of the standing, and whether it counts."""

    number: int
    """The clause that was looked at."""
    relation: Relation | None
    """How what is below hangs on it; None for the clause itself, and where the way ends."""
    found: Found | None
    taken: bool


def standing_of(number: int, scene: Scene, attitudes: Attitudes) -> tuple[Standing, tuple[Because, ...]]:
    """The standing of the event that a clause tells, with the words that made it so."""
    taken = [step.found for step in steps_of(number, scene, attitudes) if step.taken and step.found is not None]
    return (taken[-1][0], tuple(because for _, because in taken)) if taken else ("happened", ())


def steps_of(number: int, scene: Scene, attitudes: Attitudes) -> list[Step]:
    """From the clause up to where it hangs on nothing more; the last step that was taken gives the standing."""
    clause = scene.clauses[number]
    found = _own(number, scene, attitudes)
    steps = [Step(number, None, found, found is not None)]
    said_before = False
    while clause.parent is not None:
        parent = scene.clauses[clause.parent]
        relation = relation_of(clause, parent, scene)
        if relation is None:
            steps.append(Step(clause.parent, None, None, False))
            break
        entries = attitudes.on(parent, relation)
        outer = _outer(entries, parent, clause.parent, scene, attitudes, relation)
        said_before = said_before or (any(entry.saying for entry in entries) and parent.tense == "past")
        taken = outer is not None and _overrules(outer[0], found[0] if found else None)
        steps.append(Step(clause.parent, relation, outer, taken))
        if taken:
            found = outer
        elif not entries and relation in ("object", "subject"):
            break
        clause = parent
    if found is not None and said_before and found[1].rule == "standing:would":
        found = ("planned", Because("standing:would-after-saying", found[1].words))
        steps.append(Step(number, None, found, True))
    if clause.question and (found is None or found[0] in ("planned", "hypothetical", "ongoing")):
        steps.append(Step(number, None, ("asked", Because("standing:question", clause.words)), True))
    return steps


def relation_of(clause: Clause, parent: Clause, scene: Scene) -> Relation | None:
    """How a clause hangs on the one above; None when it stands on its own: "after", "who", "and"."""
    base = clause.link.partition(":")[0]
    xpos = scene.tokens[clause.predicate].xpos
    if clause.kind == "noun" and not clause.copula:
        if parent.kind == "noun" and not parent.copula:
            return None
        return {"nsubj": "subject", "obj": "object"}.get(base) if clause.link != "nsubj:pass" else "object"  # type: ignore[return-value]
    if clause.link.endswith(":relcl"):
        return None
    if (base in ("ccomp", "csubj", "xcomp", "acl") and clause.mark in ("whether", "if")) or clause.mark == "whether":
        return "whether"
    if base == "xcomp" or (clause.mark == "to" and base in ("ccomp", "csubj", "acl")):
        return "ing" if xpos == "VBG" and clause.mark != "to" else "to"
    if base in ("ccomp", "csubj", "acl", "advcl", "obl", "nmod", "obj") and xpos == "VBG":
        is_gerund = base in ("ccomp", "csubj", "obj") or clause.mark in (
            "from",
            "of",
            "in",
            "on",
            "against",
            "about",
            "for",
        )
        return "ing" if is_gerund else None
    if base in ("ccomp", "csubj") or (base == "acl" and clause.mark == "that"):
        return "that"
    if base == "advcl" and clause.mark == "to" and (parent.copula or parent.voice == "passive"):
        return "to"
    return "that" if base == "parataxis" and parent.kind == "verb" else None


def _own(number: int, scene: Scene, attitudes: Attitudes) -> Found | None:
    """What the clause itself says."""
    clause = scene.clauses[number]
    here = clause.words
    if clause.kind == "noun" and not clause.copula:
        return _hedged(clause, attitudes, scene)
    if clause.mark in IF and not clause.link.startswith("ccomp"):
        return "hypothetical", Because("standing:if", here)
    if clause.mark in WITHOUT:
        return "denied", Because("standing:without", here)
    if clause.negation is not None:
        if clause.modals and clause.modals[0] in _OUGHT:
            return "demanded", Because("standing:ought-not", clause.negation)
        return "denied", Because("standing:negation", clause.negation)
    for modal in clause.modals:
        if modal in _MODALS and not (modal in ("could", "can") and clause.perfect):
            return _modal(modal, number, scene)
    if clause.mark == "to" and clause.link in ("root", "parataxis", "conj") and clause.tense == "none":
        return "planned", Because("standing:headline-to", here)
    if clause.mark == "to" and clause.link in ("advcl", "acl"):
        return "planned", Because("standing:purpose", here)
    adverb = _adverb(clause, scene, attitudes)
    if adverb is not None:
        return adverb
    if clause.progressive and clause.tense == "present":
        return "ongoing", Because("standing:progressive", here)
    return None


def _modal(modal: str, number: int, scene: Scene) -> Found:
    conditional = any(scene.clauses[below].mark in IF for below in scene.below(number))
    standing: Standing = "hypothetical" if conditional and modal != "must" else _MODALS[modal]
    return standing, Because("standing:would" if modal == "would" else "standing:modal", scene.clauses[number].words)


def _hedged(clause: Clause, attitudes: Attitudes, scene: Scene) -> Found | None:
    """ "alleged spying", "the planned expulsion", "no talks"."""
    if clause.negation is not None:
        return "denied", Because("standing:negation", clause.negation)
    for key, phrase in clause.obliques:
        if key in ("amod", "compound"):
            entry = attitudes.hedge(scene.tokens[phrase.head].form.lower()) or attitudes.hedge(phrase.lemma)
            if entry is not None and entry.standing is not None:
                return entry.standing, Because(entry.id, scene.span(phrase.head))
    return None


def _adverb(clause: Clause, scene: Scene, attitudes: Attitudes) -> Found | None:
    """ "allegedly attacked"."""
    for i in range(max(0, clause.predicate - 3), min(len(scene.tokens), clause.predicate + 2)):
        token = scene.tokens[i]
        if token.relation.startswith("advmod") and token.head == clause.predicate:
            entry = attitudes.adverb(token.form.lower())
            if entry is not None and entry.standing is not None:
                return entry.standing, Because(entry.id, (token.start, token.end))
    return None


def _outer(
    entries: tuple[Attitude, ...], parent: Clause, number: int, scene: Scene, attitudes: Attitudes, relation: Relation
) -> Found | None:
    """What the clause above lends: its attitude, or its own standing when it only says that something begins."""
    for entry in entries:
        if entry.standing is not None:
            denied = parent.negation is not None and parent.mark != "lest"
            return entry.negated if denied else entry.standing, Because(entry.id, parent.words)
    if relation in ("to", "ing") and parent.kind == "noun" and not parent.copula:
        return "planned", Because("standing:noun-to", parent.words)
    if any(entry.occurs for entry in entries) or (not entries and relation in ("to", "ing")):
        return _own(number, scene, attitudes)
    if any(entry.saying for entry in entries) and parent.mark in IF:
        return "hypothetical", Because("standing:if", parent.words)
    return None


def _overrules(outer: Standing, inner: Standing | None) -> bool:
    """A denied deed stays denied under a plan or a hope ("plans not to attack"); else the outer word wins."""
    if inner is None:
        return True
    if inner == "denied":
        return outer in ("asked", "demanded")
    return not (outer == "ongoing" and inner != "happened")
