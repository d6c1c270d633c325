"""`detente code`: from files to coded events."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.files import whole
from detente.cli.options import is_column_map, is_date, lexicon_option
from detente.cli.tally import Tally
from detente.cli.terminal import Ticker, say
from detente.errors import DetenteError
from detente.model import Coding
from detente.records import FIELDS, INPUTS, Format
from detente.writers import FORMATS, SUFFIXES, Writer, writer
from detente.writers.terminal import counted

if TYPE_CHECKING:
    from detente.cli.run import Run

EPILOG = """
\b
Examples:
  detente code page.html                          a table of what the page tells
  detente code news/ --store events               a whole folder into a store; stop and go on at will
  detente code news/ --format jsonl > reports.jsonl
  detente code dump.jsonl.gz --store events --format none --workers 4
  detente code CC-NEWS-20190628.warc.gz pages.zip --store events --format none
  detente code archive.csv --columns text=body,published=date,url=link
  curl -s https://news.example/1 | detente code - --published 2009-06-28

\b
JSONL input holds one article a line: {"text": "..."} or {"html": "..."}, and if known "id", "headline",
"published", "url", "publisher". Tables (.csv, .tsv, .parquet) have such columns, or --columns names them.
docs/reading.md tells all that is read.

\b
Exit codes: 0 all inputs could be read; 1 some could not, or nothing came in; 2 wrong usage;
3 store, lexicon or model cannot be used; 130 stopped with Ctrl-C (what was published stays).
"""


@click.command(epilog=EPILOG, short_help="Code news into events.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--format",
    type=click.Choice([*FORMATS, "none"]),
    help="How to write the reports; by the name of --out, else table.",
)
@click.option(
    "--from",
    "kind",
    type=click.Choice(INPUTS),
    default="auto",
    show_default=True,
    metavar="FORMAT",
    help=f"What the sources hold: {', '.join(INPUTS)}.",
)
@click.option(
    "--columns",
    callback=is_column_map,
    metavar="FIELD=COLUMN,...",
    help=f"Which column of a table, or field of JSONL, holds what; fields are {', '.join(FIELDS)}.",
)
@click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="PATH",
    help="Keep everything in this store (a folder, made when missing).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file instead of standard output.",
)
@click.option(
    "--published", callback=is_date, metavar="DATE", help="Date of articles whose record gives none, ISO 8601."
)
@lexicon_option("A lexicon of your own, read after ours; may be repeated.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that code; each holds its own model.",
)
@click.option("--no-fuse", is_flag=True, help="Leave stories and events of the store as they are; see detente fuse.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no names of what was passed over, no summary.")
def code(
    sources: tuple[str, ...], format: str | None, kind: Format, columns: dict[str, str],
    store_path: Path | None, out: Path | None, published: str | None, lexicons: tuple[Path, ...], workers: int,
    no_fuse: bool, quiet: bool,
) -> int:  # fmt: skip
    """Code news: who did what to whom, when, where and on whose word.

    SOURCE is a file (a page, text, table, mail, PDF, feed or archive, also packed), a folder, a pattern, or - for
    standard input. With --store, what the same version coded before is taken from there and changes nothing, and at the
    end all reports of one event are put together; detente events shows them.
    """
    from detente.cli.run import Run

    format = format or SUFFIXES.get(out.suffix.lower() if out else "", "table")
    _check(format, store_path, out)
    with ExitStack() as stack:
        run = stack.enter_context(Run.started(store_path, lexicons, workers))
        target = stack.enter_context(_target(format, out))
        codings = run.codings(sources, kind, published, columns)
        return _write_all(run, codings, target, Ticker(quiet=quiet), fuse=not no_fuse, quiet=quiet)


def _check(format: str, store: Path | None, out: Path | None) -> None:
    if format == "none" and (store is None or out):
        raise click.UsageError("--format none is for --store PATH without --out: else nothing would be kept")
    if format == "parquet" and out is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for the eye; add --out FILE or send it to a file")


def _write_all(
    run: Run, codings: Iterator[Coding], target: Writer | None, ticker: Ticker, *, fuse: bool, quiet: bool
) -> int:
    tally = Tally(quiet=quiet)
    try:
        with ticker:
            for coding in codings:
                ticker.aside()
                tally.take(coding)
                if target:
                    target.write(coding)
                ticker.back()
                ticker.tell(tally.progress(coding))
            if fuse and run.store:
                ticker.tell("putting articles together")
                run.store.fuse()
    except KeyboardInterrupt:
        say("stopped" + ("; what was published is kept, and the same command goes on from there" if run.store else ""))
        return 130
    except BrokenProcessPool:
        message = (
            "a worker died, most likely for want of memory; what was published is kept: go on with fewer --workers"
        )
        raise DetenteError(message) from None
    if not quiet:
        say(tally.summary() + _kept(run))
    return 1 if tally.states["unreadable"] or not tally.records else 0


def _kept(run: Run) -> str:
    if not run.store:
        return ""
    counts = run.store.counts()
    told = f"; {counted(counts['stories'], 'story', 'stories')} and {counted(counts['events'], 'event')}"
    if run.taken:
        return f"{told}; {run.taken:,} of the records were in {run.store.path} already"
    return f"{told}; kept in {run.store.path}"


@contextmanager
def _target(format: str, out: Path | None) -> Iterator[Writer | None]:
    """The writer, closed at the end; a file comes under its own name only when it is whole."""
    if format == "none":
        yield None
        return
    with whole(out) as stream:
        target = writer(format, stream)
        try:
            yield target
        finally:
            target.close()
