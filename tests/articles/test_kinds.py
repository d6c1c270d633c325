"""What is an article, and what a front page is."""

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
