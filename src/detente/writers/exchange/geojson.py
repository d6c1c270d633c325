"""GeoJSON (RFC 7946): a collection of events as points, for maps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import msgspec

from detente.model import Event
from detente.readers.exchange.row import Row
from detente.writers.exchange.options import Choosing, Options, Written, without_nothing

_DEFAULT = Options()


def write_geojson(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as features, one a pair of actors; what has no point has no geometry, as the standard allows."""
    choosing = Choosing(options)
    encoder = msgspec.json.Encoder()
    out.write(b'{"type":"FeatureCollection","features":[')
    count = 0
    for count, row in enumerate(choosing.rows(events), 1):
        out.write((b"\n" if count == 1 else b",\n") + encoder.encode(_feature(row)))
    out.write(b"\n]}\n")
    return Written(count, dict(choosing.left_out))


def _feature(row: Row) -> dict[str, Any]:
    told = without_nothing(msgspec.structs.asdict(row))
    id, lat, lon = told.pop("id"), told.pop("lat", None), told.pop("lon", None)
    # Longitude stands first.
    point = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": id, "geometry": point, "properties": told}
