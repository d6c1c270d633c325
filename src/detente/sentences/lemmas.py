"""Lemmas: the word as a dictionary lists it, from its form and tags.

A table made from the treebanks holds what rules cannot know ("fought" -> "fight", "Syrian" keeps its capital); the
rest follows the endings, guided by the verbs, nouns and adjectives that the treebanks know.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

# Tags whose lemma is the form itself.
_AS_IT_STANDS = frozenset(["PROPN", "PUNCT", "SYM", "X"])
_NAME_TAGS = frozenset(["NNP", "NNPS"])
_PLURAL = frozenset(["NNS", "VBZ"])
# Answers kept: a newspaper's year has fewer that matter.
REMEMBERED = 200_000
_VOWELS = frozenset("aeiou")


class Lemmas:
    """The table, read from a TSV with the columns form, tag, lemma; and the known words, listed under the tag `*`."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._table: dict[tuple[str, str], str] = {}
        self._known: set[str] = set()
        self._remembered: dict[tuple[str, str, str, bool], str] = {}
        for form, tag, lemma in rows:
            if tag == "*":
                self._known.add(form)
            else:
                self._table[form, tag] = lemma

    @classmethod
    def read(cls, path: Path) -> Lemmas:
        """The table in this file."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls((form, tag, lemma) for form, tag, lemma in (line.split("\t") for line in lines[1:]))

    def of(self, form: str, upos: str, xpos: str, *, capital_tells: bool = True) -> str:
        """The lemma. A capital tells nothing of the word that begins a sentence, and of those in a headline.

        ("fought", "VERB", "VBD") -> "fight"      ("talks", "NOUN", "NNS") -> "talk"
        ("Gates", "PROPN", "NNP") -> "Gates"      ("Syrian", "ADJ", "JJ") -> "Syrian"
        """
        asked = (form, upos, xpos, capital_tells)
        known = self._remembered.get(asked)
        if known is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            known = self._remembered[asked] = self._of(*asked)
        return known

    def _of(self, form: str, upos: str, xpos: str, capital_tells: bool) -> str:
        small = form.lower()
        found = self._table.get((small, xpos)) if xpos not in _NAME_TAGS else None
        if found is None and upos == "VERB" and small not in self._known:
            # A rare past tense taken for a present: "overran" is of no verb "overran".
            found = self._table.get((small, "VBD")) or self._table.get((small, "VBN"))
        if found is not None:
            return form if found == "=" else found
        if upos == "NUM":
            return form.replace(",", "")
        if upos in _AS_IT_STANDS or xpos in _NAME_TAGS or len(form) < 2:
            return form
        if form.isupper() and upos in ("NOUN", "ADJ") and xpos != "NNS" and capital_tells:
            return form  # "CEO", "TV"
        if upos == "ADJ" and form[0].isupper() and capital_tells:
            return form  # "Western"
        return self.by_ending(small, xpos)

    def by_ending(self, small: str, xpos: str) -> str:
        """The lemma of a word in small letters by its ending alone."""
        if xpos in _PLURAL:
            return _without_s(small)
        if xpos == "VBG" and small.endswith("ing") and len(small) > 4:
            return self._stem(small[:-3])
        if xpos in ("VBD", "VBN") and len(small) > 3:
            if small.endswith("ied"):
                return small[:-3] + "y"
            if small.endswith("ed"):
                return self._stem(small[:-2])
        if xpos in ("JJR", "RBR") and small.endswith("er") and len(small) > 4:
            return self._stem(small[:-3] + "y" if small.endswith("ier") else small[:-2])
        if xpos in ("JJS", "RBS") and small.endswith("est") and len(small) > 5:
            return self._stem(small[:-4] + "y" if small.endswith("iest") else small[:-3])
        return small

    def _stem(self, stem: str) -> str:
        """ "visit" of visit-ed, "hope" of hop-ing, "stop" of stopp-ed."""
        doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
        candidates = [stem[:-1], stem] if doubled and stem[-1] not in "lsfz" else [stem, stem + "e"]
        if doubled and stem[-1] in "lsfz":
            candidates.append(stem[:-1])
        known = [word for word in candidates if word in self._known]
        if len(known) == 1:
            return known[0]
        if doubled:
            return known[0] if known else candidates[0]
        if known:
            # Both exist ("hop", "hope"): undoubled, so the one with the silent e.
            return stem + "e"
        return stem + "e" if _wants_e(stem) else stem


def _without_s(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) and len(word) > 4:
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        return word[:-1]
    return word


def _wants_e(stem: str) -> bool:
    """Whether an unknown stem looks like one that lost an e: "negotiat", "resum", "argu"."""
    if stem.endswith(("at", "iz", "is", "us", "ys", "ut", "ag", "uc", "ic", "ac", "rc", "nc", "rg", "dg", "ng")):
        return not stem.endswith(("ing", "ong", "eat", "oat"))
    if stem.endswith(("v", "u", "bl", "tl", "dl", "gl", "pl", "cl", "fl", "rs", "ns", "ps", "z")):
        return True
    consonant, vowel, before = stem[-1:], stem[-2:-1], stem[-3:-2]
    alone = sum(c in _VOWELS for c in stem) == 1
    return alone and consonant not in "aeiouwxy" and vowel in _VOWELS and bool(before) and before not in _VOWELS
