"""Who held which office when, and under which names news know the holder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, NamedTuple

from detente.lexicon import Entry
from detente.mentions.names import NameIndex, keys_of


class TermEntry(Entry, frozen=True, kw_only=True):
    """One term of one person in one office."""

    person: str
    names: tuple[str, ...] = ()
    """Other spellings: "Sergey Lavrov"."""
    surname: str | None = None
    """The word by which news call the person where it is not the last: "Kim"."""
    alone: bool = False
    """The surname alone tells who it is, in an article without date and country: "Putin", but not "Blair"."""
    gender: Literal["m", "f"] = "m"
    country: str | None = None
    of: str | None = None
    """The body whose office it is, where it is no state's: "NATO"."""
    office: str
    """The role's id ("foreign-minister"), or words where no role fits."""
    sectors: tuple[str, ...] = ("GOV",)
    wikidata: str | None = None
    """The person's item; one term of several suffices."""


class Known(NamedTuple):
    """A person of the lexicon with all terms, in the order of their beginnings."""

    name: str
    surname: str
    gender: Literal["m", "f"]
    terms: tuple[TermEntry, ...]
    by_rank: tuple[TermEntry, ...]
    """The same, the highest offices first: a chancellor who leads a party acts as chancellor."""

    @property
    def country(self) -> str | None:
        """The country whose offices the person has had; heads of organizations may have none here."""
        return next((term.country for term in reversed(self.terms) if term.country), None)

    @property
    def is_known_alone(self) -> bool:
        """Whether the surname says it all."""
        return any(term.alone for term in self.terms)

    def term_at(self, day: str | None) -> TermEntry | None:
        """The term that runs on that day; without a day the last one."""
        if day is None:
            return self.terms[-1]
        return next((term for term in self.by_rank if holds(term, day)), None)

    def has_left(self, day: str | None) -> bool:
        """Whether a term is over and none has begun again."""
        if day is None or self.term_at(day) is not None:
            return False
        return any(term.until is not None and term.until < day for term in self.terms)

    def last_day(self, day: str) -> str:
        """The last day before `day` on which an office was held; "" where none was."""
        if self.term_at(day) is not None:
            return day
        return max((term.until for term in self.terms if term.until is not None and term.until < day), default="")


def holds(entry: Entry, day: str | None) -> bool:
    """Whether the entry holds on that day. Dates may be years or months: "2004" began on its first day."""
    if day is None:
        return True
    if entry.since is not None and day < entry.since:
        return False
    # A day of 2008 is not after "2008": compare as far as the entry is precise.
    return entry.until is None or day[: len(entry.until)] <= entry.until


class Offices:
    """Persons by name, and holders by office."""

    def __init__(self, terms: Iterable[TermEntry], ranks: Mapping[str, int]) -> None:
        """`ranks` are the offices by their height, the highest first."""
        by_person: dict[str, list[TermEntry]] = {}
        for term in terms:
            by_person.setdefault(term.person, []).append(term)
        self.index: NameIndex[Known] = NameIndex()
        self._by_surname: dict[str, list[Known]] = {}
        self._by_office: dict[tuple[str, str], list[tuple[TermEntry, Known]]] = {}
        for name, held in by_person.items():
            self._add(_known(name, held, ranks))

    def _add(self, known: Known) -> None:
        surnames = {known.surname}
        for name in dict.fromkeys((known.name, *(name for term in known.terms for name in term.names))):
            keys = keys_of(name)
            if len(keys) > 1 or name == known.name:
                self.index.add(name, known)
            else:
                # As a name it would find every bearer of the surname.
                surnames.update(keys)
        if " " in known.surname:
            # "Suu Kyi", "de Klerk"
            self.index.add(known.surname, known)
        for surname in surnames:
            self._by_surname.setdefault(surname, []).append(known)
        for term in known.terms:
            whose = term.of or term.country
            if whose:
                self._by_office.setdefault((whose, term.office), []).append((term, known))

    def called(self, surname: str) -> Sequence[Known]:
        """All persons whom news call by this word (a key)."""
        return self._by_surname.get(surname, ())

    def titled(self, surname: str, office: str, day: str | None, told: AbstractSet[str]) -> Known | None:
        """Whom "President Reagan" means, on whatever day: the one in office, else the last before, else the next.

        Of two kings of one name it is that of a country which the article names (`told`).
        """
        held = [(term, one) for one in self.called(surname) for term in one.terms if term.office == office]
        if not held:
            return None
        now = day or "9999"
        return max(held, key=lambda pair: (pair[0].country in told, (pair[0].since or "") <= now, pair[0].since or ""))[
            1
        ]

    def holder(self, whose: str, office: str, day: str | None) -> tuple[TermEntry, Known] | None:
        """Who held the office of this country or body on that day; None when unknown, or no day is given.

        Nobody, either, where several hold it at once: a businessman is not the first one that we know.
        """
        if day is None:
            return None
        found = [one for one in self._by_office.get((whose, office), ()) if holds(one[0], day)]
        return found[0] if len({known.name for _, known in found}) == 1 else None


_NUMBERS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xvi", "jr", "sr"})


def _last_word(name: str) -> str:
    """The word by which news call a person: "Abdullah II" is Abdullah."""
    keys = keys_of(name)
    return next((key for key in reversed(keys) if key not in _NUMBERS), keys[-1])


def _known(name: str, terms: Sequence[TermEntry], ranks: Mapping[str, int]) -> Known:
    surname = next((term.surname for term in terms if term.surname), None)
    key = " ".join(keys_of(surname)) if surname else _last_word(name)
    by_rank = sorted(terms, key=lambda term: ranks.get(term.office, len(ranks)))
    ordered = sorted(by_rank, key=lambda term: term.since or "")
    return Known(name, key, terms[0].gender, tuple(ordered), tuple(by_rank))
