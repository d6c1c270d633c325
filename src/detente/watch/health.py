"""How the feeds are: a row each, for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from detente.watch.state import FeedState, State
from detente.watch.times import told

_ORDER = {"dead": 0, "failing": 1, "new": 2, "well": 3}


class FeedHealth(Struct, frozen=True, kw_only=True):
    """How a feed is. Moments are local."""

    feed: str
    health: str
    read: str
    """When it was last read."""
    news: str
    """When it last had something new."""
    every: str
    """How often it is read at present."""
    next: str
    """In how long it is asked again."""
    done: int
    """Its pages by how far they are."""
    queued: int
    unread: int
    why: str
    """What is wrong, or what was remarkable."""


def health_of(state: State, now: float) -> Iterator[FeedHealth]:
    """The feeds that are watched: those that fail come first."""
    counts = state.counts()
    for feed in sorted(state.feeds(), key=lambda feed: (_ORDER[feed.health], feed.id)):
        pages = counts.get(feed.id, {})
        yield FeedHealth(
            feed=feed.name,
            health=feed.health,
            read=_minute(feed.succeeded),
            news=_minute(feed.news),
            every=told(feed.interval),
            next=told(feed.due - now) if feed.due > now else "due",
            done=pages.get("done", 0),
            queued=pages.get("queued", 0),
            unread=pages.get("unread", 0),
            why=_why(feed),
        )


def _minute(moment: float | None) -> str:
    return datetime.fromtimestamp(moment).strftime("%m-%d %H:%M") if moment else "never"


def _why(feed: FeedState) -> str:
    if feed.reason:
        return f"failed {feed.failures} times: {feed.reason}" if feed.failures > 1 else feed.reason
    return f"moved from {feed.moved_from}" if feed.moved_from else ""
