"""Sets of texts with places: how rows are read, how near is right, and the figures by hand."""

import json

import pytest
from click.testing import CliRunner

from detente.api import default_coder
from detente.cli.main import cli
from detente.errors import DetenteError
from detente.evaluate.documents import parsed
from detente.evaluate.places import (
    Toponym,
    is_near,
    place_rows,
    place_tables,
    placed,
    wrong_places,
)
from detente.mentions import Places
from detente.model import Place

TEXT = "A storm hit Paris, Texas. Ministers met in Vienna and flew to Italy. They left Oslo, Peru and Qqqxville."


def toponym(words, lat=None, lon=None):
    start = TEXT.index(words)
    point = {} if lat is None else {"lat": lat, "lon": lon}
    return {"start": start, "end": start + len(words), **point}


ROW = {
    "doc_id": "storm",
    "text": TEXT,
    "toponyms": [
        toponym("Paris", 33.66, -95.56),
        toponym("Texas", 31.5, -99.4),
        # people say the town in Virginia; the text does not
        toponym("Vienna", 38.9, -77.27),
        # Naples: in the country, and 190 km from Rome
        toponym("Italy", 40.85, 14.27),
        # no point: counts for precision alone
        toponym("Peru"),
        # no gazetteer knows it; and the coder finds "Oslo" besides
        toponym("Qqqxville", 52.5, 13.4),
    ],
}


@pytest.fixture(scope="module")
def finder():
    return Places(default_coder().lexicon, adjectives=True)


@pytest.fixture
def set_of(tmp_path):
    def write(*rows):
        path = tmp_path / "set.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def came_out(path, finder):
    return [placed(document, finder) for document in parsed(place_rows(path), default_coder())]


def figures_of(table):
    return {one.name: pytest.approx(one.value) for one in table.figures}


def test_rows_are_read_with_points_and_their_countries(set_of):
    (row,) = place_rows(set_of({**ROW, "domain": "example.com", "date": "2009-06-28T10:57"}))
    assert (row.id, row.url, row.day) == ("storm", "example.com", "2009-06-28")
    assert [(TEXT[slice(*one.span)], one.country) for one in row.gold] == [
        ("Paris", "USA"), ("Texas", "USA"), ("Vienna", "USA"), ("Italy", "ITA"), ("Peru", ""), ("Qqqxville", "DEU"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"toponyms": []}',
        '{"text": "Oslo"}',
        '{"text": "Oslo", "toponyms": [{"start": 0}]}',
        # a point that is none
        '{"text": "Oslo", "toponyms": [{"start": 0, "end": 4, "lat": "north", "lon": 10.7}]}',
    ],
)
def test_a_row_that_is_none_is_named_with_what_it_needs(set_of, line):
    path = set_of(ROW)
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(DetenteError, match=r"set\.jsonl:2: .*needs text and toponyms with start and end"):
        place_rows(path)


def test_an_empty_set_is_named(set_of):
    with pytest.raises(DetenteError, match=r"set\.jsonl: no document"):
        place_rows(set_of())


def test_a_set_without_points_is_read(set_of):
    (row,) = place_rows(set_of({"text": "Oslo", "toponyms": [{"start": 0, "end": 4, "lat": None, "lon": None}]}))
    assert row.gold == (Toponym((0, 4), None),)


ROME = Place(name="Italy", kind="country", country="ITA", lat=41.9, lon=12.5)


@pytest.mark.parametrize(
    "point, country, place, told",
    [
        # 160 km and 162 km along the equator
        ((0, 1.439), "", Place(name="a", kind="city", country="GAB", lat=0, lon=0), True),
        ((0, 1.457), "", Place(name="a", kind="city", country="GAB", lat=0, lon=0), False),
        # a country is right as a whole, a city of it is not
        ((38.1, 13.4), "ITA", ROME, True),
        ((38.1, 13.4), "ITA", Place(name="Rome", kind="city", country="ITA", lat=41.9, lon=12.5), False),
        ((38.1, 13.4), "MLT", ROME, False),
        # no place, none with a point, none in gold
        ((38.1, 13.4), "ITA", None, False),
        ((38.1, 13.4), "", Place(name="a", kind="region"), False),
        (None, "", ROME, False),
    ],
)
def test_near_is_161_km_or_the_country_by_its_name(point, country, place, told):
    assert is_near(Toponym((0, 1), point, country), place) is told


def test_figures_are_those_of_the_hand(set_of, finder):
    (document,) = came_out(set_of(ROW), finder)
    given, baseline, whole = place_tables([document])
    # of Paris, Texas, Vienna, Italy, Qqqxville: Vienna is another one, Qqqxville is unknown
    assert figures_of(given) == {"within 161 km": 3 / 5, "country": 3 / 5, "known to the gazetteer": 4 / 5}
    # the largest Paris is in France
    assert figures_of(baseline) == {"within 161 km": 2 / 5, "country": 2 / 5}
    # of six mentions Oslo is none of people's
    assert figures_of(whole) == {"found and placed": 3 / 5, "found": 4 / 5, "precision": 5 / 6}
    assert [one.rows for one in whole.figures] == [5, 5, 6]


def test_the_baseline_says_that_it_is_one(set_of, finder):
    _, baseline, _ = place_tables(came_out(set_of(ROW), finder))
    assert baseline.title == "baseline: the place with the most people"


def test_adjectives_count_as_names_of_such_sets(set_of, finder):
    row = {"text": "Italian ships left.", "toponyms": [{"start": 0, "end": 7, "lat": 41.9, "lon": 12.5}]}
    _, _, whole = place_tables(came_out(set_of(row), finder))
    assert figures_of(whole) == {"found and placed": 1, "found": 1, "precision": 1}


def test_what_came_out_otherwise_is_listed(set_of, finder):
    far, unknown, added = wrong_places(came_out(set_of(ROW), finder))
    assert "storm: far" in far and "[Vienna]" in far and far.endswith("at 38.90, -77.27 USA, got Vienna, AUT (city)")
    assert "storm: unknown" in unknown and "[Qqqxville]" in unknown and unknown.endswith("got nothing")
    assert "storm: added" in added and "[Oslo]" in added and added.endswith("Oslo, NOR (city)")


def test_a_name_that_is_right_when_given_and_is_not_found_is_missed(set_of, finder):
    row = {"text": "Mr. Chad left.", "toponyms": [{"start": 4, "end": 8, "lat": 13.5, "lon": 18.0}]}
    (line,) = wrong_places(came_out(set_of(row), finder))
    assert line.startswith("1: missed") and line.endswith("got nothing")


def test_the_command_prints_tables_and_errors(set_of):
    result = CliRunner().invoke(cli, ["evaluate", "places", str(set_of(ROW)), "--errors"])
    assert result.exit_code == 0
    for words in ("names given", "within 161 km", "baseline", "end to end", "precision", "storm: far"):
        assert words in result.stdout


def test_the_command_writes_json(set_of):
    result = CliRunner().invoke(cli, ["evaluate", "places", str(set_of(ROW)), "--format", "json"])
    titles = [table["title"] for table in json.loads(result.stdout)]
    assert titles == ["names given", "baseline: the place with the most people", "end to end"]
