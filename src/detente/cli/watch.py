"""`detente watch`: live feeds, from their addresses to coded events."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.cli.options import lexicon_option
from detente.cli.terminal import errors, say
from detente.writers.terminal import safe

if TYPE_CHECKING:
    from detente.watch import Plan, Watch
    from detente.web import Client

EPILOG = """
\b
Examples:
  detente watch https://news.example/feed --store events --contact me@uni.example
  detente watch feeds.opml --store events            all feeds that a reader exported; Ctrl-C ends
  detente watch --store events                       go on with the feeds of the last time
  detente watch feeds.txt --store events --once      one round, for cron
  detente watch --health --store events              how the feeds are

\b
Exit codes: 0 watched as long as was asked; 1 no feed could be read; 2 wrong usage; 3 store, lexicon or model
cannot be used; 130 stopped with Ctrl-C (nothing is lost: the same command goes on).
"""


LEAST_PAUSE = 10.0
"""Seconds; whoever asks a feed more often learns nothing and troubles its server."""


class Seconds(click.ParamType[float]):
    """A length of time: 90s, 15m, 2h."""

    name = "time"

    def __init__(self, least: float = 0.0) -> None:
        self._least = least

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """In seconds."""
        from detente.watch.times import seconds_of, told

        try:
            seconds = seconds_of(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if seconds < self._least:
            self.fail(f"{value} is too short; {told(self._least)} is the least", param, ctx)
        return seconds


@click.command(epilog=EPILOG, short_help="Read live feeds and code what is new.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--store",
    "path",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="PATH",
    help="The store that articles go to (a folder, made when missing); what is known of the feeds is kept there too.",
)
@click.option(
    "--every",
    type=Seconds(LEAST_PAUSE),
    default="15m",
    show_default=True,
    help="The shortest pause between readings of a feed.",
)
@click.option("--once", is_flag=True, help="Read each feed once, fetch and code what is new, and end.")
@click.option("--for", "seconds", type=Seconds(), help="End after so long.")
@click.option("--health", is_flag=True, help="Print how the feeds are, and read nothing.")
@click.option(
    "--contact", metavar="TEXT", help="A mail address or page by which publishers reach you; it is sent along."
)
@click.option(
    "--rate",
    type=click.FloatRange(0, 600),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="The shortest pause between two requests to one site.",
)
@click.option(
    "--fetchers",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    metavar="N",
    help="Sites that are asked at the same time.",
)
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="HOST",
    help="A host, address or network that is not public and may be asked all the same; may be repeated.",
)
@lexicon_option("A lexicon of your own, read after ours; may be repeated.")
@click.option("--quiet", "-q", is_flag=True, help="No log.")
def watch(
    sources: tuple[str, ...], path: Path, every: float, once: bool, seconds: float | None, health: bool,
    contact: str | None, rate: float, fetchers: int, allowed: tuple[str, ...], lexicons: tuple[Path, ...], quiet: bool,
) -> int:  # fmt: skip
    """Read live feeds and sitemaps, fetch the pages of what is new, code them, and keep everything in a store.

    SOURCE is the address of a feed or sitemap, an OPML file, or a text file with an address a line; without any, the
    feeds of the last time are read on.
    """
    if health:
        return _show_health(path)
    from detente.watch import Plan

    client = _client(contact, rate, allowed)
    with ExitStack() as stack:
        stack.enter_context(_ended_like_ctrl_c())
        watching = stack.enter_context(_started(path, client, Plan(every), fetchers, lexicons, _log(quiet)))
        return _run(watching, sources, once=once, seconds=seconds, quiet=quiet)


def _run(watching: Watch, sources: tuple[str, ...], *, once: bool, seconds: float | None, quiet: bool) -> int:
    from detente.watch import BadSource, feeds_of

    try:
        followed = watching.follow(feeds_of(sources))
    except BadSource as error:
        raise click.UsageError(str(error)) from None
    if not followed:
        raise click.UsageError("no feed is watched into this store yet; name an address, an OPML file or a list")
    status = 0
    try:
        tally = watching.run(once=once, seconds=seconds)
        status = 1 if tally.readings and tally.failures == tally.readings else 0
    except KeyboardInterrupt:
        say("stopped; nothing is lost, and the same command goes on from here")
        status = 130
    if not quiet:
        say(watching.tally.summary())
    return status


def _client(contact: str | None, rate: float, allowed: tuple[str, ...]) -> Client:
    from detente.web import Client, Guard, Pace

    if contact and not (contact.isascii() and contact.isprintable()):
        raise click.UsageError("--contact goes into a header of HTTP: letters of ASCII only")
    try:
        return Client(guard=Guard(allowed), pace=Pace(rate), contact=contact)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--allow-host") from None


@contextmanager
def _started(
    path: Path, client: Client, plan: Plan, fetchers: int, lexicons: tuple[Path, ...], log: Callable[[str, str], None]
) -> Iterator[Watch]:
    from detente.coder import Coder
    from detente.lexicon import Lexicon
    from detente.store import Store
    from detente.watch import State, Watch

    coder = Coder(Lexicon(*lexicons))
    with Store(path) as store, State(path) as state:
        yield Watch(
            store=store, state=state, client=client, code=coder.code, version=coder.version, plan=plan,
            fetchers=fetchers, log=log,
        )  # fmt: skip


def _show_health(path: Path) -> int:
    from detente.watch import State, health_of

    with State(path, read_only=True) as state:
        rows = list(health_of(state, time.time()))
    names = ("feed", "health", "read", "news", "every", "next", "done", "queued", "unread")
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    for name in names:
        table.add_column(name, justify="right" if name in names[6:] else "left", no_wrap=True, min_width=len(name))
    for row in rows:
        colour = {"dead": "red", "failing": "red", "new": "yellow"}.get(row.health, "")
        table.add_row(*(Text(safe(str(getattr(row, name))), colour) for name in names))
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(table)
    for row in rows:
        if row.why:
            console.print(Text(safe(f"{row.feed}: {row.why}")), soft_wrap=True)
    return 0


def _log(quiet: bool) -> Callable[[str, str], None]:
    """Lines on standard error, each with its time."""
    console = errors()

    def line(message: str, style: str) -> None:
        if not quiet:
            moment = datetime.now().strftime("%Y-%m-%d %H:%M:%S  ")
            console.print(Text(moment, "dim") + Text(safe(message), style))

    return line


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Services are stopped with SIGTERM; they shall end as cleanly."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
