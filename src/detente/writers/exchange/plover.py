"""PLOVER's own format: JSON lines, one event a line, actors and recipients as lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

import msgspec

import detente
from detente.model import Actor, Event
from detente.readers.exchange.countries import names
from detente.readers.exchange.plover import Cited, Entity, Line, Location
from detente.readers.exchange.row import Row
from detente.writers.auxiliary import BY_STANDING
from detente.writers.exchange.options import Choosing, Needs, Options, Written

_DEFAULT = Options()
NEEDS = Needs(type=True, day=True)
_MODES: dict[str, str] = {str(standing): mode for standing, mode in BY_STANDING.items()}


def write_plover(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as PLOVER's manual has them, one line each, with all their actors and recipients.

    What is no fact has its auxiliary mode among the modes ("future", "negation", "hypothetical"). The manual wants a
    text only where one has the right to pass it on: it stands in `text` all the same; take it out before you publish.
    """
    choosing = Choosing(options, NEEDS)
    encoder = msgspec.json.Encoder()
    count = 0
    for event in events:
        rows = list(choosing.rows([event]))
        if not rows:
            continue
        # Of an event all pairs are one line, of rows each is one.
        line = _line(rows[0], _actors(event, "source"), _actors(event, "target"))
        out.write(encoder.encode(line) + b"\n")
        count += 1
    return Written(count, dict(choosing.left_out))


def _actors(event: Event | Row, role: str) -> Sequence[Actor]:
    if isinstance(event, Event):
        return event.source if role == "source" else event.target
    told = {name: getattr(event, f"{role}_{name}") for name in ("id", "name", "country", "code", "sectors")}
    if not any(told.values()):
        return ()
    name = told["name"] or told["id"] or told["code"] or told["country"]
    return (Actor(id=told["id"] or name, name=name, country=told["country"], sectors=told["sectors"],
                  code=told["code"] or told["country"] or ""),)  # fmt: skip


def _line(row: Row, source: Sequence[Actor], target: Sequence[Actor]) -> Line:
    modes = [mode for mode in (row.mode, _MODES.get(row.standing or "")) if mode]
    return Line(
        id=row.id, date=row.day, enddate=row.end, event=[row.type or ""], mode=modes or None,
        actor=[_entity(actor) for actor in source] or None, recipient=[_entity(actor) for actor in target] or None,
        event_loc=_location(row), quad_code=row.quad, event_scale=row.intensity, context=list(row.contexts) or None,
        text=row.text, cite_info=Cited(url=row.url, publication=row.publisher, language="eng"),
        coder=f"detente {detente.__version__}",
    )  # fmt: skip


def _entity(actor: Actor) -> Entity:
    return Entity(code=actor.code or None, sector=list(actor.sectors) or None, identifier_id=actor.id,
                  identifier_text=actor.name)  # fmt: skip


def _location(row: Row) -> Location | None:
    if row.place_name is None and row.lat is None and row.place_country is None:
        return None
    return Location(
        resolved_place=row.place_name, geonameid=row.geonames, lat=row.lat, lon=row.lon,
        country=names().get(row.place_country or ""), country_code=row.place_country, resolution=row.place_precision,
    )  # fmt: skip
