"""What is the same event, and what is another."""

import pytest
from tests.events.made import party, told, where

from detente.events import Knowledge, Sectors
from detente.events.facts import fact_of
from detente.events.same import Against, kilometres, likeness, parties_agree, places_agree
from detente.events.sectors import AlikeEntry, wrong_examples
from detente.lexicon import Lexicon
from detente.model import Because

SECTORS = Sectors.of(Lexicon())


def words_near(one, other):
    return 1.0 if one == other else 0.5 if {one, other} == {"seized", "captured"} else 0.1


def articles_near(one, other):
    return 0.1 if {one, other} == {"quake in Iran", "quake in Chile"} else 0.4


KNOWN = Knowledge(SECTORS, words_near, articles_near)
GORI = where("Gori", lat=41.98, lon=44.11)
TBILISI = where("Tbilisi", lat=41.72, lon=44.78)
GEORGIA = where("Georgia", precision="country", lat=42.0, lon=43.5)


def deed(who, word, whom=""):
    """A report by an entry of its own that stands on a word."""
    because = (Because(f"events/x#{word}"),)
    return told(who, whom, text=word, sentence=(0, len(word)), trigger=(0, len(word)), because=because)


def is_one(one, other, *, same_story=True):
    found = likeness(fact_of(one), fact_of(other), KNOWN, same_story=same_story)
    return None if isinstance(found, Against) else found.points > 0


@pytest.mark.parametrize(("one", "other", "is_same"), [
    # the same sides on the same day
    (told("RUS", "GEO", days="2009-06-27"), told("RUS", "GEO", days="2009-06-27"), True),
    # a minister may be his country
    (told("lavrov", "GEO"), told("RUS", "GEO"), True),
    # two who are named are two
    (told("lavrov", "GEO"), told("putin", "GEO"), None),
    # soldiers are not rebels of the same country
    (told("RUSMIL", "GEO"), told("RUSREB", "GEO"), None),
    # police of nobody's may be somebody's
    (told("COP", "GEO"), told("RUSCOP", "GEO"), True),
    # a name that nobody knows may be of a country, and is no other name
    (told("RUS", "Poti"), told("RUS", "GEO"), True),
    (told("RUS", "Poti"), told("RUS", "Batumi"), None),
    (told("", "Poti"), told("", "GEO"), False),
    # one side is enough where the other is not told
    (told("RUS"), told("RUS", "GEO"), True),
    # nothing in common, nothing against
    (told("RUS"), told("", "GEO"), False),
    # three who met are not two others who met
    (told("RUS GEO", "RUS GEO"), told("RUS USA", "RUS USA"), None),
    # some of them may be meant
    (told("RUS GEO", "RUS GEO"), told("RUS", "GEO"), True),
    # another type, another quad
    (told("RUS", "GEO"), told("RUS", "GEO", "AGREE"), None),
    # another mode; one that is not told may be it
    (told("RUS", "GEO", mode="visit"), told("RUS", "GEO", mode="phone"), None),
    (told("RUS", "GEO", mode="visit"), told("RUS", "GEO"), True),
    # 040 leaves open what 043 tells; 042 is told otherwise
    (told("RUS", "GEO", cameo="040"), told("RUS", "GEO", cameo="043"), True),
    (told("RUS", "GEO", cameo="042"), told("RUS", "GEO", cameo="043"), None),
    # days that are told must meet
    (told("RUS", "GEO", days="2009-06-27"), told("RUS", "GEO", days="2009-06-26"), None),
    (told("RUS", "GEO", days="2009-06-01 2009-06-30"), told("RUS", "GEO", days="2009-06-26"), True),
    # the past tense alone means these days
    (told("RUS", "GEO"), told("RUS", "GEO", days="2009-06-26"), True),
    (told("RUS", "GEO"), told("RUS", "GEO", days="2008-08-08"), None),
    # what was planned may have come
    (told("RUS", "GEO", days="2009-07-10", basis="planned"), told("RUS", "GEO", days="2009-07-10"), True),
    # places
    (told("RUS", "GEO", place=GORI), told("RUS", "GEO", place=GEORGIA), True),
    (told("RUS", "GEO", place=GORI), told("RUS", "GEO", place=TBILISI), None),
    # another deed of the type, unless the words are near in meaning, or both sides are named
    (deed("RUS", "expels"), deed("RUS", "fires"), None),
    (deed("RUS", "seized"), deed("RUS", "captured"), True),
    (deed("RUS", "killed", "GEO"), deed("RUS", "bombed", "GEO"), True),
    # articles on two matters, of which nobody says when they were
    (told("IRN", article="quake in Iran", day=None), told("IRN", article="quake in Chile", day=None), None),
    (told("IRN", article="quake in Iran", day=None), told("IRN", article="Iran", day=None), True),
    # the dateline tells where the reporter was
    (told("RUS", "GEO", place=GORI), told("RUS", "GEO", place=where("Tbilisi", basis="dateline")), True),
])  # fmt: skip
def test_reports_of_one_story(one, other, is_same):
    assert is_one(one, other) is is_same
    assert is_one(other, one) is is_same


@pytest.mark.parametrize(("one", "other", "is_same"), [
    # the pair within three days
    (told("RUS", "GEO"), told("RUS", "GEO", day="2009-06-30", days="2009-06-28"), True),
    # one side is too little
    (told("RUS"), told("RUS", "GEO"), False),
    # later it may be told again, and may be another
    (told("RUS", "GEO", days="2009-06-28"), told("RUS", "GEO", day="2009-07-04", days="2009-06-28"), False),
    # without a day nobody knows
    (told("RUS", "GEO", day=None), told("RUS", "GEO"), False),
])  # fmt: skip
def test_reports_of_different_stories(one, other, is_same):
    assert is_one(one, other, same_story=False) is is_same


def test_reasons_name_what_both_have():
    one = told("RUS", "GEO", days="2009-06-27", place=GORI)
    found = likeness(fact_of(one), fact_of(one), KNOWN, same_story=True)
    assert found.because == (
        "same story", "source RUS", "target GEO", "same deed", "same days", "place Gori",
    )  # fmt: skip


def test_all_of_the_fewer_are_among_the_more():
    some = [party("NATO"), party("RUS")]
    assert [one.id for one in parties_agree([party("RUS")], some, SECTORS)] == ["RUS"]
    assert parties_agree([party("UN")], some, SECTORS) is None
    assert parties_agree([], some, SECTORS) == []


@pytest.mark.parametrize(("radius", "agree"), [(10, False), (70, True)])
def test_a_wide_place_may_hold_another(radius, agree):
    assert places_agree(where("Gori", lat=41.98, lon=44.11, radius=radius), TBILISI) is agree


def test_a_degree_of_latitude_is_111_kilometres():
    assert kilometres(41.0, 44.0, 42.0, 44.0) == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize(
    "there, here, told",
    [
        # a degree of the equator
        ((0, 0), (0, 1), 111.19),
        # half around it
        ((0, 0), (0, 180), 20015.09),
        # across the date line
        ((0, 179.5), (0, -179.5), 111.19),
        # a degree of longitude is half as long at 60 degrees
        ((60, 0), (60, 1), 55.6),
        ((48.85, 2.35), (48.85, 2.35), 0),
    ],
)
def test_distances_are_those_of_great_circles(there, here, told):
    assert kilometres(*there, *here) == pytest.approx(told, abs=0.05)


def test_examples_of_sectors():
    entries = Lexicon().entries("sectors", AlikeEntry)
    assert all(entry.examples and entry.counterexamples for entry in entries)
    assert list(wrong_examples(entries, SECTORS)) == []


def test_an_example_that_goes_wrong_is_named():
    pairs = {"examples": ("KENLAB KENMIL",), "counterexamples": ("KENLAB KENAGR",)}
    entry = AlikeEntry(id="sectors/mine#x", sector="LAB", may_be=("AGR",), **pairs)
    told = list(wrong_examples([entry], Sectors([entry])))
    assert len(told) == 2
    assert all("sectors/mine#x" in line for line in told)


@pytest.mark.parametrize(("other", "what", "settles"), [
    (told("RUS", "GEO", "AGREE"), "type", True),
    (told("RUS", "GEO", days="2009-06-25"), "days", True),
    # days that are guessed may be wrong
    (told("RUS", "GEO", day="2009-07-05"), "days", False),
    (told("RUS", "GEO", day="2009-07-25"), "days", True),
    (told("putin", "GEO", days="2009-06-27"), "person", True),
    (told("RUSMIL", "RUSREB", days="2009-06-27"), "target", False),
])  # fmt: skip
def test_some_of_what_speaks_against_settles_it(other, what, settles):
    one = told("lavrov", "GEO", days="2009-06-27")
    assert likeness(fact_of(one), fact_of(other), KNOWN, same_story=True) == Against(what, settles)
