"""How the text tells an event: as happened, planned, denied ...

From the clause itself (`mood`), then upwards through what it hangs on: what an outer word says wins, for who "denied
that it plans to attack" told of no attack.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from detente.model import Because, Clause, Standing
from detente.reports.attitudes import Attitude, Attitudes, Relation
from detente.reports.links import has_to, relations_of
from detente.reports.mood import Found, led_by, own_standing
from detente.reports.scene import Scene

FACTS: frozenset[Standing | None] = frozenset([None, "happened", "ongoing"])
_OPEN: frozenset[Standing] = frozenset(["planned", "hypothetical", "asked", "demanded", "threatened"])
_WOULD = "speech/modals#would"
# What happens at, in or for something that is still to come is to come as well: "will address it at talks with Oman".
_AT = frozenset(["for", "at", "in", "during", "through", "by", "with", "to"])


class Step(Struct, frozen=True):
    """One look on the way up the tree: what a clause says of the standing, and whether it counts."""

    number: int
    """The clause that was looked at."""
    relation: Relation | None
    """How what is below hangs on it; None for the clause itself, and where the way ends."""
    found: Found | None
    """The standing from here on when it counts, else what the clause would have made of it."""
    taken: bool


def standing_of(number: int, scene: Scene, attitudes: Attitudes) -> tuple[Standing, tuple[Because, ...]]:
    """The standing of the event that a clause tells, with the words that made it so."""
    taken = [step.found for step in steps_of(number, scene, attitudes) if step.taken and step.found is not None]
    return (taken[-1][0], tuple(because for _, because in taken)) if taken else ("happened", ())


def steps_of(number: int, scene: Scene, attitudes: Attitudes) -> list[Step]:
    """From the clause up to where it hangs on nothing more; the last step that was taken gives the standing."""
    return _Climb(number, scene, attitudes).steps()


class _Climb:
    """The way up from one clause."""

    def __init__(self, number: int, scene: Scene, attitudes: Attitudes) -> None:
        self.number = number
        self.scene = scene
        self.attitudes = attitudes
        self.found = own_standing(number, scene, attitudes)
        self.path = [Step(number, None, self.found, self.found is not None)]
        self.used = {self.found[1].words} if self.found else set()
        """Words that had their say: in "there were no talks" one "no" denies both the verb and its noun, once."""
        self.said_before = False

    def steps(self) -> list[Step]:
        """All looks, from the clause itself to the one that ends the way."""
        at = self.number
        while (above := self._above(at)) is not None and self._goes_past(at, above):
            at = above
        if self.found is not None and self.said_before and self.found[1].rule == _WOULD:
            self._take(
                Step(self.number, None, ("planned", Because("standing:would-after-saying", self.found[1].words)), True)
            )
        return self.path

    def _above(self, at: int) -> int | None:
        """The clause above; for "cleared the police of having beaten them" the verb, though the object is nearer."""
        above = self.scene.clauses[at].parent
        if above is None or self.scene.clauses[above].kind != "noun" or self.scene.clauses[above].link != "obj":
            return above
        relations = relations_of(at, self.scene)
        verb = self.scene.clauses[above].parent
        if verb is None or "ing" not in relations or self.attitudes.on(above, relations, self.scene):
            return above
        return verb if self.attitudes.on(verb, relations, self.scene) else above

    def _goes_past(self, at: int, above: int) -> bool:
        """Looks at the clause above; False where the way ends."""
        scene, clause = self.scene, self.scene.clauses[at]
        if clause.link.startswith("conj"):
            # "plans to attack and seize it": what is said of the first verb holds for the one behind "and" too.
            self._look(above, None, None if clause.mark else led_by(above, scene, self.attitudes))
            return True
        relations = relations_of(at, scene)
        entries = self.attitudes.on(above, relations, scene) or self._said_of_it(above, relations)
        is_given = any(entry.factive for entry in entries) or _is_presupposed(at, relations, entries, scene)
        if not relations or is_given:
            self.path.append(Step(above, relations[0] if is_given else None, None, False))
            return False
        said = any(entry.saying for entry in entries)
        self.said_before = self.said_before or (said and scene.clauses[above].tense != "present")
        own = own_standing(above, scene, self.attitudes)
        if own is not None and own[1].words in self.used:
            own = None
        outer = self._lent(at, above, relations, entries, own)
        self.used.update(reason[1].words for reason in (own, outer) if reason)
        self._look(
            above,
            relations[0],
            outer,
            came_about=own is None and at == self.number and _came_about(above, entries, scene),
        )
        return outer is not None or bool(entries) or relations[0] not in ("object", "subject", *_AT)

    def _lent(
        self, at: int, above: int, relations: Sequence[Relation], entries: Sequence[Attitude], own: Found | None
    ) -> Found | None:
        """What the clause above lends: its attitude, as it stands itself; else what it carries."""
        clause, parent = self.scene.clauses[at], self.scene.clauses[above]
        inner = self.found[0] if self.found else None
        for entry in entries:
            told = _attitude(entry, clause, parent, inner)
            if told is not None:
                return _as_it_stands(entry, told, own, parent)
        if any(entry.saying for entry in entries):
            return _as_said(entries, own)
        if entries and any(entry.occurs for entry in entries):
            return own
        return _carried(clause, parent, relations, bool(entries), own)

    def _said_of_it(self, above: int, relations: Sequence[Relation]) -> tuple[Attitude, ...]:
        """ "talks look likely", "the report turned out to be false": what is said of the subject decides."""
        below = self.scene.clauses[above].complement
        if relations != ("subject",) or below is None or self.scene.clauses[below].link != "xcomp":
            return ()
        return self.attitudes.on(below, relations, self.scene)

    def _look(self, above: int, relation: Relation | None, outer: Found | None, *, came_about: bool = False) -> None:
        """Notes what the clause above makes of what was found below."""
        if came_about and self.found is not None and self.found[0] == "planned":
            return self._take(
                Step(
                    above, relation, ("happened", Because("standing:came-about", self.scene.clauses[above].words)), True
                )
            )
        if outer is None:
            self.path.append(Step(above, relation, None, False))
            return None
        standing = compose(outer[0], self.found[0] if self.found else None)
        taken = self.found is None or standing != self.found[0]
        step = Step(above, relation, (standing, outer[1]) if taken else outer, taken)
        return self._take(step) if taken else self.path.append(step)

    def _take(self, step: Step) -> None:
        self.path.append(step)
        self.found = step.found


def _came_about(above: int, entries: Sequence[Attitude], scene: Scene) -> bool:
    """ "the planned visit took place": what had been planned was done."""
    parent = scene.clauses[above]
    return any(entry.occurs for entry in entries) and (parent.tense == "past" or parent.perfect)


def compose(outer: Standing, inner: Standing | None) -> Standing:
    """What an outer word makes of what an inner one says.

    planned over denied: "plans not to attack" tells of no attack; denied over denied: "did not fail to attack".
    """
    if inner in FACTS:
        return "happened" if outer == "ongoing" and inner == "happened" else outer
    assert inner is not None
    if outer in FACTS or inner == "asked":
        return inner
    if inner == "denied":
        return "happened" if outer == "denied" else outer if outer in ("asked", "demanded") else "denied"
    return outer


def _is_presupposed(number: int, relations: Sequence[Relation], entries: Sequence[Attitude], scene: Scene) -> bool:
    """Who asks why it left takes for granted that it left; who asks when it will leave does not."""
    if relations[:1] != ("wh",):
        return False
    clause = scene.clauses[number]
    ahead = bool(clause.modals) or has_to(clause, scene)
    return not (ahead and any(entry.standing == "asked" for entry in entries))


def _carried(
    clause: Clause, parent: Clause, relations: Sequence[Relation], is_known: bool, own: Found | None
) -> Found | None:
    """What a word without an attitude hands on: a purpose is planned, and what it carries stands as it does itself."""
    first = relations[0]
    if first == "to" and clause.link.startswith(("advcl", "dep")) and not is_known:
        return "planned", Because("standing:purpose", clause.words)
    if first == "to" and parent.kind == "noun" and not parent.copula:
        if own is not None and compose(own[0], "planned") != "planned":
            return own
        return "planned", Because("standing:noun-to", parent.words)
    if first in ("to", "by", "done") or "ing" in relations:
        return own
    return own if clause.kind == "noun" and first in _AT and own is not None and own[0] in _OPEN else None


def _attitude(entry: Attitude, clause: Clause, parent: Clause, inner: Standing | None) -> Standing | None:
    if clause.perfect and entry.perfect is not None:
        return entry.perfect
    is_past = parent.tense == "past" or (parent.perfect and parent.tense == "present")
    if is_past and entry.past is not None and not inner == entry.past == "denied":
        return entry.past  # who "tried to keep them from leaving" did not thereby let them leave
    return entry.standing


def _as_it_stands(entry: Attitude, told: Standing, own: Found | None, parent: Clause) -> Found:
    """A word's attitude under the word's own negation, modal or condition: "may refuse to", "does not plan to"."""
    here = Because(entry.id, parent.words)
    if own is None or own[0] in FACTS:
        return told, here
    if own[0] == "denied":
        return entry.negated or "denied", here
    return (told, here) if own[0] == "planned" and told not in FACTS else own


def _as_said(entries: Sequence[Attitude], own: Found | None) -> Found | None:
    """ "did not say that it left", "if he says that it left" leave it open; "said that it left" changes nothing."""
    if own is None or own[0] in FACTS or own[0] in ("planned", "threatened"):
        return None
    if own[0] == "denied":
        negated: Standing = next((entry.negated for entry in entries if entry.negated), "hypothetical")
        return negated, own[1]
    left_open: Standing = "asked" if own[0] == "asked" else "hypothetical"
    return left_open, own[1]
