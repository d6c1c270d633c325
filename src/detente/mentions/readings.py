"""Reads a line in order: persons first, then roles, then names, so that each word means one of them."""

from __future__ import annotations

from collections.abc import Sequence

from detente.mentions.grounds import grounds_of
from detente.mentions.line import Line
from detente.mentions.persons import PersonFound
from detente.mentions.readnames import NameReader
from detente.mentions.readpersons import PersonReader
from detente.mentions.readroles import RoleReader
from detente.mentions.roles import Named, Role
from detente.mentions.seen import Seen


class Readings:
    """Reads the lines of one article once its cast is known."""

    def __init__(self, names: NameReader, roles: RoleReader, persons: PersonReader) -> None:
        self._names = names
        self._roles = roles
        self._persons = persons

    def of(
        self, line: Line, names: Sequence[Named], roles: Sequence[Role], persons: Sequence[PersonFound]
    ) -> list[Seen]:
        """All that the names, roles and persons of a line mean."""
        names = [named for named in names if not self._persons.has_name(line, named)]
        seen = [self._persons.read(line, found) for found in persons]
        taken = {index for found in persons for index in range(found.first, found.last + 1)}
        appositions = {id(found.apposition): found for found in persons if found.apposition is not None}
        titles = {id(found.title) for found in persons if found.title is not None}
        used: set[int] = set()
        grounds = grounds_of(line, names, roles)
        for role in roles:
            if any(index in taken for index in range(role.noun, role.last + 1)):
                continue
            if id(role) in titles:
                used.update(named.first for named in role.bases)
                continue
            one = self._roles.read(line, role, grounds, appositions.get(id(role)))
            if one is not None:
                seen.append(one)
                used.update(named.first for named in role.bases if role.first <= named.first <= role.last)
        for named in names:
            if named.first in used or any(index in taken for index in range(named.first, named.last + 1)):
                continue
            one = self._names.read(line, named, names)
            if one is not None:
                seen.append(one)
        return [*seen, *self._persons.surnames(line, names, taken)]
