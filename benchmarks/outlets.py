"""Outlets on loopback that publish articles in feeds of every kind, and do what servers on the internet do."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

# A reader that was down or put off for some minutes must still find in the feed what it missed.
WINDOW = 150

ACTS = (
    "{a} expelled two envoys of {b} on Monday after a dispute over the border.",
    "{a} and {b} agreed on Tuesday to resume talks on trade.",
    "{a} accused {b} on Wednesday of sending arms to rebels.",
    "{a} sent food and medicine to {b} after the floods, officials said.",
    "Troops of {a} shelled a village in {b} on Thursday, killing 12 people.",
    "{a} imposed sanctions on banks of {b}, the ministry said.",
)
STATES = ("Peru", "Chile", "Chad", "Togo", "Norway", "Thailand", "Cambodia", "Georgia", "Poland", "Kenya", "Mali")


BACKGROUND = (
    "It was the third such step this year, and diplomats in the region said that it had been expected for weeks. "
    "Newspapers in the capital gave it little room, for most of them had filled their pages with the floods."
)


@dataclass
class Article:
    """One article of an outlet; its version grows when it is corrected."""

    outlet: str
    number: int
    published: float
    version: int = 1
    updated: float | None = None

    @property
    def mark(self) -> str:
        """By which it is found again in the store."""
        return f"{self.outlet}-{self.number} version {self.version}"

    @property
    def headline(self) -> str:
        """A headline that no other article has."""
        return f"{self._say(0)[:-1]}, paper {self.number} of {self.outlet} says"

    @property
    def text(self) -> list[str]:
        """Its paragraphs."""
        told = [self._say(n) for n in range(3)]
        number = f"The statement bears the number {self.mark}, the clerk of the ministry told reporters in the capital."
        return [told[0] + " " + number, f"{told[1]} {BACKGROUND}", f"{told[2]} {BACKGROUND}"]

    def _say(self, n: int) -> str:
        chance = random.Random(f"{self.outlet}/{self.number}/{n}")
        a, b = chance.sample(STATES, 2)
        return chance.choice(ACTS).format(a=a, b=b)

    @property
    def html(self) -> str:
        """The article without its page."""
        return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.text)

    @property
    def page(self) -> bytes:
        """Its page; the clock in the frame makes every fetching differ, as advertisements do."""
        stamp = datetime.fromtimestamp(self.published, UTC).isoformat(timespec="seconds")
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(self.headline)}</title>'
            f'<meta property="article:published_time" content="{stamp}"></head><body><nav><a href="/">Home</a></nav>'
            f"<article><h1>{escape(self.headline)}</h1>{self.html}</article><footer>Page made at {time.time()}</footer>"
            "</body></html>"
        ).encode()


@dataclass
class Outlet:
    """A server with a feed. `faults` are of: errors, slow, moves, garbage, same-ids, redirects, no-pages, closed."""

    name: str
    kind: str = "rss"
    faults: frozenset[str] = frozenset()
    borrows: Outlet | None = None
    """Its feed lists this outlet's pages, too."""
    calm: bool = False
    """From now on no faults."""
    articles: list[Article] = field(default_factory=list)
    asked: list[tuple[float, float, str, int]] = field(default_factory=list)
    """Begin, end, path and status of each request."""

    def __post_init__(self) -> None:
        self._chance = random.Random(self.name)
        self._tries: dict[str, int] = {}
        self._has_moved = False
        outlet = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outlet.answer(self)

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.feed_url = f"{self.url}/feed"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # -- What happens in its newsroom ---------------------------------------------------------------------------------

    def publish(self, now: float | None = None) -> Article:
        """A new article."""
        made = Article(self.name, len(self.articles) + 1, now or time.time())
        self.articles.append(made)
        return made

    def correct(self) -> Article | None:
        """A recent article gets a new version."""
        recent = self.articles[-30:]
        if not recent:
            return None
        chosen = self._chance.choice(recent)
        chosen.version += 1
        chosen.updated = time.time()
        return chosen

    def move(self) -> None:
        """The feed has a new address from now on."""
        self._has_moved = True

    # -- What its server does -----------------------------------------------------------------------------------------

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """One request."""
        begun, status = time.monotonic(), 0
        try:
            status = self._answered(handler)
        except OSError:  # whoever asked is gone
            pass
        finally:
            self.asked.append((begun, time.monotonic(), handler.path, status))

    def _answered(self, handler: BaseHTTPRequestHandler) -> int:
        path = handler.path.partition("?")[0]
        if path == "/robots.txt":
            return self._robots(handler)
        if not self.calm and (status := self._misbehaves(handler, path)):
            return status
        if path == "/feed" and self._has_moved:
            return send(handler, 301, b"", {"Location": "/new-feed"})
        if path in ("/feed", "/new-feed"):
            return self._send_feed(handler)
        if path.startswith("/go/"):
            return send(handler, 302, b"", {"Location": f"/page/{path[4:]}?utm_source=feed"})
        if path.startswith("/page/") and "no-pages" not in self.faults:
            number = int(path[6:])
            if number <= len(self.articles):
                return send(handler, 200, self.articles[number - 1].page, {"Content-Type": "text/html; charset=utf-8"})
        return send(handler, 404, b"no such page", {})

    def _robots(self, handler: BaseHTTPRequestHandler) -> int:
        self._tries["robots"] = self._tries.get("robots", 0) + 1
        if "errors" in self.faults and not self.calm and self._tries["robots"] == 1:
            return send(handler, 404, b"", {})
        closed = b"User-agent: *\nDisallow: /page/\n" if "closed" in self.faults else b"User-agent: *\nDisallow: /x/\n"
        return send(handler, 200, closed, {"Content-Type": "text/plain"})

    def _misbehaves(self, handler: BaseHTTPRequestHandler, path: str) -> int | None:
        """The first one or two requests for a page of an outlet with faults fail; of those for its feed, a fifth."""
        if not self.faults & {"errors", "slow", "garbage"}:
            return None
        tries = self._tries[path] = self._tries.get(path, 0) + 1
        is_feed = "feed" in path
        most = random.Random(f"{self.name}{path}").choice((0, 0, 0, 0, 1, 2))
        if tries > most if not is_feed else self._chance.random() > 0.2:
            return None
        if "slow" in self.faults and self._chance.random() < 0.3:
            return self._drip(handler)
        if "garbage" in self.faults and is_feed:
            return send(handler, 200, self._chance.choice(GARBAGE), {"Content-Type": "application/rss+xml"})
        if "errors" in self.faults and self._chance.random() < 0.3:
            return send(handler, 503, b"", {"Retry-After": "15"})
        if "errors" in self.faults and self._chance.random() < 0.3:
            handler.connection.shutdown(socket.SHUT_RDWR)
            return 0
        return send(handler, 500, b"we are sorry", {})

    def _drip(self, handler: BaseHTTPRequestHandler) -> int:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(90):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(1)
        return 200

    def _send_feed(self, handler: BaseHTTPRequestHandler) -> int:
        body = FEEDS[self.kind](self)
        etag = f'"{hash(body)}"'
        if handler.headers.get("If-None-Match") == etag:
            return send(handler, 304, None, {"ETag": etag})
        return send(handler, 200, body, {"ETag": etag, "Content-Type": "application/xml"})

    def listed(self) -> list[tuple[str, str, Article]]:
        """Id, address and article of each entry."""
        own = [(self._id(article), self.link(article), article) for article in self.articles[-WINDOW:]]
        lent = self.borrows.articles[-WINDOW:] if self.borrows else []
        borrowed = [(f"lent-{one.number}", self.borrows.link(one), one) for one in lent if self.borrows]
        return own + borrowed

    def _id(self, article: Article) -> str:
        return "the-same-for-all" if "same-ids" in self.faults else f"{self.name}:{article.number}"

    def link(self, article: Article) -> str:
        """The address that the feed gives."""
        return f"{self.url}/{'go' if 'redirects' in self.faults else 'page'}/{article.number}?utm_source=rss"


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes | None, headers: dict[str, str]) -> int:
    """An answer."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if body is not None:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body or b"")
    return status


GARBAGE = (
    b"", b"\0\1\2\3" * 500, b"<html><body><h1>Please log in</h1></body></html>", b"<rss><channel>",
    b"We'll be right back",
)  # fmt: skip


def _rss(outlet: Outlet) -> bytes:
    items = "".join(
        f'<item><guid isPermaLink="false">{id}</guid><link>{escape(link)}</link>'
        f"<title>{escape(article.headline)}</title>"
        f"<pubDate>{format_datetime(datetime.fromtimestamp(article.published, UTC))}</pubDate>"
        f"<description>{escape(article.html if 'no-pages' in outlet.faults else article.text[0])}</description></item>"
        for id, link, article in outlet.listed()
    )
    return f"<rss version='2.0'><channel><title>{outlet.name} news</title>{items}</channel></rss>".encode()


def _atom(outlet: Outlet) -> bytes:
    items = "".join(
        f"<entry><id>{id}</id><link href='{escape(link)}'/><title>{escape(article.headline)}</title>"
        f"<published>{_iso(article.published)}</published>"
        f"<updated>{_iso(article.updated or article.published)}</updated>"
        f"<content type='html'>{escape(article.html if 'closed' in outlet.faults else '')}</content></entry>"
        for id, link, article in outlet.listed()
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{outlet.name} news</title>{items}</feed>".encode()


def _json(outlet: Outlet) -> bytes:
    items = [
        {
            "id": id, "url": link, "title": article.headline, "date_published": _iso(article.published),
            "date_modified": _iso(article.updated or article.published),
        }
        for id, link, article in outlet.listed()
    ]  # fmt: skip
    told = {"version": "https://jsonfeed.org/version/1.1", "title": f"{outlet.name} news", "items": items}
    return json.dumps(told).encode()


def _sitemap(outlet: Outlet) -> bytes:
    items = "".join(
        f"<url><loc>{escape(link)}</loc><news:news><news:publication><news:name>{outlet.name}</news:name>"
        f"</news:publication><news:publication_date>{_iso(article.published)}</news:publication_date>"
        f"<news:title>{escape(article.headline)}</news:title></news:news></url>"
        for _, link, article in outlet.listed()
    )
    spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
    return f"<urlset {spaces}>{items}</urlset>".encode()


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")


FEEDS = {"rss": _rss, "atom": _atom, "json": _json, "sitemap": _sitemap}
