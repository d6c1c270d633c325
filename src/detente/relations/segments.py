"""Where the level of a noisy series changes: an exact search over all ways of parting it, then how sure each break is.

1. `precision_of`: how exactly the mean of each bin is known; the noise is estimated from the series itself.
2. `best_parts`: the way of parting with the highest likelihood, where each break costs a penalty (PELT: Killick,
   Fearnhead & Eckley 2012, "Optimal detection of changepoints with a linear computational cost"). What it leaves out on
   the way can be part of no better one, so the answer is exact.
3. `_Stretch`: between its two neighbours, how likely each place of a break is, and that there is one at all, when the
   size of its jump is not known before (Bayes factor of two means against one, normal prior on the jump).
   A break that is hardly likely to lie near where it is told is taken out, and its neighbours are looked at anew.

All take and give arrays of one value per bin; nothing here knows of days or events.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Places = NDArray[np.intp]

# Chosen together on simulated dyads (docs/relations.md tells how), not on those that figures are reported for.
# F1 is flat around them: penalties of 1.5 to 2.5 and confidences of 0.3 to 0.5 lie within two points.
PENALTY = 2.0
"""What a break costs in twice the log-likelihood, in units of ln(bins)."""
CONFIDENCE = 0.4
"""Breaks that are less sure than this are left out. Whom both kinds of mistakes cost the same should ask for half of
the F1 that can be reached."""
BREAKS_EXPECTED = 3.0
"""How many a series has before it is seen; twice or half as many change next to nothing."""
JUMP_EXPECTED = 2.0
"""Standard deviation of jumps before they are seen, in noises of an ordinary bin."""
LEAST = 8
"""Bins with events between two breaks, at least. Shorter ones are episodes, and searching for them costs time."""
NEAR = 4
"""A break is told where most of its likelihood lies within so many bins on both sides; that share is its confidence."""
CREDIBLE = 0.9
"""Share of a break's likelihood that lies in its interval."""

_LOWEST = 0.9
_LOWEST_MEAN = 0.6230
"""The mean of the lowest 90 % of squared standard normal values."""
_MOST_ALIKE = 0.8
"""The highest correlation of neighbouring bins that is believed: beyond it, trends look like noise."""
_WILD = 3.5
"""Standard errors by which a bin may stand out from both of its neighbours."""
_FEWEST_PAIRS = 30
"""Events beyond the first of their bins that it takes to tell the variance within bins."""


class Break(NamedTuple):
    """A change of level."""

    place: int
    """Index of the first bin of the new level."""
    low: int
    high: int
    """The interval of places that hold nine tenths of the likelihood, both included."""
    confidence: float
    """From 0 to 1: how likely there is a break within `near` bins of the place, given its neighbours."""
    gain: float
    """What it adds to the log-likelihood: half its squared jump over the variance of the jump."""
    before: float
    after: float
    """The weighted means up to the next break on either side, wild bins tamed."""


def breaks_of(
    mean: Reals,
    weight: Reals | None = None,
    squares: Reals | None = None,
    *,
    penalty: float = PENALTY,
    confidence: float = CONFIDENCE,
    least: int = LEAST,
    near: int = NEAR,
) -> tuple[Break, ...]:
    """The changes of level of a series, in the order of their places.

    `mean` has one value per bin, NaN where there was no event; `weight` is how many events the mean is of (without it
    each bin counts the same), `squares` the sum of their squared values, if known. Bins without events tell nothing.
    Raises `ValueError` when the arrays differ in length or `least` is not at least 1.
    """
    weight = np.ones(len(mean)) if weight is None else np.asarray(weight, dtype=float)
    if len(weight) != len(mean) or (squares is not None and len(squares) != len(mean)):
        raise ValueError("mean, weight and squares have a value for each bin; give arrays of one length")
    if least < 1:
        raise ValueError(f"least={least}: a level needs one bin or more")
    held = np.flatnonzero((weight > 0) & np.isfinite(mean))
    if len(held) < 2 * least:
        return ()
    told = mean[held]
    precision = precision_of(told, weight[held], None if squares is None else squares[held])
    told = _tamed(told, precision)
    search = _Search(told, precision, held, least, near)
    return search.breaks(best_parts(told, precision, penalty * np.log(len(held)), least), confidence)


# ---------------------------------------------------------------------------------------------------------------------
# Noise


def precision_of(mean: Reals, weight: Reals, squares: Reals | None = None) -> Reals:
    """One over the variance of each bin's mean around its level, estimated from the series.

    With the sums of squares the variance of an event is that within bins; what bins scatter beyond that (events of a
    day that come in a bundle) is added to each. Without them it is that of the differences between neighbouring bins,
    which hardly feel a change of level. Bins that lean on those before them are worth less: the lag-one correlation is
    told by differences over two bins against those over one (after Chakar et al. 2017, "A robust approach for
    estimating change-points in the mean of an AR(1) process"), and counts where it is more than chance.
    """
    variance = 1.0 / weight
    within = None if squares is None else _within(mean, weight, squares)
    if within is None:
        # Nine bins of ten are like the one before: what is left is the noise.
        variance = variance * (_spread(mean, variance, 1) or float(np.mean(_differences(mean, variance, 1))))
    else:
        variance = within * variance
        # The standard error of a mean of squared neighbouring differences; three of them are no chance.
        if _spread(mean, variance, 1) > 1 + 3 * math.sqrt(3 / len(mean)):
            told = float(np.mean(np.diff(mean) ** 2 - variance[1:] - variance[:-1])) / 2
            variance = variance + max(told, 0.0)
    # A series without any noise: every step is one.
    variance = np.maximum(variance, max(float(np.var(mean)), 1e-12) * 1e-6)
    alike = _alike(mean, variance)
    # Differences see only the part of the noise that neighbours do not share: hence the square.
    return (1 - alike) ** 2 / (1 + alike) / variance


def _within(mean: Reals, weight: Reals, squares: Reals) -> float | None:
    """The variance of one event around the mean of its bin; None where too few bins hold several or all are alike."""
    free = float(np.sum(weight - 1))
    if free < _FEWEST_PAIRS:
        return None
    told = float(np.sum(np.maximum(squares - weight * mean**2, 0.0))) / free
    return told if told > 0 else None


def _differences(mean: Reals, variance: Reals, step: int) -> Reals:
    """The squared differences of bins `step` apart, over their variances."""
    told: Reals = (mean[step:] - mean[:-step]) ** 2 / (variance[step:] + variance[:-step])
    return told


def _spread(mean: Reals, variance: Reals, step: int) -> float:
    """The mean squared difference of bins `step` apart over its variance; wild ones count as three and a half sigmas.

    The scale of "wild" is told by the lowest nine tenths, so that no change of level and no wild bin moves it. It is 0
    where these are all the same.
    """
    told = _differences(mean, variance, step)
    most = int(_LOWEST * len(told))
    ordinary = float(np.partition(told, most)[:most].mean()) / _LOWEST_MEAN if most else 0.0
    return float(np.minimum(told, 12 * ordinary).mean())


def _alike(mean: Reals, variance: Reals) -> float:
    """How far neighbouring bins lean the same way around their level, beyond chance: from 0 to 0.8."""
    one = _spread(mean, variance, 1)
    if one <= 0:
        return 0.0
    told = _spread(mean, variance, 2) / one - 1
    return min(max(0.0, told - 2 / math.sqrt(len(mean))), _MOST_ALIKE)


def _tamed(mean: Reals, precision: Reals) -> Reals:
    """The series with bins cut that stand out from both neighbours on the same side: one wild week is no level.

    They keep three and a half standard errors of the difference, which over `LEAST` bins is less than a break costs.
    """
    steps, variance = np.diff(mean), 1 / precision
    left, right = steps[:-1], -steps[1:]
    over = np.minimum(np.abs(left), np.abs(right))
    over -= _WILD * np.sqrt(variance[1:-1] + np.maximum(variance[:-2], variance[2:]))
    wild = np.flatnonzero((over > 0) & (left * right > 0))
    if len(wild) == 0:
        return mean
    tamed = mean.copy()
    tamed[wild + 1] -= np.sign(left[wild]) * over[wild]
    return tamed


# ---------------------------------------------------------------------------------------------------------------------
# Search


def best_parts(mean: Reals, precision: Reals, penalty: float, least: int) -> list[int]:
    """The places of breaks of the parting that is best of all, each break costing `penalty`.

    Best is the highest sum over parts of (sum of precision x mean)^2 / (sum of precision), which is twice the gain in
    log-likelihood up to a constant. Parts have `least` bins or more. So an end depends on no start within `least` of
    it, and as many ends are found at once by one operation on a table of starts x ends.
    """
    count = len(mean)
    if count < 2 * least:
        return []
    centre = precision @ mean / precision.sum()  # sums of small numbers lose no digits
    weights, sums = _running(precision), _running(precision * (mean - centre))
    best = np.full(count + 1, -np.inf)
    best[0] = 0.0
    start_of = np.zeros(count + 1, dtype=np.intp)
    rows = np.arange(least)
    too_near = np.where(rows[:, None] < rows, -np.inf, 0.0)  # starts of the last block, for the first ends of this one
    all_starts = np.arange(count)
    starts = np.zeros(1, dtype=np.intp)
    for first in range(least, count + 1, least):
        last = min(first + least, count + 1)
        old = len(starts)
        if first > least:
            starts = np.concatenate((starts, all_starts[first - least : first]))
        gain = sums[first:last, None] - sums[starts]
        gain *= gain
        gain /= weights[first:last, None] - weights[starts]
        gain += best[starts] - penalty
        if first > least:
            gain[:, old:] += too_near[: last - first]
        chosen = gain.argmax(axis=1)
        best[first:last] = gain[rows[: last - first], chosen]
        start_of[first:last] = starts[chosen]
        # A start that is worse even without the penalty stays so for all ends that could have a break here instead.
        alive = gain[0] > best[first] - penalty
        alive[old:] = True
        starts = starts[alive]
    return _back(start_of)


def _running(values: Reals) -> Reals:
    """The sums of the first 0, 1, 2 ... values."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums


def _back(start_of: Places) -> list[int]:
    """The starts that led to the end, the first part's left out."""
    found = []
    end = int(start_of[-1])
    while end > 0:
        found.append(end)
        end = int(start_of[end])
    return found[::-1]


# ---------------------------------------------------------------------------------------------------------------------
# How sure


class _Stretch(NamedTuple):
    """What is known of one break between its neighbours."""

    confidence: float
    place: int
    """In bins of the whole series."""
    at: int
    """Among the bins with events: the likeliest start of the new level."""
    share: Reals
    """The likelihood of each place between the neighbours, adding to less than one by that of no break."""
    first: int
    """The place, among the bins with events, of the first of `share`."""


class _Search:
    """The breaks of one series, each weighed between its neighbours."""

    def __init__(self, mean: Reals, precision: Reals, held: Places, least: int, near: int) -> None:
        self.held = held
        self.least = least
        self.near = near
        self.count = len(mean)
        self.centre = float(precision @ mean / precision.sum())
        self.weights = _running(precision)
        self.sums = _running(precision * (mean - self.centre))
        self.jump = JUMP_EXPECTED**2 / float(np.median(precision))
        self.expected = BREAKS_EXPECTED / self.count

    def breaks(self, places: list[int], confidence: float) -> tuple[Break, ...]:
        """Those of `places` that are sure enough, moved to where they most likely lie; the least sure go first."""
        told = [self._between(places, number) for number in range(len(places))]
        while True:
            self._drop(places, told, confidence)
            self._move(places, told)
            if all(stretch.confidence >= confidence for stretch in told):  # it may have fallen where a neighbour moved
                return tuple(self._told(places, told))

    def _drop(self, places: list[int], told: list[_Stretch], confidence: float) -> None:
        """Takes out what is not sure enough, the least sure first, and weighs the neighbours anew."""
        while places:
            number = min(range(len(places)), key=lambda number: told[number].confidence)
            if told[number].confidence >= confidence:
                return
            del places[number], told[number]
            for beside in (number - 1, number):
                if 0 <= beside < len(places):
                    told[beside] = self._between(places, beside)

    def _move(self, places: list[int], told: list[_Stretch]) -> None:
        """Puts each where it most likely lies: from the left, each behind the one that has moved, so none overtakes."""
        moved = False
        for number in range(len(places)):
            if moved:
                told[number] = self._between(places, number)
            moved = told[number].at != places[number]
            places[number] = told[number].at

    def _between(self, places: list[int], number: int) -> _Stretch:
        before, after = self._neighbours(places, number)
        weights, sums = self.weights, self.sums
        first, last = before + self.least, after - self.least
        inside = slice(first, last + 1)
        left, right = weights[inside] - weights[before], weights[after] - weights[inside]
        jump = (sums[after] - sums[inside]) / right - (sums[inside] - sums[before]) / left
        variance = 1 / left + 1 / right
        ratio = self.jump / variance
        odds = 0.5 * (jump * jump / variance * (ratio / (1 + ratio)) - np.log1p(ratio)) + np.log(self.expected)
        most = max(float(odds.max()), 0.0)
        share = np.exp(odds - most)
        share /= share.sum() + np.exp(-most)
        confidence, place = self._nearest(share, first)
        at = int(np.searchsorted(self.held, place))
        return _Stretch(confidence, place, min(max(at, first), last), share, first)

    def _neighbours(self, places: list[int], number: int) -> tuple[int, int]:
        before = places[number - 1] if number else 0
        return before, places[number + 1] if number + 1 < len(places) else self.count

    def _nearest(self, share: Reals, first: int) -> tuple[float, int]:
        """The most likelihood that lies within `near` bins on both sides of one bin, and that bin.

        Where several bins have as much around them it is the middle one.
        """
        bins = self.held[first : first + len(share)]
        start = int(bins[0])
        wide = 2 * self.near + 1
        line = np.zeros(int(bins[-1]) - start + 2 * wide)
        line[bins - start + wide] = share
        sums = np.cumsum(line)
        around = sums[wide:] - sums[:-wide]  # around[i] is of the bins i + 1 to i + wide of the line
        most = float(around.max())
        best = np.flatnonzero(around >= most - 1e-9)
        place = int(best[len(best) // 2]) + 1 + self.near - wide + start
        return min(most, 1.0), min(max(place, start), int(bins[-1]))

    def _told(self, places: list[int], told: list[_Stretch]) -> Iterator[Break]:
        for number, (at, stretch) in enumerate(zip(places, told, strict=True)):
            before, after = self._neighbours(places, number)
            left, right = self.weights[at] - self.weights[before], self.weights[after] - self.weights[at]
            lower = (self.sums[at] - self.sums[before]) / left
            upper = (self.sums[after] - self.sums[at]) / right
            low, high = self._interval(stretch)
            yield Break(
                place=stretch.place,
                low=min(low, stretch.place),
                high=max(high, stretch.place),
                confidence=stretch.confidence,
                gain=float(0.5 * (upper - lower) ** 2 / (1 / left + 1 / right)),
                before=float(lower) + self.centre,
                after=float(upper) + self.centre,
            )

    def _interval(self, stretch: _Stretch) -> tuple[int, int]:
        """From the first to the last of the likeliest places that together hold nine tenths."""
        order = np.argsort(-stretch.share)
        needed = int(np.searchsorted(np.cumsum(stretch.share[order]), CREDIBLE * stretch.share.sum())) + 1
        among = order[:needed] + stretch.first
        # With no events in the bins before it, the level may have changed in any of them.
        return int(self.held[among.min() - 1]) + 1, int(self.held[among.max()])
