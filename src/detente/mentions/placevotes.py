"""What the places of a document say for each other: their countries, provinces, surroundings and lists."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from detente.mentions.gazetteer import Row
from detente.mentions.publishers import Home

# Found together with those of `placing`; not to be tuned one at a time.
VOTE_COUNTRY, VOTE_PROVINCE, NEAR, FELLOW = 4.0, 6.0, 2.7, 3.5
NEAR_KM = 70.0
FAINT = 0.3
"""How much of a vote is left to a namesake of a country, and to a town beside a world city of the name."""
HALF = 0.5
HOME = 1.0
"""The publisher's home speaks like a place that is named once."""
WORLD_CITY, TIMES_LARGER = 1_000_000, 20
MOST_POINTS = 200
"""Towns that are looked at for nearness; a list of thousands says nothing more."""
SETTLED = ("city", "district")


class Votes:
    """The votes of the places chosen so far."""

    def __init__(self, names: Iterable[tuple[str, float]], best: Mapping[str, Row], home: Home | None = None) -> None:
        """`names` with how often they stand in the document; `best` is empty in the first round."""
        self.best = best
        self.country: defaultdict[str, float] = defaultdict(float)
        self.province: defaultdict[str, float] = defaultdict(float)
        self.weight: dict[str, float] = {}
        self.points: dict[str, tuple[float, float]] = {}
        for name, count in names:
            row = best.get(name)
            if row is None:
                continue
            weight = self.weight[name] = math.sqrt(count)
            self.country[row.country] += weight
            if row.province:
                self.province[row.province] += weight
            if row.kind in SETTLED and row.lat is not None and row.lon is not None and len(self.points) < MOST_POINTS:
                self.points[name] = (row.lat, row.lon)
        if home is not None:
            self.country[home.country] += HOME
            if home.province:
                self.province[home.province] += HOME
        self.total = sum(self.country.values())

    def of(self, name: str, rows: Sequence[Row], fellows: Sequence[str]) -> list[float]:
        """How much the rest of the document speaks for each reading of a name; a name has no vote on itself."""
        rest = self.total - self.weight.get(name, 0.0)
        if not self.best or rest <= 0:
            return [0.0] * len(rows)
        near = [self.best[fellow] for fellow in fellows if fellow in self.best]
        of_country = any(row.kind == "country" for row in rows)
        largest = max(row.population for row in rows)
        return [self._of_row(name, row, near, rest, of_country, largest) for row in rows]

    def _of_row(
        self, name: str, row: Row, fellows: Sequence[Row], rest: float, of_country: bool, largest: int
    ) -> float:
        own, weight = self.best[name], self.weight[name]
        by_country = (self.country[row.country] - (weight if row.country == own.country else 0.0)) / rest
        by_province = 0.0
        if row.province:
            by_province = (self.province[row.province] - (weight if row.province == own.province else 0.0)) / rest
        beside = NEAR * self._nearness(name, row)
        if of_country and row.kind == "province":
            # The American state needs its own cities beside it; that the story tells of America is not enough.
            by_country *= FAINT
        elif of_country and row.kind != "country":
            # In a story from Mexico City "Mexico" is the country all the same.
            by_country, by_province, beside = by_country * FAINT, by_province * FAINT, beside * FAINT
        elif largest >= WORLD_CITY and row.population * TIMES_LARGER < largest:
            # Paris, Texas needs Texas beside it, and more of it than the next town of Illinois.
            by_country, by_province = by_country * FAINT, by_province * HALF
        alike = any(_are_alike(row, fellow) for fellow in fellows)
        return VOTE_COUNTRY * by_country + VOTE_PROVINCE * by_province + beside + (FELLOW if alike else 0.0)

    def _nearness(self, name: str, row: Row) -> float:
        if row.kind not in SETTLED or row.lat is None or row.lon is None:
            return 0.0
        nearest = math.inf
        for other, (lat, lon) in self.points.items():
            # A degree of latitude is 111 km; what lies farther north or south than this is not near.
            if other != name and abs(lat - row.lat) < FARTHEST:
                nearest = min(nearest, distance(row.lat, row.lon, lat, lon))
        return math.exp(-nearest / NEAR_KM)


FARTHEST = 4.0


def _are_alike(row: Row, fellow: Row) -> bool:
    """Members of a list are of one kind: "Oregon, Utah and Washington" are states."""
    if row.kind == "province":
        return fellow.kind == "province" and fellow.country == row.country
    return row.kind == "country" and fellow.kind == "country"


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres, near enough for comparing."""
    east = (other_lon - lon + 180) % 360 - 180
    east *= math.cos(math.radians((lat + other_lat) / 2))
    return 111.2 * math.hypot(other_lat - lat, east)
