"""What the lexicon knows of pages: labels of lines, names of page parts, agencies, months, languages."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Literal, NamedTuple

from detente.lexicon import Entry, Lexicon

LabelKind = Literal[
    "updated", "published", "related", "teasers", "correction", "byline", "promo", "comment", "credit", "caption",
]  # fmt: skip
"""What a line says that it is; "related" heads stories on the same matter, "teasers" whatever else is offered."""

Zone = Literal[
    "section", "headline", "standfirst", "byline", "dates", "caption", "credit", "correction", "related", "tags",
    "comments", "promo", "share", "navigation", "hidden", "embed", "teasers",
]  # fmt: skip
"""The part of a page that an element makes, by its tag and names."""


class Label(Entry, frozen=True, kw_only=True):
    """Words with which pages label a line."""

    kind: LabelKind
    whole: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    limit: int = 0
    """The greatest number of words of a line that begins so; 0: any."""


class ZoneNames(Entry, frozen=True, kw_only=True):
    """Names that designers give to a part of a page."""

    zone: Zone | Literal["text"]
    """ "text" is no zone of its own: it marks where the article's text is, whatever else the names say."""
    words: tuple[str, ...]


class NamedPart(NamedTuple):
    """What the class or id of an element tells."""

    zone: Zone | None
    text: bool
    """It holds the article's text."""


class Agency(Entry, frozen=True, kw_only=True):
    """A news agency and the ways in which it signs."""

    name: str
    names: tuple[str, ...]


CreditKind = Literal["label", "source", "opening", "closing", "house", "manner"]
"""How a word stands in the credit of a picture; the lexicon's own file tells each."""


class CreditWords(Entry, frozen=True, kw_only=True):
    """Words of picture credits."""

    kind: CreditKind
    words: tuple[str, ...]


class Roles(Entry, frozen=True, kw_only=True):
    """Words behind authors' names."""

    words: tuple[str, ...]


class Month(Entry, frozen=True, kw_only=True):
    """A month and its names."""

    number: int
    names: tuple[str, ...]


class TimeZone(Entry, frozen=True, kw_only=True):
    """Abbreviations of a time zone."""

    offset: str
    names: tuple[str, ...]


class Tongue(Entry, frozen=True, kw_only=True):
    """A language and its function words."""

    name: str
    words: tuple[str, ...]


class _Name(NamedTuple):
    """One name of a class or id: the place of its zone in the lexicon, and the zone."""

    rank: int
    zone: Zone | None
    text: bool


_NO_RANK = 1 << 30
_SAYS_NOTHING = _Name(_NO_RANK, None, False)

_PIECES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_AGENCY_ENDS = ("Agency", "Service")
_NAMED_AGENCY = re.compile(r"\b(?:[A-Z][\w'’-]+\s){1,4}(?:News|Press|Wire)\s(?:Agency|Service)\Z")
_BULLETS = "*•»›> \t"
_MARKS = _BULLETS + ":|-."
_ROOM = 12
"""Marks and spaces around a label."""

# Pages of one outlet share their names; ids made for one page alone would fill the memory of a long run.
MOST_NAMES = 50_000


class Words:
    """The entries of `lexicons/articles`, indexed for reading pages."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names: dict[str, _Name] = {}

    def label_of(self, line: str) -> LabelKind | None:
        """How a line labels itself.

        "Updated: 2009-06-28 10:57"  -> updated
        "Related readings:"          -> related
        """
        longest = self._longest_label
        bare = line.strip(_MARKS)
        if len(bare) <= longest and (kind := self._whole_labels.get(bare.lower())):
            return kind
        start = line[:longest].lower().lstrip(_BULLETS)
        for prefix, label in self._label_starts.get(start[:2], ()):
            if not start.startswith(prefix) or not _ends_word(start, len(prefix)):
                continue
            if not label.limit or start.count(" ") + line.count(" ", longest) < label.limit:
                return label.kind
        return None

    def label_pattern(self, kind: LabelKind) -> re.Pattern[str]:
        """What tells that a date within a line is of this kind: "Published June 3, updated June 5"."""
        starts = sorted((start for label in self._labels if label.kind == kind for start in label.starts), key=len)
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, reversed(starts))) + ")", re.IGNORECASE)

    def part_of(self, names: str) -> NamedPart:
        """What an element's class or id tells: "jp-relatedposts" -> related.

        Each name of it is read by itself, so that "story no-sidebar" is not read across names.
        """
        zone: Zone | None = None
        best, text = _NO_RANK, False
        # Generated style names run long; what a designer meant is said in the first ones.
        for word in names[:400].split():
            name = self._names.get(word)
            if name is None:
                name = self._learn(word)
            if name is _SAYS_NOTHING:
                continue
            text = text or name.text
            if name.rank < best:
                best, zone = name.rank, name.zone
        return NamedPart(zone, text)

    def agency_of(self, words: str) -> str | None:
        """The name of the agency that signs with exactly these words: "AFP" -> Agence France-Presse.

        One that the lexicon does not know says what it is: "Meridian News Agency".
        """
        words = words.strip()
        if known := self._agencies.get(words):
            return known
        return words if words.endswith(_AGENCY_ENDS) and _NAMED_AGENCY.match(words) else None

    def agency_in(self, words: str) -> str | None:
        """The agency that is named somewhere in a signature: "Ahmet Yildiz/AFP" -> Agence France-Presse."""
        if match := self._agency_pattern.search(words):
            return self._agencies[match.group()]
        match = _NAMED_AGENCY.search(words)
        return match.group() if match else None

    def credit_words(self, kind: CreditKind) -> tuple[str, ...]:
        """The words of a kind in picture credits, longest first."""
        entries = self._lexicon.entries("articles/pictures", CreditWords)
        found = dict.fromkeys(word for entry in entries if entry.kind == kind for word in entry.words)
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def roles(self) -> frozenset[str]:
        """Words that are in no name of a person, in lower case."""
        return frozenset(word for entry in self._lexicon.entries("articles/roles", Roles) for word in entry.words)

    @property
    def agency_names(self) -> tuple[str, ...]:
        """All the ways in which agencies sign, longest first."""
        return tuple(sorted(self._agencies, key=len, reverse=True))

    @cached_property
    def months(self) -> dict[str, int]:
        """Month names in lower case."""
        entries = self._lexicon.entries("articles/months", Month)
        return {name: entry.number for entry in entries for name in entry.names}

    @cached_property
    def offsets(self) -> dict[str, str]:
        """Offsets of time zones by abbreviation in lower case."""
        entries = self._lexicon.entries("articles/timezones", TimeZone)
        return {name: entry.offset for entry in entries for name in entry.names}

    @cached_property
    def languages(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Name and function words by language code."""
        entries = self._lexicon.entries("articles/languages", Tongue)
        return {entry.id.rpartition("#")[2]: (entry.name, frozenset(entry.words)) for entry in entries}

    @cached_property
    def _whole_labels(self) -> dict[str, LabelKind]:
        return {words: label.kind for label in reversed(self._labels) for words in label.whole}

    @cached_property
    def _label_starts(self) -> dict[str, tuple[tuple[str, Label], ...]]:
        """By their first two letters, longest first, so that a line is held against few of them."""
        found: dict[str, list[tuple[str, Label]]] = {}
        for label in self._labels:
            for prefix in label.starts:
                found.setdefault(prefix[:2], []).append((prefix, label))
        return {key: tuple(sorted(starts, key=lambda start: -len(start[0]))) for key, starts in found.items()}

    @cached_property
    def _longest_label(self) -> int:
        """Characters in which a line labels itself, if it does: no more of a paragraph is looked at."""
        words = (word for label in self._labels for word in (*label.whole, *label.starts))
        return max(map(len, words), default=0) + _ROOM

    @cached_property
    def _labels(self) -> tuple[Label, ...]:
        return self._lexicon.entries("articles/labels", Label)

    @cached_property
    def _agencies(self) -> dict[str, str]:
        entries = self._lexicon.entries("articles/agencies", Agency)
        return {name: entry.name for entry in reversed(entries) for name in entry.names}

    @cached_property
    def _agency_pattern(self) -> re.Pattern[str]:
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, self.agency_names)) + r")(?!\w)")

    @cached_property
    def _zones(self) -> dict[str, tuple[tuple[list[str], int, Zone | Literal["text"]], ...]]:
        """By their first word the others, the place in the file, which says whose word counts first, and the zone."""
        found: dict[str, dict[str, tuple[list[str], int, Zone | Literal["text"]]]] = {}
        for rank, entry in enumerate(self._lexicon.entries("articles/zones", ZoneNames)):
            for name in entry.words:
                first, *behind = name.split(" ")
                found.setdefault(first, {}).setdefault(name, (behind, rank, entry.zone))
        return {first: tuple(names.values()) for first, names in found.items()}

    def _learn(self, word: str) -> _Name:
        """Reads a name and remembers it: pages of one site share theirs."""
        if len(self._names) >= MOST_NAMES:
            self._names.clear()
        name = self._names[word] = self._read_name(word)
        return name

    def _read_name(self, word: str) -> _Name:
        pieces = list(map(str.lower, _PIECES.findall(word)))
        best, zone, text = _NO_RANK, None, False
        for at, piece in enumerate(pieces):
            for behind, rank, named in self._zones.get(piece, ()):
                if behind and pieces[at + 1 : at + 1 + len(behind)] != behind:
                    continue
                if named == "text":
                    text = True
                elif rank < best:
                    best, zone = rank, named
        return _Name(best, zone, text) if zone or text else _SAYS_NOTHING


def _ends_word(text: str, end: int) -> bool:
    """Whether a word may end here: "updated" ends in "updated: ..." and not in "updatedness"."""
    return end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())


@cache
def words_of(lexicon: Lexicon | None = None) -> Words:
    """The words of a lexicon, indexed once; None: the lexicon that ships with Detente."""
    return Words(lexicon or Lexicon())
