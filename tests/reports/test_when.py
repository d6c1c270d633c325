"""When an event was: what each rule dates, and what it must leave alone.

Each row: what the page tells, the words that tell the event, the rule, its first and last day, and how sure that is.
The pages are of Tuesday, 20 November 2012.
"""

import json

import pytest
from tests.reports.paged import PUBLISHED, TUESDAY, news, page, report_of, rule_of

from detente.api import default_coder
from detente.model import Record, Stamp
from detente.records import read

FRIDAY, SATURDAY, SUNDAY, MONDAY = (f"2012-11-{day}" for day in (16, 17, 18, 19))
NEXT_FRIDAY, NEXT_SUNDAY = "2012-11-23", "2012-11-25"


def dated(article, trigger, part=None):
    report = report_of(article, trigger, part)
    time = report.time
    return (rule_of(report, "when"), *((time.start, time.end, time.basis) if time else (None, None, None)))


@pytest.mark.parametrize("text, trigger, told", [
    # in the same clause: a day, a month, a year, since a month
    ("Peru expelled the Chilean envoy on Friday.", "expelled", ("when:clause", FRIDAY, FRIDAY, "stated")),
    ("Peru expelled the Chilean envoy in May.", "expelled", ("when:clause", "2012-05-01", "2012-05-31", "stated")),
    ("Peru expelled the Chilean envoy in 2009.", "expelled", ("when:clause", "2009-01-01", "2009-12-31", "stated")),
    # what was not done, was not done on that day
    ("Peru did not expel the Chilean envoy on Friday.", "expel", ("when:clause", FRIDAY, FRIDAY, "stated")),
    # two clauses, each with its own
    ("Peru released two officers on Friday and expelled the Chilean envoy on Saturday.", "expelled",
     ("when:clause", SATURDAY, SATURDAY, "stated")),
    # the day of the deed, and not of the words about it
    ("Iran denounced Israel on Friday, Iranian officials said on Sunday.", "denounced",
     ("when:clause", FRIDAY, FRIDAY, "stated")),
    # an anniversary is another day
    ("Peru expelled the Chilean envoy on the anniversary of Sept. 11, 2001.", "expelled",
     ("when:news", MONDAY, TUESDAY, "published")),

    # planned: the day it is meant to be, and no date of an event
    ("Peru will expel the Chilean envoy on Friday.", "expel", ("when:clause", NEXT_FRIDAY, NEXT_FRIDAY, "planned")),
    ("Russia plans to expel two Polish diplomats on Friday.", "expel",
     ("when:clause", NEXT_FRIDAY, NEXT_FRIDAY, "planned")),
    ("Peru would expel the Chilean envoy on Friday.", "expel", ("when:clause", NEXT_FRIDAY, NEXT_FRIDAY, "planned")),

    # in the clause that completes it
    ("Peru helped Chile to arrest two officers on Friday.", "helped", ("when:complement", FRIDAY, FRIDAY, "stated")),
    # the day of the agreement stands beside it; what was agreed on comes later
    ("Peru agreed on Friday to release two Chilean officers.", "agreed", ("when:clause", FRIDAY, FRIDAY, "stated")),
    # a deed that one wants done by a day was not wanted on it
    ("Peru demanded that Chile release two Peruvian officers by Friday.", "demanded",
     ("when:news", MONDAY, TUESDAY, "published")),

    # who urges, has urged before; "managed to" happened when the managing did
    ("Peru urged Chile to release two officers on Friday.", "urged", ("when:news", MONDAY, TUESDAY, "published")),
    ("Peru managed on Friday to arrest two Chilean officers.", "arrest",
     ("when:verb-above", FRIDAY, FRIDAY, "stated")),
    ("Turkey began bombing Kurdish rebels in Iraq.", "bombing", ("when:news", MONDAY, TUESDAY, "published")),
    # what turns out to be planned has a date of plans
    ("Turkey pulled out of a meeting with Israel planned for May.", "planned",
     ("when:clause", "2013-05-01", "2013-05-31", "planned")),
    # "may have" looks back
    ("Peru may have expelled the Chilean envoy on Friday.", "expelled", ("when:clause", FRIDAY, FRIDAY, "planned")),

    # in what does it, and at the occasion of it
    ("The Rwandan attack on Friday killed two Congolese soldiers.", "killed",
     ("when:argument", FRIDAY, FRIDAY, "stated")),
    ("Peru condemned Chile during talks on Friday.", "condemned", ("when:argument", FRIDAY, FRIDAY, "stated")),
    ("Peru accused Chile at Friday's summit.", "accused", ("when:argument", FRIDAY, FRIDAY, "stated")),
    # a condemned attack's Friday is not the condemnation's
    ("Peru condemned Friday's attack on Chilean troops.", "condemned", ("when:news", MONDAY, TUESDAY, "published")),
    ("Peru condemned the attack on Chilean troops that took place on Friday.", "condemned",
     ("when:news", MONDAY, TUESDAY, "published")),
    # nor that of which one is accused the accusation's
    ("Peru accused Chile of an attack on Friday.", "accused", ("when:news", MONDAY, TUESDAY, "published")),
    # but it is the attack's
    ("Peru condemned the Friday attack by Chile.", "attack", ("when:clause", FRIDAY, FRIDAY, "stated")),

    # in the verb above
    ("Russia began on Friday arresting Polish diplomats.", "arresting", ("when:verb-above", FRIDAY, FRIDAY, "stated")),
    ("The expulsion of two Polish diplomats by Russia took place on Friday.", "expulsion",
     ("when:verb-above", FRIDAY, FRIDAY, "stated")),

    # joined by "and": the first one's day is the second's, not the other way round
    ("Peru expelled the Chilean envoy on Friday and arrested two Chilean officers.", "arrested",
     ("when:conjunct", FRIDAY, FRIDAY, "stated")),
    ("Peru arrested two Chilean officers and expelled the Chilean envoy on Friday.", "arrested",
     ("when:news", MONDAY, TUESDAY, "published")),

    # meanwhile; "because" and "after" tell of no same day
    ("The fighting began on Friday, when Russian troops attacked a Georgian base.", "attacked",
     ("when:at-that-time", FRIDAY, FRIDAY, "stated")),
    ("Peru expelled the Chilean envoy on Friday as Chile arrested two Peruvian officers.", "arrested",
     ("when:at-that-time", FRIDAY, FRIDAY, "stated")),
    ("Peru expelled the Chilean envoy on Friday because Chile arrested two Peruvian officers.", "arrested",
     ("when:told-by-then", None, TUESDAY, "tense")),
    ("Peru expelled the Chilean envoy on Friday after Chile arrested two Peruvian officers.", "arrested",
     ("when:told-by-then", None, TUESDAY, "tense")),

    # counted from a day that the clause above tells ...
    ("Peru on Friday expelled the Chilean envoy a week after Chile arrested two Peruvian officers.", "arrested",
     ("when:counted-from", "2012-11-09", "2012-11-09", "stated")),
    ("Peru expelled the Chilean envoy on Friday, two days before Chile arrested two Peruvian officers.", "arrested",
     ("when:counted-from", SUNDAY, SUNDAY, "stated")),
    # ... from the day of the lead ...
    ("Russia released the Polish envoy on Friday. The release came two weeks after Poland expelled a Russian officer.",
     "expelled", ("when:counted-from", "2012-11-02", "2012-11-02", "inherited")),
    # ... from the page's, to a month where months are counted
    ("The talks come two weeks after Russia expelled two Polish diplomats.", "expelled",
     ("when:counted-from", "2012-11-06", "2012-11-06", "published")),
    ("The talks come two months after Russia expelled two Polish diplomats.", "expelled",
     ("when:counted-from", "2012-09-01", "2012-09-30", "published")),
    # and not from what is still to come
    ("Peru will expel the Chilean envoy two days after Chile arrested two Peruvian officers.", "arrested",
     ("when:told-by-then", None, TUESDAY, "tense")),

    # what the same speaker says next
    ("Iran said on Sunday that Israel attacked an Iranian ship. Iran also warned Israel.", "warned",
     ("when:same-statement", SUNDAY, SUNDAY, "inherited")),
    ("Iranian officials said on Oct. 5 that Israel attacked an Iranian ship. Iranian officials also warned Israel.",
     "warned", ("when:same-statement", "2012-10-05", "2012-10-05", "inherited")),
    # somebody else's words of the same week, and not of a day long past
    ("Iran said on Sunday that Israel attacked an Iranian ship. Syria also warned Israel.", "warned",
     ("when:same-statement", SUNDAY, SUNDAY, "inherited")),
    ("Iranian officials said on Oct. 5 that Israel attacked an Iranian ship. Syrian officials also warned Israel.",
     "warned", ("when:told-by-then", None, TUESDAY, "tense")),
    # a month is no day to hand down; a deed is no statement; four sentences on it may be another one
    ("Iran said in October that Israel attacked an Iranian ship. Iran also warned Israel.", "warned",
     ("when:told-by-then", None, TUESDAY, "tense")),
    ("Iran said on Sunday that Israel attacked an Iranian ship. Iran expelled the Swedish envoy.", "expelled",
     ("when:told-by-then", None, TUESDAY, "tense")),
    ("Iran said on Sunday that Israel attacked an Iranian ship. The talks failed. Rain fell. Snow fell. "
     "Iran also warned Israel.", "warned", ("when:told-by-then", None, TUESDAY, "tense")),

    # the same act, taken up by its noun
    ("Rwandan troops attacked a Congolese base on Friday. The attack killed nine Congolese soldiers.", "killed",
     ("when:same-act", FRIDAY, FRIDAY, "inherited")),
    # "an attack" is another one, and of two nobody knows which
    ("Rwandan troops attacked a Congolese base on Friday. An attack killed nine Congolese soldiers.", "killed",
     ("when:told-by-then", None, TUESDAY, "tense")),
    ("Rwandan troops attacked a Congolese base on Friday and a Congolese port on Saturday. "
     "The attack killed nine Congolese soldiers.", "killed", ("when:told-by-then", None, TUESDAY, "tense")),

    # the past tense up to the page's date; a threat from it on
    ("Peru thanked Brazil. Chile had arrested two Peruvian officers.", "arrested",
     ("when:told-by-then", None, TUESDAY, "tense")),
    ("Peru warned that it would expel the Chilean envoy.", "expel", ("when:still-to-come", TUESDAY, None, "tense")),
    ("Peru might expel the Chilean envoy.", "expel", ("when:still-to-come", TUESDAY, None, "tense")),
    # before the end of what was planned, and never after the page
    ("Turkey pulled out of a meeting with Israel planned for Nov. 12.", "pulled",
     ("when:by-what-was-planned", None, "2012-11-12", "tense")),
    ("Turkey withdrew from talks with Israel scheduled for Dec. 3.", "withdrew",
     ("when:by-what-was-planned", None, TUESDAY, "tense")),
    # it goes on
    ("Syria has been bombing Turkish positions.", "bombing", ("when:going-on", TUESDAY, TUESDAY, "published")),

    # news: the main clause of the lead; what stands below it is not
    ("Peru expelled the Chilean envoy.", "expelled", ("when:news", MONDAY, TUESDAY, "published")),
    ("Peru expelled the Chilean envoy because Chile arrested two Peruvian officers.", "arrested",
     ("when:told-by-then", None, TUESDAY, "tense")),
])  # fmt: skip
def test_when_an_event_was(text, trigger, told):
    assert dated(news(text), trigger) == told


@pytest.mark.parametrize("headline, lead, trigger, told", [
    # the headline tells what the dated lead tells
    ("Peru expels Chilean envoy", "Peru expelled the Chilean envoy on Sunday.", "expels",
     ("when:lead", SUNDAY, SUNDAY, "inherited")),
    # or what else its main clause tells
    ("Peru expels Chilean envoy", "The Chilean envoy was arrested on Sunday.", "expels",
     ("when:lead", SUNDAY, SUNDAY, "inherited")),
    # what is planned only from a lead that plans the same
    ("Peru to expel Chilean envoy", "Peru will expel the Chilean envoy on Sunday.", "expel",
     ("when:lead", NEXT_SUNDAY, NEXT_SUNDAY, "planned")),
    ("Peru to expel Chilean envoy", "Peru met Brazil on Sunday.", "expel",
     ("when:still-to-come", TUESDAY, None, "tense")),
    # a lead that only dates somebody's words; that tells no day; a month
    ("Peru expels Chilean envoy", "Peru said on Sunday that the Chilean envoy lied.", "expels",
     ("when:headline", MONDAY, TUESDAY, "published")),
    ("Peru expels Chilean envoy", "Peru expelled the Chilean envoy.", "expels",
     ("when:headline", MONDAY, TUESDAY, "published")),
    ("Peru expels Chilean envoy", "Peru expelled the Chilean envoy in May.", "expels",
     ("when:headline", MONDAY, TUESDAY, "published")),
])  # fmt: skip
def test_when_a_headlines_event_was(headline, lead, trigger, told):
    assert dated(page(("headline", headline), ("paragraph", lead)), trigger, "headline") == told


def test_the_attack_of_the_headline_of_the_lead_and_of_the_next_sentence_is_one():
    article = page(
        ("headline", "Rebels attack Goma"),
        ("dateline", "KINSHASA"),
        ("paragraph", "Rebels attacked government troops in Goma on Sunday. The attack killed 20 soldiers."),
    )
    assert [dated(article, trigger)[:2] for trigger in ("attack", "attacked", "killed")] == [
        ("when:lead", SUNDAY), ("when:clause", SUNDAY), ("when:same-act", SUNDAY),
    ]  # fmt: skip


def test_a_captions_day_is_that_of_what_it_shows():
    shown = "A Georgian officer, arrested by Russian troops, stands in Sochi on November 16, 2012."
    article = page(("caption", shown), ("paragraph", "Talks went on."))
    assert dated(article, "arrested") == ("when:caption", FRIDAY, FRIDAY, "stated")


def test_headlines_of_other_articles_have_no_day():
    # even where they name one: nobody knows of which week
    article = page(("paragraph", "Peru thanked Chile."), ("related", "Peru expels Chilean envoy on Friday"))
    assert dated(article, "expels") == (None, None, None, None)


def test_the_words_of_the_time_are_those_that_it_stands_on():
    article = news("Peru expelled the Chilean envoy on Friday. Peru thanked Brazil.")
    assert article.words(report_of(article, "expelled").time.words) == "Friday"
    assert report_of(article, "thanked").time.words is None


# -- against what date

WORD = "Peru has expelled the Chilean envoy."
ON_FRIDAY = "Peru expelled the Chilean envoy on Friday."


@pytest.mark.parametrize(
    "text, told",
    [
        (WORD, (None, None, None, None)),
        (ON_FRIDAY, (None, None, None, None)),
        # needs no anchor
        ("Peru expelled the Chilean envoy on Nov. 16, 2012.", ("when:clause", FRIDAY, FRIDAY, "stated")),
    ],
)
def test_on_a_page_without_a_date(text, told):
    assert dated(news(text, stamp=None), "expelled") == told


@pytest.mark.parametrize("kind", ["updated", "archived"])
def test_a_page_that_was_only_changed_or_archived_that_day_may_be_much_older(kind):
    stamp = Stamp(kind=kind, value=TUESDAY, basis="archive")
    article = page(("headline", "Peru expels Chilean envoy"), ("paragraph", WORD), stamp=stamp)
    assert dated(article, "expels") == ("when:headline", None, TUESDAY, "published")
    assert dated(article, "expelled") == ("when:news", None, TUESDAY, "published")


@pytest.mark.parametrize("kind", ["published", "updated", "archived"])
def test_a_weekday_is_read_against_any_date_of_the_page(kind):
    stamp = Stamp(kind=kind, value=TUESDAY, basis="archive")
    assert dated(news(ON_FRIDAY, stamp=stamp), "expelled") == ("when:clause", FRIDAY, FRIDAY, "stated")


def test_the_day_before_the_first_day_of_all_does_not_fail():
    stamp = Stamp(kind="published", value="0001-01-01", basis="given")
    assert dated(news(WORD, stamp=stamp), "expelled")[1:3] == ("0001-01-01", "0001-01-01")


MORE = "The ministry in Lima said that the envoy had been told to leave within three days."
TOLD = f"{ON_FRIDAY} {MORE}"


def html(text, *metas):
    head = "".join(f"<meta property='article:{name}_time' content='{value}'>" for name, value in metas)
    return (
        f"<html><head><title>Peru expels Chilean envoy</title>{head}</head><body><h1>Peru expels Chilean envoy</h1>"
        f"<p>{text} {MORE}</p><p>The minister spoke to reporters for an hour about the border and the fishing "
        f"grounds, and thanked the mayor of the capital for the hall.</p></body></html>"
    )


def time_in(record):
    (coding,) = default_coder().code([record])
    article = coding.article
    (report,) = [one for one in coding.reports if article.words(one.trigger) == "expelled"]
    return (report.time.start, report.time.end) if report.time else None


def of_html(text, *metas, **known):
    return Record(origin="a.html", content=html(text, *metas).encode(), format="html", charset="utf-8", **known)


@pytest.mark.parametrize(
    "record, told",
    [
        # no date at all
        (of_html(ON_FRIDAY), None),
        # published and updated: when it was published counts
        (of_html(ON_FRIDAY, ("published", "2012-11-13T10:57:00Z"), ("modified", "2012-11-20T09:00:00Z")),
         ("2012-11-09", "2012-11-09")),
        # only updated
        (of_html(ON_FRIDAY, ("modified", "2012-11-20T09:00:00Z")), (FRIDAY, FRIDAY)),
        # only an archive's date, and beside a better one
        (of_html(ON_FRIDAY, archived="2012-11-20T05:00:00Z"), (FRIDAY, FRIDAY)),
        (of_html(WORD, archived="2012-11-20T05:00:00Z"), (None, TUESDAY)),
        (of_html(ON_FRIDAY, ("published", "2012-11-13"), archived="2012-11-20T05:00:00Z"),
         ("2012-11-09", "2012-11-09")),
        # what the user says wins over the page
        (of_html(ON_FRIDAY, ("published", "2012-11-13"), published=TUESDAY), (FRIDAY, FRIDAY)),
        # 10:57 in Beijing is of that day; so is half past midnight, when it was the day before in London
        (of_html("Peru expelled the Chilean envoy at 10:57 a.m.", ("published", "2012-11-20T10:57:00+08:00")),
         (TUESDAY, TUESDAY)),
        (of_html("Peru expelled the Chilean envoy yesterday.", ("published", "2012-11-20T00:30:00+08:00")),
         (MONDAY, MONDAY)),
        (of_html("Peru expelled the Chilean envoy on Tuesday.", ("published", "2012-11-20T00:30:00+08:00")),
         (TUESDAY, TUESDAY)),
    ],
)  # fmt: skip
def test_the_pages_date_by_its_html(record, told):
    assert time_in(record) == told


def test_the_pages_date_in_a_text_of_beijing():
    text = f"Peru expels Chilean envoy\n\n(Xinhua)\nUpdated: 2012-11-20 10:57\n\n{TOLD}"
    record = Record(origin="a.txt", content=text.encode(), format="text", charset="utf-8")
    assert time_in(record) == (FRIDAY, FRIDAY)


def test_the_pages_date_in_the_dateline():
    text = f"Peru expels Chilean envoy\n\nLIMA, Nov. 20, 2012 - {TOLD}"
    record = Record(origin="a.txt", content=text.encode(), format="text", charset="utf-8")
    assert time_in(record) == (FRIDAY, FRIDAY)


def test_the_pages_date_in_a_line_of_json(tmp_path):
    path = tmp_path / "news.jsonl"
    lines = [{"text": TOLD, "published": "2012-11-20T10:57+08:00"}, {"text": TOLD}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert [time_in(record) for record in read(path)] == [(FRIDAY, FRIDAY), None]


def test_the_pages_date_and_the_events_are_kept_apart():
    article = news(ON_FRIDAY)
    assert article.published == PUBLISHED
    assert report_of(article, "expelled").time.start != article.published.value
