"""RSS, Atom and JSON Feed: from bytes to entries.

feed = parse_feed(content, "https://news.example/feed")
feed.entries[0].url
"""

from __future__ import annotations

from detente.records.entries import BadFeed, Entry, Feed
from detente.records.jsonfeed import read_json_feed
from detente.records.xmlfeed import read_xml_feed

__all__ = ["MAX_FEED", "BadFeed", "Entry", "Feed", "parse_feed"]

# Whole years of a blog with all their text come to some 8 MB.
MAX_FEED = 10 << 20


def parse_feed(content: bytes, url: str | None = None, charset: str | None = None) -> Feed:
    """The feed, as far as it can be read; `url` is where it was found, `charset` what the transport said.

    A feed without entries is one. Nothing that it names is fetched.

    Raises `BadFeed`, which says what the content is instead.
    """
    if len(content) > MAX_FEED:
        raise BadFeed(f"over {MAX_FEED >> 20} MB; no feed of articles is as long")
    start = content[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if not start and not content.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise BadFeed("empty; the server sent no feed")
    return (read_json_feed if start.startswith(b"{") else read_xml_feed)(content, url, charset)
