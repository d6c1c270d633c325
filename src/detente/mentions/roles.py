"""What a role is: nouns for those who act without a name, and the phrase that such a noun carries.

"two Russian diplomats"    noun "diplomats", of Russia
"former minister"          changed by "former"
"a spokesman for the army" the army decides: MIL
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from detente.lexicon import Entry
from detente.mentions.names import NameIndex, Sense, words_of

RoleKind = Literal["office", "agent", "modifier", "honorific", "group", "sector"]


class RoleEntry(Entry, frozen=True, kw_only=True):
    """Nouns of one sector, words that change a role, or phrases that take up several actors."""

    kind: RoleKind
    names: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    weak: bool = False
    """The body decides: a "member" of parliament is LEG, a "spokesman" for the army is MIL."""
    abroad: bool = False
    """Where it stands does not tell whose it is: "an embassy in Beijing" is not China's."""
    single: bool = False
    """One person has it at a time: overlapping terms are a fault."""
    home: bool = False
    """Where it stands or acts tells whose it is, whatever its sector: "a refinery in Iran", "government forces"."""
    local: bool = False
    """Provinces have it: "Georgia's governor" is of the American state."""
    needs_owner: bool = False
    """Only somebody when it is told whose: "Afghan homes", but not "a home"."""
    country: str | None = None
    """Where only one country has the office: the pope, the taoiseach."""
    gender: Literal["m", "f"] | None = None
    refers: Literal["any", "country", "person", "own-country", "other-country"] | None = None
    """For kind "group": which antecedents the phrase takes up."""
    count: int | None = None
    traits: tuple[Literal["body", "home", "away", "trade", "force", "public", "itself"], ...] = ()
    """For kind "sector": how the coder takes it; the file says what each means."""
    icews: str | None = None
    """For kind "sector": how names of ICEWS's kind call it, "Police" of "Police (Afghanistan)"."""

    @property
    def short(self) -> str:
        """The id without its file."""
        return self.id.partition("#")[2]


class RoleName(NamedTuple):
    """A name of a role as the index holds it."""

    entry: RoleEntry
    head: int
    """Which of its words carries it: 0 in "minister of finance"."""
    plural: bool


class Named(NamedTuple):
    """A name found in a line, by tokens."""

    start: int
    end: int
    first: int
    last: int
    senses: tuple[Sense, ...]
    text: str
    is_alone: bool = False
    """The line is nothing but the name."""

    @property
    def sense(self) -> Sense:
        """The likeliest reading."""
        return self.senses[0]


class Role(NamedTuple):
    """A role found in a line with what belongs to it."""

    entry: RoleEntry
    plural: bool
    first: int
    """First token of its phrase, articles left out: "two" of "the two Russian diplomats"."""
    noun: int
    """First token of the role's own words."""
    last: int
    head: int
    bases: tuple[Named, ...]
    """Whose it is; several in "Israeli and Palestinian officials"."""
    changes: tuple[RoleEntry, ...]
    """Modifiers that change whom it means: "former"."""
    owner: str | None = None
    """Key of the last proper noun before the role that names no country: "putin" of "Putin spokesman"."""
    body: RoleEntry | None = None
    """The nameless body that it belongs to: "police" of "a spokesman for the police"."""

    @property
    def sectors(self) -> tuple[str, ...]:
        """Those of the body where the role itself says little."""
        return self.body.sectors if self.body is not None else self.entry.sectors


_OF = ("of", "for", "to", "in", "with")


def role_index(entries: Iterable[RoleEntry]) -> NameIndex[RoleName]:
    """Role nouns in singular and plural."""
    index: NameIndex[RoleName] = NameIndex()
    for entry in entries:
        if entry.kind not in ("office", "agent"):
            continue
        for name in entry.names:
            words = [word.form for word in words_of(name)]
            head = next((i - 1 for i, word in enumerate(words) if word in _OF and i), len(words) - 1)
            is_plural = _is_plural(words[head])
            index.add(name, RoleName(entry, head, is_plural))
            if not is_plural and not name.endswith("."):
                index.add(_in_plural(name, words[head]), RoleName(entry, head, True))
    return index


def _in_plural(name: str, noun: str) -> str:
    """The name with its noun in the plural: "minister of finance" -> "ministers of finance"."""
    before, _, after = name.rpartition(noun) if name.endswith(noun) else name.partition(noun)
    return before + plural_of(noun) + after


def plural_of(noun: str) -> str:
    """By rule: "army" -> "armies", "gunman" -> "gunmen"."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


_PLURALS = frozenset({"police", "people", "men", "women", "children", "troops", "forces", "media", "authorities"})


def _is_plural(noun: str) -> bool:
    return noun in _PLURALS or noun.endswith("men") or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
