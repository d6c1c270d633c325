"""Time, behind a seam: tests move it by hand, and a clock that jumps harms nobody."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """What is asked of time."""

    def now(self) -> float:
        """Seconds since 1970, as the machine's clock has it; it may jump."""
        ...

    def ticks(self) -> float:
        """Seconds since some moment; they never go back."""
        ...

    def wait(self, seconds: float, stop: threading.Event | None = None) -> None:
        """Do nothing for so long, or until `stop` is set."""
        ...


class SystemClock:
    """The machine's own."""

    def now(self) -> float:
        """As `Clock`."""
        return time.time()

    def ticks(self) -> float:
        """As `Clock`."""
        return time.monotonic()

    def wait(self, seconds: float, stop: threading.Event | None = None) -> None:
        """As `Clock`."""
        (stop or threading.Event()).wait(max(0.0, seconds))


class Steady:
    """The time of day when it was made, and from there on by ticks.

    What is planned by it neither comes all at once when the machine's clock is set forward nor sleeps for years when it
    is set back.
    """

    def __init__(self, clock: Clock) -> None:
        self._ahead = clock.now() - clock.ticks()
        self._clock = clock

    def now(self) -> float:
        """Seconds since 1970; never goes back."""
        return self._ahead + self._clock.ticks()
