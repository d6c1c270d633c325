"""`detente relation`: how two sides froze and thawed."""

from __future__ import annotations

import io
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from detente.cli.files import whole
from detente.cli.groups import asked
from detente.cli.options import store_option
from detente.model import Standing

if TYPE_CHECKING:
    from detente.relations import Course

SUFFIXES = {".svg": "svg", ".png": "png", ".csv": "csv", ".jsonl": "jsonl", ".json": "json"}
EPILOG = """
\b
Examples:
  detente relation NATO RUS --store events --since 2008 --by week
  detente relation "RUS MIL" GEO --store events             roles; "RUS, BLR" is any of several
  detente relation RUS --store events --by month            with everybody
  detente relation NATO RUS --store events --out turns.svg  a chart; also .png, .csv, .json

\b
Exit codes: 0 shown; 1 no such scale or store, or the days do not fit; 2 wrong usage.
"""


def is_start(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """The first day of "2008", "2008-12" or "2008-12-31". Raises `click.BadParameter` for anything else."""
    return None if value is None else _day(value, "-01-01")


def is_end(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """The last day of "2008", "2008-12" or "2008-12-31". Raises `click.BadParameter` for anything else."""
    if value is None:
        return None
    last = _day(value, "-12-01" if len(value) == 4 else "-01")
    return last if len(value) == 10 else (last + timedelta(31)).replace(day=1) - timedelta(1)


def _day(value: str, rest: str) -> date:
    whole = value + rest[: 10 - len(value)] if len(value) in (4, 10) else f"{value}-01"
    try:
        return date.fromisoformat(whole)
    except ValueError:
        raise click.BadParameter(f"'{value}' is no day; write 2008, 2008-12 or 2008-12-31") from None


@click.command(epilog=EPILOG, short_help="Show how two sides froze and thawed.")
@click.argument("one")
@click.argument("other", default="*")
@store_option("The store to ask.")
@click.option(
    "--by", type=click.Choice(["day", "week", "month"]), default="week", show_default=True, help="How wide a bin is."
)
@click.option("--since", callback=is_start, metavar="DATE", help="From then on: 2008, 2008-12 or 2008-12-31.")
@click.option("--until", callback=is_end, metavar="DATE", help="Until then.")
@click.option(
    "--scale", default="plover", show_default=True, metavar="NAME", help="plover, goldstein-icews or goldstein-gdelt."
)
@click.option(
    "--standing", "standings", multiple=True, metavar="STANDING",
    help="Which stand so, instead of happened and ongoing; may be repeated.",
)  # fmt: skip
@click.option("--dark", is_flag=True, help="A chart on a dark ground.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write .svg, .png, .csv, .json here.",
)
@click.option(
    "--format", type=click.Choice(["table", "csv", "jsonl", "json", "svg", "png"]),
    help="How to write it; by the name of --out, else table.",
)  # fmt: skip
def relation(
    one: str, other: str, path: Path, by: Literal["day", "week", "month"], since: date | None, until: date | None,
    scale: str, standings: tuple[Standing, ...], dark: bool, out: Path | None, format: str | None,
) -> int:  # fmt: skip
    """Show how ONE and OTHER dealt with each other: events both ways, how friendly, and where it turned.

    A side is an actor (NATO), a country with all that acts for it (RUS), a role ("RUS MIL", "* MIL"), several with
    commas, or * for everybody, which OTHER is if left out.
    """
    from detente.model import FACTS

    with asked(path) as store:
        course = store.relation(
            one, other, by=by, since=since, until=until, scale=scale, standing=standings or FACTS
        )  # fmt: skip
        data = _written(course, format or SUFFIXES.get(out.suffix.lower() if out else "", "table"), dark)
    with whole(out) as stream:
        stream.write(data)
    return 0


def _written(course: Course, format: str, dark: bool) -> bytes:
    import msgspec

    from detente.writers.groups import width_of, write_page
    from detente.writers.relation import bins_csv, bins_of, relation_page

    match format:
        case "svg":
            return course.svg(dark=dark).encode()
        case "png":
            return _png(course.svg(dark=dark))
        case "json":
            return msgspec.json.format(msgspec.json.encode(course)) + b"\n"
        case "jsonl":
            return msgspec.json.Encoder().encode_lines(bins_of(course))
        case "csv":
            return bins_csv(course)
    page = io.BytesIO()
    page.isatty = sys.stdout.buffer.isatty  # type: ignore[method-assign]
    write_page(relation_page(course, width_of(sys.stdout.buffer)), page)
    return page.getvalue()


def _png(svg: str) -> bytes:
    try:
        import resvg_py
    except ImportError:
        raise click.UsageError("a PNG needs pip install 'detente[chart]'; SVG works without") from None
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=2))
