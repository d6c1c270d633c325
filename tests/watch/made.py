"""A web without a network, a coder without a model, and feeds in a line each."""

import re
from concurrent.futures import Executor, Future
from html import escape

from tests.store.made import article, report
from tests.web.serving import HandClock

from detente.errors import ModelError
from detente.model import Coding, Record
from detente.store import Store
from detente.watch import Plan, State, Watch
from detente.web import Failed, Fetched, NotModified, Outcome, Validators

FEED = "https://news.example/feed"


def page(name, site="news.example"):
    return f"https://{site}/{name}"


def item(name, *, id=None, title=None, date=None, text="", url=None):
    """An entry of a feed; `name` is of its page."""
    told = f"<link>{escape(page(name) if url is None else url)}</link>" if url != "" else ""
    told += f"<guid isPermaLink='false'>{id or name}</guid><title>{title or f'Title of {name}'}</title>"
    told += f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item>{told}<description>{escape(text)}</description></item>"


def rss(*items, title="Example", extra=""):
    return f"<rss version='2.0'><channel><title>{title}</title>{extra}{''.join(items)}</channel></rss>".encode()


class MadeWeb:
    """Answers by its `pages`: URL -> content, outcome, or a function that gives one of them."""

    def __init__(self, pages):
        self.pages = pages
        self.asked = []
        self.pace = self

    def ready_in(self, site):
        return 0.0

    def stop(self):
        pass

    def get(self, url, *, validators=None, accept="", limit=0):
        self.asked.append(url)
        found = self.pages.get(url, Failed(url=url, reason=f"{url}: answers 404 Not Found", status=404))
        if callable(found):
            found = found(validators)
        return found if isinstance(found, Outcome) else Fetched(url=url, final=url, content=found)


def unchanging(content, etag='"1"'):
    """A page that is sent once, and then called unchanged."""

    def answer(validators):
        if validators and validators.etag == etag:
            return NotModified(url=validators.url)
        return Fetched(url=FEED, final=FEED, content=content, validators=Validators(url=FEED, etag=etag))

    return answer


class AtOnce(Executor):
    """Does what it is given before it answers."""

    def submit(self, job, /, *arguments, **options):
        future = Future()
        future.set_result(job(*arguments, **options))
        return future


def made_code(records):
    """Codes a page by its words: "list" holds no article, "crash" trips the coder, all else is told as it stands.

    "no model" is what happens when nothing can be coded.
    """
    for record in records:
        if not isinstance(record, Record):
            yield Coding(record="", origin=record.origin, state="unreadable", reason=record.reason)
            continue
        words = re.sub(r"<[^>]*>", " ", record.content.decode()).strip()
        if words.startswith("crash"):
            raise RuntimeError("the coder tripped")
        if words.startswith("no model"):
            raise ModelError("the model is damaged; install Detente again")
        if words.startswith("list"):
            yield Coding(record=record.id, origin=record.origin, state="not an article", reason="a list of links")
            continue
        told = article(words, origin=record.origin, record=record.id, body="")
        yield Coding(record=record.id, origin=record.origin, state="coded", article=told, reports=(report(told),))


class Watching:
    """A store with its feeds, read by hand: `run` for so many seconds of the clock."""

    def __init__(self, folder, pages, *, code=made_code, every=900.0):
        self.folder = folder
        self.pages = pages
        self.web = MadeWeb(pages)
        self.clock = HandClock()
        self.code = code
        self.every = every
        self.log = []

    def run(self, *feeds, seconds=None, once=False):
        """Read these feeds; those of the last time when none is named."""
        with Store(self.folder) as store, State(self.folder) as state:
            watch = Watch(
                store=store, state=state, client=self.web, code=self.code, version="1", plan=Plan(self.every),
                clock=self.clock, pool=AtOnce(), log=lambda message, style: self.log.append(message),
            )  # fmt: skip
            watch.follow(dict.fromkeys(feeds))
            return watch.run(once=once, seconds=seconds)

    def asked(self, url=FEED):
        return self.web.asked.count(url)

    def articles(self):
        """Origin and words of each article in the store."""
        with Store(self.folder) as store:
            assert store.faults() == []
            return sorted((row["origin"], row["text"].strip()) for row in store.articles())

    def texts(self):
        return [text for _, text in self.articles()]

    def ledger(self):
        with Store(self.folder) as store:
            return [(row["origin"], row["state"], row["reason"]) for row in store.ledger()]

    def state(self):
        return State(self.folder, read_only=True)

    def feed(self, number=0):
        with self.state() as state:
            return state.feeds()[number]

    def page(self, url):
        with self.state() as state:
            return state.page(url)
