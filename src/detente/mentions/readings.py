"""What the names, roles and persons of a line mean, as mentions and as antecedents of later words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from detente.mentions.cast import Cast, Person
from detente.mentions.line import Line
from detente.mentions.names import STATES, ActorEntry
from detente.mentions.offices import Known, Offices
from detente.mentions.persons import PersonFound
from detente.mentions.roles import Named, Role, is_set_apart, is_worth_before_noun, modifies_noun
from detente.mentions.seats import Seats
from detente.mentions.story import Antecedent
from detente.mentions.who import Namer, actor_of
from detente.model import Actor, ActorMention, Because

_BODIES = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "PTY", "REB", "PRM", "SPY", "BUS", "MNC", "SOC", "NGO"})
# Relations that an adjective has only where it is used as a noun: "an Israeli was held".
_NOUN_RELATIONS = ("nsubj", "obj", "iobj", "obl", "appos")
_PLACED = frozenset({"in", "at", "near", "across", "outside", "inside", "around", "throughout"})
# Those who are mostly of the place where something happens; soldiers, rebels and envoys may come from elsewhere.
_AT_HOME = frozenset({"COP", "CVL", "OPP", "JUD", "LEG", "EDU", "MED", "LAB", "PRM", "CRM", "AGR", "REL", "UAF", "PTY"})
_NUMBER_NOUNS = frozenset({"hundred", "thousand", "dozen", "score", "ten", "million", "number", "group", "handful"})


class Seen(NamedTuple):
    """A stretch of a line that means somebody: a mention, an antecedent, or both."""

    start: int
    mention: ActorMention | None
    antecedent: Antecedent | None


class Readings:
    """Reads the lines of one article once its cast is known."""

    def __init__(
        self, namer: Namer, seats: Seats, offices: Offices, cast: Cast, entries: Mapping[str, ActorEntry],
        day: str | None,
    ) -> None:  # fmt: skip
        self._namer = namer
        self._seats = seats
        self._offices = offices
        self._cast = cast
        self._entries = entries
        self._day = day

    def of(
        self, line: Line, names: Sequence[Named], roles: Sequence[Role], persons: Sequence[PersonFound]
    ) -> list[Seen]:
        """All that the names, roles and persons of a line mean."""
        seen: list[Seen] = []
        taken: set[int] = set()
        for found in persons:
            seen.append(self._person(line, found))
            taken.update(range(found.first, found.last + 1))
        titles = {id(found.title) for found in persons if found.title is not None}
        appositions = {id(found.apposition): found for found in persons if found.apposition is not None}
        used: set[int] = set()
        for role in roles:
            if any(index in taken for index in range(role.noun, role.last + 1)):
                continue
            if id(role) in titles:
                used.update(named.first for named in role.bases)
                continue
            one = self._role(line, role, names, appositions.get(id(role)))
            if one is not None:
                seen.append(one)
                used.update(named.first for named in role.bases if named.first >= role.first)
        for named in names:
            if named.first in used or any(index in taken for index in range(named.first, named.last + 1)):
                continue
            one = self._name(line, named, names)
            if one is not None:
                seen.append(one)
        return [*seen, *self._surnames(line, names, taken)]

    # -----------------------------------------------------------------------------------------------------------------
    # Names

    def _name(self, line: Line, named: Named, names: Sequence[Named]) -> Seen | None:
        entry, how = named.sense
        if entry.kind in ("none", "media") or how == "city" or _is_part_of_longer_name(line, named):
            return None
        if how != "seat" and is_set_apart(line, named):
            return None
        if how == "seat":
            return self._seat(line, named)
        if how == "adjective":
            return self._adjective(line, named)
        actors = tuple(actor_of(sense.entry) for sense in named.senses if sense.how in ("name", "people"))
        if how == "people" or entry.kind == "people":
            return self._people(line, named, self._country_before(named, names))
        top = line.top_of(named.first, named.last)
        because = tuple(Because(rule=s.entry.id, words=(named.start, named.end)) for s in named.senses[:1])
        mention = ActorMention(
            words=(named.start, named.end), head=_span(line, top, top), kind="name", actors=_distinct(actors),
            because=because,
        )  # fmt: skip
        return Seen(named.start, mention, self._antecedent(line, top, actors[:1], entry=entry))

    def _seat(self, line: Line, named: Named) -> Seen | None:
        if not self._seats.is_government(line, named):
            return None
        actors = tuple(self._namer.government_of(s.entry) for s in named.senses if s.how in ("seat", "name"))
        top = line.top_of(named.first, named.last)
        words = (named.start, named.end)
        because = (Because(rule=named.sense.entry.id, words=words), Because(rule="who:seat", words=words))
        mention = ActorMention(words=words, head=words, kind="seat", actors=_distinct(actors), because=because)
        return Seen(named.start, mention, self._antecedent(line, top, actors[:1], entry=named.sense.entry))

    def _adjective(self, line: Line, named: Named) -> Seen | None:
        """ "Russian gas"; where no noun follows the adjective is a noun itself: "an Israeli"."""
        top = line.top_of(named.first, named.last)
        if line.relation(top)[0].startswith(_NOUN_RELATIONS):
            return self._people(line, named)
        words = (named.start, named.end)
        actors = _distinct(actor_of(sense.entry) for sense in named.senses if sense.how == "adjective")
        because = (Because(rule=named.sense.entry.id, words=words),)
        head = _span(line, top, top)
        mention = ActorMention(words=words, head=head, kind="adjective", actors=actors, because=because)
        state = self._state(named.sense.entry)
        return Seen(named.start, mention, Antecedent(line.number, top, (), False, False, False, None, state))

    def _country_before(self, named: Named, names: Sequence[Named]) -> ActorEntry | None:
        """The country of "Iraqi Sunnis" and "Rakhine Buddhists"."""
        if named.sense.entry.kind != "people":
            return None
        return next((n.sense.entry for n in names if n.last == named.first - 1 and n.sense.entry.kind in STATES), None)

    def _people(self, line: Line, named: Named, country: ActorEntry | None = None) -> Seen | None:
        """ "Two Russians" are civilians; "the Russians" may be the state."""
        entry = named.sense.entry
        if country is not None:
            actor = self._namer.role(country, entry.sectors)
            words = (named.start, named.end)
            because = (Because(rule=entry.id, words=words), Because(rule=country.id, words=words))
            top = line.top_of(named.first, named.last)
            head = _span(line, top, top)
            mention = ActorMention(words=words, head=head, kind="role", actors=(actor,), because=because)
            return Seen(named.start, mention, self._antecedent(line, top, (actor,), entry=country, plural=True))
        top = line.top_of(named.first, named.last)
        counted = _is_counted(line, top)
        persons = self._namer.role(entry, ("CVL",)) if not entry.sectors else actor_of(entry)
        actors = (persons, actor_of(entry)) if counted else (actor_of(entry), persons)
        words = (named.start, named.end)
        because = (Because(rule=entry.id, words=words), Because(rule="who:people", words=words))
        mention = ActorMention(
            words=words, head=_span(line, top, top), kind="role", actors=_distinct(actors), because=because
        )
        return Seen(named.start, mention, self._antecedent(line, top, actors[:1], entry=entry, plural=True))

    # -----------------------------------------------------------------------------------------------------------------
    # Roles

    def _role(self, line: Line, role: Role, names: Sequence[Named], of_person: PersonFound | None) -> Seen | None:
        if of_person is None and not _is_somebody(line, role):
            return None
        if modifies_noun(line, role) and not is_worth_before_noun(role):
            return None
        words = (line.tokens[role.first].start, line.tokens[role.last].end)
        head = _span(line, role.head, role.head)
        because = (
            Because(rule=role.entry.id, words=_span(line, role.noun, role.last)),
            *(Because(rule=named.sense.entry.id, words=(named.start, named.end)) for named in role.bases),
            *(Because(rule=change.id, words=words) for change in role.changes),
        )
        if of_person is not None:
            persons = [person for person in self._cast.of(of_person) if person.is_placed]
            if persons:
                mention = ActorMention(
                    words=words, head=head, kind="office", actors=(persons[0].actor,),
                    because=(*because, Because(rule="who:apposition", words=words)),
                )  # fmt: skip
                return Seen(words[0], mention, None)
        if of_person is not None and not _is_somebody(line, role):
            return None
        if len(role.bases) > 1:
            return self._several(line, role, words, head, because)
        actors, rules = self._one(line, role)
        if not role.bases and actors[0].country is None:
            actors, rules = self._of_place(line, role, names, actors, rules)
        kind: Literal["office", "role"] = "office" if role.entry.kind == "office" else "role"
        mention = ActorMention(
            words=words, head=head, kind=kind, actors=actors,
            because=(*because, *(Because(rule=rule, words=words) for rule in rules)),
        )  # fmt: skip
        entry = role.bases[0].sense.entry if role.bases else None
        is_person = role.entry.kind == "office" and not role.plural
        antecedent = self._antecedent(
            line,
            role.head,
            actors[:1] if is_person or role.plural or _is_body(role) else (),
            entry=entry,
            plural=role.plural,
            person=is_person,
            bare=entry is None,
        )
        if entry is None and is_person and actors[0].country is not None:
            antecedent = antecedent._replace(state=self._state_of_actor(actors[0]))
        return Seen(words[0], mention, antecedent)

    def _several(
        self, line: Line, role: Role, words: tuple[int, int], head: tuple[int, int], because: tuple[Because, ...]
    ) -> Seen:
        """ "US, NATO troops": all of them together."""
        sectors = _sectors(role)
        actors = _distinct(self._namer.role(named.sense.entry, sectors) for named in role.bases)
        mention = ActorMention(words=words, head=head, kind="group", actors=actors, because=because)
        antecedent = Antecedent(
            line.number, role.head, actors, False, True, line.is_subject(role.head), None,
            self._state(role.bases[0].sense.entry),
        )  # fmt: skip
        return Seen(words[0], mention, antecedent)

    def _one(self, line: Line, role: Role) -> tuple[tuple[Actor, ...], tuple[str, ...]]:
        """Readings of a role with one base or none, and the rules that gave them."""
        base = role.bases[0].sense.entry if role.bases else self._owner_state(role)
        actor = self._namer.role(base, _sectors(role))
        if role.plural or role.entry.kind != "office" or role.changes or role.body is not None:
            return (actor,), ()
        if base is not None:
            return self._holder(base, role, actor)
        person = self._last_in_office(role)
        if person is not None:
            return (person.actor, actor), ("who:office",)
        return (actor,), ()

    def _of_place(
        self, line: Line, role: Role, names: Sequence[Named], actors: tuple[Actor, ...], rules: tuple[str, ...]
    ) -> tuple[tuple[Actor, ...], tuple[str, ...]]:
        """ "In Tehran, riot police beat protesters": of the only country that the sentence names, as a place."""
        if not set(role.sectors[:1]) & _AT_HOME:
            return actors, rules
        told = {named.sense.entry.country: named for named in names if named.sense.entry.country is not None}
        if len(told) != 1:
            return actors, rules
        named = next(iter(told.values()))
        if named.sense.entry.kind not in STATES or line.case_of(line.top_of(named.first, named.last)) not in _PLACED:
            return actors, rules
        local = self._namer.role(named.sense.entry, _sectors(role))
        return (local, *actors), (*rules, named.sense.entry.id, "who:place")

    def _owner_state(self, role: Role) -> ActorEntry | None:
        """The country of "Putin's spokesman" and of "the Obama administration"."""
        if role.owner is None:
            return None
        person = next((p for p in self._cast.called(role.owner) if p.country), None)
        if person is not None:
            return self._entries.get(person.country or "")
        known = [k for k in self._offices.called(role.owner) if self._day and k.term_at(self._day) is not None]
        return self._entries.get(known[0].terms[-1].country or "") if known else None

    def _holder(self, base: ActorEntry, role: Role, actor: Actor) -> tuple[tuple[Actor, ...], tuple[str, ...]]:
        """ "the Israeli prime minister": the one whom the article names; else the office, then who held it that day."""
        whose = base.country or base.short
        person = self._cast.in_office(whose, role.entry.short)
        if person is not None:
            return (person.actor, actor), ("who:office",)
        held = self._offices.holder(whose, role.entry.short, self._day)
        if held is None:
            return (actor,), ()
        term, known = held
        told = _holder_actor(known, actor)
        return (actor, told), (term.id,)

    def _last_in_office(self, role: Role) -> Person | None:
        """ "the minister": the only person of the article with an office of this kind."""
        fitting = [
            person
            for person in self._cast.persons()
            if person.office and (person.office == role.entry.short or person.office.endswith(f"-{role.entry.short}"))
        ]
        return fitting[0] if len(fitting) == 1 else None

    # -----------------------------------------------------------------------------------------------------------------
    # Persons

    def _person(self, line: Line, found: PersonFound) -> Seen:
        persons = self._cast.of(found)
        if not persons:
            persons = self._leaders_called(line, found)
        placed = [person for person in persons if person.is_placed]
        first = found.title.first if found.title is not None else found.first
        words = (line.tokens[first].start, line.tokens[found.last].end)
        gender = found.gender or (persons[0].gender if persons else None)
        actors = tuple(person.actor for person in placed)
        top = line.top_of(found.first, found.last)
        antecedent = Antecedent(
            line.number, top, actors, True, False, line.is_subject(self._role_top(line, found, top)), gender,
            self._state_of(placed[0]) if placed else None, line.relation(top)[1] if line.is_subject(top) else -1,
        )  # fmt: skip
        if not placed:
            return Seen(words[0], None, antecedent)
        because = tuple(Because(rule=rule, words=words) for rule in placed[0].rules)
        head = _span(line, found.last, found.last)
        mention = ActorMention(words=words, head=head, kind="name", actors=actors, because=because)
        return Seen(words[0], mention, antecedent)

    def _role_top(self, line: Line, found: PersonFound, top: int) -> int:
        """Parsers differ on whether the title or the name carries "President Obama"."""
        return line.top_of(found.title.first, found.last) if found.title is not None else top

    def _leaders_called(self, line: Line, found: PersonFound) -> list[Person]:
        """ "Obama" without more, in an article that names him nowhere in full: who then held an office, or just had."""
        if len(found.words) > 1 or self._day is None:
            return []
        day = self._day
        recent = [known for known in self._offices.called(found.surname) if _years(known.last_day(day), day) <= 6]
        recent.sort(key=lambda known: known.last_day(day), reverse=True)
        return [self._leader(known, day) for known in recent]

    def _leader(self, known: Known, day: str) -> Person:
        term = known.term_at(day)
        held = term or known.terms[-1]
        base = self._entries.get(held.of or held.country or "") if term else self._entries.get(held.country or "")
        actor = self._namer.role(base, held.sectors if term else ("ELI",))
        return Person(
            name=known.name, words=(known.surname,), surname=known.surname, country=actor.country,
            sectors=actor.sectors, code=actor.code, whose=held.of or held.country, office=term.office if term else None,
            gender=known.gender, rules=(held.id, "who:surname"),
        )  # fmt: skip

    def _surnames(self, line: Line, names: Sequence[Named], taken: set[int]) -> list[Seen]:
        """Surnames of the cast that the language model did not take for persons."""
        blocked = {index for named in names for index in range(named.first, named.last + 1)}
        seen: list[Seen] = []
        for word in line.words:
            if not word.form[0].isupper() or not self._cast.called(word.key):
                continue
            index = line.token_at(word.start)
            token = line.tokens[index]
            if index in taken or index in blocked or token.upos != "PROPN":
                continue
            taken.add(index)
            seen.append(self._person(line, PersonFound(index, index, word.form, (word.key,), None, None, None, ())))
        return seen

    # -----------------------------------------------------------------------------------------------------------------

    def _antecedent(
        self, line: Line, top: int, actors: Iterable[Actor], *, entry: ActorEntry | None, plural: bool = False,
        person: bool = False, bare: bool = False,
    ) -> Antecedent:  # fmt: skip
        state = self._state(entry) if entry is not None and not bare else None
        is_subject = line.is_subject(top)
        predicate = line.relation(top)[1] if is_subject else -1
        return Antecedent(line.number, top, tuple(actors), person, plural, is_subject, None, state, predicate)

    def _state(self, entry: ActorEntry) -> Actor | None:
        """The country of an entry, or the entry itself where it is no country's."""
        if entry.kind in ("media", "none", "people", "bloc"):
            return None
        if entry.kind in STATES or entry.country is None:
            return actor_of(entry)
        state = self._entries.get(entry.country)
        return actor_of(state) if state is not None and entry.kind == "service" else actor_of(entry)

    def _state_of_actor(self, actor: Actor) -> Actor | None:
        entry = self._entries.get(actor.country or "")
        return actor_of(entry) if entry is not None else None

    def _state_of(self, person: Person) -> Actor | None:
        entry = self._entries.get(person.whose or person.country or "")
        return actor_of(entry) if entry is not None else None


def _is_counted(line: Line, top: int) -> bool:
    """ "two Russians", "an Israeli", "hundreds of Palestinians" are persons, "the Russians" may be their state."""
    children = [line.tokens[child] for child in line.children(top)]
    if any(child.upos == "NUM" or child.form.lower() in ("a", "an", "another", "many", "some") for child in children):
        return True
    head = line.tokens[top].head
    return head >= 0 and line.tokens[head].lemma.lower() in _NUMBER_NOUNS


def _is_body(role: Role) -> bool:
    """Whether "it" may take the role up: an army, a party, a firm, but no single teacher."""
    return bool(set(role.sectors[:1]) & _BODIES)


def _is_somebody(line: Line, role: Role) -> bool:
    """A "member" is nobody until something says of what, a "home" until it is told whose; "as president" is a post."""
    if not role.sectors:
        return any(named.sense.entry.kind not in STATES for named in role.bases)
    if role.entry.needs_owner:
        return bool(role.bases)
    return line.case_of(role.head) not in ("as", "per")


def _years(earlier: str, later: str) -> int:
    return int(later[:4]) - int(earlier[:4]) if earlier else 9999


def _sectors(role: Role) -> tuple[str, ...]:
    """The role's sectors after its modifiers: "former minister" is ELI, "opposition lawmaker" is LEG, OPP."""
    sectors = role.sectors
    for change in role.changes:
        if change.sectors in (("OPP",), ("PRM",)) and sectors[:1] != ("GOV",):
            sectors = (*sectors, *change.sectors)
        elif change.short in ("former", "rebel", "opposition") or sectors[:1] in (("CVL",), ("GOV",), ("UNK",)):
            sectors = change.sectors
    return tuple(dict.fromkeys(sectors))


def _holder_actor(known: Known, office: Actor) -> Actor:
    person = Person(
        name=known.name, words=(known.surname,), surname=known.surname, country=office.country,
        sectors=office.sectors, code=office.code,
    )  # fmt: skip
    return person.actor


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple({actor.id: actor for actor in reversed(list(actors))}.values())[::-1]


def _span(line: Line, first: int, last: int) -> tuple[int, int]:
    return line.tokens[first].start, line.tokens[last].end


def _is_part_of_longer_name(line: Line, named: Named) -> bool:
    """Whether the words are a piece of a person's or a firm's name: "Chad Smith", "Banco do Brasil"."""
    first, last = line.tokens[named.first], line.tokens[named.last]
    if first.name == "I-PER" or (first.name == "B-PER" and _goes_on(line, named.last, "I-PER")):
        return True
    if last.relation == "flat" and last.head < named.first and first.name.endswith("PER"):
        return True
    return named.sense.entry.kind in STATES and named.sense.how == "name" and _has_given_name(line, named)


def _goes_on(line: Line, last: int, tag: str) -> bool:
    return last + 1 < len(line.tokens) and line.tokens[last + 1].name == tag


def _has_given_name(line: Line, named: Named) -> bool:
    """ "Michael Jordan", "Chad Smith" by the tree alone: joined flat to a neighbour that is a name."""
    first, last = named.first, named.last
    if line.tokens[first].relation == "flat" and line.tokens[first].head == first - 1:
        return line.tokens[first - 1].upos == "PROPN"
    after = last + 1
    if after >= len(line.tokens) or line.tokens[after].relation != "flat":
        return False
    return line.tokens[after].head in (first, last)
