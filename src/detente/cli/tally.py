"""What a run of `detente code` counts, and what it says of what it passed over; all on standard error."""

from __future__ import annotations

from collections import Counter

from detente.cli.terminal import say
from detente.model import Coding, State

# More lines of what was passed over would hide the rest; all of them stand in the ledger of the store.
NAMED = 20
STATES: tuple[State, ...] = (
    "coded", "no events", "duplicate", "joined", "withdrawn", "not an article", "not English", "unreadable",
)  # fmt: skip
READ: tuple[State, ...] = ("coded", "no events", "duplicate", "joined")
"""The states of what could be read; the others are passed over, and named."""


class Tally:
    """Counts the records by state; names what was passed over, and articles without a date."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.states: Counter[State] = Counter()
        self.reports = 0
        self.undated = 0
        self._named = 0
        self._quiet = quiet

    @property
    def records(self) -> int:
        """How many records came in."""
        return sum(self.states.values())

    def take(self, coding: Coding) -> None:
        """Count a record, and name it if there is something to say about it."""
        self.states[coding.state] += 1
        self.reports += len(coding.reports)
        if coding.state not in READ:
            self._name(f"{coding.state}: {_told(coding.origin, coding.reason)}")
        elif coding.reports and coding.article is not None and coding.article.anchor is None:
            self.undated += 1
            self._name(f"no date: {coding.origin}: so “yesterday” stays open; give it with --published")

    def _name(self, message: str) -> None:
        self._named += 1
        if self._quiet or self._named > NAMED + 1:
            return
        more = "more of this kind follows; see the summary, and the ledger of the store for names"
        say(message if self._named <= NAMED else more, style="yellow")

    def progress(self, coding: Coding) -> str:
        """How far the run is."""
        return f"{self.records:,} records, {self.reports:,} reports; {coding.origin[-60:]}"

    def summary(self) -> str:
        """ "3 records: 2 coded, 1 unreadable; 7 reports; 1 without a date"."""
        told = [f"{self.states[state]:,} {state}" for state in STATES if self.states[state]]
        line = f"{self.records:,} record{'s' * (self.records != 1)}: {', '.join(told) or 'nothing came in'}"
        line += f"; {self.reports:,} report{'s' * (self.reports != 1)}"
        return line + (f"; {self.undated:,} without a date" if self.undated else "")


def _told(origin: str, reason: str) -> str:
    return reason if origin in reason else f"{origin}: {reason}"
