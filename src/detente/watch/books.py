"""Keeping the books: what a reading of a feed or the fetching of a page changes in the state."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from detente.watch import schedule
from detente.watch.fetching import FeedRead, PageRead
from detente.watch.listing import Listing, Reading
from detente.watch.log import BAD, GOOD, NOTE, Log
from detente.watch.schedule import Plan
from detente.watch.state import EntryState, FeedState, PageState, Progress, State
from detente.watch.times import told
from detente.web import Failed, Fetched, Gone, NotModified, Outcome
from detente.writers.terminal import counted

MOST_SITEMAPS = 50
"""Sitemaps of an index that are watched; the rest is history, one for every month."""


class News(Struct, kw_only=True):
    """What a reading brought."""

    new: int = 0
    changed: int = 0
    passed: int = 0
    """Listed before the watch began, and too old to be news."""
    pages: list[PageState] = []
    """To be fetched."""
    feeds: list[int] = []
    """Sitemaps that were found."""

    @property
    def any(self) -> bool:
        """Whether there was something new at all."""
        return bool(self.new or self.changed or self.feeds)


class Books:
    """Writes down what became of feeds and pages. Every method is one transaction."""

    def __init__(self, state: State, plan: Plan, log: Log, chance: Callable[[], float] = random.random) -> None:
        self._state = state
        self._plan = plan
        self._log = log
        self._chance = chance

    # -- Feeds --------------------------------------------------------------------------------------------------------

    def feed_read(self, read: FeedRead, now: float) -> News:
        """A feed was asked for; what it lists and what is known of it now are kept in one transaction.

        Else a kill between the two could keep the validators and lose the news.
        """
        feed = read.feed
        with self._state.changing():
            feed.tried = now
            if read.reading is None and read.digest is None and not isinstance(read.outcome, NotModified):
                self._feed_failed(feed, read.outcome, now)
                return News()
            feed.kind = read.reading.kind if read.reading else feed.kind
            news = self._listed(feed, read.reading, now) if read.reading else News()
            self._feed_well(feed, read, now, news=news)
            if read.moved_to and read.moved_to != feed.url:
                self._moved(feed, read.moved_to)
            else:
                self._state.write_feed(feed)
        self._tell(feed, news)
        return news

    def _feed_well(self, feed: FeedState, read: FeedRead, now: float, *, news: News) -> None:
        if feed.health in ("failing", "dead"):
            self._log(f"{feed.name}: well again, after {counted(feed.failures, 'failure')}", GOOD)
        outcome, reading = read.outcome, read.reading
        hint = getattr(outcome, "fresh_for", 0.0)
        if reading is not None:
            hint = max(hint, reading.ttl)
            feed.title = feed.title or reading.title
        if isinstance(outcome, Fetched):
            known = outcome.validators
            feed.validated, feed.etag, feed.modified = (known.url, known.etag, known.modified) if known else (None,) * 3
            feed.digest = read.digest
            if read.whole:
                feed.whole = now
        if news.any:
            feed.news = now
        feed.interval = self._plan.after_reading(feed.interval, news=news.any, hint=hint)
        feed.due = now + feed.interval
        feed.health, feed.reason, feed.failures, feed.succeeded = "well", "", 0, now
        feed.readings += 1

    def _feed_failed(self, feed: FeedState, outcome: Outcome, now: float) -> None:
        reason = getattr(outcome, "reason", "")
        was, feed.reason = feed.health, reason
        feed.failures += 1
        if isinstance(outcome, Gone) or schedule.is_dead(feed.failures, feed.succeeded or feed.first, now):
            feed.health = "dead"
            pause = schedule.RECHECK
        else:
            feed.health = "failing"
            asked = outcome.retry_after if isinstance(outcome, Failed) else None
            pause = self._plan.after_failure(feed.failures, asked, self._chance())
        feed.due = now + pause
        self._state.write_feed(feed)
        if feed.health == "dead" and was != "dead":
            self._log(f"{feed.name}: given up, asked once a week from now on: {reason}", BAD)
        else:
            which = f"failure {feed.failures}, " if feed.failures > 1 else ""
            self._log(f"{feed.name}: {reason}; {which}next try in {told(pause)}", BAD)

    def _moved(self, feed: FeedState, url: str) -> None:
        before = feed.url
        if self._state.move_feed(feed, url):
            self._log(f"{feed.name}: moved from {before} to {url}, and is read there from now on", NOTE)
        else:
            feed.watched = False
            self._log(f"{feed.name}: moved from {before} to {url}, which is watched already", NOTE)

    def _tell(self, feed: FeedState, news: News) -> None:
        if not news.any and (feed.readings > 1 or not news.passed):
            return
        parts = [counted(news.new, "new entry", "new entries")] if news.new or not news.changed else []
        parts += [f"{news.changed:,} changed"] if news.changed else []
        parts += [f"{news.passed:,} from before left alone"] if news.passed else []
        parts += [counted(len(news.feeds), "further sitemap")] if news.feeds else []
        self._log(f"{feed.name}: {', '.join(parts)}; next reading in {told(feed.interval)}", "")

    # -- Entries ------------------------------------------------------------------------------------------------------

    def _listed(self, feed: FeedState, reading: Reading, now: float) -> News:
        news = News(pages=[], feeds=[])
        entries = self._state.entries(feed.id, {listing.entry for listing in reading.listings})
        # An id that stands for several pages at once is none: some feeds give all entries the same.
        pages_of = {(listing.entry, listing.page) for listing in reading.listings}
        shared = {entry for entry, count in Counter(entry for entry, _ in pages_of).items() if count > 1}
        for listing in reading.listings:
            known = entries.get(listing.entry, [])
            self._take(feed, listing, known, news, now, shared=listing.entry in shared)
        if feed.parent is None:  # an index of indexes is nobody's news
            for url in _ends(reading.sitemaps):
                if not self._state.knows(url):
                    news.feeds.append(self._state.add_feed(url, now=now, interval=self._plan.every, parent=feed.id))
        return news

    def _take(
        self, feed: FeedState, listing: Listing, known: list[EntryState], news: News, now: float, *, shared: bool
    ) -> None:
        entry = EntryState(
            entry=listing.entry, page=listing.page, fingerprint=listing.fingerprint, title=listing.title,
            listed=listing.listed,
        )  # fmt: skip
        before = next((one for one in known if one.page == listing.page), None)
        if before == entry:
            return
        self._state.write_entry(feed.id, entry, now)
        known.append(entry)
        if before is not None:
            if before.fingerprint != entry.fingerprint:
                self._changed(listing, news, now)
            return
        moved = known[0] if len(known) == 2 and not shared and _same(known[0], entry) else None
        if moved is not None:
            self._state.drop_entry(feed.id, moved)
        self._new(feed, listing, moved, news, now)

    def _new(self, feed: FeedState, listing: Listing, moved: EntryState | None, news: News, now: float) -> None:
        if self._state.page(listing.page) is not None:
            return  # another feed, or another entry of this one, led to it
        page = PageState(
            url=listing.page, feed=feed.id, progress="queued", outcome="", reason="", due=now, begun=0, failures=0,
            changes=0, first=now, fetched=None, validated=None, etag=None, modified=None, has_page=listing.has_page,
            title=listing.title, listed=listing.listed, publisher=listing.publisher, own=listing.own, origin=None,
            former=self._left(moved) if moved else "",
        )  # fmt: skip
        if feed.kind == "sitemap":
            page.progress, page.reason = _whether_recent(listing, now, first=not feed.readings)
        if page.progress == "queued":
            news.new += 1
            news.pages.append(page)
        else:
            news.passed += 1
        self._state.write_page(page)

    def _left(self, moved: EntryState) -> str:
        """The article has another address now; gives back what the ledger calls the page that it left."""
        old = self._state.page(moved.page)
        if old is None:
            return ""
        if old.progress == "queued":
            old.progress, old.reason, old.own = "unread", "its feed gives another address for it now", None
            self._state.write_page(old)
        return "\n".join(filter(None, {old.former, old.origin or old.url}))

    def _changed(self, listing: Listing, news: News, now: float) -> None:
        page = self._state.page(listing.page)
        if page is None:
            return
        page.title, page.listed, page.own = listing.title, listing.listed or page.listed, listing.own
        news.changed += 1
        page.changes += 1
        if page.progress != "queued":
            self._queue_again(page, now)
            news.pages.append(page)
        self._state.write_page(page)

    def _queue_again(self, page: PageState, now: float) -> None:
        since = page.fetched if page.fetched is not None else now
        page.due = max(now, since + self._plan.after_change(page.changes - 1))
        page.progress, page.begun, page.failures = "queued", 0, 0

    # -- Pages --------------------------------------------------------------------------------------------------------

    def page_failed(self, read: PageRead, now: float, feed: FeedState | None) -> bool:
        """A page did not come; whether it is tried again."""
        page, outcome = read.page, read.outcome
        page.failures += 1
        page.reason = getattr(outcome, "reason", "")
        pause = None
        if isinstance(outcome, Failed):
            missing = outcome.status is not None and 400 <= outcome.status < 500 and outcome.status != 429
            pause = schedule.page_retry(page.failures, outcome.retry_after, self._chance(), missing=missing)
        if pause is None:
            return False
        page.due = now + pause
        with self._state.changing():
            self._catch_up(page)
            self._state.write_page(page)
        name = f"{feed.name}: " if feed else ""
        self._log(f"{name}{page.reason}; try {page.failures + 1} in {told(pause)}", NOTE)
        return True

    def pages_done(self, pages: Sequence[PageState], now: float) -> list[PageState]:
        """Pages came to their end, after the store has published what came of them.

        Gives back those of which their feeds said something new in the meantime: they are to be fetched again.
        """
        again = []
        with self._state.changing():
            for page in pages:
                page.own, page.begun = None, 0
                if self._catch_up(page):
                    self._queue_again(page, now)
                    again.append(page)
                self._state.write_page(page)
        return again

    def _catch_up(self, page: PageState) -> bool:
        """Whether a feed said something new of the page while it was being fetched, which is taken over."""
        current = self._state.page(page.url)
        if current is None or current.changes == page.changes:
            return False
        page.title, page.listed, page.own, page.changes = current.title, current.listed, current.own, current.changes
        return True


def _same(before: EntryState, entry: EntryState) -> bool:
    """Whether an entry with the same id and another page is the same article under a new address.

    The id alone does not tell, for some feeds give each new article the id of the last; nor does a day.
    """
    if entry.listed and entry.listed == before.listed and "T" in entry.listed and "T00:00" not in entry.listed:
        return True
    is_dated_alike = entry.listed == before.listed or not (entry.listed and before.listed)
    return bool(entry.title) and entry.title == before.title and is_dated_alike


def _ends(urls: Sequence[str]) -> Sequence[str]:
    """The first and the last: the newest sitemap of an index stands at either end."""
    half = MOST_SITEMAPS // 2
    return urls if len(urls) <= MOST_SITEMAPS else [*urls[:half], *urls[-half:]]


def _whether_recent(listing: Listing, now: float, *, first: bool) -> tuple[Progress, str]:
    """Whether a page of a sitemap is news; without a date it is, unless it stood there before the watch began."""
    if listing.modified is None:
        return ("unread", "listed before the watch began, without a date") if first else ("queued", "")
    try:
        moment = datetime.fromisoformat(listing.modified).timestamp()
    except ValueError:
        return "queued", ""
    if now - moment <= schedule.RECENT:
        return "queued", ""
    return "unread", f"last changed on {listing.modified[:10]}, more than {told(schedule.RECENT)} before it was listed"
