"""Are two facts the same event? Each question gives its reason, or says that they contradict each other.

What speaks for is counted, and outweighs no contradiction between these two: another deed, another day, another place
or somebody else. How many contradictions an event of many tellings bears is asked in `fusion`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct

from detente.events.facts import Fact
from detente.events.sectors import Sectors
from detente.model import Party, Where

# The next two, and the share of contradictions in `fusion`, were found together on the coded reports of the development
# documents of ECB+, for four fifths of the joined pairs right. Re-run `evaluate fusion --coded` after a change.
ONE_DEED = 0.4
"""Cosine from which on two words are taken for one deed ("captured", "seized"); .3 to .6 give the same."""
ONE_MATTER = 0.2
"""Cosine from which on two articles are of one matter; a little less joins many more that are wrong."""
SLACK = 1
"""Days by which guessed days may miss each other: news of the night is of yesterday or of tomorrow elsewhere."""
FAR = 7
"""Days by which guessed days may miss each other and leave it open, so that what is told day by day is no one event."""
NEAR = 30
"""Kilometres within which two points are one place where nothing is known of their size."""
DYAD_DAYS = 3
"""Days between two articles of different stories that may tell one event."""

_WIDE = ("country", "region")


class Knowledge(Struct, frozen=True):
    """What is asked of others than the two facts."""

    sectors: Sectors
    deeds: Callable[[str, str], float]
    """How near two words are in meaning, to 1."""
    matters: Callable[[str, str], float]
    """How near two articles are, 0 to 1."""


class Likeness(Struct, frozen=True):
    """That nothing speaks against two facts being the same event."""

    points: int
    """How much speaks for it, to choose between several; 0 is too little."""
    because: tuple[str, ...]


class Against(Struct, frozen=True):
    """That something speaks against it."""

    what: str
    settles: bool
    """It is another event, whatever its other reports say: another day, another person."""


def likeness(one: Fact, other: Fact, knowledge: Knowledge, *, same_story: bool) -> Likeness | Against:
    """Why two facts may be one event, or what speaks against it.

    In a story one actor in his role is enough; between stories the pair is asked for, and reports within three days.
    """
    against = _against(one, other)
    if against:
        return against
    source = parties_agree(one.source, other.source, knowledge.sectors)
    target = parties_agree(one.target, other.target, knowledge.sectors)
    if source is None or target is None:
        return Against("target" if target is None else "source", settles=False)
    on_known_days = _are_days_known(one, other)
    # Who did it to whom on which day tells more than the word for it: an airstrike is what "killed" them.
    if not (source and target and on_known_days) and not _is_one_deed(one, other, knowledge):
        return Against("deed", settles=False)
    # Where nobody says when it was, one quake is told from another by what else the articles are about.
    if not on_known_days and not _is_one_matter(one, other, knowledge):
        return Against("matter", settles=False)
    enough = bool(source or target) if same_story else bool(source and target) and _near_in_time(one, other)
    if not enough:
        return Likeness(0, ())
    return Likeness(*_counted(_reasons(one, other, source, target, same_story=same_story)))


def _against(one: Fact, other: Fact) -> Against | None:
    if one.type != other.type or one.quad != other.quad:
        return Against("type", settles=True)
    if not days_agree(one, other):
        return Against("days", settles=(one.dated and other.dated) or _days_between(one, other) > FAR)
    if persons_differ(one.source, other.source) or persons_differ(one.target, other.target):
        return Against("person", settles=True)
    if not _modes_agree(one, other):
        return Against("mode", settles=False)
    if not places_agree(one.place, other.place):
        return Against("place", settles=False)
    return None


def _is_one_deed(one: Fact, other: Fact, knowledge: Knowledge) -> bool:
    return one.rule == other.rule or knowledge.deeds(one.deed, other.deed) >= ONE_DEED


def _is_one_matter(one: Fact, other: Fact, knowledge: Knowledge) -> bool:
    return one.article == other.article or knowledge.matters(one.article, other.article) >= ONE_MATTER


def _are_days_known(one: Fact, other: Fact) -> bool:
    return (one.dated or one.told is not None) and (other.dated or other.told is not None)


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
        yield 2, "same deed"
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


def _days_between(one: Fact, other: Fact) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _near_in_time(one: Fact, other: Fact) -> bool:
    return one.told is not None and other.told is not None and abs(one.told - other.told) <= DYAD_DAYS


# ---------------------------------------------------------------------------------------------------------------------
# Who


def parties_agree(some: Sequence[Party], others: Sequence[Party], sectors: Sectors) -> list[Party] | None:
    """Whom both name; nobody where one of them names nobody, None where they contradict each other.

    All of the fewer must be among the more: {NATO, Russia} is not {NATO, Ukraine}, and {NATO} may be either. Who is in
    no lexicon may be of any country, which speaks neither for nor against.
    """
    fewer, more = sorted((some, others), key=len)
    met = [party for party in fewer if any(_may_be(party, other, sectors) for other in more)]
    rest = [party for party in fewer if party not in met]
    return met if all(any(_may_be_unknown(party, other) for other in more) for party in rest) else None


def _may_be_unknown(one: Party, other: Party) -> bool:
    return any(_is_unknown(party) for party in (one, other)) and any(is_general(party) for party in (one, other))


def _is_unknown(party: Party) -> bool:
    return not party.country and not party.code


def _may_be(one: Party, other: Party, sectors: Sectors) -> bool:
    """Whether two names may mean one actor: "Russia" may be its foreign minister, who is not its president."""
    if one.id == other.id:
        return True
    if one.country != other.country and one.country and other.country:
        return False
    if not sectors.agree(one.sectors, other.sectors):
        return False
    if one.country and one.country == other.country:
        return is_general(one) or is_general(other)
    # "police" and "Kenyan police"
    return any(is_general(party) and not party.country and party.sectors for party in (one, other))


def persons_differ(some: Sequence[Party], others: Sequence[Party]) -> bool:
    """Whether both name persons, or bodies, of one country and none of them is the same: "Lavrov" and "Putin"."""
    named, met = ([party for party in side if party.country and not is_general(party)] for side in (some, others))
    alike = any(one.country == other.country for one in named for other in met)
    return alike and {party.id for party in named}.isdisjoint(party.id for party in met)


def is_general(party: Party) -> bool:
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
