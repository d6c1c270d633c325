"""GraphML: who deals with whom, for NetworkX, igraph, Gephi, yEd."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

from detente.model import Event
from detente.readers.exchange.row import Row
from detente.writers.exchange.dyads import EDGE, NODE, edge_values, graph_of, node_values
from detente.writers.exchange.options import Options, Written
from detente.writers.exchange.xml import Xml

_DEFAULT = Options()


def write_graphml(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write who deals with whom: a node an actor, an edge from source to target with counts and mean intensity.

    Only facts between two actors count. `rows` are the edges.
    """
    graph = graph_of(events, options)
    page = Xml(out)
    with page.element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}):
        for kind, names in (("node", NODE), ("edge", EDGE)):
            for name, type in names:
                page.line()
                page.leaf("key", None, {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": type})
        page.line()
        with page.element("graph", {"id": "dyads", "edgedefault": "directed"}):
            for node in graph.nodes.values():
                page.line()
                with page.element("node", {"id": node.id}):
                    _data(page, "node", node_values(node))
            for number, dyad in enumerate(graph.edges, 1):
                page.line()
                ends = {"id": f"e{number}", "source": dyad.source.id, "target": dyad.target.id}
                with page.element("edge", ends):
                    _data(page, "edge", edge_values(dyad))
            page.line()
        page.line()
    page.line()
    page.close()
    return Written(len(graph.edges), graph.left_out)


def _data(page: Xml, kind: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        page.leaf("data", value, {"key": f"{kind}-{name}"})
