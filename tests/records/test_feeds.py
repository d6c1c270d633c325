"""Feeds as they are found: right ones in every dialect, broken ones as far as they go, and what is none."""

import json
import time

import pytest

from detente.records.feeds import MAX_FEED, BadFeed, Entry, parse_feed

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)
ITEM = """<item><title>Peru &amp;amp; Chile &lt;b&gt;sign&lt;/b&gt;</title><link>/1?a=1&amp;b=2</link><guid>g1</guid>
<pubDate>Mon, 06 Sep 2010 00:01:00 +0800</pubDate><dc:creator>Nisa Rattana</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>Peru & Chile signed.</p>]]></content:encoded></item>"""


def rss(items=ITEM, channel="<title>Meridian</title><link>https://news.example/</link>"):
    return f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>{channel}{items}</channel></rss>'.encode()


def titles(content, **options):
    return [entry.title for entry in parse_feed(content, **options).entries]


class TestDialects:
    def test_rss(self):
        feed = parse_feed(rss(), "https://news.example/feed")
        assert (feed.kind, feed.title, feed.site) == ("rss", "Meridian", "https://news.example/")
        assert feed.entries == (
            Entry(
                id="g1", url="https://news.example/1?a=1&b=2", title="Peru & Chile sign",
                published="2010-09-06T00:01:00+08:00", summary="Short.", content="<p>Peru & Chile signed.</p>",
                authors=("Nisa Rattana",),
            ),
        )  # fmt: skip

    def test_rss_says_where_it_is_how_often_it_changes_and_that_it_moved(self):
        feed = parse_feed(
            rss("", '<atom:link rel="self" href="/f"/><ttl>15</ttl><language>en-gb</language>'
                    "<itunes:new-feed-url>https://new.example/f</itunes:new-feed-url>"), "https://news.example/feed",
        )  # fmt: skip
        assert (feed.url, feed.ttl, feed.moved_to) == ("https://news.example/f", 15, "https://new.example/f")
        assert (feed.language, feed.entries) == ("en-gb", ())

    def test_the_period_of_updates_stands_for_a_ttl(self):
        channel = "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
        assert parse_feed(rss("", channel)).ttl == 15

    def test_rdf(self):
        feed = parse_feed(
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            b'xmlns:d="http://purl.org/dc/elements/1.1/"><channel><title>M</title></channel>'
            b'<item rdf:about="http://a.example/1"><title>T</title><link>http://a.example/1</link>'
            b"<d:date>2009-06-28</d:date></item></rdf:RDF>"
        )
        (entry,) = feed.entries
        assert (entry.id, entry.title, entry.published) == ("http://a.example/1", "T", "2009-06-28")

    @pytest.mark.parametrize("prefix", ["", "a:"])
    def test_atom(self, prefix):
        told = (
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="http://b.example/d/"><title>M</title>'
            '<link rel="self" href="/atom"/><link href="/"/><author><name>Desk</name></author>'
            '<entry xml:base="e/"><id>tag:b,1</id><title type="html">Peru &amp;lt;b&gt;x</title><link href="1"/>'
            "<published>2009-06-28T10:57Z</published><updated>2009-06-28T11:57:01.5+08:00</updated>"
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A &amp; <b>c</b></p></div></content>'
            "</entry></feed>"
        )
        if prefix:
            for name in ("feed", "title", "link", "author", "name", "entry", "id", "published", "updated", "content"):
                told = told.replace(f"<{name}", f"<a:{name}").replace(f"</{name}>", f"</a:{name}>")
            told = told.replace('xmlns="http://www.w3.org/2005', 'xmlns:a="http://www.w3.org/2005')
        feed = parse_feed(told.encode())
        assert (feed.kind, feed.url, feed.site) == ("atom", "http://b.example/atom", "http://b.example/")
        (entry,) = feed.entries
        assert (entry.id, entry.url, entry.authors) == ("tag:b,1", "http://b.example/d/e/1", ("Desk",))
        assert (entry.published, entry.updated) == ("2009-06-28T10:57+00:00", "2009-06-28T11:57:01+08:00")
        assert entry.content == "<div><p>A &amp; <b>c</b></p></div>"

    def test_atom_text(self):
        content = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>A &lt; B</content></entry></feed>'
        (entry,) = parse_feed(content).entries
        assert (entry.text, entry.content) == ("A < B", None)

    def test_json(self):
        told = {
            "version": "https://jsonfeed.org/version/1.1", "title": "M", "feed_url": "https://j.example/f",
            "items": [{"id": 7, "url": "/1", "title": "T", "content_html": "<p>x</p>", "content_text": "x",
                       "date_published": "2009-06-28T10:57:00+08:00", "authors": [{"name": "N"}]}, "nonsense"],
        }  # fmt: skip
        feed = parse_feed(json.dumps(told).encode())
        (entry,) = feed.entries
        assert entry == Entry(
            id="7", url="https://j.example/1", title="T", content="<p>x</p>", text="x",
            published="2009-06-28T10:57:00+08:00", authors=("N",),
        )  # fmt: skip

    def test_half_a_character_in_json_costs_that_character(self):
        assert titles(b'{"items": [{"title": "Chad\\ud83d votes"}]}') == ["Chad\ufffd votes"]


class TestBroken:
    """Read as far as it goes: the fault costs what it must and no more."""

    def items(self, middle):
        def item(title):
            return f"<item><title>{title}</title><link>http://a.example/{title}</link></item>"

        return rss(item("first") + middle + item("last"))

    @pytest.mark.parametrize(
        "middle, title",
        [
            # HTML that nobody escaped
            ("<item><title>mid</title><description><br><p>x</description></item>", "mid"),
            # never closed
            ("<item><title>mid</title>", "mid"),
            # a bare ampersand, entities of HTML and of nobody
            ("<item><title>A & B&nbsp;&rsquo;s &bogus;</title></item>", "A & B ’s &bogus;"),
            # characters that XML forbids, written out and referred to
            ("<item><title>m\0i\x0bd&#0;&#x1f;</title></item>", "mid"),
            # a prefix that nobody declared
            ("<item><title>mid</title><what:ever>x</what:ever></item>", "mid"),
            # tags crossed
            ("<item><title>mid</title><b><i>x</b></i></item>", "mid"),
            # a cut tag
            ("<item><title>mid</title><descr <link</item>", "mid"),
        ],
    )
    def test_a_fault_in_an_entry(self, middle, title):
        assert titles(self.items(middle)) == ["first", title, "last"]

    def test_cut_off(self):
        content = rss(ITEM + ITEM.replace("g1", "g2"))
        feed = parse_feed(content[: content.rindex(b"Peru & Chile signed") + 6])
        assert [entry.id for entry in feed.entries] == ["g1", "g2"]

    def test_what_a_cut_left_of_the_text_stands(self):
        content = rss()
        (entry,) = parse_feed(content[: content.rindex(b" signed")]).entries
        assert entry.title == "Peru & Chile sign" and entry.content is None

    def test_warnings_before_it(self):
        assert titles(b"<br />\n<b>Warning</b>: no such table in <b>x.php</b>\n" + rss()) == ["Peru & Chile sign"]

    @pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_wide_characters(self, charset):
        content = rss(ITEM.replace("sign", "s\u012bgn")).decode().encode(charset)
        assert titles(content) == ["Peru & Chile s\u012bgn"]

    @pytest.mark.parametrize(
        "declared, told, real",
        [
            # valid UTF-8 is UTF-8, whatever the server and the feed say
            ("iso-8859-1", "windows-1251", "utf-8"),
            ("utf-8", None, "cp1252"),
            ("utf-8", "utf-8", "cp1252"),
            ("koi8-r", None, "koi8-r"),
            ("base64", "no-such", "cp1252"),
        ],
    )
    def test_wrong_charsets(self, declared, told, real):
        word = "мир" if real == "koi8-r" else "Zürich"
        content = f'<?xml version="1.0" encoding="{declared}"?><rss><item><title>{word}</title></item></rss>'
        assert titles(content.encode(real), charset=told) == [word]

    @pytest.mark.parametrize(
        "link",
        ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[::1", "", "http://", "x" * 9000],
    )
    def test_an_address_that_is_none(self, link):
        (entry,) = parse_feed(rss(f"<item><title>T</title><link>{link}</link></item>"), "http://a.example/").entries
        assert entry.url in (None, "http://a.example/")

    def test_ids_are_there_and_stay(self):
        items = "<item><title>A</title></item><item><title>B</title></item>"
        first, second = parse_feed(rss(items)).entries
        assert first.id != second.id
        assert [first.id, second.id] == [entry.id for entry in parse_feed(rss(items)).entries]

    @pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "99/99/9999", "2009-13-45", ""])
    def test_a_date_that_is_none(self, date):
        assert parse_feed(rss(f"<item><title>T</title><pubDate>{date}</pubDate></item>")).entries[0].published is None


class TestNoFeed:
    @pytest.mark.parametrize(
        "content, reason",
        [
            (b"<!DOCTYPE html><html><head><title>Moved</title>", "an HTML page, no feed"),
            ("<html><body>x".encode("utf-16"), "an HTML page, no feed"),
            (b"", "empty"),
            (b"\xef\xbb\xbf\0\0 \n", "empty"),
            (b"Not found", "no XML: it begins with “Not found”"),
            (b"\x89PNG\r\n\x1a\n\0\0", "no XML"),
            (b"<urlset><url/></urlset>", "a sitemap"),
            (b"<opml/>", "OPML"),
            (b"<svg/>", "its first element is <svg>"),
            (b'{"error": 1}', 'it has no list "items"'),
            (b"{nonsense", "neither XML nor JSON"),
            (b'{"items":' + b"[" * 100_000, "nested too deep"),
            (b" " * (MAX_FEED + 1), "over 10 MB"),
        ],
    )
    def test_says_what_it_is(self, content, reason):
        with pytest.raises(BadFeed, match=reason.replace("(", r"\(")):
            parse_feed(content)

    def test_a_feed_without_entries_is_one(self):
        assert parse_feed(rss("")).entries == ()


class TestHarm:
    def test_entities_are_not_expanded_and_files_not_read(self, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("the secret")
        laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
        prolog = (
            f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}'
            f'<!ENTITY s SYSTEM "file://{secret}">]>'
        )  # fmt: skip
        content = prolog.encode() + rss("<item><title>A &l12; &s; B</title></item>").removeprefix(
            b'<?xml version="1.0"?>'
        )
        assert titles(content) == ["A &l12; &s; B"]

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"<rss><item><author>" + b"a" * 2_000_000, id="an author without end"),
            pytest.param(b"<a " * 1_000_000, id="tags without end"),
            pytest.param(b"<rss><channel>" + b"<item>" * 300_000, id="entries in entries"),
            pytest.param(b"<rss>" + b"<item><" * 300_000, id="a fault in each entry"),
            pytest.param(b"<rss><item><title>" + b"<b>" * 350_000, id="nested tags"),
            pytest.param(b"<rss><item>" + b"<br/>" * 350_000, id="tags by the million"),
            pytest.param(b"<rss " + b"".join(b'a%d="b" ' % n for n in range(100_000)), id="attributes"),
            pytest.param(b"<rss><![CDATA[]]>" + b"<![CDATA[" * 200_000, id="sections without end"),
            pytest.param(b"<!DOCTYPE x [" * 100_000, id="doctypes"),
            pytest.param(b"<rss><!--" * 200_000, id="comments"),
            pytest.param(b"<rss><item><title>" + b"&" * 1_000_000, id="ampersands"),
        ],
    )
    def test_costs_seconds_at_most(self, content):
        before = time.process_time()
        try:
            parse_feed(content)
        except BadFeed as refusal:
            assert str(refusal)
        assert time.process_time() - before < 10
