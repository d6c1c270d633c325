"""ninjs 3.1 of the IPTC: events as items of type "event", one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import msgspec

from detente.model import Event
from detente.readers.exchange.ninjs import SCHEME, STANDARD
from detente.readers.exchange.row import Row
from detente.writers.exchange.atom import title_of
from detente.writers.exchange.options import Choosing, Options, Written, without_nothing

_DEFAULT = Options()


def write_ninjs(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write events as items of ninjs 3.1, one a pair of actors and a line.

    What ninjs has no field for (actors' roles, codes, standing, intensity) stands among the subjects, whose `uri` names
    the field. Days stand in the fields for expected dates, which alone do without a time.
    """
    choosing = Choosing(options)
    encoder = msgspec.json.Encoder()
    count = 0
    for row in choosing.rows(events):
        out.write(encoder.encode(_item(row)) + b"\n")
        count += 1
    return Written(count, dict(choosing.left_out))


def _item(row: Row) -> dict[str, Any]:
    return without_nothing(
        {
            "standard": STANDARD,
            "uri": f"urn:detente:event:{row.id}",
            "type": "event",
            "language": "en",
            "firstCreated": f"{row.told}T00:00:00Z" if row.told else None,
            "title": title_of(row),
            "descriptions": [{"role": "summary", "contentType": "text/plain", "value": row.text}] if row.text else None,
            "eventDetails": {"dates": _dates(row)} if row.day else None,
            "subjects": [*_subjects(row)],
            "places": _places(row),
        }
    )


def _dates(row: Row) -> dict[str, str]:
    # The others want a time of the day, which is not known.
    return without_nothing({"expectedStartDate": row.day, "expectedEndDate": row.end})


def _subjects(row: Row) -> list[dict[str, str]]:
    fields = (
        "source_id", "source_name", "source_country", "source_code", "target_id", "target_name", "target_country",
        "target_code", "place_country", "type", "mode", "cameo", "quad", "intensity", "standing",
    )  # fmt: skip
    told = ((name, getattr(row, name)) for name in fields)
    return [{"uri": f"{SCHEME}{name}", "name": str(value), "rel": "about"} for name, value in told if value is not None]


def _places(row: Row) -> list[dict[str, Any]] | None:
    if row.place_name is None:
        return None
    place: dict[str, Any] = {"name": row.place_name, "rel": "mentions"}
    if row.lat is not None and row.lon is not None:
        place["geoJSON"] = {"type": "Point", "coordinates": [row.lon, row.lat]}
    if row.geonames is not None:
        place["uri"] = f"https://sws.geonames.org/{row.geonames}/"
    return [place]
