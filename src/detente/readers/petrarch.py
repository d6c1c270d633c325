"""Reads dictionaries in the format of PETRARCH and TABARI, of actors and of agents, into entries of ours.

    SAM_NUJOMA_  ; who led the independence movement
    +NUJOMA_
        [NAMREB <900321]
        [NAMGOV 900321-050321]
        [NAMELI >050321]

    GENDARME_ {GENDARMES_} [~COP]

A code is a CAMEO string: a country or a kind of body, then roles of three letters. Dates are YYMMDD or YYYYMMDD; "<" is
until the day before, ">" from the day after. Spaces and underscores alike part words; "!PERSON!" stands for the
words of a set "!PERSON! = MAN, MEN". Who was in and out of office is taken for a person, everybody else for a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from detente.lexicon import Entry, Lexicon
from detente.mentions.names import ActorEntry, Kind, key_of
from detente.mentions.offices import TermEntry
from detente.mentions.roles import RoleEntry

_CODE = re.compile(r"\[\s*(~?[A-Z-]{3,}|~[A-Z]*)\s*([^\]]*)\]")
_SET = re.compile(r"^\s*(![A-Z_]+!)\s*=\s*(.+)$")
_PLURAL = re.compile(r"\{([^}]*)\}")
# Two-digit years are of the last century from here on.
_CENTURY = 45
_ACRONYM = 5
_SMALL = frozenset({"of", "the", "and", "for", "in", "de", "del", "la", "al", "el", "bin", "ibn", "ben", "van", "der"})
_OFFICES: Mapping[str, str] = {"ELI": "former", "REB": "rebel-leader", "MIL": "commander", "OPP": "opposition-leader",
                               "LEG": "lawmaker", "PTY": "party-leader", "JUD": "judge"}  # fmt: skip
_KINDS: Mapping[str, Kind] = {
    "REB": "group", "UAF": "group", "PRM": "group", "CRM": "group", "IMG": "group", "PTY": "party", "OPP": "party",
    "BUS": "company", "MNC": "company", "JRN": "media", "IGO": "organization", "NGO": "ngo", "SOC": "ngo",
    "EDU": "ngo", "LAB": "ngo", "CVL": "people", "REL": "people", "AGR": "people", "REF": "people",
    "GOV": "service", "MIL": "service", "COP": "service", "JUD": "service", "LEG": "service", "SPY": "service",
}  # fmt: skip


class CodePart(Entry, frozen=True, kw_only=True):
    """A line of `lexicons/codes/cameo.tsv`: what three letters of a CAMEO actor string mean in PLOVER."""

    sector: str | None = None


class Dictionary(Struct, frozen=True):
    """What a dictionary held."""

    actors: tuple[ActorEntry, ...]
    terms: tuple[TermEntry, ...]
    roles: tuple[RoleEntry, ...]
    skipped: tuple[tuple[int, str], ...]
    """Lines that could not be read, by number, with the reason."""


class _Dated(NamedTuple):
    code: str
    since: str | None
    until: str | None


class _Block(NamedTuple):
    line: int
    names: list[str]
    codes: list[_Dated]


def petrarch(text: str, lexicon: Lexicon, *, source: str) -> Dictionary:
    """The entries of a dictionary; `source` is written beside each of them.

    A line that cannot be read is skipped and named. Raises `LexiconError` when our own tables cannot be read.
    """
    parts = {part.id.partition("#")[2]: part.sector for part in lexicon.entries("codes", CodePart)}
    countries = {entry.short for entry in lexicon.entries("actors", ActorEntry) if entry.kind in ("state", "territory")}
    reading = _Reading(parts, countries, source)
    reading.read(text.splitlines())
    return Dictionary(tuple(reading.actors), tuple(reading.terms), tuple(reading.roles), tuple(reading.skipped))


class _Reading:
    """One pass over the lines of a dictionary."""

    def __init__(self, parts: Mapping[str, str | None], countries: set[str], source: str) -> None:
        self._parts = parts
        self._countries = countries
        self._source = source
        self._sets: dict[str, list[str]] = {}
        self._ids: set[str] = set()
        self.actors: list[ActorEntry] = []
        self.terms: list[TermEntry] = []
        self.roles: list[RoleEntry] = []
        self.skipped: list[tuple[int, str]] = []

    def read(self, lines: Sequence[str]) -> None:
        block: _Block | None = None
        for number, raw in enumerate(lines, 1):
            line = _without_comment(raw)
            if not line.strip():
                continue
            a_set = _SET.match(line)
            if a_set:
                self._sets[a_set[1]] = [word.strip() for word in a_set[2].split(",") if word.strip()]
                continue
            is_new = not line[0].isspace() and line[0] not in "+["
            if is_new:
                self._add(block)
                block = _Block(number, [], [])
            if block is None:
                self.skipped.append((number, "it stands before the first name"))
                continue
            if is_new or line[0] == "+":
                block.names.append(line.lstrip("+"))
            block.codes.extend(self._codes(line, number))
        self._add(block)

    def _codes(self, line: str, number: int) -> Iterator[_Dated]:
        for code, when in _CODE.findall(line):
            try:
                yield _Dated(code, *_interval(when))
            except ValueError:
                self.skipped.append((number, f"'{when.strip()}' is no date or span of dates; write YYMMDD or YYYYMMDD"))

    def _add(self, block: _Block | None) -> None:
        if block is None:
            return
        if not block.codes:
            self.skipped.append((block.line, "no code in brackets follows the name"))
        elif all(dated.code.startswith("~") for dated in block.codes):
            self._add_role(block)
        else:
            self._add_actor(block)

    def _add_role(self, block: _Block) -> None:
        """An agent: a noun, whose country the text tells."""
        sectors = self._sectors(block.codes[0].code[1:])
        names = [form.lower() for name in block.names for form in self._forms(name)]
        if not sectors:
            self.skipped.append((block.line, f"'{block.codes[0].code}' names no sector that PLOVER has"))
            return
        self.roles.append(
            RoleEntry(id=self._id(names[0]), kind="agent", names=tuple(dict.fromkeys(names)), sectors=sectors,
                      source=self._source)
        )  # fmt: skip

    def _forms(self, name: str) -> Iterator[str]:
        """Singular and plural, with each word of a set in its place."""
        plural = _PLURAL.findall(name)
        for form in (_PLURAL.sub("", _CODE.sub("", name)), *plural):
            marks = [mark for mark in self._sets if mark in form]
            if not marks:
                yield _words(form)
                continue
            for word in self._sets[marks[0]]:
                yield _words(form.replace(marks[0], word.rstrip("_")))

    def _add_actor(self, block: _Block) -> None:
        names = list(dict.fromkeys(_in_print(_words(_CODE.sub("", name))) for name in block.names))
        first = names[0]
        told = [(dated, *self._resolved(dated.code)) for dated in block.codes]
        # Only persons are former officials.
        is_person = len(block.codes) > 1 and " " in first and any(sectors == ("ELI",) for _, _, sectors in told)
        short = self._id(first)
        for number, (dated, country, sectors) in enumerate(told, 1):
            id = short if len(told) == 1 else f"{short}-{number}"
            if is_person:
                full = tuple(name for name in names[1:] if " " in name)
                office = _OFFICES.get(sectors[0], "official") if sectors else "official"
                self.terms.append(
                    TermEntry(id=id, person=first, names=full, country=country, office=office, sectors=sectors,
                              since=dated.since, until=dated.until, source=self._source)
                )  # fmt: skip
                continue
            kind = _KINDS.get(sectors[0], "group") if sectors else "state"
            same = country if kind == "state" else short if len(told) > 1 else None
            self.actors.append(
                ActorEntry(id=id, name=first, actor=same, kind=kind, country=country, sectors=sectors,
                           code=dated.code.replace("-", ""), names=tuple(names[1:]), since=dated.since,
                           until=dated.until, source=self._source)
            )  # fmt: skip

    def _resolved(self, code: str) -> tuple[str | None, tuple[str, ...]]:
        country = code[:3] if code[:3] in self._countries else None
        return country, self._sectors(code[3:] if country or code.startswith("---") else code)

    def _sectors(self, code: str) -> tuple[str, ...]:
        """PLOVER's sectors of what follows the country; codes of single bodies ("HMS") tell none."""
        found = (self._parts.get(code[at : at + 3]) for at in range(0, len(code), 3))
        return tuple(dict.fromkeys(sector for sector in found if sector))

    def _id(self, name: str) -> str:
        base = re.sub(r"[^A-Z0-9]+", "-", key_of(name).upper()).strip("-") or "X"
        id, again = base, 1
        while id in self._ids:
            again += 1
            id = f"{base}-{again}"
        self._ids.add(id)
        return id


def _without_comment(line: str) -> str:
    line = re.sub(r"<!--.*?-->", "", line)
    return re.split(r"[;#]", line, maxsplit=1)[0].rstrip()


def _words(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("=", " ").split())


def _in_print(name: str) -> str:
    """ "SAM NUJOMA" as news prints it; a short word alone may be an acronym and stays."""
    words = name.split()
    if not name.isupper() or (len(words) == 1 and len(name) <= _ACRONYM):
        return name
    return " ".join(word.lower() if at and word.lower() in _SMALL else _capital(word) for at, word in enumerate(words))


def _capital(word: str) -> str:
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def _interval(when: str) -> tuple[str | None, str | None]:
    """ "<900321", ">050321", "900321-050321", or nothing.

    Raises `ValueError` for anything else.
    """
    text = when.replace(" ", "")
    if not text:
        return None, None
    if text[0] == "<":
        return None, (_day(text[1:]) - timedelta(days=1)).isoformat()
    if text[0] == ">":
        return (_day(text[1:]) + timedelta(days=1)).isoformat(), None
    since, dash, until = text.partition("-")
    if not dash:
        raise ValueError(text)
    return _day(since).isoformat(), _day(until).isoformat()


def _day(text: str) -> date:
    if not text.isdigit() or len(text) not in (6, 8):
        raise ValueError(text)
    if len(text) == 6:
        text = ("19" if int(text[:2]) >= _CENTURY else "20") + text
    return date(int(text[:4]), max(1, int(text[4:6])), max(1, int(text[6:])))


def entries_of(dictionary: Dictionary) -> Iterable[tuple[str, Sequence[Entry]]]:
    """The entries by the noun of the folder in which they belong."""
    return (("actors", dictionary.actors), ("offices", dictionary.terms), ("roles", dictionary.roles))
