"""Pages that are read again: the newer reading takes the older one's place, and nothing is lost on the way."""

from collections import Counter

import pytest
from tests.store.made import article, report, skipped

from detente.model import Coding, id_of
from detente.store import Store

A, B, C = "https://a.example/1", "https://b.example/1", "https://c.example/1"


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "events") as opened:
        yield opened


def page(origin, headline, version="1"):
    """A page fetched from its URL; the version is of the page round the article."""
    told = article(headline, origin=origin, record=id_of(origin, headline, version))
    return Coding(record=told.record, origin=origin, state="coded", article=told, reports=(report(told),))


def publish(store, *pages, former=()):
    return store.publish(pages, version="1", instead_of={one.origin: {one.origin, *former} for one in pages})


def headlines(store):
    assert store.faults() == []
    rows = list(store.sql("select origin, headline from articles order by 1, 2"))
    reports = Counter(row["origin"] for row in store.reports())
    assert reports == Counter(row["origin"] for row in rows)
    assert store.find("said").count == len(rows)
    return [(row["origin"], row["headline"]) for row in rows]


def states(store):
    return [(row["origin"], row["state"]) for row in store.ledger()]


def test_a_corrected_article_replaces_the_older_one(store):
    publish(store, page(A, "Chad votes"))
    publish(store, page(A, "Chad votes, again"))
    assert headlines(store) == [(A, "Chad votes, again")]
    assert states(store) == [(A, "coded")]


def test_without_being_told_so_both_are_kept(store):
    store.publish([page(A, "Chad votes")], version="1")
    store.publish([page(A, "Chad votes, again")], version="1")
    assert len(headlines(store)) == 2


def test_the_same_article_on_a_page_that_changed_is_there_once(store):
    publish(store, page(A, "Chad votes", "1"))
    publish(store, page(A, "Chad votes", "2"))
    assert headlines(store) == [(A, "Chad votes")]
    assert states(store) == [(A, "coded")]


def test_an_article_that_moved_is_there_once(store):
    publish(store, page(A, "Chad votes"))
    publish(store, page(B, "Chad votes"), former=(A,))
    assert headlines(store) == [(B, "Chad votes")]
    assert states(store) == [(B, "coded")]


def test_back_and_forth(store):
    for headline in ("Chad votes", "Chad sleeps", "Chad votes"):
        publish(store, page(A, headline))
    assert headlines(store) == [(A, "Chad votes")]


@pytest.mark.parametrize("state", ["not an article", "unreadable", "not English"])
def test_an_error_page_does_not_take_an_articles_place(store, state):
    publish(store, page(A, "Chad votes"))
    empty = skipped(A, state, "a list of links", record="r2")
    assert publish(store, empty) == (empty,)
    assert headlines(store) == [(A, "Chad votes")]
    assert states(store) == [(A, "coded")]


def test_an_article_takes_an_error_pages_place(store):
    publish(store, skipped(A, "not an article", "a list of links", record="r1"))
    publish(store, page(A, "Chad votes"))
    assert states(store) == [(A, "coded")]


def test_what_others_had_told_again_goes_on_with_them(store):
    publish(store, page(A, "Chad votes"))
    publish(store, page(B, "Chad votes"), page(C, "Chad votes"))
    publish(store, page(A, "Chad votes, corrected"))
    assert headlines(store) == [(A, "Chad votes, corrected"), (B, "Chad votes")]
    assert sorted(states(store)) == [(A, "coded"), (B, "coded"), (C, "duplicate")]
    (row,) = store.sql("select url, record, publisher from articles where origin = ?", (B,))
    assert row == {"url": None, "record": page(B, "Chad votes").record, "publisher": None}
    assert store.codings([(B, row["record"])])[B, row["record"]].article.origin == B


def test_an_heir_that_changes_at_the_same_time_is_none(store):
    publish(store, page(A, "Chad votes"))
    publish(store, page(B, "Chad votes"))
    publish(store, page(A, "Chad votes, corrected"), page(B, "Chad votes, also corrected"))
    assert headlines(store) == [(A, "Chad votes, corrected"), (B, "Chad votes, also corrected")]


def test_an_article_that_became_the_same_as_anothers_is_a_duplicate(store):
    publish(store, page(A, "Chad votes"), page(B, "Togo votes"))
    publish(store, page(B, "Chad votes"))
    assert headlines(store) == [(A, "Chad votes")]
    assert states(store) == [(A, "coded"), (B, "duplicate")]


def test_a_corrected_text_that_another_takes_over_in_the_same_unit(store):
    publish(store, page(A, "Chad votes"))
    publish(store, page(A, "Chad votes, corrected"), page(B, "Chad votes"))
    assert headlines(store) == [(A, "Chad votes, corrected"), (B, "Chad votes")]
