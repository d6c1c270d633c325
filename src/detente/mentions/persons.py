"""Finds persons in a line, with what stands beside the name and tells who they are.

"Russian Foreign Minister Sergei Lavrov"             title before the name
"Russia's foreign minister, Sergei Lavrov, said"     title before a comma
"Sergei Lavrov, the Russian foreign minister, said"  apposition behind the name
"Mr Lavrov", "Lavrov"                                told elsewhere in the article
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from detente.mentions.bases import works_as_adjective
from detente.mentions.line import Line
from detente.mentions.names import STATES, key_of, keys_of, words_of
from detente.mentions.offices import Known, Offices
from detente.mentions.roles import Named, Role

_LONGEST_NAME = 6
# How far behind the comma the noun of an apposition may begin: "X, the outspoken Russian foreign minister".
_LONGEST_APPOSITION = 5
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})

Gender = Literal["m", "f"]


class PersonFound(NamedTuple):
    """A person's name in a line with the roles beside it."""

    first: int
    last: int
    name: str
    words: tuple[str, ...]
    """The name's words as keys."""
    title: Role | None
    apposition: Role | None
    gender: Gender | None
    known: tuple[Known, ...]
    called: str | None = None
    """The key of a surname of several words, where the name is no more than that: "Suu Kyi"."""
    home: Named | None = None
    """ "President Dioncounda Traore of Mali": the country behind the name."""

    @property
    def role(self) -> Role | None:
        """What stands beside the name; a title in front says more than an apposition behind."""
        return self.title or self.apposition

    @property
    def surname(self) -> str:
        """The word by which later sentences call the person: the last, Jr and the like left out."""
        if self.called is not None:
            return self.called
        if self.known:
            return self.known[0].surname
        return next((word for word in reversed(self.words) if word not in _SUFFIXES), self.words[-1])


class _Span(NamedTuple):
    first: int
    last: int
    known: tuple[Known, ...] = ()
    called: str | None = None


def persons_of(
    line: Line, names: Sequence[Named], roles: Sequence[Role], offices: Offices, honorifics: Mapping[str, Gender | None]
) -> list[PersonFound]:
    """All persons of a line, from left to right."""
    spans = list(_known_spans(line, names, offices))
    taken = {index for span in spans for index in range(span.first, span.last + 1)}
    for span in (*_tagged_spans(line), *_titled_spans(line, roles, names)):
        trimmed = _trimmed(line, span, names, roles, honorifics)
        if trimmed is None or any(index in taken for index in range(trimmed.first, trimmed.last + 1)):
            continue
        if _is_a_name_of_another(trimmed, names) or _is_a_title(trimmed, roles):
            continue
        spans.append(trimmed)
        taken.update(range(trimmed.first, trimmed.last + 1))
    spans.sort()
    starts = {span.first for span in spans}
    return [_with_roles(line, span, names, roles, starts, honorifics) for span in spans]


def _known_spans(line: Line, names: Sequence[Named], offices: Offices) -> Iterator[_Span]:
    """Full names that the lexicon knows."""
    for hit in offices.index.find(line.words, line.text, line.sentence.start):
        first = line.token_at(line.words[hit.first].start)
        last = line.token_at(line.words[hit.last].start)
        around = [n for n in names if n.first <= first and last <= n.last and n.sense.how == "name"]
        if any(n.last - n.first > last - first for n in around):
            continue  # "Konrad Adenauer Foundation"
        called = " ".join(word.key for word in line.words[hit.first : hit.last + 1])
        is_surname = all(known.surname == called != " ".join(keys_of(known.name)) for known in hit.found)
        yield _Span(first, last, (), called) if is_surname else _Span(first, last, hit.found)


def _tagged_spans(line: Line) -> Iterator[_Span]:
    """What the language model takes for persons."""
    first = -1
    for index, token in enumerate(line.tokens):
        if token.name == "B-PER" or (token.name == "I-PER" and first < 0):
            if first >= 0:
                yield _Span(first, index - 1)
            first = index
        elif token.name != "I-PER" and first >= 0:
            yield _Span(first, index - 1)
            first = -1
    if first >= 0:
        yield _Span(first, len(line.tokens) - 1)


def _titled_spans(line: Line, roles: Sequence[Role], names: Sequence[Named]) -> Iterator[_Span]:
    """Capitalised words behind a title, where the model saw no person."""
    blocked = {index for named in names for index in range(named.first, named.last + 1)}
    begun = {role.noun for role in roles}
    for role in roles:
        if role.entry.kind != "office" or role.plural or line.is_shouted:
            continue
        last = role.last
        while last + 1 < len(line.tokens) and last - role.last < _LONGEST_NAME:
            if last + 1 in blocked or last + 1 in begun or not _is_name_part(line, last + 1):
                break
            last += 1
        # A capitalised phrase such as "Prime Minister Office" ends in a common noun.
        if last > role.last and line.tokens[last].upos == "PROPN" and line.tokens[role.last + 1].form[0].isupper():
            yield _Span(role.last + 1, last)


def _is_name_part(line: Line, index: int) -> bool:
    token = line.tokens[index]
    if token.form[0].isupper():
        return token.upos == "PROPN"
    beside = index > 0 and line.tokens[index - 1].end == token.start
    return beside and (token.form in ("-", "'", "\u2019") or line.tokens[index - 1].form == "-")


def _trimmed(
    line: Line, span: _Span, names: Sequence[Named], roles: Sequence[Role], honorifics: Mapping[str, Gender | None]
) -> _Span | None:
    """The span without titles, adjectives and "Mr" that the model took into the name; None when nothing is left."""
    first, last = span.first, span.last
    by_noun = {role.noun: role for role in roles}
    by_first = {named.first: named for named in names}
    while first <= last:
        if first in by_noun and by_noun[first].last < last:
            first = by_noun[first].last + 1
        elif first in by_first and by_first[first].last < last and _leads_to_title(by_first[first], by_noun):
            first = by_first[first].last + 1
        elif key_of(line.tokens[first].form.rstrip(".")) in honorifics or line.tokens[first].form in (".", "of"):
            first += 1
        else:
            break
    for role in roles:
        # "Emeritus Professor John Burrows"
        if role.entry.kind == "office" and first < role.noun and role.last < last and not _is_suffix(line, last):
            first = role.last + 1
    for named in names:
        # "King Abdullah of Jordan"
        if first < named.first - 1 and named.last == last and line.tokens[named.first - 1].form == "of":
            last = named.first - 2
    while last >= first and not line.tokens[last].form[-1:].isalnum():
        last -= 1
    return _Span(first, last) if first <= last else None


def _is_suffix(line: Line, index: int) -> bool:
    return key_of(line.tokens[index].form.rstrip(".")) in _SUFFIXES


def _leads_to_title(named: Named, by_noun: Mapping[int, Role]) -> bool:
    return works_as_adjective(named) or named.sense.how == "adjective" or named.last + 1 in by_noun


def _is_a_name_of_another(span: _Span, names: Sequence[Named]) -> bool:
    """Whether the lexicon knows the very words as something else: a country tagged as a person.

    Names of nobody ("Chad Smith") may well be a person's, of whom nothing is known.
    """
    return any(
        named.first <= span.first and span.last <= named.last
        and named.sense.how != "city" and named.sense.entry.kind != "none"
        for named in names
    )  # fmt: skip


def _is_a_title(span: _Span, roles: Sequence[Role]) -> bool:
    """Whether nothing is left but a title: "Pope urges peace"."""
    return any(role.noun <= span.first and span.last <= role.last for role in roles)


def _with_roles(
    line: Line, span: _Span, names: Sequence[Named], roles: Sequence[Role], starts: set[int],
    honorifics: Mapping[str, Gender | None],
) -> PersonFound:  # fmt: skip
    begin, end = line.tokens[span.first].start, line.tokens[span.last].end
    name = line.text[begin - line.sentence.start : end - line.sentence.start]
    before = span.first - 1
    gender: Gender | None = None
    while before >= 0:
        key = key_of(line.tokens[before].form.rstrip("."))
        if key not in honorifics and line.tokens[before].form != ".":
            break
        gender = honorifics.get(key) or gender
        before -= 1
    title = _title(line, before, roles)
    return PersonFound(
        span.first, span.last, name, (span.called,) if span.called else _keys(name),
        title, _apposition(line, span, roles, starts), gender, span.known, span.called, _home(line, span, names),
    )  # fmt: skip


def _keys(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(name)) or (key_of(name),)


def _home(line: Line, span: _Span, names: Sequence[Named]) -> Named | None:
    """The country behind the name: "Prime Minister Patrice Trovoada of the island state of Sao Tome" is too far."""
    of = span.last + 1
    if of + 1 >= len(line.tokens) or line.tokens[of].form != "of":
        return None
    first = of + 2 if line.tokens[of + 1].form.lower() == "the" else of + 1
    found = next((named for named in names if named.first == first), None)
    is_country = found is not None and found.sense.how == "name" and found.sense.entry.kind in STATES
    return found if is_country else None


def _title(line: Line, before: int, roles: Sequence[Role]) -> Role | None:
    """The role that ends right before the name, or before a comma when it says whose it is."""
    if before < 0:
        return None
    is_comma = line.tokens[before].form == ","
    for role in roles:
        # "Presidents Obama and Medvedev": the plural stands right before the first of them.
        if role.last == before:
            return role
        if role.plural:
            continue
        if is_comma and role.last == before - 1 and role.bases and role.entry.kind == "office":
            return role
    return None


def _apposition(line: Line, span: _Span, roles: Sequence[Role], starts: set[int]) -> Role | None:
    """The role behind "Name, ..." unless it is the title of the next person in a list."""
    comma = span.last + 1
    if comma >= len(line.tokens) or line.tokens[comma].form not in (",", "("):
        return None
    for role in roles:
        if role.plural or not comma < role.first <= comma + 2 or role.noun > comma + 1 + _LONGEST_APPOSITION:
            continue
        if role.first == comma + 2 and line.tokens[comma + 1].upos not in ("DET", "ADV"):
            continue
        if role.last + 1 not in starts:
            return role
    return None
