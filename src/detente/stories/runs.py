"""Runs of words as numbers: the same in every process, and counted over whole texts at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

LONGEST = 1 << 19
"""Bytes of a text that are looked at: some 80,000 words."""

_BASE = np.uint64(0x5851F42D4C957F2D)
_BACK = np.uint64(pow(0x5851F42D4C957F2D, -1, 1 << 64))
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)
_IS_WORD = np.zeros(256, bool)
_IS_WORD[[*range(48, 58), *range(97, 123), *range(128, 256)]] = True


def numbers_of(text: str) -> Hashes:
    """A number for each word of a text; case, punctuation and accents do not count. Shape (words,).

    A word's number is a polynomial of its letters modulo 2 ** 64, read off the sums of the whole text (Karp and Rabin).
    """
    lowered = text[:LONGEST].lower()
    content = lowered.encode("ascii", "ignore")
    if len(content) * 2 < len(lowered):
        # Another script; its letters are all there is.
        content = lowered.encode("utf-8", "replace")
    letters = np.frombuffer(content[:LONGEST], np.uint8)
    if not len(letters):
        return np.empty(0, np.uint64)
    inside = np.zeros(len(letters) + 2, bool)
    inside[1:-1] = _IS_WORD[letters]
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    begins, ends = edges[::2], edges[1::2]
    powers, back = _powers(_room(len(letters)))
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=sums[1:])
    return (sums[ends] - sums[begins]) * back[begins]


def runs_of(words: Hashes, size: int) -> Hashes:
    """A number for each run of so many words (at most four); of a shorter text, one for all its words."""
    size = min(size, len(words))
    if not size:
        return words
    count = len(words) - size + 1
    mixed = words[:count] * _FACTORS[0]
    for offset in range(1, size):
        mixed += words[offset : offset + count] * _FACTORS[offset]
    return _mixed(mixed)


def sampled(runs: Hashes, one_in: int, fewest: int) -> Hashes:
    """Every so many-th run by its number (a power of two), the same ones in every text; of short texts the lowest.

    In sixty bits, which Python's integers hold in two thirds of the memory of sixty-four.
    """
    kept = runs[(runs & np.uint64(one_in - 1)) == 0]
    kept = kept if len(kept) >= fewest else np.concatenate([kept, np.sort(runs)[:fewest]])
    return distinct(kept >> np.uint64(4))


def distinct(numbers: NDArray[np.unsignedinteger]) -> NDArray[np.unsignedinteger]:
    """Sorted, each once."""
    ordered = np.sort(numbers)
    keep = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def common(one: NDArray[np.unsignedinteger], other: NDArray[np.unsignedinteger]) -> int:
    """How many numbers two sorted arrays have in common: those of the shorter are looked up in the longer."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not len(short):
        return 0
    at = long.searchsorted(short)
    at[at == len(long)] = 0
    return int(np.count_nonzero(long[at] == short))


def _mixed(numbers: Hashes) -> Hashes:
    """Spreads what differs in few bits over all of them (the finalizer of MurmurHash3, public domain)."""
    numbers ^= numbers >> np.uint64(33)
    numbers *= np.uint64(0xFF51AFD7ED558CCD)
    numbers ^= numbers >> np.uint64(33)
    numbers *= np.uint64(0xC4CEB9FE1A85EC53)
    return numbers ^ (numbers >> np.uint64(33))


def _room(length: int) -> int:
    """The next power of two: few lengths are asked for."""
    return 1 << max(12, (length - 1).bit_length())


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse modulo 2 ** 64."""
    bases, backs = np.full(count, _BASE), np.full(count, _BACK)
    bases[0] = backs[0] = 1
    return np.cumprod(bases), np.cumprod(backs)
