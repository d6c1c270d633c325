"""A slice of Wikidata becomes bodies and terms of office; what gives nothing is named."""

import json

from detente.lexicon import Lexicon
from detente.readers import wikidata

LEXICON = Lexicon()


def claim(value, **qualifiers):
    return {
        "mainsnak": {"datavalue": {"value": value}},
        "rank": "normal",
        "qualifiers": {key: [{"datavalue": {"value": one}}] for key, one in qualifiers.items()},
    }


def item(id, label, aliases=(), **claims):
    return {
        "id": id,
        "labels": {"en": {"value": label}} if label else {},
        "aliases": {"en": [{"value": alias} for alias in aliases]},
        "claims": {
            key: [one if "mainsnak" in one else claim(one) for one in (v if isinstance(v, list) else [v])]
            for key, v in claims.items()
        },
    }


def day(time, precision=11):
    return {"time": f"+{time}T00:00:00Z", "precision": precision}


MINISTER = claim({"id": "Q90000001"}, P580=day("2009-06-28"), P582=day("2011-00-00", 9))
ITEMS = [
    item("Q90000001", "Minister of Foreign Affairs of Gabon", P1001={"id": "Q1000"}),
    item("Q90000002", "Ana Ndong", ["A. Ndong", "Ndong"], P31={"id": "Q5"}, P21={"id": "Q6581072"}, P39=[MINISTER]),
    item("Q90000003", "River Party", ["RP"], P31={"id": "Q7278"}, P17={"id": "Q1000"}, P571=day("1990-05-00", 10)),
    item("Q90000004", "Tall Tree", P31={"id": "Q10884"}),
    item("Q90000005", "", P31={"id": "Q5"}),
    item("Q90000006", "Bo Ndong", P31={"id": "Q5"}),
]


def lines(items):
    return [b"[", *(json.dumps(one).encode() + b"," for one in items), b"]"]


def test_persons_get_their_terms_with_dates_as_precise_as_they_are():
    [term] = wikidata(lines(ITEMS), LEXICON).terms
    assert (term.person, term.gender, term.country, term.office) == ("Ana Ndong", "f", "GAB", "foreign-minister")
    assert (term.since, term.until, term.sectors, term.wikidata) == ("2009-06-28", "2011", ("GOV",), "Q90000002")
    assert term.names == ("A. Ndong",)


def test_bodies_are_taken_by_their_class():
    [party] = wikidata(lines(ITEMS), LEXICON).actors
    assert (party.name, party.kind, party.country, party.code) == ("River Party", "party", "GAB", "GABPTY")
    assert (party.names, party.since, party.source) == (("RP",), "1990-05", "Wikidata, CC0")


def test_what_gives_nothing_is_named_with_its_line():
    skipped = wikidata([*lines(ITEMS), b"{broken", b'{"no": "id"}'], LEXICON).skipped
    assert [number for number, _ in skipped] == [2, 5, 6, 7, 9, 10]
    reasons = " ".join(reason for _, reason in skipped)
    assert all(word in reasons for word in ("Tall Tree", "no English label", "without a position", "no item"))
