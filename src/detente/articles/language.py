"""Whether a text is in English, told by its function words: they make a third of any text and are known in full."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.articles.words import Words

# What English cuts off with an apostrophe is skipped: the "s" of "Togo's" is a word of its own in Czech.
_WORD = re.compile(r"['’](?:s|t|re|ve|ll|d|m)\b|([^\W\d_]+)", re.IGNORECASE)

# The words looked at: the first of them settle it, and a page of quotations in another tongue stays English.
ENOUGH = 400

# Headlines leave function words out: "Russia expels two NATO officials" has none. Under this many words only a
# language that shows itself is believed.
SHORT = 25
# English prose has 0.35 to 0.5, lists of names 0.1; other languages at most 0.08 by words spelled alike.
ENGLISH_SHARE = 0.12
PLAINLY_ENGLISH = 0.25


def other_language(text: str, words: Words) -> str | None:
    """The name of the language when it is not English; None for English and for what is too short to tell.

    "NATO, Russia agree to resume contacts"               -> None
    "Bogotá y Caracas reabren la frontera tras siete años" -> Spanish
    """
    tokens = [word for word in _WORD.findall(text[: ENOUGH * 7]) if word][:ENOUGH]
    if not tokens:
        return None
    latin = sum(token[0] < "\u0250" for token in tokens)
    if latin < len(tokens) * 0.6:
        return "a language in another script"
    english = _share([token.lower() for token in tokens], words.languages["en"][1])
    if english > PLAINLY_ENGLISH:
        return None
    # With a capital they are parts of names: "La Paz", "De Gaulle".
    small = [token if token.islower() else "" for token in tokens]
    shares = {code: _share(small, functional) for code, (_, functional) in words.languages.items() if code != "en"}
    best = max(shares, key=shares.__getitem__)
    name = words.languages[best][0]
    if len(tokens) < SHORT:
        return name if shares[best] * len(tokens) >= 2 and shares[best] > 1.5 * english else None
    if english >= ENGLISH_SHARE and english >= shares[best]:
        return None
    if shares[best] > english:
        return name
    return None if english >= ENGLISH_SHARE / 3 else "another language"


def _share(tokens: Sequence[str], functional: frozenset[str]) -> float:
    return sum(map(functional.__contains__, tokens)) / len(tokens)
