"""`detente evaluate copies`: which articles copy which, against gold clusters."""

from __future__ import annotations

import time
from pathlib import Path

import click

from detente.writers.terminal import safe


@click.command(short_help="Measure copies found among articles.", epilog="""
\b
Examples:
  detente evaluate copies dup-synth.jsonl.gz     pairs of copies, by kind, beside texts that are the same to the letter

\b
Exit codes: 0 measured; 2 wrong usage; 3 a set cannot be read.
""")  # fmt: skip
@click.argument("set_", metavar="SET", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def copies(set_: Path) -> int:
    """Take in the articles of SET one after the other and compare the groups of copies with its clusters.

    SET is JSON lines (or .gz) with `id`, `cluster`, `text` and `kind`: how the article was made of another, "orig" for
    none. Figures are over pairs of articles.
    """
    from detente.evaluate.clusters import pair_agreement
    from detente.evaluate.copies import copy_rows, found_groups, merged_alone, recall_by_kind, same_texts

    rows = copy_rows(set_)
    gold = {str(row.id): row.cluster for row in rows}
    begun = time.process_time()
    groups = found_groups(rows)
    spent = time.process_time() - begun
    click.echo(f"{len(rows):,} articles, {len(set(gold.values())):,} clusters, {len(groups):,} groups found")
    click.echo(f"{'':36}{'precision':>10}{'recall':>10}{'F1':>10}")
    for name, found in (("copies", groups), ("baseline: the same to the letter", same_texts(rows))):
        figures = pair_agreement(found, gold)
        click.echo(f"{name:36}{figures.precision:10.3f}{figures.recall:10.3f}{figures.f1:10.3f}")
    click.echo("recall of pairs with an article of a kind")
    for kind, (recall, count) in recall_by_kind(groups, rows).items():
        click.echo(safe(f"  {kind:34}{'':10}{recall:10.3f}   of {count:,}"))
    share, alone = merged_alone(groups, rows)
    click.echo(f"made of another and no copy (quotes), yet merged: {share:.3f} of {alone:,}")
    click.echo(f"articles per CPU-second: {len(rows) / max(spent, 1e-9):,.0f}")
    return 0
