"""What passed between two sides, by day, week and month."""

from datetime import date

import pytest
from tests.relations.made import MONDAY, PLOVER, row

from detente.errors import QuestionError
from detente.relations import Row, Side, between, relation_of, series_of

NATO, RUSSIA, ALL = Side.of("NATO"), Side.of("RUS"), Side.of("*")


def told(rows, source=NATO, target=RUSSIA, **options):
    """Start, events and mean of each bin."""
    bins = series_of(rows, source, target, PLOVER, **options).bins
    return [(part.start.isoformat(), part.events, part.mean) for part in bins]


@pytest.mark.parametrize("words, id, country, code, has", [
    ("NATO", "NATO", None, "IGONAT", True),
    ("NATO", "UN", None, "IGOUNO", False),
    # a country is all that acts for it
    ("RUS", "sergei-lavrov", "RUS", "RUSGOV", True),
    # a role of a country
    ("RUS MIL", "RUSMIL", "RUS", "RUSMIL", True),
    ("RUS MIL", "RUS-general", "RUS", "RUSGOVMIL", True),
    ("RUS MIL", "RUS", "RUS", "RUS", False),
    ("RUS MIL", "USAMIL", "USA", "USAMIL", False),
    ("* MIL", "USAMIL", "USA", "USAMIL", True),
    # letters that run over two roles are no role
    ("RUS OVM", "x", "RUS", "RUSGOVMIL", False),
    # groups, and everybody
    ("RUS, BLR", "BLR", "BLR", "BLR", True),
    ("*", "anybody", None, "", True),
])  # fmt: skip
def test_who_is_of_a_side(words, id, country, code, has):
    assert Side.of(words).has(id, country, code) is has


@pytest.mark.parametrize("words", ["", "RUS,", " , BLR"])
def test_a_side_without_a_name(words):
    with pytest.raises(QuestionError, match="name an actor"):
        Side.of(words)


@pytest.mark.parametrize("by, bins", [
    ("day", [("2008-09-01", 1, 2.5), ("2008-09-02", 0, None), ("2008-09-03", 1, 4.0)]),
    ("week", [("2008-09-01", 2, 3.25)]),
    ("month", [("2008-09-01", 2, 3.25)]),
])  # fmt: skip
def test_bins(by, bins):
    assert told([row(0), row(2, mode="visit")], by=by) == bins


def test_weeks_begin_on_mondays_and_months_have_their_lengths():
    rows = [row(-1), row(30)]  # a Sunday, and the first of October
    assert [start for start, *_ in told(rows)][:2] == ["2008-08-25", "2008-09-01"]
    assert [start for start, *_ in told(rows, by="month")] == ["2008-08-01", "2008-09-01", "2008-10-01"]


def test_what_a_bin_holds():
    rows = [row(0, outlets=3), row(1, type="SANCTION"), row(2, type="AID", intensity=None)]
    rows[2] = Row(**{name: getattr(rows[2], name) for name in Row.__struct_fields__} | {"intensity": None})
    (part,) = series_of(rows, NATO, RUSSIA, PLOVER).bins
    assert (part.events, part.scored, part.mean) == (3, 2, (2.5 - 6) / 2)
    assert part.squares == 2.5**2 + 6**2
    assert (part.quads, part.outlets, part.volume) == ((1, 1, 0, 1), 5, None)
    assert (part.end - part.start).days == 6


def test_both_ways_and_what_they_did_to_each_other_once():
    mutual = {"id": "pact", "type": "AGREE"}
    rows = [row(0), row(1, "RUS", "NATO", "REJECT"), row(2, **mutual), row(2, "RUS", "NATO", **mutual)]
    pair = relation_of(rows, NATO, RUSSIA, PLOVER)
    assert [series.bins[0].events for series in (pair.there, pair.back, pair.both)] == [2, 2, 3]
    assert [event.id for event in between(rows, NATO, RUSSIA)] == ["NATO-RUS-CONSULT-0", "RUS-NATO-REJECT-1", "pact"]
    assert len(between(rows, NATO, RUSSIA, "back")) == 2


def test_one_against_all():
    rows = [row(0), row(1, target="GEO"), row(1, "GEO", "RUS")]
    assert told(rows, NATO, ALL) == [("2008-09-01", 2, 2.5)]


@pytest.mark.parametrize("standing, events", [(("happened", "ongoing"), 2), (("denied",), 1), ((), None)])
def test_facts_count_unless_others_are_asked_for(standing, events):
    rows = [row(0), row(1, standing="ongoing"), row(2, standing="denied"), row(3, standing="planned")]
    assert [part[1] for part in told(rows, standing=standing)] == ([events] if events else [])


def test_silence_of_the_sources_is_no_peace():
    rows = [row(0), row(21)]
    volume = {MONDAY: 40, date(2008, 9, 9): 12, date(2008, 9, 22): 0}
    bins = series_of(rows, NATO, RUSSIA, PLOVER, volume=volume).bins
    # collected without an event, not collected at all, and an event whose articles are of other days
    assert [(part.events, part.volume) for part in bins] == [(1, 40), (0, 12), (None, 0), (1, 0)]
    assert bins[2].mean is bins[2].quads is bins[2].outlets is bins[2].scored is None


def test_since_and_until_cut_and_stretch():
    rows = [row(0), row(7), row(14)]
    cut = {"since": date(2008, 9, 10), "until": date(2008, 9, 28)}
    assert [part[1] for part in told(rows, **cut)] == [1, 1, 0]
    assert told([], **cut)[0] == ("2008-09-08", 0, None)
    assert told([]) == []
    with pytest.raises(QuestionError, match="swap"):
        told(rows, since=date(2009, 1, 1), until=date(2008, 1, 1))


def test_the_scale_and_its_version_stand_in_the_series():
    series = series_of([row(0)], NATO, RUSSIA, PLOVER)
    assert (series.scale, series.version) == ("plover", PLOVER.version)
    assert (series.source.words, series.target.words) == ("NATO", "RUS")
