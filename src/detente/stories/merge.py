"""From the articles of one story to the story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from detente.model import Party, Report, Story
from detente.stories.copies import Copy

MOST_TOLD = 12
"""Actors and places that a story is known by."""


class Filed(Struct, frozen=True, kw_only=True):
    """An article that was put in its story."""

    id: str
    day: str | None = None
    headline: str = ""
    outlet: str = ""
    story: str = ""
    """By its first article, or by its id."""
    copy: Copy | None = None
    nearness: float = 0.0
    """To the story when it came, 0 to 1; a copy has that of its original."""
    terms: tuple[str, ...] = ()
    """Of the story with it."""


def story_of(id: str, articles: Sequence[Filed], reports: Iterable[Report]) -> Story:
    """The story of some articles, the earliest first, and of what they report of it.

    Raises `ValueError` for no articles.
    """
    if not articles:
        raise ValueError(f"story {id} has no articles")
    originals = [article for article in articles if article.copy is None] or list(articles)
    # The first article is near to nothing yet; it speaks for the story only while it is alone.
    nearest = max(originals[1:], key=lambda article: article.nearness, default=originals[0])
    days = [article.day for article in articles if article.day]
    actors: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for report in reports:
        actors.update({party.id for party in (*report.source, *report.target) if not _is_anybody(party)})
        if report.place:
            places[report.place.name] += 1
    return Story(
        id=id,
        headline=nearest.headline or originals[0].headline or None,
        articles=tuple(article.id for article in articles),
        originals=len(originals),
        outlets=len({article.outlet or article.id for article in originals}),
        first=min(days, default=None),
        last=max(days, default=None),
        terms=next((article.terms for article in reversed(articles) if article.terms), ()),
        actors=_most_told(actors),
        places=_most_told(places),
    )


def _is_anybody(party: Party) -> bool:
    """People of a role of whom nobody says where: "police" """
    return party.country is None and party.id == party.code and bool(party.sectors)


def _most_told(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name))[:MOST_TOLD])
