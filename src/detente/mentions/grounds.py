"""Where things happen, as far as it tells whose somebody is: "police beat protesters near Tehran".

A name is a ground when it stands for a place: behind "in" or "near", or as a town that acts in nothing. Police and
villagers are of the only country whose grounds the sentence names; where it names none, the article's may tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.mentions.line import Line
from detente.mentions.names import ActorEntry
from detente.mentions.roles import Named, Role
from detente.mentions.seen import is_state

_PLACED = frozenset({"in", "at", "near", "across", "outside", "inside", "around", "throughout", "within"})
_PARTS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "centre",
                    "center", "outskirts", "suburb", "part", "heart", "coast", "city", "town", "village", "province",
                    "region", "district"})  # fmt: skip
# A single place may be where somebody spoke.
_FEWEST = 2


def grounds_of(line: Line, names: Iterable[Named], roles: Iterable[Role] = ()) -> list[Named]:
    """The names of a line that stand for places; not where an envoy or another country's soldier is a guest."""
    guests = {
        role.head
        for role in roles
        if role.entry.abroad or role.sectors[:1] == ("GOV",) or (role.bases and role.sectors[:1] == ("MIL",))
    }
    return [
        named
        for named in names
        if is_state(named.sense.entry) and _is_ground(line, named) and not _is_of(line, named, guests)
    ]


def only_country(grounds: Sequence[Named]) -> Named | None:
    """The first place, where all places are of one country."""
    return grounds[0] if len({named.sense.entry.country for named in grounds}) == 1 else None


def home_of(lines: Sequence[Line], names: Sequence[Sequence[Named]]) -> ActorEntry | None:
    """The country of all places of an article, when it names some and no other."""
    grounds = [
        named
        for line, found in zip(lines, names, strict=True)
        if line.part != "related"
        for named in grounds_of(line, found)
    ]
    ground = only_country(grounds)
    return ground.sense.entry if ground is not None and len(grounds) >= _FEWEST else None


def _is_ground(line: Line, named: Named) -> bool:
    if named.sense.how == "adjective":
        return False
    top = line.top_of(named.first, named.last)
    if named.sense.how == "city" or line.case_of(top) in _PLACED:
        return True
    # "in the east of the Gaza Strip", "on the outskirts of Homs"
    part = line.tokens[top].head
    return line.case_of(top) == "of" and part >= 0 and line.tokens[part].lemma.lower() in _PARTS


def _is_of(line: Line, named: Named, heads: set[int]) -> bool:
    top = line.tokens[line.top_of(named.first, named.last)]
    return top.relation.startswith("nmod") and top.head in heads
