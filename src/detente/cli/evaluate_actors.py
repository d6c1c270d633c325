"""`detente evaluate actors`: who is who, against people's answers."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click
import msgspec

from detente.cli.options import is_date, lexicon_option
from detente.cli.terminal import Ticker
from detente.writers.terminal import safe

EPILOG = """
\b
Examples:
  detente evaluate actors phrases.jsonl             phrases with their country and sector
  detente evaluate actors sentences.jsonl --errors  sentences with their two sides, and what went wrong

\b
Exit codes: 0 measured; 2 wrong usage; 3 the set cannot be read.
"""


@click.command(epilog=EPILOG, short_help="Measure who is who on a set of phrases or sentences.")
@click.argument("rows", metavar="SET", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--errors", is_flag=True, help="Also list each row that came out otherwise.")
@click.option("--on", callback=is_date, metavar="DATE", help="Day of phrases that have none; today if left out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write the figures.")
@lexicon_option("A lexicon of your own, read after ours; may be repeated.")
def actors(
    rows: Path, errors: bool, on: str | None, form: Literal["text", "json"], lexicons: tuple[Path, ...]
) -> int:  # fmt: skip
    """Ask who is meant, for each row of SET, and print how often the answer is that of the set.

    SET is JSON lines: phrases with `codes.country` and `codes.code_1` (the PLOVER sector), or sentences with `source`
    and `target` as CAMEO strings; with the `date` of each. Figures carry 95 % bootstrap intervals over the rows.
    """
    from detente.cli.evaluate_events import lines_of
    from detente.cli.health import loaded
    from detente.evaluate.actors import (
        actor_rows,
        answers_of,
        phrase_tables,
        side_tables,
        sides_of,
        wrong_answers,
        wrong_sides,
    )
    from detente.lexicon import Lexicon

    gold, left = actor_rows(rows)
    sentences, phrases = [row for row in gold if row.source], [row for row in gold if not row.source]
    with Ticker() as ticker:
        coder = loaded(Lexicon(*lexicons))
        ticker.tell(f"asking who is meant in {len(gold):,} rows")
        answers, sides = list(answers_of(phrases, coder, on)), list(sides_of(sentences, coder))
    tables = [*(phrase_tables(answers) if answers else ()), *(side_tables(sides) if sides else ())]
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(tables), indent=2).decode())
        return 0
    for line in lines_of(tables):
        click.echo(line)
    click.echo(f"{left:,} lines of the set ask nothing and were left out")
    for line in (*wrong_answers(answers), *wrong_sides(sides)) if errors else ():
        click.echo(safe(line))
    return 0
