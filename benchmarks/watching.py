"""Live reading for hours: is an article lost or doubled, whatever servers do and whenever the reader is killed?

    python benchmarks/watching.py [--minutes 30] [--seed 1] [--folder FOLDER]

Starts outlets on loopback with faults injected (500s, silence, drips, broken connections, feeds that move or turn to
garbage, ids that stand for all entries, corrected articles, redirects, pages that are closed or missing), runs
`detente watch` against them with a kill -9 and a new start now and then, and compares in the end what was published
with what is in the store. For the last part of the time nothing new comes and nothing fails, so that what was put off
can be caught up with. Prints figures, and leaves with 1 when an article is lost, doubled or out of date.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import IO

from detente.store import Store
from detente.web.pace import site_of
from outlets import Outlet

RATE = 0.2
EVERY = "20s"
# Pages that failed twice come a third time some six minutes after the first.
CATCH_UP = 480.0
KILLS = 40.0, 110.0
"""Seconds between two kills."""
MARK = re.compile(r"bears the number (\w+)-(\d+) version (\d+)")


def main() -> None:
    """Prints the figures; leaves with 1 when anything is wrong."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=30.0)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", type=Path)
    options = arguments.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="watching-"))
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        outlets = [stack.enter_context(outlet) for outlet in made_outlets()]
        kills = soak(outlets, folder, options.minutes * 60, random.Random(options.seed))
        sys.exit(0 if report(outlets, folder, kills) else 1)


def made_outlets() -> list[Outlet]:
    """One for each kind of trouble."""
    plain = Outlet("plain")
    return [
        plain,
        Outlet("errors", "atom", frozenset({"errors"})),
        Outlet("slow", "rss", frozenset({"slow", "errors"})),
        Outlet("moves", "rss", frozenset({"moves"})),
        Outlet("garbage", "rss", frozenset({"garbage"})),
        Outlet("sameids", "rss", frozenset({"same-ids"})),
        Outlet("corrects", "atom", frozenset({"corrects"})),
        Outlet("sitemap", "sitemap"),
        Outlet("redirects", "json", frozenset({"redirects", "corrects"})),
        Outlet("borrows", "atom", frozenset({"errors"}), borrows=plain),
        Outlet("nopages", "rss", frozenset({"no-pages"})),
        Outlet("closed", "atom", frozenset({"closed"})),
    ]


def soak(outlets: list[Outlet], folder: Path, seconds: float, chance: random.Random) -> int:
    """Publish, correct and kill until the time is over; gives the number of kills back."""
    log = (folder / "watch.log").open("ab")
    process = started(outlets, folder, log)
    begin = time.monotonic()
    kill_at, kills = begin + chance.uniform(*KILLS), 0
    busy_until = begin + max(seconds - CATCH_UP, seconds / 3)
    while time.monotonic() < begin + seconds:
        time.sleep(1)
        now = time.monotonic()
        if now < busy_until:
            newsroom(outlets, chance, half=now > (begin + busy_until) / 2)
        elif not outlets[0].calm:
            for outlet in outlets:
                outlet.calm = True
        if process.poll() is not None or (now >= kill_at and now < busy_until + 60):
            kills += process.poll() is None
            process.kill()
            process.wait()
            process = started(outlets, folder, log)
            kill_at = now + chance.uniform(*KILLS)
    process.terminate()
    process.wait(60)
    return kills


def newsroom(outlets: list[Outlet], chance: random.Random, *, half: bool) -> None:
    """A second in the newsrooms: each outlet has an article in some eight seconds."""
    for outlet in outlets:
        if chance.random() < 0.12:
            outlet.publish()
        if "corrects" in outlet.faults and chance.random() < 0.03:
            outlet.correct()
        if half and "moves" in outlet.faults:
            outlet.move()


def started(outlets: list[Outlet], folder: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """The reader, with feeds beside those of the outlets that can never be read."""
    port = site_of(outlets[0].url)
    feeds = [f"{outlet.feed_url} {outlet.name}" for outlet in outlets]
    feeds += [f"http://{port}/nothing-here nothing", "http://10.0.0.1/feed private", "http://127.0.0.1:9/feed silent"]
    (folder / "feeds.txt").write_text("\n".join(feeds) + "\n")
    command = [sys.executable, "-m", "detente", "watch", str(folder / "feeds.txt"), "--store", str(folder / "events")]
    command += ["--every", EVERY, "--rate", str(RATE), "--allow-host", "127.0.0.1", "--contact", "nobody@example.org"]
    return subprocess.Popen(command, stderr=log, stdout=log)


def report(outlets: list[Outlet], folder: Path, kills: int) -> bool:
    """Prints what was lost, doubled, out of date, and how polite it was; whether all is well."""
    with Store(folder / "events", create=False) as store:
        texts = [row["text"] for row in store.sql("select text from articles")]
        faults = store.faults()
        states = store.states()
    found: dict[tuple[str, int], list[int]] = {}
    for text in texts:
        for outlet, number, version in set(MARK.findall(text)):
            found.setdefault((outlet, int(number)), []).append(int(version))
    truth = {(outlet.name, article.number): article.version for outlet in outlets for article in outlet.articles}
    lost = sorted(set(truth) - set(found))
    doubled = sorted(key for key, versions in found.items() if len(versions) > 1)
    stale = sorted(key for key, versions in found.items() if truth.get(key) not in versions)
    corrected = sum(version > 1 for version in truth.values())
    gaps, overlaps = politeness(outlets)
    statuses = Counter(status for outlet in outlets for *_, status in outlet.asked)
    print(f"outlets {len(outlets)}, articles published {len(truth):,} (corrected {corrected:,}), kills {kills}")
    print(f"articles in the store {len(texts):,}: lost {len(lost)}, doubled {len(doubled)}, out of date {len(stale)}")
    print(f"ledger {states}; damaged files {len(faults)}")
    print(f"requests {sum(statuses.values()):,}: {dict(statuses.most_common())}")
    print(f"shortest pause between two requests to a site {gaps:.2f} s (asked for {RATE}); at the same time {overlaps}")
    for name, keys in (("lost", lost), ("doubled", doubled), ("out of date", stale)):
        for key in keys[:20]:
            print(f"  {name}: {key} {found.get(key)} of {truth.get(key)}")
    return not (lost or doubled or stale or faults or overlaps)


def politeness(outlets: list[Outlet]) -> tuple[float, int]:
    """The shortest pause between two requests of one reader to a site, and how many overlapped.

    Right after a kill the next reader cannot know when the last one asked; the first pause of each is left out by
    looking at pauses alone that follow a request which was answered.
    """
    shortest, overlaps = 99.0, 0
    for outlet in outlets:
        asked = sorted(outlet.asked)
        for before, after in pairwise(asked):
            if not before[3] or after[2] == "/robots.txt" or before[2] == "/robots.txt":
                continue
            shortest = min(shortest, after[0] - before[1])
            overlaps += after[0] < before[1] - 0.005 and before[1] - before[0] < 50
    return shortest, overlaps


if __name__ == "__main__":
    main()
