"""The packed gazetteer: written and read again, and what it says when the file is damaged."""

import lzma

import numpy as np
import pytest

from detente.errors import LexiconError
from detente.lexicon import Lexicon
from detente.mentions.gazetteer import Gazetteer, Row, gazetteer, pack, population_of
from detente.mentions.names import ActorEntry
from detente.mentions.placenames import plain
from detente.mentions.places import Places

ROWS = [
    Row(name="Paris", names=("paris",), kind="city", country="FRA", province="FR.11", population=2_138_551,
        lat=48.85, lon=2.35, geonames=2988507),
    Row(name="Paris", names=("paris",), kind="city", country="USA", province="US.TX", population=24_171,
        lat=33.66, lon=-95.56, geonames=4717560),
    Row(name="Texas", names=("texas", "state of texas"), kind="province", country="USA", province="US.TX",
        population=29_000_000, lat=31.25, lon=-99.25, radius=471, geonames=4736286),
    Row(name="France", names=("france",), kind="country", country="FRA", population=64_768_389, lat=46.0, lon=2.0,
        radius=450, geonames=3017382),
]  # fmt: skip


@pytest.fixture
def packed(tmp_path):
    path = tmp_path / "gazetteer.xz"
    pack(ROWS, path)
    return path


def test_what_was_packed_is_found_by_each_of_its_names(packed):
    gazetteer = Gazetteer(packed)
    assert {(row.country, row.population) for row in gazetteer.rows("paris")} == {("FRA", 2_138_551), ("USA", 24_171)}
    (texas,) = gazetteer.rows("state of texas")
    assert (texas.name, texas.province, texas.lat, texas.lon, texas.geonames) == (
        "Texas",
        "US.TX",
        31.25,
        -99.25,
        4736286,
    )
    assert gazetteer.rows("london") == ()


def test_it_knows_whether_a_longer_name_begins_so(packed):
    gazetteer = Gazetteer(packed)
    assert gazetteer.begins("state")
    assert not gazetteer.begins("paris")
    assert not gazetteer.begins("zzz")


def test_countries_and_provinces_are_found_by_code(packed):
    gazetteer = Gazetteer(packed)
    assert gazetteer.country_of("FRA").name == "France"
    assert gazetteer.province_of("US.TX").name == "Texas"
    assert gazetteer.country_of("XXX") is None


def test_areas_keep_their_radius_and_towns_have_none(packed):
    gazetteer = Gazetteer(packed)
    assert (gazetteer.province_of("US.TX").radius, gazetteer.country_of("FRA").radius) == (471, 450)
    assert {row.radius for row in gazetteer.rows("paris")} == {0}


def test_a_place_is_found_by_its_id(packed):
    gazetteer = Gazetteer(packed)
    assert (gazetteer.place_of(4717560).name, gazetteer.place_of(4717560).country) == ("Paris", "USA")
    assert gazetteer.place_of(1) is None


def test_the_codes_of_provinces_tell_those_of_countries(packed):
    assert Gazetteer(packed).alpha3 == {"US": "USA"}


@pytest.mark.parametrize(
    ("point", "country"),
    [
        ((48.85, 2.35), "FRA"),
        ((33.66, -95.56), "USA"),
        # far from both: the nearer town decides, and not the centre of a country
        ((64.1, -21.9), "FRA"),
        ((-34.6, -58.4), "USA"),
        # around the other side
        ((20.0, 179.0), "USA"),
    ],
)
def test_the_country_of_a_point_is_that_of_the_nearest_town(packed, point, country):
    assert Gazetteer(packed).nearest_countries(np.array([point])) == [country]


def test_points_are_answered_in_their_order(packed):
    points = np.array([(33.0, -95.0), (48.0, 2.0), (34.0, -96.0)])
    assert Gazetteer(packed).nearest_countries(points) == ["USA", "FRA", "USA"]
    assert Gazetteer(packed).nearest_countries(np.zeros((0, 2))) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"not compressed", lzma.compress(b"{}\n"), lzma.compress(b'{"version": 99}\n'), lzma.compress(b"\xff\n")],
)
def test_a_damaged_file_is_named(tmp_path, content):
    path = tmp_path / "gazetteer.xz"
    path.write_bytes(content)
    with pytest.raises(LexiconError, match=r"gazetteer\.xz"):
        Gazetteer(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match="install Detente again"):
        Gazetteer(tmp_path / "gazetteer.xz")


@pytest.mark.parametrize(
    ("written", "looked_up"),
    [
        ("Côte-d'Or", "cote dor"),
        ("St. Louis", "saint louis"),
        ("Ts’khinvali", "tskhinvali"),
        ("Łódź", "lodz"),
        ("N.C.", "nc"),
        ("Ft. Worth", "fort worth"),
        ("İzmir", "izmir"),
    ],
)
def test_a_name_has_one_plain_form(written, looked_up):
    assert plain(written) == looked_up


# Below: the gazetteer that ships.

LEXICON = Lexicon()
STATES = [
    one for one in LEXICON.entries("actors", ActorEntry) if one.kind == "state" and gazetteer().country_of(one.short)
]


@pytest.fixture(scope="module")
def places():
    return Places(LEXICON)


def test_all_members_of_the_united_nations_stand_in_the_lexicon():
    assert len(STATES) >= 193


@pytest.mark.parametrize(("code", "name"), [(one.short, one.name) for one in STATES])
def test_each_country_is_found_by_its_name_as_a_country(places, by_hand, code, name):
    (mention,) = places.find(*by_hand(f"a visit to {name}"))
    assert (mention.places[0].kind, mention.places[0].country) == ("country", code)


@pytest.mark.parametrize("code", [one.short for one in STATES if one.short != "VAT"])
def test_each_country_has_an_area_and_people(code):
    assert gazetteer().country_of(code).radius > 0
    assert population_of(code) > 0


def test_nobody_lives_in_no_country():
    assert (population_of(None), population_of(""), population_of("XXX")) == (0, 0, 0)


@pytest.mark.parametrize(
    ("alpha2", "alpha3"), [("FR", "FRA"), ("GB", "GBR"), ("GE", "GEO"), ("CD", "COD"), ("CG", "COG"), ("XK", "XKX")]
)
def test_alpha3_codes(alpha2, alpha3):
    assert gazetteer().alpha3[alpha2] == alpha3


@pytest.mark.parametrize(
    ("point", "country"),
    [
        # Corfu lies off Albania, Gori in Georgia and not in Russia
        ((39.62, 19.92), "GRC"),
        ((41.98, 44.11), "GEO"),
        # on either side of the Congo
        ((-4.27, 15.28), "COG"),
        ((-4.33, 15.31), "COD"),
        # on either side of the date line
        ((-18.14, 178.44), "FJI"),
        ((-13.83, -171.77), "WSM"),
    ],
)
def test_which_country_a_point_lies_in(point, country):
    assert gazetteer().nearest_countries(np.array([point])) == [country]


@pytest.mark.parametrize(
    ("code", "least", "most"),
    # the circle of the area: 17 million, 780 thousand, 45 thousand, 700 square kilometres
    [("RUS", 2200, 2400), ("TUR", 480, 520), ("EST", 110, 130), ("SGP", 10, 20)],
)
def test_the_radius_of_a_country_is_that_of_its_area(code, least, most):
    assert least <= gazetteer().country_of(code).radius <= most


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    # what lies across an ocean does not pull the middle: French Guiana, Alaska and Hawaii
    [("FRA", 46.5, 2.5), ("USA", 39.8, -98.6), ("GEO", 42.2, 43.5)],
)
def test_the_point_of_a_country_is_in_the_middle_of_its_mainland(code, lat, lon):
    row = gazetteer().country_of(code)
    assert abs(row.lat - lat) < 1
    assert abs(row.lon - lon) < 1
