"""Dictionaries in PETRARCH's and TABARI's format become entries of ours; what cannot be read is named."""

import pytest

from detente.lexicon import Lexicon
from detente.readers import petrarch

LEXICON = Lexicon()

ACTORS = """# a dictionary made by hand
<!-- of people who do not exist -->
PETER_ALWEN_  ; led the Gabonese independents
+P._ALWEN_
+ALWEN_
    [GABREB <900321]
    [GABGOV 900321-20050321]
    [GABELI >050321]

RIVER_MILITIA_ [COLREB]
+MILICIA_DEL_RIO_

GHALI_ [EGYMED >20010101]   ; a paper
OLDLAND_ [GAB]
HMX [GABREBHMX]
"""

AGENTS = """!PERSON! = MAN, MEN, WOMAN
GENDARME_ {GENDARMES_} [~COP]
FERRY!PERSON! [~LAB]
"""


def told(text):
    return petrarch(text, LEXICON, source="made by hand")


def test_who_was_in_and_out_of_office_is_a_person_with_terms():
    terms = told(ACTORS).terms
    assert [(t.id, t.person, t.country, t.sectors, t.since, t.until) for t in terms] == [
        ("PETER-ALWEN-1", "Peter Alwen", "GAB", ("REB",), None, "1990-03-20"),
        ("PETER-ALWEN-2", "Peter Alwen", "GAB", ("GOV",), "1990-03-21", "2005-03-21"),
        ("PETER-ALWEN-3", "Peter Alwen", "GAB", ("ELI",), "2005-03-22", None),
    ]
    assert terms[0].names == ("P. Alwen",)


def test_bodies_take_kind_and_sectors_from_their_code():
    found = {a.name: a for a in told(ACTORS).actors}
    river, paper, land, short = (found[name] for name in ("River Militia", "GHALI", "Oldland", "HMX"))
    assert (river.kind, river.country, river.sectors, river.code) == ("group", "COL", ("REB",), "COLREB")
    assert river.names == ("Milicia del Rio",)
    # CAMEO's MED is the media; PLOVER's is health
    assert (paper.kind, paper.sectors, paper.since, paper.until) == ("media", ("JRN",), "2001-01-02", None)
    # a second name of a country is that country
    assert (land.kind, land.actor, land.country, land.sectors) == ("state", "GAB", "GAB", ())
    assert (short.sectors, short.code) == (("REB",), "GABREBHMX")


def test_agents_are_roles_with_their_plurals_and_sets():
    [gendarme, ferry] = told(AGENTS).roles
    assert (gendarme.names, gendarme.sectors) == (("gendarme", "gendarmes"), ("COP",))
    assert ferry.names == ("ferryman", "ferrymen", "ferrywoman")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("    [GABGOV]\n", 1, "before the first name"),
        ("JOHN_\n\nMARY_ [GABGOV]\n", 1, "no code in brackets"),
        ("JOHN_ [GABGOV 9003]\n", 1, "no date"),
        ("JOHN_ [~XQZ]\n", 1, "no sector"),
    ],
)
def test_what_cannot_be_read_is_skipped_and_named(text, line, reason):
    [(number, why), *_] = told(text).skipped
    assert number == line and reason in why
