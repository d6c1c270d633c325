"""The posts of live blogs, each with its own date."""

import json

import pytest

import detente
from detente.articles import article_of
from detente.model import Record

HEADLINE = "Grain talks live: Ankara says that the pact goes on"
POSTS = [
    (
        "2010-06-04T09:10:00Z",
        "Ankara: the pact goes on",
        "Turkey said on Friday that the pact goes on for another 120 days.",
    ),
    (
        "2010-06-03T21:40:00Z",
        "Kyiv sends an envoy",
        "Ukraine sent an envoy to Ankara yesterday, the ministry in Kyiv said late in the evening.",
    ),
    (
        "2010-06-03T08:00:00Z",
        "Moscow warns",
        "Russia warned that it would leave the pact unless its own exports go through the strait.",
    ),
]
DECLARED = {"@type": "LiveBlogPosting", "headline": HEADLINE, "datePublished": "2010-06-03T06:00:00Z"}


def page_of(body, **declared):
    data = json.dumps({**DECLARED, **declared})
    head = f"<head><script type='application/ld+json'>{data}</script></head>"
    return f"<html>{head}<body><h1>{HEADLINE}</h1>{body}</body></html>"


def read(body, **declared):
    return article_of(Record(origin="a.html", content=page_of(body, **declared).encode(), format="html"))


def boxed(time, heading, text, *, shows=True, tag="div"):
    shown = f"<time datetime='{time}'>{time[11:16]}</time>" if shows else ""
    more = "<p>More is not known so far, it said in its note.</p>"
    return f"<{tag} class='x'>{shown}<h3>{heading}</h3><p>{text}</p>{more}</{tag}>"


def told(article):
    return [(post.published, post.headline) for post in article.posts]


@pytest.mark.parametrize("tag", ["div", "article", "section", "li"])
def test_posts_in_boxes_of_their_own(tag):
    article = read("<div>" + "".join(boxed(*post, tag=tag) for post in POSTS) + "</div>")
    assert told(article) == [(time, heading) for time, heading, _ in POSTS]
    assert [text in article.words(post.words) for post, (_, _, text) in zip(article.posts, POSTS, strict=True)] == [
        True
    ] * 3


def test_what_stands_before_the_posts_is_none():
    intro = "<div><p>We tell here what comes of the talks on grain, from morning until late in the evening.</p></div>"
    article = read(intro + "<div>" + "".join(boxed(*post) for post in POSTS) + "</div>")
    assert told(article) == [(time, heading) for time, heading, _ in POSTS]


def test_times_that_only_machines_are_told():
    updates = [
        {"@type": "BlogPosting", "headline": heading, "datePublished": time, "author": {"name": "Ana Ruiz"}}
        for time, heading, _ in POSTS
    ]
    article = read("<div>" + "".join(boxed(*post, shows=False) for post in POSTS) + "</div>", liveBlogUpdate=updates)
    assert told(article) == [(time, heading) for time, heading, _ in POSTS]
    assert {post.authors for post in article.posts} == {("Ana Ruiz",)}


def test_a_post_without_a_heading_is_known_by_its_beginning():
    updates = [
        {"@type": "BlogPosting", "datePublished": time, "articleBody": f"{text} And more."} for time, _, text in POSTS
    ]
    body = "".join(
        f"<article><span>x</span><h3>{n} of 3</h3><p>{text}</p></article>" for n, (_, _, text) in enumerate(POSTS)
    )
    article = read(f"<div>{body}</div>", liveBlogUpdate=updates)
    assert told(article) == [(time, f"{n} of 3") for n, (time, _, _) in enumerate(POSTS)]


def test_posts_that_stand_in_one_box_begin_with_their_headings():
    body = "".join(
        f"<h3>{heading}</h3><p>{text}</p><p>More is not known so far, it said.</p>" for _, heading, text in POSTS
    )
    assert told(read(f"<div>{body}</div>")) == [(None, heading) for _, heading, _ in POSTS]


def test_an_article_has_no_posts():
    article = read("<div>" + "".join(boxed(*post) for post in POSTS) + "</div>", **{"@type": "NewsArticle"})
    assert article.posts == ()


def test_yesterday_is_the_day_before_the_post():
    page = read("<div>" + "".join(boxed(*post) for post in POSTS) + "</div>")
    assert page.date_at(page.text.index("yesterday")) == "2010-06-03T21:40:00Z"
    assert page.date_at(0) == "2010-06-03T06:00:00Z"


def test_a_report_from_a_post_is_dated_by_it():
    body = "<div>" + "".join(boxed(*post) for post in POSTS) + "</div>"
    reports = detente.code(page_of(body, datePublished="2010-06-01T06:00:00Z"), format="html")
    (sent,) = (report for report in reports if "envoy to Ankara yesterday" in report.text)
    assert (sent.time.start, sent.time.end) == ("2010-06-02", "2010-06-02")


def test_news_of_a_post_is_of_its_day():
    body = "<div>" + "".join(boxed(*post) for post in POSTS) + "</div>"
    reports = detente.code(page_of(body, datePublished="2010-05-20T06:00:00Z"), format="html")
    (warned,) = (report for report in reports if report.text.startswith("Russia warned"))
    assert (warned.standing, warned.time.start) == ("hypothetical", "2010-06-03")
