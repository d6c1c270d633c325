"""Finds the names of a lexicon in a sentence: the longest first, whatever the tokenizer made of hyphens and dots.

"the NATO-Russia Council met"        -> the organ, not the alliance and the country
"NATO-Russia foreign ministers"      -> two names
"U.S." and "US", "al-Qaida" and "Al Qaida", "Nato" and "NATO" are alike; "us" and "turkey" are no names
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Generic, Literal, NamedTuple, TypeVar

from msgspec import Meta, Struct

from detente.lexicon import ID, Entry

How = Literal["name", "adjective", "people", "seat", "city"]
"""What a word of an entry is: "Russia", "Russian", "Russians", "Moscow" or "Sochi"."""

Kind = Literal[
    "state", "territory", "unrecognized", "province", "region", "organization", "organ", "mission", "coalition", "bloc",
    "group", "party", "service", "ngo", "media", "company", "people", "none",
]  # fmt: skip

STATES: frozenset[str] = frozenset({"state", "territory", "unrecognized", "province", "region"})
"""Kinds whose adjectives give a role its country."""


class ActorEntry(Entry, frozen=True, kw_only=True):
    """An actor with a name of its own. Kind "none" is a name to leave alone ("Michael Jordan", "Turkish bath")."""

    name: str
    kind: Kind
    actor: Annotated[str, Meta(pattern=f"^{ID}$")] | None = None
    """The id in reports, where several entries tell of one actor at different times (the Taliban)."""
    country: str | None = None
    sectors: tuple[str, ...] = ()
    code: str = ""
    cow: int | None = None
    """Number in the Correlates of War state system list."""
    wikidata: str | None = None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    """Capitals and palaces that stand for the government when they act."""
    cities: tuple[str, ...] = ()
    """Places that only tell the country of a role: "protesters in Homs"."""
    called: tuple[str, ...] = ()
    """Nouns by which a later sentence takes it up: "the alliance"."""
    between: tuple[str, ...] = ()
    """Members of an organ that news call "the Council" once they are named."""
    near: tuple[str, ...] = ()
    """Words in the article that speak for this reading of a name that several share."""

    @property
    def short(self) -> str:
        """The id without its file."""
        return self.id.partition("#")[2]


class Sense(NamedTuple):
    """One reading of a name."""

    entry: ActorEntry
    how: How


class Word(Struct, frozen=True):
    """A run of letters and digits, with the key under which the index knows it."""

    start: int
    end: int
    form: str
    key: str


T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """A name found: first and last word (indices into the words given), and what the index holds for it."""

    first: int
    last: int
    found: tuple[T, ...]


_WORD = re.compile(r"[^\W_]+")
_SOFT = frozenset(" \t\n\u00a0-\u2010\u2011\u2013'\u2019.&/")
# In a line of capitals these acronyms can't be told from words.
_SMALL_WORDS = frozenset(
    {"us", "is", "who", "it", "am", "as", "or", "an", "in", "to", "so", "no", "pa", "aid", "me", "de", "eta"}
)
_MARKS = re.compile(r"[\u0300-\u036f]")
# The reverse of British usage: "Nato", "Unesco" for acronyms that are spoken as words.
_SHORTEST_SPOKEN = 4


def key_of(form: str) -> str:
    """The form without case and accents: "Élysée" -> "elysee"."""
    if form.isascii():
        return form.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", form)).casefold()


def words_of(text: str, offset: int = 0) -> list[Word]:
    """The words of a text, at offsets counted from `offset`."""
    return [Word(m.start() + offset, m.end() + offset, m[0], key_of(m[0])) for m in _WORD.finditer(text)]


def keys_of(name: str) -> Sequence[str]:
    """The keys of the words of a name."""
    if _is_plain(name):
        return name.lower().split()
    return [word.key for word in words_of(name)]


def _is_plain(name: str) -> bool:
    """Letters and single spaces alone, as most names are: what follows may be done ten times as fast."""
    return name.isascii() and name.replace(" ", "").isalpha()


class NameIndex(Generic[T]):
    """Names by their words. Asking costs a few look-ups for a word that begins a name, one for any other.

    A name is taken apart when its first word is first met: of tens of thousands a text meets a few hundred.
    """

    def __init__(self) -> None:
        self._whole: dict[str, list[tuple[str, T]]] = {}
        """Names not yet taken apart, by the key of their first word."""
        self._found: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._begun: set[str] = set()
        """The keys of the words with which a name begins, up to each of its words."""

    def add(self, name: str, value: T, *, whole: bool = False) -> None:
        """Makes a name known. Unless `whole`, "the" in front is left out: "the Kremlin" is found as "Kremlin"."""
        bare = name[4:] if name[:4].lower() == "the " and not whole else name
        first = _WORD.search(bare)
        if first is not None:
            self._whole.setdefault(key_of(first[0]), []).append((bare, value))

    def _take_apart(self, first: str) -> None:
        """Index the names that begin with this word."""
        for name, value in self._whole.pop(first, ()):
            forms, keys = _taken_apart(name)
            held = self._found.setdefault(keys[-1], [])
            if (forms, value) not in held:
                held.append((forms, value))
            self._begun.update(keys)

    def __contains__(self, name: str) -> bool:
        words = words_of(name)
        if not words:
            return False
        self._take_apart(words[0].key)
        return _key(words, name, 0) in self._found

    def find(
        self, words: Sequence[Word], text: str, offset: int, keep: Callable[[T], bool] | None = None
    ) -> list[Hit[T]]:
        """All names of a text, from left to right, the longest at each place, none inside another.

        What `keep` refuses is not found, and does not hide a shorter name inside it.
        """
        begun, whole = self._begun, self._whole
        for word in words:
            if word.key in whole:
                self._take_apart(word.key)
        places = [at for at, word in enumerate(words) if word.key in begun]
        shouted = bool(places) and not any(char.islower() for char in text)
        hits: list[Hit[T]] = []
        free = 0
        for at in places:
            hit = self._at(words, at, text, offset, shouted, keep) if at >= free else None
            if hit is not None:
                hits.append(hit)
                free = hit.last + 1
        return hits

    def _at(
        self, words: Sequence[Word], at: int, text: str, offset: int, shouted: bool, keep: Callable[[T], bool] | None
    ) -> Hit[T] | None:
        best: Hit[T] | None = None
        key = words[at].key
        for last in range(at, len(words)):
            if last > at:
                word = words[last]
                # One space between is by far the most common.
                near = word.start - words[last - 1].end == 1 and text[word.start - 1 - offset] == " "
                key = f"{key} {word.key}" if near else key + _joint(words, last, text, offset) + word.key
                if key not in self._begun:
                    break
            held = self._found.get(key)
            if held is None:
                continue
            forms = [word.form for word in words[at : last + 1]]
            found = tuple(
                value for name, value in held if (keep is None or keep(value)) and _fits(name, forms, shouted)
            )
            if found:
                best = Hit(at, last, found)
        return best


def _taken_apart(name: str) -> tuple[tuple[str, ...], list[str]]:
    """The words of a name, and the keys of its beginnings up to each of them."""
    if _is_plain(name):
        forms, lower = tuple(name.split()), name.lower().split()
        return forms, [" ".join(lower[:end]) for end in range(1, len(lower) + 1)]
    words = words_of(name)
    return tuple(word.form for word in words), [_key(words[:end], name, 0) for end in range(1, len(words) + 1)]


def _key(words: Sequence[Word], text: str, offset: int) -> str:
    return words[0].key + "".join(_joint(words, i, text, offset) + words[i].key for i in range(1, len(words)))


def _joint(words: Sequence[Word], at: int, text: str, offset: int) -> str:
    """What parts a word from the one before: commas and brackets count, spaces, hyphens and dots don't."""
    gap = text[words[at - 1].end - offset : words[at].start - offset]
    return " " if gap == " " or all(char in _SOFT for char in gap) else " , "


def _fits(name: Iterable[str], forms: Sequence[str], shouted: bool) -> bool:
    return all(_fits_word(a, b, shouted) for a, b in zip(name, forms, strict=True))


def _fits_word(name: str, form: str, shouted: bool) -> bool:
    """Whether the text's capitals are those of a name."""
    if not name[0].isupper():
        return True
    if len(name) > 1 and name.isupper():
        if shouted and name.lower() in _SMALL_WORDS:
            return False
        return form.isupper() or (len(name) >= _SHORTEST_SPOKEN and form[0].isupper())
    # "iSrael" is a slip of the keyboard, and "israel" no name.
    return form[0].isupper() or form[0].isdigit() or not form.islower()


def actor_index(entries: Iterable[ActorEntry]) -> NameIndex[Sense]:
    """All names, adjectives, demonyms, seats and cities of the entries."""
    index: NameIndex[Sense] = NameIndex()
    for entry in entries:
        for name in (entry.name, *entry.names):
            index.add(name, Sense(entry, "name"))
        for word in entry.adjectives:
            index.add(word, Sense(entry, "adjective"))
        for word in _people_of(entry):
            index.add(word, Sense(entry, "people"))
        for word in entry.seats:
            index.add(word, Sense(entry, "seat"))
        for word in entry.cities:
            index.add(word, Sense(entry, "city"))
    return index


def bearers(entries: Iterable[ActorEntry]) -> dict[str, list[ActorEntry]]:
    """The entries that bear each name, by its key ("national front")."""
    found: dict[str, list[ActorEntry]] = {}
    for entry in entries:
        for name in dict.fromkeys(key_of(name) for name in (entry.name, *entry.names)):
            found.setdefault(name, []).append(entry)
    return found


def _people_of(entry: ActorEntry) -> Iterable[str]:
    """Demonyms: those given, and the plurals that an adjective makes by rule ("Russians", "Iraqis", not "Frenches")."""
    for word in entry.people:
        yield word
        if not word.endswith(("s", "men")):
            yield word + "s"
    if entry.kind in STATES:
        for word in entry.adjectives:
            if word[-1] in "nikbto" and word[-2] not in "." and not word.isupper():
                yield word + "s"
