"""Where an event was: what each rule finds, and that nothing else is guessed.

Each row: what the page tells, the words that tell the event, the rule, and the place with its kind and how sure it is.
"""

import pytest
from tests.reports.paged import news, page, report_of, rule_of
from tests.reports.telling import coded_with

from detente.model import Stamp

NOWHERE = (None, None, None, None)


def placed(article, trigger):
    report = report_of(article, trigger)
    place = report.place
    return (rule_of(report, "where"), *((place.name, place.precision, place.basis) if place else (None, None, None)))


@pytest.mark.parametrize("text, trigger, told", [
    # in its clause; a town, a country, a site
    ("Chilean and Peruvian ministers met in Corfu.", "met", ("where:clause", "Corfu", "city", "stated")),
    ("Israeli troops shot dead two Palestinian men in the West Bank.", "shot",
     ("where:clause", "West Bank", "region", "stated")),
    ("Egyptian police arrested protesters in Tahrir Square.", "arrested",
     ("where:clause", "Tahrir Square", "site", "stated")),
    ("Russian troops held exercises in Georgia.", "held", ("where:clause", "Georgia", "country", "stated")),
    # from where and to where is not where
    ("Russia expelled two Polish diplomats from Kaliningrad.", "expelled", NOWHERE),
    ("Peru expelled the Chilean envoy to Brazil.", "expelled", NOWHERE),
    # nor is every country that is named
    ("Russia expelled two Polish diplomats.", "expelled", NOWHERE),
    # what is condemned was there, and not who condemns
    ("Iran condemned the Israeli attack in Damascus.", "condemned", NOWHERE),
    ("Chile imposed sanctions on Peru.", "imposed", NOWHERE),

    # at an occasion somewhere
    ("Serbia condemned Croatia at a summit in Vienna.", "condemned", ("where:setting", "Vienna", "city", "stated")),
    ("Iranian and Iraqi officials met at a summit in Vienna.", "met", ("where:setting", "Vienna", "city", "stated")),

    # beside what it is done with or to
    ("Turkish troops attacked a base near Mosul.", "attacked", ("where:argument", "Mosul", "city", "stated")),
    ("Protesters rallied outside the Israeli embassy in Cairo.", "rallied",
     ("where:argument", "Cairo", "city", "stated")),
    ("NATO held military exercises in Georgia.", "held", ("where:argument", "Georgia", "country", "stated")),
    ("Russia held war games near Tallinn.", "held", ("where:argument", "Tallinn", "city", "stated")),

    # in what completes it
    ("Russia agreed to meet Georgia in Geneva.", "agreed", ("where:complement", "Geneva", "city", "stated")),
    ("Peru demanded that Chile withdraw its troops in Arica.", "demanded",
     ("where:complement", "Arica", "city", "stated")),

    # before what is held there
    ("NATO launched its Georgia war games on Friday.", "launched",
     ("where:compound", "Georgia", "country", "stated")),
    ("NATO ended its Estonia war games.", "ended", ("where:compound", "Estonia", "country", "stated")),

    # what is struck is where it is
    # a part of a city is in it
    ("Pakistan imposed a curfew in parts of Karachi.", "imposed", ("where:clause", "Karachi", "city", "stated")),
    ("Israel shelled a village on the Golan Heights.", "shelled",
     ("where:struck", "Golan Heights", "region", "stated")),
    ("Syrian jets attacked Aleppo.", "attacked", ("where:struck", "Aleppo", "city", "stated")),
    ("Israel shelled Gaza.", "shelled", ("where:struck", "Gaza Strip", "region", "stated")),
    ("Syrian troops fired on Tripoli.", "fired", ("where:struck", "Tripoli", "city", "stated")),
    ("Russian jets bombed a village on the Golan Heights.", "bombed",
     ("where:struck", "Golan Heights", "region", "stated")),
    # a country that is struck is an actor: where it was struck, its name does not say
    ("Chilean troops attacked Peru.", "attacked", ("where:target", "Peru", "country", "target")),
    # "near" says more than what is struck
    ("Syrian jets attacked rebels near Aleppo.", "attacked", ("where:argument", "Aleppo", "city", "stated")),
    # who is expelled or left is not struck
    ("French troops left Mali.", "left", NOWHERE),

    # an attack or coercion is where its target is at home
    ("Chilean troops killed three Peruvian soldiers.", "killed", ("where:target", "Peru", "country", "target")),
    ("Peru arrested two Chilean officers.", "arrested", ("where:target", "Chile", "country", "target")),
    # where they come from does not say where they are
    ("Peruvian troops fired on Chilean soldiers from Bolivia.", "fired",
     ("where:target", "Chile", "country", "target")),
    # only of what happened, and of people of one country
    ("Chilean troops plan to attack Peruvian soldiers.", "attack", NOWHERE),
    ("Turkey might bomb Syrian positions.", "bomb", NOWHERE),
    ("Peru denied that Chilean troops killed three Peruvian soldiers.", "killed", NOWHERE),
    ("Turkey bombed Syrian and Iraqi positions.", "bombed", NOWHERE),
])  # fmt: skip
def test_where_an_event_was(text, trigger, told):
    assert placed(news(text), trigger) == told


BRUSSELS, BEIRUT, LIMA = (("dateline", place) for place in ("BRUSSELS", "BEIRUT", "LIMA"))


@pytest.mark.parametrize("dateline, lead, trigger, told", [
    # words where one of the sides is at home
    (BRUSSELS, "Belgian and Peruvian ministers met.", "met", ("where:dateline", "Brussels", "city", "dateline")),
    (BEIRUT, "Lebanese officials accused Turkish diplomats of lying.", "accused",
     ("where:dateline", "Beirut", "city", "dateline")),
    (("dateline", "LIMA, Peru"), "Peruvian ministers met Chilean envoys.", "met",
     ("where:dateline", "Lima", "city", "dateline")),
    # where none is
    (BRUSSELS, "Chilean and Peruvian ministers met.", "met", NOWHERE),
    # where the sentence names another place
    (BRUSSELS, "Belgian and Peruvian ministers met in Corfu.", "met", ("where:clause", "Corfu", "city", "stated")),
    # what is planned is not there yet
    (BRUSSELS, "Belgian and Peruvian ministers will meet on Sunday.", "meet", NOWHERE),
    # an attack that is told from far away, and one among the people there
    (BEIRUT, "Turkish jets bombed Syrian troops.", "bombed", ("where:target", "Syria", "country", "target")),
    (BEIRUT, "Turkish jets bombed Lebanese troops.", "bombed", ("where:target", "Lebanon", "country", "target")),
    (BEIRUT, "Lebanese police arrested Lebanese activists.", "arrested",
     ("where:dateline", "Beirut", "city", "dateline")),
])  # fmt: skip
def test_where_news_was_written(dateline, lead, trigger, told):
    assert placed(page(dateline, ("paragraph", lead)), trigger) == told


def test_the_dateline_is_of_headline_and_lead_alone():
    article = page(
        ("headline", "Peruvian minister meets Chilean envoy"),
        LIMA,
        ("paragraph", "Rain fell."),
        ("paragraph", "Peruvian officials accused Chilean diplomats of lying."),
    )
    assert placed(article, "meets") == ("where:dateline", "Lima", "city", "dateline")
    assert placed(article, "accused") == NOWHERE


@pytest.mark.parametrize(
    "headline, told",
    [
        # from the lead, before the dateline
        ("Chilean, Peruvian ministers meet", ("where:lead", "Corfu", "city", "inherited")),
        # unless it says itself where
        ("Chilean, Peruvian ministers meet in Vienna", ("where:clause", "Vienna", "city", "stated")),
    ],
)
def test_where_a_headlines_event_was(headline, told):
    lead = "Chilean and Peruvian ministers met in Corfu on Sunday."
    article = page(("headline", headline), BRUSSELS, ("paragraph", lead))
    assert placed(article, "meet") == told
    assert placed(article, "met") == ("where:clause", "Corfu", "city", "stated")


@pytest.mark.parametrize(
    "caption, trigger, told",
    [
        # what it shows is where its event was
        (
            "A Georgian officer, arrested by Russian troops, stands in Sochi on November 16, 2012.",
            "arrested",
            ("where:caption", "Sochi", "city", "caption"),
        ),
        # its own clause comes first
        ("Peruvian and Chilean ministers meet in Vienna, November 16, 2012.", "meet",
         ("where:clause", "Vienna", "city", "stated")),
    ],
)  # fmt: skip
def test_where_a_captions_event_was(caption, trigger, told):
    assert placed(page(("caption", caption), ("paragraph", "Talks went on.")), trigger) == told


def test_a_pattern_of_ones_own_says_where(tmp_path):
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "mine.toml").write_text(
        '[[rule]]\nid = "regatta"\ntype = "CONSULT"\npatterns = ["<source> race <target> off <place>"]\n'
        'examples = ["Peru raced Chile off Callao :: PER -> CHL"]\n'
    )
    ((report, _),) = coded_with(tmp_path, "Peru raced Chile off Mollendo.")
    assert (report.place.name, report.place.basis, rule_of(report, "where")) == ("Mollendo", "stated", "where:slot")


def test_the_place_stands_on_its_words_with_id_point_and_size():
    article = news("Chilean and Peruvian ministers met in Corfu.")
    place = report_of(article, "met").place
    assert article.words(place.words) == "Corfu"
    assert (place.country, place.geonames, place.lat, place.lon) == ("GRC", 2463679, 39.62, 19.92)
    assert place.radius is not None and place.radius < 10


@pytest.mark.parametrize(
    "day, holds",
    # on the page's date, and not on the event's
    [("2008-08-11", ("OST",)), ("2008-08-20", ("OST", "RUS"))],
)
def test_who_held_a_disputed_place_on_the_pages_date(day, holds):
    article = news(
        "Georgian and Russian ministers met in Tskhinvali on Aug. 7, 2008.",
        stamp=Stamp(kind="published", value=day, basis="given"),
    )
    place = report_of(article, "met").place
    assert (place.name, place.held_by, place.claimed_by) == ("Tskhinvali", holds, ("GEO", "OST"))


def test_a_place_that_nobody_disputes_has_no_holders():
    place = report_of(news("Chilean and Peruvian ministers met in Vienna."), "met").place
    assert (place.held_by, place.claimed_by) == ((), ())
