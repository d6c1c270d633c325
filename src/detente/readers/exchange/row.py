"""What the formats of event data have in common: one row for what one actor did to one other.

Formats know pairs of actors; an event of ours with two sources and three targets is six rows, both ways where they did
it to each other. The first row of an event has its id, the others "id-2", "id-3" ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
from msgspec import Struct

from detente.model import Actor, Event

BATCH = 50_000
"""Rows that are held at once: some 30 MB."""
PARTED = ("source_sectors", "target_sectors", "contexts")
"""Fields that are tuples in a `Row` and text parted by ";" in a table, where columns of lists cost far more."""


class Row(Struct, frozen=True):
    """An event between two actors as formats share it. Not known is None; days are ISO 8601."""

    id: str
    """Unique in its file; of our own events the event's id."""
    day: str | None = None
    """The first day."""
    end: str | None = None
    """The last day, itself included."""
    source_id: str | None = None
    source_name: str | None = None
    source_country: str | None = None
    """ISO 3166 alpha-3."""
    source_code: str | None = None
    """CAMEO actor string: "RUSGOV"."""
    source_sectors: tuple[str, ...] = ()
    """PLOVER's where we wrote them; else as the format has them."""
    target_id: str | None = None
    target_name: str | None = None
    target_country: str | None = None
    target_code: str | None = None
    target_sectors: tuple[str, ...] = ()
    type: str | None = None
    """PLOVER's event type; of formats with types of their own theirs."""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    """CAMEO event code, as text: "010" is not "10"."""
    quad: int | None = None
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    intensity: float | None = None
    """-10 (conflict) to 10 (cooperation), on the format's scale."""
    standing: str | None = None
    """How it is told, as in `Event`; formats without a word for it hold facts."""
    place_name: str | None = None
    place_country: str | None = None
    """ISO 3166 alpha-3."""
    place_precision: str | None = None
    """site, city, province, country or region."""
    geonames: int | None = None
    lat: float | None = None
    """Degrees north."""
    lon: float | None = None
    """Degrees east."""
    killed_low: int | None = None
    killed_high: int | None = None
    """None beside a low one is open."""
    reports: int | None = None
    articles: int | None = None
    outlets: int | None = None
    told: str | None = None
    """Day on which it was first told or taken up."""
    publisher: str | None = None
    url: str | None = None
    text: str | None = None


_WHOLE = ("geonames", "killed_low", "killed_high", "reports", "articles", "outlets")
_TYPES = {"quad": pa.int8(), **dict.fromkeys(("intensity", "lat", "lon"), pa.float64()),
          **dict.fromkeys(_WHOLE, pa.int64())}  # fmt: skip

ROWS = pa.schema([pa.field(name, _TYPES.get(name, pa.string())) for name in Row.__struct_fields__])
"""The columns of a table of rows."""

Intensity = Callable[[Event], float | None]
"""The intensity of an event on a scale of the user's: GDELT's and ICEWS's tables differ on 016, 022, 164 and 165."""


def rows_of(event: Event, *, intensity: Intensity | None = None, urls: Mapping[str, str] | None = None) -> list[Row]:
    """The pairs of an event. `urls` holds the addresses of articles by their ids.

    Who did something to itself alone, as in "Georgia's government disarmed Georgia's army", has a row, too.
    """
    first = next(iter(event.tellings), None)
    facts = _facts(event, event.intensity if intensity is None else intensity(event))
    facts["url"] = (urls or {}).get(first.article) if first else None
    ids = (event.id if number == 1 else f"{event.id}-{number}" for number in range(1, 1 << 30))
    return [
        Row(id=id, **_party("source", source), **_party("target", target), **facts)
        for id, (source, target) in zip(ids, _pairs(event), strict=False)
    ]


def _pairs(event: Event) -> list[tuple[Actor | None, Actor | None]]:
    if not event.source or not event.target:
        return (
            [(source, None) for source in event.source] or [(None, target) for target in event.target] or [(None,) * 2]
        )
    pairs: list[tuple[Actor | None, Actor | None]] = [
        (source, target) for source in event.source for target in event.target if source.id != target.id
    ]
    if event.reciprocal:
        back = [(target, source) for source, target in pairs]
        pairs += [pair for pair in back if pair not in pairs]
    return pairs or [(event.source[0], event.target[0])]


def _party(role: str, actor: Actor | None) -> dict[str, Any]:
    if actor is None:
        return {}
    return {
        f"{role}_id": actor.id,
        f"{role}_name": actor.name,
        f"{role}_country": actor.country,
        f"{role}_code": actor.code or None,
        f"{role}_sectors": actor.sectors,
    }


def _facts(event: Event, intensity: float | None) -> dict[str, Any]:
    first = next(iter(event.tellings), None)
    killed = next((count for count in event.counts if count.kind == "killed"), None)
    told = first.date if first else None
    facts: dict[str, Any] = {
        "day": event.start or event.end or told, "end": event.end, "type": event.type, "mode": event.mode,
        "contexts": event.contexts, "cameo": event.cameo, "quad": event.quad, "intensity": intensity,
        "standing": event.standing, "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None, "reports": len(event.tellings), "articles": event.articles,
        "outlets": event.outlets, "told": told, "publisher": first.outlet or None if first else None,
        "text": event.text,
    }  # fmt: skip
    if place := event.place:
        facts |= {"place_name": place.name, "place_country": place.country, "place_precision": place.precision,
                  "geonames": place.geonames, "lat": place.lat, "lon": place.lon}  # fmt: skip
    return facts


# ---------------------------------------------------------------------------------------------------------------------
# Tables

S = TypeVar("S", bound=Struct)


def table_of(rows: Sequence[Row]) -> pa.Table:
    """The table of some rows, by `ROWS`."""
    columns: list[pa.Array[Any]] = []
    for field in ROWS:
        values: list[Any] = [getattr(row, field.name) for row in rows]
        if field.name in PARTED:
            values = [";".join(value) if value else None for value in values]
        columns.append(pa.array(values, field.type))
    return pa.Table.from_arrays(columns, schema=ROWS)


def tables_of(rows: Iterable[Row]) -> Iterator[pa.Table]:
    """The rows in tables of `BATCH` rows at most."""
    rest = iter(rows)
    while part := list(islice(rest, BATCH)):
        yield table_of(part)


def structs_of(table: pa.Table, type: type[S]) -> Iterator[S]:
    """The rows of a table as values of a type whose fields are its columns, in their order."""
    for batch in table.to_batches(max_chunksize=BATCH):
        columns = [_listed(batch.column(name), name) for name in type.__struct_fields__]
        yield from map(type, *columns)


def _listed(column: pa.Array[Any], name: str) -> list[Any]:
    values = column.to_pylist()
    if name not in PARTED:
        return values
    return [tuple(value.split(";")) if value else () for value in values]


def row_from(found: Mapping[str, Any]) -> Row:
    """A row of JSON's kind. Raises `msgspec.ValidationError` naming the field that holds something else."""
    return msgspec.convert({name: value for name, value in found.items() if value is not None}, Row)
