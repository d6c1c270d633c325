"""A real browser before a real desk: a Chromium that is installed on this machine, and servers on loopback."""

import functools
import json
import random
import shutil
import socket
import threading
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
import uvicorn
from tests.store.made import coding
from tests.store.test_fusing import made_up

from detente.coder import Coder
from detente.desk.app import desk_app
from detente.model import Because, Party, When
from detente.records import read
from detente.store import Store

EXAMPLES = Path(__file__).parents[2] / "examples"
TOKEN = "Zp4sLw8yRk2vTn6xHc0mJd3fGb7qEu1a"
WIDE, NARROW = (1280, 800), (400, 800)
"""Pixels of the window: of a desk, and of a telephone."""

EGYPT = Party(id="EGY", name="Egypt", country="EGY", code="EGY", words=(0, 5))
ETHIOPIA = Party(id="ETH", name="Ethiopia", country="ETH", code="ETH", words=(10, 18))
VISIT = {"type": "CONSULT", "mode": "visit", "cameo": "042", "quad": 1, "intensity": 2.8}
EXPULSION = {"type": "SANCTION", "mode": "expel", "cameo": "161", "quad": 4, "intensity": -7.0}
TURN = date(2015, 1, 5) + timedelta(weeks=100)
"""From when on Egypt expels whom it had visited."""

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
    """An article of one of two hundred weeks: Egypt visits Ethiopia, and from the turn on it expels its people."""
    day = (date(2015, 1, 5) + timedelta(weeks=number)).isoformat()
    deed = VISIT if number < 100 else EXPULSION
    words = "visits" if number < 100 else "expels envoys of"
    text = f"Egypt and Ethiopia, week {number}: Cairo {words} Addis Ababa"
    start = text.index(words)
    trigger = (start, start + 6)
    body = " ".join(made_up(random.Random(number), 40))  # with words of its own, else each week would copy the last
    return coding(
        text, origin=f"weeks/{number}.txt", date=day, body=body, **deed,
        source=(EGYPT,), target=(ETHIOPIA,), reciprocal=False, place=None, counts=(), contexts=(), trigger=trigger,
        time=When(start=day, end=day, basis="stated"),
        because=(Because(f"events/{deed['type'].lower()}#{deed['mode']}", trigger),),
    )  # fmt: skip


@functools.cache
def codings():
    """The examples of the repository as the coder reads them, and what else the pages have to cope with."""
    return [*Coder().code(read(EXAMPLES)), *(week(number) for number in range(200))]


class Desk(NamedTuple):
    """A desk that is served."""

    url: str
    store: Store

    @property
    def door(self):
        """The address that a start prints."""
        return f"{self.url}/?token={TOKEN}"


@contextmanager
def served(path):
    """The desk over a store, on a free port of loopback, in a thread."""
    with Store(path) as store, socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = desk_app(store, tokens={"anna": TOKEN}, cookie=f"detente-{port}", per_second=1e6)
        config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", lifespan="off")
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
def visiting(browser, desk, *, size=WIDE, dark=False, is_admitted=True, expects=()):
    """A page of a browser that has the desk's cookie. At the end nothing may have gone wrong that was not expected."""
    context = browser.new_context(
        base_url=desk.url, viewport=dict(zip(("width", "height"), size, strict=True)), reduced_motion="reduce",
        color_scheme="dark" if dark else "light",
    )  # fmt: skip
    if is_admitted:
        port = urlsplit(desk.url).port
        context.add_cookies([{"name": f"detente-{port}", "value": TOKEN, "url": desk.url}])
    page = context.new_page()
    page.set_default_timeout(5_000)
    faults = faults_of(page, desk)
    yield page
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
