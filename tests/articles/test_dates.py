"""Dates as pages print them, in many languages, and which of them is the page's own."""

import pytest
from tests.articles.made import STORY

from detente.articles import read_article
from detente.articles.dates import Dates
from detente.articles.words import words_of
from detente.model import Record

DATES = Dates(words_of())


@pytest.mark.parametrize(
    "text, values",
    [
        ("Publicerad 23 okt 2025 kl 12.17", ["2025-10-23T12:17"]),
        ("Domenica 19 aprile 2020 di Ana Ruiz", ["2020-04-19"]),
        ("12. MÄR 2025 18:03", ["2025-03-12T18:03"]),
        ("1 Декабря 2020 14:02", ["2020-12-01T14:02"]),
        ("الإثنين، 24 أغسطس 2020", ["2020-08-24"]),
        ("2020. január 5.", ["2020-01-05"]),
        ("1er août 2021", ["2021-08-01"]),
        ("2025年1月14日 01時28分", ["2025-01-14T01:28"]),
        ("2026년 7월 12일 오후 3:05", ["2026-07-12T15:05"]),
        ("2020 / 03 / 12", ["2020-03-12"]),
        ("28. 4. 2023, 18:41", ["2023-04-28T18:41"]),
        # style alone parts these
        ("December 22, 20233:00 AM ET", ["2023-12-22T03:00"]),
        ("Ana Ruiz, ReporterDec 22, 2023", ["2023-12-22"]),
        # a year of two digits, by the time behind it
        ("27 mar 20 à 9:21", ["2020-03-27T09:21"]),
        ("27 mar 20 personnes", []),
        # the clock tells how the figures are to be read
        ("06/01/2026 - 13:55", ["2026-01-06T13:55"]),
        ("06/01/2026 - 1:55 pm", []),
        # no month
        ("12 seats 2020", []),
        ("Ambulances 22, 2023 cars", []),
        # relative ones name no day
        ("2 hours ago", []),
    ],
)
def test_dates_of_many_languages(text, values):
    assert [moment.value for moment in DATES.find(text)] == values


HEADLINE = "Iran, Iraq sign pact on border trade"


def dates(line, lang="en"):
    page = f"<html lang={lang}><h1>{HEADLINE}</h1>{line}<div class='article-body'>{STORY}</div></html>"
    article = read_article(Record(origin="a", content=page.encode(), format="html"), words_of())
    return tuple(stamp.value[:10] if stamp else None for stamp in (article.published, article.updated))


@pytest.mark.parametrize(
    "line",
    [
        # boxes that are named for something else
        "<div class='toolbar'><span>June 3, 2010</span></div>",
        "<ul class='nav'><li>June 3, 2010, 10:57</li></ul>",
        "<aside><p>By Ana Ruiz Staff Writer, Updated June 3, 2010, 5:49 p.m.</p></aside>",
        "<figure><figcaption><div>03.06.2010, 16:24 Uhr</div></figcaption></figure>",
        "<div class='visually-hidden'>Published June 3, 2010</div>",
    ],
)
def test_a_date_close_under_the_headline_is_the_page_s(line):
    assert "2010-06-03" in dates(line)


@pytest.mark.parametrize(
    "line",
    [
        # behind the title of another story
        "<div class='latest'><a href='/x'>Peru and Ecuador quarrel again</a><p>June 3, 2010</p></div>",
        # a picture's
        "<figcaption>The ministers in Basra, June 3, 2010, before they signed</figcaption>",
        "<div class='comments'><p>June 3, 2010</p></div>",
    ],
)
def test_a_date_of_something_else_is_not(line):
    assert dates(line) == (None, None)


@pytest.mark.parametrize(
    "line, lang",
    [
        ("<p>Publicerad 3 juni 2010, uppdaterad 5 juni 2010</p>", "sv"),
        ("<p>Publié le 3 juin 2010, mis à jour le 5 juin 2010</p>", "fr"),
        ("<p>Опубликовано 3 июня 2010, обновлено 5 июня 2010</p>", "ru"),
        ("<p>Published: June 3, 2010. Updated: June 5, 2010</p>", "en"),
    ],
)
def test_labels_of_dates_are_read_in_many_languages(line, lang):
    assert dates(line, lang) == ("2010-06-03", "2010-06-05")
