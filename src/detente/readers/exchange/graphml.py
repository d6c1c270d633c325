"""GraphML: who deals with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from detente.readers.exchange.cells import Bad
from detente.readers.exchange.dyads import Dyad, Node, dyad_of, node_of
from detente.readers.exchange.notes import Note, Skipped
from detente.readers.exchange.xml import read_units
from detente.records import markup


def read_graphml(path: Path) -> Iterator[Dyad | Note]:
    """The edges of a graph; those of other programs count their weight, or one, as events.

    Raises OSError when the file cannot be opened.
    """
    keys: dict[str, str] = {}
    nodes: dict[str, Node] = {}
    for unit in read_units(path, {"key", "node", "edge"}):
        if isinstance(unit, Skipped):
            yield unit
        elif unit.name == "key":
            keys[unit.attributes.get("id", "")] = unit.attributes.get("attr.name", "")
        elif unit.name == "node":
            id = unit.attributes.get("id", "")
            nodes[id] = node_of(id, _told(unit, keys))
        else:
            yield edge_of(unit, nodes, _told(unit, keys), str(path))


def _told(unit: markup.Node, keys: Mapping[str, str]) -> dict[str, str]:
    return {keys.get(data.attributes.get("key", ""), ""): data.words for data in unit.all("data")}


def edge_of(unit: markup.Node, nodes: Mapping[str, Node], told: Mapping[str, str], file: str) -> Dyad | Skipped:
    """An edge between two nodes that were read before."""
    ends = [unit.attributes.get(name, "") for name in ("source", "target")]
    missing = next((end for end in ends if end not in nodes), None)
    if missing is not None:
        return Skipped(file, unit.start, f"an edge to '{missing[:40]}', which no node before it is")
    dyad = dyad_of(nodes[ends[0]], nodes[ends[1]], told)
    return Skipped(file, unit.start, dyad.what) if isinstance(dyad, Bad) else dyad
