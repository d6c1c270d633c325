"""How many people an event struck or moved: killed, injured, marching ...

    quantity -> what counts it (a verb, a noun, "dead" beside it) -> the report that it belongs to -> Count

"Jets bombed Beirut, killing 12 and wounding 30"       killed 12, injured 30: told by the result clauses
"Twelve people died when jets bombed Beirut"           killed 12, on the report of the bombing
"NATO condemned the attack that killed 12"             none: whom NATO condemned died of the attack

Which words count whom stands in `lexicons/counts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from detente.errors import LexiconError
from detente.lexicon import Entry, Lexicon, unfold
from detente.model import Because, Clause, Count, CountKind, Phrase, Report, Span, Type
from detente.reports.answers import Draft
from detente.reports.match import stems_of
from detente.reports.owners import owner_of
from detente.reports.quantities import Quantities, Quantity
from detente.reports.scene import Scene

# Words between a number and what is said of it: "12 more people were left dead".
_BETWEEN = frozenset(["more", "others", "other", "people", "were", "was", "are", "is", "left", "confirmed", "reported"])
_MOST_BETWEEN = 4
_FEARED = frozenset(["feared", "believed", "presumed", "thought", "reportedly"])
MOST_BETWEEN_VERBS = 3
# Of longer lists, shared by many verbs, each member would be read once for every verb.
MOST_MEMBERS = 12
# Small numbers of a list add up to its first by chance, larger ones hardly.
SURELY_A_SUM = 5
# The standing of the clause that counts is not told by its report: what may have happened is left out.
_UNSURE = frozenset(["may", "might", "could", "would", "should", "can", "must", "will"])


class CountRule(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/counts`: words that say what a number counts."""

    kind: CountKind
    predicates: tuple[str, ...] = ()
    """Lemmas of verbs and nouns, with particle, object or oblique: "kill", "round up", "lose life"."""
    roles: tuple[str, ...] = ()
    """Where the counted stand with the predicate: "object", "subject", a preposition. Empty: anywhere."""
    nouns: tuple[str, ...] = ()
    """Only where these are counted: "death" in "12 deaths"."""
    but: tuple[str, ...] = ()
    """Not where these are counted: "12 hours"."""
    states: tuple[str, ...] = ()
    """Said of the number right before: "12 dead"."""
    totals: tuple[str, ...] = ()
    """What has the number as its value: "the death toll rose to 40"."""
    types: tuple[Type, ...] = ()
    """Types of the reports that may have it; a promise or demand of such a deed may have it, too."""
    single: bool = False
    """Whether "a policeman" counts one."""
    apart: tuple[str, ...] = ()
    """Predicates that say something else of those who are counted: "free" of soldiers."""


class _Telling(Struct, frozen=True):
    """A quantity with the rule that says what it counts."""

    quantity: Quantity
    rule: CountRule
    number: int
    """The clause that tells it."""
    words: Span
    group: int
    """The head of the list that it is a member of: "three soldiers and two civilians"."""
    restated: bool = False
    """Counted already by what it stands beside: "five people, three soldiers and two civilians"."""


class _Place(Struct, frozen=True):
    """Where a phrase stands: the clause, its role there, the head of its list, and whether it is an apposition."""

    number: int
    role: str
    group: int
    restated: bool = False


class Counts:
    """Gives reports their counts; the rules are indexed when first needed."""

    def __init__(self, lexicon: Lexicon) -> None:
        """`counted` raises `LexiconError` for an entry of numbers or counts that is wrong."""
        self._lexicon = lexicon
        self._quantities = Quantities(lexicon)

    @cached_property
    def _rules(self) -> tuple[CountRule, ...]:
        sets = self._lexicon.sets("counts")
        found = []
        for rule in self._lexicon.entries("counts", CountRule):
            try:
                nouns, but = (tuple(unfold(words, sets)) for words in (rule.nouns, rule.but))
            except LexiconError as error:
                raise LexiconError(f"{rule.id}: {error}") from None
            found.append(replace(rule, nouns=nouns, but=but))
        return tuple(found)

    @cached_property
    def _by_predicate(self) -> Mapping[str, tuple[CountRule, ...]]:
        return _indexed((word, rule) for rule in self._rules for word in rule.predicates)

    @cached_property
    def _by_state(self) -> Mapping[str, tuple[CountRule, ...]]:
        return _indexed((word, rule) for rule in self._rules for word in rule.states)

    @cached_property
    def _by_total(self) -> Mapping[str, tuple[CountRule, ...]]:
        return _indexed((word, rule) for rule in self._rules for word in rule.totals)

    @cached_property
    def _anywhere(self) -> tuple[CountRule, ...]:
        """Rules that hold with any predicate: nouns that are counted, and whoever protests."""
        return tuple(rule for rule in self._rules if not (rule.predicates or rule.states or rule.totals))

    def counted(self, reports: Sequence[Report], drafts: Sequence[Draft], scene: Scene) -> list[Report]:
        """The reports of a sentence with their counts; `drafts` are what they were made of, in the same order."""
        if not drafts:
            return list(reports)
        quantities = self._quantities.of(scene)
        if not quantities:
            return list(reports)
        by_number = {draft.match.number: draft for draft in drafts}
        beside = {at: quantity.node for quantity in quantities if (at := self._own_number_at(quantity, scene))}
        places = _places(scene, beside)
        found: dict[int, list[_Telling]] = {}
        for quantity in quantities:
            for owner, telling in self._told(quantity, places.get(quantity.node, ()), by_number, scene):
                found.setdefault(owner, []).append(telling)
        return [
            replace(report, counts=_counts(found[draft.match.number], scene)) if draft.match.number in found else report
            for report, draft in zip(reports, drafts, strict=True)
        ]

    def _own_number_at(self, quantity: Quantity, scene: Scene) -> int | None:
        """The word that has this number right before it: "wounded" in "and 30 wounded"."""
        at = max(quantity.last, quantity.node + 1)
        part = quantity.first and scene.tokens[quantity.first - 1].form == "of"
        if part or quantity.kind == "single" or at + 1 >= len(scene.tokens):
            return None
        if scene.tokens[at].form in _FEARED:  # "with dozens feared captured": they are no certain ones, but its own
            at += 1
        return at if scene.tokens[at].form.lower() in self._by_state and not _is_done(at, scene) else None

    # -- what a quantity counts

    def _told(
        self, quantity: Quantity, places: Sequence[_Place], drafts: Mapping[int, Draft], scene: Scene
    ) -> Iterator[tuple[int, _Telling]]:
        """The reports that a quantity belongs to. A verb that counts it says more than a noun that it counts."""
        ways = [self._by_verb(quantity, places, scene), self._beside(quantity, scene)]
        if all(place.group != quantity.node for place in places):
            ways.reverse()  # "twelve people were killed and dozens wounded": the nearest word counts
        ways += [
            self._behind_of(quantity, scene),
            self._as_total(quantity, places, scene),
            self._by_noun(quantity, places, scene),
        ]
        kinds: set[CountKind] = set()
        for tellings in ways:
            # What one way says is counted, a later one may say of which report: "blocked roads to protest".
            told = [telling for telling in tellings if not kinds or telling.rule.kind in kinds]
            owned = [(owner, telling) for telling in told if (owner := _owner(telling, drafts, scene)) is not None]
            if owned:
                yield from owned
                return
            kinds.update(telling.rule.kind for telling in told)

    def _by_verb(self, quantity: Quantity, places: Sequence[_Place], scene: Scene) -> Iterator[_Telling]:
        for place in places:
            clause = scene.clauses[place.number]
            if _is_either(clause, scene):
                continue  # "killed or wounded 12": nobody knows how many of which
            for name in _names(clause, scene):
                for rule in self._by_predicate.get(name, ()):
                    if _fits(rule, quantity, place, scene):
                        yield _Telling(quantity, rule, place.number, clause.words, place.group, place.restated)

    def _behind_of(self, quantity: Quantity, scene: Scene) -> Iterator[_Telling]:
        """ "a crowd of 3,000", "the arrest of 12", however the parse hangs them."""
        at = quantity.first - 2
        number = scene.clause_of(at) if at >= 0 and scene.tokens[at + 1].form == "of" else None
        if number is None:
            return
        for rule in self._by_predicate.get(scene.tokens[at].lemma, ()):
            if _fits(rule, quantity, _Place(number, "of", quantity.node), scene) and "of" in rule.roles:
                yield _Telling(quantity, rule, number, scene.span(at), quantity.node)

    def _by_noun(self, quantity: Quantity, places: Sequence[_Place], scene: Scene) -> Iterator[_Telling]:
        for place in places:
            clause = scene.clauses[place.number]
            for rule in self._anywhere:
                if _fits(rule, quantity, place, scene) and clause.lemma not in rule.apart:
                    words = scene.span(quantity.node) if rule.nouns else clause.words
                    yield _Telling(quantity, rule, place.number, words, place.group, place.restated)

    def _beside(self, quantity: Quantity, scene: Scene) -> Iterator[_Telling]:
        """ "12 dead", "30 wounded", "12 soldiers were left dead"."""
        number = scene.clause_of(quantity.node)
        at = _state_at(quantity, scene, self._by_state)
        if number is None or at is None or quantity.kind == "single":
            return
        for rule in self._by_state[scene.tokens[at].form.lower()]:
            if quantity.noun not in rule.but:
                yield _Telling(quantity, rule, number, scene.span(at), quantity.node)

    def _as_total(self, quantity: Quantity, places: Sequence[_Place], scene: Scene) -> Iterator[_Telling]:
        """ "the death toll rose to 40", "bringing the toll to 40", "a death toll of 40"."""
        for place in places:
            clause = scene.clauses[place.number]
            holders = [clause.subject, clause.object] if clause.kind == "verb" else []
            names = [clause.lemma, *(holder.lemma for holder in holders if holder and holder.head != quantity.node)]
            for rule in (rule for name in names for rule in self._by_total.get(name, ())):
                if place.role != "from" and quantity.kind in ("number", "vague"):
                    yield _Telling(quantity, rule, place.number, clause.words, place.group)


def _owner(telling: _Telling, drafts: Mapping[int, Draft], scene: Scene) -> int | None:
    """The report that a telling belongs to; None when it is nobody's, or no sure count."""
    rule = telling.rule
    anybody = not (rule.predicates or rule.nouns or rule.states or rule.totals)
    owner = owner_of(telling.number, rule.types, drafts, scene, near=anybody)
    return owner if owner is not None and _is_sure(telling, owner, scene) else None


def _is_sure(telling: _Telling, owner: int, scene: Scene) -> bool:
    """What the counting clause denies or only thinks possible is no count; of its own clause the report tells."""
    clause = scene.clauses[telling.number]
    if telling.number == owner:
        return True
    denied = clause.negation is not None and telling.quantity.low > 0
    return not (denied or _UNSURE.intersection(clause.modals) or clause.mark in ("if", "unless", "without"))


def _indexed(pairs: Iterator[tuple[str, CountRule]]) -> Mapping[str, tuple[CountRule, ...]]:
    found: dict[str, tuple[CountRule, ...]] = {}
    for word, rule in pairs:
        found[word] = (*found.get(word, ()), rule)
    return found


def _places(scene: Scene, beside: Mapping[int, int]) -> dict[int, list[_Place]]:
    """Where each phrase of the sentence stands, by its head; members of a list stand where the list does.

    `beside` names, for words like "wounded", the number right before: of "12 were killed and 30 wounded" that verb has
    its own number, and not the one it shares.
    """
    found: dict[int, list[_Place]] = {}
    for number, clause in enumerate(scene.clauses):
        own = beside.get(clause.predicate)
        for role, phrase in _phrases(number, scene):
            if own is not None and own != phrase.head and role in ("object", "subject"):
                continue
            members = (member for member in phrase.conjuncts[:MOST_MEMBERS] if not _is_part(member, scene))
            for member in (phrase, *members):
                found.setdefault(member.head, []).append(_Place(number, role, phrase.head))
                for key, inner in member.modifiers:
                    if key == "appos":
                        found.setdefault(inner.head, []).append(_Place(number, role, phrase.head, True))
                    elif key == "to" and role == "from":  # "rose from 12 to 40"
                        found.setdefault(inner.head, []).append(_Place(number, key, inner.head))
    return found


def _is_part(member: Phrase, scene: Scene) -> bool:
    """Whether what the parse lists beside others is a part of them: "12 people, among them three children"."""
    words = scene.tokens_in(member.words)
    before = range(max(0, words.start - 1), words.stop)
    return any(scene.tokens[i].form.lower() in ("among", "including") for i in before)


def _phrases(number: int, scene: Scene) -> Iterator[tuple[str, Phrase]]:
    """The arguments of a clause by role, those that the parse gives to another clause or role among them."""
    clause = scene.clauses[number]
    shared = _shared_object(number, scene)
    if shared is not None:
        yield "object", shared
    if clause.voice == "passive" and clause.subject is None and clause.object is not None:
        between = scene.tokens[clause.object.head + 1 : clause.predicate]
        if clause.object.head < clause.predicate and all(token.upos != "AUX" for token in between):
            yield "subject", clause.object  # "3,000 Malians demonstrated": a past tense read as a participle
    for role, phrase in (("subject", clause.subject), ("object", clause.object), ("indirect", clause.indirect)):
        if phrase is not None:
            yield role, phrase
    for key, phrase in clause.obliques:
        # A bare phrase behind a verb is an object that the parse gives another name.
        bare = not key and clause.kind == "verb" and phrase.head > clause.predicate
        yield "object" if bare else key, phrase


def _shared_object(number: int, scene: Scene) -> Phrase | None:
    """ "beat and detained 40 people": the object stands behind the second verb, and belongs to both."""
    clause = scene.clauses[number]
    above = scene.clauses[clause.parent] if clause.parent is not None and clause.link == "conj" else None
    if above is None or above.object is None or clause.object is not None or clause.kind != "verb":
        return None
    near = 0 < clause.predicate - above.predicate <= MOST_BETWEEN_VERBS
    return above.object if near and above.object.head > clause.predicate else None


def _names(clause: Clause, scene: Scene) -> Iterator[str]:
    """What a predicate may be called: "take", "take hostage", "take into custody", "shoot dead"."""
    first, _, particle = clause.lemma.partition(" ")
    form = scene.tokens[clause.predicate].form.lower()
    yield clause.lemma
    if particle:
        yield first
    if clause.kind == "verb":
        yield from (stem for stem in stems_of(form) if stem != first)
    after = clause.predicate + 1
    if after < len(scene.tokens):
        yield f"{first} {scene.tokens[after].form.lower()}"
    if clause.object is not None:
        yield f"{first} {clause.object.lemma}"
    for key, phrase in clause.obliques:
        yield f"{first} {key} {phrase.lemma}" if key else f"{first} {phrase.lemma}"


def _fits(rule: CountRule, quantity: Quantity, place: _Place, scene: Scene) -> bool:
    if rule.roles and place.role not in rule.roles:
        return False
    if (quantity.kind == "single" and not rule.single) or (quantity.kind == "nobody" and not _can_be_none(rule)):
        return False
    if rule.nouns:
        return quantity.noun in rule.nouns
    return quantity.noun not in rule.but


def _can_be_none(rule: CountRule) -> bool:
    """That nobody protests is no size of a protest."""
    return bool(rule.predicates or rule.nouns)


def _is_either(clause: Clause, scene: Scene) -> bool:
    near = (clause.predicate - 1, clause.predicate + 1)
    return any(0 <= i < len(scene.tokens) and scene.tokens[i].form.lower() == "or" for i in near)


def _state_at(quantity: Quantity, scene: Scene, states: Mapping[str, object]) -> int | None:
    """The token behind a number, or behind what it counts, that says what became of them."""
    at = max(quantity.last, quantity.node + 1)
    if quantity.node >= quantity.last and scene.tokens[quantity.node].form.lower() in states:
        return quantity.node  # "30 wounded", read as a noun
    for i in range(at, min(at + _MOST_BETWEEN, len(scene.tokens))):
        form = scene.tokens[i].form.lower()
        if form in states:
            return None if _is_done(i, scene) else i
        if form not in _BETWEEN:
            return None
    return None


def _is_done(i: int, scene: Scene) -> bool:
    """ "12 rebels wounded 30 soldiers": the verb tells what they did, not what became of them."""
    clause = scene.clauses[scene.clause_at[i]] if i in scene.clause_at else None
    return clause is not None and clause.voice == "active" and clause.object is not None and clause.object.head > i


def _counts(tellings: Sequence[_Telling], scene: Scene) -> tuple[Count, ...]:
    """One count for each list: "three soldiers and two civilians" are five killed."""
    lists: dict[tuple[str, int, int], list[_Telling]] = {}
    seen: set[tuple[str, int]] = set()
    for telling in tellings:
        kind, node = telling.rule.kind, telling.quantity.node
        if (kind, node) not in seen:
            seen.add((kind, node))
            lists.setdefault((kind, telling.number, telling.group), []).append(telling)
    return tuple(_count(members, scene) for members in lists.values() if not members[0].restated)


def _count(members: Sequence[_Telling], scene: Scene) -> Count:
    """A list as one: its sum, or its first member where the others only say who that was."""
    if _is_sum_of_rest([member.quantity for member in members]):
        members = members[:1]
    members = [member for member in members if not member.restated]
    told = [member.quantity for member in members]
    highs = [quantity.high for quantity in told if quantity.high is not None]
    spans = [quantity.span(scene) for quantity in told]
    reasons = [reason for member in members for reason in (*member.quantity.because, _because(member))]
    return Count(
        kind=members[0].rule.kind,
        low=sum(quantity.low for quantity in told),
        high=sum(highs) if len(highs) == len(told) else None,
        exact=all(quantity.exact for quantity in told),
        words=(min(start for start, _ in spans), max(end for _, end in spans)),
        because=tuple(dict.fromkeys(reasons)),
    )


def _is_sum_of_rest(told: Sequence[Quantity]) -> bool:
    """ "five people, three soldiers and two civilians" are five; "two soldiers, a guard and a child" are four."""
    first, *rest = told
    telling = first.noun in ("people", "person") or first.low >= SURELY_A_SUM
    return len(rest) > 1 and telling and first.low == sum(quantity.low for quantity in rest)


def _because(telling: _Telling) -> Because:
    return Because(telling.rule.id, telling.words)
