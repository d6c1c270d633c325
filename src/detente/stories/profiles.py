"""How near articles are by their rarest words, kept in little room."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Profile = tuple[NDArray[np.uint32], NDArray[np.float32]]


class Profiles:
    """The rarest words of the articles of some days.

    profiles.add("a", {"siege": 0.8, "dam": 0.6})
    profiles.nearness("a", "b")     -> 0.41
    """

    def __init__(self) -> None:
        self._profiles: dict[str, Profile] = {}
        self.nearness = lru_cache(maxsize=100_000)(self._nearness)
        """The cosine of two articles, 0 to 1; 1 for an article that is not known."""

    def add(self, id: str, weights: Mapping[str, float]) -> None:
        """Keeps an article by its words, whose weights are of length one."""
        words = np.fromiter((crc32(word.encode()) for word in weights), np.uint32, len(weights))
        order = np.argsort(words)
        self._profiles[id] = words[order], np.fromiter(weights.values(), np.float32, len(weights))[order]

    def add_as(self, id: str, other: str) -> None:
        """Keeps a copy by the words of what it copies."""
        if other in self._profiles:
            self._profiles[id] = self._profiles[other]

    def forget(self, id: str) -> None:
        """Drops an article."""
        self._profiles.pop(id, None)

    def _nearness(self, one: str, other: str) -> float:
        some, others = self._profiles.get(one), self._profiles.get(other)
        if some is None or others is None:
            return 1.0
        _, here, there = np.intersect1d(some[0], others[0], assume_unique=False, return_indices=True)
        return float(some[1][here] @ others[1][there])
