"""`detente evaluate`: the coder against what people read in pages and sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.evaluate_actors import actors
from detente.cli.evaluate_challenge import challenge
from detente.cli.evaluate_copies import copies
from detente.cli.evaluate_documents import dates, places, times
from detente.cli.evaluate_events import events
from detente.cli.evaluate_fusion import fusion
from detente.cli.evaluate_pages import pages
from detente.cli.evaluate_stories import stories
from detente.cli.evaluate_turns import turns

if TYPE_CHECKING:
    from detente.evaluate.page import Outcome, PageScore

EPILOG = """
\b
Examples:
  detente evaluate page article.txt --gold founding    the page that the project began with (the page is yours to bring)
  detente evaluate page examples/temple-border.txt --gold examples/temple-border.gold.toml

\b
Exit codes: 0 every row that happened came out and nothing was added; 1 otherwise; 2 wrong usage; 3 it cannot work.
"""


class Evaluations(click.Group):
    """A group that takes a file for a page: `detente evaluate ARTICLE --gold NAME` is `detente evaluate page ...`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; a word that names none is the article of `page`."""
        if args and args[0] not in self.commands and Path(args[0]).is_file():
            args = ["page", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=Evaluations, short_help="Measure the coder against gold.")
def evaluate() -> None:
    """Measure how good the coder is: on a page with its gold, on a set of sentences, on the challenge set."""


@evaluate.command(epilog=EPILOG, short_help="Compare a coded page with its gold.")
@click.argument("article", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--gold", required=True, metavar="NAME|FILE", help="Gold that ships with Detente, by name, or a TOML file of rows."
)
@click.option("--published", metavar="DATE", help="Date of the article if the page gives none, ISO 8601.")
def page(article: Path, gold: str, published: str | None) -> int:
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


evaluate.add_command(events)
evaluate.add_command(actors)
evaluate.add_command(pages)
evaluate.add_command(copies)
evaluate.add_command(stories)
evaluate.add_command(fusion)
evaluate.add_command(turns)
evaluate.add_command(times)
evaluate.add_command(places)
evaluate.add_command(dates)
evaluate.add_command(challenge)
