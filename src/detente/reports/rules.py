"""The event rules of a lexicon, checked against the ontology and indexed by predicate.

The cost of a clause depends on how many patterns share its predicate, not on how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

from msgspec import Struct

from detente.errors import LexiconError
from detente.lexicon import Lexicon, unfold
from detente.reports.ontology import Ontology
from detente.reports.patterns import EventRule, Pattern, Role, patterns_of


class NounPattern(Struct, frozen=True, kw_only=True):
    """A noun of event: "expulsion", "war game" (the head with what must stand before it)."""

    rule: EventRule
    head: str
    before: tuple[str, ...] = ()


class Index(Struct, frozen=True):
    """The places of a predicate's patterns by the words that they ask for."""

    always: tuple[int, ...]
    """Those that ask for no certain word."""
    asked: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, patterns: Sequence[Pattern]) -> Index:
        """The index of these patterns."""
        asked: dict[str, list[int]] = {}
        always = []
        for place, pattern in enumerate(patterns):
            words = _asked_by(pattern)
            for word in words:
                asked.setdefault(word, []).append(place)
            if not words:
                always.append(place)
        return cls(tuple(always), {word: tuple(places) for word, places in asked.items()})


class Rules:
    """What the predicates of verbs, adjectives and nouns may tell of."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Reads nothing yet; the first question does, and may raise `LexiconError`."""
        self._lexicon = lexicon
        self.ontology = Ontology(lexicon)
        self._roles: dict[str, dict[str, list[Role]]] = {}

    @property
    def sets(self) -> Mapping[str, tuple[str, ...]]:
        """The named lists that the patterns use.

        Raises `LexiconError` for an unknown or circular `@name`.
        """
        return self._lexicon.sets("events")

    @cached_property
    def all(self) -> tuple[EventRule, ...]:
        """The checked rules in the order of the files.

        Raises `LexiconError` naming the rule and what is wrong with it.
        """
        rules = self._lexicon.entries("events", EventRule)
        ids = {rule.id for rule in rules}
        for rule in rules:
            self._check(rule)
            if rule.jointly is not None and rule.jointly not in ids:
                raise LexiconError(f"{rule.id}: jointly names '{rule.jointly}', and no entry of events has this id")
        return rules

    @cached_property
    def by_id(self) -> Mapping[str, EventRule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.all}

    @cached_property
    def patterns(self) -> Mapping[str, tuple[Pattern, ...]]:
        """By the predicate's first word.

        Raises `LexiconError` for a pattern that cannot be read, or that stands in two rules.
        """
        found: dict[str, list[Pattern]] = {}
        seen: dict[tuple[object, ...], EventRule] = {}
        for pattern in self._compiled():
            key = (
                pattern.predicate,
                pattern.particle,
                pattern.copula,
                pattern.subject,
                pattern.arguments,
                pattern.complement,
            )
            other = seen.setdefault(key, pattern.rule)
            if other.id != pattern.rule.id:
                raise LexiconError(
                    f"{pattern.rule.id}: pattern '{pattern.text}' stands in {other.id} too (predicate "
                    f"'{pattern.predicate}'); narrow one of them by [heads], a preposition or a complement"
                )
            found.setdefault(pattern.predicate, []).append(pattern)
        return {predicate: tuple(patterns) for predicate, patterns in found.items()}

    @cached_property
    def nouns(self) -> Mapping[str, tuple[NounPattern, ...]]:
        """By the noun's head; those that ask for more words stand first.

        Raises `LexiconError` for a noun that stands in two rules.
        """
        found: dict[str, list[NounPattern]] = {}
        seen: dict[str, EventRule] = {}
        sets = self.sets
        for rule in self.all:
            for text in _unfolded(rule, sets):
                other = seen.setdefault(text, rule)
                if other.id != rule.id:
                    raise LexiconError(f"{rule.id}: noun '{text}' stands in {other.id} too; leave it to one of them")
                *before, head = text.split()
                found.setdefault(head, []).append(NounPattern(rule=rule, head=head, before=tuple(before)))
        return {head: tuple(sorted(some, key=lambda noun: -len(noun.before))) for head, some in found.items()}

    def patterns_of(self, rule: EventRule) -> tuple[Pattern, ...]:
        """The patterns of one rule: its nouns take the slots from them."""
        return self._by_rule.get(rule.id, ())

    def possible(self, predicate: str, words: Set[str]) -> list[Pattern]:
        """The patterns of a predicate without those that ask for a word which is not among these, in their order.

        Three of four ask for one that the sentence does not have.
        """
        index = self._index.get(predicate)
        if index is None:
            return []
        places = set(index.always)
        for word in index.asked.keys() & words:
            places.update(index.asked[word])
        patterns = self.patterns[predicate]
        return [patterns[place] for place in sorted(places)]

    @cached_property
    def _index(self) -> Mapping[str, Index]:
        return {predicate: Index.of(patterns) for predicate, patterns in self.patterns.items()}

    def roles_of(self, rule: EventRule) -> Mapping[str, list[Role]]:
        """The roles that the rule's patterns give to prepositions, and to "" (the object), in the patterns' order."""
        known = self._roles.get(rule.id)
        if known is None:
            known = self._roles[rule.id] = _roles_in(self.patterns_of(rule))
        return known

    @cached_property
    def _by_rule(self) -> dict[str, tuple[Pattern, ...]]:
        found: dict[str, list[Pattern]] = {}
        for patterns in self.patterns.values():
            for pattern in patterns:
                found.setdefault(pattern.rule.id, []).append(pattern)
        return {id: tuple(patterns) for id, patterns in found.items()}

    def _compiled(self) -> Iterator[Pattern]:
        sets = self.sets
        for rule in self.all:
            yield from patterns_of(rule, sets)

    def _check(self, rule: EventRule) -> None:
        ontology = self.ontology
        if rule.mode is not None and not ontology.has_mode(rule.type, rule.mode):
            known = ", ".join(ontology.modes_of(rule.type)) or "none"
            raise LexiconError(f"{rule.id}: {rule.type} has no mode '{rule.mode}'; it has {known}")
        for context in rule.contexts:
            if not ontology.has_context(context):
                raise LexiconError(f"{rule.id}: no context '{context}'; see ontology/contexts.tsv")
        if rule.cameo is not None and not ontology.has_cameo(rule.cameo):
            raise LexiconError(f"{rule.id}: no CAMEO code '{rule.cameo}'; see ontology/cameo.tsv")
        if not rule.patterns and not rule.nouns:
            raise LexiconError(f"{rule.id}: neither patterns nor nouns; it would never fire")


def _asked_by(pattern: Pattern) -> frozenset[str]:
    """The last words of what must stand in one of its places: the place with the shortest list."""
    slots = [pattern.subject, *(argument.slot for argument in pattern.arguments)]
    if pattern.complement is not None:
        slots.append(pattern.complement.slot)
    lists = [slot.heads for slot in slots if slot is not None and slot.heads and not slot.optional]
    return frozenset(head.rpartition(" ")[2] for head in min(lists, key=len, default=frozenset()))


def _roles_in(patterns: Iterable[Pattern]) -> dict[str, list[Role]]:
    found: dict[str, list[Role]] = {}
    for pattern in patterns:
        for argument in pattern.arguments:
            for key in argument.keys:
                if argument.slot.role in ("source", "target", "both"):
                    found.setdefault(key.rpartition(" ")[2], []).append(argument.slot.role)
        if pattern.subject is not None and pattern.subject.role == "both":
            found.setdefault("subject", []).append("both")
    return found


def _unfolded(rule: EventRule, sets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    try:
        yield from dict.fromkeys(unfold(rule.nouns, sets))
    except LexiconError as error:
        raise LexiconError(f"{rule.id}: nouns: {error}") from None
