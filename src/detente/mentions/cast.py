"""Who is who in one article: persons learnt from titles and appositions anywhere in it, then known by surname.

The article is read twice, because a caption or a first paragraph may say "Lavrov" before anything has told who that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from detente.mentions.background import Background
from detente.mentions.names import ActorEntry, key_of
from detente.mentions.offices import Known
from detente.mentions.persons import Gender, PersonFound
from detente.mentions.roles import Named, Role
from detente.model import Actor

_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


class Person(Struct, frozen=True, kw_only=True):
    """One person of the article."""

    name: str
    words: tuple[str, ...]
    surname: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    code: str = ""
    whose: str | None = None
    """Country or body whose office the person has."""
    office: str | None = None
    gender: Gender | None = None
    rules: tuple[str, ...] = ()

    @property
    def is_placed(self) -> bool:
        """Whether anything is known that makes the person an actor."""
        return bool(self.country or self.sectors)

    @property
    def actor(self) -> Actor:
        """The person as an actor of reports."""
        id = _NOT_IN_A_SLUG.sub("-", key_of(self.name)).strip("-") or self.name
        return Actor(id=id, name=self.name, country=self.country, sectors=self.sectors, code=self.code)


class Cast:
    """The persons of an article. Built once from all that was found, then only asked."""

    def __init__(self, found: Sequence[PersonFound], background: Background) -> None:
        self._with = background
        self._persons: dict[str, list[Person]] = {}
        # Full names first: a lone "President Obama" then adds to the right person; "Putin spokesman" needs Putin.
        for person in sorted(found, key=_order):
            self._learn(person)

    def persons(self) -> Iterable[Person]:
        """All of them."""
        return (person for persons in self._persons.values() for person in persons)

    def of(self, found: PersonFound) -> Sequence[Person]:
        """Who may be meant, the likeliest first."""
        persons = self._persons.get(found.surname, [])
        same = [person for person in persons if _may_be(person, found.words)]
        fuller = [person for person in same if found.gender in (None, person.gender) or person.gender is None]
        return fuller or same

    def called(self, surname: str) -> Sequence[Person]:
        """The persons of this surname (a key)."""
        return self._persons.get(surname, ())

    def has_name(self, key: str) -> bool:
        """Whether somebody whom the article names in full has this word for a first or last name."""
        return any(len(p.words) > 1 and key in (p.words[0], p.words[-1]) for p in self.persons())

    def in_office(self, whose: str, office: str) -> Person | None:
        """The person of the article who has this country's or body's office."""
        return next((p for p in self.persons() if p.whose == whose and p.office == office), None)

    def _learn(self, found: PersonFound) -> None:
        told = self._told(found)
        if told is None:
            return
        persons = self._persons.setdefault(told.surname, [])
        for index, person in enumerate(persons):
            if _may_be(person, found.words) and not _contradicts(person, told):
                persons[index] = _joined(person, told)
                return
        persons.append(told)

    def _told(self, found: PersonFound) -> Person | None:
        """What this mention says of the person. A lone surname that nothing explains says nothing."""
        role = found.role
        known = found.known[0] if found.known else self._titled(found)
        if known is None and role is None and len(found.words) == 1:
            return None
        name = known.name if known else found.name
        gender = known.gender if known else found.gender
        person = Person(name=name, words=found.words, surname=found.surname, gender=gender)
        if role is not None:
            person = self._by_role(person, role, found.home, "who:title" if found.title else "who:apposition")
        if known is not None:
            person = _joined(person, self._by_lexicon(person, known))
            if person.country is None and person.sectors == ("ELI",) and known.country is not None:
                # "Former Prime Minister Tony Blair", now an envoy of others
                person = _with(person, self._with.namer.in_country(known.country, ("ELI",)), known.country, None, ())
        return person

    def _titled(self, found: PersonFound) -> Known | None:
        """ "President Reagan", whose country nothing on the page tells."""
        role = found.title
        if role is None or len(found.words) > 1 or found.surname in self._persons:
            return None
        known = self._with.offices.titled(found.surname, role.entry.short, self._with.day, self._with.told)
        told = (*role.bases, *((found.home,) if found.home else ()))
        whose = {named.sense.entry.country or named.sense.entry.short for named in told}
        return known if known is not None and (not whose or known.country in whose) else None

    def _by_role(self, person: Person, role: Role, home: Named | None, rule: str) -> Person:
        told = role.bases[-1:] or ((home,) if home is not None else ())
        base = told[0].sense.entry if told else self._state_of_owner(role)
        sectors = self._with.sectors.of(role)
        actor = self._with.namer.role(base, sectors)
        rules = (role.entry.id, *(named.sense.entry.id for named in told), rule)
        whose = (base.country or base.short) if base else None
        office = None if sectors[:1] == ("ELI",) else role.entry.short
        return _with(person, actor, whose, office, rules)

    def _state_of_owner(self, role: Role) -> ActorEntry | None:
        if role.entry.country is not None:
            return self._with.states.entry(role.entry.country)
        owners = self._persons.get(role.owner, ()) if role.owner else ()
        return next((self._with.states.entry(person.country) for person in owners if person.country), None)

    def _by_lexicon(self, person: Person, known: Known) -> Person:
        term = known.term_at(self._with.day)
        held = term or known.terms[-1]
        # Before the first known term the country is known, the office is not.
        sectors = held.sectors if term else ("ELI",) if known.has_left(self._with.day) else ()
        body = self._with.states.entry(held.of) if term else None
        actor = (
            self._with.namer.role(body, sectors)
            if body
            else self._with.namer.in_country(held.country or known.country, sectors)
        )
        whose = (held.of or held.country) if term else known.country
        return _with(person, actor, whose, term.office if term else None, (held.id,))


def _order(found: PersonFound) -> tuple[bool, bool]:
    return len(found.words) == 1, found.role is not None and found.role.owner is not None


def _with(person: Person, actor: Actor, whose: str | None, office: str | None, rules: tuple[str, ...]) -> Person:
    return Person(
        name=person.name, words=person.words, surname=person.surname, country=actor.country, sectors=actor.sectors,
        code=actor.code, whose=whose, office=office, gender=person.gender, rules=(*person.rules, *rules),
    )  # fmt: skip


def _may_be(person: Person, words: Sequence[str]) -> bool:
    """Whether words name this person: one of them alone, or no other first name."""
    if len(words) == 1 or len(person.words) == 1:
        return True
    # "D. Medvedev" may be Dmitry Medvedev.
    return person.words[0] == words[0] or (len(words[0]) == 1 and person.words[0].startswith(words[0]))


def _contradicts(person: Person, told: Person) -> bool:
    return bool(person.country and told.country and person.country != told.country)


def _joined(person: Person, told: Person) -> Person:
    """One person from two tellings: the first decides, the second fills what is missing."""
    longer = told if len(told.words) > len(person.words) else person
    placed, other = (person, told) if person.sectors or not told.sectors else (told, person)
    return Person(
        name=longer.name, words=longer.words, surname=longer.surname, country=placed.country or other.country,
        sectors=placed.sectors, code=_code(placed, other), whose=placed.whose or other.whose,
        office=placed.office or other.office, gender=person.gender or told.gender,
        rules=tuple(dict.fromkeys((*placed.rules, *other.rules))),
    )  # fmt: skip


def _code(placed: Person, other: Person) -> str:
    if placed.country is None and other.country is not None and not placed.code.startswith("IGO"):
        return other.country + "".join(placed.sectors[:1])
    return placed.code or other.code
