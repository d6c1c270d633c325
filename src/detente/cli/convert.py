"""`detente convert`: events of others, in the format of yet others."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.compare import told_rows, without_notes
from detente.cli.export import tell
from detente.cli.files import whole

EPILOG = """
\b
Examples:
  detente convert events.2018.tab --from icews --to csv --out events.csv
  detente convert 20180601.export.csv --from gdelt-events --to geojson > map.geojson

\b
docs/exchange.md tells what each format holds and loses.
Exit codes: 0 written; 1 the file cannot be read; 2 wrong usage.
"""


@click.command(epilog=EPILOG, short_help="Turn a file of events into another format.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--from", "source", required=True, metavar="FORMAT", help="What the file is.")
@click.option("--to", "other", required=True, metavar="FORMAT", help="What it is to become.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to this file.")
def convert(file: Path, source: str, other: str, out: Path | None) -> int:
    """Turn a FILE of events, from anywhere, into another format; what is mended or left out is named and counted.

    Formats are those of detente export; acled and ucdp-ged are read alone.
    """
    from detente.readers.exchange.lines import read_tables
    from detente.writers.exchange import Options, format_of
    from detente.writers.exchange.whole import is_table, write_tables

    formats = {}
    for name, option in ((source, "--from"), (other, "--to")):
        try:
            formats[option] = format_of(name)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint=option) from None
    read, written = formats["--from"], formats["--to"]
    if not read.gives_rows:
        raise click.BadParameter(f"{source} holds no events one by one", param_hint="--from")
    if written.of != "events" or not written.writes:
        raise click.BadParameter(f"{other} cannot be written of rows", param_hint="--to")
    with whole(out) as stream:
        if is_table(written) and is_table(read) and read.layout:
            tables = without_notes(file, read_tables(file, read.layout))
            done = write_tables(tables, written, stream, Options())
        else:
            done = written.write(told_rows(file, read), stream, Options())
    tell(done, other, f"of {source}")
    return 0
