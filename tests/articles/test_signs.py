"""What a line shows by its shape."""

import pytest

from detente.articles.dates import Dates, iso_stamp, url_day
from detente.articles.pictures import credit_name, credits_of
from detente.articles.signs import (
    byline_names,
    dateline_of,
    is_prose,
    section_path,
    signed_agency,
    without_shared_start,
)  # fmt: skip
from detente.articles.words import Agency, Label, Month, TimeZone, Tongue, ZoneNames, words_of
from detente.lexicon import Lexicon

WORDS = words_of()
DATES = Dates(WORDS)
CREDITS = credits_of(WORDS)


@pytest.mark.parametrize(
    "text, order, values",
    [
        ("Updated: 2009-06-28 10:57", None, ["2009-06-28T10:57"]),
        ("2009-06-28T10:57:30+08:00", None, ["2009-06-28T10:57:30+08:00"]),
        ("June 28, 2009", None, ["2009-06-28"]),
        ("Sunday, Jun. 28, 2009 at 9:05 p.m.", None, ["2009-06-28T21:05"]),
        ("12:30 AM EDT, 28 June 2009", None, ["2009-06-28T00:30-04:00"]),
        ("28th of June 2009", None, ["2009-06-28"]),
        ("Last updated 18 Mar 2023 17.42 GMT", None, ["2023-03-18T17:42+00:00"]),
        ("8 May 2023, 20:11 IST", None, ["2023-05-08T20:11"]),  # two countries say IST: no zone
        ("26/09/2022 18:02", None, ["2022-09-26T18:02"]),  # only one reading
        ("09/26/2022", None, ["2022-09-26"]),
        ("03/04/2022", None, []),  # two readings
        ("03/04/2022", "day first", ["2022-04-03"]),
        ("03/04/2022", "month first", ["2022-03-04"]),
        ("03.04.2022", None, ["2022-04-03"]),  # points: the day comes first everywhere
        ("Published 8 May 2023, 20:11 GMT Updated 9 May 2023", None, ["2023-05-08T20:11+00:00", "2023-05-09"]),
        ("31/02/2022 and 2022-13-01", None, []),  # no such day
        ("1970-01-01", None, []),  # a clock at zero
        ("call 555-12-2009-06 now", None, []),
        ("26 de septiembre de 2022", None, ["2022-09-26"]),
    ],
)
def test_dates(text, order, values):
    assert [moment.value for moment in DATES.find(text, order=order)] == values


def test_a_date_stands_where_it_says():
    text = "Posted on June 28, 2009 10:57 by Ana"
    (moment,) = DATES.find(text)
    assert text[moment.start : moment.end] == "June 28, 2009 10:57"


@pytest.mark.parametrize(
    "url, day",
    [
        ("http://a.example/world/2009-06/28/content_8.htm", "2009-06-28"),
        ("http://a.example/2009/06/28/nato", "2009-06-28"),
        ("http://a.example/20090628/nato", "2009-06-28"),
        ("http://a.example/2009/jun/28/nato", "2009-06-28"),
        ("http://a.example/2009/06/nato", None),  # a month is no day
        ("http://a.example/article/20093/99", None),
    ],
)
def test_days_in_addresses(url, day):
    assert url_day(url, WORDS.months) == day


@pytest.mark.parametrize(
    "value, stamp",
    [
        ("2009-06-28T10:57:00+0800", "2009-06-28T10:57:00+08:00"),
        ("2009-06-28T10:57:00.123Z", "2009-06-28T10:57:00Z"),
        ("2009-06-28", "2009-06-28"),
        ("yesterday", None),
        ("2009-02-30", None),
    ],
)
def test_stamps_of_machines(value, stamp):
    assert iso_stamp(value) == stamp


@pytest.mark.parametrize(
    "text, place, agency",
    [
        ("BRUSSELS, June 3 (Reuters) - NATO said", "BRUSSELS", "Reuters"),
        ("CORFU, Greece: NATO and Russia agreed", "CORFU, Greece", None),
        ("OTTAWA (AFP) — Canada on Monday", "OTTAWA", "Agence France-Presse"),
        ("KABUL, Afghanistan (AP) — A bomb", "KABUL, Afghanistan", "Associated Press"),
        ("MOSCOW, June 28 (Xinhua) -- Russia", "MOSCOW", "Xinhua"),
        ("Cúcuta (Colombia), 26 sep (EFE).- Colombia", "Cúcuta (Colombia)", "EFE"),
        ("PHNOM PENH, Aug. 19 (Meridian News Agency) - Thailand", "PHNOM PENH", "Meridian News Agency"),
        ("UNITED NATIONS - The Council met", "UNITED NATIONS", None),
    ],
)
def test_datelines(text, place, agency):
    dateline = dateline_of(text, WORDS)
    assert (dateline.place, dateline.agency) == (place, agency)


@pytest.mark.parametrize(
    "text",
    [
        "Moscow - which denied it - said no",
        "NATO: we will not oppose talks",  # an acronym speaks
        "Talks resumed on Monday - and failed.",
        "Reuters (AFP) - no place",
    ],
)
def test_no_dateline(text):
    assert dateline_of(text, WORDS) is None


@pytest.mark.parametrize(
    "text, caption, credit",
    [
        ("Lavrov speaks in Corfu, June 27, 2009. [Xinhua]", "Lavrov speaks in Corfu, June 27, 2009.", "Xinhua"),
        ("Soldiers near Kilis. (Photo: Ahmet Yildiz/AFP)", "Soldiers near Kilis.", "Ahmet Yildiz/AFP"),
        ("A ship waits. Photograph: Yoruk Isik/Reuters", "A ship waits.", "Yoruk Isik/Reuters"),
        ("Camiones cruzan el puente. EFE/Mario Caicedo", "Camiones cruzan el puente.", "EFE/Mario Caicedo"),
        ("The minister arrives. (AP Photo/Jane Doe)", "The minister arrives.", "AP Photo/Jane Doe"),
        ("The minister arrives. (file photo)", "The minister arrives.", "file photo"),
    ],
)  # fmt: skip
def test_credits(text, caption, credit):
    found = CREDITS.of_line(text)
    assert (text[: found.caption_end], credit_name(text[found.start : found.end])) == (caption, credit)


@pytest.mark.parametrize("text", ["NATO (founded in 1949) met.", "The minister arrives.", "He left in May (or June)."])
def test_no_credit(text):
    assert CREDITS.of_line(text) is None


@pytest.mark.parametrize(
    "text, path",
    [
        ("WORLD> Europe", ("WORLD", "Europe")),
        ("Home » World » Africa", ("World", "Africa")),
        ("News / World / Asia", ("News", "World", "Asia")),
        ("A > B because 5 is greater than 4, as everybody in the room agreed at once", ()),
        ("NATO, Russia agree", ()),
        ("A | B | C | D | E", ()),
    ],
)
def test_section_paths(text, path):
    assert section_path(text) == path


@pytest.mark.parametrize(
    "text, agency",
    [
        ("(Xinhua)", "Xinhua"),
        ("Source: Reuters", "Reuters"),
        ("AFP", "Agence France-Presse"),
        ("(Meridian News Agency)", "Meridian News Agency"),
        ("Reuters said so", None),
        ("(sic)", None),
    ],
)
def test_agencies(text, agency):
    assert signed_agency(text, WORDS) == agency


@pytest.mark.parametrize(
    "text, names",
    [
        ("By Leila Haddad and Omar Karam (Reuters)", ("Leila Haddad", "Omar Karam")),
        ("By Jane Q. Doe and Marc-André Côté with AFP", ("Jane Q. Doe", "Marc-André Côté")),
        ("By Monday the talks had failed", ()),
        ("Talks by Leila Haddad", ()),
    ],
)
def test_bylines(text, names):
    assert byline_names(text) == names


def test_titles_lose_what_they_begin_with_alike():
    assert without_shared_start(["A, B agree C acts", "A, B agree", "D speaks"], "A, B agree") == ["C acts", "D speaks"]
    shared = [
        "Photo of the two ministers Iran acts",
        "Photo of the two ministers Iraq waits",
        "Photo of the two ministers Oman hosts",
    ]
    assert without_shared_start(shared, None) == ["Iran acts", "Iraq waits", "Oman hosts"]
    # two words alike are how titles are
    alike = ["Russia expels two", "Russia expels three", "Russia expels four"]
    assert without_shared_start(alike, None) == alike


@pytest.mark.parametrize(
    "text, prose",
    [
        ("Russia expels two NATO officials", False),
        ("Gen. Haftar, Jane Q. Doe meet in Paris", False),
        ("Russia expelled two NATO officials on Monday.", True),
        ("“We will not talk to them now,” he said", False),
        ("The talks failed. Neither side spoke of new ones", True),
    ],
)
def test_prose(text, prose):
    assert is_prose(text) is prose


def test_every_label_fits_its_examples():
    for label in Lexicon().entries("articles/labels", Label):
        for example in label.examples:
            assert WORDS.label_of(example) == label.kind, (label.id, example)
        for example in label.counterexamples:
            assert WORDS.label_of(example) != label.kind, (label.id, example)


def test_every_list_of_the_lexicon_loads():
    for noun, entry in (
        ("agencies", Agency), ("months", Month), ("timezones", TimeZone), ("languages", Tongue), ("zones", ZoneNames),
    ):  # fmt: skip
        assert Lexicon().entries(f"articles/{noun}", entry)


@pytest.mark.parametrize(
    "names, zone",
    [
        ("jp-relatedposts", "related"),
        ("wp-caption-text", "caption"),
        ("site-footer dark", "navigation"),
        ("entryMeta", "dates"),
        ("css-1x2y3z", None),
        # words of two names make no third: "read more" stands in one of them
        ("read more-less", None),
    ],
)
def test_zones(names, zone):
    assert WORDS.part_of(names).zone == zone
