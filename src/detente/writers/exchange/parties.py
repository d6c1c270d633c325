"""Actors and places as the tables of others have them."""

from __future__ import annotations

from collections.abc import Callable

from detente.mentions.codes import code_book
from detente.model import Actor
from detente.readers.exchange import countries
from detente.readers.exchange.cells import first_of, pc
from detente.writers.exchange.lines import Cell, Cells, Column, mapped

_PART = "\x1f"
"""Parts what is looked at together; no name holds it."""


def actor_column(rows: Cells, role: str, cell: Callable[[Actor], Cell]) -> Column:
    """A column that tells the sources or targets by all that is known of them."""

    def told(text: str) -> Cell:
        actor = _actor(text)
        return None if actor is None else cell(actor)

    return mapped(_together(rows, *(f"{role}_{name}" for name in ("id", "name", "country", "sectors", "code"))), told)


def _together(rows: Cells, *names: str) -> Column:
    parts = (rows[name] for name in names)
    return pc.binary_join_element_wise(*parts, _PART, null_handling="replace", null_replacement="")


def _actor(text: str) -> Actor | None:
    id, name, country, sectors, code = text.split(_PART)
    if not (id or name or country or code):
        return None
    return Actor(id=id or name, name=name or code or country, country=country or None,
                 sectors=tuple(filter(None, sectors.split(";"))), code=code)  # fmt: skip


def icews_name(actor: Actor) -> str:
    """A name of ICEWS's kind: "Police (Afghanistan)"."""
    return code_book().codes(actor).icews


def cow_number(actor: Actor) -> int | None:
    """The Correlates of War number of the actor's state."""
    return code_book().codes(actor).cow


def code_column(rows: Cells, role: str) -> Column:
    """The CAMEO string of an actor; of one without any, as from ICEWS, the code of its country."""
    return first_of(rows[f"{role}_code"], rows[f"{role}_country"])


def country_name(code: str) -> str:
    """ "RUS" -> "Russia"; codes that we know no name for stay."""
    return countries.names().get(code, code)


def place_column(rows: Cells, *precisions: str) -> Column:
    """The names of places that are known as precisely as this."""

    def told(text: str) -> Cell:
        name, _, precision = text.partition(_PART)
        return name if precision in precisions else None

    return mapped(_together(rows, "place_name", "place_precision"), told)
