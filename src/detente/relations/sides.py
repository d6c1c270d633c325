"""Who stands on one side of a relation: actors, countries, roles of countries, groups, everybody."""

from __future__ import annotations

from msgspec import Struct

from detente.errors import QuestionError


class Side(Struct, frozen=True):
    """Who stands on one side: actors, countries, roles of countries, or any of several; without names, everybody."""

    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, words: str) -> Side:
        """The side that words name.

        "NATO"          -> the actor with this id
        "RUS"           -> Russia, and all that acts for it: its army, its ministers
        "RUS MIL"       -> Russia's military alone; "* MIL" that of anybody
        "RUS, BLR"      -> any of them
        "*"             -> everybody

        Raises `QuestionError` for words without a name in them.
        """
        names = tuple(" ".join(name.split()) for name in words.split(","))
        if not all(names):
            raise QuestionError(f"'{words}': name an actor or a country, several with commas, or * for everybody")
        return cls(() if "*" in names else names)

    def has(self, id: str, country: str | None, code: str) -> bool:
        """Whether an actor with this id, country and CAMEO string is of the side."""
        return not self.names or any(_is(name, id, country, code) for name in self.names)

    @property
    def words(self) -> str:
        """As it is asked for: "RUS, BLR"."""
        return ", ".join(self.names) or "*"


def _is(name: str, id: str, country: str | None, code: str) -> bool:
    if name in (id, country, code):
        return True
    whose, _, roles = name.partition(" ")
    if not roles:
        return False
    # A CAMEO string is a country or kind of body, then roles, each of three letters: RUSGOVMIL.
    begins = country if country and code.startswith(country) else code[:3]
    told = code[len(begins) :]
    has = {told[at : at + 3] for at in range(0, len(told), 3)}
    return whose in ("*", id, country, begins) and all(role in has for role in roles.split())
