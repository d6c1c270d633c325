"""Who is named in a store and is nobody yet: the names and nouns to write entries for, the most frequent first.

names   what the language model takes for names, and neither an actor nor a place was found in
nouns   what does, or has done to it, what the event rules know ("the jugglers expelled"), and is no role
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from detente.store.store import Store

Kind = Literal["person", "body", "noun"]

_NAMES = """
SELECT article, number, text, words[1] AS begin, token.start AS first, token.end AS last, token.name AS name
FROM (SELECT article, number, text, words, unnest(tokens) AS token FROM sentences)
WHERE token.name <> 'O'
ORDER BY article, number, first
"""
_NOUNS = """
SELECT article, number, text, begin, token.start AS first, token.end AS last, 'B-NOUN' AS name
FROM (SELECT article, number, text, words[1] AS begin, tokens, unnest(tokens) AS token FROM sentences)
WHERE token.upos = 'NOUN' AND token.relation IN ('nsubj', 'nsubj:pass')
  AND list_contains(?::VARCHAR[], tokens[token.head + 1].lemma)
ORDER BY article, number, first
"""
# A name that is a known place is no unknown body.
_MENTIONED = "SELECT article, words, country FROM mentions WHERE noun IN ('actor', 'place')"
_KIND: dict[str, Kind] = {"PER": "person", "ORG": "body", "LOC": "body", "MISC": "body", "NOUN": "noun"}
_EXAMPLES = 3
_CLOSE = 300


class Unresolved(Struct, frozen=True, kw_only=True):
    """A phrase that names somebody whom the lexicon does not know."""

    phrase: str
    kind: Kind
    times: int
    articles: int
    country: str | None
    """The country most often named near by: a guess."""
    examples: tuple[str, ...]


class _Phrase(NamedTuple):
    article: str
    sentence: str
    kind: Kind
    text: str
    start: int
    end: int


def unresolved(
    store: Store, is_known: Callable[[str], bool], *, deeds: Collection[str] = (), least: int = 1
) -> list[Unresolved]:
    """The phrases of a store that no actor was found in, the most frequent first.

    `is_known` tells what the lexicon knows by now, also as nobody. With `deeds`, lemmas of verbs, the nouns are listed
    that are subjects of these, instead of names. `least` is how often a phrase must stand.
    """
    mentioned: dict[str, list[tuple[int, int, str | None]]] = defaultdict(list)
    for row in store.sql(_MENTIONED):
        mentioned[row["article"]].append((*row["words"], row["country"]))
    found: dict[tuple[str, Kind], list[_Phrase]] = defaultdict(list)
    for phrases in _by_article(_phrases(store.sql(_NOUNS, (list(deeds),)) if deeds else store.sql(_NAMES))):
        free = [one for one in phrases if not _is_mentioned(one, mentioned[one.article]) and not is_known(one.text)]
        for text, phrase in _in_full(free):
            found[text, phrase.kind].append(phrase)
    several = ((text, kind, phrases) for (text, kind), phrases in found.items() if len(phrases) >= least)
    listed = (_unresolved(text, kind, phrases, mentioned) for text, kind, phrases in several)
    return sorted(listed, key=lambda one: (-one.articles, -one.times, one.phrase))


def _phrases(rows: Iterable[dict[str, Any]]) -> Iterator[_Phrase]:
    """Tokens that belong to one name, joined."""
    last: _Phrase | None = None
    for row in rows:
        begun, kind = row["name"].split("-")
        text: str = row["text"]
        is_same = last is not None and last.article == row["article"] and last.sentence == text
        if begun == "I" and last is not None and is_same and last.kind == _KIND[kind]:
            start, end = last.start - row["begin"], row["last"] - row["begin"]
            last = last._replace(text=text[start:end], end=row["last"])
            continue
        if last is not None:
            yield last
        words = text[row["first"] - row["begin"] : row["last"] - row["begin"]]
        last = _Phrase(row["article"], text, _KIND[kind], words, row["first"], row["last"])
    if last is not None:
        yield last


def _by_article(phrases: Iterable[_Phrase]) -> Iterator[list[_Phrase]]:
    article: list[_Phrase] = []
    for phrase in phrases:
        if article and article[0].article != phrase.article:
            yield article
            article = []
        article.append(phrase)
    if article:
        yield article


def _is_mentioned(phrase: _Phrase, mentioned: Iterable[tuple[int, int, str | None]]) -> bool:
    return any(start < phrase.end and phrase.start < end for start, end, _ in mentioned)


def _in_full(phrases: Iterable[_Phrase]) -> Iterator[tuple[str, _Phrase]]:
    """Each phrase under its fullest form in the article: "Ndong" under "Paul Ndong"."""
    listed = list(phrases)
    full = {one.text.split()[-1]: one.text for one in listed if one.kind == "person" and " " in one.text}
    for one in listed:
        is_surname = one.kind == "person" and " " not in one.text
        yield (full.get(one.text, one.text) if is_surname else one.text), one


def _unresolved(
    text: str, kind: Kind, phrases: list[_Phrase], mentioned: dict[str, list[tuple[int, int, str | None]]]
) -> Unresolved:
    near = Counter(
        country
        for phrase in phrases
        for start, end, country in mentioned[phrase.article]
        if country is not None and start < phrase.end + _CLOSE and phrase.start - _CLOSE < end
    )
    return Unresolved(
        phrase=text,
        kind=kind,
        times=len(phrases),
        articles=len({phrase.article for phrase in phrases}),
        country=near.most_common(1)[0][0] if near else None,
        examples=tuple(dict.fromkeys(phrase.sentence for phrase in phrases))[:_EXAMPLES],
    )
