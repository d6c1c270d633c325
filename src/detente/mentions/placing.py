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
from detente.mentions.placevotes import Votes, distance
from detente.mentions.publishers import Home

# Found together by trying combinations on news with known places; not to be tuned one at a time.
COUNTRY, PROVINCE, REGION = 2.5, 1.0, 1.8
ALIAS, ALIAS_OF_PROVINCE, ALIAS_BESIDE_MAIN = -0.9, -3.0, -0.6
HOLDS = 8.0
LEAST_SHARE = 8
"""A town as large as an eighth of the province that is called by it is what its name means."""
ROUNDS = 3
"""The choices settle: each round votes by the choices of the one before."""
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
    firm: frozenset[str] = frozenset()
    """Those of them that surely hold it: abbreviations of provinces."""
    fellows: tuple[str, ...] = ()
    """Plain names that stand beside it in a list: "Oregon, Utah and Washington"."""


class Choice(Struct):
    """The places that a name may mean, best first, and the rule that decided."""

    rows: tuple[Row, ...]
    rule: str


def resolved(names: Sequence[Name], home: Home | None = None) -> dict[str, Choice]:
    """The choice for each name of a document; `home` is where who published it is at home."""
    scores = {name.name: [_prior(name, row) for row in name.rows] for name in names}
    holders = {name.name: name for name in names}
    held = {name.name: _held(name, holders) for name in names}
    best: dict[str, Row] = {}
    for _ in range(ROUNDS):
        votes = Votes(((name.name, name.count) for name in names), best, home)
        best = {}
        for name in names:
            points = _points(name, scores[name.name], held[name.name], votes)
            best[name.name] = name.rows[max(range(len(points)), key=points.__getitem__)]
    return {name.name: _choice(name, scores[name.name], held[name.name], votes) for name in names}


def _points(name: Name, scores: Sequence[float], held: frozenset[int], votes: Votes) -> list[float]:
    spoken = votes.of(name.name, name.rows, name.fellows)
    return [
        score + vote + (HOLDS if index in held else 0.0)
        for index, (score, vote) in enumerate(zip(scores, spoken, strict=True))
    ]


def _choice(name: Name, scores: Sequence[float], held: frozenset[int], votes: Votes) -> Choice:
    points = _points(name, scores, held, votes)
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
    chosen = name.rows[top]
    rows = [_town_of(chosen, name) or chosen, *(name.rows[index] for index in order)]
    return Choice(tuple(dict.fromkeys(rows))[:MOST], rule)


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


def _town_of(area: Row, name: Name) -> Row | None:
    """ "Lima", "Kandahar", "Leeds": the town is meant, and not the province or district that is called by it.

    None where the town is a small part of it ("Quebec", "Sonora"), and where the lexicon says what is meant.
    """
    if area.kind not in ("province", "district") or any(row.entry for row in name.rows):
        return None
    towns = (row for row in name.rows if row.kind == "city" and row.country == area.country)
    return next((row for row in towns if plain(row.name) == name.name and _is_core(row, area)), None)


def _is_core(town: Row, area: Row) -> bool:
    large = town.population * LEAST_SHARE >= area.population
    return large and (town.province == area.province or _is_within(town, area))


def _is_within(town: Row, area: Row) -> bool:
    if town.lat is None or town.lon is None or area.lat is None or area.lon is None:
        return False
    return distance(town.lat, town.lon, area.lat, area.lon) <= area.radius


def _held(name: Name, holders: dict[str, Name]) -> frozenset[int]:
    """The readings that lie in what follows the name: "Corfu, Greece"; in "China, Japan and Korea" none does."""
    kinds = {row.kind for row in name.rows if row.entry or plain(row.name) == name.name}
    if "country" in kinds:
        kinds_of_holder = frozenset(("province",)) if "province" not in kinds else frozenset[str]()
    else:
        kinds_of_holder = frozenset(("country",)) if "province" in kinds else frozenset(("country", "province"))
    held: set[int] = set()
    for other in name.within:
        wanted = frozenset(("province",)) if other in name.firm else kinds_of_holder
        outers = [row for row in holders[other].rows if row.kind in wanted] if other in holders else []
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


class Told(Struct):
    """A name where it stands in a text."""

    name: str
    weight: float = 1.0
    holder: str | None = None
    """The name that follows after a comma."""
    firm: bool = False
    """That is only written so of what holds another: "Washington, D.C."."""
    fellow: str | None = None
    """The name that stands before it in a list."""


def grouped(told: Sequence[Told], rows: dict[str, tuple[Row, ...]]) -> list[Name]:
    """The names of a document, each once."""
    counts: dict[str, float] = defaultdict(float)
    within: dict[str, dict[str, None]] = defaultdict(dict)
    fellows: dict[str, dict[str, None]] = defaultdict(dict)
    firm: dict[str, set[str]] = defaultdict(set)
    for one in told:
        counts[one.name] += one.weight
        if one.holder is not None:
            within[one.name][one.holder] = None
            if one.firm:
                firm[one.name].add(one.holder)
        if one.fellow is not None:
            fellows[one.name][one.fellow] = None
            fellows[one.fellow][one.name] = None
    return [
        Name(name, rows[name], count, tuple(within[name]), frozenset(firm[name]), tuple(fellows[name]))
        for name, count in counts.items()
        if rows.get(name)
    ]
