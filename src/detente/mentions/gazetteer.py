"""The packed gazetteer: some 270,000 places of GeoNames in one small file, found by name.

The file is columns under LZMA. All names stand in one sorted list that is searched by halving: that costs two
microseconds a name and a third of the memory of a dictionary. Made by `gazetteer/build.py`; GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import lzma
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.errors import LexiconError

FILE = Path(__file__).parents[1] / "lexicons" / "places" / "gazetteer.xz"
KINDS = ("country", "province", "district", "city", "region", "site")
VERSION = 2


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the gazetteer with all that is known of it."""

    name: str
    names: tuple[str, ...] = ()
    """The names under which it is looked up, in plain form."""
    kind: str
    country: str = ""
    """ISO 3166 alpha-3."""
    province: str = ""
    """GeoNames code of the province it lies in: "US.TX"."""
    population: int = 0
    lat: float | None = None
    lon: float | None = None
    radius: int = 0
    """Of the circle of its area, in kilometres; 0 where it is not known."""
    geonames: int | None = None
    entry: str = ""
    """The entry of the lexicon, for places that stand there."""


class _Head(msgspec.Struct):
    version: int
    places: int
    pairs: int
    countries: list[str]
    provinces: list[str]
    lengths: list[int]
    """Bytes of each column."""


def pack(rows: Sequence[Row], path: Path) -> int:
    """Writes the file; its size in bytes."""
    countries = sorted({row.country for row in rows})
    provinces = sorted({row.province for row in rows})
    ordered = sorted(rows, key=lambda row: (row.country, row.province, KINDS.index(row.kind), row.name))
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(ordered):
        for name in row.names:
            by_name[name].append(index)
    names = sorted(by_name)
    country_index = {code: index for index, code in enumerate(countries)}
    province_index = {code: index for index, code in enumerate(provinces)}
    columns = [
        "\n".join(names).encode(),
        np.array([len(by_name[name]) for name in names], np.uint16).tobytes(),
        np.array([index for name in names for index in by_name[name]], np.uint32).tobytes(),
        "\n".join(row.name for row in ordered).encode(),
        np.array([KINDS.index(row.kind) for row in ordered], np.uint8).tobytes(),
        np.array([country_index[row.country] for row in ordered], np.uint16).tobytes(),
        np.array([province_index[row.province] for row in ordered], np.uint16).tobytes(),
        np.array([row.population for row in ordered], np.uint32).tobytes(),
        np.array([round((row.lat or 0) * 100) for row in ordered], np.int16).tobytes(),
        np.array([round((row.lon or 0) * 100) for row in ordered], np.int16).tobytes(),
        np.array([row.geonames or 0 for row in ordered], np.uint32).tobytes(),
        np.array([row.radius for row in ordered], np.uint16).tobytes(),
    ]
    pairs = sum(len(by_name[name]) for name in names)
    head = msgspec.json.encode(_Head(VERSION, len(ordered), pairs, countries, provinces, [len(c) for c in columns]))
    data = lzma.compress(head + b"\n" + b"".join(columns), preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(data)
    return len(data)


class Gazetteer:
    """The packed places, found by their plain names."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises `LexiconError` when the file is missing, damaged or of another version."""
        try:
            raw = lzma.decompress(path.read_bytes())
            line, _, body = raw.partition(b"\n")
            head = msgspec.json.decode(line, type=_Head)
        except (OSError, lzma.LZMAError, msgspec.DecodeError) as error:
            raise LexiconError(f"{path}: the gazetteer cannot be read ({error}); install Detente again") from None
        if head.version != VERSION:
            raise LexiconError(f"{path}: gazetteer version {head.version}, this Detente reads {VERSION}; install again")
        columns, start = [], 0
        for length in head.lengths:
            columns.append(body[start : start + length])
            start += length
        self.names = columns[0].decode().split("\n")
        counts = np.frombuffer(columns[1], np.uint16)
        self.ends: NDArray[np.int64] = np.cumsum(counts)
        self.places = np.frombuffer(columns[2], np.uint32)
        self.shown = columns[3]
        self.shown_ends = np.flatnonzero(np.frombuffer(columns[3] + b"\n", np.uint8) == 10)
        self.kinds = columns[4]
        self.countries, self.provinces = head.countries, head.provinces
        self.country = np.frombuffer(columns[5], np.uint16)
        self.province = np.frombuffer(columns[6], np.uint16)
        self.population = np.frombuffer(columns[7], np.uint32)
        self.lat = np.frombuffer(columns[8], np.int16)
        self.lon = np.frombuffer(columns[9], np.int16)
        self.geonames = np.frombuffer(columns[10], np.uint32)
        self.radius = np.frombuffer(columns[11], np.uint16)

    def has(self, name: str) -> bool:
        """Whether anything bears this plain name."""
        at = bisect_left(self.names, name)
        return at < len(self.names) and self.names[at] == name

    def begins(self, words: str) -> bool:
        """Whether a longer name begins with these words."""
        at = bisect_left(self.names, words + " ")
        return at < len(self.names) and self.names[at].startswith(words + " ")

    def rows(self, name: str) -> tuple[Row, ...]:
        """The places of a plain name."""
        at = bisect_left(self.names, name)
        if at == len(self.names) or self.names[at] != name:
            return ()
        start = int(self.ends[at - 1]) if at else 0
        return tuple(self._row(int(index)) for index in self.places[start : int(self.ends[at])])

    def country_of(self, code: str) -> Row | None:
        """The country with this ISO 3166 alpha-3 code."""
        return self._areas[0].get(code)

    def province_of(self, code: str) -> Row | None:
        """The province with this GeoNames code ("US.TX")."""
        return self._areas[1].get(code)

    def place_of(self, geonames: int) -> Row | None:
        """The place with this GeoNames id."""
        found = np.flatnonzero(self.geonames == geonames)
        return self._row(int(found[0])) if found.size else None

    def nearest_countries(self, points: NDArray[np.float64]) -> list[str]:
        """The country (ISO 3166 alpha-3) of the town nearest to each point; `points` is (n, 2): degrees north, east."""
        towns = np.flatnonzero(np.frombuffer(self.kinds, np.uint8) == KINDS.index("city"))
        where = _on_sphere(np.stack([self.lat[towns], self.lon[towns]], axis=1) / 100)
        asked = _on_sphere(points)
        # Many points at once would need a table of points by towns.
        near = [int(np.argmax(where @ point)) for point in asked]
        return [self.countries[self.country[towns[at]]] for at in near]

    @cached_property
    def alpha3(self) -> dict[str, str]:
        """ISO 3166 alpha-3 by alpha-2, which the codes of provinces begin with."""
        return {code.partition(".")[0]: row.country for code, row in self._areas[1].items() if code}

    @cached_property
    def _areas(self) -> tuple[dict[str, Row], dict[str, Row]]:
        kinds = np.frombuffer(self.kinds, np.uint8)
        countries = [self._row(int(index)) for index in np.flatnonzero(kinds == KINDS.index("country"))]
        provinces = [self._row(int(index)) for index in np.flatnonzero(kinds == KINDS.index("province"))]
        return {row.country: row for row in countries}, {row.province: row for row in provinces}

    def _row(self, index: int) -> Row:
        start = int(self.shown_ends[index - 1]) + 1 if index else 0
        return Row(
            name=self.shown[start : int(self.shown_ends[index])].decode(),
            kind=KINDS[self.kinds[index]],
            country=self.countries[self.country[index]],
            province=self.provinces[self.province[index]],
            population=int(self.population[index]),
            lat=int(self.lat[index]) / 100,
            lon=int(self.lon[index]) / 100,
            radius=int(self.radius[index]),
            geonames=int(self.geonames[index]) or None,
        )


def _on_sphere(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees north and east as points of the unit sphere, (n, 3)."""
    lat, lon = np.radians(points).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def population_of(country: str | None) -> int:
    """Inhabitants of the country with this ISO 3166 alpha-3 code; 0 where none is known."""
    row = gazetteer().country_of(country) if country else None
    return row.population if row is not None else 0


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with Detente, read once."""
    return Gazetteer()
