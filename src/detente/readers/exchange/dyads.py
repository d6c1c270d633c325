"""Who deals with whom, as formats of graphs have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from detente.readers.exchange.cells import Bad, Fixed, decimal, whole


class Node(Struct, frozen=True):
    """An actor."""

    id: str
    name: str
    country: str | None = None
    """ISO 3166 alpha-3."""
    sectors: tuple[str, ...] = ()
    code: str | None = None


class Dyad(Struct, frozen=True):
    """What one actor did to one other: how often, and how."""

    source: Node
    target: Node
    events: int
    intensity: float | None = None
    """The mean, -10 to 10."""
    quads: tuple[int, ...] = (0, 0, 0, 0)
    """How many events of each quad class, 1 to 4."""
    first: str | None = None
    """The earliest day, ISO 8601."""
    last: str | None = None


def node_of(id: str, told: Mapping[str, str]) -> Node:
    """A node by what its file tells of it."""
    sectors = tuple(part for part in told.get("sectors", "").split(";") if part)
    return Node(id=id, name=told.get("name") or id, country=told.get("country"), sectors=sectors, code=told.get("code"))


def dyad_of(source: Node, target: Node, told: Mapping[str, str]) -> Dyad | Bad:
    """An edge by what its file tells of it; without a number of events, its weight is that, else one."""
    events = _plain(whole(told.get("events") or told.get("weight") or "1"))
    if isinstance(events, Bad):
        return events
    intensity = _plain(decimal(told["intensity"])) if told.get("intensity") else None
    quads = tuple(_plain(whole(told.get(f"quad{number}") or "0")) for number in (1, 2, 3, 4))
    wrong = next((value for value in (intensity, *quads) if isinstance(value, Bad)), None)
    if wrong is not None:
        return wrong
    return Dyad(source=source, target=target, events=events, intensity=intensity, quads=quads,
                first=told.get("first"), last=told.get("last"))  # fmt: skip


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Fixed) else value
