"""What goes to standard error: messages, progress, summary. Results alone go to standard output."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from detente.writers.terminal import safe


def errors() -> Console:
    """The console of standard error; made anew, because tests and pipes exchange the stream."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def say(message: str, *, style: str = "") -> None:
    """One message; its lines are kept, and nothing in it can steer the terminal."""
    text = Text("detente: ") + Text("\n".join(safe(line) for line in message.splitlines()), style)
    errors().print(text)


class Ticker:
    """A line of progress on standard error while work is long; silent where nobody looks on.

    with Ticker() as ticker:
        ticker.tell("12 records")
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._started = time.monotonic()
        columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
        self._progress = Progress(*columns, console=errors(), transient=True, disable=not self._shown)
        self._task = self._progress.add_task("starting: reading the language model and the lexicons", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def tell(self, message: str) -> None:
        """Show how far the work is."""
        self._progress.update(self._task, description=safe(message))

    def aside(self) -> None:
        """Make room for output on the same terminal; the line comes back with the next `tell`."""
        if self._shown and sys.stdout.isatty():
            self._progress.stop()

    def back(self) -> None:
        """The output is written; show the line again."""
        if self._shown and sys.stdout.isatty():
            self._progress.start()
