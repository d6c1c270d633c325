"""What is to be asked, by site: the next of a site is taken when the site is free."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable

Ready = Callable[[str], float]
"""In how many seconds a site can be asked; infinite while it is being asked."""

LOOK_AGAIN = 0.25
"""Seconds after which a site that is being asked is looked at again."""


class Queue:
    """Keys with a site and a time each; a key is in it once."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._sites: dict[str, list[tuple[float, str]]] = {}
        # When each site is to be looked at next; there may be several such times, and some may be out of date. Looking
        # at all sites for each page would cost more than the page where a thousand are watched.
        self._looks: list[tuple[float, str]] = []

    def __len__(self) -> int:
        return len(self._due)

    def add(self, key: str, site: str, due: float) -> None:
        """Ask for it at this time; what was planned for it before is forgotten."""
        self._due[key] = due
        heapq.heappush(self._sites.setdefault(site, []), (due, key))
        heapq.heappush(self._looks, (due, site))

    def take(self, now: float, ready_in: Ready) -> str | None:
        """What is due at a free site; the site that has waited longest comes first."""
        if self.next_at(now, ready_in) > now:
            return None
        _, site = heapq.heappop(self._looks)
        _, key = heapq.heappop(self._sites[site])
        del self._due[key]
        if (head := self._head(site)) is not None:
            heapq.heappush(self._looks, (head[0], site))
        return key

    def next_at(self, now: float, ready_in: Ready) -> float:
        """When something can be taken, or is to be looked for; infinite when the queue is empty."""
        while self._looks and self._looks[0][0] <= now:
            head = self._head(site := self._looks[0][1])
            if head is None:
                heapq.heappop(self._looks)
                continue
            wait = ready_in(site)
            at = max(head[0], now + (wait if wait < math.inf else LOOK_AGAIN))
            if at <= now:
                return now
            heapq.heapreplace(self._looks, (at, site))
        return self._looks[0][0] if self._looks else math.inf

    def has_due(self, now: float, ready_in: Ready, *, patience: float) -> bool:
        """Whether anything is due at a site that can be asked within so many seconds."""
        return any(
            (head := self._head(site)) is not None and head[0] <= now and ready_in(site) <= patience
            for site in list(self._sites)
        )

    def _head(self, site: str) -> tuple[float, str] | None:
        """The next key of a site, without those that were planned anew or taken."""
        heap = self._sites.get(site, [])
        while heap and self._due.get(heap[0][1]) != heap[0][0]:
            heapq.heappop(heap)
        if not heap:
            self._sites.pop(site, None)
            return None
        return heap[0]
