"""How gold names the actors of a side, and whether a report has them there.

"RUS" takes any actor of Russia, "RUS GOV" one with that sector; "REB" is a rebel of whatever country; "A|B": either.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Party


def same_parties(parties: Sequence[Party], wanted: Sequence[str]) -> bool:
    """Each wanted actor is there and no other."""
    return all(any(is_party(party, want) for party in parties) for want in wanted) and all(
        any(is_party(party, want) for want in wanted) for party in parties
    )


def is_party(party: Party, wanted: str) -> bool:
    """The actor is one of those that `wanted` allows, by country, id, code or sector, with all further sectors."""
    for reading in wanted.split("|"):
        name, *sectors = reading.split()
        if name in (party.country, party.id, party.code, *party.sectors) and set(sectors) <= set(party.sectors):
            return True
    return False


def codes_of(parties: Sequence[Party]) -> str:
    """A side for people: "RUSGOV, IGONAT"."""
    return ", ".join(party.code or party.id for party in parties) or "none"
