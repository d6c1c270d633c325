"""Patterns over classes of words, and the search for the longest one at each place.

"<month> <day> ,? <year>"      a class, a word of its own, and an optional word
"(early|<vague>) <@date>"      either; `<@...>` is what an earlier level has read
"[in|by] <season>"             after "in" or "by", which stays outside; at the end of a pattern what must follow
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from detente.errors import LexiconError
from detente.mentions.timewords import OTHER, SHAPES, Item, TimeEntry, Vocabulary

_ELEMENT = re.compile(
    r"(?P<open>[(\[])(?P<either>[^()\[\]]{1,400})[)\]](?P<left>\?)?"
    r"|(?P<one><[@\w:]{1,40}>|[^\s<>()?\[\]]{1,40})(?P<out>\?)?"
)

_GROUP = re.compile(r"\(\?P<\w+>")

# Numbers of several words are put together from these.
_NUMBER_PARTS = ("tens", "teens", "multiplier")


class Element(Struct, frozen=True):
    """A place of a pattern."""

    parts: tuple[str, ...]
    """The classes and words that may stand there."""
    optional: bool = False
    beside: bool = False
    """It stands next to the expression and is no part of it: "[in|by]"."""


Elements = Sequence[Element]


class Pattern(Struct):
    """A pattern, ready to be tried."""

    entry: TimeEntry
    regex: re.Pattern[str]
    first: frozenset[str]
    slots: tuple[tuple[str, str], ...]
    """Name of the group and the class it holds."""


class Found(Struct, frozen=True):
    """Where a pattern holds: items first to last (exclusive) with the value of each slot."""

    first: int
    last: int
    pattern: Pattern
    slots: dict[str, Any]


class Grammar:
    """All patterns of the lexicon by level."""

    def __init__(self, entries: Sequence[TimeEntry]) -> None:
        """Raises `LexiconError` for a pattern that cannot be read."""
        patterns = [entry for entry in entries if entry.kind == "pattern"]
        parsed = {entry.id: _elements(entry) for entry in patterns}
        literals = {part for elements in parsed.values() for one in elements for part in one.parts if part[0] != "<"}
        self.vocabulary = Vocabulary((entry for entry in entries if entry.kind != "pattern"), literals)
        made = (
            {frozenset((f"@{name}", "@date")) for name in _MADE}
            | {frozenset((f"@{name}",)) for name in _PARTS}
            | {frozenset(("number", "year"))}
        )
        known = [frozenset(word.classes) for word in self.vocabulary.single.values()]
        known += [frozenset(word.classes) for more in self.vocabulary.longer.values() for _, word in more]
        known += [frozenset((f"={literal}",)) for literal in literals]
        self._known = tuple(dict.fromkeys((*known, *SHAPES, *made)))
        self.triggers = self.vocabulary.words_with(_needed(parsed.values()).union(_NUMBER_PARTS))
        """Words one of which stands in every text with an expression, its figures aside."""
        self.levels: dict[int, dict[str, tuple[Pattern, ...]]] = {}
        self._begins: dict[int, re.Pattern[str]] = {}
        for level in sorted({entry.level for entry in patterns}):
            compiled = [self._compiled(entry, parsed[entry.id]) for entry in patterns if entry.level == level]
            chars = {char for pattern in compiled for char in pattern.first}
            self.levels[level] = {char: tuple(one for one in compiled if char in one.first) for char in chars}
            # All patterns in one find the places where any of them holds; they are few.
            either = "|".join(_GROUP.sub("(?:", pattern.regex.pattern) for pattern in compiled)
            self._begins[level] = re.compile(f"(?=[{re.escape(''.join(sorted(chars)))}])(?:{either})")

    def _compiled(self, entry: TimeEntry, elements: Elements) -> Pattern:
        before, taken, after = "", "", ""
        slots: list[tuple[str, str]] = []
        first, open_start = set[str](), True
        for number, element in enumerate(elements):
            chars = self._chars(entry, element)
            one = f"[{re.escape(chars)}]"
            if element.beside and not taken:
                before += one
                continue
            slots.extend((f"g{number}", part[1:-1] if part[0] == "<" else f"={part}") for part in element.parts)
            if element.beside:
                after += f"(?P<g{number}>{one})"
                continue
            taken += f"(?P<g{number}>{one})" + ("?" if element.optional else "")
            if open_start:
                first.update(chars)
                open_start = element.optional
        regex = (f"(?<={before})" if before else "") + taken + (f"(?={after})" if after else "")
        return Pattern(entry, re.compile(regex), frozenset(first), tuple(slots))

    def _chars(self, entry: TimeEntry, element: Element) -> str:
        """The characters of all that may stand at a place."""
        chars = ""
        for part in element.parts:
            matching = self.vocabulary.chars_with(_class_of(part), self._known)
            if not matching:
                raise LexiconError(f"{entry.id}: nothing is of class '{part}' in pattern '{entry.pattern}'")
            chars += matching
        return chars

    def string(self, items: Sequence[Item]) -> str:
        """One character for each item."""
        char = self.vocabulary.char
        # A list, not a generator: this runs over every word of the text.
        return "".join([char(item.classes) if item.classes else OTHER for item in items])

    def search(self, items: Sequence[Item], level: int, read: Callable[[Found], Item | None]) -> list[Item]:
        """The items with each longest expression of a level put in place of its words.

        Of patterns of one length the earlier in the files wins; what `read` refuses gives way to the next.
        """
        string = self.string(items)
        by_first, begins = self.levels[level], self._begins[level]
        done: list[Item] = []
        index = 0
        while (begin := begins.search(string, index)) is not None:
            done.extend(items[index : begin.start()])
            index = begin.start()
            made = None
            for found in self._at(by_first[string[index]], string, items, index):
                made = read(found)
                if made is not None:
                    done.append(made)
                    index = found.last
                    break
            if made is None:
                done.append(items[index])
                index += 1
        done.extend(items[index:])
        return done

    def _at(self, candidates: Sequence[Pattern], string: str, items: Sequence[Item], index: int) -> list[Found]:
        found = []
        for pattern in candidates:
            match = pattern.regex.match(string, index)
            if match is not None:
                found.append(Found(index, match.end(), pattern, _slots(pattern, match, items)))
        # Sorting is stable: among equals the earlier pattern of the file comes first.
        found.sort(key=lambda one: -one.last)
        return found


_MADE = ("day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "time",
         "weekday", "holiday", "months", "yearago")  # fmt: skip
_PARTS = ("unit", "none", "duration", "set", "reference", "count", "span")


def _class_of(part: str) -> str:
    """The class that a part of an element asks for: "<month:2>" and "month", "the" and "=the"."""
    return part[1:-1].partition(":")[0] if part[0] == "<" else f"={part}"


def _needed(patterns: Iterable[Elements]) -> frozenset[str]:
    """Classes without which no pattern holds: of each pattern those of one element that it can't do without.

    Of the elements that of most use to all patterns: "<unit>" rather than "<article>"; a class rather than a word; of
    words the longest. What needs an expression of an earlier level needs nothing of its own.
    """
    asked = [
        [frozenset(map(_class_of, one.parts)) for one in elements if not one.optional and not one.beside]
        for elements in patterns
    ]
    uses = Counter(name for elements in asked for element in elements for name in element)

    def worth(element: frozenset[str]) -> tuple[bool, int]:
        is_word = any(name[0] == "=" for name in element)
        return not is_word, min(len(name) if is_word else uses[name] for name in element)

    own = [elements for elements in asked if not any(all(c[0] == "@" for c in element) for element in elements)]
    return frozenset().union(*(max(elements, key=worth) for elements in own))


def _elements(entry: TimeEntry) -> list[Element]:
    if not entry.pattern or not entry.reads:
        raise LexiconError(f"{entry.id}: a pattern needs `pattern` and `reads`")
    elements, end = [], 0
    for match in _ELEMENT.finditer(entry.pattern):
        if entry.pattern[end : match.start()].strip():
            break
        parts = tuple((match["either"] or match["one"]).split("|"))
        elements.append(Element(parts, bool(match["left"] or match["out"]), match["open"] == "["))
        end = match.end()
    if entry.pattern[end:].strip() or not elements:
        raise LexiconError(f"{entry.id}: cannot read the pattern '{entry.pattern}' from '{entry.pattern[end:]}' on")
    return elements


def _slots(pattern: Pattern, match: re.Match[str], items: Sequence[Item]) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    for group, name in pattern.slots:
        at = match.start(group)
        if at >= 0:
            kind = name.partition(":")[0]
            values: Mapping[str, Any] = items[at].values
            if kind in values:
                # A whole without a date of its own ("the year") stands where a date may.
                slots["date" if kind == "@unit" else name.removeprefix("@")] = values[kind]
    return slots
