"""The loop: asks what is due, takes what comes, codes what is at hand, and waits."""

from __future__ import annotations

import math
import queue
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial

from msgspec import Struct, field

from detente.coder import Code
from detente.errors import LexiconError, ModelError, StoreError, fault_of
from detente.model import Coding, Record
from detente.records import Unread
from detente.store import Store
from detente.watch.books import Books
from detente.watch.fetching import FeedRead, PageRead, read_feed, read_page, record_of_own, record_of_page
from detente.watch.log import GOOD, NOTE, Log, listed, silent
from detente.watch.publishing import READ, AtHand, Publisher, settle
from detente.watch.queue import Queue
from detente.watch.schedule import ALONE, LONGEST, RECHECK, UNFINISHED, Plan, sensible_due
from detente.watch.state import PageState, State
from detente.web import Client, Clock, Fetched, NotModified, Steady, SystemClock, site_of
from detente.writers.terminal import counted

BATCH = 32
"""Pages coded together; the encoder wants as many."""
NAMED = 5
"""Pages of a batch that are named when they hold no article."""
BATCH_WAIT = 10.0
"""Seconds that a page at hand waits for others."""
FUSE_EVERY = 60.0
"""Seconds between two times that stories and events are brought up to date..."""
FUSE_SHARE = 10
"""...which takes one in so many of all seconds at most."""
SOON = 2.0
PATIENCE = 120.0
"""A run that reads once waits no longer than this for a site that asked for a pause."""


class Tally(Struct, kw_only=True):
    """What a run of watching came to."""

    readings: int = 0
    failures: int = 0
    new: int = 0
    changed: int = 0
    fetched: int = 0
    unchanged: int = 0
    states: Counter[str] = field(default_factory=Counter)
    reports: int = 0

    def summary(self) -> str:
        """The run in one line."""
        line = f"{counted(self.readings, 'reading')} of feeds, {self.failures:,} failed"
        line += f"; {counted(self.new, 'new entry', 'new entries')}, {self.changed:,} changed"
        line += f"; {counted(self.fetched, 'page')} fetched"
        line += f": {listed(self.states)}" if self.states else ""
        return f"{line}; {counted(self.reports, 'report')}"


class Watch:
    """Reads feeds until it is told to stop."""

    def __init__(
        self,
        *,
        store: Store,
        state: State,
        client: Client,
        code: Code,
        version: str,
        plan: Plan | None = None,
        fetchers: int = 8,
        log: Log = silent,
        clock: Clock | None = None,
        pool: Executor | None = None,
    ) -> None:
        self.tally = Tally()
        self._state = state
        self._client = client
        self._publisher = Publisher(store, code, version)
        self._plan = plan or Plan()
        self._fetchers = fetchers
        self._log = log
        self._clock = clock or SystemClock()
        self._time = Steady(self._clock)
        self._books = Books(state, self._plan, log)
        self._pool = pool or ThreadPoolExecutor(fetchers, thread_name_prefix="fetcher")
        self._results: queue.SimpleQueue[Future[FeedRead | PageRead]] = queue.SimpleQueue()
        self._feeds, self._pages = Queue(), Queue()
        self._in_flight: set[str] = set()
        self._at_hand: list[AtHand] = []
        self._since = 0.0
        self._next_fuse = 0.0
        self._to_fuse = False
        self._once = False

    def follow(self, feeds: Mapping[str, str | None]) -> int:
        """Watch these feeds and no others; without any, those of the last time. Gives their number back."""
        if feeds:
            self._state.watch_only(feeds.items(), now=self._time.now(), interval=self._plan.every)
        return len(self._state.feeds())

    def run(self, *, once: bool = False, seconds: float | None = None) -> Tally:
        """Read until interrupted, for so many seconds, or `once`: each feed once and what it leads to.

        Raises `StoreError`; after KeyboardInterrupt, too, the state is whole.
        """
        self._once = once
        until = math.inf if seconds is None else self._time.now() + seconds
        self._plan_all(once=once)
        try:
            while self._time.now() < until and not self._is_done():
                self._send()
                self._code_if_ready()
                self._fuse_if_due()
                self._take(until)
        finally:
            self._client.stop()
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._code()
        self._fuse()
        return self.tally

    # -- Planning -----------------------------------------------------------------------------------------------------

    def _plan_all(self, *, once: bool) -> None:
        now = self._time.now()
        feeds = self._state.feeds()
        for feed in feeds:
            is_well = feed.health in ("new", "well")
            longest = feed.interval if is_well else RECHECK if feed.health == "dead" else LONGEST
            due = now if once and is_well else sensible_due(feed.due, now, longest)
            self._feeds.add(str(feed.id), site_of(feed.url), due)
        queued = self._state.queued()
        for url, due in queued:
            self._pages.add(url, site_of(url), sensible_due(due, now, LONGEST))
        due_now = sum(feed.due <= now for feed in feeds)
        waiting = f"; {counted(len(queued), 'page')} left from before" if queued else ""
        self._log(f"watching {counted(len(feeds), 'feed')}, {due_now:,} due now{waiting}", "")

    def _is_done(self) -> bool:
        """Whether a run that reads once has nothing more to do."""
        now = self._time.now()
        if not self._once or self._in_flight or self._at_hand:
            return False
        return not any(each.has_due(now, self._ready_in, patience=PATIENCE) for each in (self._feeds, self._pages))

    # -- Asking -------------------------------------------------------------------------------------------------------

    def _send(self) -> None:
        """Give the fetchers what is due, feeds before pages, one at a time to a site."""
        now = self._time.now()
        while len(self._in_flight) < self._fetchers and len(self._at_hand) < BATCH:
            if (id := self._feeds.take(now, self._ready_in)) is not None:
                self._send_feed(id, now)
            elif (url := self._pages.take(now, self._ready_in)) is not None:
                self._send_page(url)
            else:
                return

    def _ready_in(self, site: str) -> float:
        return math.inf if site in self._in_flight else self._client.pace.ready_in(site)

    def _send_feed(self, id: str, now: float) -> None:
        feed = self._state.feed(int(id))
        if feed is not None and feed.watched:
            self._submit(site_of(feed.url), partial(read_feed, self._client, feed, now))

    def _send_page(self, url: str) -> None:
        page = self._state.page(url)
        if page is None or page.progress != "queued":
            return
        if page.begun >= UNFINISHED:
            reason = f"{url}: its coding was begun {page.begun} times, and each time the program ended in the middle"
            self._hold(AtHand(page=page, record=Unread(url, reason)))
        elif not page.has_page:
            self._give_up(page, f"{url}: its feed gives no address of a page")
        else:
            self._submit(site_of(url), partial(read_page, self._client, page))

    def _submit(self, site: str, job: Callable[[], FeedRead | PageRead]) -> None:
        self._in_flight.add(site)
        future = self._pool.submit(job)
        future.add_done_callback(lambda done: self._results.put(done))

    # -- Taking -------------------------------------------------------------------------------------------------------

    def _take(self, until: float) -> None:
        """Take what has come, or wait for it, or for what is due next."""
        now = self._time.now()
        next_at = min(until, self._feeds.next_at(now, self._ready_in), self._pages.next_at(now, self._ready_in))
        if self._at_hand:
            next_at = min(next_at, self._since + BATCH_WAIT)
        pause = min(max(next_at - now, 0.0), 60.0)
        if not self._in_flight:
            if pause > 0 and not self._is_done():
                self._clock.wait(pause)
            return
        # A full house of fetchers has to be waited for, whatever is due.
        patience = 0.2 if len(self._in_flight) < self._fetchers else 1.0
        try:
            read = self._results.get(timeout=max(min(pause, 5.0), patience)).result()
        except queue.Empty:
            return
        self._taken(read)
        while not self._results.empty():
            self._taken(self._results.get().result())

    def _taken(self, read: FeedRead | PageRead) -> None:
        if isinstance(read, FeedRead):
            self._in_flight.discard(site_of(read.feed.url))
            self._feed_came(read)
        else:
            self._in_flight.discard(site_of(read.page.url))
            self._page_came(read)

    def _feed_came(self, read: FeedRead) -> None:
        news = self._books.feed_read(read, self._time.now())
        feed = read.feed
        self.tally.readings += 1
        self.tally.failures += feed.failures > 0
        self.tally.new += news.new
        self.tally.changed += news.changed
        if feed.watched and not self._once:
            self._feeds.add(str(feed.id), site_of(feed.url), feed.due)
        for id in news.feeds:
            if (found := self._state.feed(id)) is not None:
                self._feeds.add(str(id), site_of(found.url), found.due)
        for page in news.pages:
            self._pages.add(page.url, site_of(page.url), page.due)

    def _page_came(self, read: PageRead) -> None:
        page, outcome, now = read.page, read.outcome, self._time.now()
        if isinstance(outcome, Fetched):
            self.tally.fetched += 1
            page.fetched = now
            known = outcome.validators
            page.validated, page.etag, page.modified = (known.url, known.etag, known.modified) if known else (None,) * 3
            self._hold(AtHand(page=page, record=record_of_page(page, outcome), own=self._own(page)))
        elif isinstance(outcome, NotModified):
            self.tally.unchanged += 1
            page.fetched, page.progress = now, "done"
            self._done([page])
        elif self._books.page_failed(read, now, self._state.feed(page.feed)):
            self._pages.add(page.url, site_of(page.url), page.due)
        else:
            self._give_up(page, page.reason)

    def _give_up(self, page: PageState, reason: str) -> None:
        """The page is not to be had: what its feed gives of it is coded, or it is left unread."""
        self._hold(AtHand(page=page, record=self._own(page) or Unread(page.url, reason)))

    def _own(self, page: PageState) -> Record | None:
        """What the feed gives of a page; not in place of the page itself, where that was read before."""
        if page.own is None or (page.has_page and page.outcome in READ):
            return None
        feed = self._state.feed(page.feed)
        return record_of_own(page, feed.title if feed else None)

    # -- Coding -------------------------------------------------------------------------------------------------------

    def _hold(self, one: AtHand) -> None:
        if any(held.record.origin == one.record.origin for held in self._at_hand):
            self._code()  # two addresses of one page: the second takes the place of the first
        if not self._at_hand:
            self._since = self._time.now()
        self._at_hand.append(one)

    def _code_if_ready(self) -> None:
        if not self._at_hand:
            return
        now = self._time.now()
        is_idle = not self._in_flight and self._pages.next_at(now, self._ready_in) > now + SOON
        if len(self._at_hand) >= BATCH or is_idle or now - self._since >= BATCH_WAIT:
            self._code()

    def _code(self) -> None:
        batch, self._at_hand = self._at_hand, []
        # A page whose coding was begun before and never ended may be what ended the program. Such pages are coded
        # alone, and as each attempt is counted, the culprit soon comes last and harms no other.
        self._code_group([one for one in batch if one.page.begun < ALONE])
        for one in sorted((one for one in batch if one.page.begun >= ALONE), key=lambda one: one.page.begun):
            self._code_group([one])

    def _code_group(self, group: Sequence[AtHand]) -> None:
        if not group:
            return
        self._state.begin([one.page for one in group])
        codings = self._publisher.publish(group)
        for one, coding in zip(group, codings, strict=True):
            settle(one.page, coding)
        self._done([one.page for one in group])
        self._to_fuse = True
        self._tell(codings)

    # -- Putting together ---------------------------------------------------------------------------------------------

    def _fuse_if_due(self) -> None:
        """Stories and events are brought up to date in a tenth of the time at most, however large the store is."""
        if self._to_fuse and self._time.now() >= self._next_fuse:
            begun = self._time.now()
            self._fuse()
            self._next_fuse = self._time.now() + max(FUSE_EVERY, FUSE_SHARE * (self._time.now() - begun))

    def _fuse(self) -> None:
        if not self._to_fuse:
            return
        self._to_fuse = False
        try:
            done = self._publisher.fuse()
        except (StoreError, LexiconError, ModelError):
            raise
        except Exception as error:  # noqa: BLE001  articles go on coming in, and detente fuse shows the fault whole
            self._log(f"stories and events were not put together: {fault_of(error)}", NOTE)
            return
        self._log(f"put together: {counted(done.changes, 'change')} in stories and events", GOOD)

    def _tell(self, codings: Sequence[Coding]) -> None:
        passed = [coding for coding in codings if coding.state not in READ]
        for coding in passed[:NAMED]:
            self._log(f"{coding.state}: {_told(coding.origin, coding.reason)}", NOTE)
        if len(passed) > NAMED:
            self._log(f"and {len(passed) - NAMED:,} more of this kind; they stand in the ledger of the store", NOTE)
        count: Counter[str] = Counter(coding.state for coding in codings)
        states = {state: count[state] for state in (*READ, *sorted(count.keys() - set(READ)))}
        reports = sum(len(coding.reports) for coding in codings)
        self.tally.states.update(states)
        self.tally.reports += reports
        self._log(f"{counted(len(codings), 'page')}: {listed(states)}; {counted(reports, 'report')}", GOOD)

    def _done(self, pages: Sequence[PageState]) -> None:
        for page in self._books.pages_done(pages, self._time.now()):
            self._pages.add(page.url, site_of(page.url), page.due)


def _told(origin: str, reason: str) -> str:
    return reason if origin in reason else f"{origin}: {reason}"
