"""Who wrote it: names without what stands around them."""

import pytest
from tests.articles.made import STORY

from detente.articles import read_article
from detente.articles.signs import people_of
from detente.articles.words import words_of
from detente.model import Record


@pytest.mark.parametrize(
    "names, people",
    [
        (["Ana Ruiz"], ["Ana Ruiz"]),
        (["Ana Ruiz, Chief Correspondent"], ["Ana Ruiz"]),
        (["Ana Ruiz | Gulf Daily News"], ["Ana Ruiz"]),
        (["Ana Ruiz The Associated Press"], ["Ana Ruiz"]),
        (["Ana Ruiz, Omar Karam"], ["Ana Ruiz", "Omar Karam"]),
        (["Ana Ruiz und Omar Karam"], ["Ana Ruiz", "Omar Karam"]),
        # accounts beside names
        (["Ana Ruiz", "ana-ruiz", "anaruizGulf"], ["Ana Ruiz"]),
        # but not by themselves
        (["anaruiz"], ["anaruiz"]),
        # what is declared stays where it may be a name
        (["Ruiz, Ana"], ["Ruiz, Ana"]),
        (["Gulf Daily News"], ["Gulf Daily News"]),
        # nobody
        ([", Gulf Daily Reporter"], []),
    ],
)
def test_declared_authors(names, people):
    assert list(people_of(names, words_of())) == people


@pytest.mark.parametrize("name", ["TV Reporter", "Gulf Daily News", "Über den Autor", "By Associated Press"])
def test_what_a_page_shows_is_left_out_when_it_is_no_name(name):
    assert people_of([name], words_of(), shown=True) == ()


@pytest.mark.parametrize(
    "above, below, authors",
    [
        ("<p>By Ana Ruiz</p>", "", ("Ana Ruiz",)),
        # without "By", where its box says so
        ("<div class=byline>Ana Ruiz</div>", "", ("Ana Ruiz",)),
        ("<p>Par Ana Ruiz</p>", "", ("Ana Ruiz",)),
        # bylines behind the text are those of other stories
        ("<p>By Ana Ruiz</p>", "<div class=byline>By Omar Karam</div>", ("Ana Ruiz",)),
        # unless nothing stands above it
        ("", "<p class=byline>By Omar Karam</p>", ("Omar Karam",)),
        # in a box named for something else
        (
            "<aside><p>By <a rel=author>Ana Ruiz</a> Staff, Monday, June 3, 2010, 5:49 p.m.</p></aside>",
            "",
            ("Ana Ruiz",),
        ),
        ("<div class=byline>Staff Reporter</div>", "", ()),
    ],
)
def test_authors_of_pages(above, below, authors):
    page = f"<h1>Iran, Iraq sign pact on trade</h1>{above}<div class='article-body'>{STORY}</div>{below}"
    assert read_article(Record(origin="a", content=page.encode(), format="html"), words_of()).authors == authors
