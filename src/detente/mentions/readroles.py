"""What roles mean: those who act without a name, by the body, the country, the place or the person they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from detente.mentions.background import Background
from detente.mentions.cast import Cast, Person
from detente.mentions.grounds import only_country
from detente.mentions.line import Line
from detente.mentions.names import ActorEntry
from detente.mentions.offices import Known
from detente.mentions.persons import PersonFound
from detente.mentions.phrases import is_worth_before_noun, modifies_noun
from detente.mentions.roles import Named, Role
from detente.mentions.seen import Seen, antecedent_at, distinct, is_state, span
from detente.model import Actor, ActorMention, Because, Span

Told = tuple[tuple[Actor, ...], tuple[str, ...]]
"""Readings, and the rules that gave them."""


class RoleReader:
    """Reads the roles of a line once the article's cast is known."""

    def __init__(self, background: Background, cast: Cast) -> None:
        self._with = background
        self._cast = cast

    def read(self, line: Line, role: Role, grounds: Sequence[Named], of_person: PersonFound | None) -> Seen | None:
        """What a role means; `grounds` are the places of the line.

        `of_person` is whom it stands beside: "Lavrov, the Russian minister".
        """
        because = _because(line, role)
        if of_person is not None:
            seen = self._of_person(line, role, of_person, because)
            if seen is not None:
                return seen
        if not _is_somebody(line, role) or (
            modifies_noun(line, role) and not is_worth_before_noun(line, role, self._with.sectors)
        ):
            return None
        if len(role.bases) > 1:
            return self._several(line, role, because)
        return self._single(line, role, grounds, because)

    def _of_person(self, line: Line, role: Role, of_person: PersonFound, because: tuple[Because, ...]) -> Seen | None:
        person = next((person for person in self._cast.of(of_person) if person.is_placed), None)
        if person is None:
            return None
        words = _words(line, role)
        mention = ActorMention(
            words=words, head=span(line, role.head, role.head), kind="office", actors=(person.actor,),
            because=(*because, Because(rule="who:apposition", words=words)),
        )  # fmt: skip
        return Seen(words[0], mention, None)

    def _several(self, line: Line, role: Role, because: tuple[Because, ...]) -> Seen:
        """ "US, NATO troops": all of them together."""
        words = _words(line, role)
        actors = distinct(self._with.namer.role(named.sense.entry, self._with.sectors.of(role)) for named in role.bases)
        head = span(line, role.head, role.head)
        mention = ActorMention(words=words, head=head, kind="group", actors=actors, because=because)
        state = self._with.states.of(role.bases[0].sense.entry)
        return Seen(words[0], mention, antecedent_at(line, role.head, actors, state, plural=True))

    def _single(self, line: Line, role: Role, grounds: Sequence[Named], because: tuple[Because, ...]) -> Seen:
        words = _words(line, role)
        actors, rules = self._one(line, role)
        if actors[0].country is None and all(named.sense.entry.kind == "people" for named in role.bases):
            actors, rules = self._of_place(line, role, grounds, (actors, rules))
        kind: Literal["office", "role"] = "office" if role.entry.kind == "office" else "role"
        mention = ActorMention(
            words=words, head=span(line, role.head, role.head), kind=kind, actors=actors,
            because=(*because, *(Because(rule=rule, words=words) for rule in rules)),
        )  # fmt: skip
        is_person = role.entry.kind == "office" and not role.plural
        # "it" may take up an army, a party or a firm, but no single teacher.
        can_be_taken_up = is_person or role.plural or self._with.sectors.is_first(role.sectors, "body")
        state = (
            self._with.states.of(role.bases[0].sense.entry)
            if role.bases
            else self._with.states.actor(actors[0].country)
        )
        antecedent = antecedent_at(
            line,
            role.head,
            actors[:1] if can_be_taken_up else (),
            state,
            person=is_person,
            plural=role.plural,
            role=role.entry.id,
        )
        return Seen(words[0], mention, antecedent)

    def _one(self, line: Line, role: Role) -> Told:
        """Readings of a role with one base or none."""
        base = role.bases[0].sense.entry if role.bases else self._state_of_owner(role)
        actor = self._with.namer.role(base, self._with.sectors.of(role))
        if role.plural or role.entry.kind != "office" or role.changes or role.body is not None:
            return (actor,), ()
        if base is not None:
            return self._holder(base, role, actor)
        is_any = role.first > 0 and line.tokens[role.first - 1].form.lower() in ("a", "an")
        person = self._last_in_office(role) if not is_any else None
        return ((person.actor, actor), ("who:office",)) if person is not None else ((actor,), ())

    def _holder(self, base: ActorEntry, role: Role, actor: Actor) -> Told:
        """ "the Israeli prime minister": the one whom the article names; else the office, then who held it that day."""
        whose = base.country or base.short
        person = self._cast.in_office(whose, role.entry.short)
        if person is not None:
            return (person.actor, actor), ("who:office",)
        held = self._with.offices.holder(whose, role.entry.short, self._with.day)
        if held is None:
            return (actor,), ()
        return (actor, _in_office(held[1], actor)), (held[0].id,)

    def _last_in_office(self, role: Role) -> Person | None:
        """ "the minister": the only person of the article with an office of this kind."""
        fitting = [
            person
            for person in self._cast.persons()
            if person.office and (person.office == role.entry.short or person.office.endswith(f"-{role.entry.short}"))
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _of_place(self, line: Line, role: Role, grounds: Sequence[Named], told: Told) -> Told:
        """ "In Tehran, riot police beat protesters": of the only country whose places the sentence names.

        Where it names no place, of the only one whose places the article names.
        """
        is_owned = role.first > 0 and line.tokens[role.first - 1].xpos == "PRP$"  # "its gendarmes"
        is_foreign = any(token.form.lower() == "foreign" for token in line.tokens[role.first : role.noun])
        if is_owned or is_foreign or not (role.entry.home or self._with.sectors.is_first(role.sectors, "home")):
            return told
        ground = only_country(grounds)
        is_anywhere = bool(grounds) or role.sectors[:1] == ("REB",)
        home = ground.sense.entry if ground is not None else None if is_anywhere else self._with.home
        if home is None:
            return told
        local = self._with.namer.role(home, self._with.sectors.of(role))
        return (local, *told[0]), (*told[1], home.id, "who:place" if ground is not None else "who:context")

    def _state_of_owner(self, role: Role) -> ActorEntry | None:
        """The country of "Putin's spokesman" and of "the Obama administration"."""
        if role.entry.country is not None:
            return self._with.states.entry(role.entry.country)
        if role.owner is None:
            return None
        person = next((p for p in self._cast.called(role.owner) if p.country), None)
        if person is not None:
            return self._with.states.entry(person.country)
        day = self._with.day or "9999"
        known = max(self._with.offices.called(role.owner), key=lambda one: one.last_day(day), default=None)
        return self._with.states.entry(known.country) if known is not None and known.last_day(day) else None


def _words(line: Line, role: Role) -> Span:
    return span(line, role.first, role.last)


def _because(line: Line, role: Role) -> tuple[Because, ...]:
    return (
        Because(rule=role.entry.id, words=span(line, role.noun, role.last)),
        *(Because(rule=named.sense.entry.id, words=(named.start, named.end)) for named in role.bases),
        *(Because(rule=change.id, words=_words(line, role)) for change in role.changes),
    )


def _is_somebody(line: Line, role: Role) -> bool:
    """Whether anybody in particular is meant.

    A "member" is nobody until something says of what, a "home" until it is told whose; "as president" is a post,
    and "a foreign ministers' meeting" a kind of meeting.
    """
    if not role.sectors:
        return any(not is_state(named.sense.entry) for named in role.bases)
    if role.bases:
        return True
    if role.entry.needs_owner or line.case_of(role.head) in ("as", "per"):
        return False
    is_kind = role.plural and role.entry.kind == "office" and line.tokens[role.head].relation == "nmod:poss"
    return not is_kind


def _in_office(known: Known, office: Actor) -> Actor:
    return Person(
        name=known.name, words=(known.surname,), surname=known.surname, country=office.country,
        sectors=office.sectors, code=office.code,
    ).actor  # fmt: skip
