"""`detente evaluate pages`: what is taken out of pages, against what people find there."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Literal

import click
import msgspec

from detente.cli.options import lexicon_option
from detente.cli.terminal import Ticker
from detente.writers.terminal import safe


@click.command(short_help="Measure articles taken out of pages.", epilog="""
\b
Examples:
  detente evaluate pages newspaper4k.gold.jsonl.xz            body, title, authors, dates, beside baselines
  detente evaluate pages newspaper4k.gold.jsonl.xz --errors   the pages that come out otherwise, and how

\b
Exit codes: 0 measured; 2 wrong usage; 3 a set cannot be read.
""")  # fmt: skip
@click.argument(
    "sets", metavar="SET...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--errors", is_flag=True, help="Also list what came out otherwise.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write the figures.")
@lexicon_option("A lexicon of your own, read after ours; may be repeated.")
def pages(sets: tuple[Path, ...], errors: bool, form: Literal["text", "json"], lexicons: tuple[Path, ...]) -> int:
    """Take the articles out of the pages of each SET and compare them with its gold.

    SET is NAME.gold.jsonl (or .xz) beside NAME.html.tar (or .tar.xz, or a folder NAME.html): `html` names the page,
    and `body`, `must_contain`, `must_not_contain`, `title`, `authors`, `date` or `images` say what is in it. Figures
    are means over pages with 95 % bootstrap intervals; several sets are pooled.
    """
    from detente.articles.words import words_of
    from detente.cli.evaluate_events import lines_of
    from detente.evaluate.pages import page_rows, page_tables, read_page, taken, wrong_pages
    from detente.lexicon import Lexicon

    with Ticker() as ticker:
        words = words_of(Lexicon(*lexicons))
        rows = [row for path in sets for row in page_rows(path)]
        ticker.tell(f"reading {len(rows):,} pages")
        begun = time.process_time()
        for row in rows:
            read_page(row, words)
        spent = time.process_time() - begun
        answers = [taken(row, words) for row in rows]
        tables = list(page_tables(answers))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(tables), indent=2).decode())
        return 0
    for line in lines_of(tables):
        click.echo(line)
    size = sum(len(row.content) for row in rows)
    click.echo(f"pages per CPU-second: {len(rows) / spent:,.0f} ({size / spent / 1e6:,.0f} MB)")
    for line in wrong_pages(answers) if errors else ():
        click.echo(safe(line))
    return 0
