"""Sentences as nobody should write them: our own examples bent and broken, word salad, and noise in many scripts.

Seeded: the same seed gives the same sentences, so that a fault found once can be looked at again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

MAX_CHANGES = 6

# What stands in real pages beside sentences, and what no writer of a rule thinks of.
JUNK = (
    *"\"'“”‘’«»()[]{}<>|/\\*_~^`@#%&;:,.!?…-–—•§¶€£$+=",
    "...", "--", "?!", "!!!", "``", "''", "\n", "\n\n", "\t", "\r\n", " ",
    "\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\u00a0", "\u200b", "\u200d", "\ufeff", "\u2028", "\u2029", "\ufffd",
    "\ufffe", "\u202e", "\u202d", "\u2066", "\u061c", "a\u0301\u0302\u0303", "\u0301" * 12,
    "\U0001f600", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f1f3\U0001f1f4", "𝓐𝓽𝓽𝓪𝓬𝓴",
    "&amp;", "&#x41;", "<b>", "</p>", "http://example.org/a?b=c#d", "www.example.org", "x@example.org", "@user", "#tag",
    "U.S.", "U.N.'s", "Mr.", "No. 5", "9/11", "1990s", "2,500,000", "-0.5%", "$3bn", "10:57", "28/6/2009", "V.I.P.",
    "n't", "'s", "said", "said that", "according to", "who", "which", "that", "not", "to", "of the", "and", "or", "if",
    "between", "with", "against", "NATO", "Russia,", "Chad and", "Moscow's", "he", "their", "the two sides",
    "on Monday", "next week", "in Paris", "def f(x): return x[0]", "SELECT * FROM t;", "for (;;) {", "\\frac{a}{b}",
    "a" * 300,
    "Доброе утро", "今日は", "مرحبا بالعالم", "שלום", "नमस्ते", "สวัสดี", "안녕", "Größe", "ﬁnd", "ẞ", "İ", "ŉ", "ǆ",
)  # fmt: skip

# Stretches of code points: scripts that run either way, marks that join, signs without letters, code points without
# a character.
SCRIPTS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x250, 0x2AF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x5FF),
    (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x2000, 0x206F), (0x20A0, 0x214F),
    (0x2190, 0x22FF), (0x3040, 0x30FF), (0x4E00, 0x4FFF), (0xAC00, 0xADFF), (0xE000, 0xE0FF), (0xFB00, 0xFDFF),
    (0xFE00, 0xFEFF), (0x0, 0x1F), (0x10000, 0x103FF), (0x1D400, 0x1D7FF), (0x1F300, 0x1F6FF),
    (0xE0000, 0xE00FF), (0xD800, 0xDFFF),
)  # fmt: skip
_MARKS = ".,;:!?\"'()-–…"


class Mutants:
    """Makes sentences out of good ones; `words` are what salad is made of."""

    def __init__(self, seed: int, sentences: Sequence[str], words: Sequence[str]) -> None:
        self._random = random.Random(seed)
        self._sentences = sentences
        self._words = words
        self._kinds: Sequence[Callable[[], str]] = (self.bent, self.salad, self.long, self.layout, self.noise)
        # Most faults are found near what the rules know.
        self._weights = (60, 15, 5, 10, 10)

    def __iter__(self) -> Iterator[str]:
        while True:
            (make,) = self._random.choices(self._kinds, self._weights)
            yield make()

    def bent(self) -> str:
        """A good sentence after a few changes."""
        text = self._good()
        for _ in range(self._random.randint(1, MAX_CHANGES)):
            text = self._random.choice(_CHANGES)(text, self._random, self._sentences)
        return text

    def salad(self) -> str:
        """Words that the rules know, in no order."""
        return " ".join(self._random.choices(self._words, k=self._random.randint(1, 40)))

    def long(self) -> str:
        """One sentence of some hundred words."""
        wanted, joint = self._random.randint(100, 400), self._random.choice((" and ", ", ", " ", " that ", "; ", ' "'))
        parts: list[str] = []
        while sum(part.count(" ") + 1 for part in parts) < wanted:
            parts.append(self._good().rstrip("."))
        return joint.join(parts)

    def layout(self) -> str:
        """Lists, tables and verses turned into text, headlines in capitals, rows of quotations."""
        some = [self._good() for _ in range(self._random.randint(1, 5))]
        return self._random.choice(
            (
                lambda: "\n".join(f"{self._random.choice('•-*·')} {text}" for text in some),
                lambda: "\n".join(f"{number}. {text}" for number, text in enumerate(some, 1)),
                lambda: "\t".join(some),
                lambda: " | ".join(" | ".join(text.split()) for text in some),
                lambda: "\n".join(word for text in some for word in text.split()),
                lambda: " ".join(some).upper(),
                lambda: " ".join(some).title(),
                lambda: "".join(some),
                lambda: " ".join(f"“{text}" for text in some),
                lambda: "((" * 40 + " ".join(some) + "]" * 40,
            )
        )()

    def noise(self) -> str:
        """Random characters of one or two scripts."""
        ranges = self._random.choices(SCRIPTS, k=self._random.randint(1, 2))
        return "".join(
            " " if self._random.random() < 0.15 else chr(self._random.randint(*self._random.choice(ranges)))
            for _ in range(self._random.randint(0, 200))
        )

    def _good(self) -> str:
        return self._random.choice(self._sentences)


Change = Callable[[str, random.Random, Sequence[str]], str]


def _on_words(change: Callable[[list[str], int, random.Random], None]) -> Change:
    """A change at one word of the sentence."""

    def changed(text: str, chance: random.Random, _: Sequence[str]) -> str:
        words = text.split(" ")
        change(words, chance.randrange(len(words)), chance)
        return " ".join(words)

    return changed


def _delete(words: list[str], at: int, chance: random.Random) -> None:
    del words[at]


def _double(words: list[str], at: int, chance: random.Random) -> None:
    words[at:at] = [words[at]] * chance.choice((1, 1, 2, 30))


def _swap(words: list[str], at: int, chance: random.Random) -> None:
    other = chance.randrange(len(words))
    words[at], words[other] = words[other], words[at]


def _case(words: list[str], at: int, chance: random.Random) -> None:
    words[at] = chance.choice((str.upper, str.lower, str.title, str.swapcase))(words[at])


def _mark(words: list[str], at: int, chance: random.Random) -> None:
    words[at] += chance.choice(_MARKS)


def _open(words: list[str], at: int, chance: random.Random) -> None:
    words[at] = chance.choice("\"“(['«") + words[at]


def _junk(words: list[str], at: int, chance: random.Random) -> None:
    words.insert(at, chance.choice(JUNK))


def _glue(words: list[str], at: int, chance: random.Random) -> None:
    if at + 1 < len(words):
        words[at : at + 2] = [chance.choice(("", "-", "/", "\u00ad", "'")).join(words[at : at + 2])]


def _all_case(text: str, chance: random.Random, _: Sequence[str]) -> str:
    return chance.choice((str.upper, str.lower, str.title))(text)


def _join(text: str, chance: random.Random, sentences: Sequence[str]) -> str:
    joint = chance.choice((" and ", ", ", "; ", " ", ". ", " - ", " because ", " said ", "\n", ' "', " or not "))
    return text + joint + chance.choice(sentences)


def _cut(text: str, chance: random.Random, _: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] if chance.random() < 0.5 else text[at:]


def _letter(text: str, chance: random.Random, _: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice((*JUNK, "", "x", "ß")) + text[at + chance.randint(0, 2) :]


def _bare(text: str, chance: random.Random, _: Sequence[str]) -> str:
    return "".join(letter for letter in text if letter not in _MARKS)


def _quoted(text: str, chance: random.Random, _: Sequence[str]) -> str:
    return chance.choice(("“{}", '"{}"', "‘{}’", "{}”", '"{} "', "“{}” he said", "({}", "{})")).replace("{}", text)


_CHANGES: Sequence[Change] = (
    *map(_on_words, (_delete, _double, _swap, _case, _mark, _open, _junk, _glue)),
    _all_case, _join, _cut, _letter, _bare, _quoted,
)  # fmt: skip
