"""Reports become events as they come."""

from datetime import date

import pytest
from tests.events.made import told

from detente.events import NEW, Fusion, Joined, Knowledge, Sectors
from detente.events.fusion import MOST_OF_STORY
from detente.lexicon import Lexicon

KNOWN = Knowledge(Sectors.of(Lexicon()), lambda one, other: 1.0, lambda one, other: 1.0)


def fused(*reports):
    fusion = Fusion(KNOWN)
    return [fusion.add(one).event for one in reports]


def test_what_is_told_again_is_one_event():
    assert fused(told("RUS", "GEO"), told("RUS", "GEO", number=9), told("NATO", "GEO")) == [0, 0, 1]


def test_less_than_half_of_what_was_told_may_speak_against_it():
    georgians = [told("RUS", target, number=n) for n, target in enumerate(("GEO", "GEOMIL", "GEO"))]
    assert fused(*georgians, told("RUS", "GEOREB", number=4)) == [0, 0, 0, 0]
    assert fused(georgians[1], told("RUS", "GEOREB", number=4)) == [0, 1]


def test_another_person_is_another_event_whatever_else_was_told():
    # "Russia" alone joins Lavrov; then Putin is another
    assert fused(told("lavrov", "GEO"), told("RUS", "GEO", number=1), told("putin", "GEO")) == [0, 0, 1]


def test_the_event_that_most_speaks_for_is_joined():
    reports = told("RUS", "GEO", days="2009-06-26"), told("RUS", "GEO", days="2009-06-27", number=1)
    assert fused(*reports, told("RUS", "GEO", days="2009-06-27", number=2)) == [0, 1, 1]


def test_other_stories_are_met_by_the_pair_alone():
    assert fused(told("RUS", "GEO"), told("RUS", "GEO", story="s2"), told("RUS", story="s3")) == [0, 0, 1]


def test_headlines_of_other_articles_are_of_other_stories():
    assert fused(told("RUS", "GEO"), told("RUS", part="related"), told("RUS", number=3)) == [0, 1, 0]


def test_a_user_decides():
    fusion = Fusion(KNOWN)
    first = fusion.add(told("RUS", "GEO"))
    other = fusion.add(told("NATO", "GEO"), into=Joined(first.event, ("because",)))
    assert other == Joined(first.event, ("because",))
    apart = fusion.add(told("RUS", "GEO", number=1, id="r1"), apart=[told("RUS", "GEO").report.id])
    assert apart.event != first.event
    assert fusion.add(told("RUS", "GEO", number=2), into=NEW).event not in (first.event, apart.event)


def test_what_is_forgotten_is_not_joined():
    fusion = Fusion(KNOWN)
    fusion.add(told("RUS", "GEO"))
    assert fusion.forget(date(2009, 7, 1)) == 1
    again = told("RUS", "GEO", day="2009-07-10", number=1)
    assert fusion.add(again).event == 1
    assert fusion.event_of(told("RUS", "GEO").report.id) is None
    with pytest.raises(KeyError):
        fusion.add(told("RUS", "GEO", number=2), into=Joined(0, ()))


def test_work_is_bounded_in_a_story_of_any_length():
    fusion = Fusion(KNOWN)
    for number in range(3 * MOST_OF_STORY):
        day = date.fromordinal(date(2000, 1, 1).toordinal() + number).isoformat()
        fusion.add(told("RUS", "GEO", days=day, number=number))
    assert max(map(len, fusion._held.values())) <= MOST_OF_STORY
