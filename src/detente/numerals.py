"""Numbers in words, for times and for counts: the entries of `lexicons/numbers`, and how they are put together.

"twenty-five", "two hundred and fifty thousand", "1.5 million", "a dozen"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from detente.lexicon import Entry, Lexicon

Effect = Literal["from", "above", "to", "below", "nearly", "about", "just over", "none"]
"""What words beside a number make of it: "at least", "more than", "up to", "fewer than", "almost" ..."""


class NumberWord(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/numbers`."""

    kind: Literal["number", "tens", "multiplier", "vague", "single", "nobody", "bound", "no number"]
    words: tuple[str, ...]
    value: int | None = None
    """Of "number", "tens" and "multiplier"."""
    low: int | None = None
    """Of "vague": the fewest that are meant."""
    high: int | None = None
    """Of "vague": the most that are meant; None is open."""
    effect: Effect | None = None
    """Of "bound"."""
    behind: bool = False
    """The bound stands behind its number: "or more"."""


class Word(Protocol):
    """A word with what it may be: "twenty" is {"tens": 20}, "a" {"article": 1}, "and" {"=and": "and"}."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The value for each class."""


def numerals_of(lexicon: Lexicon) -> tuple[NumberWord, ...]:
    """The words that numbers are put together from.

    Raises `LexiconError` for an entry that cannot be read.
    """
    entries = lexicon.entries("numbers", NumberWord)
    return tuple(entry for entry in entries if entry.kind in ("number", "tens", "multiplier"))


def number_at(words: Sequence[Word], index: int, *, joins: bool = True) -> tuple[int | None, int]:
    """The number that begins at a word, and where it ends; None where none does.

    "two hundred and fifty people"   250, ends before "people"
    "1.5 million"                    1,500,000
    "1.5"                            None: no number of people
    With `joins` off, "and" ends it: "between one hundred and two hundred".
    """
    part, at = _below_hundred(words, index)
    if part is None and _value(words, index, "article") is not None and _value(words, index + 1, "multiplier"):
        part, at = 1, index + 1
    if part is None:
        return None, index
    total = 0
    while (times := _value(words, at, "multiplier")) is not None:
        at += 1
        total, part = (total + round(part * times), 0) if times >= 1000 else (total, round(part * times))
        more, end = _remainder(words, at, times, joins)
        if more is not None:
            part, at = part + more, end
    return (total + part, at) if isinstance(part, int) else (None, index)


def _remainder(words: Sequence[Word], at: int, times: int, joins: bool) -> tuple[int | None, int]:
    """What a multiplier leaves room for: "fifty" in "two hundred and fifty"; after "and" no second hundred."""
    joined = joins and _value(words, at, "=and") is not None
    first = at + 1 if joined else at
    more, end = _below_hundred(words, first)
    follows = _value(words, end, "multiplier")
    room = more is not None and more < min(times, 100) and (follows is None or follows != times)
    # Without "and", only words go on: "two hundred fifty", "two thousand three hundred"; a figure begins anew.
    goes_on = joined or _value(words, first, "tens") is not None or (follows is not None and follows < times)
    return (more, end) if room and goes_on and isinstance(more, int) else (None, at)


def _below_hundred(words: Sequence[Word], index: int) -> tuple[int | float | None, int]:
    """The number of one word, of a ten with its unit, or in figures of any size; and where it ends."""
    tens = _value(words, index, "tens")
    if tens is None:
        value = _value(words, index, "number")
        return value, index + 1 if value is not None else index
    after = index + 1
    if _value(words, after, "=-") is not None:
        after += 1
    unit = _value(words, after, "number")
    return (tens + unit, after + 1) if unit is not None and 0 < unit < 10 else (tens, index + 1)


def _value(words: Sequence[Word], index: int, kind: str) -> Any:
    return words[index].values.get(kind) if index < len(words) else None
