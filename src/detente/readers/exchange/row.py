"""What the formats of event data have in common: one row for what one actor did to one other.

Formats know pairs of actors; an event of ours with two sources and three targets is six rows, both ways where they did
it to each other. The first row of an event has its id, the others "id-2", "id-3" ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, repeat
from typing import Annotated, Any, TypeVar

import msgspec
import pyarrow as pa
from msgspec import Meta, Struct

from detente.lexicon import without_collection
from detente.model import Actor, Event

BATCH = 50_000
"""Rows that are held at once: some 30 MB."""
PARTED = ("source_sectors", "target_sectors", "contexts")
"""Fields that are tuples in a `Row` and text parted by ";" in a table, where columns of lists cost far more."""


Whole = Annotated[int, Meta(ge=-(1 << 53), le=1 << 53)]
"""Whole numbers that every format and program can hold; checked where values come from JSON."""


class Row(Struct, frozen=True, gc=False):
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
    quad: Annotated[int, Meta(ge=1, le=4)] | None = None
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
    geonames: Whole | None = None
    lat: float | None = None
    """Degrees north."""
    lon: float | None = None
    """Degrees east."""
    killed_low: Whole | None = None
    killed_high: Whole | None = None
    """None beside a low one is open."""
    reports: Whole | None = None
    articles: Whole | None = None
    outlets: Whole | None = None
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

Fields = tuple[Any, ...]
"""What a row holds, in the order of its fields."""
Intensity = Callable[[Event], float | None]
"""The intensity of an event on a scale of the user's: GDELT's and ICEWS's tables differ on 016, 022, 164 and 165."""


def rows_of(event: Event, *, intensity: Intensity | None = None, urls: Mapping[str, str] | None = None) -> list[Row]:
    """The pairs of an event. `urls` holds the addresses of articles by their ids.

    Who did something to itself alone, as in "Georgia's government disarmed Georgia's army", has a row, too.
    """
    return [Row(*fields) for fields in fields_of(event, intensity=intensity, urls=urls)]


# Fields go by their place from here on, and no row is made of what becomes columns: that takes half the time.


def fields_of(
    event: Event, *, intensity: Intensity | None = None, urls: Mapping[str, str] | None = None
) -> list[Fields]:
    """The fields of the rows of an event, as `rows_of` has them."""
    days, facts = _facts(event, event.intensity if intensity is None else intensity(event), urls or {})
    pairs = _pairs(event)
    if len(pairs) == 1:
        return [(event.id, *days, *_party(pairs[0][0]), *_party(pairs[0][1]), *facts)]
    return [
        (event.id if number == 1 else f"{event.id}-{number}", *days, *_party(source), *_party(target), *facts)
        for number, (source, target) in enumerate(pairs, 1)
    ]


def _pairs(event: Event) -> list[tuple[Actor | None, Actor | None]]:
    sources, targets = event.source, event.target
    if len(sources) == len(targets) == 1 and not event.reciprocal:
        return [(sources[0], targets[0])]
    if not sources or not targets:
        return [(source, None) for source in sources] or [(None, target) for target in targets] or [(None, None)]
    pairs: list[tuple[Actor | None, Actor | None]] = [
        (source, target) for source in sources for target in targets if source.id != target.id
    ]
    if event.reciprocal:
        back = [(target, source) for source, target in pairs]
        pairs += [pair for pair in back if pair not in pairs]
    return pairs or [(event.source[0], event.target[0])]


def _party(actor: Actor | None) -> tuple[Any, ...]:
    """Id, name, country, code and sectors."""
    return _NOBODY if actor is None else (actor.id, actor.name, actor.country, actor.code or None, actor.sectors)


_NOBODY = (None, None, None, None, ())


def _facts(
    event: Event, intensity: float | None, urls: Mapping[str, str]
) -> tuple[tuple[str | None, str | None], tuple[Any, ...]]:
    """The fields before the actors, and those behind them."""
    first = event.tellings[0] if event.tellings else None
    told, outlet, url = (first.date, first.outlet or None, urls.get(first.article)) if first else (None, None, None)
    killed = next((count for count in event.counts if count.kind == "killed"), None) if event.counts else None
    place = event.place
    where = (place.name, place.country, place.precision, place.geonames, place.lat, place.lon) if place else (None,) * 6
    return (event.start or event.end or told, event.end), (
        event.type, event.mode, event.contexts, event.cameo, event.quad, intensity, event.standing, *where,
        killed.low if killed else None, killed.high if killed else None, len(event.tellings), event.articles,
        event.outlets, told, outlet, url, event.text,
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------------
# Tables

S = TypeVar("S", bound=Struct)


def table_of(rows: Sequence[Row]) -> pa.Table:
    """The table of some rows, by `ROWS`."""
    return Columns([msgspec.structs.astuple(row) for row in rows]).table()


class Columns:
    """Rows as columns, each of which is made when it is asked for: most formats need half of them."""

    def __init__(self, rows: Sequence[Fields]) -> None:
        self._values = dict(zip(ROWS.names, zip(*rows, strict=True) if rows else repeat(()), strict=False))
        self._count = len(rows)
        self._made: dict[str, pa.Array[Any]] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, name: str) -> pa.Array[Any]:
        if name not in self._made:
            values = self._values[name]
            if name in PARTED:
                values = tuple(";".join(value) if value else None for value in values)
            self._made[name] = pa.array(values, ROWS.field(name).type)
        return self._made[name]

    def table(self) -> pa.Table:
        """All of them."""
        return pa.Table.from_arrays([self[name] for name in ROWS.names], schema=ROWS)


def columns_of(rows: Iterable[Fields]) -> Iterator[Columns]:
    """The rows, `BATCH` of them at most at a time."""
    rest = iter(rows)
    while True:
        with without_collection():  # nor of the rows, which are gone at its end
            columns = Columns(list(islice(rest, BATCH)))
        if not len(columns):
            return
        yield columns


def structs_of(table: pa.Table, type: type[S]) -> Iterator[S]:
    """The rows of a table as values of a type whose fields are its columns, in their order."""
    for batch in table.to_batches(max_chunksize=BATCH):
        with without_collection():
            made = list(map(type, *(_listed(batch.column(name), name) for name in type.__struct_fields__)))
        yield from made


def _listed(column: pa.Array[Any], name: str) -> list[Any]:
    values = column.to_pylist()
    if name not in PARTED:
        return values
    parted = {value: tuple(value.split(";")) if value else () for value in set(values)}
    return [parted[value] for value in values]


def row_from(found: Mapping[str, Any]) -> Row:
    """A row of JSON's kind; numbers may be text. Raises `msgspec.ValidationError` naming what is something else."""
    row = msgspec.convert({name: value for name, value in found.items() if value is not None}, Row, strict=False)
    for day in (row.day, row.end, row.told):
        if day is not None and not _is_day(day):
            raise msgspec.ValidationError(f"'{day[:40]}' is no day")
    return row


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
