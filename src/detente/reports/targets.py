"""Whom a deed reaches when no slot of its rule names anybody.

"Peru drops talks with Chile"                          Chile: beside the object
"Germany agreed to take in refugees from Greece"       Greece: inside what was agreed
"The UN condemned the attack on a church in Quetta"    Pakistan: where those hit are
"Iran tested a missile near Semnan"                    nobody: where something is does not make it the target

First what stands right beside the predicate, then ever deeper into its phrases; of those found at the same depth
somebody of another country than the doer's before somebody of the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from detente.model import ActorMention, Because, Clause, Phrase
from detente.reports.match import Match
from detente.reports.reach import Reach
from detente.reports.roles import PLACE_AS_ACTOR, actors_in, is_direct, place_in, place_of, with_reason
from detente.reports.scene import Scene

# A party found further away than in its slot is less sure. Found by reading; re-run the challenge set after a change.
BESIDE_IT, FAR_FROM_IT = 0.9, 0.8
BESIDE, INSIDE = "roles:beside", "roles:inside"
OWNED = "who:pronoun"  # "its troops"
MAX_DEPTH = 5
_DOING = frozenset(["nsubj", "csubj", "obl:agent", "nmod:poss"])
_NAMING = frozenset(["amod", "compound", "poss", "of"])
MAX_COMPLEMENTS = 3
# Relations that lead out of a deed: beside it, before or after it, or said of it.
_OUT = frozenset(["advcl", "parataxis", "csubj", "dislocated", "vocative", "discourse", "list"])


class Targets:
    """Finds those whom a deed reaches; the words that guide it are read when first needed."""

    def __init__(self, reach: Reach) -> None:
        """`reach` says which words lead to them."""
        self._reach = reach

    @cached_property
    def _aside(self) -> frozenset[str]:
        return self._reach.words("aside")

    @cached_property
    def _ground(self) -> frozenset[str]:
        return self._reach.words("ground")

    @cached_property
    def _towards(self) -> frozenset[str]:
        return self._reach.words("towards")

    def reached(self, match: Match, scene: Scene, sources: Sequence[ActorMention]) -> tuple[list[ActorMention], float]:
        """Whom the deed reaches, and how sure that is (1.0 with nobody: nothing was assumed)."""
        found, score = self.beside(match, scene, sources)
        if found or self._reach.holds("own-affair", match.rule):
            return found, score
        inside = list(self._deeper(match, scene))
        fitting = [_foreigner(sources), _compatriot(sources), _nobody_in_particular(scene)]
        if self._reach.holds("ground", match.rule):
            fitting.append(_home_ground(sources))
        for fits in fitting:
            far = next(self._fitting(iter(inside), fits), None)
            if far:
                return _found_by(INSIDE, far), FAR_FROM_IT
        return [], 1.0

    def beside(
        self, match: Match, scene: Scene, sources: Sequence[ActorMention], *, below: bool = True
    ) -> tuple[list[ActorMention], float]:
        """The same, only right beside the predicate: "drops NATO talks"; with `below`, "agreed to help Georgia".

        Somebody of no country ("its troops", "civilians") is rather a means or an object than the other side.
        """
        clause = scene.clauses[match.number]
        own_affair = self._reach.holds("own-affair", match.rule)
        phrases = self._threatened(clause) if own_affair else self._candidates(match, clause, scene, below)
        near = (actors_in(phrase, scene) for phrase in phrases)
        found = next(self._fitting(near, _foreigner(sources)), None)
        rule = self._reach.name("own-affair") if own_affair else BESIDE
        if found is None and self._reach.holds("ground", match.rule):
            found = next(self._fitting(self._grounds(match, clause, scene), _foreigner(sources)), None)
            rule = self._reach.name("ground")
        return (_found_by(rule, found), BESIDE_IT) if found else ([], 1.0)

    def are_own_forces(self, found: Sequence[ActorMention], match: Match, sources: Sequence[ActorMention]) -> bool:
        """Whether what stands in the slot is only what the doer moves: "withdrew troops from Mali" reaches Mali."""
        forces = self._reach.words("own-forces")
        homes = {actor.country for source in sources for actor in source.actors[:1]}

        def is_own(mention: ActorMention) -> bool:
            actor = mention.actors[0]
            owned = actor.country in homes and any(because.rule == OWNED for because in mention.because)
            return (actor.country is None or owned) and bool(actor.sectors) and forces.issuperset(actor.sectors)

        return self._reach.holds("own-forces", match.rule) and all(map(is_own, found))

    def each_other(self, match: Match, scene: Scene, sources: Sequence[ActorMention]) -> list[ActorMention]:
        """Several who do it, when that is done with each other: "rebels and the army violated the truce"."""
        breaks = scene.clauses[match.number].lemma in self._reach.words("joint-breach")
        if breaks and self._reach.holds("joint-breach", match.rule):
            return _found_by(self._reach.name("joint-breach"), sources)
        return []

    def partners(self, match: Match, scene: Scene, sources: Sequence[ActorMention]) -> list[ActorMention]:
        """With whom a mutual deed is done: "drops NATO talks", "agreed to resume talks with Malawi"."""
        found, _ = self.beside(match, scene, sources, below=False)
        if found:
            return found
        phrases = (
            phrase
            for number in _chain(match, scene)
            for key, phrase in _phrases_of(scene.clauses[number])
            if key in self._reach.words("partner")
        )
        found = next(self._fitting((actors_in(phrase, scene) for phrase in phrases), _foreigner(sources)), [])
        return _found_by(self._reach.name("partner"), found)

    @staticmethod
    def _fitting(
        groups: Iterator[list[ActorMention]], fits: Callable[[ActorMention], bool]
    ) -> Iterator[list[ActorMention]]:
        for group in groups:
            fitting = [mention for mention in group if fits(mention)]
            if fitting:
                yield fitting

    # -- right beside the predicate

    def _threatened(self, clause: Clause) -> Iterator[Phrase]:
        """ "mobilised troops for a war against Iraq": only "against" says whom arms are raised for."""
        against = self._reach.words("own-affair")
        holders = [clause.object, *(phrase for _, phrase in clause.obliques)]
        yield from (phrase for key, phrase in clause.obliques if key in against)
        for holder in holders:
            if holder is not None:
                yield from (modifier for key, modifier in _all_inside(holder) if key in against)

    def _grounds(self, match: Match, clause: Clause, scene: Scene) -> Iterator[list[ActorMention]]:
        """Where help goes or a blow falls: "sent food to people in Ethiopia", "strikes in Syria"."""
        phrases = [phrase for key, phrase in clause.obliques if key in self._ground]
        holders = [clause.object, *(phrase for _, phrase in match.slots)]
        if match.complement is not None:
            below = scene.clauses[match.complement]
            holders += [below.object, *(phrase for _, phrase in below.obliques)]
            phrases += [phrase for key, phrase in below.obliques if key in self._ground]
        for holder in holders:
            if holder is not None:
                phrases += [phrase for key, phrase in holder.modifiers if key in self._ground]
        for phrase in phrases:
            for member in (phrase, *phrase.conjuncts):
                yield actors_in(member, scene) or list(place_in(member, scene))

    def _candidates(self, match: Match, clause: Clause, scene: Scene, below: bool) -> Iterator[Phrase]:
        for role, phrase in match.slots:
            if role == "any":
                yield from (modifier for key, modifier in phrase.modifiers if key in self._towards)
                yield phrase
        if clause.kind == "noun" and not clause.copula:
            return
        if clause.object is not None and clause.object is not clause.subject:
            yield from (modifier for key, modifier in clause.object.modifiers if key in self._towards)
            yield clause.object
        for key, phrase in clause.obliques:
            if self._leads_on(key) and is_direct(phrase, scene):
                yield phrase
        if below:
            yield from self._below(match.complement, scene)

    def _leads_on(self, key: str) -> bool:
        """Whether the other side may stand behind a preposition: neither a place nor anything beside the deed."""
        return bool(key) and key not in self._aside and (key not in self._ground or key == "on")

    def _below(self, complement: int | None, scene: Scene) -> Iterator[Phrase]:
        """The arguments of what is promised or refused: "threatened to attack Georgia"."""
        for _ in range(MAX_COMPLEMENTS):
            if complement is None:
                return
            below = scene.clauses[complement]
            if below.object is not None:
                yield below.object
                for key, phrase in below.object.modifiers:
                    if self._leads_on(key) and key not in _NAMING:
                        yield phrase
            for key, phrase in below.obliques:
                if self._leads_on(key):
                    yield phrase
            complement = below.complement

    # -- deeper

    def _deeper(self, match: Match, scene: Scene) -> Iterator[list[ActorMention]]:
        """All who are named somewhere inside the deed's phrases, the nearest to its predicate first."""
        found: list[tuple[float, int, ActorMention]] = []
        concerns_place = self._concerns(match, scene)
        for head, mention in (*scene.actors.items(), *_places(scene)):
            cost = self._distance(head, match, scene, concerns_place)
            if cost is not None:
                found.append((cost, head, mention))
        found.sort(key=lambda one: one[:2])
        for _, head, _ in found:
            yield [mention for _, other, mention in found if other == head or _is_listed(other, head, scene)]

    def _distance(self, head: int, match: Match, scene: Scene, concerns_place: bool) -> float | None:
        """Steps up the tree from a word to the deed; None where the way leads out of the deed."""
        top = scene.clauses[match.number].predicate
        inner = {top, *(scene.clauses[number].predicate for number in _chain(match, scene))}
        cost, below = 0.0, -1
        for i in scene.up(head):
            if i in inner:
                asked = i != top and self._reach.holds("addressee", match.rule)
                return None if self._leaves(below, asked, scene) else cost + (i != top)
            token = scene.tokens[i]
            base = token.relation.partition(":")[0]
            if base in _OUT or (base == "conj" and token.upos == "VERB"):
                return None
            key = scene.preposition(i)
            if key in self._aside or (key in self._ground and key != "on" and not concerns_place):
                return None
            cost, below = cost + 1 + (i in scene.clause_at and token.upos == "VERB"), i
        return None

    def _leaves(self, below: int, asked: bool, scene: Scene) -> bool:
        """Whether the last step to the predicate comes from its subject: who does it, not whom it reaches.

        Who is to do what is asked is the one who is asked.
        """
        if below < 0:
            return True
        relation = scene.tokens[below].relation
        if asked and relation == "nsubj":
            return False
        return relation in _DOING or scene.preposition(below) == "by"

    def _concerns(self, match: Match, scene: Scene) -> bool:
        """Whether this kind of deed makes the place its concern."""
        if self._reach.holds("ground", match.rule):
            return True
        if not self._reach.holds("promised-ground", match.rule):
            return False
        clauses = [scene.clauses[match.number], *(scene.clauses[number] for number in _chain(match, scene))]
        said = {clause.lemma for clause in clauses} | {clause.object.lemma for clause in clauses if clause.object}
        return self._reach.words("venue").isdisjoint(said)


def _found_by(rule: str, found: Sequence[ActorMention]) -> list[ActorMention]:
    return [with_reason(mention, Because(rule, mention.words)) for mention in found]


def _chain(match: Match, scene: Scene) -> list[int]:
    """The clauses that fill the deed, one in the other: "threatened to cut", "agreed to let them leave"."""
    found: list[int] = []
    number = match.complement
    while number is not None and number not in found and len(found) < MAX_COMPLEMENTS:
        found.append(number)
        number = scene.clauses[number].complement
    return found


def _phrases_of(clause: Clause) -> Iterator[tuple[str, Phrase]]:
    """The phrases of a clause and those beside its object, each with its preposition."""
    yield from clause.obliques
    if clause.object is not None:
        yield from clause.object.modifiers


def _places(scene: Scene) -> Iterator[tuple[int, ActorMention]]:
    for head, mention in scene.places:
        if head not in scene.covered:
            yield from ((head, actor) for actor in place_of(mention))


def _is_listed(other: int, head: int, scene: Scene) -> bool:
    """Whether a word is a later member of the list that the head opens: "Mozambican" in "Ethiopian, Mozambican"."""
    for i in scene.up(other):
        if i == head:
            return True
        if scene.tokens[i].relation != "conj":
            return False
    return False


def _all_inside(phrase: Phrase, depth: int = 0) -> Iterator[tuple[str, Phrase]]:
    for key, modifier in phrase.modifiers:
        yield key, modifier
        if depth < MAX_DEPTH:
            yield from _all_inside(modifier, depth + 1)


def _foreigner(sources: Sequence[ActorMention]) -> Callable[[ActorMention], bool]:
    """Somebody of another country than those who do it."""
    taken = {mention.words for mention in sources}
    homes = {home for mention in sources for actor in mention.actors[:1] for home in (actor.id, actor.country) if home}

    def fits(mention: ActorMention) -> bool:
        actor = mention.actors[0]
        return (
            mention.words not in taken
            and mention.kind not in ("group", "pronoun")
            and homes.isdisjoint((actor.id, actor.country))
            and _is_somebody(mention)
        )

    return fits


def _compatriot(sources: Sequence[ActorMention]) -> Callable[[ActorMention], bool]:
    """Somebody else of the same country: "the president pardoned the opposition leader"."""
    taken = {mention.words for mention in sources}
    known = {actor.id for mention in sources for actor in mention.actors}
    codes = {actor.code for mention in sources for actor in mention.actors}
    homes = {actor.country for mention in sources for actor in mention.actors[:1] if actor.country}

    def fits(mention: ActorMention) -> bool:
        actor = mention.actors[0]
        return (
            mention.words not in taken
            and mention.kind not in ("group", "pronoun", "adjective")
            and all(because.rule != OWNED for because in mention.because)
            and actor.id not in known
            and (actor.code not in codes or _is_named(mention))
            and actor.country in homes
            and bool(actor.sectors)
        )

    return fits


def _is_named(mention: ActorMention) -> bool:
    """Whether a person is meant who has a name, and not whoever holds an office."""
    actor = mention.actors[0]
    return mention.kind == "name" and actor.id not in (actor.code, actor.country)


def _nobody_in_particular(scene: Scene) -> Callable[[ActorMention], bool]:
    """A role of no known country, unless it is the doer's own: "the judge freed two journalists", not "its troops"."""

    owned = {token.head for token in scene.tokens if token.xpos == "PRP$" and token.head >= 0}

    def fits(mention: ActorMention) -> bool:
        unowned = owned.isdisjoint(scene.tokens_in(mention.words))
        return mention.kind in ("role", "office") and mention.actors[0].country is None and unowned

    return fits


def _home_ground(sources: Sequence[ActorMention]) -> Callable[[ActorMention], bool]:
    """A place in the doer's own country, when the doer is not the whole country: "Iraqi officials sealed off Basra"."""
    known = {actor.id for mention in sources for actor in mention.actors}
    homes = {actor.country for mention in sources for actor in mention.actors[:1] if actor.country}

    def fits(mention: ActorMention) -> bool:
        actor = mention.actors[0]
        is_place = bool(mention.because) and mention.because[0].rule == PLACE_AS_ACTOR
        return is_place and actor.country in homes and actor.id not in known

    return fits


def _is_somebody(mention: ActorMention) -> bool:
    actor = mention.actors[0]
    return (
        actor.country is not None or mention.kind == "name" or actor.id not in ("".join(actor.sectors), *actor.sectors)
    )
