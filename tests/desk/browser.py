"""A real browser before a real desk: a Chromium that is installed on this machine, and servers on loopback."""

import asyncio
import json
import random
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
import uvicorn
from tests.store.made import coding, skipped
from tests.store.test_fusing import made_up

from detente.coder import Coder
from detente.desk.app import desk_app
from detente.model import Because, Party, When
from detente.records import read
from detente.store import Store
from detente.watch import State

EXAMPLES = Path(__file__).parents[2] / "examples"
TOKEN = "Zp4sLw8yRk2vTn6xHc0mJd3fGb7qEu1a"
WIDE, NARROW = (1280, 800), (400, 800)
"""Pixels of the window: of a desk, and of a telephone."""

EGYPT = Party(id="EGY", name="Egypt", country="EGY", code="EGY", words=(0, 5))
ETHIOPIA = Party(id="ETH", name="Ethiopia", country="ETH", code="ETH", words=(10, 18))
VISIT = {"type": "CONSULT", "mode": "visit", "cameo": "042", "quad": 1, "intensity": 2.8}
EXPULSION = {"type": "SANCTION", "mode": "expel", "cameo": "161", "quad": 4, "intensity": -7.0}
FIRST_WEEK = date(2015, 1, 5)
TURN = FIRST_WEEK + timedelta(weeks=100)

# Beside the examples: one outlet runs the text of another, one tells the opposite, and one has words without an end.
TROOPS = (
    "NAIROBI - Kenya sent 400 troops to its border with Somalia after gunmen attacked a police post.\n\n"
    "Somalia's president thanked Nairobi and asked the African Union for more help."
)
ALSO = [
    {
        "headline": "Kenya moves soldiers to the border", "text": TROOPS, "published": "2017-09-12T11:00:00+03:00",
        "publisher": "Harbour Post",
    },
    {
        "headline": "Kenya did not send troops to Somali border, minister says", "published": "2017-09-13",
        "text": "Kenya did not send troops to its border with Somalia, Defense Minister Jane Otieno said on Tuesday.",
        "publisher": "Coast Courier",
    },
    {
        "headline": f"Norway and Chad {'sign' * 30} a treaty", "published": "2018-02-01",
        "text": f"Norway and Chad signed a treaty in Oslo, said https://news.example/{'long' * 60}.",
        "publisher": "The Outlet With The Longest Name Of All Outlets That Ever Were In The Eastern Provinces",
    },
]  # fmt: skip


def week(number):
    """An article of one of two hundred weeks: Egypt visits Ethiopia, and from the turn on it expels its envoys."""
    day = (FIRST_WEEK + timedelta(weeks=number)).isoformat()
    deed, words = (VISIT, "visits") if number < 100 else (EXPULSION, "expels envoys of")
    headline = f"Egypt and Ethiopia, week {number}: Cairo {words} Addis Ababa"
    trigger = (headline.index(words), headline.index(words) + 6)
    body = " ".join(made_up(random.Random(number), 40))  # with words of its own, else each week would copy the last
    return coding(
        headline, origin=f"weeks/{number}.txt", date=day, body=body, **deed, source=(EGYPT,), target=(ETHIOPIA,),
        reciprocal=False, place=None, counts=(), contexts=(), trigger=trigger,
        time=When(start=day, end=day, basis="stated"),
        because=(Because(f"events/{deed['type'].lower()}#{deed['mode']}", trigger),),
    )  # fmt: skip


def fill(path):
    """A store with the examples of the repository as the coder reads them, and what else pages have to cope with."""
    also = path.with_suffix(".jsonl")
    also.write_text("\n".join(map(json.dumps, ALSO)), encoding="utf-8")
    coded = Coder().code([*read(EXAMPLES), *read(also)])
    broken = skipped("pages/broken.html", reason="pages/broken.html: a PNG image, not a page; give the page itself")
    with Store(path) as store:
        store.publish([*coded, *(week(number) for number in range(200)), broken], version="1")
        store.fuse()
        store.keep_searches({"dam": "nile dam", "quarrels": 'egypt "addis ababa"'})
        wrong = next(row for row in store.events() if row["text"].startswith("Police arrested"))
        store.call_wrong(wrong["id"], why="the police of which country is not told", who="bert")
        store.fuse()
    follow_feeds(path)
    return path


def follow_feeds(path):
    """Two feeds are watched: one is well, the other answers no more."""
    now = time.time()
    feeds = [("https://news.example/feed", "World"), ("https://gone.example/rss?section=politics", None)]
    with State(path) as state:
        state.watch_only(feeds, now=now, interval=900)
        well, failing = state.feeds()
        well.health, well.succeeded, well.news, well.due = "well", now - 300, now - 4_000, now + 600
        failing.health, failing.failures, failing.reason = "failing", 3, "https://gone.example/rss: answers 503"
        state.write_feed(well)
        state.write_feed(failing)


class Desk(NamedTuple):
    """A desk that is served."""

    url: str
    store: Store

    @property
    def door(self):
        """The address that a start prints."""
        return f"{self.url}/?token={TOKEN}"


def in_pieces(app):
    """An app whose pages come in two pieces, as over a network: a test that looks too early fails each time."""

    async def served_slowly(scope, receive, send):
        async def send_slowly(message):
            body = message.get("body", b"")
            head, _, main = body.partition(b"<main")
            if main:
                await send({**message, "body": head, "more_body": True})
                await asyncio.sleep(0.1)
                message = {**message, "body": b"<main" + main}
            await send(message)

        await app(scope, receive, send_slowly if scope["type"] == "http" else send)

    return served_slowly


@contextmanager
def served(path):
    """The desk over a store, on a free port of loopback, in a thread."""
    with Store(path) as store, socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = desk_app(store, tokens={"anna": TOKEN}, cookie=f"detente-{port}", per_second=1e6)
        config = uvicorn.Config(in_pieces(app), log_level="warning", access_log=False, ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield Desk(f"http://127.0.0.1:{port}", store)
        finally:
            server.should_exit = True
            thread.join(20)


def chromium():
    """Where a browser is on this machine; a test that needs one is skipped without it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or pytest.skip(f"no browser is installed here: none of {', '.join(names)}")


@contextmanager
def launched():
    """A Chromium that is driven; one for all tests of a file, as it takes a second to start."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright, which drives a browser, is missing")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium())
        yield browser
        browser.close()


@contextmanager
def visiting(browser, desk, *, size=WIDE, is_admitted=True, expects=()):
    """A page of a browser that has the desk's cookie. At the end nothing may have gone wrong that was not expected."""
    context = browser.new_context(
        base_url=desk.url, viewport=dict(zip(("width", "height"), size, strict=True)), reduced_motion="reduce",
        locale="en-GB",
    )  # fmt: skip
    if is_admitted:
        port = urlsplit(desk.url).port
        context.add_cookies([{"name": f"detente-{port}", "value": TOKEN, "url": desk.url}])
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults = faults_of(page, desk)
    try:
        yield page
    finally:
        context.close()
    assert [fault for fault in faults if not any(words in fault for words in expects)] == []


def faults_of(page, desk):
    """What goes wrong on a page, as it comes: errors of its scripts, and requests that leave the desk."""
    faults = []
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda asked: None if is_ours(asked.url, desk) else faults.append(f"asks {asked.url}"))
    return faults


def is_ours(url, desk):
    return url.startswith((f"{desk.url}/", "data:", "blob:"))
