"""robots.txt: what a site asks for is kept, and what it cannot say forbids nothing for good."""

import time

import pytest
from tests.web.serving import HandClock, served

from detente.web import Client, Failed, Fetched, Guard, Pace, Refused

FORBIDS = b"User-agent: *\nDisallow: /private/\nAllow: /private/open\nCrawl-delay: 7\n"


def client(clock=None):
    clock = clock or HandClock()
    return Client(guard=Guard(["127.0.0.1"]), pace=Pace(0, clock=clock), clock=clock, deadline=5.0)


def test_what_is_forbidden_is_not_asked_for():
    with served({"/robots.txt": FORBIDS, "/private/a": b"x", "/private/open": b"x", "/a": b"x"}) as server:
        asking = client()
        found = asking.get(f"{server.url}/private/a")
        assert isinstance(found, Refused)
        assert "robots.txt asks programs not to read it" in found.reason
        assert isinstance(asking.get(f"{server.url}/private/open"), Fetched)
        assert isinstance(asking.get(f"{server.url}/a"), Fetched)
        assert server.asked == ["/robots.txt", "/private/open", "/a"]


def test_rules_for_us_by_name_win_over_those_for_all():
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: detente\nDisallow: /no\n"
    with served({"/robots.txt": rules, "/a": b"x"}) as server:
        assert isinstance(client().get(f"{server.url}/a"), Fetched)
        assert isinstance(client().get(f"{server.url}/no"), Refused)


def test_a_redirect_does_not_lead_round_the_rules():
    pages = {"/robots.txt": FORBIDS, "/a": (302, {"Location": "/private/a"}, b""), "/private/a": b"x"}
    with served(pages) as server:
        assert isinstance(client().get(f"{server.url}/a"), Refused)
        assert "/private/a" not in server.asked


def test_the_pause_that_a_site_asks_for_is_kept():
    clock = HandClock()
    with served({"/robots.txt": FORBIDS, "/a": b"x"}) as server:
        asking = client(clock)
        asking.get(f"{server.url}/a")
        asking.get(f"{server.url}/a")
    assert clock.waited[-1] == pytest.approx(7, abs=0.5)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_site_without_rules_allows_all(status):
    with served({"/robots.txt": (status, {}, b""), "/a": b"x"}) as server:
        assert isinstance(client().get(f"{server.url}/a"), Fetched)


@pytest.mark.parametrize(
    "answer", [(500, {}, b""), (503, {}, b""), (429, {}, b""), (302, {"Location": "/robots.txt"}, b"")]
)
def test_rules_that_cannot_be_had_mean_not_now(answer):
    clock = HandClock()
    with served({"/robots.txt": answer, "/a": b"x"}) as server:
        asking = client(clock)
        found = asking.get(f"{server.url}/a")
        assert isinstance(found, Failed)
        assert "robots.txt cannot be had" in found.reason
        asked = len(server.asked)
        asking.get(f"{server.url}/a")
        assert len(server.asked) == asked
        server.pages["/robots.txt"] = b""
        clock.pass_by(601)
        assert isinstance(asking.get(f"{server.url}/a"), Fetched)


def test_rules_are_kept_for_a_day_and_outlast_a_bad_one():
    clock = HandClock()

    def rules(handler):
        return (304, {}, b"") if handler.headers.get("If-None-Match") else (200, {"ETag": '"1"'}, FORBIDS)

    with served({"/robots.txt": rules, "/private/a": b"x"}) as server:
        asking = client(clock)
        for _ in range(3):
            assert isinstance(asking.get(f"{server.url}/private/a"), Refused)
        assert server.asked == ["/robots.txt"]
        clock.pass_by(90_000)
        assert isinstance(asking.get(f"{server.url}/private/a"), Refused)
        server.pages["/robots.txt"] = (500, {}, b"")
        clock.pass_by(90_000)
        assert isinstance(asking.get(f"{server.url}/private/a"), Refused)
        assert server.asked == ["/robots.txt"] * 3


def test_of_a_robots_txt_of_50_mb_the_beginning_counts():
    line = b"Disallow: /private/\n"
    whole = b"User-agent: *\n" + line + b"# nothing here\n" * (50 * (1 << 20) // 15)
    with served({"/robots.txt": whole, "/a": b"x"}) as server:
        started = time.process_time()
        asking = client()
        assert isinstance(asking.get(f"{server.url}/a"), Fetched)
        assert isinstance(asking.get(f"{server.url}/private/a"), Refused)
        assert time.process_time() - started < 3
