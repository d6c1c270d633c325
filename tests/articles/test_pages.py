"""Five styles of page, every field."""

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest

from detente.articles import article_of, read_article
from detente.articles.pictures import credit_name
from detente.articles.words import words_of
from detente.errors import NotEnglish
from detente.model import PART_OF_BLOCK, Record

PAGES = Path(__file__).parent / "pages"
GOLD = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))


@pytest.fixture(params=sorted(GOLD))
def page(request):
    gold = GOLD[request.param]
    content = (PAGES / request.param).read_bytes()
    return gold, read_article(Record(origin=request.param, content=content, format="html", url=gold["url"]), words_of())


def texts(article, kind):
    return [article.text[block.start : block.end] for block in article.blocks if block.kind == kind]


def test_headline_stands_once(page):
    gold, article = page
    assert article.headline == gold["headline"]
    assert texts(article, "headline") == [gold["headline"]]


def test_section_authors_agency(page):
    gold, article = page
    assert list(article.section) == gold["section_path"]
    assert list(article.authors) == gold["authors"]
    assert article.agency == gold.get("agency")


def test_place(page):
    gold, article = page
    assert article.place == gold.get("dateline")


def test_dates(page):
    gold, article = page
    assert (article.published.value if article.published else None) == gold.get("published")
    assert (article.updated.value if article.updated else None) == gold["updated"]


def test_captions_with_credit(page):
    gold, article = page
    captions = [{"text": text} for text in texts(article, "caption")]
    for caption, credit in zip(captions, texts(article, "credit"), strict=True):
        caption["credit"] = credit_name(credit)
    assert captions == gold["captions"]


def test_related_titles(page):
    gold, article = page
    assert sorted(texts(article, "related")) == sorted(title for title, _ in gold["related"])


def test_nothing_else_is_in_the_text(page):
    gold, article = page
    body = "\n".join(
        article.text[block.start : block.end] for block in article.blocks if PART_OF_BLOCK.get(block.kind) == "body"
    )
    assert [words for words in gold["must_not_contain"] if words in body] == []


def test_blocks_lie_in_order_and_apart(page):
    _, article = page
    position = 0
    for block in article.blocks:
        assert position <= block.start < block.end
        assert article.text[position : block.start] in ("", "\n\n")
        position = block.end
    assert position == len(article.text)


def read_page(name):
    return read_article(Record(origin=name, content=(PAGES / name).read_bytes(), format="html"), words_of())


def test_the_table_page_has_six_paragraphs():
    article = read_page("p1_table2009.html")
    body = texts(article, "lead") + texts(article, "paragraph")
    assert len(body) == 6
    assert body[0].startswith("NATO and Russia agreed") and body[-1].startswith("Russia angrily pulled out")


def test_correction_and_quotation_are_told_apart():
    assert texts(read_page("p3_jsonld2022.html"), "correction") == [GOLD["p3_jsonld2022.html"]["correction"]]
    assert texts(read_page("p2_wp2015.html"), "quotation")[0].startswith("We condemn the attack on our citizens.")


def test_posts_of_a_live_blog_keep_their_headings():
    article = read_page("p5_liveblog.html")
    posts = GOLD["p5_liveblog.html"]["posts"]
    assert texts(article, "subheading") == [post["headline"] for post in posts]
    assert len(texts(article, "post")) == sum(post["paragraphs"] for post in posts)
    assert [(post.published, post.headline, post.authors) for post in article.posts] == [
        (post["time"], post["headline"], (post["author"],)) for post in posts
    ]


def test_only_the_spanish_page_is_refused():
    for name in GOLD:
        record = Record(origin=name, content=(PAGES / name).read_bytes(), format="html")
        if name == "p4_amp.html":
            with pytest.raises(NotEnglish, match=r"p4_amp\.html: in Spanish"):
                article_of(record)
        else:
            assert article_of(record).language == "en"


def test_related_titles_lead_somewhere(page):
    gold, article = page
    told = [[article.words(link.words), link.url] for link in article.related]
    assert told == [[title, urljoin(gold["url"], path)] for title, path in gold["related"]]


def test_kind(page):
    gold, article = page
    assert article.kind == {"liveblog": "live blog"}.get(gold.get("kind"), "article")
    assert (article.kind_because is None) == (article.kind == "article")
