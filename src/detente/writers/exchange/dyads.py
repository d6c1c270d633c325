"""Who deals with whom: the rows of each pair of actors, counted and averaged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from detente.model import Event
from detente.readers.exchange.dyads import Dyad, Node
from detente.readers.exchange.row import Row
from detente.writers.exchange.options import Choosing, Needs, Options

EDGE = (("events", "long"), ("intensity", "double"), ("quad1", "long"), ("quad2", "long"), ("quad3", "long"),
        ("quad4", "long"), ("first", "string"), ("last", "string"))  # fmt: skip
"""What an edge tells, with GraphML's types."""
NODE = (("name", "string"), ("country", "string"), ("sectors", "string"), ("code", "string"))

NEEDS = Needs(facts=True)


class Graph(NamedTuple):
    """Actors by id, and what each did to each other."""

    nodes: dict[str, Node]
    edges: list[Dyad]
    left_out: dict[str, int]


class _Sum:
    """What is summed up for a pair."""

    __slots__ = ("days", "events", "intensities", "quads")

    def __init__(self) -> None:
        self.events = 0
        self.quads = [0, 0, 0, 0]
        self.intensities: list[float] = []
        self.days: list[str] = []


def graph_of(events: Iterable[Event | Row], options: Options) -> Graph:
    """The graph of the facts among the events; the mean intensity is over those that have one."""
    choosing = Choosing(options, NEEDS)
    nodes: dict[str, Node] = {}
    sums: dict[tuple[str, str], _Sum] = {}
    for row in choosing.rows(events):
        source, target = _node(row, "source"), _node(row, "target")
        if source is None or target is None:
            choosing.left_out["no second actor"] += 1
            continue
        nodes.setdefault(source.id, source)
        nodes.setdefault(target.id, target)
        _add(sums.setdefault((source.id, target.id), _Sum()), row)
    edges = [_dyad(nodes[source], nodes[target], total) for (source, target), total in sums.items()]
    return Graph(nodes, edges, dict(choosing.left_out))


def _node(row: Row, role: str) -> Node | None:
    id, name, country, code, sectors = (getattr(row, f"{role}_{part}") for part in
                                        ("id", "name", "country", "code", "sectors"))  # fmt: skip
    known = id or name or code or country
    return Node(id=known, name=name or known, country=country, sectors=sectors, code=code) if known else None


def _add(total: _Sum, row: Row) -> None:
    total.events += 1
    if row.quad:
        total.quads[row.quad - 1] += 1
    if row.intensity is not None:
        total.intensities.append(row.intensity)
    if row.day:
        total.days.append(row.day)


def _dyad(source: Node, target: Node, total: _Sum) -> Dyad:
    mean = round(sum(total.intensities) / len(total.intensities), 4) if total.intensities else None
    return Dyad(
        source=source, target=target, events=total.events, intensity=mean, quads=tuple(total.quads),
        first=min(total.days, default=None), last=max(total.days, default=None),
    )  # fmt: skip


def edge_values(dyad: Dyad) -> dict[str, object]:
    """What an edge tells, by the names in `EDGE`; what is not known is not there."""
    quads = {f"quad{number}": count for number, count in enumerate(dyad.quads, 1)}
    told = {"events": dyad.events, "intensity": dyad.intensity, **quads, "first": dyad.first, "last": dyad.last}
    return {name: value for name, value in told.items() if value is not None}


def node_values(node: Node) -> dict[str, object]:
    """What a node tells, by the names in `NODE`."""
    told = {"name": node.name, "country": node.country, "sectors": ";".join(node.sectors) or None, "code": node.code}
    return {name: value for name, value in told.items() if value is not None}
