"""`detente evaluate events`: the coder against a set of sentences that people coded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
import msgspec

from detente.cli.options import lexicon_option
from detente.cli.terminal import Ticker
from detente.writers.terminal import safe

if TYPE_CHECKING:
    from detente.evaluate.events import Table
    from detente.evaluate.figures import Figure
    from detente.evaluate.runs import Change

EPILOG = """
\b
Examples:
  detente evaluate events pairs.jsonl                       figures with intervals, beside the baselines
  detente evaluate events pairs.jsonl --save before.jsonl   keep the run ...
  detente evaluate events pairs.jsonl --compare before.jsonl   ... and show what a change gained and lost

\b
Exit codes: 0 measured; 2 wrong usage; 3 the set cannot be read, or something that the figures need is missing.
"""
SHOWN_WORDS = 160


@click.command(epilog=EPILOG, short_help="Measure the coder on a set of coded sentences.")
@click.argument("rows", metavar="SET", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--save", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Keep how each row came out."
)
@click.option(
    "--compare", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="A run kept with --save: list the rows gained and lost since.",
)  # fmt: skip
@click.option("--no-baselines", is_flag=True, help="Leave out the baselines (they need scikit-learn).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write the figures.")
@lexicon_option("A lexicon of your own, read after ours; may be repeated.")
def events(
    rows: Path, save: Path | None, compare: Path | None, no_baselines: bool, form: Literal["text", "json"],
    lexicons: tuple[Path, ...],
) -> int:  # fmt: skip
    """Code the sentences of SET and print how many came out as people coded them.

    SET is JSON lines of one kind: sentences with a source and a target and the type between them, sentences with a
    class from 0 to 4, or sentences that tell an event or none. Figures carry 95 % bootstrap intervals over the rows.
    """
    from detente.cli.health import loaded
    from detente.evaluate.events import tables_of
    from detente.evaluate.rows import rows_of
    from detente.evaluate.runs import changes, kept, load
    from detente.evaluate.runs import save as write
    from detente.evaluate.sentences import told_of
    from detente.lexicon import Lexicon

    gold = rows_of(rows)
    before = load(compare) if compare else None
    with Ticker() as ticker:
        coder = loaded(Lexicon(*lexicons))
        ticker.tell(f"coding {len(gold):,} sentences")
        told = list(told_of(gold, coder))
        tables = list(tables_of(told, coder.code_pair, baselines=not no_baselines))
    run = kept(told)
    if save:
        write(run, save)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(tables), indent=2).decode())
    else:
        for line in lines_of(tables):
            click.echo(line)
    for change in changes(before, run) if before is not None else ():
        click.echo(_change(change))
    return 0


def lines_of(tables: Sequence[Table]) -> list[str]:
    """The figures of each table under its title."""
    lines: list[str] = []
    for table in tables:
        lines += [table.title, *map(_line, table.figures)]
    return lines


def _line(one: Figure) -> str:
    return f"  {one.name:48} {one.value:6.3f}  [{one.low:.3f}, {one.high:.3f}]  of {one.rows:,}"


def _change(change: Change) -> str:
    mark = "GAINED" if change.gained else "LOST"
    was, now = ("; ".join(one.told) or "nothing" for one in (change.before, change.after))
    return safe(f"{mark} {change.after.id}: {change.after.text[:SHOWN_WORDS]}\n  was {was}\n  is  {now}")
