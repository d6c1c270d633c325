"""The packed gazetteer: written and read again, and what it says when the file is damaged."""

import lzma

import pytest

from detente.errors import LexiconError
from detente.mentions.gazetteer import Gazetteer, Row, pack
from detente.mentions.placenames import plain

ROWS = [
    Row(name="Paris", names=("paris",), kind="city", country="FRA", province="FR.11", population=2_138_551,
        lat=48.85, lon=2.35, geonames=2988507),
    Row(name="Paris", names=("paris",), kind="city", country="USA", province="US.TX", population=24_171,
        lat=33.66, lon=-95.56, geonames=4717560),
    Row(name="Texas", names=("texas", "state of texas"), kind="province", country="USA", province="US.TX",
        population=29_000_000, lat=31.25, lon=-99.25, geonames=4736286),
    Row(name="France", names=("france",), kind="country", country="FRA", population=64_768_389, lat=46.0, lon=2.0,
        geonames=3017382),
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
