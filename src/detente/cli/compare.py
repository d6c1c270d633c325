"""`detente compare`: two sets of events side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from detente.cli.terminal import say

if TYPE_CHECKING:
    from detente.evaluate.compare import By, Cell, Compared
    from detente.readers.exchange import Note, Row
    from detente.writers.exchange import Format

T = TypeVar("T")
NAMED = 5
"""Notes of a reader that are named; the rest is counted."""
EPILOG = """
\b
Examples:
  detente compare events 20180601.export.csv --b gdelt-events       a store beside a day of GDELT
  detente compare events coded_by_hand.csv --b csv --by type
  detente compare icews.tab gdelt.csv --a icews --b gdelt-events --by root

\b
Exit codes: 0 compared; 1 a set cannot be read; 2 wrong usage.
"""


@click.command(epilog=EPILOG, short_help="Hold two sets of events against each other.")
@click.argument("a", type=click.Path(path_type=Path, exists=True))
@click.argument("b", type=click.Path(path_type=Path, exists=True))
@click.option("--a", "format_a", metavar="FORMAT", help="What A is, if it is no store: see detente export.")
@click.option("--b", "format_b", metavar="FORMAT", help="What B is, if it is no store.")
@click.option(
    "--by", type=click.Choice(["quad", "type", "root", "code"]), default="quad", show_default=True,
    help="What must be the same: quad class, PLOVER type, root of the CAMEO code, or the whole code.",
)  # fmt: skip
@click.option(
    "--days", type=click.IntRange(0, 31), default=1, show_default=True, metavar="N",
    help="How far the days of one event may lie apart.",
)  # fmt: skip
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to tell it."
)
def compare(a: Path, b: Path, format_a: str | None, format_b: str | None, by: By, days: int, format: str) -> int:
    """Hold two sets of events, A and B, against each other: what both have, and what only one has.

    A set is a store or a file in one of the formats of detente export. Two rows are one event when the same two
    countries (or bodies) do something of one class to each other within a day. Only days that both cover count.
    """
    import msgspec

    from detente.evaluate.compare import compared

    found = compared(_rows(a, format_a, "--a"), _rows(b, format_b, "--b"), by=by, days=days)
    if format == "json":
        click.echo(msgspec.json.encode(found))
        return 0
    for line in _lines(found, a.name, b.name, by):
        click.echo(line)
    return 0


def _rows(path: Path, format: str | None, option: str) -> Iterator[Row]:
    """Raises `click.BadParameter` for a file of which no format is said, or one that holds no events."""
    if path.is_dir():
        yield from _rows_of_store(path)
        return
    from detente.writers.exchange import format_of

    if format is None:
        raise click.BadParameter(f"{path} is no store; say what it is", param_hint=option)
    try:
        known = format_of(format)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None
    if not known.gives_rows:
        raise click.BadParameter(f"{format} holds no events one by one", param_hint=option)
    yield from told_rows(path, known)


def told_rows(path: Path, format: Format) -> Iterator[Row]:
    """The rows of a file; what was mended or left out is counted, and named at the end.

    Raises `click.ClickException` for a file that cannot be read.
    """
    return without_notes(path, format.read(path))


def without_notes(path: Path, found: Iterable[T | Note]) -> Iterator[T]:
    """What was found in a file; what was mended or left out is counted, and named at the end.

    Raises `click.ClickException` for a file that cannot be read.
    """
    from detente.readers.exchange import Repaired, Skipped

    notes: Counter[str] = Counter()
    try:
        for part in found:
            if isinstance(part, Skipped | Repaired):
                notes[part.what] += getattr(part, "count", 1)
            else:
                yield part
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be read: {error.strerror}") from error
    for what, count in notes.most_common(NAMED):
        say(f"{path}: {count:,} times: {what}", style="yellow")
    if len(notes) > NAMED:
        say(f"{path}: and {len(notes) - NAMED:,} kinds of notes more", style="yellow")


def _rows_of_store(path: Path) -> Iterator[Row]:
    from detente.cli.groups import asked
    from detente.readers.exchange import rows_of
    from detente.store.rows import event_of_row

    with asked(path) as store:
        for row in store.events():
            yield from rows_of(event_of_row(row))


def _lines(found: Compared, a: str, b: str, by: str) -> Iterator[str]:
    if found.first is None:
        yield f"{a} and {b} have no day in common"
        return
    yield f"A {a}, B {b}, {found.first} to {found.last}, matched by pair, {by} and day"
    yield f"{'':32}{'A':>10}{'B':>10}{'both':>10}{'of A':>8}{'of B':>8}{'r':>8}"
    yield _line("events", found.a, found.b, found.both, found.correlation)
    for title, cells in ((by, found.classes), ("pair", found.dyads), ("month", found.months)):
        yield f"by {title}"
        yield from (_cell(cell) for cell in cells[:40])
    yield f"on other days: {found.outside[0]:,} of A, {found.outside[1]:,} of B"
    yield f"no fact, or without day, pair or {by}: {found.unusable[0]:,} of A, {found.unusable[1]:,} of B"
    yield from _examples(found)


def _cell(cell: Cell) -> str:
    return _line(f"  {cell.name}", cell.a, cell.b, cell.both, cell.correlation)


def _line(name: str, a: int, b: int, both: int, correlation: float | None) -> str:
    shares = "".join(f"{both / count:8.2f}" if count else f"{'-':>8}" for count in (a, b))
    return f"{name[:32]:32}{a:10,}{b:10,}{both:10,}{shares}" + (
        f"{correlation:8.2f}" if correlation is not None else ""
    )


def _examples(found: Compared) -> Iterator[str]:
    for title, rows in (("only in A", found.only_a), ("only in B", found.only_b)):
        yield from _told(title, rows)
    if found.matched:
        yield "in both"
        for one, other in found.matched:
            yield f"  A {_shown(one)}"
            yield f"  B {_shown(other)}"


def _told(title: str, rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        yield title
        yield from (f"  {_shown(row)}" for row in rows)


def _shown(row: Row) -> str:
    from detente.writers.terminal import safe

    what = " ".join(filter(None, (row.type, row.mode, row.cameo)))
    source, target = row.source_name or row.source_code, row.target_name or row.target_code
    who = f"{source or row.source_id} to {target or row.target_id}"
    return safe(f"{row.day}  {who}: {what}  {row.text or row.url or row.id}")
