"""What is done away from the main thread: asking for a feed or a page, and parsing what came of the feed."""

from __future__ import annotations

from msgspec import Struct

from detente.errors import fault_of
from detente.model import Record, id_of
from detente.watch.listing import NoFeed, Reading, read_listing
from detente.watch.schedule import DAY
from detente.watch.state import FeedState, PageState
from detente.web import Client, Failed, Fetched, NotModified, Outcome, Validators
from detente.web.client import FEEDS

MAX_LIST = 50 << 20
"""What a sitemap may have by its protocol; feeds have a tenth."""


class FeedRead(Struct, frozen=True, kw_only=True):
    """How the asking for a feed ended."""

    feed: FeedState
    outcome: Outcome
    reading: Reading | None = None
    digest: str | None = None
    """Of what came."""
    whole: bool = False
    """It was asked for without validators."""
    moved_to: str | None = None
    """Where it was found to be, for good."""


class PageRead(Struct, frozen=True, kw_only=True):
    """How the asking for a page ended."""

    page: PageState
    outcome: Outcome


def read_feed(client: Client, feed: FeedState, now: float) -> FeedRead:
    """Ask for a feed; where it says that it has moved, it must be found there before it is believed."""
    # A server that calls everything unchanged would hide all news for good.
    whole = feed.validated is None or feed.whole is None or now - feed.whole > DAY
    validators = None if whole else _validators(feed)
    found = _read(client, feed, feed.url, validators)
    told = found.reading.moved_to if found.reading else None
    if told and told != feed.url:
        there = _read(client, feed, told, None)
        if there.reading is not None:
            return FeedRead(
                feed=feed,
                outcome=there.outcome,
                reading=there.reading,
                digest=there.digest,
                whole=True,
                moved_to=there.moved_to or told,
            )
    return found


def _read(client: Client, feed: FeedState, url: str, validators: Validators | None) -> FeedRead:
    outcome = client.get(url, validators=validators, accept=FEEDS, limit=MAX_LIST)
    if isinstance(outcome, NotModified):
        return FeedRead(feed=feed, outcome=outcome, moved_to=outcome.moved_to)
    if not isinstance(outcome, Fetched):
        return FeedRead(feed=feed, outcome=outcome)
    digest: str | None = id_of(outcome.content)
    whole = validators is None
    if digest == feed.digest:
        return FeedRead(feed=feed, outcome=outcome, digest=digest, whole=whole, moved_to=outcome.moved_to)
    try:
        reading = read_listing(outcome.content, outcome.final, outcome.charset)
    except NoFeed as error:
        return FeedRead(feed=feed, outcome=Failed(url=url, reason=f"{outcome.final}: {error}", status=200))
    except Exception as error:  # noqa: BLE001  a fault of ours in one feed must not end the reading of all others
        return FeedRead(feed=feed, outcome=Failed(url=url, reason=f"{url}: {fault_of(error)}"))
    if reading.moved_to:  # it is looked for there each time, until it is found
        digest = None
    return FeedRead(feed=feed, outcome=outcome, reading=reading, digest=digest, whole=whole, moved_to=outcome.moved_to)


def read_page(client: Client, page: PageState) -> PageRead:
    """Ask for a page; what was fetched before comes again only if it has changed."""
    return PageRead(page=page, outcome=client.get(page.url, validators=_validators(page)))


def _validators(known: FeedState | PageState) -> Validators | None:
    if known.validated is None:
        return None
    return Validators(url=known.validated, etag=known.etag, modified=known.modified)


def record_of_page(page: PageState, fetched: Fetched) -> Record:
    """The page as a record; its origin is where it was found, so that two addresses of one page are one."""
    return Record(
        origin=fetched.final,
        url=fetched.final,
        content=fetched.content,
        format="text" if fetched.type == "text/plain" else "html",
        charset=fetched.charset,
        publisher=page.publisher,
        listed=page.listed,
    )


def record_of_own(page: PageState, publisher: str | None) -> Record:
    """What the feed itself gives of an article whose page cannot be had."""
    frame = '<!doctype html><html><head><meta charset="utf-8"></head><body><article>{}</article></body></html>'
    return Record(
        origin=page.url,
        url=page.url if page.has_page else None,
        content=frame.format(page.own).encode(),
        format="html",
        charset="utf-8",
        headline=page.title,
        publisher=page.publisher or publisher,
        listed=page.listed,
    )
