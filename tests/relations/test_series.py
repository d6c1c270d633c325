"""What passed between two sides, by day, week and month."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.relations.made import MONDAY, PLOVER, dealings, row

from detente.errors import QuestionError
from detente.relations import Dealings, Scale, Side, relation_of, series_of, ways_of
from detente.relations.bins import bin_of

NATO, RUSSIA, ALL = Side.of("NATO"), Side.of("RUS"), Side.of("*")


def told(rows, source=NATO, target=RUSSIA, **options):
    """Start, events and mean of each bin."""
    bins = series_of(dealings(rows), source, target, **options).bins
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
    # GDELT's table has no score for 1213
    rows = [row(0, cameo="042", outlets=3), row(1, cameo="161", type="SANCTION"), row(2, cameo="1213", type="AID")]
    (part,) = series_of(Dealings.of(rows, Scale.named("goldstein-gdelt")), NATO, RUSSIA).bins
    assert (part.events, part.scored, part.mean) == (3, 2, (1.9 - 4) / 2)
    assert part.squares == pytest.approx(1.9**2 + 4**2)
    assert (part.quads, part.outlets, part.volume) == ((1, 1, 0, 1), 5, None)
    assert (part.end - part.start).days == 6


def test_both_ways_and_what_they_did_to_each_other_once():
    mutual = {"id": "pact", "type": "AGREE"}
    rows = [row(0), row(1, "RUS", "NATO", "REJECT"), row(2, **mutual), row(2, "RUS", "NATO", **mutual)]
    told = dealings(rows)
    pair = relation_of(told, NATO, RUSSIA)
    assert [series.bins[0].events for series in (pair.there, pair.back, pair.both)] == [2, 2, 3]
    assert ways_of(told, NATO, RUSSIA).both.events() == ["NATO-RUS-CONSULT-0", "RUS-NATO-REJECT-1", "pact"]
    assert len(ways_of(told, NATO, RUSSIA).back) == 2


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
    bins = series_of(dealings(rows), NATO, RUSSIA, volume=volume).bins
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
    series = series_of(dealings([row(0)]), NATO, RUSSIA)
    assert (series.scale, series.version) == ("plover", PLOVER.version)
    assert (series.source.words, series.target.words) == ("NATO", "RUS")


SOME = st.builds(
    row,
    st.integers(-40, 40),
    st.sampled_from(["NATO", "RUS", "GEO"]),
    st.sampled_from(["NATO", "RUS", "GEO"]),
    st.sampled_from(["ACCUSE", "CONSULT", "SANCTION", "AID"]),
    id=st.sampled_from("abcdefghij"),
    standing=st.sampled_from(["happened", "denied"]),
    outlets=st.integers(1, 5),
)


@given(st.lists(SOME, max_size=30), st.sampled_from(["day", "week", "month"]))
def test_columns_count_what_rows_do_one_by_one(rows, by):
    once = {}
    for event in sorted(rows, key=lambda event: event.day):  # one id has one day, or the first of them
        if (event.source_id, event.target_id, event.standing) == ("NATO", "RUS", "happened"):
            once.setdefault(event.id, event)
    held = defaultdict(list)
    for event in once.values():
        held[bin_of(event.day, by)].append(event)
    bins = series_of(dealings(rows), NATO, RUSSIA, by=by).bins
    assert {part.start for part in bins} >= held.keys()
    for part in bins:
        events = held[part.start]
        scores = [PLOVER.of(event.type) for event in events]
        assert (part.events, part.outlets) == (len(events), sum(event.outlets for event in events))
        assert part.squares == pytest.approx(sum(score**2 for score in scores))
        assert part.mean == (pytest.approx(sum(scores) / len(scores)) if scores else None)
        assert part.quads == tuple(sum(event.quad == quad for event in events) for quad in (1, 2, 3, 4))
