"""Places: each lexicon entry's own examples, and which of several places of one name is meant."""

import time

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
        # a namesake is told by its neighbours in a list
        ("floods in Oregon, Utah and Washington", [("Oregon", "USA"), ("Utah", "USA"), ("Washington", "USA")]),
        ("trade of Niger, Nigeria and Chad", [("Niger", "NER"), ("Nigeria", "NGA"), ("Chad", "TCD")]),
        # a list of countries is no town in the next
        ("talks of China, Japan and Mongolia", [("China", "CHN"), ("Japan", "JPN"), ("Mongolia", "MNG")]),
        # two Congos, four Guineas, both Koreas
        ("rebels in Congo", [("Democratic Republic of the Congo", "COD")]),
        ("a port of Congo-Brazzaville", [("Republic of the Congo", "COG")]),
        ("from Guinea to Guinea-Bissau", [("Guinea", "GIN"), ("Guinea-Bissau", "GNB")]),
        ("from Equatorial Guinea to Papua New Guinea", [("Equatorial Guinea", "GNQ"), ("Papua New Guinea", "PNG")]),
        ("ships from South Korea to North Korea", [("South Korea", "KOR"), ("North Korea", "PRK")]),
        # the larger name wins over its parts
        ("drills on the Korean Peninsula", [("Korean Peninsula", None)]),
        ("arms for South Ossetia", [("South Ossetia", "GEO")]),
        # a world city stays itself in a story about America
        ("from Chicago and Boston he flew to Paris", [("Chicago", "USA"), ("Boston", "USA"), ("Paris", "FRA")]),
        # spellings
        ("shells fell on Tskhinvali", [("Tskhinvali", "GEO")]),
        ("shells fell on Tskhinval", [("Tskhinvali", "GEO")]),
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
        ("Jordan/PER said he would leave Michael/PER Jordan/PER alone"),
        # streets, newspapers
        "a fire on Avalon Boulevard",
        "the Washington Post reported",
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


def test_a_dateline_does_not_move_what_the_text_names(places, by_hand):
    found = places.find(*by_hand("ministers met in Corfu", place="BRUSSELS"))
    assert [(mention.places[0].name, mention.places[0].country) for mention in found] == [("Corfu", "GRC")]


def test_adjectives_are_mentions_only_where_asked_for(by_hand):
    text = by_hand("Russian/ADJ troops left")
    assert named(Places(LEXICON).find(*text)) == []
    assert named(Places(LEXICON, adjectives=True).find(*text)) == ["Russia"]


def test_a_list_of_thousands_of_places_is_resolved_in_time(places, by_hand):
    names = ["Springfield", "Richmond", "Paris", "Georgia", "San Antonio", "Victoria", "Santa Cruz", "San Jose"]
    article, sentences = by_hand(", ".join(f"{names[n % 8]}, {names[n // 8 % 8]}" for n in range(3000)))
    start = time.process_time()
    assert places.find(article, sentences)
    assert time.process_time() - start < 10


def test_a_mention_tells_its_rule_and_keeps_the_other_readings(places, by_hand):
    first, _ = places.find(*by_hand("talks in Corfu, Greece"))
    assert first.because[0].rule == "places:containment"
    assert [place.country for place in first.places] == ["GRC", "USA"]
