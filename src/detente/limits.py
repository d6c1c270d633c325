"""What one page may cost: so much time of the processor and so much memory, and then it is left out by name."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from detente.errors import Unreadable

PAGE_SECONDS = 10.0
"""Of the processor, to take a page apart; the longest of some 1,060 pages took 0.2."""
PAGE_MEMORY = 1 << 30
"""Bytes over what the process had before."""

_STATM = Path("/proc/self/statm")


@contextmanager
def page_limits(origin: str, *, seconds: float | None = None, memory: int | None = None) -> Iterator[None]:
    """Reads a page inside these limits.

    `seconds` are `PAGE_SECONDS` if left out; they are measured in the main thread of Unix systems, and inside one call
    of a library they end when it does. `memory` is for processes that do nothing else (Linux): it bounds all threads.

    Raises `Unreadable` for a page that goes beyond.
    """
    try:
        with _time_limit(origin, PAGE_SECONDS if seconds is None else seconds), _memory_limit(memory):
            yield
    except MemoryError:
        raise Unreadable(f"{origin}: too much for the memory that one page may take; left out") from None


@contextmanager
def _time_limit(origin: str, seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise Unreadable(f"{origin}: over {seconds:g} seconds of the processor to take it apart; left out")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _memory_limit(memory: int | None) -> Iterator[None]:
    if memory is None or not _STATM.exists():
        yield
        return
    import resource

    held = int(_STATM.read_text().split()[5]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [held + memory, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_DATA, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
