"""Actors and places as the tables of others have them."""

from __future__ import annotations

from collections.abc import Callable

from detente.mentions.codes import code_book
from detente.model import Actor
from detente.readers.exchange import countries
from detente.readers.exchange.cells import first_of
from detente.writers.exchange.lines import Cell, Cells, Column


def actor_column(rows: Cells, role: str, cell: Callable[[Actor], Cell]) -> Column:
    """A column that tells the sources or targets by all that is known of them."""

    def told(id: str, name: str, country: str, sectors: str, code: str) -> Cell:
        if not (id or name or country or code):
            return None
        parts = tuple(sectors.split(";")) if sectors else ()
        return cell(Actor(id=id or name, name=name or code or country, country=country or None, sectors=parts,
                          code=code))  # fmt: skip

    return rows.together([f"{role}_{name}" for name in ("id", "name", "country", "sectors", "code")], told)


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

    def told(name: str, precision: str) -> Cell:
        return name if precision in precisions else None

    return rows.together(["place_name", "place_precision"], told)
