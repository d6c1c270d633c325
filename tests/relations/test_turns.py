"""Where a relation turns, and by which events."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests.relations.made import MONDAY, dealings, row, turning

from detente.errors import QuestionError
from detente.relations import (
    Side,
    levels_of,
    relation_of,
    series_of,
    strongest,
    turns_of,
    turns_of_totals,
    ways_of,
)

NATO, RUSSIA = Side.of("NATO"), Side.of("RUS")


def turns(rows, **options):
    told = dealings(rows)
    return turns_of(series_of(told, NATO, RUSSIA, **options), ways_of(told, NATO, RUSSIA).both)


@pytest.mark.parametrize("before, after, label, size", [
    ("SANCTION", "AID", "thaw", 8.0),
    ("AID", "SANCTION", "freeze", -8.0),
])  # fmt: skip
def test_a_turn(before, after, label, size):
    (turn,) = turns(turning(60, 30, before, after))
    assert (turn.day, turn.label, turn.size) == (MONDAY + timedelta(7 * 30), label, pytest.approx(size))
    assert turn.first <= turn.day <= turn.last
    assert turn.confidence > 0.99


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_a_turn_is_found_in_bins_of_any_width(by):
    (turn,) = turns(turning(100, 50), by=by)
    assert abs((turn.day - MONDAY).days - 350) <= 31


def test_the_events_that_made_it():
    (turn,) = turns(turning(60, 30))
    # what most outlets tell comes first, then what lies nearest; talks go on as before and weigh less
    assert turn.events_after[0] == "deed32"
    assert turn.events_before == ("deed29", "deed28", "deed27")
    assert turns_of(series_of(dealings(turning(60, 30)), NATO, RUSSIA))[0].events_after == ()


def test_more_of_the_same_is_no_turn():
    rows = list(turning(60, 60)) + [row(7 * week + 4, type="CONSULT", id=f"more{week}") for week in range(30, 60)]
    rows += [row(7 * week + 5, type="SANCTION", id=f"worse{week}") for week in range(30, 60)]
    assert turns(rows) == ()


def test_weeks_that_were_not_collected_are_no_peace():
    rows = [event for event in turning(60, 60) if not 20 <= (event.day - MONDAY).days // 7 < 40]
    assert turns(rows, volume={event.day: 9 for event in rows}) == ()


def test_levels_between_turns():
    pair = relation_of(dealings(turning(60, 30)), NATO, RUSSIA)
    told = levels_of(pair.there, turns_of(pair.there))
    assert [(level.mean, level.events) for level in told] == [(pytest.approx(-1.75), 60), (pytest.approx(6.25), 60)]
    assert told[0].last + timedelta(1) == told[1].first
    assert turns_of(pair.back) == ()
    assert levels_of(relation_of(dealings([]), NATO, RUSSIA).there, ()) == ()


# ---------------------------------------------------------------------------------------------------------------------
# Totals


def totals(seed, *, regimes, leaning=0.4, weeks=1278):
    """Weekly totals with heavy tails: events come in waves, and both their number and their kind change."""
    random = np.random.default_rng(seed)
    found, wave = [], 0.0
    for week in range(weeks):
        _, rate, level = [regime for regime in regimes if regime[0] <= week][-1]
        wave = leaning * wave + random.normal(0, 0.7 * np.sqrt(1 - leaning**2))
        events = random.poisson(rate * np.exp(wave - 0.245))
        found.append(float(np.clip(random.normal(level, 4, events), -10, 10).sum()))
    return found


WEEKS = [date(1979, 4, 15) + timedelta(7 * week) for week in range(1278)]
REGIMES = [(0, 2, -2.5), (450, 12, -4), (752, 10, -1), (1118, 40, -5)]


@pytest.mark.parametrize("seed", range(3))
def test_the_strongest_turns_of_totals(seed):
    found = strongest(turns_of_totals(WEEKS, totals(seed, regimes=REGIMES)), 10)
    for week, label in ((450, "freeze"), (752, "thaw"), (1118, "freeze")):
        assert any(abs(WEEKS.index(turn.day) - week) <= 8 and turn.label == label for turn in found)
    assert len(found) <= 6


def test_strongest_is_what_adds_most():
    found = strongest(turns_of_totals(WEEKS, totals(1, regimes=REGIMES)), 2)
    assert len(found) == 2
    assert found[0].strength >= found[1].strength


def test_totals_that_are_not_known():
    values = [*([-10.0, -12.0] * 20), *([None] * 5), *([8.0, 9.0] * 20)]
    (turn,) = turns_of_totals(WEEKS[:85], values)
    assert (turn.label, turn.before, turn.after) == ("thaw", -11.0, 8.5)
    with pytest.raises(QuestionError, match="3 bins and 1 totals"):
        turns_of_totals(WEEKS[:3], [1.0])
