"""`detente evaluate`: a coded page against what a person reads in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from detente.evaluate.page import Outcome, PageScore

EPILOG = """
\b
Examples:
  detente evaluate article.txt --gold founding         the page that the project began with (the page is yours to bring)
  detente evaluate examples/strait.html --gold examples/strait.gold.toml

\b
Exit codes: 0 every row that happened came out and nothing was added; 1 otherwise; 2 wrong usage; 3 it cannot work.
"""


@click.command(epilog=EPILOG, short_help="Compare a coded page with its gold.")
@click.argument("article", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--gold", required=True, metavar="NAME|FILE", help="Gold that ships with Detente, by name, or a TOML file of rows."
)
@click.option("--published", metavar="DATE", help="Date of the article if the page gives none, ISO 8601.")
def evaluate(article: Path, gold: str, published: str | None) -> int:
    """Code ARTICLE and compare the reports with its gold, row by row.

    A row is right when who, what, whom, standing and speaker are as in the gold, and date and place where it gives
    them. Reports that stand as facts and answer no row are listed as added.
    """
    from detente.cli.run import Run
    from detente.evaluate.gold import gold_of
    from detente.evaluate.page import page_score

    rows = gold_of(gold)
    with Run.started(None, (), 1) as run:
        (coding,) = run.codings([str(article)], "auto", published)
    score = page_score(coding, rows)
    for line in _lines(score):
        click.echo(line)
    right, of = score.happened
    return 0 if right == of and not score.added else 1


def _lines(score: PageScore) -> list[str]:
    lines = [_line(outcome) for outcome in score.outcomes]
    for report in score.added:
        source = ", ".join(party.name for party in report.source)
        lines.append(f"ADDED  {report.part:9}{report.type} by {source or 'nobody'}: {report.text}")
    happened, others = score.happened, score.others
    lines.append(f"happened: {happened[0]} of {happened[1]} right; {len(score.added)} added")
    lines.append(f"not happened, or no event: {others[0]} of {others[1]} right")
    return lines


def _line(outcome: Outcome) -> str:
    row = outcome.row
    verdict = "right" if outcome.right else "WRONG" if outcome.report else "MISSED"
    faults = f" ({'; '.join(outcome.faults)})" if outcome.faults and outcome.report else ""
    what = f"{'/'.join(row.types)} {'/'.join(row.standing)}" if row.types else "no fact"
    return f"{verdict:7}{row.part:9}{row.id:20}{what}{faults}"
