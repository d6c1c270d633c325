"""How names of places are written: one plain form for looking up, whatever the accents, hyphens and abbreviations."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Written either way in news and in gazetteers: "St. Petersburg", "Saint Petersburg", "Ft. Worth", "Mt. Vernon".
SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
DROPPED = dict.fromkeys(map(ord, "'’‘ʼʻ`´.,()\""))
SPACED = dict.fromkeys(map(ord, "-–—/‐"), " ")
LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name as it is looked up: "Côte-d'Or" -> "cote dor", "St. Louis" -> "saint louis"."""
    lowered = name.lower().translate(SPACED).translate(DROPPED)
    if not lowered.isascii():
        lowered = "".join(LETTERS.get(letter, letter) for letter in lowered)
        lowered = "".join(
            letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter)
        )
    return " ".join(SHORT.get(word, word) for word in lowered.split())
