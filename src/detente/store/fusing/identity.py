"""Ids that stay: which of the groups found now is which of those found before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from msgspec import Struct

from detente.model import id_of


class Named(Struct, frozen=True):
    """The groups with their ids, and what became of the ids that no group has any more."""

    ids: tuple[str, ...]
    """In the order of the groups."""
    aliases: Mapping[str, str | None]
    """Old id -> the group that has most of its members now; None where none is left."""


def named(noun: str, groups: Sequence[Sequence[str]], before: Mapping[str, Sequence[str]]) -> Named:
    """Names each group as the one before that it has most members of; others after their first member.

    What was merged and is split again so has its id again, for it begins as it did.
    """
    place = {member: number for number, group in enumerate(groups) for member in group}
    shares = {old: Counter(place[one] for one in members if one in place) for old, members in before.items()}
    pairs = sorted((-share, old, number) for old, found in shares.items() for number, share in found.items())
    ids: dict[int, str] = {}
    kept: set[str] = set()
    for _, old, number in pairs:
        if number not in ids and old not in kept:
            ids[number] = old
            kept.add(old)
    used = set(before)
    for number, group in enumerate(groups):
        if number not in ids:
            ids[number] = _fresh(noun, group[0], used)
            used.add(ids[number])
    aliases = {old: _heir(found, ids) for old, found in shares.items() if old not in kept}
    return Named(tuple(ids[number] for number in range(len(groups))), aliases)


def _fresh(noun: str, member: str, used: Set[str]) -> str:
    id, tries = id_of(noun, member), 0
    while id in used:
        tries += 1
        id = id_of(noun, member, tries)
    return id


def _heir(found: Counter[int], ids: Mapping[int, str]) -> str | None:
    if not found:
        return None
    most = max(found.values())
    return min(ids[number] for number, share in found.items() if share == most)


def joined(groups: Sequence[Sequence[str]], together: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The groups, those of which members belong together made one; in the order of their first."""
    place = {member: number for number, group in enumerate(groups) for member in group}
    leads = list(range(len(groups)))

    def lead(number: int) -> int:
        while leads[number] != number:
            number = leads[number]
        return number

    for one, other in together:
        if one in place and other in place:
            low, high = sorted((lead(place[one]), lead(place[other])))
            leads[high] = low
    made: dict[int, list[str]] = {}
    for number, group in enumerate(groups):
        made.setdefault(lead(number), []).extend(group)
    return list(made.values())
