"""robots.txt (RFC 9309): what a site asks of programs that read it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct
from protego import Protego

from detente.web.clock import Clock
from detente.web.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Validators

LIMIT = 500 << 10
"""As much as RFC 9309 wants read; of a longer file this beginning counts."""
KEPT = 86_400.0
"""A day, as RFC 9309 has it."""
AGAIN = 600.0
"""When a site's robots.txt could not be had, it is asked again after ten minutes."""
SITES = 10_000
"""Rules of so many sites are kept in memory."""

Answer = Literal["yes", "no", "later"]


class Verdict(Struct, frozen=True):
    """Whether a URL may be read, and why not."""

    answer: Answer
    reason: str = ""
    gap: float | None = None
    """Seconds that the site wants between two requests."""


class _Rules(Struct, kw_only=True):
    until: float
    """When to ask again, in ticks."""
    parsed: Protego | None = None
    """None: everything is allowed, or nothing is known (`reason`)."""
    validators: Validators | None = None
    reason: str = ""


class Robots:
    """The rules of the sites that were met."""

    def __init__(self, fetch: Callable[[str, Validators | None], Outcome], agent: str, clock: Clock) -> None:
        """`fetch` gets a robots.txt (its beginning, if it is long); `agent` is the name that rules are sought for."""
        self._fetch = fetch
        self._agent = agent
        self._clock = clock
        self._known: OrderedDict[str, _Rules] = OrderedDict()
        self._lock = threading.Lock()

    def verdict(self, url: str) -> Verdict:
        """Whether a URL may be read: a site without a robots.txt allows all, one whose robots.txt fails nothing yet."""
        split = urlsplit(url)
        place = f"{split.scheme}://{split.netloc}/robots.txt"
        rules = self._rules(place)
        if rules.parsed is None:
            return Verdict("later", rules.reason) if rules.reason else Verdict("yes")
        rate = rules.parsed.request_rate(self._agent)
        gaps = (rules.parsed.crawl_delay(self._agent), rate.seconds / rate.requests if rate and rate.requests else None)
        gap = max((float(gap) for gap in gaps if gap), default=None)
        if rules.parsed.can_fetch(url, self._agent):
            return Verdict("yes", gap=gap)
        return Verdict("no", f"{place} asks programs not to read it; ask the publisher, or leave it out", gap)

    def _rules(self, place: str) -> _Rules:
        with self._lock:
            known = self._known.get(place)
            if known is not None:
                self._known.move_to_end(place)
        if known is not None and self._clock.ticks() < known.until:
            return known
        fresh = self._asked(place, known)
        with self._lock:
            self._known[place] = fresh
            if len(self._known) > SITES:
                self._known.popitem(last=False)
        return fresh

    def _asked(self, place: str, known: _Rules | None) -> _Rules:
        now = self._clock.ticks()
        outcome = self._fetch(place, known.validators if known else None)
        match outcome:
            case Fetched():
                # The last line may be cut in the middle, and half a path would forbid more than was meant.
                text = outcome.content.decode("utf-8", "replace")
                text = text.rpartition("\n")[0] if outcome.cut else text
                return _Rules(until=now + KEPT, parsed=Protego.parse(text), validators=outcome.validators)
            case NotModified() if known:
                return _Rules(until=now + KEPT, parsed=known.parsed, validators=known.validators)
            case Gone():
                return _Rules(until=now + KEPT)
            case Failed(status=status) if status and 400 <= status < 500 and status != 429:
                return _Rules(until=now + KEPT)
        if known and not known.reason:
            # What the site said last still stands.
            return _Rules(until=now + AGAIN, parsed=known.parsed, validators=known.validators)
        told = getattr(outcome, "reason", "")
        return _Rules(until=now + AGAIN, reason=f"its robots.txt cannot be had, so nothing is read yet: {told}")
