"""The words by which articles are held against each other: those of the title twice, and those of the beginning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Set

LEAD = 150
"""Words of the text that tell what it is about; the rest tells what came before."""
TITLE = 2
"""How often a word of the title counts."""

_WORD = re.compile(r"[^\W\d_][\w'’-]+|\d[\d,.]*\d|\d")
_POSSESSIVE = re.compile(r"['’]s?\Z")


def terms_of(title: str, text: str, function_words: Set[str]) -> Mapping[str, int]:
    """How often each word stands there, in small letters and the singular; function words are left out."""
    found: Counter[str] = Counter()
    for words, times in ((title, TITLE), (" ".join(text.split(maxsplit=LEAD)[:LEAD]), 1)):
        for word in _WORD.findall(words.lower()):
            if word not in function_words:
                found[_singular(_POSSESSIVE.sub("", word))] += times
    return found


def _singular(word: str) -> str:
    """By its letters alone: "talks" -> talk, "countries" -> country, "crisis" stays."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")) else word
