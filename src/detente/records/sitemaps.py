"""Sitemaps and news sitemaps: the addresses that a site lists, with what it says of them."""

from __future__ import annotations

import zlib

from msgspec import Struct

from detente.charsets import decoded
from detente.records.addresses import web_address
from detente.records.markup import BadMarkup, Node, read_markup
from detente.records.moments import iso_of

# What the protocol allows (sitemaps.org): 50 MB, 50,000 addresses.
MAX_SITEMAP = 50 << 20
MAX_PAGES = 50_000

_FIELDS = ("loc", "lastmod", "news:publication_date", "news:title", "news:name", "news:language")


class SitemapPage(Struct, frozen=True, kw_only=True):
    """A page that a sitemap lists; all but the address is what news sitemaps add."""

    url: str
    modified: str | None = None
    """ISO 8601."""
    published: str | None = None
    """ISO 8601."""
    title: str | None = None
    publication: str | None = None
    """The outlet's name."""
    language: str | None = None


class Sitemap(Struct, frozen=True, kw_only=True):
    """The pages that a site lists, and the further sitemaps that an index names."""

    pages: tuple[SitemapPage, ...] = ()
    sitemaps: tuple[str, ...] = ()


class BadSitemap(ValueError):
    """What is no sitemap; the message says what it is instead."""


def parse_sitemap(content: bytes) -> Sitemap:
    """A sitemap, a news sitemap, an index of sitemaps, or a text with one address a line; also gzipped.

    Raises `BadSitemap`.
    """
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    if len(content) > MAX_SITEMAP:
        raise BadSitemap(f"over {MAX_SITEMAP >> 20} MB, which the protocol forbids")
    start = content[:1000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not start:
        raise BadSitemap("empty; the server sent no sitemap")
    return _of_xml(content) if start.startswith(b"<") else _of_lines(content, start)


def _unpacked(content: bytes) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        return unpacker.decompress(content, MAX_SITEMAP + 1)
    except zlib.error as fault:
        raise BadSitemap(f"damaged gzip ({fault}); fetch it again") from None


def _of_lines(content: bytes, start: bytes) -> Sitemap:
    lines = decoded(content).split()[: MAX_PAGES + 1]
    urls = list(dict.fromkeys(url for line in lines if (url := web_address(line))))[:MAX_PAGES]
    if len(urls) * 2 < len(lines):
        shown = start[:60].decode("utf-8", "replace")
        raise BadSitemap(f"neither XML nor one address a line: it begins with “{shown}”")
    return Sitemap(pages=tuple(SitemapPage(url=url) for url in urls))


def _of_xml(content: bytes) -> Sitemap:
    try:
        tree = read_markup(content, charset=None, units=("url", "sitemap"), fields=_FIELDS)
    except BadMarkup as fault:
        raise BadSitemap(str(fault)) from None
    root = next(tree.children, None)
    if root is None or root.name.rpartition(":")[2] not in ("urlset", "sitemapindex"):
        raise BadSitemap(_instead(root))
    pages = [page for node in tree.below("url") if (page := _page(node))][:MAX_PAGES]
    maps = (web_address(node.text("loc")) for node in tree.below("sitemap"))
    return Sitemap(pages=tuple(pages), sitemaps=tuple(dict.fromkeys(url for url in maps if url))[:MAX_PAGES])


def _page(node: Node) -> SitemapPage | None:
    url = web_address(node.text("loc"))
    if url is None:
        return None
    news = node.first("news:news") or node
    publication = news.first("news:publication") or news
    return SitemapPage(
        url=url,
        modified=iso_of(node.text("lastmod")),
        published=iso_of(news.text("news:publication_date")),
        title=news.text("news:title"),
        publication=publication.text("news:name"),
        language=publication.text("news:language"),
    )


def _instead(root: Node | None) -> str:
    name = root.name.rpartition(":")[2] if root else ""
    known = {"html": "an HTML page, no sitemap", "rss": "a feed, no sitemap", "feed": "a feed, no sitemap"}
    return known.get(name, f"XML that is no sitemap: its first element is <{name[:40]}>" if name else "no XML")
