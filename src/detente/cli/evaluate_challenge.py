"""`detente evaluate challenge`: the coder against the challenge set that ships with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
import msgspec

from detente.cli.options import lexicon_option
from detente.cli.terminal import Ticker, say
from detente.writers.terminal import safe

if TYPE_CHECKING:
    from detente.evaluate.challenge import Outcome
    from detente.evaluate.events import Table

EPILOG = """
\b
Examples:
  detente evaluate challenge                         figures, overall and per phenomenon
  detente evaluate challenge --phenomenon negation --errors
                                                     what goes wrong there, and what came out instead
  detente evaluate challenge --raise-floors          pin what is reached now, for the test

\b
Exit codes: 0 measured, and no figure is below its floor; 1 one is; 2 wrong usage; 3 it cannot work.
"""
# Columns of the table per phenomenon: heading and figure.
COLUMNS = {
    "found": "found", "code": "code", "source": "source", "target": "target", "standing": "standing",
    "speaker": "speaker", "right": "right", "stand/seen": "standing of seen", "speak/seen": "speaker of seen",
    "no false": "free of false facts", "pairs": "pairs",
}  # fmt: skip


@click.command(epilog=EPILOG, short_help="Measure the coder on the challenge set.")
@click.option("--phenomenon", "names", multiple=True, metavar="NAME", help="Only this phenomenon; may be repeated.")
@click.option("--errors", is_flag=True, help="List every item that went wrong, with what came out instead.")
@click.option("--raise-floors", is_flag=True, help="Raise the floors to what is reached now; none is ever lowered.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write the figures.")
@lexicon_option("A lexicon of your own, read after ours; may be repeated. Floors are not looked at then.")
def challenge(
    names: tuple[str, ...], errors: bool, raise_floors: bool, form: Literal["text", "json"], lexicons: tuple[Path, ...]
) -> int:
    """Code the sentences of the challenge set and print how many events came out as a careful person codes them.

    The set holds minimal pairs over many phenomena (negation, passives, reported speech ...), all written for it.
    Shares are over all events, so that one that is not found is wrong; those "of seen" are over the events whose words
    hold a report's trigger. Figures carry 95 % bootstrap intervals over the pairs.
    """
    if raise_floors and (names or lexicons):
        raise click.UsageError("floors are raised from the whole set with our own lexicon: leave the other options out")
    from detente.cli.health import loaded
    from detente.evaluate.challenge import outcomes_of, tables_of
    from detente.evaluate.floors import below, floors_of
    from detente.evaluate.items import items_of
    from detente.lexicon import Lexicon

    items = items_of(names)
    with Ticker() as ticker:
        coder = loaded(Lexicon(*lexicons))
        ticker.tell(f"coding {len(items):,} items")
        outcomes = list(outcomes_of(items, coder))
        tables = list(tables_of(outcomes))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(tables), indent=2).decode())
    else:
        for line in [*_lines(tables, outcomes), *(_wrong(outcomes) if errors else ())]:
            click.echo(safe(line))
    if raise_floors:
        _raise(outcomes)
    fallen = [] if lexicons else list(below(tables[1:] if names else tables, floors_of()))
    for line in fallen:
        say(f"below its floor: {line}", style="red")
    return 1 if fallen else 0


def _lines(tables: Sequence[Table], outcomes: Sequence[Outcome]) -> Iterator[str]:
    from detente.evaluate.challenge import false_facts

    overall, *phenomena = tables
    events = sum(len(outcome.answers) for outcome in outcomes)
    pairs = len({outcome.item.pair for outcome in outcomes})
    yield f"{len(outcomes):,} items in {pairs:,} pairs, {events:,} events, {false_facts(outcomes):,} false facts"
    for figure in overall.figures:
        yield f"  {figure.name:28} {figure.value:6.3f}  [{figure.low:.3f}, {figure.high:.3f}]"
    yield "  ".join([f"{'phenomenon':14}", *COLUMNS])
    for table in phenomena:
        values = {figure.name: f"{figure.value:.2f}" for figure in table.figures}
        cells = [f"{values.get(name, '-'):>{len(heading)}}" for heading, name in COLUMNS.items()]
        yield "  ".join([f"{table.title:14}", *cells])


def _wrong(outcomes: Sequence[Outcome]) -> Iterator[str]:
    from detente.evaluate.examples import line_of

    for outcome in outcomes:
        if outcome.right:
            continue
        yield f"WRONG {outcome.item.id}: {outcome.item.text}"
        for answer in outcome.answers:
            if answer.report is None:
                yield f"  missed  {answer.event.words!r}: {' or '.join(answer.event.readings[0].types)}"
            elif not answer.right:
                faults = "; ".join(f"{field} {fault}" for field, fault in answer.faults.items())
                yield f"  wrong   {answer.event.words!r}: {faults}"
        yield from (f"  false   {line_of(report)}" for report in outcome.false)


def _raise(outcomes: Sequence[Outcome]) -> None:
    from detente.evaluate.floors import floors_of, higher, raised, reached, write

    old, new = floors_of(), reached(outcomes)
    rises = list(raised(old, new))
    write(higher(old, new))
    for name, figure, was, now in rises:
        say(f"raised {name}: {figure} from {was:.3f} to {now:.3f}")
    say(f"{len(rises):,} floors raised")
