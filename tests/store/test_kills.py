"""Whatever stops a writer, and wherever: nothing is half-visible, nothing doubled, what was acknowledged is there."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.store.made import coding

from detente.store import Store, upkeep
from detente.store import segments as segments_module
from detente.store.catalogue import Catalogue

WRITER = Path(__file__).with_name("writing.py")
KILLS = int(os.environ.get("DETENTE_KILLS", "6"))


def start(path, number):
    command = [sys.executable, str(WRITER), str(path), str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def check_whole(path):
    """Every unit that is there is there wholly and once; gives back the units' numbers."""
    with Store(path, create=False) as store:
        assert store.faults() == []
        articles = Counter(row["id"] for row in store.articles())
        reports = Counter(row["id"] for row in store.reports())
        assert set(articles.values()) <= {1}
        assert set(reports.values()) <= {1}
        ledger = list(store.ledger())
        assert {row["article"] for row in ledger} == set(articles)
        units = Counter(row["origin"].split("-")[0] for row in ledger)
        assert set(units.values()) <= {5}
        assert len(reports) == 4 * len(units)
        assert store.find("article").count == len(articles)
        placed = Counter(row["article"] for row in store.sql("SELECT article FROM placements"))
        assert set(placed.values()) <= {1}
        assert store.fuse().articles >= 0
        check_fused(store, set(articles), set(reports))
        return {int(number) for number in units}


def check_fused(store, articles, reports):
    """Each article is in one story, each report in one event, and nothing else is."""
    assert store.is_fused()
    assert Counter(row["article"] for row in store.sql("SELECT article FROM placements")) == Counter(articles)
    assert Counter(article for row in store.stories() for article in row["articles"]) == Counter(articles)
    assert Counter(one["report"] for row in store.events() for one in row["tellings"]) == Counter(reports)
    numbers = [row["number"] for row in store.changes()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_kills_lose_nothing_and_double_nothing(tmp_path):
    path = tmp_path / "events"
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(KILLS):
        process = start(path, acknowledged + 1)
        process.stdout.readline()  # it has begun
        acknowledged += 1
        time.sleep(chance.uniform(0, 0.4))
        process.kill()
        rest, _ = process.communicate()
        acknowledged += len(rest.split())
        there = check_whole(path)
        # The unit in hand when the kill came may be in as well, or not.
        assert there - {acknowledged + 1} == set(range(1, acknowledged + 1))


def steps(monkeypatch, at, stop):
    """Raise `stop` at the step with this number: before a sync, a rename, or a change of the catalogue."""
    count = iter(range(10_000))

    def counted(function):
        def call(*arguments, **options):
            if next(count) == at:
                raise stop
            return function(*arguments, **options)

        return call

    monkeypatch.setattr(segments_module.os, "fsync", counted(os.fsync))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    for name in (
        "add_unit",
        "add_segments",
        "drop_segments",
        "add_article",
        "drop_article",
        "write_ledger",
        "move_articles",
    ):
        monkeypatch.setattr(Catalogue, name, counted(getattr(Catalogue, name)))
    return count


def state_of(store, *told):
    return store.counts(), store.codings([(one.origin, one.record) for one in told], whole=True)


def test_ctrl_c_at_any_step_publishes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(upkeep, "MANY", 1)  # the unit is merged at the end, as a step of its own
    old, new = coding("Norway votes"), coding("Chad votes", origin="b.txt")
    with Store(tmp_path / "events") as store:
        store.publish([old], version="1")
        before = state_of(store, old, new)
        for at in range(10_000):
            with monkeypatch.context() as patch:
                steps(patch, at, KeyboardInterrupt())
                try:
                    store.publish([new, old], version="2")
                    break
                except KeyboardInterrupt:
                    pass
            assert state_of(store, old, new) == before
        assert at > 20
        assert store.counts()["articles"] == 2
        assert store.faults() == []


def test_others_read_while_one_writes(tmp_path):
    path = tmp_path / "events"
    process = start(path, 1)
    try:
        process.stdout.readline()
        seen = []
        for _ in range(8):
            seen.append(len(check_whole_in_another_process(path)))
    finally:
        process.kill()
        process.communicate()
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def check_whole_in_another_process(path):
    """As `check_whole`, which must hold at any moment."""
    with Store(path, create=False) as store:
        rows = list(store.sql("select split_part(origin, '-', 1) as unit, count(*) as n from articles group by 1"))
    assert {row["n"] for row in rows} == {5}
    return rows


def test_two_writers_take_turns(tmp_path):
    path = tmp_path / "events"
    writers = [start(path, number) for number in (1, 1001)]
    try:
        for process in writers:
            for _ in range(2):
                assert process.stdout.readline()
    finally:
        for process in writers:
            process.kill()
            process.communicate()
    assert {1, 2, 1001, 1002} <= check_whole(path)


def test_a_writer_that_does_not_end_is_named(tmp_path, monkeypatch):
    from detente.errors import StoreError

    monkeypatch.setattr("detente.store.catalogue.PATIENCE", 0.05)
    path = tmp_path / "events"
    with Store(path) as one, Store(path) as other:
        with one._catalogue.writing(), pytest.raises(StoreError, match="another process"):
            other.publish([coding()], version="1")
        other.publish([coding()], version="1")
        assert one.counts()["articles"] == 1
