"""The search for changes of level: exact, sure of itself by the right amount, and quiet where nothing changes."""

import itertools

import numpy as np
import pytest

from detente.evaluate.turns import made_dyads
from detente.relations.segments import best_parts, breaks_of, precision_of


def by_trying_all(mean, precision, penalty, least):
    """The best parting of a short series."""
    count = len(mean)

    def worth(places):
        ends = [0, *places, count]
        if any(after - before < least for before, after in itertools.pairwise(ends)):
            return -np.inf
        parts = [slice(*pair) for pair in itertools.pairwise(ends)]
        centred = mean - np.average(mean, weights=precision)
        gains = [np.sum(precision[part] * centred[part]) ** 2 / np.sum(precision[part]) for part in parts]
        return sum(gains) - penalty * len(places)

    tries = (places for many in range(4) for places in itertools.combinations(range(1, count), many))
    return list(max(tries, key=worth))


@pytest.mark.parametrize("least", [1, 2, 3, 5])
@pytest.mark.parametrize("seed", range(4))
def test_no_parting_is_better(seed, least):
    random = np.random.default_rng(seed)
    level = np.repeat(random.normal(0, 3, 3), [7, 5, 6])
    precision = random.uniform(0.3, 3, 18)
    mean = level + random.normal(0, 1, 18) / np.sqrt(precision)
    assert best_parts(mean, precision, 8.0, least) == by_trying_all(mean, precision, 8.0, least)


def test_a_step_is_found_where_it_is():
    (found,) = breaks_of(np.repeat([1.0, 3.0], [30, 20]) + np.tile([0.1, -0.1], 25))
    assert (found.place, found.low, found.high) == (30, 30, 30)
    assert (round(found.before, 1), round(found.after, 1), round(found.confidence, 3)) == (1.0, 3.0, 1.0)


@pytest.mark.parametrize("series", [
    [], [1.0], [2.0] * 40, [np.nan] * 40, [0.0, 1.0] * 20,
    # one wild bin is no level
    [0.0, 0.5] * 20 + [10.0] + [0.0, 0.5] * 20,
])  # fmt: skip
def test_nothing_changes(series):
    assert breaks_of(np.array(series, dtype=float)) == ()


def test_many_events_weigh_more_than_few():
    mean = np.tile([0.0, 4.0], 40)
    weight = np.tile([20.0, 1.0], 40)
    mean[80 // 2 :: 2] += 2.0  # only the bins of many events rise
    (found,) = breaks_of(mean, weight)
    assert abs(found.place - 40) <= 1
    assert found.after - found.before == pytest.approx(1.9, abs=0.1)


def test_bins_without_events_widen_the_interval():
    mean = np.repeat([0.0, 6.0], [40, 40]) + np.tile([0.5, -0.5], 40)
    mean[35:45] = np.nan
    (found,) = breaks_of(mean)
    assert (found.low, found.high) == (35, 45)


@pytest.mark.parametrize("noise", [2.0, 4.0, 6.0])
def test_the_noise_is_told_from_the_series(noise):
    dyads = made_dyads(20, seed=41, noise=noise, volume=8)
    told = []
    for dyad in dyads:
        mean, events, squares = dyad.arrays
        held = events > 0
        noises = [precision_of(mean[held], events[held], given) for given in (None, squares[held])]
        told.append([np.median(np.sqrt(events[held] / precision)) for precision in noises])
    # values are cut at -10 and 10, which lessens what was put in
    assert np.mean(told, axis=0) == pytest.approx([noise, noise], rel=0.15)


def test_confidence_and_intervals_mean_what_they_say():
    sure, right, inside = [], [], []
    for dyad in made_dyads(150, seed=43):
        for found in breaks_of(*dyad.arrays, confidence=0.2):
            sure.append(found.confidence)
            right.append(any(abs(found.place - place) <= 4 for place in dyad.breaks))
            inside.append(any(found.low <= place <= found.high for place in dyad.breaks))
    assert np.mean(right) == pytest.approx(np.mean(sure), abs=0.05)
    unsure = np.array(sure) < 0.7
    assert np.mean(np.array(right)[unsure]) == pytest.approx(np.mean(np.array(sure)[unsure]), abs=0.12)
    assert np.mean(inside) > 0.85


def test_a_series_without_breaks_has_none():
    random = np.random.default_rng(44)
    events = random.negative_binomial(2, 0.25, (60, 520)).astype(float)
    mean = np.where(events > 0, random.normal(-1, 4 / np.sqrt(np.maximum(events, 1))), np.nan)
    assert sum(len(breaks_of(*pair)) for pair in zip(mean, events, strict=True)) <= 5


def test_bins_that_lean_on_each_other_are_worth_less():
    random = np.random.default_rng(45)
    steps = random.normal(0, 1, 520)
    leaning = steps.copy()
    for at in range(1, 520):
        leaning[at] += 0.5 * leaning[at - 1]
    alone, together = (precision_of(values, np.ones(520))[0] for values in (steps, leaning))
    assert together < alone / 2


def test_events_that_come_in_bundles_are_worth_less():
    random = np.random.default_rng(46)
    shared = np.repeat(random.normal(0, 2, (300, 1)), 6, axis=1)
    values = {name: random.normal(0, 2, (300, 6)) + more for name, more in (("alone", 0.0), ("bundled", shared))}
    alone, bundled = (
        precision_of(told.mean(axis=1), np.full(300, 6.0), (told**2).sum(axis=1))[0] for told in values.values()
    )
    assert bundled < alone / 4


@pytest.mark.parametrize("weight, options, fault", [
    (np.ones(3), {}, "one length"),
    (np.ones(4), {"squares": np.ones(5)}, "one length"),
    (np.ones(4), {"least": 0}, "least=0"),
])  # fmt: skip
def test_what_does_not_fit(weight, options, fault):
    with pytest.raises(ValueError, match=fault):
        breaks_of(np.ones(4), weight, **options)
