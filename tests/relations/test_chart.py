"""The picture of a relation: it stands alone, and nothing from outside becomes a mark in it."""

from datetime import date, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest

from detente.relations import Dealings, Row, Scale, Side, levels_of, relation_of, turns_of, ways_of
from detente.relations.chart import drawn

SCALE = Scale.named("plover")
A, B = Side.of("A"), Side.of("B")


def rows(count, *, every=3, first=date(2008, 1, 1)):
    kinds = [("CONSULT", "visit", 1), ("SANCTION", "expel", 4)]
    made = []
    for number in range(count):
        type, mode, quad = kinds[number * 2 >= count]
        day = first + timedelta(every * number)
        made.append(Row(day=day, id=f"e{number}", source_id="A", target_id="B", type=type, mode=mode, quad=quad))
    return Dealings.of(made, SCALE)


def chart(told, title="A and B", *, by="week", **options):
    relation = relation_of(told, A, B, by=by, volume=options.pop("volume", None))
    turns = turns_of(relation.both, ways_of(told, A, B).both)
    return ElementTree.fromstring(drawn(title, relation.both, turns, levels_of(relation.both, turns), **options))


def words(svg):
    return [part.text for part in svg.iter("{http://www.w3.org/2000/svg}text")]


def test_a_turn_is_labelled_with_its_size_and_day():
    told = words(chart(rows(200)))
    assert any(text.startswith("freeze -") for text in told)
    assert "A and B" in told


def test_no_event_is_said():
    assert "No event of these two in this time." in words(chart(rows(0)))


@pytest.mark.parametrize(
    ("count", "every", "by"), [(1, 1, "day"), (1, 1, "month"), (2000, 7, "month"), (2000, 7, "week")]
)
def test_one_event_and_forty_years_are_drawn(count, every, by):
    svg = chart(rows(count, every=every), by=by)
    width, height = float(svg.get("width")), float(svg.get("height"))
    for mark in svg.iter("{http://www.w3.org/2000/svg}rect"):
        assert 0 <= float(mark.get("x", 0)) <= width
        assert -0.1 <= float(mark.get("y", 0)) <= height
    labels = [text for text in words(svg) if text and text[0].isdigit() and len(text) == 10]
    assert len(labels) <= 10


def test_names_are_no_marks_and_long_ones_are_cut():
    svg = chart(rows(3), "<script>alert(1)</script> & \x1b[31m" + "long " * 40)
    assert not list(svg.iter("{http://www.w3.org/2000/svg}script"))
    assert words(svg)[0].startswith("<script>")
    assert len(words(svg)[0]) == 70
    assert "\x1b" not in words(svg)[0]


def test_what_was_not_collected_is_marked():
    told = rows(10, every=7)
    told = told.at(np.array([0, 1, 2, 8, 9]))
    svg = chart(told, volume={date.fromordinal(day): 1 for day in told.day[:3].tolist()})
    titles = [part.text for part in svg.iter("{http://www.w3.org/2000/svg}title")]
    assert sum(title.endswith("nothing was collected") for title in titles) == 5


def test_a_dark_ground():
    assert chart(rows(3), dark=True)[0].get("fill") == "#14171c"
