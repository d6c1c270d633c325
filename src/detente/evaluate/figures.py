"""Figures with their uncertainty: F1, macro F1 and shares, each with a 95 % bootstrap interval over the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20090628

Statistic = Callable[[NDArray[np.intp]], float]
"""A figure of the rows with these numbers."""


class Figure(Struct, frozen=True):
    """A measured value with the interval in which 95 % of resampled sets of rows put it."""

    name: str
    value: float
    low: float
    high: float
    rows: int


def figure(name: str, statistic: Statistic, rows: int) -> Figure:
    """The value over all rows, with its percentile bootstrap interval (Efron 1979; fixed seed)."""
    everything = np.arange(rows)
    if rows == 0:
        return Figure(name, float("nan"), float("nan"), float("nan"), 0)
    draws = np.random.default_rng(SEED).integers(0, rows, size=(RESAMPLES, rows))
    resampled = np.array([statistic(draw) for draw in draws])
    low, high = np.nanpercentile(resampled, (2.5, 97.5))
    return Figure(name, statistic(everything), float(low), float(high), rows)


def share(values: Sequence[bool | int | float]) -> Statistic:
    """The mean of a column: shares and rates."""
    column = np.asarray(values, dtype=float)
    return lambda rows: float(column[rows].mean())


def f1(right: Sequence[bool | int], told: Sequence[bool | int], gold: Sequence[bool | int]) -> Statistic:
    """2 TP / (told + gold): the harmonic mean of precision and recall, pooled over the rows."""
    columns = [np.asarray(values, dtype=float) for values in (right, told, gold)]

    def statistic(rows: NDArray[np.intp]) -> float:
        hits, said, true = (column[rows].sum() for column in columns)
        return float(2 * hits / (said + true)) if said + true else 0.0

    return statistic


def ratio(right: Sequence[bool | int], of: Sequence[bool | int], *, empty: float = 0.0) -> Statistic:
    """Precision or recall: the sum of one column over the sum of another; `empty` where that is nothing."""
    above, below = np.asarray(right, dtype=float), np.asarray(of, dtype=float)

    def statistic(rows: NDArray[np.intp]) -> float:
        total = below[rows].sum()
        return float(above[rows].sum() / total) if total else empty

    return statistic


def macro_f1(gold: Sequence[object], told: Sequence[object]) -> Statistic:
    """The mean of the classes' F1, over the classes that the gold has."""
    names = {name: number for number, name in enumerate(dict.fromkeys([*gold, *told]))}
    size = len(names)
    true, said = (np.array([names[value] for value in values]) for values in (gold, told))

    def statistic(rows: NDArray[np.intp]) -> float:
        return float(np.mean(per_class(true[rows], said[rows], size)))

    return statistic


def per_class(true: NDArray[np.intp], said: NDArray[np.intp], size: int) -> NDArray[np.float64]:
    """F1 of each class that occurs in the gold."""
    hits = np.bincount(true[true == said], minlength=size)
    golds, tolds = np.bincount(true, minlength=size), np.bincount(said, minlength=size)
    present = golds > 0
    f: NDArray[np.float64] = 2 * hits[present] / (golds + tolds)[present]
    return f
