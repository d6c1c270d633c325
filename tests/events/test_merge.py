"""What the reports of an event tell together, and what they tell differently."""

import pytest
from tests.events.made import killed, party, told, where

from detente.events import event_of


def event(*reports):
    return event_of("e1", [(one, ()) for one in reports], "s1")


@pytest.mark.parametrize(("standings", "standing"), [
    (["planned", "happened"], "happened"),
    (["happened", "planned"], "happened"),
    (["happened", "ongoing"], "ongoing"),
    (["planned", "denied"], "denied"),
    (["hypothetical", "demanded"], "demanded"),
    (["asked"], "asked"),
])  # fmt: skip
def test_what_is_told_more_firmly_stands(standings, standing):
    days = ("2009-06-26", "2009-06-27")
    reports = [told("RUS", "GEO", standing=one, number=n, day=days[n]) for n, one in enumerate(standings)]
    assert event(*reports).standing == standing


def test_the_history_of_its_standing_is_kept():
    made = event(
        told("RUS", "GEO", standing="planned", day="2009-06-26", speaker=party("lavrov")),
        told("RUS", "GEO", day="2009-06-28", outlet="B", number=1),
    )
    assert [(one.date, one.outlet, one.standing, one.speaker) for one in made.tellings] == [
        ("2009-06-26", "A", "planned", "lavrov"),
        ("2009-06-28", "B", "happened", None),
    ]


def test_copies_have_no_voice():
    agency, paper = told("RUS", "GEO", article="a1"), told("RUS", "GEO", article="a2", copied=True, number=1)
    own = told("RUS", "GEO", article="a3", outlet="B", number=2)
    made = event(agency, paper, own)
    assert (made.articles, made.outlets) == (3, 2)


@pytest.mark.parametrize(("sources", "source"), [
    (["RUS", "GEO", "GEO"], "GEO"),
    # as many: who is named, then who is named in more words
    (["RUS", "lavrov"], "lavrov"),
    (["RUS", "RUSMIL"], "RUSMIL"),
    # a third of the outlets name him, a fourth is too few
    (["RUSGOV", "lavrov", "RUSGOV"], "lavrov"),
    (["RUSGOV", "lavrov", "RUSGOV", "RUSGOV"], "RUSGOV"),
])  # fmt: skip
def test_who_it_was(sources, source):
    reports = [told(who, "USA", outlet=str(n), number=n) for n, who in enumerate(sources)]
    assert [actor.id for actor in event(*reports).source] == [source]


def test_stated_days_go_before_guessed_ones_and_facts_before_plans():
    made = event(
        told("RUS", "GEO", days="2009-06-30", basis="planned", standing="planned"),
        told("RUS", "GEO", days="2009-06-28", basis="tense", number=1),
        told("RUS", "GEO", days="2009-06-27", number=2),
    )
    assert (made.start, made.end, made.basis) == ("2009-06-27", "2009-06-27", "stated")


def test_the_finer_place_is_its_place():
    made = event(
        told("RUS", "GEO", place=where("Georgia", precision="country")),
        told("RUS", "GEO", place=where("Gori"), number=1),
    )
    assert made.place.name == "Gori"


def test_a_dispute_names_who_tells_what():
    made = event(
        told("RUS", "GEO", "ASSAULT", quad=4, speaker=party("GEO")),
        told("RUS", "GEO", "ASSAULT", quad=4, speaker=party("lavrov"), standing="denied", outlet="B", number=1),
    )
    assert made.disputed
    assert made.standing == "happened"
    (disagreement,) = made.disagreements
    assert disagreement.about == "standing"
    assert [(one.told, one.speakers, one.outlets) for one in disagreement.versions] == [
        ("happened", ("GEO",), ("A",)),
        ("denied", ("lavrov",), ("B",)),
    ]


def test_who_tells_both_tells_of_two_occasions():
    made = event(told("RUS", "GEO"), told("RUS", "GEO", standing="denied", number=1))
    assert not made.disputed


@pytest.mark.parametrize(("counts", "amount", "versions"), [
    ([killed(12), killed(12), killed(30)], "12", [("12", ("A", "B")), ("30", ("C",))]),
    # "at least 12" may be 14
    ([killed(12, open=True, exact=False), killed(14)], "14", []),
    # as many tell either: tolls rise
    ([killed(12), killed(14)], "14", [("12", ("A",)), ("14", ("B",))]),
])  # fmt: skip
def test_counts(counts, amount, versions):
    outlets = "ABC"
    made = event(
        *(told("RUS", "GEO", counts=(one,), outlet=outlets[n], number=n) for n, one in enumerate(counts)),
    )
    assert [size.amount for size in made.counts] == [amount]
    told_versions = [(one.told, one.outlets) for found in made.disagreements for one in found.versions]
    assert told_versions == versions


def test_an_event_of_no_reports_is_none():
    with pytest.raises(ValueError, match="e1"):
        event()
