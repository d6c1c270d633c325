"""Are two facts the same event? Each question gives its reason, or says that they contradict each other.

Nothing is weighed against a contradiction: another deed, another day, another place or somebody else is another event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct

from detente.events.facts import Fact
from detente.events.sectors import Sectors
from detente.model import Party, Where

SLACK = 1
"""Days by which guessed days may miss each other: news of the night is of yesterday or of tomorrow elsewhere."""
NEAR = 30
"""Kilometres within which two points are one place where nothing is known of their size."""
DYAD_DAYS = 3
"""Days between two articles of different stories that may tell one event."""

_WIDE = ("country", "region")


class Likeness(Struct, frozen=True):
    """That nothing speaks against two facts being the same event."""

    points: int
    """How much speaks for it, to choose between several; 0 is too little."""
    because: tuple[str, ...]


def likeness(one: Fact, other: Fact, sectors: Sectors, *, same_story: bool) -> Likeness | None:
    """Why two facts may be one event; None where something speaks against it.

    In a story one actor in his role is enough; between stories the pair is asked for, and reports within three days.
    """
    if one.type != other.type or one.quad != other.quad or not (_modes_agree(one, other) and days_agree(one, other)):
        return None
    if not places_agree(one.place, other.place):
        return None
    source = parties_agree(one.source, other.source, sectors)
    target = parties_agree(one.target, other.target, sectors)
    if source is None or target is None:
        return None
    enough = bool(source or target) if same_story else bool(source and target) and _near_in_time(one, other)
    if not enough:
        return Likeness(0, ())
    return Likeness(*_counted(_reasons(one, other, source, target, same_story=same_story)))


def _counted(reasons: Iterator[tuple[int, str]]) -> tuple[int, tuple[str, ...]]:
    listed = list(reasons)
    return sum(points for points, _ in listed), tuple(reason for _, reason in listed)


def _reasons(
    one: Fact, other: Fact, source: Sequence[Party], target: Sequence[Party], *, same_story: bool
) -> Iterator[tuple[int, str]]:
    if same_story:
        yield 1, "same story"
    for role, parties in (("source", source), ("target", target)):
        if parties:
            yield 2, f"{role} {', '.join(sorted({party.id for party in parties}))}"
    if one.rule and one.rule == other.rule:
        yield 2, "same words of deed"
    elif one.cameo and one.cameo == other.cameo:
        yield 1, f"CAMEO {one.cameo}"
    if one.dated and other.dated:
        yield 2, "same days" if (one.start, one.end) == (other.start, other.end) else "days overlap"
    if one.place and other.place:
        yield 1, f"place {one.place.name}"


def _modes_agree(one: Fact, other: Fact) -> bool:
    """Neither says of the other that it was another deed: "040" and "043" agree, "043" and "042" do not."""
    if one.mode and other.mode and one.mode != other.mode:
        return False
    if not one.cameo or not other.cameo:
        return True
    short, long = sorted((one.cameo, other.cameo), key=len)
    return long.startswith(short) or "0" in (one.cameo[2:], other.cameo[2:])


def days_agree(one: Fact, other: Fact) -> bool:
    """Whether there is a day that is both's."""
    slack = 0 if one.dated and other.dated else SLACK
    return one.start <= other.end + slack and other.start <= one.end + slack


def _near_in_time(one: Fact, other: Fact) -> bool:
    return one.told is not None and other.told is not None and abs(one.told - other.told) <= DYAD_DAYS


# ---------------------------------------------------------------------------------------------------------------------
# Who


def parties_agree(some: Sequence[Party], others: Sequence[Party], sectors: Sectors) -> list[Party] | None:
    """Whom both name; nobody where one of them names nobody, None where they contradict each other.

    All of the fewer must be among the more: {NATO, Russia} is not {NATO, Ukraine}, and {NATO} may be either.
    """
    fewer, more = sorted((some, others), key=len)
    met = [party for party in fewer if any(_may_be(party, other, sectors) for other in more)]
    return met if len(met) == len(fewer) else None


def _may_be(one: Party, other: Party, sectors: Sectors) -> bool:
    """Whether two names may mean one actor: "Russia" may be its foreign minister, who is not its president."""
    if one.id == other.id:
        return True
    if one.country != other.country and one.country and other.country:
        return False
    if not sectors.agree(one.sectors, other.sectors):
        return False
    if one.country and one.country == other.country:
        return _is_general(one) or _is_general(other)
    # "police" and "Kenyan police"
    return any(_is_general(party) and not party.country and party.sectors for party in (one, other))


def _is_general(party: Party) -> bool:
    """A country, or people of a role, and nobody by name."""
    return party.id in (party.country, party.code)


# ---------------------------------------------------------------------------------------------------------------------
# Where


def places_agree(one: Where | None, other: Where | None) -> bool:
    """Whether one place may lie in the other, or be it."""
    if one is None or other is None or one.name == other.name:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if one.precision in _WIDE or other.precision in _WIDE:
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one.geonames == other.geonames
    return kilometres(one.lat, one.lon, other.lat, other.lon) <= max(NEAR, (one.radius or 0) + (other.radius or 0))


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The way between two points in degrees over a sphere of 6,371 km (the haversine formula, Sinnott 1984)."""
    up, across = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    share = sin(up) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(across) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(share)))
