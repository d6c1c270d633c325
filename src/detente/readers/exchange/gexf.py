"""GEXF: who deals with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from detente.readers.exchange.dyads import Dyad, Node, node_of
from detente.readers.exchange.graphml import edge_of
from detente.readers.exchange.notes import Note, Skipped
from detente.readers.exchange.xml import read_units
from detente.records import markup


def read_gexf(path: Path) -> Iterator[Dyad | Note]:
    """The edges of a graph; those of other programs count their weight, or one, as events.

    Raises OSError when the file cannot be opened.
    """
    titles: dict[tuple[str, str], str] = {}
    nodes: dict[str, Node] = {}
    for unit in read_units(path, {"attributes", "node", "edge"}):
        if isinstance(unit, Skipped):
            yield unit
        elif unit.name == "attributes":
            kind = unit.attributes.get("class", "")
            titles |= {(kind, one.attributes.get("id", "")): one.attributes.get("title", "")
                       for one in unit.all("attribute")}  # fmt: skip
        elif unit.name == "node":
            id = unit.attributes.get("id", "")
            named = {"name": unit.attributes["label"]} if unit.attributes.get("label") else {}
            nodes[id] = node_of(id, named | _told(unit, titles))
        else:
            weight = {"weight": unit.attributes["weight"]} if "weight" in unit.attributes else {}
            yield edge_of(unit, nodes, weight | _told(unit, titles), str(path))


def _told(unit: markup.Node, titles: Mapping[tuple[str, str], str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for values in unit.all("attvalues"):
        for value in values.all("attvalue"):
            title = titles.get((unit.name, value.attributes.get("for", "")))
            if title:
                found[title] = value.attributes.get("value", "")
    return found
