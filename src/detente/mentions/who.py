"""Makes actors out of entries: PLOVER fields and the CAMEO string from one resolution.

NATO                      -> IGONAT, sectors IGO
Russia + diplomats        -> RUSGOV, sectors GOV, "Government of Russia"
NATO + troops             -> IGONATMIL;  NATO + officials -> NATO itself
Hamas + gunmen            -> Hamas itself;  Hamas + supporters -> PSECVL
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from detente.mentions.names import STATES, ActorEntry
from detente.mentions.sectors import Sectors
from detente.model import Actor

_WITH_ARTICLE = re.compile(
    r"^(Republic|Democratic|United|Solomon|Marshall)\b|"
    r"\b(Republic|Islands|States|Kingdom|Union|Emirates|Netherlands|Philippines|Bahamas|Maldives|Comoros|Seychelles)$"
)
_ORGANIZATIONS = frozenset({"organization", "organ", "mission", "coalition"})


def actor_of(entry: ActorEntry) -> Actor:
    """The actor that an entry names."""
    country = entry.country
    code = entry.code or (country or "") + "".join(entry.sectors[:1])
    return Actor(id=entry.actor or entry.short, name=entry.name, country=country, sectors=entry.sectors, code=code)


class Namer:
    """Builds actors that have no name of their own, and names them by sector and country."""

    def __init__(self, labels: Mapping[str, str], sectors: Sectors) -> None:
        self._labels = labels
        self._sectors = sectors

    def government_of(self, state: ActorEntry) -> Actor:
        """Whom a capital or a palace stands for: "Moscow" -> the government of Russia; "Brussels" -> the EU."""
        if state.kind not in STATES:
            return actor_of(state)
        return self.role(state, ("GOV",))

    def role(self, base: ActorEntry | None, sectors: Sequence[str]) -> Actor:
        """Somebody of this sector who belongs to the entry; without an entry only the sector is known."""
        if base is None or (base.kind == "people" and base.country is None):
            return self._of_country(None, "", "", sectors)
        if base.kind in STATES or base.kind == "bloc":
            extra = base.sectors if base.kind == "unrecognized" else ()
            return self._of_country(base.country, base.code, base.name, (*sectors, *extra))
        if base.kind in _ORGANIZATIONS:
            return self._of_organization(base, sectors)
        if base.kind in ("service", "ngo", "company"):
            is_another = sectors[:1] in (("ELI",), ("LAB",))  # "former CIA director", "Gazprom workers"
            return self.in_country(base.country, sectors) if is_another else actor_of(base)
        if base.kind in ("group", "party") and (not sectors or self._sectors.is_first(sectors, "itself")):
            return actor_of(base)
        return self.in_country(base.country, sectors)

    def in_country(self, country: str | None, sectors: Sequence[str]) -> Actor:
        """The same for a country that is known by its code alone."""
        return self._of_country(country, country or "", country or "", sectors)

    def _of_organization(self, base: ActorEntry, sectors: Sequence[str]) -> Actor:
        new = tuple(sector for sector in sectors[:1] if sector not in (*base.sectors, "GOV"))
        if not new:
            return actor_of(base)
        code = base.code + new[0]
        name = f"{self._label(new[0])} of {_the(base.name)}"
        return Actor(id=code, name=name, country=base.country, sectors=(*new, *base.sectors), code=code)

    def _of_country(self, country: str | None, code: str, name: str, sectors: Sequence[str]) -> Actor:
        primary = sectors[0] if sectors else ""
        full = code + primary
        label = self._label(primary)
        if name and label:
            label = f"{label} of {_the(name)}"
        return Actor(id=full, name=label or name, country=country, sectors=tuple(dict.fromkeys(sectors)), code=full)

    def _label(self, sector: str) -> str:
        return self._labels.get(sector, sector)


def _the(name: str) -> str:
    return f"the {name}" if _WITH_ARTICLE.search(name) else name
