"""RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from detente.model import id_of
from detente.records.addresses import web_address
from detente.records.entries import BadFeed, Entry, Feed
from detente.records.markup import BadMarkup, Node, escaped, read_markup
from detente.records.moments import iso_of

UNITS = ("item", "entry")
FIELDS = (
    "title", "link", "guid", "id", "pubDate", "dc:date", "published", "issued", "updated", "modified", "description",
    "summary", "content:encoded", "content", "author", "dc:creator", "feedburner:origLink",
)  # fmt: skip
"""What is cut out of an entry that is broken."""

_INSTEAD = {
    "html": "an HTML page, no feed", "head": "an HTML page, no feed", "body": "an HTML page, no feed",
    "urlset": "a sitemap, no feed", "sitemapindex": "a list of sitemaps, no feed",
    "opml": "a list of feeds (OPML), no feed",
}  # fmt: skip
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_PAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[/a-zA-Z!][^<>]*>")
_MAIL_AND_NAME = re.compile(r"[^\s@()]{1,100}@[^\s@()]{1,200}\s*\((.{1,200})\)")


def read_xml_feed(content: bytes, url: str | None, charset: str | None) -> Feed:
    """The feed, as far as it can be read.

    Raises `BadFeed`.
    """
    if _PAGE.match(content[:4000].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")):
        raise BadFeed("an HTML page, no feed; the feed's address may have changed, look for it on the page")
    root = _root(content, charset)
    if root.name == "redirect":
        moved = web_address(root.text("newlocation"), url)
        return Feed(kind="rss", moved_to=moved)
    return _atom(root, url) if root.name == "feed" else _rss(root, url)


def _root(content: bytes, charset: str | None) -> Node:
    try:
        tree = read_markup(content, charset=charset, units=UNITS, fields=FIELDS)
        root = next(tree.children, None)
        if root is None or _plain(root.name) not in _KNOWN:
            # Warnings of the server's own programs stand before some feeds.
            start = _ROOT.search(content[:65536])
            if start and start.start():
                tree = read_markup(content[start.start() :], charset=charset, units=UNITS, fields=FIELDS)
                root = next(tree.children, root)
    except BadMarkup as fault:
        raise BadFeed(str(fault)) from None
    if root is None:
        raise BadFeed(f"no XML: it begins with {_beginning(content)}")
    root.name = _plain(root.name)
    if root.name not in _KNOWN:
        raise BadFeed(_INSTEAD.get(root.name, f"XML that is no feed: its first element is <{root.name[:40]}>"))
    # Whatever follows the root or lost it belongs to it.
    for other in list(tree.children)[1:]:
        root.inside.append(other)
    return root


_KNOWN = ("rss", "feed", "rdf", "channel", "redirect")


def _plain(name: str) -> str:
    return name.rpartition(":")[2]


def _beginning(content: bytes) -> str:
    shown = "".join(c if c.isprintable() else " " for c in content[:200].decode("utf-8", "replace")).split()
    return f"“{' '.join(shown)[:60]}”"


def _atom(root: Node, url: str | None) -> Feed:
    for node in root.below("atom:entry"):
        node.name = "entry"
    _drop_prefix(root)
    base = _base(root, url)
    own = next(_links(root, "self", base), None)
    site = next(_links(root, "alternate", base), None)
    base = base or own or site
    authors = _authors(root)
    return Feed(
        kind="atom",
        title=_title(root.first("title")),
        url=own,
        site=site,
        language=root.attributes.get("xml:lang"),
        entries=tuple(_atom_entry(entry, base, authors) for entry in root.below("entry")),
        ttl=_ttl(root),
        moved_to=web_address(root.text("itunes:new-feed-url"), base),
    )


def _drop_prefix(root: Node) -> None:
    """ "atom:title" is "title", in the feed and its entries; what lies deeper is HTML."""
    for parent in (root, *root.below("entry")):
        for child in parent.children:
            child.name = child.name.removeprefix("atom:")
            if child.name == "author":
                for part in child.children:
                    part.name = part.name.removeprefix("atom:")


def _atom_entry(entry: Node, base: str | None, authors: tuple[str, ...]) -> Entry:
    base = _base(entry, base)
    url = web_address(entry.text("feedburner:origlink"), base) or next(_links(entry, "alternate", base), None)
    title = _title(entry.first("title"))
    content, text = _atom_content(entry.first("content"))
    summary = _html(entry.first("summary"))
    return Entry(
        id=entry.text("id") or url or id_of(title, summary, content, text),
        url=url,
        title=title,
        published=_moment(entry, "published", "issued", "created", "dc:date"),
        updated=_moment(entry, "updated", "modified", "dcterms:modified"),
        summary=summary,
        content=content,
        text=text,
        authors=_authors(entry) or authors,
    )


def _atom_content(node: Node | None) -> tuple[str | None, str | None]:
    """HTML, or plain text; what is neither (an image in base 64) is none."""
    if node is None or "src" in node.attributes:
        return None, None
    kind = node.attributes.get("type", "").strip().lower()
    if kind in ("", "text", "text/plain"):
        # Many that say nothing of the type send HTML.
        words = node.words
        return (words, None) if _TAG.search(words[:5000]) else (None, words or None)
    if "html" in kind:
        return _html(node), None
    return None, None


def _rss(root: Node, url: str | None) -> Feed:
    channel = root.first("channel") or root
    base = _base(channel, _base(root, url))
    own = next((web_address(link.attributes.get("href"), base) for link in channel.all("atom:link")
                if link.attributes.get("rel", "") == "self"), None)  # fmt: skip
    site = web_address(channel.text("link"), base)
    base = base or own or site
    return Feed(
        kind="rss",
        title=_title(channel.first("title")),
        url=own,
        site=site,
        language=channel.text("language", "dc:language") or root.attributes.get("xml:lang"),
        entries=tuple(_rss_entry(item, base) for item in root.below("item", "entry")),
        ttl=_ttl(channel),
        moved_to=web_address(channel.text("itunes:new-feed-url", "newlocation"), base),
    )


def _rss_entry(item: Node, base: str | None) -> Entry:
    base = _base(item, base)
    guid = item.first("guid")
    identity = (guid.words if guid else None) or item.text("id", "atom:id") or item.attributes.get("rdf:about")
    url = (
        web_address(item.text("feedburner:origlink"), base)
        or web_address(item.text("link"), base)
        or next(_links(item, "alternate", base), None)
        or (_permanent(guid) if guid else None)
    )
    title = _title(item.first("title"))
    summary = _html(item.first("description", "summary", "atom:summary"))
    content = _html(item.first("content:encoded", "atom:content", "content", "body"))
    return Entry(
        id=identity or url or id_of(title, summary, content),
        url=url,
        title=title,
        published=_moment(item, "pubdate", "dc:date", "dcterms:issued", "atom:published", "published"),
        updated=_moment(item, "dcterms:modified", "atom:updated", "updated"),
        summary=summary,
        content=content,
        authors=_authors(item),
    )


def _permanent(guid: Node) -> str | None:
    return web_address(guid.words) if guid.attributes.get("isPermaLink", "true").lower() != "false" else None


def _base(node: Node, base: str | None) -> str | None:
    return web_address(node.attributes.get("xml:base"), base) or base


def _links(node: Node, rel: str, base: str | None) -> Iterator[str]:
    """The addresses of a relation, those of HTML pages first."""
    links = [link for link in node.all("link", "atom:link") if link.attributes.get("rel", "alternate") == rel]
    links.sort(key=lambda link: "html" not in link.attributes.get("type", "html"))
    for link in links:
        if address := web_address(link.attributes.get("href"), _base(link, base)):
            yield address


def _moment(node: Node, *names: str) -> str | None:
    return next((moment for name in names for found in node.all(name) if (moment := iso_of(found.words))), None)


def _title(node: Node | None) -> str | None:
    """A headline has no tags, and its entities are often escaped twice."""
    if node is None:
        return None
    words = html.unescape(_TAG.sub("", node.words))
    return " ".join(words.split()) or None


def _html(node: Node | None) -> str | None:
    if node is None:
        return None
    if node.attributes.get("type", "").strip().lower() in ("text", "text/plain"):
        return escaped(node.words) or None
    if next(node.children, None) is None:
        return node.words or None
    return node.markup or None


def _authors(node: Node) -> tuple[str, ...]:
    """The names, without the addresses that RSS asks for: "desk@news.example (Nisa Rattana)"."""
    names: list[str] = []
    for found in node.all("author", "dc:creator"):
        words = found.text("name", "atom:name") or found.words
        match = _MAIL_AND_NAME.fullmatch(words[:400])
        name = " ".join(_TAG.sub("", match[1] if match else words[:400]).split())
        if name and "@" not in name and name not in names:
            names.append(name)
    return tuple(names)


_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}


def _ttl(channel: Node) -> int | None:
    minutes = channel.text("ttl")
    if minutes and minutes.isdecimal() and len(minutes) < 8:
        return int(minutes) or None
    period = _PERIODS.get((channel.text("sy:updateperiod") or "").lower())
    often = channel.text("sy:updatefrequency") or "1"
    if period is None or not often.isdecimal() or len(often) > 4 or int(often) == 0:
        return None
    return max(1, period // int(often))
