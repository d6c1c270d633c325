"""The store: every record with one state, every article once, the same input twice changes nothing."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from tests.store.made import coding, skipped

from detente.errors import StoreError
from detente.store import Store, catalogue, upkeep
from detente.store import segments as segments_module
from detente.store.schema import CODED


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "events") as opened:
        yield opened


def coded(store):
    """How many rows there are of what comes of articles alone."""
    return {noun: count for noun, count in store.counts().items() if noun in CODED}


def files(store):
    return sorted(path.relative_to(store.path).as_posix() for path in store.path.rglob("*.parquet"))


def ledger(store):
    return [(row["origin"], row["state"]) for row in store.ledger()]


def listed(store):
    return [segment.path for segment in store._catalogue.segments()]


def key(told):
    return told.origin, told.record


FRONT = coding("Norway, Chad agree to reopen embassies", origin="a.txt", reports=2)
AGAIN = coding("Norway, Chad agree to reopen embassies", origin="b.txt", reports=2)
OTHER = coding("Chad quits talks", origin="c.txt", date="2020-01-31")
SILENT = coding("Weather stays fine", origin="d.txt", reports=0)


def test_each_record_ends_in_one_state(store):
    store.publish([FRONT, AGAIN, OTHER, SILENT, skipped()], version="1")
    assert ledger(store) == [
        ("a.txt", "coded"),
        ("b.txt", "duplicate"),
        ("c.txt", "coded"),
        ("d.txt", "no events"),
        ("b.bin", "unreadable"),
    ]
    assert coded(store) == {"articles": 3, "sentences": 3, "mentions": 9, "reports": 3}


def test_a_duplicate_names_the_first_origin(store):
    assert [told.reason for told in store.publish([FRONT, AGAIN], version="1")] == ["", "the same article as a.txt"]


def test_a_duplicate_of_an_earlier_unit(store):
    store.publish([FRONT], version="1")
    (told,) = store.publish([AGAIN], version="1")
    assert (told.state, told.reason) == ("duplicate", "the same article as a.txt")
    assert store.counts()["articles"] == 1


def test_the_same_input_twice_changes_nothing(store):
    batch = [FRONT, AGAIN, OTHER, SILENT, skipped()]
    first = store.publish(batch, version="1")
    before = files(store), store.ledger().arrow(), store.counts(), (store.path / "detente.db").read_bytes()
    assert store.publish(batch, version="1") == first
    assert (files(store), store.ledger().arrow(), store.counts()) == before[:3]
    assert listed(store) == files(store)


def test_the_same_input_in_other_units_changes_nothing(store):
    store.publish([FRONT, AGAIN, OTHER], version="1")
    before = files(store), ledger(store)
    store.publish([OTHER], version="1")
    store.publish([AGAIN, FRONT], version="1")
    assert (files(store), ledger(store)) == before


def test_a_source_named_twice_is_one_record(store):
    store.publish([FRONT, FRONT], version="1")
    assert ledger(store) == [("a.txt", "coded")]


def test_another_version_of_the_coder_replaces(store):
    store.publish([FRONT, AGAIN, OTHER], version="1")
    better = msgspec.structs.replace(FRONT, reports=FRONT.reports[:1])
    store.publish([better, AGAIN], version="2")
    assert store.counts()["reports"] == 2
    assert store.counts()["articles"] == 2
    assert {row["origin"]: row["version"] for row in store.ledger()} == {"a.txt": "2", "b.txt": "2", "c.txt": "1"}
    assert store.codings([key(FRONT)])[key(FRONT)].reports == better.reports


def test_it_tells_whose_records_it_holds(store):
    assert store.coders() == []
    store.publish([FRONT, OTHER], version="1")
    store.publish([FRONT], version="2")
    assert store.coders() == ["1", "2"]
    store.publish([FRONT, OTHER], version="3")
    assert store.coders() == ["3"]


def test_replacing_all_leaves_no_segment_of_the_old(store):
    store.publish([FRONT, OTHER], version="1")
    old = set(listed(store))
    store.publish([OTHER, FRONT], version="2")
    assert not old & set(listed(store))
    assert store.counts()["articles"] == 2


def test_a_copy_coded_before_its_first_origin_under_a_new_version(store):
    store.publish([FRONT, AGAIN], version="1")
    store.publish([AGAIN, FRONT], version="2")
    assert dict(ledger(store)) == {"a.txt": "duplicate", "b.txt": "coded"}
    assert store.counts()["articles"] == 1


def test_an_article_that_a_new_version_reads_otherwise(store):
    store.publish([FRONT], version="1")
    now = coding("Norway and Chad agree", origin="a.txt")
    store.publish([msgspec.structs.replace(now, record=FRONT.record)], version="2")
    assert [row["headline"] for row in store.articles()] == ["Norway and Chad agree"]
    assert store.find("reopen").count == 0


def test_a_page_that_a_new_version_finds_no_article_on(store):
    store.publish([FRONT, OTHER], version="1")
    store.publish([skipped("a.txt", "not an article", "a list of links", FRONT.record)], version="2")
    assert dict(ledger(store)) == {"a.txt": "not an article", "c.txt": "coded"}
    assert store.counts()["articles"] == 1


def test_back_to_the_older_version(store):
    store.publish([FRONT], version="1")
    store.publish([FRONT], version="2")
    store.publish([FRONT], version="1")
    store._tidied = False
    store.publish([OTHER], version="1")
    assert store.counts()["articles"] == 2
    assert store.faults() == []


def test_what_can_be_read_at_last_settles_its_line(store):
    store.publish([skipped("a.txt")], version="1")
    store.publish([FRONT], version="1")
    assert ledger(store) == [("a.txt", "coded")]


def test_what_fails_otherwise_today_says_so(store):
    store.publish([skipped(reason="no such file")], version="1")
    store.publish([skipped(reason="empty")], version="1")
    assert [(row["state"], row["reason"]) for row in store.ledger()] == [("unreadable", "empty")]


def test_known_records_are_those_of_the_same_version(store):
    store.publish([FRONT, AGAIN], version="1")
    record = type("R", (), {"origin": FRONT.origin, "id": FRONT.record})
    assert store.known([record], "1") == {key(FRONT)}
    assert store.known([record], "2") == set()


def test_codings_come_back_as_they_went_in(store):
    store.publish([FRONT, OTHER, SILENT, skipped()], version="1")
    back = store.codings([key(told) for told in (FRONT, OTHER, SILENT, skipped())], whole=True)
    assert list(back.values()) == [FRONT, OTHER, SILENT, skipped()]


def test_rows_are_parted_by_month_when_there_are_many(store, monkeypatch):
    monkeypatch.setattr(segments_module, "OWN_FILE", 2)
    months = [coding(f"Event {n}", origin=f"{n}.txt", date=day) for n, day in enumerate(("2019-05-01", "2019-05-02"))]
    lone = coding("Event", origin="x.txt", date=None)
    store.publish([*months, lone], version="1")
    assert [path for path in files(store) if path.startswith("articles")] == [
        path for path in files(store) if path.startswith(("articles/month=2019-05/", "articles/month=several/"))
    ]
    assert len(list(store.articles())) == 3


def test_search_finds_headline_before_text(store):
    store.publish([coding("Weather", origin="w", body="Chad is dry."), OTHER], version="1")
    assert [found.headline for found in store.find("chad").articles] == ["Chad quits talks", "Weather"]


def test_a_report_by_the_first_letters_of_its_id(store):
    store.publish([FRONT], version="1")
    report, article = store.report(FRONT.reports[0].id[:9])
    assert (report, article) == (FRONT.reports[0], FRONT.article)


@pytest.mark.parametrize("id, said", [("zzzzzzzz", "no report"), ("", "no report"), ("%", "no report")])
def test_a_report_that_is_not_there(store, id, said):
    with pytest.raises(StoreError, match=said):
        store.report(id)


def test_an_ambiguous_report(store):
    told = [coding(f"Event {n}", origin=f"{n}.txt") for n in range(80)]
    store.publish(told, version="1")
    with pytest.raises(StoreError, match="several"):
        store.report(next(a for a in "abcdefgh" if sum(t.reports[0].id[0] == a for t in told) > 1))


def test_a_changed_or_missing_segment_is_a_fault(store):
    store.publish([FRONT, OTHER], version="1")
    assert store.faults() == []
    changed, missing = (store.path / path for path in files(store)[:2])
    data = bytearray(changed.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)
    missing.unlink()
    assert [fault.split(": ")[1].split(" (")[0] for fault in store.faults()] == [
        "the file was changed or damaged",
        "the file is gone",
    ]


def test_a_damaged_segment_is_told_on_reading(store):
    store.publish([FRONT], version="1")
    for path in store.path.rglob("*.parquet"):
        path.write_bytes(b"PAR1 not really PAR1")
    with pytest.raises(StoreError):
        store.codings([key(FRONT)])
    with pytest.raises(StoreError):
        list(store.reports())


def test_no_store_here(tmp_path):
    with pytest.raises(StoreError, match="no store is here"):
        Store(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_folder_with_other_things_becomes_no_store(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds other things"):
        Store(tmp_path)


def test_a_file_is_no_store(tmp_path):
    (tmp_path / "events").write_text("mine")
    with pytest.raises(StoreError):
        Store(tmp_path / "events")


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to look at" * 100])
def test_a_damaged_catalogue(tmp_path, content):
    (tmp_path / "detente.db").write_bytes(content)
    with pytest.raises(StoreError):
        Store(tmp_path, create=False)


def test_a_store_of_another_format(tmp_path):
    Store(tmp_path / "s").close()
    db = sqlite3.connect(tmp_path / "s" / "detente.db")
    db.execute("UPDATE meta SET value = '99'")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="format 99"):
        Store(tmp_path / "s")


def test_leftovers_of_a_killed_writer_are_tidied(tmp_path):
    with Store(tmp_path / "s") as store:
        store.publish([FRONT], version="1")
        left = [store.path / "reports" / "month=several" / name for name in ("orphan.parquet", "x.123.tmp")]
        left[0].parent.mkdir(exist_ok=True)
        for path in left:
            path.write_bytes(b"half")
    with Store(tmp_path / "s") as store:
        store.publish([OTHER], version="1")
        assert not any(path.exists() for path in left)
        assert store.faults() == []


def test_replaced_segments_stay_for_readers_that_began_before(store):
    store.publish([FRONT], version="1")
    reader = store.reports()
    store.publish([FRONT], version="2")
    assert len(list(reader)) == 2


def test_a_full_disk_publishes_nothing_and_says_so(store, monkeypatch):
    store.publish([FRONT], version="1")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(segments_module.os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        store.publish([OTHER], version="1")
    monkeypatch.undo()
    assert store.counts()["articles"] == 1
    assert store.faults() == []
    store.publish([OTHER], version="1")
    assert store.counts()["articles"] == 2


def test_many_small_units_become_one(store, monkeypatch):
    monkeypatch.setattr(upkeep, "MANY", 4)
    told = [coding(f"Event {n}", origin=f"{n}.txt", date=f"2019-0{n + 1}-01") for n in range(9)]
    for one in told:
        store.publish([one], version="1")
    assert len([path for path in listed(store) if path.startswith("articles")]) < 4
    assert store.codings(map(key, told), whole=True) == {key(one): one for one in told}
    assert [found.headline for found in store.find("event 7").articles] == ["Event 7"]
    assert store.faults() == []


def test_merged_units_can_be_coded_again(store, monkeypatch):
    monkeypatch.setattr(upkeep, "MANY", 2)
    store.publish([FRONT], version="1")
    store.publish([OTHER], version="1")
    store.publish([msgspec.structs.replace(FRONT, reports=())], version="2")
    assert store.counts()["articles"] == 2
    assert store.counts()["reports"] == 1
    before = listed(store)
    store.publish([FRONT, OTHER], version="2")
    store.publish([OTHER], version="2")
    assert coded(store) == {"articles": 2, "sentences": 2, "mentions": 6, "reports": 1}
    assert before != listed(store)


def test_replaced_segments_are_deleted_in_time(store, monkeypatch):
    monkeypatch.setattr(upkeep, "KEEP_DROPPED", -1)
    for version in "123":
        with Store(store.path) as writer:
            writer.publish([FRONT], version=version)
    with Store(store.path) as writer:
        writer.publish([OTHER], version="3")
    assert files(store) == listed(store)


def test_several_threads_may_use_one_store(store):
    def work(number):
        store.publish([coding(f"Event {number}", origin=f"{number}.txt")], version="1")
        return len(list(store.sql("select * from articles"))) >= 1

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(12)))
    assert store.counts()["articles"] == 12


def test_a_store_that_one_may_only_read(store, monkeypatch):
    store.publish([FRONT], version="1")
    monkeypatch.setattr(catalogue.os, "access", lambda *_: False)
    with Store(store.path, create=False) as reader:
        assert len(list(reader.reports())) == 2
        with pytest.raises(StoreError, match="readonly"):
            reader.publish([OTHER], version="1")
