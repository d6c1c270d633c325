"""One request at a time to a site, and a pause between two."""

import math
import threading

import pytest
from tests.web.serving import HandClock

from detente.web import Pace, site_of
from detente.web.pace import NotNow, Stopped


def test_the_second_request_waits_and_another_site_does_not():
    clock = HandClock()
    pace = Pace(3, clock=clock)
    with pace.turn("a.example"):
        pass
    assert (pace.ready_in("a.example"), pace.ready_in("b.example")) == (3, 0)
    with pace.turn("b.example"):
        assert clock.waited == []
    with pace.turn("a.example"):
        assert clock.waited == [3]


def test_a_site_that_is_being_asked_is_not_ready():
    pace = Pace(3, clock=HandClock())
    with pace.turn("a.example"):
        assert pace.ready_in("a.example") == math.inf


def test_requests_to_one_site_never_overlap():
    pace = Pace(0)
    inside, most = [], []

    def ask():
        for _ in range(50):
            with pace.turn("a.example"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}


def test_a_site_may_ask_for_more_but_neither_for_less_nor_for_a_day():
    clock = HandClock()
    pace = Pace(3, clock=clock)
    for asked, kept in ((10, 10), (1, 3), (86_400, 60)):
        pace.slow_down("a.example", asked)
        with pace.turn("a.example"):
            pass
        assert pace.ready_in("a.example") == kept


def test_a_long_pause_is_told_rather_than_waited_for():
    pace = Pace(0, clock=HandClock())
    pace.hold("a.example", 86_400)
    with pytest.raises(NotNow) as told, pace.turn("a.example"):
        pass
    assert told.value.seconds == 3600


def test_nobody_waits_once_stopped():
    pace = Pace(30)
    with pace.turn("a.example"):
        pass
    pace.stop()
    with pytest.raises(Stopped), pace.turn("a.example"):
        pass


def test_a_site_is_host_and_port():
    assert site_of("https://a@News.example:8080/x?y") == "news.example:8080"
