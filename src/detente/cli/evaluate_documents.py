"""`detente evaluate times|places|dates`: what the coder reads in documents, against what people read there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click
import msgspec

from detente.cli.options import lexicon_option
from detente.cli.terminal import Ticker
from detente.writers.terminal import safe

if TYPE_CHECKING:
    from detente.coder import Coder
    from detente.evaluate.documents import Parsed
    from detente.evaluate.events import Table

Form = Literal["text", "json"]
Answer = TypeVar("Answer")
F = TypeVar("F", bound=Callable[..., Any])

CODES = """
\b
Exit codes: 0 measured; 2 wrong usage; 3 a set cannot be read.
"""


def _command(function: F) -> F:
    """The argument and options that the three commands share."""
    for decorate in (
        lexicon_option("A lexicon of your own, read after ours; may be repeated."),
        click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
                     help="How to write the figures."),
        click.option("--errors", is_flag=True, help="Also list what came out otherwise."),
        click.argument("sets", metavar="SET...", nargs=-1, required=True,
                       type=click.Path(path_type=Path, exists=True, dir_okay=False)),
    ):  # fmt: skip
        function = decorate(function)
    return function


@click.command(short_help="Measure expressions of time on documents with TIMEX3.", epilog="""
\b
Examples:
  detente evaluate times timebank.jsonl aquaint.jsonl     several sets, pooled
  detente evaluate times timebank.jsonl --errors          what was missed, added or read otherwise
""" + CODES)  # fmt: skip
@_command
def times(sets: tuple[Path, ...], errors: bool, form: Form, lexicons: tuple[Path, ...]) -> int:
    """Find the expressions of time in the documents of each SET and compare them with people's, TempEval-3's way.

    SET is JSON lines of documents: `text`, `dct` (the page's date) and `timexes` with `start`, `end`, `type` and
    `value`. Figures are F1, pooled over all documents, with 95 % bootstrap intervals over the documents.
    """
    from detente.evaluate.times import matched, time_rows, time_tables, wrong_times

    rows = [row for path in sets for row in time_rows(path)]
    return _measured(
        rows, lambda coder: lambda one: matched(one, coder), time_tables, wrong_times, errors, form, lexicons
    )


@click.command(short_help="Measure places on documents with points.", epilog="""
\b
Examples:
  detente evaluate places lgl.jsonl            how near, which country; names given, and from end to end
  detente evaluate places lgl.jsonl --errors   what was unknown, far, missed or added
""" + CODES)  # fmt: skip
@_command
def places(sets: tuple[Path, ...], errors: bool, form: Form, lexicons: tuple[Path, ...]) -> int:
    """Place the names in the documents of each SET, and compare them with the points that people gave.

    SET is JSON lines of documents: `text`, and `toponyms` with `start`, `end` and, where people gave a point, `lat` and
    `lon`. Figures are shares of the toponyms with a point, pooled, with 95 % bootstrap intervals; end to end only what
    the coder finds by itself counts, and the precision is that of all it finds.
    """
    from detente.evaluate.places import place_rows, place_tables, placed, wrong_places
    from detente.mentions import Places

    def answer(coder: Coder) -> Callable[[Parsed[Any]], Any]:
        finder = Places(coder.lexicon, adjectives=True)
        return lambda one: placed(one, finder)

    rows = [row for path in sets for row in place_rows(path)]
    return _measured(rows, answer, place_tables, wrong_places, errors, form, lexicons)


@click.command(short_help="Measure the dates of events.", epilog="""
\b
Examples:
  detente evaluate dates eventdates.jsonl            how many events get the right day
  detente evaluate dates eventdates.jsonl --errors   which do not, and the rule that dated them
""" + CODES)  # fmt: skip
@_command
def dates(sets: tuple[Path, ...], errors: bool, form: Form, lexicons: tuple[Path, ...]) -> int:
    """Date the events in the documents of each SET, and compare the days with people's.

    SET is JSON lines of documents: `text`, `dct` (the page's date) and `events` with `sentence` (a line of the text,
    from 0), `mention` (its words) and `gold_time`. Figures are shares of the events, with 95 % bootstrap intervals.
    """
    from detente.evaluate.dates import date_rows, date_tables, dates_found, wrong_dates

    rows = [row for path in sets for row in date_rows(path)]
    return _measured(
        rows, lambda coder: lambda one: dates_found(one, coder), date_tables, wrong_dates, errors, form, lexicons
    )


def _measured(
    rows: Sequence[Any],
    answering: Callable[[Coder], Callable[[Parsed[Any]], Answer]],
    tables_of: Callable[[Sequence[Answer]], Iterator[Table]],
    wrong: Callable[[Iterable[Answer]], Iterator[str]],
    errors: bool,
    form: Form,
    lexicons: tuple[Path, ...],
) -> int:
    """Reads the documents, asks for the answers, and prints figures and speeds."""
    from detente.cli.evaluate_events import lines_of
    from detente.cli.health import loaded
    from detente.evaluate.documents import parsed
    from detente.lexicon import Lexicon

    with Ticker() as ticker:
        coder = loaded(Lexicon(*lexicons))
        answer = answering(coder)
        ticker.tell(f"reading {len(rows):,} documents")
        begun = time.process_time()
        documents = list(parsed(rows, coder))
        read = time.process_time()
        answers = [answer(document) for document in documents]
        done = time.process_time()
        tables = list(tables_of(answers))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(tables), indent=2).decode())
        return 0
    for line in lines_of(tables):
        click.echo(line)
    n = len(rows)
    click.echo(
        f"documents per CPU-second: {n / (done - read):,.0f}; with reading their sentences {n / (done - begun):,.1f}"
    )
    for line in wrong(answers) if errors else ():
        click.echo(safe(line))
    return 0
