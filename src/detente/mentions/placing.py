"""Which place of a name is meant: by what holds it ("Paris, Texas"), by the rest of the document, by its size.

The whole document is resolved at once: a name means the same place throughout ("one sense per document"), and each
place speaks for its country and province, so that Georgia stands beside Tbilisi in one story and beside Atlanta in
another.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from detente.mentions.gazetteer import Row
from detente.mentions.placenames import plain

# Found together by trying combinations on news with known places; not to be tuned one at a time.
COUNTRY, PROVINCE, REGION = 2.0, 1.0, 2.5
ALIAS, ALIAS_OF_PROVINCE, ALIAS_BESIDE_MAIN = -0.7, -2.0, -1.0
VOTE_COUNTRY, VOTE_PROVINCE, NEAR = 3.0, 4.0, 2.0
HOLDS = 8.0
NEAR_KM = 120.0
MOST = 5
"""Readings that are kept of each name."""


class Name(Struct):
    """A name of the document with the places it may mean."""

    name: str
    rows: tuple[Row, ...]
    count: float = 1.0
    """How often it stands there; a dateline counts more."""
    within: tuple[str, ...] = ()
    """Plain names that follow it after a comma."""


class Choice(Struct):
    """The places that a name may mean, best first, and the rule that decided."""

    rows: tuple[Row, ...]
    rule: str


def resolved(names: Sequence[Name]) -> dict[str, Choice]:
    """The choice for each name of a document."""
    scores = {name.name: [_prior(name, row) for row in name.rows] for name in names}
    holders = {name.name: name for name in names}
    held = {name.name: _held(name, holders) for name in names}
    best: dict[str, Row] = {}
    for _ in range(3):
        votes = _Votes(names, best)
        best = {}
        for name in names:
            points = [
                score + votes.of(name, row) + (HOLDS if index in held[name.name] else 0.0)
                for index, (row, score) in enumerate(zip(name.rows, scores[name.name], strict=True))
            ]
            best[name.name] = name.rows[max(range(len(points)), key=points.__getitem__)]
    return {name.name: _choice(name, scores[name.name], held[name.name], votes) for name in names}


def _choice(name: Name, scores: Sequence[float], held: frozenset[int], votes: _Votes) -> Choice:
    points = [
        score + votes.of(name, row) + (HOLDS if index in held else 0.0)
        for index, (row, score) in enumerate(zip(name.rows, scores, strict=True))
    ]
    order = sorted(range(len(points)), key=lambda index: -points[index])
    top = order[0]
    if len(order) == 1:
        rule = "places:only"
    elif top in held:
        rule = "places:containment"
    elif top != max(range(len(scores)), key=scores.__getitem__):
        rule = "places:document"
    else:
        rule = "places:country" if name.rows[top].kind == "country" else "places:size"
    return Choice(tuple(name.rows[index] for index in order[:MOST]), rule)


def _prior(name: Name, row: Row) -> float:
    """Larger places are named more often; a country before a province, and both before towns of the name."""
    bonus = {"country": COUNTRY, "province": PROVINCE, "region": REGION, "site": REGION}.get(row.kind, 0.0)
    alias = 0.0
    if not row.entry and plain(row.name) != name.name:
        # "Moscow" and "Paris" are other names of their provinces, too; "Laurel" is one of Laurel County.
        alias = ALIAS_OF_PROVINCE if row.kind in ("province", "district") else ALIAS
        if any(plain(other.name) == name.name or other.entry for other in name.rows):
            alias += ALIAS_BESIDE_MAIN
    return math.log10(row.population + 10) + bonus + alias


def _held(name: Name, holders: dict[str, Name]) -> frozenset[int]:
    """The readings that lie in what follows the name: "Corfu, Greece"; in "China, Japan and Korea" none does."""
    kinds = {row.kind for row in name.rows if row.entry or plain(row.name) == name.name}
    if "country" in kinds:
        kinds_of_holder = frozenset(("province",)) if "province" not in kinds else frozenset[str]()
    else:
        kinds_of_holder = frozenset(("country",)) if "province" in kinds else frozenset(("country", "province"))
    held: set[int] = set()
    for other in name.within:
        outers = [row for row in holders[other].rows if row.kind in kinds_of_holder] if other in holders else []
        for index, row in enumerate(name.rows):
            if any(_lies_in(row, outer) for outer in outers):
                held.add(index)
    return frozenset(held)


def _lies_in(row: Row, outer: Row) -> bool:
    if row is outer or row.geonames == outer.geonames is not None:
        return False
    if outer.kind == "country":
        return row.country == outer.country and row.kind != "country"
    if outer.kind == "province":
        return bool(outer.province) and row.province == outer.province and row.kind in ("city", "district", "site")
    return False


class _Votes:
    """What the chosen places of a document say for their countries, provinces and surroundings."""

    def __init__(self, names: Sequence[Name], best: dict[str, Row]) -> None:
        self.country: defaultdict[str, float] = defaultdict(float)
        self.province: defaultdict[str, float] = defaultdict(float)
        self.own: dict[str, tuple[str, str, float]] = {}
        self.points: dict[str, tuple[float, float]] = {}
        for name in names:
            row = best.get(name.name)
            if row is None:
                continue
            weight = math.sqrt(name.count)
            self.country[row.country] += weight
            if row.province:
                self.province[row.province] += weight
            self.own[name.name] = (row.country, row.province, weight)
            if row.kind in ("city", "district") and row.lat is not None and row.lon is not None:
                self.points[name.name] = (row.lat, row.lon)
        self.total = sum(self.country.values())
        self.is_first = not best

    def of(self, name: Name, row: Row) -> float:
        """How much the rest of the document speaks for a reading; a name has no vote on itself."""
        if self.is_first:
            return 0.0
        country, province, weight = self.own.get(name.name, ("", "", 0.0))
        rest = self.total - weight
        if rest <= 0:
            return 0.0
        by_country = (self.country[row.country] - (weight if row.country == country else 0.0)) / rest
        by_province = 0.0
        if row.province:
            by_province = (self.province[row.province] - (weight if row.province == province else 0.0)) / rest
        if row.kind == "province" and any(other.kind == "country" for other in name.rows):
            # The American state needs its own cities beside it; that the story tells of America is not enough.
            by_country *= 0.25
        return VOTE_COUNTRY * by_country + VOTE_PROVINCE * by_province + NEAR * self._nearness(name, row)

    def _nearness(self, name: Name, row: Row) -> float:
        if row.kind not in ("city", "district") or row.lat is None or row.lon is None:
            return 0.0
        nearest = math.inf
        for other, (lat, lon) in self.points.items():
            if other != name.name:
                nearest = min(nearest, distance(row.lat, row.lon, lat, lon))
        return math.exp(-nearest / NEAR_KM)


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres, near enough for comparing."""
    east = (other_lon - lon + 180) % 360 - 180
    east *= math.cos(math.radians((lat + other_lat) / 2))
    return 111.2 * math.hypot(other_lat - lat, east)


def grouped(spans: Sequence[tuple[str, float, str | None]], rows: dict[str, tuple[Row, ...]]) -> list[Name]:
    """The names of a document from its spans (name, weight, the name that follows after a comma)."""
    counts: dict[str, float] = defaultdict(float)
    within: dict[str, list[str]] = defaultdict(list)
    for name, weight, holder in spans:
        counts[name] += weight
        if holder is not None and holder not in within[name]:
            within[name].append(holder)
    return [Name(name, rows[name], count, tuple(within[name])) for name, count in counts.items() if rows.get(name)]
