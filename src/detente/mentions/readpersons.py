"""What persons' names mean: who it is by the article's cast, or by the lexicon's offices on the article's day."""

from __future__ import annotations

from collections.abc import Sequence

from detente.mentions.background import Background
from detente.mentions.cast import Cast, Person
from detente.mentions.gazetteer import population_of
from detente.mentions.line import Line
from detente.mentions.names import key_of
from detente.mentions.offices import Known, TermEntry, holds
from detente.mentions.persons import PersonFound
from detente.mentions.roles import Named
from detente.mentions.seen import Seen, antecedent_at, is_state, span
from detente.model import ActorMention, Because

# A leader is called by the surname alone for some years after leaving office; longer ago, somebody else is meant.
_YEARS_REMEMBERED = 6
_YEARS_ALONE = 15
"""The same, for a surname that nobody else bears."""
# Inhabitants of a country whose leader news name without it.
_LARGE = 3_000_000


class PersonReader:
    """Reads the persons of a line once the article's cast is known."""

    def __init__(self, background: Background, cast: Cast, heads: Sequence[str]) -> None:
        """`heads` are the offices whose holders the world calls by their surname alone, the highest first."""
        self._with = background
        self._cast = cast
        self._heads = heads

    def read(self, line: Line, found: PersonFound) -> Seen:
        """Who is meant. A person of whom nothing is known is no mention, but "he" may mean that person."""
        persons = self._cast.of(found) or self._leaders_called(line, found)
        placed = [person for person in persons if person.is_placed]
        first = found.title.first if found.title is not None else found.first
        words = span(line, first, found.last)
        # Parsers differ on whether the title or the name carries "President Obama".
        top = line.top_of(found.title.first if found.title is not None else found.first, found.last)
        state = (
            self._with.states.actor(placed[0].whose) or self._with.states.actor(placed[0].country) if placed else None
        )
        actors = tuple(person.actor for person in placed)
        antecedent = antecedent_at(line, top, actors, state, person=True)
        antecedent = antecedent._replace(gender=found.gender or (persons[0].gender if persons else None))
        if not placed:
            return Seen(words[0], None, antecedent)
        because = tuple(Because(rule=rule, words=words) for rule in placed[0].rules)
        head = span(line, found.last, found.last)
        mention = ActorMention(words=words, head=head, kind="name", actors=actors, because=because)
        return Seen(words[0], mention, antecedent)

    def surnames(self, line: Line, names: Sequence[Named], taken: set[int]) -> list[Seen]:
        """Surnames of the cast that the language model did not take for persons. Adds their tokens to `taken`."""
        blocked = {index for named in names for index in range(named.first, named.last + 1)}
        seen: list[Seen] = []
        for word in line.words:
            if not word.form[0].isupper():
                continue
            index = line.token_at(word.start)
            if not self._cast.called(word.key) and not self._is_owned(line, index, word.key, names):
                continue
            if index in taken or index in blocked or not _stands_alone(line, index):
                continue
            taken.add(index)
            seen.append(self.read(line, PersonFound(index, index, word.form, (word.key,), None, None, None, ())))
        return seen

    def has_name(self, line: Line, named: Named) -> bool:
        """ "Jordan smiled", of Michael Jordan or Jordan Smith, named in full elsewhere; "in Jordan" is the country."""
        if named.first != named.last or named.sense.how != "name" or not is_state(named.sense.entry):
            return False
        return self._cast.has_name(key_of(named.text)) and not line.case_of(named.first)

    def _is_owned(self, line: Line, index: int, surname: str, names: Sequence[Named]) -> bool:
        """ "the EU's Solana": a name behind its country or body, known to the lexicon."""
        if index < 2 or line.tokens[index - 1].form not in ("'s", "\u2019s"):
            return False
        owner = next((named.sense.entry for named in names if named.last == index - 2), None)
        if owner is None:
            return False
        whose = {owner.short, owner.country}
        return any(
            term.of in whose or term.country in whose for k in self._with.offices.called(surname) for term in k.terms
        )

    def _leaders_called(self, line: Line, found: PersonFound) -> list[Person]:
        """ "Obama" without more, in an article that names him nowhere in full: who then held an office, or just had.

        Leaders of larger countries come first; anybody else must be of a country or body that the article names, and
        the only one of that surname.
        """
        day = self._with.day
        if len(found.words) > 1 or not (line.is_shouted or _is_in_case(found.name)):
            return []
        called = self._with.offices.called(found.surname)
        if day is not None:
            remembered = _YEARS_REMEMBERED if len(called) > 1 else _YEARS_ALONE
            called = [one for one in called if _years(one.last_day(day), day) <= remembered]
            called.sort(key=lambda one: one.last_day(day), reverse=True)
        leaders = [one for one in called if self._led(one) is not None and self._is_known_for_it(one)]
        leaders.sort(key=lambda one: (not self._has_told(one), self._led(one)))
        others = [one for one in called if self._has_told(one)]
        if day is None:
            # Whoever it was, and whenever: one leader of the name, whom everybody knows or whose country is named.
            leaders = [one for one in leaders if one.is_known_alone or self._has_told(one)]
            return [self._leader(one, None) for one in leaders] if len(leaders) == 1 else []
        return [self._leader(one, day) for one in (leaders or (others if len(others) == 1 else ()))]

    def _led(self, known: Known) -> tuple[bool, int] | None:
        """Whether the person leads a state no more, and the rank of the office; without a day, of any ever held."""
        day = self._with.day
        state = [term for term in known.terms if term.sectors[:1] in (("GOV",), ("MIL",))]  # no lord of drugs
        now = {term.office for term in state if day is None or holds(term, day)}
        before = {term.office for term in state if day is not None and _is_over(term, day)}
        ranks = [
            (is_over, rank)
            for is_over, offices in ((False, now), (True, before))
            for rank, office in enumerate(self._heads)
            if office in offices
        ]
        return ranks[0] if ranks else None

    def _is_known_for_it(self, known: Known) -> bool:
        # Of states that are no more nobody counts the inhabitants.
        return self._has_told(known) or (population_of(known.country) or _LARGE) >= _LARGE

    def _has_told(self, known: Known) -> bool:
        return any(whose in self._with.told for term in known.terms for whose in (term.country, term.of))

    def _leader(self, known: Known, day: str | None) -> Person:
        term = known.term_at(day)
        whose = (term.of or term.country) if term is not None else known.country
        base = self._with.states.entry(whose)
        actor = self._with.namer.role(base, term.sectors if term is not None else ("ELI",))
        return Person(
            name=known.name, words=(known.surname,), surname=known.surname, country=actor.country,
            sectors=actor.sectors, code=actor.code, whose=whose, office=term.office if term is not None else None,
            gender=known.gender, rules=((term or known.terms[-1]).id, "who:surname"),
        )  # fmt: skip


def _stands_alone(line: Line, index: int) -> bool:
    """ "Johnson said", but not "the Johnson Space Center"."""
    token = line.tokens[index]
    return token.upos == "PROPN" and not (token.relation == "compound" and token.head > index)


def _is_in_case(name: str) -> bool:
    """ "Nash", but neither "nash" nor "NASH"."""
    return name[:1].isupper() and not (len(name) > 1 and name.isupper())


def _is_over(term: TermEntry, day: str) -> bool:
    return term.until is not None and term.until < day


def _years(earlier: str, later: str) -> int:
    """Years between two days; many where there is no earlier day."""
    return int(later[:4]) - int(earlier[:4]) if earlier else 9999
