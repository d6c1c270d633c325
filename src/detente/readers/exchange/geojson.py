"""GeoJSON (RFC 7946): a collection of points with what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from detente.readers.exchange.files import UNREADABLE, open_file
from detente.readers.exchange.notes import Note, Repaired, Skipped
from detente.readers.exchange.row import Row, row_from
from detente.records.limits import MEGABYTE, megabytes
from detente.records.opening import Source

MOST = 1024 * MEGABYTE
"""The standard makes one value of the whole file, so it is read whole; this is some two million events."""


class _Collection(Struct):
    type: str
    features: list[msgspec.Raw]


class _Feature(Struct):
    properties: dict[str, Any] | None = None
    geometry: dict[str, Any] | None = None
    id: str | int | None = None


def read_geojson(path: Path) -> Iterator[Row | Note]:
    """The features of a collection as rows: properties that are named as fields of `Row`, and the point.

    Lines and areas are no points, and the row has none. Raises OSError when the file cannot be opened.
    """
    file = str(path)
    try:
        with ExitStack() as stack:
            data = _whole(open_file(path, stack))
    except UNREADABLE as fault:
        yield Skipped(file, 0, f"cannot be unpacked ({fault})")
        return
    if data is None:
        yield Skipped(file, 0, f"over {megabytes(MOST)}")
        return
    try:
        features = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Collection).features
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        yield Skipped(file, 0, f"no collection of features: {str(fault)[:200]}")
        return
    for number, raw in enumerate(features, 1):
        yield from _row(raw, file, number)


def _whole(source: Source) -> bytes | None:
    parts, size = [], 0
    while part := source.take(MEGABYTE):
        size += len(part)
        if size > MOST:
            return None
        parts.append(part)
    return b"".join(parts)


def _row(raw: msgspec.Raw, file: str, number: int) -> Iterator[Row | Note]:
    try:
        feature = msgspec.json.decode(raw, type=_Feature)
        told = {name: value for name, value in (feature.properties or {}).items() if name in Row.__struct_fields__}
        told["id"] = str(feature.id if feature.id is not None else told.get("id") or number)
        point = _point(feature.geometry)
        if point and not (abs(point[1]) <= 90 and abs(point[0]) <= 180):
            yield Repaired(file, number, "a point outside the world; left out")
            point = None
        if point:
            told |= {"lon": point[0], "lat": point[1]}
        yield row_from(told)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        yield Skipped(file, number, f"no feature of events: {str(fault)[:200]}")


def _point(geometry: dict[str, Any] | None) -> tuple[float, float] | None:
    if not geometry or geometry.get("type") != "Point":
        return None
    degrees = msgspec.convert(geometry.get("coordinates"), list[float])
    return (degrees[0], degrees[1]) if len(degrees) > 1 else None
