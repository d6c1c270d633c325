"""Who holds a territory and who claims it, on a day."""

import pytest

from detente.errors import LexiconError
from detente.lexicon import Lexicon
from detente.mentions.gazetteer import Row, gazetteer
from detente.mentions.holders import Held, Holders, Territory, held
from detente.mentions.names import ActorEntry
from detente.mentions.places import PlaceEntry, Places

LEXICON = Lexicon()
DISPUTED = [one for one in LEXICON.entries("places", PlaceEntry) if one.held_by or one.claimed_by]


@pytest.fixture(scope="module")
def places():
    return Places(LEXICON)


@pytest.mark.parametrize(
    ("one", "day", "told"),
    [
        (Held("RUS"), "1900-01-01", True),
        (Held("RUS"), None, True),
        # from its first day ...
        (Held("RUS", since="2014-03-18"), "2014-03-17", False),
        (Held("RUS", since="2014-03-18"), "2014-03-18", True),
        (Held("RUS", since="2014-03-18"), None, True),
        # ... to the day before its last
        (Held("UKR", until="2014-03-18"), "2014-03-17", True),
        (Held("UKR", until="2014-03-18"), "2014-03-18", False),
        # who no longer holds it does not today
        (Held("UKR", until="2014-03-18"), None, False),
        (Held("ARG", "1982-04-02", "1982-06-14"), "1982-05-01", True),
        (Held("ARG", "1982-04-02", "1982-06-14"), "1982-06-14", False),
    ],
)
def test_whether_one_holds_it_on_a_day(one, day, told):
    assert one.on(day) is told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("RUS", Held("RUS")),
        ("UN-MIK 1999-06-10/2008-02-17", Held("UN-MIK", "1999-06-10", "2008-02-17")),
        ("RUS 2014-03-18/", Held("RUS", "2014-03-18")),
        ("UKR /2014-03-18", Held("UKR", None, "2014-03-18")),
    ],
)
def test_how_holders_are_written(cell, told):
    assert held("places/mine#crimea", [cell]) == (told,)


@pytest.mark.parametrize(
    "cell",
    # a day without a side, a year, words, two of them in one cell
    ["RUS 2014-03-18", "RUS 2014/", "held by RUS", "RUS 18.3.2014/", "", "RUS 2014-03-18/ UKR"],
)
def test_a_cell_that_is_no_holder_is_named(cell):
    with pytest.raises(LexiconError, match=rf'places/mine#crimea: "{cell}" is no holder; write "RUS"'):
        held("places/mine#crimea", ["UKR", cell])


def test_a_table_of_ones_own_is_read_at_once(tmp_path):
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "mine.tsv").write_text(
        "id\tnames|\tkind\theld_by|\nisle\tThe Isle\tregion\tRUS since 2014\n"
    )
    with pytest.raises(LexiconError, match='places/mine#isle: "RUS since 2014" is no holder'):
        Places(Lexicon(tmp_path))


BY_HAND = Holders(
    [
        Territory("isles", ("AR.99", "FLK"), (Held("GBR"),), (Held("ARG"), Held("GBR"))),
        Territory("strip", ("PS.GZ",), (Held("HAMAS", "2007-06-14"), Held("HAMAS", "2009-01-01")), ()),
    ]
)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        # the entry itself
        (Row(name="Isles", kind="region", entry="isles"), (("GBR",), ("ARG", "GBR"))),
        # a town by its country, by its province, by that of which its district is a part; each holder once
        (Row(name="Port", kind="city", country="FLK"), (("GBR",), ("ARG", "GBR"))),
        (Row(name="Port", kind="city", country="ARG", province="AR.99"), (("GBR",), ("ARG", "GBR"))),
        (Row(name="Camp", kind="city", country="PSE", province="PS.GZ.11184609"), (("HAMAS",), ())),
        # beside it
        (Row(name="Town", kind="city", country="ARG", province="AR.01"), ((), ())),
        (Row(name="Town", kind="city", country="PSE", province="PS.GZX"), ((), ())),
        (Row(name="Sea", kind="region"), ((), ())),
    ],
)
def test_towns_share_the_holders_of_their_area(row, told):
    assert BY_HAND.of(row, "2010-01-01") == told


@pytest.mark.parametrize(
    ("name", "day", "holds", "claims"),
    [
        ("South Ossetia", "2000-01-01", ["OST"], ["GEO", "OST"]),
        ("South Ossetia", "2008-08-12", ["OST", "RUS"], ["GEO", "OST"]),
        # its capital, under each of its names
        ("Tskhinvali", "2008-08-11", ["OST"], ["GEO", "OST"]),
        ("Tskhinval", "2009-06-28", ["OST", "RUS"], ["GEO", "OST"]),
        ("Crimea", "2014-03-17", ["UKR"], ["UKR"]),
        ("Crimea", "2014-03-18", ["RUS"], ["UKR", "RUS"]),
        ("Simferopol", "2014-03-17", ["UKR"], ["UKR"]),
        ("Simferopol", "2014-03-18", ["RUS"], ["UKR", "RUS"]),
        ("Sukhumi/LOC", "1995-01-01", ["ABK"], ["GEO"]),
        ("Sukhumi/LOC", "2009-06-28", ["ABK", "RUS"], ["GEO", "ABK"]),
        ("Falkland Islands", "1982-05-01", ["ARG"], ["GBR", "ARG"]),
        ("Falkland Islands", "1983-05-01", ["GBR"], ["GBR", "ARG"]),
        ("Hong Kong", "1997-06-30", ["GBR"], ["CHN"]),
        ("Hong Kong", "1997-07-01", ["CHN"], ["CHN"]),
        ("Kosovo", "1998-01-01", ["SRB"], ["SRB"]),
        ("Kosovo", "2005-01-01", ["UN-MIK"], ["SRB"]),
        ("Kosovo", "2009-06-28", ["XKX"], ["SRB", "XKX"]),
        ("Golan Heights", "2009-06-28", ["ISR"], ["SYR", "ISR"]),
        ("Gaza Strip", "2000-01-01", ["ISR", "PA"], ["PSE"]),
        ("Gaza Strip", "2009-06-28", ["HAMAS"], ["PSE"]),
        ("Taipei", "2009-06-28", ["TWN"], ["CHN", "TWN"]),
        ("Laayoune", "2009-06-28", ["MAR", "POLISARIO"], ["MAR", "POLISARIO"]),
        # nobody disputes these
        ("Tbilisi", "2009-06-28", [], []),
        ("Kyiv", "2022-10-01", [], []),
        ("Paris", "2009-06-28", [], []),
    ],
)
def test_who_holds_and_claims_a_place_on_the_pages_day(places, by_hand, name, day, holds, claims):
    (mention,) = places.find(*by_hand(f"a visit to {name}", anchor=day))
    assert list(mention.places[0].held_by) == holds
    assert list(mention.places[0].claimed_by) == claims


def test_without_a_date_those_count_who_still_do(places, by_hand):
    (mention,) = places.find(*by_hand("a visit to Simferopol"))
    assert (mention.places[0].held_by, mention.places[0].claimed_by) == (("RUS",), ("UKR", "RUS"))


def test_the_country_of_a_territory_has_its_holders_too(places, by_hand):
    article, _ = by_hand("a visit", anchor="1997-06-30")
    assert places.country("HKG", article).held_by == ("GBR",)


ACTORS = {name for one in LEXICON.entries("actors", ActorEntry) for name in (one.short, one.actor) if name}


@pytest.mark.parametrize("entry", DISPUTED, ids=lambda entry: entry.id)
def test_each_holder_and_claimant_is_an_actor_of_the_lexicon(entry):
    told = {one.actor for one in held(entry.id, entry.held_by + entry.claimed_by)}
    assert told and told <= ACTORS


@pytest.mark.parametrize("entry", DISPUTED, ids=lambda entry: entry.id)
def test_nobody_begins_to_hold_it_after_the_end(entry):
    for one in held(entry.id, entry.held_by + entry.claimed_by):
        assert one.since is None or one.until is None or one.since < one.until


@pytest.mark.parametrize(("entry", "area"), [(one.id, area) for one in DISPUTED for area in one.areas])
def test_each_area_is_one_of_the_gazetteer(entry, area):
    assert gazetteer().province_of(area) or gazetteer().country_of(area)
