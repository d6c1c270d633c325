"""The pace: one request at a time to a site, and a pause before the next."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from detente.web.clock import Clock, SystemClock

LONGEST_GAP = 60.0
"""A robots.txt may ask for a day between requests; who means that should forbid the whole site."""
LONGEST_HOLD = 3600.0
LONGEST_WAIT = 120.0
"""A thread waits no longer than this for its turn; the caller plans again instead."""


class NotNow(Exception):
    """The site asked for a pause that is too long to wait here."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it asked for a pause of {seconds:.0f} seconds")
        self.seconds = seconds


class Stopped(Exception):
    """The program is ending."""


class _Site:
    def __init__(self, gap: float) -> None:
        self.gap = gap
        self.turn = threading.Lock()
        self.free_at = -math.inf


class Pace:
    """When each site (host and port) may be asked again."""

    def __init__(self, gap: float = 2.0, *, clock: Clock | None = None) -> None:
        """`gap` is the pause between two requests to a site, in seconds."""
        self._gap = gap
        self._clock = clock or SystemClock()
        self._sites: dict[str, _Site] = {}
        self._stop = threading.Event()

    def stop(self) -> None:
        """Nobody waits any more."""
        self._stop.set()

    def ready_in(self, site: str) -> float:
        """In how many seconds a site may be asked; infinite while it is being asked."""
        known = self._sites.get(site)
        if known is None:
            return 0.0
        return math.inf if known.turn.locked() else max(0.0, known.free_at - self._clock.ticks())

    def slow_down(self, site: str, gap: float) -> None:
        """Keep at least this pause from now on, as the site's robots.txt asks; a minute at most."""
        self._site(site).gap = max(self._gap, min(gap, LONGEST_GAP))

    def hold(self, site: str, seconds: float) -> None:
        """Leave a site alone for so long, as it asked; an hour at most."""
        known = self._site(site)
        known.free_at = max(known.free_at, self._clock.ticks() + min(seconds, LONGEST_HOLD))

    @contextmanager
    def turn(self, site: str) -> Iterator[None]:
        """Wait until it is our turn; the pause begins when the block ends.

        Raises `NotNow` when that would take too long, and `Stopped`.
        """
        known = self._site(site)
        with known.turn:
            wait = known.free_at - self._clock.ticks()
            if wait > LONGEST_WAIT:
                raise NotNow(wait)
            if wait > 0:
                self._clock.wait(wait, self._stop)
            if self._stop.is_set():
                raise Stopped
            try:
                yield
            finally:
                known.free_at = max(known.free_at, self._clock.ticks() + known.gap)

    def _site(self, site: str) -> _Site:
        return self._sites.setdefault(site, _Site(self._gap))


def site_of(url: str) -> str:
    """Host and port of a URL, as far as it has them: whom a request troubles."""
    split = urlsplit(url)
    return split.netloc.rpartition("@")[2].lower()
