"""Sitemaps, news sitemaps, lists of sitemaps; and lists of feeds."""

import gzip

import pytest

from detente.records.opml import BadOpml, feeds_of_opml
from detente.records.sitemaps import BadSitemap, SitemapPage, parse_sitemap

NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://a.example/1 </loc><n:news>
<n:publication><n:name>Meridian</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2009-06-28T10:57+08:00</n:publication_date><n:title>Peru & Chile sign</n:title></n:news>
<lastmod>2009-06-29</lastmod></url><url><loc>javascript:x</loc></url><url><loc>https://a.example/2</loc></url></urlset>"""


def test_a_news_sitemap():
    first, second = parse_sitemap(NEWS).pages
    assert first == SitemapPage(
        url="https://a.example/1", modified="2009-06-29", published="2009-06-28T10:57+08:00",
        title="Peru & Chile sign", publication="Meridian", language="en",
    )  # fmt: skip
    assert second == SitemapPage(url="https://a.example/2")


def test_a_list_of_sitemaps():
    content = b"<sitemapindex><sitemap><loc>https://a.example/s.xml.gz</loc></sitemap></sitemapindex>"
    assert parse_sitemap(content).sitemaps == ("https://a.example/s.xml.gz",)


def test_a_text_of_addresses():
    pages = parse_sitemap(b"https://a.example/1\r\nhttps://a.example/2\nhttps://a.example/1\n").pages
    assert [page.url for page in pages] == ["https://a.example/1", "https://a.example/2"]


def test_packed():
    assert len(parse_sitemap(gzip.compress(NEWS)).pages) == 2


def test_a_fault_costs_one_page():
    content = NEWS.replace(b"<url><loc>javascript:x</loc></url>", b"<url><loc>https://a.example/3</loc><x></url>")
    assert [page.url[-1] for page in parse_sitemap(content).pages] == ["1", "3", "2"]


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"<!DOCTYPE html><html><body>x</body></html>", "an HTML page"),
        (b"<rss/>", "a feed, no sitemap"),
        (b"", "empty"),
        (b"Not found", "neither XML nor one address a line"),
        (b"<", "no XML"),
        (gzip.compress(NEWS, mtime=0)[:12] + b"x" * 30, "damaged gzip"),
        (gzip.compress(b"0" * (60 << 20), mtime=0), "over 50 MB"),
        (b"<urlset>" + b"<a>" * 300, "made to do harm"),
    ],
)
def test_says_what_it_is(content, reason):
    with pytest.raises(BadSitemap, match=reason):
        parse_sitemap(content)


def test_a_list_of_feeds():
    content = b"""<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="World"><outline type="rss"
    text="A &amp; B" xmlUrl="https://a.example/f"/><outline title="C" text="c" xmlurl="https://c.example/f"/></outline>
    <outline xmlUrl="https://a.example/f"/><outline xmlUrl="file:///etc/passwd"/></body></opml>"""
    assert feeds_of_opml(content) == (("https://a.example/f", "A & B"), ("https://c.example/f", "C"))


@pytest.mark.parametrize(
    "content, reason", [(b"<html/>", "<html>"), (b"", "empty"), (b"nothing", "no XML"), (b"<opml>" * 500, "harm")]
)
def test_what_is_no_list_of_feeds(content, reason):
    with pytest.raises(BadOpml, match=reason):
        feeds_of_opml(content)
