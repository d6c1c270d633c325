"""`detente evaluate stories`: articles grouped into stories, against gold clusters."""

from __future__ import annotations

import time
from pathlib import Path

import click


@click.command(short_help="Measure articles grouped into stories.", epilog="""
\b
Examples:
  detente evaluate stories allsides.jsonl.gz              B-cubed figures, beside baselines
  detente evaluate stories ecbplus.jsonl.gz --by topic    against the wider matter

\b
Exit codes: 0 measured; 2 wrong usage; 3 a set cannot be read.
""")  # fmt: skip
@click.argument("set_", metavar="SET", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--by", type=click.Choice(["cluster", "topic"]), default="cluster", show_default=True, help="What is a story."
)
def stories(set_: Path, by: str) -> int:
    """Group the articles of SET into stories, by their dates, and compare these with its clusters.

    SET is JSON lines (or .gz) with `id`, `cluster`, `text` and if known `title`, `topic` and `date`.
    """
    from detente.evaluate.clusters import b_cubed
    from detente.evaluate.stories import story_rows, told_stories

    rows = story_rows(set_)
    gold = [row.topic or row.cluster if by == "topic" else row.cluster for row in rows]
    begun = time.process_time()
    told = told_stories(rows)
    spent = time.process_time() - begun
    click.echo(f"{len(rows):,} articles, {len(set(gold)):,} stories, {len(set(told)):,} found")
    click.echo(f"{'B-cubed':36}{'precision':>10}{'recall':>10}{'F1':>10}")
    alone = list(range(len(rows)))
    for name, found in (
        ("stories", told),
        ("baseline: each by itself", alone),
        ("baseline: all in one", [0] * len(rows)),
    ):
        figures = b_cubed(found, gold)
        click.echo(f"{name:36}{figures.precision:10.3f}{figures.recall:10.3f}{figures.f1:10.3f}")
    click.echo(f"articles per CPU-second: {len(rows) / max(spent, 1e-9):,.0f}")
    return 0
