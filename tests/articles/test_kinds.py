"""What is an article, and what a front page is."""

import json

import pytest

from detente.articles import read_article
from detente.articles.words import words_of
from detente.errors import NotAnArticle
from detente.model import Record

STORY = (
    "<p>The cup of the two neighbours will not be played this year, the union of the clubs said on Monday.</p>"
    "<p>It named the plague as the reason and spoke of a delay, but nobody believes that it will be held later.</p>"
    "<p>Togo was to take part for the second time, and had won its first game against Benin by two to one.</p>"
)
TITLES = "".join(f"<div><a href='/{n}'>Benin and Togo agree on another match {n}</a></div>" for n in range(12))
TEASERS = "".join(
    f"<h2><a href='/{n}'>Benin and Togo agree on another match {n}</a></h2><p>The clubs said so on Monday.</p>"
    for n in range(12)
)


def read(body):
    page = f"<title>The cup will not be played</title><body>{body}</body>"
    return read_article(Record(origin="a", content=page.encode(), format="html"), words_of())


def test_a_short_story_under_the_one_headline_is_an_article():
    assert (
        read(f"<div><h1>The cup will not be played</h1>{STORY}{TITLES}</div>").headline == "The cup will not be played"
    )


@pytest.mark.parametrize(
    "body",
    [
        TEASERS,
        # the outlet's name is no headline
        f"<div><h1>The cup will not be played</h1>{TEASERS}</div>",
        # a short teaser below it
        f"<div><h1>The cup will not be played</h1><p>The union of the clubs said so on Monday.</p>{TEASERS}</div>",
    ],
)
def test_a_front_page_is_none(body):
    with pytest.raises(NotAnArticle, match="list of"):
        read(body)


def test_running_text_needs_no_full_stops():
    thai = "ทีมชาติไทยและลาวตกลงที่จะเล่นฟุตบอลกันอีกครั้งในเดือนหน้า " * 4
    article = read(f"<h1>The cup will not be played</h1><p>{thai}</p><p>{thai}</p>")
    assert len(article.blocks) == 3


def test_items_without_links_are_text_and_buttons_are_not():
    items = "<ul><li>Benin 2</li><li>Togo 1</li><li><a href='/x'>Share it</a></li></ul>"
    article = read(f"<div><h1>The cup will not be played</h1>{STORY}{items}</div>")
    assert article.text.endswith("Benin 2\n\nTogo 1")


SENTENCES = "".join(
    f"<p>The clubs of the {number}th league said on Monday that they would not play for the cup.</p>"
    for number in range(12)
)
PICTURES = "".join(
    "<figure><img src=a><figcaption>The players of the club number "
    f"{number} leave the grounds in Oslo on Monday evening.</figcaption></figure>"
    for number in range(6)
)
TITLE = "<h1>The cup will not be played</h1>"


def told(body, **declared):
    data = json.dumps({"@type": "NewsArticle", "headline": "The cup will not be played", **declared})
    page = f'<script type="application/ld+json">{data}</script><article>{TITLE}{body}</article>'
    article = read_article(Record(origin="a", content=page.encode(), format="html"), words_of())
    return article.kind, article.kind_because


def test_kinds_of_pages():
    assert told(SENTENCES) == ("article", None)
    assert told(SENTENCES, **{"@type": "LiveBlogPosting"}) == ("live blog", "kind:declared")
    # pictures that say more than the text, and the same pictures in a long story
    assert told(STORY + PICTURES) == ("gallery", "kind:captions")
    assert told(SENTENCES + PICTURES) == ("article", None)
    # the beginning of a story for subscribers, and a whole one that is for subscribers too
    assert told(STORY, isAccessibleForFree="False") == ("paywall", "kind:not-free")
    assert told(STORY, isAccessibleForFree=False) == ("paywall", "kind:not-free")
    assert told(STORY, isAccessibleForFree=True) == ("article", None)
    assert told(SENTENCES, isAccessibleForFree=False) == ("article", None)


def test_a_film_with_a_few_words_is_a_video():
    head = '<meta property="og:type" content="video.other">'
    page = f"{head}<title>The cup will not be played</title><h1>The cup will not be played</h1>{STORY}"
    article = read_article(Record(origin="a", content=page.encode(), format="html"), words_of())
    assert (article.kind, article.kind_because) == ("video", "kind:declared")


def test_related_titles_lead_to_pages_of_the_web_alone():
    links = (
        "<aside class='related'><h3>Related</h3><ul><li><a href='/b'>The cup of last year was played</a></li>"
        "<li><a href='javascript:open()'>Why the cup is in danger now</a></li>"
        "<li><a href='http://[half'>The league without a trophy</a></li></ul></aside>"
    )
    page = f"<title>The cup will not be played</title><article>{TITLE}{SENTENCES}</article>{links}"
    record = Record(origin="a", content=page.encode(), format="html", url="https://post.example/sport/a")
    assert [link.url for link in read_article(record, words_of()).related] == ["https://post.example/b"]
