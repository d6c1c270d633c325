"""Related readings of an article: the rest of its story, then stories of before in which the same actors act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import log
from typing import Any, Literal

from msgspec import Struct

from detente.model import Story
from detente.store.rows import Row, story_of_row

Ask = Callable[[str, Sequence[Any]], Iterable[Row]]

HALF_LIFE = 90.0
"""Days in which what was before counts for half."""
OF_TERMS = 0.5
"""What a shared word counts beside a shared actor that is as rare."""

_STORY = "SELECT s.* FROM placements p JOIN stories s ON s.id = p.story WHERE p.article = ?"
_ARTICLES = """
SELECT a.id, a.headline, a.url, a.origin, a.publisher, a.date, p.copy_of, p.nearness
FROM placements p JOIN articles a ON a.id = p.article WHERE p.story = ? AND a.id <> ?
ORDER BY p.copy_of IS NOT NULL, p.nearness DESC, a.date, a.id LIMIT ?
"""
_EARLIER = """
SELECT * FROM stories
WHERE id <> ? AND (first_date <= ? OR ? IS NULL) AND (list_has_any(actors, ?::VARCHAR[]))
"""
_FIRSTS = """
SELECT id, headline, url, origin, publisher, date FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))
"""
_HOW_MANY = "SELECT count(*) AS stories FROM stories"
_HOW_OFTEN = """
SELECT name, count(*) AS stories FROM (SELECT unnest(list_concat(actors, terms)) AS name FROM stories)
WHERE name IN (SELECT unnest(?::VARCHAR[])) GROUP BY name
"""


class Related(Struct, frozen=True, kw_only=True):
    """An article to read next."""

    article: str
    headline: str | None
    origin: str
    url: str | None
    publisher: str | None
    date: str | None
    """ISO 8601."""
    relation: Literal["same story", "copy", "earlier story"]
    story: str
    score: float
    """Of the same story, nearness; of earlier ones, the rarity of what they share, fading with time."""
    because: tuple[str, ...] = ()
    """Actors and words that are in both."""


def related(ask: Ask, article: str, limit: int) -> list[Related]:
    """What to read next, the best first: of the same story, its copies last; then one article of each earlier story.

    Nothing for an article that is not put together yet.
    """
    own = [story_of_row(row) for row in ask(_STORY, (article,))]
    if not own:
        return []
    (story,) = own
    found = [
        _reading(row, "copy" if row["copy_of"] else "same story", story.id, row["nearness"] or 0.0)
        for row in ask(_ARTICLES, (story.id, article, limit))
    ]
    return [*found, *_earlier(ask, story, limit - len(found))] if len(found) < limit else found


def _earlier(ask: Ask, story: Story, limit: int) -> list[Related]:
    if not story.actors:
        return []
    rarity = _rarity(ask, (*story.actors, *story.terms))
    rows = ask(_EARLIER, (story.id, story.last, story.last, list(story.actors)))
    scored = [(_score(story, other, rarity), other) for other in map(story_of_row, rows)]
    best = sorted(scored, key=lambda one: (-one[0][0], one[1].id))[:limit]
    firsts = {other.id: other.articles[0] for _, other in best}
    articles = {row["id"]: row for row in ask(_FIRSTS, (list(firsts.values()),))}
    return [
        _reading(articles[firsts[other.id]], "earlier story", other.id, score, because)
        for (score, because), other in best
        if firsts[other.id] in articles
    ]


def _rarity(ask: Ask, names: Sequence[str]) -> Mapping[str, float]:
    """The logarithm of how seldom a story has an actor or word (inverse document frequency, Spärck Jones 1972)."""
    (total,) = (row["stories"] for row in ask(_HOW_MANY, ()))
    return {row["name"]: log(1 + total / row["stories"]) for row in ask(_HOW_OFTEN, (list(names),))}


def _score(story: Story, other: Story, rarity: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    actors = [actor for actor in story.actors if actor in other.actors]
    terms = [term for term in story.terms if term in other.terms]
    shared = sum(rarity.get(actor, 0.0) for actor in actors) + OF_TERMS * sum(rarity.get(term, 0.0) for term in terms)
    return round(shared * 0.5 ** (_gap(story, other) / HALF_LIFE), 4), (*actors, *terms)


def _gap(story: Story, other: Story) -> int:
    if not story.first or not other.last:
        return 0
    return max(0, (date.fromisoformat(story.first) - date.fromisoformat(other.last)).days)


def _reading(
    row: Row,
    relation: Literal["same story", "copy", "earlier story"],
    story: str,
    score: float,
    because: tuple[str, ...] = (),
) -> Related:
    return Related(
        article=row["id"],
        headline=row["headline"],
        origin=row["origin"],
        url=row["url"],
        publisher=row["publisher"],
        date=row["date"].isoformat() if row["date"] else None,
        relation=relation,
        story=story,
        score=score,
        because=because,
    )
