"""From scores to trees and names: the highest-scoring answer that is well formed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def is_tree(heads: Sequence[int]) -> bool:
    """Whether these heads (of word 1, 2, ...; 0 is the root) make one tree with one word under the root."""
    if heads.count(0) != 1:
        return False
    reached = [False] * (len(heads) + 1)
    reached[0] = True
    for start in range(1, len(heads) + 1):
        path: list[int] = []
        at = start
        while not reached[at]:
            if len(path) > len(heads):
                return False
            path.append(at)
            at = heads[at - 1]
        for word in path:
            reached[word] = True
    return True


def best_tree(scores: Scores) -> list[int]:
    """The heads of the best tree: `scores[dependent, head]`, where row and column 0 are the root.

    The penalty makes every second word under the root cost more than any tree can gain, so exactly one is left
    (Zmigrod, Vieira and Cotterell 2020 discuss the single-root constraint).
    """
    exact = scores.astype(np.float64)
    spread = float(exact.max() - exact.min()) + 1.0
    np.fill_diagonal(exact, -np.inf)
    exact[0, :] = -np.inf
    tree: list[int] = _arborescence(exact)[1:].tolist()
    if tree.count(0) > 1:
        # Only now: with the penalty no word prefers the root, so that every sentence has circles to shrink.
        exact[:, 0] -= spread * len(exact)
        tree = _arborescence(exact)[1:].tolist()
    return tree


def _arborescence(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Chu-Liu and Edmonds: take the best heads; where they make a circle, shrink it to one word and try again."""
    heads: NDArray[np.int64] = scores.argmax(axis=1)
    heads[0] = 0
    circle = _circle(heads)
    if not circle:
        return heads
    inside = np.array(circle)
    is_outside = np.ones(len(scores), np.bool_)
    is_outside[inside] = False
    outside = np.flatnonzero(is_outside)
    own = scores[inside, heads[inside]]
    # Into the circle: what breaking it at this word gains over the word's head in the circle. Out of it: the best.
    into = scores[np.ix_(inside, outside)] - own[:, None]
    out_of = scores[np.ix_(outside, inside)]
    size = len(outside)
    shrunk = np.full((size + 1, size + 1), -np.inf)
    shrunk[:size, :size] = scores[np.ix_(outside, outside)]
    shrunk[size, :size] = into.max(axis=0)
    shrunk[:size, size] = out_of.max(axis=1)
    shrunk[0, :] = -np.inf
    found = _arborescence(shrunk)
    result: NDArray[np.int64] = heads.copy()
    for at in range(1, size):
        head = found[at]
        result[outside[at]] = inside[out_of[at].argmax()] if head == size else outside[head]
    entry = found[size]
    result[inside[into[:, entry].argmax()]] = outside[entry]
    return result


def _circle(heads: NDArray[np.int64]) -> list[int]:
    """Some circle among these heads, or nothing."""
    state = [0] * len(heads)  # 0 not seen, 1 on the present path, 2 leads to the root
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return []


def goes_on(best: Sequence[int], tags: tuple[str, ...]) -> bool:
    """Whether every I- of these tags goes on with a name of its class."""
    follows = _follows(tags)
    before = tags.index("O")
    for tag in best:
        if not follows[tag][before]:
            return False
        before = tag
    return True


def best_names(scores: Scores, tags: tuple[str, ...]) -> list[int]:
    """The best row of BIO tags in which every I- goes on with a name of its class."""
    best: list[int] = scores.argmax(axis=1).tolist()
    if goes_on(best, tags):
        return best
    allowed = np.where(_follows(tags), 0.0, -np.inf)
    total = scores[0] + allowed[:, tags.index("O")]
    back = []
    for row in scores[1:]:
        paths = total[None, :] + allowed
        back.append(paths.argmax(axis=1))
        total = row + paths.max(axis=1)
    best = [int(total.argmax())]
    for steps in reversed(back):
        best.append(int(steps[best[-1]]))
    return best[::-1]


@lru_cache(maxsize=4)
def _follows(tags: tuple[str, ...]) -> list[list[bool]]:
    """By tag and the tag before it: whether the one may follow the other."""
    return [[_may_follow(tag, before) for before in tags] for tag in tags]


def _may_follow(tag: str, before: str) -> bool:
    return not tag.startswith("I-") or (before != "O" and before[2:] == tag[2:])
