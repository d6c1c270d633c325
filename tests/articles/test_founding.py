"""The founding page, as text and rendered as a page; skipped where the file is not at hand."""

import html
import os
from pathlib import Path

import pytest

from detente.articles import article_of
from detente.model import Record
from detente.records import read

FOLDER = Path(os.environ.get("DETENTE_FOUNDING", Path(__file__).parents[3] / "shared" / "founding"))
FILE = FOLDER / "article.txt"

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the founding page is not beside the checkout")

HEADLINE = "NATO, Russia agree to resume military-to-military contacts"


def as_text():
    return article_of(next(iter(read(FILE))))


def rendered(related):
    """The founding text as a page of its time; `related` writes the line of a related story."""
    lines = [line for line in FILE.read_text(encoding="utf-8").split("\n") if line.strip()]
    start, stop = (
        lines.index("Related readings:"),
        next(i for i, line in enumerate(lines) if "Moscow's decisions" in line),
    )
    cells = [f"<tr><td>{html.escape(line)}</td></tr>" for line in (*lines[:4], lines[5])]
    stories = "".join(related(line.removeprefix(HEADLINE).strip()) for line in lines[start + 1 : stop])
    body = "".join(f"<p>{html.escape(line)}</p>" for line in (*lines[6:start],))
    rest = "".join(f"<p>{html.escape(line)}</p>" for line in lines[stop:])
    page = (
        f"<html><head><title>{HEADLINE}</title><script>var a = '<p>no text</p>';</script></head><body>"
        f"<table><tr><td><a href='/china'>China</a> | <a href='/sports'>Sports</a></td></tr></table>"
        f"<table>{''.join(cells)}<tr><td><img src='a.jpg' alt='{HEADLINE}'>{body}"
        f"<table><tr><td><b>Related readings:</b><br>{stories}</td></tr></table>{rest}</td></tr></table>"
        f"<table><tr><td>Copyright 1995 - 2009. All rights reserved.</td></tr></table></body></html>"
    )
    return article_of(Record(origin="founding.html", content=page.encode(), format="html"))


def with_image(title):
    return f"<a href='/world/2009-05/05/content_1.htm'><img src='d.gif' alt='{HEADLINE}'> {html.escape(title)}</a><br>"


def with_image_text(title):
    return f"<a href='/world/2009-05/05/content_1.htm'>{HEADLINE} {html.escape(title)}</a><br>"


@pytest.fixture(
    params=[as_text, lambda: rendered(with_image), lambda: rendered(with_image_text)],
    ids=["text", "page", "page with the images' text"],
)
def article(request):
    return request.param()


def texts(article, kind):
    return [article.text[block.start : block.end] for block in article.blocks if block.kind == kind]


def test_head(article):
    assert article.section == ("WORLD", "Europe")
    assert article.headline == HEADLINE and article.text.count(HEADLINE) == 1
    assert article.agency == "Xinhua"
    assert article.published is None
    assert article.updated.value == "2009-06-28T10:57"
    assert article.words(article.updated.words) == "2009-06-28 10:57"
    assert {stamp.value for stamp in article.dates} == {"2009-06-28T10:57"}


def test_caption_and_credit(article):
    (caption,) = texts(article, "caption")
    assert caption.startswith("Russian Foreign Minister Sergei Lavrov attends") and caption.endswith("June 27, 2009.")
    assert texts(article, "credit") == ["[Xinhua]"]


def test_related_readings_without_the_images_text(article):
    assert texts(article, "related") == [
        "Russia drops NATO talks over expulsions",
        "British FM: West should not isolate Russia",
        "US, NATO troops to avoid fighting near Afghan homes",
        "Russia expels two NATO officials",
        "NATO holds Georgia war games, Russia critical",
    ]


def test_body(article):
    body = texts(article, "lead") + texts(article, "paragraph")
    assert len(body) == 5
    assert body[0].startswith("Lavrov demanded") and body[-1].endswith("May-June 2009.")
