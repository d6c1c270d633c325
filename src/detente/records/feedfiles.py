"""Feeds that were saved, and lists of addresses that hold no news themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.model import Record
from detente.records.entries import BadFeed, Entry, Feed
from detente.records.feeds import MAX_FEED, parse_feed
from detente.records.opening import Source
from detente.records.opml import BadOpml, feeds_of_opml
from detente.records.reading import Found, Reading
from detente.records.sitemaps import MAX_SITEMAP, BadSitemap, parse_sitemap
from detente.records.unread import Unread

# A teaser has a sentence or two; what has more is the article, which some feeds give as the summary.
TEASER = 500
"""Characters without tags."""

_TAG = re.compile(r"<[^<>]*>")


def read_feed(source: Source, origin: str, reading: Reading) -> Found:
    """The entries that hold their article; those that only announce it cannot be read here."""
    try:
        feed = parse_feed(source.take(MAX_FEED + 1))
    except BadFeed as fault:
        yield Unread(origin, f"{origin}: {fault}")
        return
    for number, entry in enumerate(feed.entries, 1):
        yield _record(entry, feed, f"{origin}:{number}")
    if not feed.entries:
        moved = f"; it has moved to {feed.moved_to}" if feed.moved_to else ""
        yield Unread(origin, f"{origin}: a feed without entries{moved}", "not an article")


def _record(entry: Entry, feed: Feed, origin: str) -> Record | Unread:
    html = entry.content if entry.content else None
    if html is None and entry.text is None and entry.summary and len(_TAG.sub("", entry.summary)) >= TEASER:
        html = entry.summary
    content = html or entry.text
    if content is None:
        where = entry.url or feed.url or "its address"
        return Unread(
            origin, f"{origin}: announces an article and does not hold it ({where}); `detente watch` reads feeds live"
        )
    return Record(
        origin=origin,
        content=content.encode("utf-8", "replace"),
        format="html" if html else "text",
        charset="utf-8",
        key=entry.id,
        url=entry.url,
        headline=entry.title,
        publisher=feed.title,
        listed=entry.published or entry.updated,
    )


def read_sitemap(source: Source, origin: str, reading: Reading) -> Found:
    """Says what it is: it lists addresses."""
    try:
        listed = parse_sitemap(source.take(MAX_SITEMAP + 1))
    except BadSitemap as fault:
        yield Unread(origin, f"{origin}: {fault}")
        return
    what = _counted(listed.sitemaps, "sitemap") or _counted(listed.pages, "page") or "nothing"
    yield Unread(
        origin,
        f"{origin}: a sitemap, which lists the addresses of {what} and holds none; `detente watch` reads sitemaps",
    )


def read_opml(source: Source, origin: str, reading: Reading) -> Found:
    """Says what it is: it lists feeds."""
    try:
        feeds = feeds_of_opml(source.take(MAX_FEED + 1))
    except BadOpml as fault:
        yield Unread(origin, f"{origin}: {fault}")
        return
    listed = _counted(feeds, "feed") or "no feeds"
    told = f"{origin}: a list of {listed} (OPML), which holds no news; `detente watch {origin}` reads them"
    yield Unread(origin, told)


def _counted(things: Sequence[object], name: str) -> str:
    """ "1 page", "2 pages", "" for none."""
    return f"{len(things):,} {name}{'s' * (len(things) > 1)}" if things else ""
