"""What a feed or sitemap lists, whatever its kind: the pages, and what is told of them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import parse_qsl, urldefrag, urlsplit, urlunsplit

from msgspec import Struct
from msgspec.structs import replace

from detente.model import id_of
from detente.records.addresses import web_address
from detente.records.feeds import BadFeed, Entry, Feed, parse_feed
from detente.records.sitemaps import BadSitemap, Sitemap, SitemapPage, parse_sitemap

Kind = Literal["rss", "atom", "json", "sitemap"]

# Teasers of the feeds that were looked at have up to some 400 letters.
WHOLE_TEXT = 600
"""Letters from which a feed's own text counts as the article's."""

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|at_(?:medium|campaign|link_\w+)|xtor|cmpid|ocid)$", re.I
)
_TAG = re.compile(r"<[^>]*>")
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
_FEED_LINK = re.compile(
    r"""<link\b(?=[^>]*type\s*=\s*["']?application/(?:rss|atom|feed)\+)[^>]*?href\s*=\s*["']?([^"'\s>]+)""", re.I
)


class NoFeed(ValueError):
    """What was fetched is neither feed nor sitemap; the message says what it is instead."""


class Listing(Struct, frozen=True, kw_only=True):
    """An article as its feed announces it."""

    entry: str
    """Its id in the feed."""
    page: str
    """The address of its page; that of the feed with the entry's id when it has none."""
    has_page: bool = True
    title: str | None = None
    listed: str | None = None
    """When the feed says that it was published."""
    fingerprint: str
    """Changes when the feed says something else of it."""
    publisher: str | None = None
    own: str | None = None
    """The article's text as the feed itself gives it, if it gives the whole: HTML."""
    modified: str | None = None


class Reading(Struct, frozen=True, kw_only=True):
    """A feed as it was read."""

    kind: Kind
    title: str | None = None
    listings: tuple[Listing, ...] = ()
    sitemaps: tuple[str, ...] = ()
    ttl: float = 0.0
    """In seconds."""
    moved_to: str | None = None


def read_listing(content: bytes, url: str, charset: str | None = None) -> Reading:
    """What a feed or a sitemap lists.

    Raises `NoFeed`.
    """
    if content.startswith(b"\x1f\x8b") or _SITEMAP.search(content[:4000].replace(b"\0", b"")):
        try:
            return _of_sitemap(parse_sitemap(content))
        except BadSitemap as error:
            raise NoFeed(str(error)) from None
    try:
        return _of_feed(parse_feed(content, url, charset), url)
    except BadFeed as error:
        raise NoFeed(f"{error}{_hint(content, url)}") from None


def _hint(content: bytes, url: str) -> str:
    """Which feed an HTML page names: most often the user gave the page's address for the feed's."""
    found = _FEED_LINK.search(content[:200_000].decode("utf-8", "replace"))
    link = web_address(html.unescape(found[1]), url) if found else None
    return f"; the page names the feed {link}" if link and link != url else ""


def _of_feed(feed: Feed, url: str) -> Reading:
    listings = _apart([listing for entry in feed.entries if (listing := _of_entry(entry, feed, url))], url)
    return Reading(
        kind=feed.kind,
        title=feed.title,
        listings=listings,
        ttl=60.0 * (feed.ttl or 0),
        moved_to=feed.moved_to if feed.moved_to != url else None,
    )


def _apart(listings: Sequence[Listing], url: str) -> tuple[Listing, ...]:
    """Entries that all lead to one page (a front page, most often) and tell the whole are articles of their own."""
    once = {(listing.page, listing.entry): listing for listing in reversed(listings)}  # of two, the upper is newer
    ids = Counter(page for page, _ in once)
    return tuple(
        replace(one, page=f"{url}#{one.entry}", has_page=False) if ids[one.page] > 1 and one.own else one
        for one in reversed(once.values())
    )


def _of_entry(entry: Entry, feed: Feed, url: str) -> Listing | None:
    """The listing; None for an entry that has neither an address nor the text."""
    own = entry.content or (f"<p>{html.escape(entry.text)}</p>" if entry.text else None) or entry.summary
    if own is not None and len(_TAG.sub("", own)) < WHOLE_TEXT:
        own = None
    if entry.url is None and own is None:
        return None
    # Who says when it changed is believed; counters and advertisements inside the text say so all the time.
    told = entry.updated or id_of(entry.content or entry.text or entry.summary or "")
    return Listing(
        entry=entry.id,
        page=plain(entry.url) if entry.url else f"{url}#{entry.id}",
        has_page=entry.url is not None,
        title=entry.title,
        listed=entry.published or entry.updated,
        fingerprint=id_of(entry.title or "", told),
        own=own,
    )


def _of_sitemap(sitemap: Sitemap) -> Reading:
    return Reading(kind="sitemap", listings=tuple(_of_pages(sitemap.pages)), sitemaps=sitemap.sitemaps)


def _of_pages(pages: tuple[SitemapPage, ...]) -> Iterator[Listing]:
    for page in pages:
        yield Listing(
            entry=page.url,
            page=plain(page.url),
            title=page.title,
            listed=page.published,
            fingerprint=id_of(page.title or "", page.modified or ""),
            publisher=page.publication,
            modified=page.modified or page.published,
        )


def plain(url: str) -> str:
    """The address without its fragment and without marks of where the reader came from.

    plain("https://news.example/a?id=7&utm_source=rss#top") -> "https://news.example/a?id=7"
    """
    url = urldefrag(url)[0]
    split = urlsplit(url)
    if not any(_TRACKING.match(name) for name, _ in parse_qsl(split.query, keep_blank_values=True)):
        return url
    kept = [part for part in split.query.split("&") if not _TRACKING.match(part.partition("=")[0])]
    return urlunsplit(split._replace(query="&".join(kept)))
