"""Places: each lexicon entry's own examples, and which of several places of one name is meant."""

import pytest

from detente.lexicon import Lexicon
from detente.mentions.places import PlaceEntry, Places

LEXICON = Lexicon()
ENTRIES = LEXICON.entries("places", PlaceEntry)


@pytest.fixture(scope="module")
def places():
    return Places(LEXICON)


def named(mentions):
    return [mention.places[0].name for mention in mentions]


@pytest.mark.parametrize(("entry", "example"), [(entry.id, example) for entry in ENTRIES for example in entry.examples])
def test_each_entry_finds_its_examples(places, by_hand, entry, example):
    text, told = example.split(" => ")
    assert named(places.find(*by_hand(text))) == told.split(", ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what follows after a comma holds the place
        ("talks in Corfu, Greece", [("Corfu", "GRC"), ("Greece", "GRC")]),
        ("a fire in Paris, Texas", [("Paris", "USA"), ("Texas", "USA")]),
        ("a fire in Moscow, Idaho", [("Moscow", "USA"), ("Idaho", "USA")]),
        # the country, beside its own towns and breakaway lands or beside other countries
        ("NATO exercises in Georgia angered Russia", [("Georgia", "GEO"), ("Russia", "RUS")]),
        ("from Tbilisi across Georgia", [("Tbilisi", "GEO"), ("Georgia", "GEO")]),
        # the American state, beside its own towns
        ("from Atlanta to Savannah and across Georgia", [("Atlanta", "USA"), ("Savannah", "USA"), ("Georgia", "USA")]),
        # large before small
        ("a court in Paris ruled", [("Paris", "FRA")]),
        # the strip, not the province of Mozambique
        ("rockets were fired from Gaza", [("Gaza Strip", "PSE")]),
        # spellings
        ("a visit to Kiev", [("Kyiv", "UKR")]),
        ("a visit to Kyiv", [("Kyiv", "UKR")]),
        ("a siege of St. Petersburg", [("Saint Petersburg", "RUS")]),
    ],
)
def test_which_place_of_a_name_is_meant(places, by_hand, text, told):
    found = places.find(*by_hand(text))
    assert [(mention.places[0].name, mention.places[0].country) for mention in found] == told


@pytest.mark.parametrize(
    "text",
    [
        # persons
        "he met Jordan/PER Peele/PER there",
        "he met Paris/PER Hilton/PER there",
        "the director Chad/PER Stahelski/PER spoke",
        "he met Barack/PER Obama/PER there",
        # words
        "Reading/VERB the treaty took hours",
        "Nice/ADJ weather held",
        "the Russian/ADJ army",
        # months and offices that are towns somewhere
        "in March the President spoke",
    ],
)
def test_what_is_no_place_here(places, by_hand, text):
    assert named(places.find(*by_hand(text))) == []


def test_the_dateline_speaks_for_its_country(places, by_hand):
    assert named(places.find(*by_hand("a march through Georgia", place="ATLANTA"))) == ["Georgia"]
    (mention,) = places.find(*by_hand("a march through Georgia", place="ATLANTA"))
    assert mention.places[0].country == "USA"
    (mention,) = places.find(*by_hand("a march through Georgia", place="TBILISI"))
    assert mention.places[0].country == "GEO"


def test_a_mention_tells_its_rule_and_keeps_the_other_readings(places, by_hand):
    first, _ = places.find(*by_hand("talks in Corfu, Greece"))
    assert first.because[0].rule == "places:containment"
    assert [place.country for place in first.places] == ["GRC", "USA"]
