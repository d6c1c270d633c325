"""The desk over very many events and articles: CPU-milliseconds of each page, searches, first paints, fifty users.

    python benchmarks/desk.py [--events 10000000] [--articles 1000000] [--store DIR] [--users 50] [--seconds 20]

Pages are asked of the app in this process, so that its CPU time is the server's; each is asked five times, the first
(which warms what a server keeps) told apart. Users ask pages of a server on loopback, one after the other, each with a
short pause, while another process publishes articles into the store. `--store` keeps the store, or takes the one that
lies there.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from starlette.testclient import TestClient

from detente.desk.app import desk_app, warm
from detente.store import Store
from madestore import COUNTRIES, fill_events

TOKEN = "t" * 40
HEADERS = {"authorization": f"Bearer {TOKEN}", "accept": "text/html"}
ROUNDS = 5

INGEST = """
import sys
from detente.model import Article, Block, Coding, Stamp, id_of
from detente.store import Store
with Store(sys.argv[1]) as store:
    for unit in range(100_000):
        codings = []
        for number in range(20):
            id, text = id_of("ingest", unit, number), f"word{number} came in while others read"
            stamp = Stamp(kind="published", value="2019-12-28", basis="given")
            article = Article(id=id, record=id, origin=id, text=text, blocks=(Block("paragraph", 0, len(text)),),
                              headline=f"Came in {unit}", published=stamp)
            codings.append(Coding(record=id, origin=id, state="no events", reason="", article=article))
        store.publish(codings, version="ingest")
"""


def addresses(store: Store) -> dict[str, str]:
    """A page of each noun, of what is met most often, which costs most."""
    big, other = COUNTRIES[0], COUNTRIES[1]
    event = store.page(limit=1).events[0]
    return {
        "start": "/", "turns (a part of it)": "/turns", "events": "/events",
        "events of a country": f"/events?actor={big}",
        "events of a rare pair": f"/events?actor={COUNTRIES[90]}&other={COUNTRIES[95]}",
        "event": f"/event/{event.id}", "article": f"/article/{event.tellings[0].article}",
        "story": f"/story/{event.story}", "stories": "/stories",
        "relation, rare": f"/relation/{COUNTRIES[20]}/{COUNTRIES[30]}",
        "relation, greatest": f"/relation/{big}/{other}",
        "relation, a year": f"/relation/{big}/{other}?since=2019-01-01",
        "actor": f"/actor/{big}", "map": "/map", "network": "/network", "search, rare": "/search?q=word4321+word77",
        "search, common": "/search?q=word1+word2", "search, a headline": "/search?q=headline:1999", "live": "/live",
    }  # fmt: skip


def pages(store: Store) -> None:
    """Prints CPU-milliseconds of each page."""
    client = TestClient(
        desk_app(store, tokens={"me": TOKEN}, per_second=1e6), headers=HEADERS, base_url="http://127.0.0.1"
    )
    warm()
    for name, address in addresses(store).items():
        spent = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            answer = client.get(address)
            spent.append(1e3 * (time.process_time() - begun))
            assert answer.status_code == 200, (address, answer.status_code, answer.text[:300])
        size = len(answer.content)
        print(
            f"{name:24} first {spent[0]:6.0f}, then {statistics.median(spent[1:]):6.0f} CPU-ms, {size:9,} bytes",
            flush=True,
        )
    for words in ("word4321 word77", "word1 word2", "headline:1999", "word12*"):
        begun = time.process_time()
        for _ in range(10):
            store.find(words)
        print(f"find {words!r:22} {1e2 * (time.process_time() - begun):6.1f} CPU-ms")


async def users(port: int, paths: list[str], count: int, seconds: float) -> None:
    """Prints how many answers fifty users get, how long they wait, and what goes wrong."""
    waits: list[float] = []
    wrong: list[str] = []
    end = time.monotonic() + seconds

    async def user(number: int) -> None:
        draw = random.Random(number)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=HEADERS, timeout=60) as client:
            while time.monotonic() < end:
                path, begun = draw.choice(paths), time.monotonic()
                try:
                    answer = await client.get(path)
                    if answer.status_code != 200:
                        wrong.append(f"{path}: {answer.status_code}")
                except httpx.HTTPError as error:
                    wrong.append(f"{path}: {error!r}")
                waits.append(time.monotonic() - begun)
                await asyncio.sleep(draw.random())

    await asyncio.gather(*(user(number) for number in range(count)))
    waits.sort()
    middle, late = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    told = f"{len(waits) / seconds:.1f} pages a second, waited {middle:.2f} s in the middle, {late:.2f} s at the 95th"
    print(f"{count} users, {seconds:.0f} s: {told}, {len(wrong)} errors {wrong[:3]}")


def paints(port: int, told: dict[str, str]) -> None:
    """Prints when Chromium first paints something of each page, the third of three times it is opened."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        where = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = play.chromium.launch(executable_path=where, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/?token={TOKEN}")
        for name, address in told.items():
            for _ in range(3):
                page.goto(f"http://127.0.0.1:{port}{address}")
                page.wait_for_timeout(200)
            entry = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            print(f"{name:24} first paint after {page.evaluate(entry):5.0f} ms")
        browser.close()


def load(path: Path, told: dict[str, str], count: int, seconds: float) -> None:
    """Fifty users on loopback while another process publishes."""
    token = path.parent / "tokens.txt"
    token.write_text(f"me {TOKEN}\n")
    token.chmod(0o600)
    with subprocess.Popen(
        [sys.executable, "-m", "detente", "serve", "--store", str(path), "--port", "8643", "--tokens", str(token),
         "--rate", "10000"], stderr=subprocess.PIPE, text=True,
    ) as server, subprocess.Popen([sys.executable, "-c", INGEST, str(path)]) as ingest:  # fmt: skip
        try:
            assert server.stderr is not None
            server.stderr.readline()
            paints(8643, told)
            asyncio.run(users(8643, list(told.values()), count, seconds))
        finally:
            ingest.terminate()
            server.terminate()


def main() -> None:
    """Prints all of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--events", type=int, default=10_000_000)
    options.add_argument("--articles", type=int, default=1_000_000)
    options.add_argument("--store", type=Path)
    options.add_argument("--users", type=int, default=50)
    options.add_argument("--seconds", type=float, default=20.0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "store"
        with Store(path) as store:
            if not store.counts()["events"]:
                begun = time.process_time()
                fill_events(store, given.events, given.articles)
                size = (path / "detente.db").stat().st_size / 1e6
                print(f"written in {time.process_time() - begun:,.0f} CPU-s, catalogue {size:,.0f} MB", flush=True)
            pages(store)
            told = addresses(store)
        if given.users:
            load(path, told, given.users, given.seconds)


if __name__ == "__main__":
    main()
