"""What a page may cost, and that whoever goes beyond harms no other."""

import signal
import subprocess
import sys
import threading
import time

import pytest

import detente.coder
from detente.coder import Coder
from detente.errors import Unreadable
from detente.limits import page_limits
from detente.model import Record

TEXT = b"Iran, Iraq sign pact\n\nIran signed a pact with Iraq on Monday."


def spin(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_a_page_that_takes_too_long_is_left_out_by_name():
    with (
        pytest.raises(Unreadable, match=r"a\.html: over 0\.05 seconds of the processor"),
        page_limits("a.html", seconds=0.05),
    ):
        spin(5)


def test_waiting_costs_nothing():
    with page_limits("a.html", seconds=0.05):
        time.sleep(0.2)


def test_what_was_set_before_is_set_again():
    heard = []
    before = signal.signal(signal.SIGVTALRM, lambda *_: heard.append(1))
    try:
        with page_limits("a.html"):
            pass
        signal.raise_signal(signal.SIGVTALRM)
        assert heard == [1]
        assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGVTALRM, before)


def test_other_threads_are_not_timed():
    ended = []

    def read():
        with page_limits("a.html", seconds=0.01):
            spin(0.1)
        ended.append(True)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert ended == [True]


def test_memory_has_an_end_and_the_process_goes_on():
    script = """
from detente.errors import Unreadable
from detente.limits import page_limits
try:
    with page_limits("a.html", memory=50_000_000):
        bytearray(200_000_000)
except Unreadable as error:
    print(error)
print(len(bytearray(200_000_000)))
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == ["a.html: too much for the memory that one page may take; left out", "200000000"]


@pytest.mark.parametrize("fault", [lambda: spin(5), lambda: [].__init__(bytearray(1 << 62))])
def test_the_neighbours_of_such_a_page_are_coded(monkeypatch, fault):
    """Also where memory ends without a limit."""
    real = detente.coder.article_of

    def article_of(record, **options):
        if record.origin == "b.txt":
            fault()
        return real(record, **options)

    monkeypatch.setattr("detente.coder.article_of", article_of)
    monkeypatch.setattr("detente.limits.PAGE_SECONDS", 0.1)
    records = [Record(origin=name, content=TEXT, format="text") for name in ("a.txt", "b.txt", "c.txt")]
    codings = list(Coder().code(records))
    assert [coding.state for coding in codings] == ["coded", "unreadable", "coded"]
    assert codings[1].reason.startswith("b.txt: ")
