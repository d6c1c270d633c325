"""Sentences: where they end within a block.

A full stop ends a sentence unless what follows speaks against it: a small letter, or a name after an abbreviation
that stands before names ("Gen. Smith"). After an abbreviation that may end a sentence ("in the U.S. The talks") only
a word that begins sentences makes an end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.model import Span
from detente.sentences.grammar import verbs
from detente.sentences.tokens import AT_END, BEFORE_NAME, words

# The longest sentence of the treebanks has 160 words; what is longer is a list or no sentence at all. The encoder's
# work grows with the square of it.
MAX_TOKENS = 120

_ENDS = frozenset([".", "!", "?", "…", "...", "....", "?!", "!?", "!!", "!!!", "??", "???"])
_CLOSING = frozenset("\"”’')]}»")
_OPENING = frozenset("\"“‘'([{«`") | {"``"}
_LIST_MARK = re.compile(r"[•▪■●◦*·–—-]")

# Capitalised, these begin a sentence rather than go on with a name.
_STARTERS = frozenset(
    words("""
    A About According After All Also Although An And Another Any Are As At Because Before Both But By Can Could Despite
    Did Do Does During Each Earlier Even For From Further Had Has Have He Her Here His How However I If In Is It Its
    Last Later Many Meanwhile More Moreover Most Mr Mr. Mrs. Ms. My No None Nor Not Now Of On Once One Only Or Other Our
    Over She Should Since So Some Still Such Than That The Their Then There These They This Those Though Through Thus To
    Two Under Until We Were What When Where Whether Which While Who Why Will With Without Would Yet You Your
    """)
)


def _plain(abbreviations: Sequence[str]) -> frozenset[str]:
    return frozenset(
        re.sub(r"\\?\.?(\(.*)?$", "", word).replace("\\", "").removesuffix("?") + "." for word in abbreviations
    )


_NEVER_LAST = _plain(BEFORE_NAME)
_MAYBE_LAST = _plain(AT_END)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+$")
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}+(?:,\s[A-Z][\w. ]{2,24}+){0,2}+(?:\s?\([^()]{2,30}\))?+\s?(?:--|[–—-])\s",
)


def sentences_in(text: str, tokens: Sequence[Span]) -> list[tuple[int, int]]:
    """The sentences of one block's tokens, as (first token, token after the last)."""
    if not tokens:
        return []
    ends = []
    first = 0
    dateline = _DATELINE.match(text, tokens[0][0], tokens[-1][1])
    for at in range(len(tokens) - 1):
        if at + 1 - first >= MAX_TOKENS:
            cut = _best_cut(text, tokens, first, at + 1)
            ends.append(cut)
            first = cut
        if dateline and tokens[at][1] < dateline.end() <= tokens[at + 1][0]:
            is_end = True
        else:
            is_end = _ends_at(text, tokens, first, at)
        if is_end and at + 1 > first:
            ends.append(at + 1)
            first = at + 1
    ends.append(len(tokens))
    return [span for span in zip([0, *ends[:-1]], ends, strict=True) if span[0] < span[1]]


def _ends_at(text: str, tokens: Sequence[Span], first: int, at: int) -> bool:
    """Whether a sentence that began with the token `first` ends after the token `at`."""
    start, end = tokens[at]
    following, following_end = tokens[at + 1]
    if following - end > 1 and text.count("\n", end, following) > 1:
        return True
    if text[end - 1].isalnum():
        return False
    last = at
    closed = False
    word = text[start:end]
    if word == "|" and following > end:
        return True  # "Ana Lopes, Lusa | Troops enter Dili": layout, and no part of a sentence
    while word in _CLOSING and last > first and (last == at or tokens[last][1] == tokens[last + 1][0]):
        if tokens[last - 1][1] != tokens[last][0]:
            return False  # it opens
        closed = True
        last -= 1
        word = text[tokens[last][0] : tokens[last][1]]
    if word not in _ENDS and not (word.endswith(".") and len(word) > 1):
        return False
    if following == end:
        # "(AP)." or 'end."': the end is still to come. Only a missing space makes an end here.
        return word == "." and text[following].isupper() and text[following_end - 1].islower() and not closed
    if text[following:following_end] in _CLOSING and not _opens(text, tokens, at + 1):
        return False
    return _may_begin(text, tokens, first, last, at, word, closed)


def _may_begin(text: str, tokens: Sequence[Span], first: int, last: int, at: int, word: str, closed: bool) -> bool:
    """Whether what follows the end mark (token `last`, closed by quotes up to `at`) looks like a sentence."""
    index = at + 1
    while index < len(tokens) - 1 and text[tokens[index][0] : tokens[index][1]] in _OPENING:
        index += 1
    begin = text[tokens[index][0] : tokens[index][1]]
    initial = begin[0]
    if initial.islower():
        return False
    if not (initial.isalnum() or index > at + 1 or _LIST_MARK.match(initial) or initial in "$£€#@…"):
        return False
    if word in _ENDS:
        if word == "." and last == first + 1 and text[tokens[first][0] : tokens[first][1]].isdecimal():
            return False  # "1. Talks begin"
        if word[0] in "!?" and closed:
            return not _is_said(text, tokens, at + 1)
        return True
    if word in _NEVER_LAST:
        return False
    if word in _MAYBE_LAST or _DOTTED.match(word):
        return begin in _STARTERS or (index > at + 1 and begin[0].isupper())
    return True


def _opens(text: str, tokens: Sequence[Span], at: int) -> bool:
    """Whether a straight quotation mark opens: a space before it and none behind."""
    start, end = tokens[at]
    return text[start - 1].isspace() and not text[end : end + 1].isspace()


def _is_said(text: str, tokens: Sequence[Span], at: int) -> bool:
    """ "Is this peace?" Lavrov asked: the sentence goes on."""
    asking = verbs("asking")
    return any(text[start:end] in asking for start, end in tokens[at : at + 4])


def _best_cut(text: str, tokens: Sequence[Span], first: int, after: int) -> int:
    """Where to cut a sentence that is too long: behind the last semicolon or comma of its second half."""
    middle = (first + after) // 2
    for mark in (";:|", ",", "–—-"):
        for at in range(after - 1, middle, -1):
            if text[tokens[at][0]] in mark:
                return at + 1
    return after
