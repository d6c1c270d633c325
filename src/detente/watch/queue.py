"""What is to be asked, by site: the next of a site is taken when the site is free."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable


class Queue:
    """Keys with a site and a time each; a key is in it once."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._sites: dict[str, list[tuple[float, str]]] = {}

    def __len__(self) -> int:
        return len(self._due)

    def __contains__(self, key: str) -> bool:
        return key in self._due

    def add(self, key: str, site: str, due: float) -> None:
        """Ask for it at this time; what was planned for it before is forgotten."""
        self._due[key] = due
        heapq.heappush(self._sites.setdefault(site, []), (due, key))

    def drop(self, key: str) -> None:
        """Forget it."""
        self._due.pop(key, None)

    def take(self, now: float, ready_in: Callable[[str], float]) -> str | None:
        """The key that has waited longest among those that are due at a free site."""
        best: tuple[float, str] | None = None
        for site in list(self._sites):
            head = self._head(site)
            if head and head[0] <= now and (best is None or head < best) and ready_in(site) <= 0:
                best = head
        if best is None:
            return None
        del self._due[best[1]]
        return best[1]

    def next_at(self, now: float, ready_in: Callable[[str], float]) -> float:
        """When something can be taken; infinite when nothing can before somebody else is done."""
        times = [math.inf]
        for site in list(self._sites):
            if head := self._head(site):
                times.append(max(head[0], now + ready_in(site)))
        return min(times)

    def has_due(self, now: float, ready_in: Callable[[str], float], *, patience: float) -> bool:
        """Whether anything is due at a site that can be asked within so many seconds."""
        return any(
            (head := self._head(site)) is not None and head[0] <= now and ready_in(site) <= patience
            for site in list(self._sites)
        )

    def _head(self, site: str) -> tuple[float, str] | None:
        heap = self._sites[site]
        while heap and self._due.get(heap[0][1]) != heap[0][0]:
            heapq.heappop(heap)
        if not heap:
            del self._sites[site]
            return None
        return heap[0]
