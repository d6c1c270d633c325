"""Words that mean somebody named before: pronouns, "his country", "the two sides", "the Council", "the alliance".

The story so far is a list of antecedents in reading order; each rule looks back a few sentences and no farther.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from detente.mentions.line import Line
from detente.mentions.persons import Gender
from detente.mentions.roles import RoleEntry
from detente.model import Actor

# "He" rarely reaches over more than two sentences; "the two sides" may stand for the actors of the whole lead.
_SENTENCES_BACK = 3
_SENTENCES_BACK_FOR_GROUPS = 8
_REMEMBERED = 300

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})


class Antecedent(NamedTuple):
    """Somebody whom a later word may take up."""

    line: int
    token: int
    actors: tuple[Actor, ...]
    is_person: bool
    is_plural: bool
    is_subject: bool
    gender: Gender | None
    state: Actor | None
    """The country or body that it belongs to, as an actor."""
    role: str | None = None
    """The role's entry: "the army" takes up "the Pakistani army"."""
    predicate: int = -1
    """The token that a subject is the subject of: members of one list share it."""


class Story:
    """The antecedents of an article, or of one headline among its related readings."""

    def __init__(self) -> None:
        self._told: list[Antecedent] = []

    def tell(self, antecedents: Iterable[Antecedent]) -> None:
        """Adds those of a line, in order of their place."""
        self._told.extend(antecedents)
        # Nobody is taken up from farther back, and a page of a million words stays quick.
        del self._told[:-_REMEMBERED]

    def pronoun(self, line: Line, token: int, here: Sequence[Antecedent]) -> Antecedent | None:
        """Whom a pronoun stands for; None when nobody fits."""
        fits = _fitting(line, token)
        if fits is None:
            return None
        form = line.tokens[token].form.lower()
        doer = None if form in _REFLEXIVE else line.subject_over(token)
        if doer is not None:
            # "He urged him": two persons.
            here = [a for a in here if not line.is_under(a.token, doer)]
        own = self._owner(line, token, here, fits)
        if own is not None:
            return own
        if form in _THEY:
            return (
                self._listed(line, token, here)
                or self._last(line, token, here, lambda a: a.is_plural)
                or self._last(line, token, here, lambda a: fits(a) and a.is_subject)
            )
        return self._last(line, token, here, fits)

    def _owner(
        self, line: Line, token: int, here: Sequence[Antecedent], fits: Callable[[Antecedent], bool]
    ) -> Antecedent | None:
        """ "Eritrea welcomed Kenya's plan to recall its envoy": Kenya, whose deed it is done to."""
        owned = line.tokens[token].head
        if line.tokens[token].xpos != "PRP$" or owned < 0 or line.relation(owned)[0] != "obj":
            return None
        doer = line.subject_over(owned)
        if doer is None:
            return None
        return next((a for a in here if a.token < token and line.is_under(a.token, doer) and fits(a)), None)

    def _listed(self, line: Line, token: int, here: Sequence[Antecedent]) -> Antecedent | None:
        """The members of a list that is the subject before: "The Arab League and the African Union said they"."""
        for number in (line.number, line.number - 1):
            pool = [a for a in here if a.token < token] if number == line.number else self._at(number)
            lists: dict[int, list[Antecedent]] = {}
            for antecedent in pool:
                if antecedent.predicate >= 0 and antecedent.actors:
                    lists.setdefault(antecedent.predicate, []).append(antecedent)
            several = [members for members in lists.values() if len(members) > 1]
            if several:
                actors = tuple({m.actors[0].id: m.actors[0] for m in several[-1]}.values())
                return several[-1][0]._replace(actors=actors, is_plural=True, is_person=False, state=None)
            if pool:
                return None
        return None

    def _last(
        self, line: Line, token: int, here: Sequence[Antecedent], fits: Callable[[Antecedent], bool]
    ) -> Antecedent | None:
        """The subject before all others, then the nearest: of this sentence, else of the one before."""
        for number in range(line.number, line.number - _SENTENCES_BACK, -1):
            pool = here if number == line.number else self._at(number)
            fitting = [a for a in pool if fits(a) and (number != line.number or a.token < token)]
            if fitting:
                subjects = [a for a in fitting if a.is_subject]
                # In an earlier sentence its topic comes first; in this one the nearest subject.
                if subjects:
                    return subjects[-1] if number == line.number else subjects[0]
                return fitting[-1]
        return None

    def all(self, here: Sequence[Antecedent], token: int) -> list[Antecedent]:
        """All told before a token, the last first."""
        return [*(a for a in reversed(here) if a.token < token), *self._back()]

    def _at(self, number: int) -> list[Antecedent]:
        return [a for a in self._back() if a.line == number][::-1]

    def _back(self) -> Iterator[Antecedent]:
        return reversed(self._told)

    def role(self, line: Line, token: int, role: str, here: Sequence[Antecedent]) -> Antecedent | None:
        """The last who had the same role and whose country was told."""
        for antecedent in self.all(here, token):
            if line.number - antecedent.line > _SENTENCES_BACK_FOR_GROUPS:
                return None
            if antecedent.role == role and antecedent.actors and antecedent.state is not None:
                return antecedent
        return None

    def group(self, line: Line, entry: RoleEntry, token: int, here: Sequence[Antecedent]) -> tuple[Actor, ...]:
        """The last so many who fit "the two sides" or "both countries"; nobody rather than too few."""
        wanted = entry.count or 2
        found: dict[str, Actor] = {}
        before = [a for a in here if a.token < token]
        for antecedent in (*reversed(before), *self._back()):
            if line.number - antecedent.line > _SENTENCES_BACK_FOR_GROUPS:
                break
            for actor in _as_wanted(antecedent, entry):
                found.setdefault(actor.id, actor)
            if len(found) >= wanted:
                return tuple(reversed(list(found.values())[:wanted]))
        return ()


def _fitting(line: Line, token: int) -> Callable[[Antecedent], bool] | None:
    """What somebody must be to be meant by a pronoun; None for words that are none, or stand for nobody."""
    form = line.tokens[token].form.lower()
    gender = _HE.get(form)
    if gender is not None:
        return lambda a: a.is_person and a.gender in (None, gender)
    if form in _IT and not is_empty_it(line, token):
        return lambda a: bool(a.actors) and not a.is_person and not a.is_plural
    if form in _THEY:
        return lambda a: bool(a.actors) and not a.is_person
    return None


def _as_wanted(antecedent: Antecedent, entry: RoleEntry) -> Iterable[Actor]:
    if entry.refers == "person":
        if antecedent.is_plural and antecedent.predicate >= 0:
            return antecedent.actors  # "the presidents of Armenia and Azerbaijan"
        return antecedent.actors[:1] if antecedent.is_person else ()
    state = antecedent.state
    if state is None or (entry.refers == "country" and state.country is None):
        return ()
    return (state,)


def is_empty_it(line: Line, token: int) -> bool:
    """Whether "it" stands for nothing: "it is up to Georgia", "it was Moscow that"; not so in "it is ready"."""
    if line.tokens[token].form.lower() != "it":
        return False
    relation, head = line.tokens[token].relation, line.tokens[token].head
    if relation.startswith("expl"):
        return True
    if not relation.startswith("nsubj") or not 0 <= head < len(line.tokens):
        return False
    children = [line.tokens[child] for child in line.children(head)]
    has_copula = any(child.relation == "cop" for child in children)
    has_clause = any(child.relation in ("csubj", "ccomp", "acl:relcl", "acl", "advcl:relcl") for child in children)
    return has_copula and (has_clause or line.tokens[head].upos in ("ADP", "ADV", "PROPN", "NUM"))
