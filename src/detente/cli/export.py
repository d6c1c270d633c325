"""`detente export`: what a store holds, in the formats of others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
from msgspec.structs import replace

from detente.cli.files import whole
from detente.cli.groups import asked, filters
from detente.cli.options import store_option
from detente.cli.terminal import say

if TYPE_CHECKING:
    from detente.model import Coding
    from detente.store import Store
    from detente.store.finding import Wanted
    from detente.writers.exchange import Format, Written

SCALES = {"gdelt-events": "goldstein-gdelt", "icews": "goldstein-icews", "phoenix": "goldstein-icews"}
"""On which scale the users of a format expect its intensities; of others on PLOVER's, which events have."""
AT_ONCE = 200
NAMES = (
    "jsonl", "csv", "parquet", "gdelt-events", "gdelt-mentions", "icews", "polecat", "phoenix", "plover", "geojson",
    "graphml", "gexf", "atom", "ninjs", "annotations", "conllu", "timeml",
)  # fmt: skip
EPILOG = """
\b
Examples:
  detente export gdelt-events --store events --out 2009.export.csv
  detente export geojson --store events --actor NATO --since 2009-01-01 > map.geojson
  detente export gexf --store events --out who-with-whom.gexf
  detente export annotations --store events --out evidence.jsonld

\b
docs/exchange.md tells what each format holds and loses.
Exit codes: 0 written; 1 no such store; 2 wrong usage.
"""


@click.command(epilog=EPILOG, short_help="Write events in the formats of others.")
@click.argument("format", type=click.Choice(NAMES))
@store_option("The store to write from.")
@filters
@click.option(
    "--scale", metavar="NAME", help="On which scale: plover, goldstein-icews or goldstein-gdelt; else the format's own."
)
@click.option(
    "--every-standing",
    is_flag=True,
    help="Also what was planned, demanded or denied, where a format has no word for it.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to this file.")
def export(
    format: str, path: Path, actor: str | None, other: str | None, type: str | None, standing: str | None,
    place: str | None, since: str | None, until: str | None, outlets: int, disputed: bool, scale: str | None,
    every_standing: bool, out: Path | None,
) -> int:  # fmt: skip
    """Write the events of a store in FORMAT; annotations, conllu and timeml are of its articles, and take no filter.

    What a format cannot hold is left out, counted and named.
    """
    from detente.store.finding import Wanted
    from detente.writers.exchange import format_of

    wanted = Wanted(
        actor=actor, other=other, type=type, standing=standing, place=place, since=since, until=until,
        outlets=outlets, disputed=disputed,
    )  # fmt: skip
    known = format_of(format)
    with asked(path) as store, whole(out) as stream:
        if known.of == "codings":
            written = known.write(_codings(store), stream)
        else:
            written = _events(store, known, wanted, scale, every_standing, stream)
    tell(written, known.name, scale or SCALES.get(format, "plover"))
    return 0


def _events(
    store: Store, format: Format, wanted: Wanted, scale: str | None, every_standing: bool, stream: IO[bytes]
) -> Written:
    from typing import get_args

    import pyarrow as pa

    from detente.model import FACTS, Event, Standing
    from detente.relations import Scale
    from detente.store.rows import event_of_row
    from detente.writers.exchange import Options
    from detente.writers.exchange.whole import is_table, write_whole

    name = scale or SCALES.get(format.name)
    score = Scale.named(name).of if name and name != "plover" else None
    urls = {row["id"]: row["url"] for row in store.sql("SELECT id, url FROM articles WHERE url IS NOT NULL")}
    options = Options(urls=urls, standings=frozenset(get_args(Standing) if every_standing else FACTS))
    answer = store.events(wanted)
    if is_table(format):
        return write_whole(pa.RecordBatchReader.from_stream(answer), format, stream, options, score)

    def intensity(event: Event) -> float | None:
        return score(event.type, event.mode, event.cameo) if score else event.intensity

    written: Written = format.write(map(event_of_row, answer), stream, replace(options, intensity=intensity))
    return written


def _codings(store: Store) -> Iterator[Coding]:
    """All that was coded, with sentences and mentions, a few at a time."""
    keys = [(row["origin"], row["record"]) for row in store.ledger() if row["state"] in ("coded", "no events")]
    for at in range(0, len(keys), AT_ONCE):
        yield from store.codings(keys[at : at + AT_ONCE], whole=True).values()


def tell(written: Written, format: str, scale: str) -> None:
    """What was written, and what the format could not hold."""
    left = "; ".join(f"{count:,} left out: {why}" for why, count in sorted(written.left_out.items()))
    say(f"{written.rows:,} rows of {format}, scale {scale}" + (f"; {left}" if left else ""))
