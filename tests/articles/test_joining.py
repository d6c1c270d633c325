"""Several pages of one article become one."""

import pytest

from detente.articles import article_of
from detente.articles.joining import joined, pages_of
from detente.coder import Coder
from detente.model import Record

HEADLINE = "Iran, Iraq sign pact on border trade"
ONE = "Iran and Iraq signed a pact on border trade in Baghdad on Monday, their foreign ministries said in a statement."
TWO = "Turkey expelled two Syrian diplomats on Sunday after a week of angry words, its foreign ministry said later."
THREE = "Peru recalled its ambassador from Quito on Saturday, and said that the talks on fishing were at an end."
PAGE = "https://news.example/world/iran-iraq-pact"


def record(url, text, *, origin=None, headline=HEADLINE, behind=""):
    page = (
        f"<html><body><h1>{headline}</h1><p class='byline'>By Ana Ruiz</p><p>{text}</p>"
        "<p>The two ministers did not say when the next of their talks on the matter will be held.</p>"
        f"{behind}</body></html>"
    )
    return Record(origin=origin or url, content=page.encode(), format="html", url=url)


def article(*given, **told):
    return article_of(record(*given, **told))


@pytest.mark.parametrize(
    "first, second, third",
    [
        (PAGE, f"{PAGE}?page=2", f"{PAGE}?page=3"),
        (f"{PAGE}?page=1", f"{PAGE}?page=2", f"{PAGE}?page=3"),
        (f"{PAGE}?x=1", f"{PAGE}?page=2&x=1", f"{PAGE}?x=1&page=3"),
        (f"{PAGE}/", f"{PAGE}/2", f"{PAGE}/3/"),
        (f"{PAGE}/page/1/", f"{PAGE}/page/2/", f"{PAGE}/page/3/"),
        (f"{PAGE}.html", f"{PAGE}-2.html", f"{PAGE}_3.html#comments"),
        (f"{PAGE}-12.html", f"{PAGE}-12-2.html", f"{PAGE}-12-p3.html"),
    ],
)
def test_addresses_of_pages(first, second, third):
    given = [article(third, THREE), article(first, ONE), article(second, TWO)]
    assert pages_of(given) == {1: [2, 0]}


def test_a_later_page_is_the_first_of_none():
    given = [article(PAGE, ONE), article(f"{PAGE}/2", TWO), article(f"{PAGE}/2/2", THREE)]
    assert pages_of(given) == {0: [1]}


def test_pages_saved_as_files_are_known_by_their_names():
    canonical = f"<link rel='canonical' href='{PAGE}'>"
    given = [article(None, text, origin=f"news/pact{n}.html", behind=canonical) for n, text in (("", ONE), ("-2", TWO))]
    assert pages_of(given) == {0: [1]}


@pytest.mark.parametrize(
    "second",
    [
        # another story in the same series
        (f"{PAGE}/2", TWO, "Turkey expels two Syrian envoys"),
        # the third page without the second
        (f"{PAGE}/3", TWO, HEADLINE),
        # a year and a day are no pages
        (f"{PAGE}/2010", TWO, HEADLINE),
        ("https://news.example/2010/06/02", TWO, HEADLINE),
        # another outlet
        ("https://other.example/world/iran-iraq-pact/2", TWO, HEADLINE),
        # the same page twice
        (PAGE, TWO, HEADLINE),
    ],
)
def test_what_is_no_page_of_it(second):
    url, text, headline = second
    assert pages_of([article(PAGE, ONE), article(url, text, headline=headline)]) == {}


def test_the_text_of_the_later_pages_goes_on_behind_that_of_the_first():
    tail = (
        "<p>Related:</p><ul><li><a href='/1'>Peru recalls its envoy from Quito</a></li></ul>"
        "<p>Published June 3, 2010, 10:57</p>"
    )
    first = article(PAGE, ONE, behind=tail)
    whole = joined(first, [article(f"{PAGE}/2", TWO, behind=tail), article(f"{PAGE}/3", THREE)])
    told = [(block.kind, whole.text[block.start : block.end]) for block in whole.blocks]
    assert sum("next of their talks" in words for _, words in told) == 1
    assert [kind for kind, words in told if words in (ONE, TWO, THREE)] == ["lead", "paragraph", "paragraph"]
    assert [kind for kind, _ in told].count("byline") == 1
    assert [whole.words(link.words) for link in whole.related] == ["Peru recalls its envoy from Quito"]
    assert whole.id != first.id
    assert whole.text.index(THREE) < whole.text.index("Peru recalls its envoy")
    for stamp in whole.dates:
        assert stamp.words is None or whole.words(stamp.words) == first.words(
            next(s for s in first.dates if s.value == stamp.value).words
        )


def test_reports_of_all_pages_are_told_with_the_first():
    given = [
        record(PAGE, ONE),
        record(f"{PAGE}/2", TWO),
        record("https://news.example/peru", THREE, headline="Peru recalls envoy"),
    ]
    codings = list(Coder().code(given))
    assert [coding.state for coding in codings] == ["coded", "joined", "coded"]
    assert codings[1].reason == f"page 2 of the article in {PAGE}"
    assert {report.type for report in codings[0].reports} == {"SUPPORT", "SANCTION"}
    assert codings[1].article is None
