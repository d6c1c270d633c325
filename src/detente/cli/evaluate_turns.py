"""`detente evaluate turns`: where relations turn, against series whose breaks are known."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.evaluate.turns import Dyad, Totals
    from detente.relations import Turn

LEAST_SURE = 0.2


@click.command(short_help="Measure turns found in series.", epilog="""
\b
Examples:
  detente evaluate turns simulated.jsonl                     figures, beside baselines
  detente evaluate turns --made 500 --seed 7 --noise 6       the same on series that are made for it
  detente evaluate turns weekly.csv --since 1979-04-15       the ten strongest turns of weekly totals

\b
Exit codes: 0 measured; 2 wrong usage; 3 a set cannot be read.
""")  # fmt: skip
@click.argument("set_", metavar="[SET]", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--made", type=click.IntRange(min=1), metavar="COUNT", help="Make so many series instead of reading SET.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the series that are made.")
@click.option("--noise", type=click.FloatRange(min=0), default=4.0, show_default=True, help="Scatter of their events.")
@click.option("--volume", type=click.FloatRange(min=0, min_open=True), help="Their events a week.  [default: 3 to 12]")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First week of a CSV that has no column of days.")
@click.pass_context
def turns(
    ctx: click.Context,
    set_: Path | None,
    made: int | None,
    seed: int,
    noise: float,
    volume: float | None,
    since: datetime | None,
) -> int:
    """Look for turns in the series of SET and compare them with its breaks.

    SET is JSON lines (or .gz) with `mean` (null without events), `events` and `breaks`; or CSV of weekly totals, whose
    strongest turns are printed. The level of noise is not given: it is estimated from each series.
    """
    from detente.evaluate.turns import dyad_rows, made_dyads, totals_of

    if (set_ is None) == (made is None):
        raise click.UsageError("name a SET, or say with --made how many series to make", ctx)
    if made is not None:
        _measure(made_dyads(made, seed=seed, noise=noise, volume=volume))
    elif set_ is not None and set_.suffix.lower() == ".csv":
        _show(totals_of(set_, since.date() if since else None))
    elif set_ is not None:
        _measure(dyad_rows(set_))
    return 0


def _measure(dyads: Sequence[Dyad]) -> None:
    from detente.evaluate.turns import TOLERANCE, kernel_finder, no_turns, ours, turn_score, yearly

    wanted = sum(len(dyad.breaks) for dyad in dyads)
    click.echo(f"{len(dyads):,} series, {wanted:,} breaks; a turn is right within {TOLERANCE} weeks of one")
    click.echo(f"{'':36}{'precision':>10}{'recall':>10}{'F1':>10}{'series per CPU-second':>24}")
    kernel = kernel_finder()
    for name, finder in (
        ("turns", ours),
        ("ruptures: linear kernel, 3 ln n", kernel),
        ("baseline: no turns", no_turns),
        ("baseline: a turn every year", yearly),
    ):
        if finder is None:
            click.echo(f"{name:36}not installed: pip install ruptures")
            continue
        figures = turn_score(dyads, finder)
        speed = f"{figures.speed:,.0f}" if finder in (ours, kernel) else ""
        told = f"{figures.precision:10.3f}{figures.recall:10.3f}{figures.f1:10.3f}{speed:>24}"
        click.echo(f"{name:36}{told}".rstrip())


def _show(totals: Totals) -> None:
    from detente.relations import strongest, turns_of_totals

    columns = dict(totals.columns)
    if len(columns) > 1:
        columns["all together"] = totals.together
    click.echo(f"{len(totals.weeks):,} weeks from {totals.weeks[0]}")
    for name, values in columns.items():
        # A list of candidates to look at: what is less sure than Detente would tell stands in it, with its confidence.
        found = turns_of_totals(totals.weeks, values, confidence=LEAST_SURE)
        click.echo(f"\n{name}: {len(found)} turns, the strongest first")
        for turn in strongest(found):
            click.echo(_line(turn))


def _line(turn: Turn) -> str:
    span = f"({turn.first} to {turn.last})"
    return (
        f"  {turn.day}  {turn.label:7}{turn.before:8.1f} -> {turn.after:<8.1f}"
        f"confidence {turn.confidence:.2f}  strength {turn.strength:7.1f}  {span}"
    )
