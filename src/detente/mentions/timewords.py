"""The words that expressions of time are made of, read from `lexicons/times`, and how a text is cut into them.

Each word or sign of a text becomes an item with the set of classes that it may have: "second" is an ordinal and a
unit, "10" a number and a day of the month. One character stands for each such set, so that a pattern of classes is
a plain regular expression over one short string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from detente.lexicon import Entry


class TimeEntry(Entry, frozen=True, kw_only=True):
    """A word with its class and value, or a pattern over classes."""

    kind: str
    """The class of the words ("month"), or "pattern"."""
    words: tuple[str, ...] = ()
    value: int | float | str | None = None
    capital: bool = False
    """Only where it is written with a capital letter: "May", never "may"."""
    never: tuple[str, ...] = ()
    """Parts of speech (UD) with which the word is no time: "may" as AUX, "march" as VERB."""
    mod: str | None = None
    pattern: str | None = None
    reads: str | None = None
    """The reading of the pattern, a function of `timerules`."""
    level: int = 1
    """Patterns of level 2 are built of what level 1 has read, and so on."""
    makes: str | None = None
    """What the reading becomes for the next level; "part" is not an expression by itself."""
    tell: str | None = None
    """What a reading needs to know beside the words, e.g. the unit of "weekly"."""


class Item(Struct):
    """A word of the text (or several, or an expression that was read) with all that it can be."""

    start: int
    end: int
    classes: frozenset[str]
    values: Mapping[str, Any]
    """The value for each class."""
    rule: str = ""


class Word(Struct):
    """One class and value of a listed word."""

    classes: dict[str, Any] = field(default_factory=dict)
    capital: bool = False
    never: tuple[str, ...] = ()


# Each alternative begins with another kind of character or is bounded, so that no input makes it slow.
WORD = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?(?!\w)"  # 2009-06-28
    r"|\d{1,2}:\d{2}(?=[ap]m\b|\W|$)"  # 10:57
    r"|\d{1,4}[/.]\d{1,2}[/.]\d{2,4}(?![\w/])"  # 28/6/2009
    r"|\d{4}[-–]\d{2}(?![\w/-])"  # 2008-09
    r"|\d{1,4}/\d{1,4}(?![\w/])"  # 2008/09, 9/11
    r"|[$£€¥]\s?\d[\d,.]*"  # money is never a time
    r"|\d{1,3}(?:,\d{3})+"
    r"|\d{1,9}\.\d{1,9}%?"
    r"|(?<!\w)['’]\d0s\b"
    r"|(?<!\w)['’]\d\d\b"  # '94
    r"|\d{1,9}(?:st|nd|rd|th|s)\b"
    r"|\d{1,18}(?!\d)%?"
    r"|[ap]\.m\."
    r"|['’]s\b"
    r"|[^\W\d_]{1,40}"
    r"|\S"
)
NUMERIC = "0123456789"
OTHER = "\x00"
_FIGURES = frozenset(NUMERIC + "'’")
_NOTHING: frozenset[str] = frozenset()


class Vocabulary:
    """All words of the lexicon and the characters that stand for their classes."""

    def __init__(self, entries: Iterable[TimeEntry], literals: Iterable[str]) -> None:
        """`literals` are words that patterns name outright ("of")."""
        self.single: dict[str, Word] = {}
        self.longer: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
        self.rules: dict[str, str] = {}
        for entry in entries:
            for phrase in entry.words:
                self._add(entry, phrase)
        for literal in literals:
            self.single.setdefault(literal, Word()).classes.setdefault(f"={literal}", literal)
        for options in self.longer.values():
            options.sort(key=lambda option: -len(option[0]))
        self._char: dict[frozenset[str], str] = {}

    def _add(self, entry: TimeEntry, phrase: str) -> None:
        parts = tuple(WORD.findall(phrase.lower()))
        self.rules[" ".join(parts)] = entry.id
        if len(parts) == 1:
            word = self.single.setdefault(parts[0], Word(capital=entry.capital, never=entry.never))
            word.classes[entry.kind] = entry.value if entry.value is not None else phrase
        else:
            word = Word({entry.kind: entry.value if entry.value is not None else phrase}, entry.capital, entry.never)
            self.longer.setdefault(parts[0], []).append((parts[1:], word))

    def words_with(self, names: frozenset[str]) -> frozenset[str]:
        """Words one of which stands in every text that holds one of these classes, its figures aside.

        Of a phrase its longest word: "the" of "the day before yesterday" stands nearly everywhere.
        """
        alone = frozenset(form for form, word in self.single.items() if not names.isdisjoint(word.classes))
        return alone.union(
            max((first, *rest), key=len)
            for first, options in self.longer.items()
            for rest, word in options
            if not names.isdisjoint(word.classes)
        )

    def char(self, classes: frozenset[str]) -> str:
        """The character that stands for this set of classes."""
        found = self._char.get(classes)
        if found is None:
            found = self._char[classes] = chr(0xE000 + len(self._char))
        return found

    def chars_with(self, name: str, known: Sequence[frozenset[str]]) -> str:
        """The characters of all sets that hold a class."""
        return "".join(self.char(classes) for classes in known if name in classes)

    def items(self, text: str, start: int, end: int, tags: Mapping[int, str]) -> list[Item]:
        """The words of a stretch of text; `tags` gives the part of speech of the word that begins at an offset."""
        words = [(match.start(), match.end(), match.group()) for match in WORD.finditer(text, start, end)]
        lowered = [form.lower() for _, _, form in words]
        items: list[Item] = []
        index = 0
        while index < len(words):
            begin, finish, form = words[index]
            if lowered[index] not in self.single and lowered[index] not in self.longer:
                items.append(shape(begin, finish, form))
                index += 1
                continue
            item, count = self._item(words, lowered, index, tags)
            if item is None:
                item, count = shape(begin, finish, form), 1
            items.append(item)
            index += count
        return items

    def _item(
        self, words: Sequence[tuple[int, int, str]], lowered: Sequence[str], index: int, tags: Mapping[int, str]
    ) -> tuple[Item | None, int]:
        begin, finish, form = words[index]
        for rest, word in self.longer.get(lowered[index], ()):
            if tuple(lowered[index + 1 : index + 1 + len(rest)]) == rest and not _barred(word, form, tags.get(begin)):
                last = words[index + len(rest)]
                return Item(begin, last[1], frozenset(word.classes), word.classes), 1 + len(rest)
        known = self.single.get(lowered[index])
        if known is None or _barred(known, form, tags.get(begin)):
            literal = f"={lowered[index]}"
            if known is not None and literal in known.classes:
                return Item(begin, finish, frozenset((literal,)), {literal: form}), 1
            return None, 1
        count = 1
        # "Nov. 16": the dot belongs to the abbreviation unless the sentence ends with it.
        if "month" in known.classes and _is_abbreviation(lowered[index]) and _dotted(words, index):
            finish, count = words[index + 1][1], 2
        return Item(begin, finish, frozenset(known.classes), known.classes), count


def _is_abbreviation(month: str) -> bool:
    """ "Nov", "Sept"; not "July", which ends a sentence where a dot follows."""
    return 3 <= len(month) <= 4 and month not in ("may", "june", "july")


def _dotted(words: Sequence[tuple[int, int, str]], index: int) -> bool:
    return index + 2 < len(words) and words[index + 1][2] == "." and words[index + 1][0] == words[index][1]


def _barred(word: Word, form: str, tag: str | None) -> bool:
    return (word.capital and not form[0].isupper()) or (tag is not None and tag in word.never)


def shape(start: int, end: int, form: str) -> Item:
    """What a word is by its shape alone: numbers, dates in figures, clock times."""
    if form[0] not in _FIGURES:
        return Item(start, end, _NOTHING, {})
    values = dict(_shapes(form))
    return Item(start, end, frozenset(values), values)


def _shapes(form: str) -> Iterator[tuple[str, Any]]:
    if form.isdecimal():
        yield from _whole(form)
    elif len(form) == 3 and form[0] in "'’" and form[1:].isdecimal():
        number = int(form[1:])
        yield "short", 2000 + number if number < 30 else 1900 + number
    elif form[-1] == "s" and form.strip("'’s").isdecimal():
        number = int(form.strip("'’s"))
        if number % 10 == 0 and (number < 100 or 1000 <= number < 2200):
            yield "decade", number if number >= 1000 else 1900 + number
    elif form[-2:] in ("st", "nd", "rd", "th"):
        number = int(form[:-2])
        yield "ordinal", number
        if 1 <= number <= 31:
            yield "day", number
    elif "T" in form or (form.count("-") == 2 and len(form) == 10):
        yield "iso", form
    elif ":" in form:
        hours, minutes = form.split(":")
        if int(hours) < 25 and int(minutes) < 60:
            yield "clock", (int(hours), int(minutes))
    elif "/" in form or form.count(".") == 2 or form[4:5] in ("-", "–"):
        yield "figures", form
    elif "," in form:
        yield "number", int(form.replace(",", ""))
    elif form.rstrip("%").replace(".", "").isdecimal() and form[-1] != "%":
        yield "number", float(form)
        hours, _, minutes = form.partition(".")
        if len(minutes) == 2 and int(hours) < 25 and int(minutes) < 60:
            yield "dotclock", (int(hours), int(minutes))


def _whole(form: str) -> Iterator[tuple[str, Any]]:
    number = int(form)
    yield "number", number
    if len(form) <= 2 and 1 <= number <= 31:
        yield "day", number
    if len(form) <= 2 and number <= 24:
        yield "hour", number
    if len(form) == 4 and 1000 <= number < 2200:
        yield "year", number
    if len(form) == 4 and number // 100 < 25 and number % 100 < 60:
        yield "hours", (number // 100, number % 100)


SHAPES = tuple(
    shape(0, len(form), form).classes
    for form in ("2009-06-28", "10:57", "'94", "1/2/2009", "1/2", "1,000", "2.5", "9.30", "90s", "5th", "32nd",
                 "5", "31", "45", "2009", "0930", "1030", "2360", "1980", "1061", "9999", "123456")
)  # fmt: skip
"""One of each set of classes that a shape can give."""
