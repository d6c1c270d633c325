"""Rules against clauses: which pattern fits, which fits best, and which phrase stands in which slot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from detente.model import Clause, Phrase
from detente.reports.patterns import Argument, Complement, EventRule, Pattern, Role, Slot
from detente.reports.roles import actors_in
from detente.reports.rules import Rules
from detente.reports.scene import Scene

# Nouns that only say how much there is of a thing: "dozens of prisoners", "a round of talks", "$5m in aid".
# fmt: off
MEASURES = frozenset([
    "dozen", "score", "hundred", "thousand", "million", "billion", "number", "couple", "pair", "handful", "majority",
    "half", "third", "quarter", "rest", "most", "some", "all", "many", "more", "percent", "per cent", "%",
    "group", "batch", "series", "set", "string", "round", "package", "shipment", "consignment", "load", "cargo", "box",
    "worth", "ton", "tonne", "kilo", "litre", "liter", "bag", "sack", "crate", "truckload", "planeload", "team",
    "kind", "type", "sort", "form", "lot", "amount", "quantity", "piece", "part", "remainder", "remnant", "wave",
    "brigade", "fleet", "squad", "unit", "contingent", "delegation", "battery", "day", "hour", "week", "spate", "bunch",
    "member", "barrage", "volley",
    "hail", "ten", "plenty", "total", "$", "€", "£", "dollar", "euro", "pound", "yen",
])
# fmt: on

# "spoke before a visit to Peru": it was not Peru that was spoken to.
_OCCASIONS = frozenset(["before", "after", "during", "since", "until", "ahead of", "following", "despite"])
# Where something is, behind these, is told from with whom.
_ALONG = frozenset(["along", "near", "across", "beyond", "inside", "outside"])


class Match(Struct, frozen=True, kw_only=True):
    """A rule that fits a clause."""

    rule: EventRule
    weight: float
    """How specific the pattern is, and how many of its roles are filled by actors."""
    number: int
    """The clause."""
    slots: tuple[tuple[Role, Phrase], ...] = ()
    complement: int | None = None
    named: tuple[int, ...] = ()
    """Heads of the arguments that the pattern names: they are part of this event, not events of their own."""

    @property
    def rank(self) -> tuple[int, float]:
        """Of two matches the one of higher rank is believed."""
        return self.rule.priority, self.weight


Why = Literal["particle", "other verb", "subject", "argument", "complement", "infinitive"]


class Refusal(Struct, frozen=True, gc=False):  # made for most patterns tried, and never part of a cycle
    """Why a pattern does not fit a clause."""

    why: Why
    part: Slot | Argument | Complement | None = None
    """What the pattern asks for and does not find."""
    phrase: Phrase | None = None
    """What stands there instead."""


Attempt = tuple[Pattern, Match | Refusal]

# These say all by themselves, and most patterns are refused by one of them.
_NO_PARTICLE, _OTHER_VERB, _INFINITIVE = Refusal("particle"), Refusal("other verb"), Refusal("infinitive")


def best_match(number: int, scene: Scene, rules: Rules) -> Match | None:
    """The most specific rule that fits the clause."""
    best: Match | None = None
    clause = scene.clauses[number]
    some = _candidates(clause, scene, rules, lambda predicate: rules.possible(predicate, scene.words))
    for _, match in _tried(some, number, scene):
        if isinstance(match, Match) and (best is None or match.rank > best.rank):
            best = match
    return best


def attempts(number: int, scene: Scene, rules: Rules) -> list[Attempt]:
    """Every pattern of the clause's predicate with its match, or with the reason why it does not fit."""
    patterns = rules.patterns
    return _tried(_candidates(scene.clauses[number], scene, rules, lambda word: patterns.get(word, ())), number, scene)


def _tried(patterns: Iterable[Pattern], number: int, scene: Scene) -> list[Attempt]:
    clause = scene.clauses[number]
    found = [(pattern, _fit(pattern, number, clause, scene)) for pattern in patterns]
    subject = clause.subject
    if not found or subject is None or clause.object is not None or clause.kind != "verb":
        return found
    if any(isinstance(match, Match) for _, match in found):
        return found
    # "Relations thawed", "talks resumed": what somebody thaws or resumes may do so by itself.
    turned = msgspec.structs.replace(clause, subject=None, object=subject)
    return [
        (pattern, _fit_turned(pattern, number, turned, scene) or refusal if pattern.names_object else refusal)
        for pattern, refusal in found
    ]


def _fit_turned(pattern: Pattern, number: int, turned: Clause, scene: Scene) -> Match | None:
    match = _fit(pattern, number, turned, scene)
    if isinstance(match, Match) and turned.object is not None and turned.object.head in match.named:
        return match
    return None


def _candidates(
    clause: Clause, scene: Scene, rules: Rules, of: Callable[[str], Sequence[Pattern]]
) -> Iterator[Pattern]:
    """Patterns of the predicate, by its first word; participles ("be prepared to") count as adjectives too."""
    patterns = rules.patterns
    first, _, rest = clause.lemma.partition(" ")
    form = scene.tokens[clause.predicate].form.lower()
    if first not in patterns and clause.kind == "verb":
        first = next((stem for stem in stems_of(form) if stem in patterns), first)
    for pattern in of(first):
        if pattern.copula == clause.copula or (pattern.copula and form == first):
            yield pattern
    if clause.copula and rest:
        yield from (pattern for pattern in of(clause.lemma) if pattern.copula)
    if form != first and clause.voice == "passive":
        yield from (pattern for pattern in of(form) if pattern.copula)


def _fit(pattern: Pattern, number: int, clause: Clause, scene: Scene) -> Match | Refusal:
    passive_adjective = pattern.copula and not clause.copula
    turned = passive_adjective or _has_no_passive(pattern, clause)
    subject = clause.object if turned and clause.subject is None else clause.subject
    particle = clause.lemma.partition(" ")[2] if not clause.copula else ""
    if (
        pattern.particle
        and pattern.particle != particle
        and not any(key == pattern.particle for key, _ in clause.obliques)
    ):
        return _NO_PARTICLE
    if particle and not pattern.particle and not any(_begins(argument, particle) for argument in pattern.arguments):
        return _OTHER_VERB
    slots: list[tuple[Role, Phrase]] = []
    named: list[int] = []
    if not _fit_subject(pattern, subject, scene, slots, named):
        return Refusal("subject", pattern.subject, subject)
    used: set[int] = set()
    for argument in pattern.arguments:
        refusal = _fit_argument(argument, clause, particle, scene, used, slots, named)
        if refusal is not None:
            return refusal
    doer = clause.object if clause.voice == "passive" and subject is None else None
    if doer is not None and doer.head not in used and (not pattern.subject or _is_of(pattern.subject, doer, scene)):
        # An intransitive verb has no passive: "Israel retaliated" was taken for a participle.
        slots.append((pattern.subject.role if pattern.subject else "source", doer))
    about = clause.complement if clause.complement is not None else _about(pattern, slots, named, scene)
    complement = about
    if pattern.complement is not None:
        complement = _fit_complement(pattern.complement, about, clause, scene, slots)
        if complement is None:
            return Refusal("complement", pattern.complement)
    elif _is_left_over(pattern, clause, scene):
        return _INFINITIVE
    bound = sum(0.3 for role, phrase in slots if role != "any" and actors_in(phrase, scene))
    return Match(
        rule=pattern.rule,
        weight=pattern.weight + bound,
        number=number,
        slots=tuple(slots),
        complement=complement if complement != -1 else about,
        named=tuple(named),
    )


def _about(pattern: Pattern, slots: Sequence[tuple[Role, Phrase]], named: Sequence[int], scene: Scene) -> int | None:
    """ "reaffirmed its readiness to help": what a noun is about that the pattern names and gives no role.

    "ordered the inspectors to leave": hung on those who are ordered, where the pattern asks for an infinitive.
    "welcomed Kenya's plan to withdraw": the plan is Kenya's, and an event of its own.
    """
    for role, phrase in slots:
        carries = (role == "any" and phrase.head in named) or (role == "target" and pattern.complement is not None)
        number = scene.clause_at.get(phrase.head) if carries else None
        if number is not None and scene.clauses[number].complement is not None:
            return scene.clauses[number].complement
    return None


def _has_no_passive(pattern: Pattern, clause: Clause) -> bool:
    """ "Riots erupted in Chad", taken for a participle: what a pattern without an object names is its subject."""
    named = pattern.subject is not None and pattern.subject.heads
    return clause.voice == "passive" and bool(named) and all(argument.keys != {""} for argument in pattern.arguments)


def _begins(argument: Argument, particle: str) -> bool:
    return any(key == particle or key.startswith(particle + " ") for key in argument.keys)


def _is_left_over(pattern: Pattern, clause: Clause, scene: Scene) -> bool:
    """A bare verb says nothing of what its infinitive tells: "help" is not "help to attack"."""
    if pattern.arguments or pattern.particle or clause.kind != "verb" or clause.complement is None:
        return False
    return clause.object is None and scene.clauses[clause.complement].link in ("xcomp", "ccomp")


def _fit_subject(
    pattern: Pattern, subject: Phrase | None, scene: Scene, slots: list[tuple[Role, Phrase]], named: list[int]
) -> bool:
    slot = pattern.subject
    if subject is None:
        return slot is None or not slot.heads
    if slot is None:
        slots.append(("source", subject))
        return True
    if not _is_of(slot, subject, scene):
        return False
    if slot.heads:
        named.append(subject.head)
    slots.append((slot.role, subject))
    return True


def _fit_argument(
    argument: Argument, clause: Clause, particle: str, scene: Scene,
    used: set[int], slots: list[tuple[Role, Phrase]], named: list[int],
) -> Refusal | None:  # fmt: skip
    """Takes the argument out of the clause; a refusal when it must be there and is not."""
    slot = argument.slot
    other: Phrase | None = None
    phrases = _phrases_at(argument, clause, particle, scene, named)
    if len(phrases) > 1 and slot.role != "any" and not slot.heads:
        # "the attack in Kandahar in a statement": of two behind one word the one that names somebody, or somewhere.
        first = {phrase.head for phrase in phrases if phrase.head > clause.predicate and _names_somebody(phrase, scene)}
        phrases = tuple(sorted(phrases, key=lambda phrase: phrase.head not in first))
    for phrase in phrases:
        if phrase.head in used or (slot.role != "any" and _stands_aside(phrase, clause)):
            continue
        if not _is_of(slot, phrase, scene):
            other = other or phrase
            continue
        used.add(phrase.head)
        if slot.heads:
            named.append(phrase.head)
        slots.append((slot.role, phrase))
        # "gave Georgia weapons": who gets them stands beside the thing that the bracket names.
        if slot.role != "any" and slot.heads and clause.indirect is not None and phrase is clause.object:
            slots.append((slot.role, clause.indirect))
        return None
    return Refusal("argument", argument, other) if argument.required else None


def _names_somebody(phrase: Phrase, scene: Scene) -> bool:
    return scene.place_at(phrase.head) is not None or bool(actors_in(phrase, scene))


def _stands_aside(phrase: Phrase, clause: Clause) -> bool:
    """Whether it stands beside the object without a preposition: "took them hostage"; nobody who acts or suffers."""
    return clause.object is not None and any(key == "" and known is phrase for key, known in clause.obliques)


def _phrases_at(
    argument: Argument, clause: Clause, particle: str, scene: Scene, named: Sequence[int]
) -> tuple[Phrase, ...]:
    """The clause's phrases where the argument may stand, remembered: many patterns of a predicate look there."""
    # "The blast at the Chadian embassy killed two": what hangs on the subject counts when the pattern names it.
    on_subject = clause.subject is not None and clause.subject.head in named
    partner = argument.slot.role == "both"
    deep = argument.slot.required and not partner
    # With its subject turned into its object a clause has other phrases.
    place = (clause.predicate, clause.subject is None, partner, deep, on_subject, argument.keys)
    known = scene.phrases.get(place)
    if known is None:
        below = scene.clauses[clause.complement] if clause.complement is not None else None
        inside = _inside(argument.keys, clause, partner, on_subject)
        found = (*_phrases_for(argument.keys, clause, particle, below), *inside)
        inner = _deep_inside(argument.keys, clause) if deep else ()
        owners = (
            phrase for key, phrase in clause.obliques if key == "poss" and clause.copula and "of" in argument.keys
        )
        known = scene.phrases[place] = (*found, *inner, *owners)
    return known


def _phrases_for(keys: frozenset[str], clause: Clause, particle: str, below: Clause | None) -> Iterator[Phrase]:
    """The clause's phrases that stand behind these words; those that a wrong parse may have moved come last."""
    if particle and particle in keys:
        yield from (phrase for phrase in (clause.object,) if phrase is not None)
        yield from (phrase for key, phrase in clause.obliques if key == "")
    # Prepositions first: in "withdraw|pull out of <target>" the object is whatever is left.
    for key, phrase in clause.obliques:
        # "carried out strikes against": the particle leads to the strikes, not to those who are struck.
        if key and (key in keys or (particle and f"{particle} {key}" in keys)):
            yield phrase
    if "" in keys and not particle:
        if clause.object is not None:
            yield clause.object
        if clause.indirect is not None:
            yield clause.indirect
        yield from (phrase for key, phrase in clause.obliques if key == "")
    if clause.indirect is not None and ("to" in keys or "for" in keys):
        yield clause.indirect
    explicit = below.subject if below is not None and below.mark == "to" and not below.shared else None
    if "" in keys and clause.object is None and explicit is not None:
        yield explicit  # "warned Nepal to stay out": read as the infinitive's subject


def _inside(keys: frozenset[str], clause: Clause, partner: bool, on_subject: bool) -> Iterator[Phrase]:
    """What hangs on another argument: "signed a treaty with Peru", "named an ambassador to Israel".

    "held drills along the border with Peru": the border's neighbour is no partner.
    """
    if keys == {""}:
        return
    apart = _OCCASIONS | _ALONG if partner else _OCCASIONS
    beside = (phrase for key, phrase in clause.obliques if key not in apart)
    holders = [clause.object, clause.indirect, *beside]
    if clause.copula or clause.object is None or on_subject:
        holders.append(clause.subject)
    for holder in holders:
        for measured in _measured(holder):
            yield from (phrase for key, phrase in measured.modifiers if key and key in keys)


def _deep_inside(keys: frozenset[str], clause: Clause) -> Iterator[Phrase]:
    """ "held drills along the border with Peru": what must be there may hang one step further down."""
    first = clause.object or clause.subject
    for holder in (first, *(phrase for _, phrase in clause.obliques)):
        for _, inner in holder.modifiers if holder is not None and keys != {""} else ():
            yield from (phrase for key, phrase in inner.modifiers if key and key in keys)


def _measured(phrase: Phrase | None) -> Iterator[Phrase]:
    """A phrase, and what it is an amount of: "a series of attacks on Kabul"."""
    for _ in range(3):
        if phrase is None:
            return
        yield phrase
        amount = phrase.lemma in MEASURES
        phrase = next((inner for key, inner in phrase.modifiers if key == "of"), None) if amount else None


def _is_of(slot: Slot, phrase: Phrase, scene: Scene) -> bool:
    """Whether the phrase's head, or that of a member, is one that the slot asks for, and none that it bars.

    "called the king on Saturday": a time is nobody's actor.
    """
    if slot.role in ("source", "target", "both") and scene.is_time(phrase.head):
        return False
    if slot.heads:
        if not slot.heads.isdisjoint(_names(phrase, scene)):
            return True
        return any(not slot.heads.isdisjoint(_names(member, scene)) for member in phrase.conjuncts)
    return not slot.barred or slot.barred.isdisjoint(_names(phrase, scene))


def _names(phrase: Phrase, scene: Scene) -> frozenset[str]:
    """What a phrase may be called, remembered: many patterns of a predicate ask."""
    known = scene.names.get(phrase.head)
    if known is None:
        known = scene.names[phrase.head] = frozenset(names_of(phrase, scene))
    return known


def names_of(phrase: Phrase, scene: Scene) -> Iterator[str]:
    """What a phrase may be called: "talk", "talks", "peace talk"; "round of talk" and "talk" for "a round of talks"."""
    yield phrase.lemma
    form = scene.tokens[phrase.head].form.lower()
    if form != phrase.lemma:
        yield form
    for key, modifier in phrase.modifiers:
        if key in ("compound", "amod", "flat"):
            # As it stands and by its lemma: "arms deal", "arm deal"; in small letters, for the capital of "U-turn".
            for before in dict.fromkeys((modifier.lemma.lower(), scene.tokens[modifier.head].form.lower())):
                yield f"{before} {phrase.lemma}"
                if form != phrase.lemma:
                    yield f"{before} {form}"
        elif key in ("of", "for", "in", "on"):
            yield f"{phrase.lemma} {key} {modifier.lemma}"
            if key in ("of", "in") and phrase.lemma in MEASURES:
                yield from names_of(modifier, scene)


def _fit_complement(
    wanted: Complement, about: int | None, clause: Clause, scene: Scene, slots: list[tuple[Role, Phrase]]
) -> int | None:
    """The number of the clause that fits, -1 for a noun that does ("agree to talks"), None when nothing does."""
    if about is not None:
        below = scene.clauses[about]
        if _is_kind(wanted.kind, below, scene) and _has_lemma(wanted.slot, below, scene):
            _bind_below(wanted, below, slots)
            return about
    keys = {"to": ("to",), "ing": ("", "from", "of", "in", "with"), "that": ()}[wanted.kind]
    for key, phrase in clause.obliques:
        if key in keys and key and _is_of(wanted.slot, phrase, scene):
            slots.append((wanted.slot.role, phrase))
            return -1
    if (
        wanted.kind == "ing"
        and clause.object is not None
        and wanted.slot.heads
        and _is_of(wanted.slot, clause.object, scene)
    ):
        return -1
    return None


def _bind_below(wanted: Complement, below: Clause, slots: list[tuple[Role, Phrase]]) -> None:
    subject = below.subject or (below.object if below.voice == "passive" else None)
    if wanted.slot.role != "any" and subject is not None:
        slots.append((wanted.slot.role, subject))
        if below.subject is None:  # "demanded that the plan be discussed in the Council": who is to discuss it
            slots.extend(
                (wanted.slot.role, phrase) for key, phrase in below.obliques if key in ("by", "in", "with", "at")
            )


def _is_kind(kind: str, below: Clause, scene: Scene) -> bool:
    token = scene.tokens[below.predicate]
    if kind == "to":
        bare = below.mark in ("", "for") and token.xpos == "VB" and below.tense == "none"
        return below.mark == "to" or bare or below.link == "xcomp"
    if kind == "ing":
        return token.xpos == "VBG"
    return below.mark != "to" and (token.xpos != "VBG" or below.tense != "none")  # "that Peru was closing its ports"


def _has_lemma(slot: Slot, below: Clause, scene: Scene) -> bool:
    if not slot.heads and not slot.barred:
        return True
    names = {below.lemma, below.lemma.partition(" ")[0], *below.modals}
    if below.object is not None:
        names |= {f"{below.lemma} {name}" for name in names_of(below.object, scene)}
    names |= {f"{below.lemma} {key}" for key, _ in below.obliques if key}
    return bool(slot.heads & names) if slot.heads else not slot.barred & names


def stems_of(form: str) -> Iterator[str]:
    """What a verb's lemma may be where the language model guessed another: "severed" is "sever" or "severe"."""
    for ending, stem in (
        ("ies", "y"),
        ("ied", "y"),
        ("es", ""),
        ("s", ""),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            base = form[: -len(ending)] + stem
            yield base
            if len(base) > 3 and base[-1] == base[-2]:
                yield base[:-1]
