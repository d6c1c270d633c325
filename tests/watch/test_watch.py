"""From feeds to the store: every article once, in its last version, whatever feeds and servers do."""

import pytest
from tests.watch.made import FEED, Watching, item, made_code, page, rss, unchanging

from detente.errors import ModelError, StoreError
from detente.store import Store
from detente.watch import Plan, State
from detente.watch.books import Books
from detente.web import Failed, Fetched, Gone, Refused

HOUR, DAY = 3600.0, 86_400.0
LONG = "It was the third such step this year. " * 20


@pytest.fixture
def watching(tmp_path):
    return Watching(tmp_path / "events", {})


def test_what_is_new_is_fetched_coded_and_kept(watching):
    watching.pages |= {FEED: rss(item("a"), item("b")), page("a"): b"Chad votes", page("b"): b"Togo votes"}
    tally = watching.run(FEED, once=True)
    assert watching.articles() == [(page("a"), "Chad votes"), (page("b"), "Togo votes")]
    assert (tally.new, tally.fetched, tally.states["coded"], tally.reports) == (2, 2, 2, 2)
    assert watching.log[-2:] == ["2 pages: 2 coded; 2 reports", "put together: 2 changes in stories and events"]
    assert "Example: 2 new entries; next reading in 15 min" in watching.log


def test_what_is_known_is_not_fetched_again(watching):
    watching.pages |= {FEED: rss(item("a")), page("a"): b"Chad votes"}
    watching.run(FEED, once=True)
    watching.pages[FEED] = rss(item("a"), item("b"))
    watching.pages[page("b")] = b"Togo votes"
    watching.run(once=True)
    assert watching.texts() == ["Chad votes", "Togo votes"]
    assert watching.asked(page("a")) == 1


def test_the_page_of_two_feeds_is_fetched_once(watching):
    other = "https://other.example/feed"
    watching.pages |= {FEED: rss(item("a")), other: rss(item("a", id="x", url=page("a") + "?utm_source=other#top"))}
    watching.pages[page("a")] = b"Chad votes"
    watching.run(FEED, other, once=True)
    assert [url for url in watching.web.asked if url.startswith(page("a"))] == [page("a")]
    assert watching.texts() == ["Chad votes"]


def test_two_addresses_that_lead_to_one_page_are_one_article(watching):
    final = page("final")
    for name in "ab":
        found = Fetched(url=page(name), final=final, content=f"Chad votes, frame {name}".encode())
        watching.pages[page(name)] = found
    watching.pages[FEED] = rss(item("a"), item("b"))
    watching.run(FEED, once=True)
    assert len(watching.articles()) == 1
    assert watching.articles()[0][0] == final


def test_an_id_that_all_entries_share_is_none(watching):
    items = [item(name, id="same", title="Breaking news") for name in "abc"]
    watching.pages |= {FEED: rss(*items), **{page(name): f"{name} votes".encode() for name in "abc"}}
    watching.run(FEED, once=True)
    assert watching.texts() == ["a votes", "b votes", "c votes"]


def test_an_entry_that_is_listed_twice_is_fetched_once(watching):
    numbers = iter(range(100))
    watching.pages[FEED] = lambda validators: rss(item("a", title="B"), item("a"), extra=f"<ttl>{next(numbers)}</ttl>")
    watching.pages[page("a")] = b"Chad votes"
    watching.run(FEED, seconds=10 * HOUR)
    assert watching.asked() > 5
    assert watching.asked(page("a")) == 1


def test_an_id_that_every_new_article_gets_is_none(watching):
    for number, name in enumerate("abc"):
        date = f"Tue, 14 Nov 2023 0{number}:00:00 GMT"
        watching.pages |= {FEED: rss(item(name, id="latest", date=date)), page(name): f"{name} votes".encode()}
        watching.run(FEED, once=True)
    assert watching.texts() == ["a votes", "b votes", "c votes"]


MORNING, EVENING = "Tue, 14 Nov 2023 08:10:00 GMT", "Tue, 14 Nov 2023 19:00:00 GMT"


@pytest.mark.parametrize(
    "before, after, articles",
    [
        # the address alone is new
        ({"title": "Chad votes"}, {"title": "Chad votes"}, 1),
        ({"title": "Chad votes", "date": MORNING}, {"title": "Chad votes", "date": MORNING}, 1),
        # address and title are new, the minute is the same
        ({"title": "Chad votes", "date": MORNING}, {"title": "Chad to vote", "date": MORNING}, 1),
        # every day's briefing has one id and one title
        ({"title": "Briefing", "date": MORNING}, {"title": "Briefing", "date": EVENING}, 2),
        # a day is no minute
        ({"title": "Chad votes", "date": "2023-11-14"}, {"title": "Togo votes", "date": "2023-11-14"}, 2),
        ({"title": "Chad votes"}, {"title": "Togo votes"}, 2),
    ],
)
def test_an_entry_with_another_address_is_the_same_article_or_another(watching, before, after, articles):
    watching.pages |= {FEED: rss(item("old", id="1", **before)), page("old"): b"Chad votes"}
    watching.run(FEED, once=True)
    watching.pages |= {FEED: rss(item("new", id="1", **after)), page("new"): b"Chad votes, corrected"}
    watching.run(once=True)
    assert len(watching.articles()) == articles
    assert watching.articles()[0] == (page("new"), "Chad votes, corrected")


def test_a_corrected_article_replaces_the_older_one(watching):
    watching.pages |= {FEED: rss(item("a")), page("a"): b"Chad votes"}
    watching.run(FEED, seconds=60)
    watching.pages |= {FEED: rss(item("a", title="Corrected")), page("a"): b"Chad votes, corrected"}
    watching.run(seconds=HOUR)
    assert watching.articles() == [(page("a"), "Chad votes, corrected")]
    assert any("1 changed" in line for line in watching.log)


def test_a_feed_that_changes_its_mind_all_the_time_does_not_cause_a_storm(watching):
    minutes = iter(range(10_000))
    watching.pages[FEED] = lambda validators: rss(item("a", title=f"Minute {next(minutes)}"))
    watching.pages[page("a")] = lambda validators: f"Chad votes at {watching.clock.now()}".encode()
    watching.run(FEED, seconds=DAY)
    assert watching.asked(FEED) > 90
    assert watching.asked(page("a")) < 12
    assert len(watching.articles()) == 1


def test_what_changes_while_it_is_at_hand_is_fetched_again(watching):
    watching.pages |= {FEED: rss(item("a")), page("a"): b"Chad votes"}
    watching.run(FEED, once=True)
    known = watching.page(page("a"))
    with State(watching.folder) as state:
        known.progress = "queued"
        state.write_page(known)
        listed = state.page(known.url)
        listed.changes, listed.title = listed.changes + 1, "Corrected"
        state.write_page(listed)
        (again,) = Books(state, Plan(), lambda *_: None).pages_done([known], watching.clock.now())
        assert (again.url, again.title, again.progress) == (page("a"), "Corrected", "queued")
    assert watching.page(page("a")).progress == "queued"


# -- Pages that are not to be had --------------------------------------------------------------------------------------


def test_a_page_that_is_missing_is_tried_again_and_then_named_in_the_ledger(watching):
    watching.pages[FEED] = rss(item("a"))
    watching.run(FEED, seconds=HOUR)
    assert watching.asked(page("a")) == 3
    assert watching.ledger() == [(page("a"), "unreadable", f"{page('a')}: answers 404 Not Found")]
    assert watching.page(page("a")).progress == "unread"


def test_a_page_that_comes_at_the_second_try_is_coded(watching):
    answers = iter([Failed(url=page("a"), reason="500", status=500), b"Chad votes"])
    watching.pages |= {FEED: rss(item("a")), page("a"): lambda validators: next(answers)}
    watching.run(FEED, seconds=HOUR)
    assert watching.texts() == ["Chad votes"]


def test_a_site_that_is_down_for_a_day_loses_nothing(watching):
    begin = watching.clock.now()

    def down(validators):
        late = watching.clock.now() - begin > DAY
        return b"Chad votes" if late else Failed(url=page("a"), reason="Connection refused")

    watching.pages |= {FEED: rss(item("a")), page("a"): down}
    watching.run(FEED, seconds=2 * DAY)
    assert watching.texts() == ["Chad votes"]


@pytest.mark.parametrize(
    "found",
    [
        Refused(url=page("a"), reason="robots.txt asks programs not to read it"),
        Gone(url=page("a"), reason="410 Gone"),
        Failed(url=page("a"), reason="404", status=404),
        b"list of links",
    ],
)
def test_what_the_feed_itself_tells_stands_in_for_a_page(watching, found):
    watching.pages |= {FEED: rss(item("a", text=f"Chad votes. {LONG}")), page("a"): found}
    watching.run(FEED, seconds=HOUR)
    ((origin, text),) = watching.articles()
    assert origin == page("a")
    assert text.startswith("Chad votes.")


def test_a_teaser_does_not_stand_in_for_a_page(watching):
    watching.pages |= {FEED: rss(item("a", text="Chad votes.")), page("a"): b"list of links"}
    watching.run(FEED, seconds=HOUR)
    assert watching.ledger() == [(page("a"), "not an article", "a list of links")]


def test_an_entry_without_a_page_is_coded_from_the_feed_and_again_when_it_changes(watching):
    watching.pages[FEED] = rss(item("a", url="", text=f"Chad votes. {LONG}"))
    watching.run(FEED, seconds=60)
    watching.pages[FEED] = rss(item("a", url="", title="Corrected", text=f"Chad votes again. {LONG}"))
    watching.run(seconds=HOUR)
    (text,) = watching.texts()
    assert text.startswith("Chad votes again.")


def test_entries_that_all_lead_to_the_front_page_are_told_by_the_feed(watching):
    front = "https://news.example/"
    items = [item(name, url=front, text=f"{name} votes. {LONG}") for name in ("Chad", "Togo")]
    watching.pages |= {FEED: rss(*items), front: b"list of links"}
    watching.run(FEED, once=True)
    assert [text[:11] for text in watching.texts()] == ["Chad votes.", "Togo votes."]
    assert watching.asked(front) == 0


def test_an_error_page_does_not_take_an_articles_place(watching):
    watching.pages |= {FEED: rss(item("a")), page("a"): b"Chad votes"}
    watching.run(FEED, seconds=60)
    watching.pages |= {FEED: rss(item("a", title="Corrected")), page("a"): b"list of links"}
    watching.run(seconds=HOUR)
    assert watching.texts() == ["Chad votes"]
    assert "kept as it was" in watching.page(page("a")).reason


def test_a_page_that_trips_the_coder_harms_no_other(watching):
    watching.pages |= {FEED: rss(item("a"), item("b")), page("a"): b"crash", page("b"): b"Togo votes"}
    watching.run(FEED, once=True)
    assert watching.texts() == ["Togo votes"]
    assert "a fault of Detente's own (RuntimeError: the coder tripped, made.py:" in watching.ledger()[0][2]


def test_what_all_pages_need_is_no_fault_of_one(watching):
    watching.pages |= {FEED: rss(item("a")), page("a"): b"no model"}
    with pytest.raises(ModelError, match="install Detente again"):
        watching.run(FEED, once=True)
    assert watching.ledger() == []


# -- Feeds -------------------------------------------------------------------------------------------------------------


def test_a_quiet_feed_is_asked_more_and_more_seldom(watching):
    watching.pages[FEED] = rss()
    watching.run(FEED, seconds=DAY)
    assert 9 < watching.asked() < 16


def test_a_feed_with_news_is_asked_as_often_as_is_allowed(watching):
    numbers = iter(range(1000))
    watching.pages[FEED] = lambda validators: rss(item(f"n{next(numbers)}"))
    watching.run(FEED, seconds=6 * HOUR)
    assert watching.asked() == 24


def test_a_feeds_own_wish_is_heeded(watching):
    watching.pages[FEED] = rss(extra="<ttl>120</ttl>")
    watching.run(FEED, seconds=12 * HOUR)
    assert watching.asked() <= 6


def test_a_failing_feed_is_asked_more_and_more_seldom_and_is_well_again(watching):
    begin = watching.clock.now()

    def down(validators):
        is_down = watching.clock.now() - begin < 10 * HOUR
        return Failed(url=FEED, reason=f"{FEED}: answers 500", status=500) if is_down else rss()

    watching.pages[FEED] = down
    watching.run(FEED, seconds=DAY)
    assert f"{FEED}: {FEED}: answers 500; failure 2, next try in" in " ".join(watching.log)
    assert any("well again, after" in line for line in watching.log)
    assert watching.feed().health == "well"
    assert watching.asked() < 15


def test_a_server_that_asks_for_a_pause_gets_it(watching):
    watching.pages[FEED] = Failed(url=FEED, reason="503", status=503, retry_after=5 * HOUR)
    watching.run(FEED, seconds=4 * HOUR)
    assert watching.asked() == 1


def test_a_feed_that_fails_for_a_week_is_dead_and_asked_once_a_week(watching):
    watching.pages[FEED] = Failed(url=FEED, reason="no answer in time")
    watching.run(FEED, seconds=9 * DAY)
    assert watching.feed().health == "dead"
    before = watching.asked()
    watching.run(seconds=15 * DAY)
    assert watching.asked() - before == 2
    assert any("given up, asked once a week" in line for line in watching.log)


def test_a_feed_that_is_gone_is_dead_at_once(watching):
    watching.pages[FEED] = Gone(url=FEED, reason="410 Gone")
    watching.run(FEED, seconds=6 * DAY)
    assert (watching.feed().health, watching.asked()) == ("dead", 1)


def test_a_moved_feed_is_read_at_its_new_address_from_now_on(watching):
    new = "https://new.example/feed"
    watching.pages |= {
        FEED: lambda validators: Fetched(url=FEED, final=new, content=rss(item("a")), moved_to=new),
        new: rss(item("a")),
        page("a"): b"Chad votes",
    }
    watching.run(FEED, seconds=10 * HOUR)
    assert watching.asked(FEED) == 1
    assert watching.asked(new) > 1
    assert (watching.feed().url, watching.feed().moved_from) == (new, FEED)
    watching.run(FEED, once=True)  # under its old name, too
    assert (watching.asked(FEED), len(watching.texts())) == (1, 1)


@pytest.mark.parametrize("there, believed", [(rss(), True), (b"<html>not here</html>", False)])
def test_a_feed_that_says_it_has_moved_must_be_found_there(watching, there, believed):
    new = "https://new.example/feed"
    namespace = "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
    told = f"<itunes:new-feed-url {namespace}>{new}</itunes:new-feed-url>"
    watching.pages |= {FEED: rss(extra=told), new: there}
    watching.run(FEED, once=True)
    assert watching.feed().url == (new if believed else FEED)
    assert watching.feed().health == "well"
    watching.pages[new] = rss()
    watching.run(once=True)
    assert watching.feed().url == new


def test_a_feed_that_moves_to_one_that_is_watched_goes_into_it(watching):
    new = "https://new.example/feed"
    moved = Fetched(url=FEED, final=new, content=rss(item("a")), moved_to=new)
    watching.pages |= {FEED: moved, new: rss(item("a")), page("a"): b"Chad votes"}
    watching.run(FEED, new, seconds=10 * HOUR)
    assert watching.asked(FEED) == 1
    with watching.state() as state:
        assert [feed.url for feed in state.feeds()] == [new]
    assert watching.texts() == ["Chad votes"]


def test_a_feed_that_is_a_page_is_named_with_the_feed_that_the_page_names(watching):
    link = "<link rel=alternate type='application/rss+xml' href='/rss.xml'>"
    watching.pages[FEED] = f"<!doctype html><html><head>{link}</head><body>News</body></html>".encode()
    watching.run(FEED, once=True)
    assert "the page names the feed https://news.example/rss.xml" in watching.feed().reason


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2" * 100, b"We'll be right back", b"{", b"<rss", b"\x1f\x8b\x08broken"]
)
def test_garbage_is_a_failure_with_a_reason(watching, content):
    watching.pages[FEED] = content
    watching.run(FEED, once=True)
    assert watching.feed().health == "failing"
    assert watching.feed().reason.startswith(f"{FEED}: ")


def test_a_feed_that_is_the_same_to_the_letter_is_not_taken_apart_again(watching, monkeypatch):
    watching.pages |= {FEED: rss(item("a")), page("a"): b"Chad votes"}
    watching.run(FEED, once=True)
    with monkeypatch.context() as patch:
        patch.setattr("detente.watch.fetching.read_listing", None)
        watching.run(once=True)
    assert (watching.asked(), watching.feed().health, watching.feed().readings) == (2, "well", 2)


def test_a_server_that_calls_everything_unchanged_is_not_believed_for_ever(watching):
    watching.pages |= {FEED: unchanging(rss(item("a"))), page("a"): b"Chad votes", page("b"): b"Togo votes"}
    watching.run(FEED, seconds=HOUR)
    watching.pages[FEED] = unchanging(rss(item("a"), item("b")))
    watching.run(seconds=2 * DAY)
    assert watching.texts() == ["Chad votes", "Togo votes"]


# -- Sitemaps ----------------------------------------------------------------------------------------------------------


def sitemap(**pages):
    items = "".join(f"<url><loc>{page(name)}</loc><lastmod>{day}</lastmod></url>" for name, day in pages.items())
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{items}</urlset>".encode()


def test_of_a_sitemap_only_what_is_new_is_fetched(watching):
    watching.pages |= {FEED: sitemap(old="2009-06-28", new="2023-11-14"), page("new"): b"Chad votes"}
    tally = watching.run(FEED, once=True)
    assert watching.texts() == ["Chad votes"]
    assert watching.asked(page("old")) == 0
    assert tally.new == 1
    assert "1 from before left alone" in watching.log[1]


def test_the_sitemaps_of_an_index_are_read(watching):
    index = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{}</loc></sitemap></sitemapindex>"
    child = page("sitemap-1.xml")
    watching.pages |= {FEED: index.format(child).encode(), child: sitemap(new="2023-11-14"), page("new"): b"Chad votes"}
    watching.run(FEED, once=True)
    assert watching.texts() == ["Chad votes"]


# -- Time and ends -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [-20 * 365 * DAY, -DAY, DAY, 20 * 365 * DAY])
def test_a_clock_that_jumps_neither_storms_nor_sleeps(watching, jump):
    def jumping(validators):
        if watching.asked() == 3:
            watching.clock.wall += jump
        return rss(item("a"))

    watching.pages |= {FEED: jumping, page("a"): b"Chad votes"}
    watching.run(FEED, seconds=6 * HOUR)
    asked = watching.asked()
    assert 6 <= asked <= 10
    watching.run(seconds=12 * HOUR)  # another start, by the clock as it is now
    assert asked + 1 <= watching.asked() <= asked + 8


def test_plans_of_a_clock_that_was_years_ahead_are_brought_back(watching):
    watching.clock.wall += 20 * 365 * DAY
    watching.pages[FEED] = rss()
    watching.run(FEED, seconds=60)
    watching.clock.wall -= 20 * 365 * DAY
    watching.run(seconds=8 * DAY)
    assert watching.asked() > 2


def test_a_kill_after_publishing_and_before_the_books_doubles_nothing(watching, monkeypatch):
    def killed(*arguments):
        raise KeyboardInterrupt

    frames = iter("12")
    watching.pages[FEED] = unchanging(rss(item("a")))
    watching.pages[page("a")] = lambda validators: f"Chad votes, frame {next(frames)}".encode()
    with monkeypatch.context() as patch:
        patch.setattr(Books, "pages_done", killed)
        with pytest.raises(KeyboardInterrupt):
            watching.run(FEED, once=True)
    assert len(watching.articles()) == 1
    watching.run(once=True)
    assert watching.articles() == [(page("a"), "Chad votes, frame 2")]
    assert watching.page(page("a")).progress == "done"


def test_a_kill_before_coding_loses_nothing(watching):
    def killed(records):
        raise KeyboardInterrupt

    watching.pages |= {FEED: unchanging(rss(item("a"))), page("a"): b"Chad votes"}
    watching.code = killed
    with pytest.raises(KeyboardInterrupt):
        watching.run(FEED, once=True)
    watching.code = made_code
    watching.run(once=True)
    assert "1 page left from before" in watching.log[-3]
    assert watching.texts() == ["Chad votes"]


def test_a_page_that_ends_the_program_each_time_is_given_up_and_harms_no_other(watching):
    def deadly(records):
        for record in records:
            if record.origin == page("a") and not hasattr(record, "reason"):
                raise KeyboardInterrupt
            yield from made_code([record])

    watching.pages |= {FEED: rss(item("a"), item("b")), page("a"): b"Chad votes", page("b"): b"Togo votes"}
    watching.code = deadly
    for _ in range(6):
        try:
            watching.run(FEED, once=True)
        except KeyboardInterrupt:
            continue
    assert watching.texts() == ["Togo votes"]
    assert "each time the program ended in the middle" in watching.page(page("a")).reason


def test_two_watchers_of_one_store_are_one_too_many(tmp_path):
    folder = tmp_path / "events"
    with Store(folder), State(folder):
        with pytest.raises(StoreError, match="another detente watch reads into this store"):
            State(folder)
        State(folder, read_only=True).close()


def test_feeds_that_are_no_longer_named_are_left_alone(watching):
    other = "https://other.example/feed"
    watching.pages |= {FEED: rss(), other: rss()}
    watching.run(FEED, other, once=True)
    watching.run(other, once=True)
    watching.run(once=True)
    assert (watching.asked(FEED), watching.asked(other)) == (1, 3)


def test_the_store_is_as_well_as_before_beside_the_state(watching):
    watching.pages |= {FEED: rss(item("a")), page("a"): b"Chad votes"}
    watching.run(FEED, once=True)
    with Store(watching.folder) as store:
        store.publish([], version="2")
        assert store.faults() == []
    assert watching.page(page("a")).progress == "done"


def test_stories_and_events_are_put_together_once_a_minute_at_most(watching):
    watching.pages |= {FEED: rss(item("a")), page("a"): b"Chad votes", page("b"): b"Togo votes"}
    watching.run(FEED, seconds=HOUR)
    assert watching.log.count("put together: 2 changes in stories and events") == 1
    watching.pages[FEED] = rss(item("a"), item("b"))
    watching.run(seconds=HOUR)
    told = [line for line in watching.log if line.startswith("put together")]
    assert len(told) == 2
    with Store(watching.folder) as store:
        assert store.is_fused()
        assert store.counts()["placements"] == 2


def test_what_cannot_be_put_together_ends_no_watching(watching, monkeypatch):
    def tripped(self):
        raise RuntimeError("tripped")

    watching.pages |= {FEED: rss(item("a")), page("a"): b"Chad votes"}
    monkeypatch.setattr(Store, "fuse", tripped)
    watching.run(FEED, once=True)
    assert watching.texts() == ["Chad votes"]
    assert "RuntimeError: tripped" in watching.log[-1]
