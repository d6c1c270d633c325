"""The parts of live reading: lengths of time, plans, the queue, addresses, and what users name."""

import math

import pytest

from detente.watch import BadSource, Plan, feeds_of
from detente.watch.listing import NoFeed, plain, read_listing
from detente.watch.queue import Queue
from detente.watch.schedule import DAY, HOUR, is_dead, page_retry
from detente.watch.times import seconds_of, told


@pytest.mark.parametrize(
    "text, seconds", [("90s", 90), ("15m", 900), ("15", 900), ("1h30m", 5400), (" 2H ", 7200), ("1d", 86_400)]
)
def test_lengths_of_time_are_read(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-5m", "5 minutes", "1.5h", "m", "9999999h"])
def test_what_is_no_length_of_time_is_refused(text):
    with pytest.raises(ValueError, match="is no length of time"):
        seconds_of(text)


@pytest.mark.parametrize(
    "seconds, text",
    [
        (0, "0 s"),
        (40, "40 s"),
        (900, "15 min"),
        (9000, "2 h 30 min"),
        (7200, "2 h"),
        (80_000, "22 h"),
        (604_800, "7 days"),
    ],
)
def test_lengths_of_time_are_told(seconds, text):
    assert told(seconds) == text


def test_news_brings_the_next_reading_nearer_and_silence_puts_it_off():
    plan = Plan(600)
    assert plan.after_reading(2400, news=True, hint=0) == 1200
    assert plan.after_reading(700, news=True, hint=0) == 600
    assert plan.after_reading(600, news=False, hint=0) == 900
    assert plan.after_reading(9000, news=False, hint=0) == 9600  # sixteen times `every`
    assert Plan(2 * DAY).after_reading(2 * DAY, news=False, hint=0) == 2 * DAY


def test_a_wish_is_heeded_within_reason():
    assert Plan(600).after_reading(600, news=True, hint=HOUR) == HOUR
    assert Plan(600).after_reading(600, news=True, hint=365 * DAY) == 6 * HOUR
    assert Plan(600).after_reading(600, news=True, hint=1) == 600


def test_failures_double_the_pause_up_to_a_day_and_chance_spreads_them():
    plan = Plan(600)
    assert [plan.after_failure(n, None, 0.5) for n in (1, 2, 3, 50)] == [600, 1200, 2400, DAY]
    assert plan.after_failure(1, None, 0) == pytest.approx(480)
    assert plan.after_failure(1, None, 1) == pytest.approx(720)
    assert plan.after_failure(1, 5000, 0.5) == 5000


def test_a_feed_is_dead_after_many_failures_over_a_week():
    assert is_dead(8, 0, 8 * DAY)
    assert not is_dead(7, 0, 8 * DAY)
    assert not is_dead(100, 0, 6 * DAY)


def test_a_page_is_tried_for_more_than_a_day_and_a_missing_one_for_minutes():
    pauses = [page_retry(n, None, 0.5, missing=False) for n in range(1, 9)]
    assert pauses[-1] is None
    assert sum(pauses[:-1]) > DAY
    assert [page_retry(n, None, 0.5, missing=True) for n in (1, 2, 3)] == [60, 240, None]


def test_the_queue_gives_what_has_waited_longest_at_a_free_site():
    queue = Queue()
    for key, site, due in (("a1", "a", 1), ("a2", "a", 2), ("b1", "b", 3), ("c1", "c", 99)):
        queue.add(key, site, due)
    assert queue.take(10, lambda site: 0) == "a1"
    assert queue.take(10, lambda site: 5 if site == "a" else 0) == "b1"
    assert queue.next_at(10, lambda site: 5 if site == "a" else 0) == 15
    assert queue.take(10, lambda site: 0) is None
    assert queue.take(15, lambda site: 0) == "a2"
    assert queue.take(15, lambda site: 0) is None
    assert (queue.next_at(15, lambda site: 0), len(queue)) == (99, 1)


def test_a_site_that_is_being_asked_is_looked_at_again_soon():
    queue = Queue()
    queue.add("a1", "a", 1)
    assert queue.take(10, lambda site: math.inf) is None
    assert 10 < queue.next_at(10, lambda site: math.inf) < 11
    assert queue.take(11, lambda site: 0) == "a1"
    assert queue.next_at(11, lambda site: 0) == math.inf


def test_what_is_planned_anew_is_in_the_queue_once():
    queue = Queue()
    queue.add("a", "site", 1)
    queue.add("a", "site", 50)
    assert queue.take(10, lambda site: 0) is None
    assert queue.take(60, lambda site: 0) == "a"
    assert queue.take(60, lambda site: 0) is None
    assert queue.next_at(60, lambda site: 0) == math.inf


@pytest.mark.parametrize(
    "url, kept",
    [
        ("https://a.example/x?id=7&utm_source=rss&utm_medium=feed#top", "https://a.example/x?id=7"),
        ("https://a.example/x?fbclid=abc", "https://a.example/x"),
        ("https://a.example/x?a=1&a=2&b=%20", "https://a.example/x?a=1&a=2&b=%20"),
        ("https://a.example/x?utmost=1", "https://a.example/x?utmost=1"),
    ],
)
def test_marks_of_where_a_reader_came_from_are_left_out(url, kept):
    assert plain(url) == kept


def test_a_page_that_is_no_feed_is_told_as_what_it_is():
    with pytest.raises(NoFeed, match="HTML"):
        read_listing(b"<!doctype html><html><body>News</body></html>", "https://a.example/")


def test_users_name_addresses_lists_and_opml(tmp_path):
    (tmp_path / "feeds.txt").write_text("# my feeds\n\nhttps://a.example/feed The A Times\nhttps://b.example/feed\n")
    (tmp_path / "feeds.opml").write_text(
        "<opml version='2.0'><body><outline text='C' xmlUrl='https://c.example/feed'/>"
        "<outline xmlUrl='https://a.example/feed'/></body></opml>"
    )
    named = [str(tmp_path / "feeds.txt"), str(tmp_path / "feeds.opml"), "https://d.example/feed"]
    assert feeds_of(named) == {
        "https://a.example/feed": "The A Times", "https://b.example/feed": None, "https://c.example/feed": "C",
        "https://d.example/feed": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "content, why",
    [
        ("", "no address in it"),
        ("# nothing\n", "no address in it"),
        ("https://a.example/feed\nnews\n", "feeds.txt:2: 'news' is no address"),
        ("file:///etc/passwd", "is no address"),
        ("<opml version='2.0'><body/></opml>", "without any feed"),
        ("<html><body/></html>", "no list of feeds"),
    ],
)
def test_a_list_that_is_none_is_named_with_the_line(tmp_path, content, why):
    (tmp_path / "feeds.txt").write_text(content)
    with pytest.raises(BadSource, match=why):
        feeds_of([str(tmp_path / "feeds.txt")])


@pytest.mark.parametrize("source, why", [("nowhere.txt", "cannot be read"), ("ftp://a.example/", "no address")])
def test_a_source_that_leads_nowhere_is_named(source, why):
    with pytest.raises(BadSource, match=why):
        feeds_of([source])
