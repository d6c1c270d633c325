"""Questions to the index of words, as people write them: words, "phrases", -without, OR, begin*, outlet: and days.

All that is meant for the index is quoted before it gets there, so no letter of a question is an operator of SQLite's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from detente.errors import QuestionError
from detente.store.catalogue import Catalogue, Found

MOST = 2_000
"""So many of the latest hits are ranked and counted."""
LONGEST = 1_000
SHORTEST = 2
"""Letters before an asterisk: the index knows what begins with two, and would have to go through all words for one."""
FACETS = 12

Order = Literal["best", "latest"]

_PART = re.compile(r'(-?)(?:(\w+):)?("[^"]*"?|\S+)')
_WORD = re.compile(r"[^\W_]+")
_NOT = re.compile(r"(?<!\S)NOT\s+(?=\S)")
_FIELDS = {"outlet", "since", "until"}
_IN = {"headline": "headline", "text": "text"}
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Question(Struct, frozen=True):
    """What is looked for: words for the index, and what else an article must have."""

    words: str
    wanted: dict[str, str]


class Results(Struct, frozen=True, kw_only=True):
    """What was found; counts are of the latest `MOST` articles with these words."""

    articles: Sequence[Found]
    count: int
    is_cut: bool
    """There are more, which are older."""
    outlets: Sequence[tuple[str, int]]
    years: Sequence[tuple[str, int]]


def question_of(text: str) -> Question:
    """The question that somebody wrote.

    'nato "missile shield" -poland'   all of these words, and not the last
    'thaw OR freeze'                  one of them
    'diplomat* outlet:Xinhua since:2009-05 until:2009-06-30 headline:georgia'

    Raises `QuestionError` for one that says nothing to look for, or no day where a day must stand.
    """
    if len(text) > LONGEST:
        raise QuestionError(f"a question of {len(text)} characters; {LONGEST} are enough")
    terms: list[str] = []
    without: list[str] = []
    wanted: dict[str, str] = {}
    for minus, field, part in _PART.findall(_NOT.sub("-", text.replace("\0", " "))):
        if field.lower() in _FIELDS and not minus:
            wanted[field.lower()] = _value(field.lower(), part.strip('"'))
        elif part in ("AND", "OR") and not field:
            terms += ["OR"] if part == "OR" and terms else []  # all words are asked for as it is
        elif quoted := _quoted(field.lower(), part, f"{field}:" if field else ""):
            (without if minus else terms).append(quoted)
    words = _joined(terms)
    if not words:
        raise QuestionError(f"'{text[:60]}': nothing to look for; write a word that the articles must have")
    return Question(words + "".join(f" NOT {term}" for term in without), wanted)


def found(catalogue: Catalogue, question: Question, order: Order, limit: int, skip: int = 0) -> Results:
    """The articles that a question finds: the best first, or the latest."""
    every = catalogue.find(question.words, question.wanted, MOST)
    if order == "latest":
        every.sort(key=lambda one: (one.day or "", -one.rank), reverse=True)
    return Results(
        articles=every[skip : skip + limit],
        count=len(every),
        is_cut=len(every) >= MOST,
        outlets=Counter(one.outlet for one in every if one.outlet).most_common(FACETS),
        years=sorted(Counter(one.day[:4] for one in every if one.day).items(), reverse=True)[:FACETS],
    )


def _value(field: str, value: str) -> str:
    if field == "outlet":
        return value
    if not _DAY.fullmatch(value):
        raise QuestionError(
            f"{field}:{value[:20]} is no day; write {field}:2009, {field}:2009-06 or {field}:2009-06-28"
        )
    # Days are compared as text: all of June 2009 lies before "2009-06-99".
    return value if field == "since" else f"{value}-99" if len(value) < 10 else value


def _quoted(field: str, part: str, prefix: str) -> str:
    """A word or phrase as the index reads it; "" for what has no letter or digit."""
    column = _IN.get(field)
    text = part if column or not prefix else prefix + part
    begins = text.endswith("*") and not text.startswith('"')
    bare = text.strip('"*').replace('"', " ")
    if not (words := _WORD.findall(bare)):
        return ""
    if begins and len(words[-1]) < SHORTEST:
        raise QuestionError(f"'{part[:20]}': very many words begin so; write {SHORTEST} letters before the asterisk")
    return (f"{column} : " if column else "") + f'"{bare}"' + (" *" if begins else "")


def _joined(terms: Sequence[str]) -> str:
    """All of the terms, those with OR between them in brackets."""
    groups: list[list[str]] = []
    is_or = False
    for term in terms:
        if term == "OR":
            is_or = True
        elif is_or and groups:
            groups[-1].append(term)
            is_or = False
        else:
            groups.append([term])
    return " AND ".join(f"({' OR '.join(group)})" if len(group) > 1 else group[0] for group in groups)
