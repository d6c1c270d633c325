"""Feeds that were saved, and lists that hold no news."""

import gzip

import pytest

from detente.model import Record
from detente.records import read

RSS = (
    '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Meridian</title>'
    "<item><title>T</title><link>https://a.example/1</link><guid>g1</guid>"
    "<pubDate>Sun, 28 Jun 2009 10:57:00 GMT</pubDate>"
    "<content:encoded>&lt;p&gt;Whole.&lt;/p&gt;</content:encoded></item>"
    "<item><title>U</title><link>https://a.example/2</link><description>Short.</description></item>"
    f"<item><title>V</title><description>{'A whole story. ' * 40}</description></item></channel></rss>"
)


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a", "a.xml.gz"])
def test_an_entry_with_its_text_is_a_record(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(gzip.compress(RSS.encode()) if name.endswith("gz") else RSS.encode())
    first, second, third = read(path)
    assert first == Record(
        origin=f"{path}:1", content=b"<p>Whole.</p>", format="html", charset="utf-8", key="g1",
        url="https://a.example/1", headline="T", publisher="Meridian", listed="2009-06-28T10:57:00+00:00",
    )  # fmt: skip
    assert "does not hold it (https://a.example/2); `detente watch` reads feeds live" in second.reason
    assert third.headline == "V" and third.content.startswith(b"A whole story.")


def test_json(tmp_path):
    entry = '{"id": "1", "content_text": "NATO, Russia agree"}'
    told = '{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": [' + entry + "]}"
    (tmp_path / "feed.json").write_text(told)
    (record,) = read(tmp_path / "feed.json")
    assert (record.content, record.format, record.key) == (b"NATO, Russia agree", "text", "1")


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("a.xml", "<urlset><url><loc>http://a.example/1</loc></url></urlset>", "lists the addresses of 1 page "),
        ("a", "<sitemapindex><sitemap><loc>http://a.example/s</loc></sitemap></sitemapindex>", "of 1 sitemap "),
        ("a.opml", '<opml><body><outline xmlUrl="http://a.example/f"/></body></opml>', "a list of 1 feed ("),
        ("a", '<?xml version="1.0"?>\n<!-- x --><opml><body/></opml>', "a list of no feeds"),
        ("a.xml", "<svg/>", "neither feed nor sitemap"),
        ("a.rss", "<html><body>404</body></html>", "an HTML page, no feed"),
        ("a.rss", "", "empty"),
        ("a.rss", "<rss><channel/></rss>", "a feed without entries"),
    ],
)
def test_what_holds_no_news_says_what_it_is(tmp_path, name, content, reason):
    (tmp_path / name).write_text(content)
    (only,) = read(tmp_path / name)
    assert reason in only.reason
