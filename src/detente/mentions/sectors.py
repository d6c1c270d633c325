"""How PLOVER's sectors are taken: traits from `lexicons/roles/sectors.tsv`, and what modifiers make of a role.

"former minister"      -> ELI;  "former teacher" is still EDU
"opposition lawmaker"  -> LEG, OPP
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from detente.mentions.roles import Role, RoleEntry

Trait = Literal["body", "home", "away", "trade", "force", "public", "itself"]

_CHANGE_ALL = frozenset({"former", "exiled", "rebel", "opposition"})


class Sectors:
    """What is known of sectors."""

    def __init__(self, entries: Iterable[RoleEntry]) -> None:
        """Of all entries of roles those of kind "sector" count."""
        self._with: dict[str, set[str]] = {}
        for entry in entries:
            for trait in entry.traits:
                self._with.setdefault(trait, set()).update(entry.sectors)

    def is_first(self, sectors: Sequence[str], trait: Trait) -> bool:
        """Whether the primary sector has the trait."""
        return bool(sectors) and sectors[0] in self._with.get(trait, ())

    def are_all(self, sectors: Iterable[str], trait: Trait) -> bool:
        """Whether all sectors have the trait; no sector at all has any."""
        return self._with.get(trait, set()).issuperset(sectors)

    def of(self, role: Role) -> tuple[str, ...]:
        """The role's sectors after its modifiers; who leaves a trade leaves no office."""
        sectors = role.sectors
        for change in role.changes:
            if change.short == "exiled" and sectors[:1] != ("GOV",):
                continue
            if change.short == "former" and sectors and self.are_all(sectors, "trade"):
                continue
            if change.sectors in (("OPP",), ("PRM",)) and sectors[:1] != ("GOV",):
                sectors = (*sectors, *change.sectors)
            elif change.short in _CHANGE_ALL or sectors[:1] in (("CVL",), ("GOV",), ("UNK",)):
                sectors = change.sectors
        return tuple(dict.fromkeys(sectors))
