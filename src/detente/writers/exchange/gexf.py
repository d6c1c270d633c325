"""GEXF 1.3: who deals with whom, for Gephi."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

from detente.model import Event
from detente.readers.exchange.row import Row
from detente.writers.exchange.dyads import EDGE, NODE, edge_values, graph_of, node_values
from detente.writers.exchange.options import Options, Written
from detente.writers.exchange.xml import Xml

_DEFAULT = Options()


def write_gexf(events: Iterable[Event | Row], out: IO[bytes], options: Options = _DEFAULT) -> Written:
    """Write who deals with whom: a node an actor, an edge from source to target weighted by the number of events.

    Only facts between two actors count. `rows` are the edges.
    """
    graph = graph_of(events, options)
    page = Xml(out)
    with (
        page.element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"}),
        page.element("graph", {"mode": "static", "defaultedgetype": "directed"}),
    ):
        for kind, names in (("node", NODE), ("edge", EDGE)):
            page.line()
            with page.element("attributes", {"class": kind}):
                for name, type in names:
                    page.leaf("attribute", None, {"id": name, "title": name, "type": type})
        page.line()
        with page.element("nodes"):
            for node in graph.nodes.values():
                page.line()
                with page.element("node", {"id": node.id, "label": node.name}):
                    _values(page, node_values(node))
        page.line()
        with page.element("edges"):
            for number, dyad in enumerate(graph.edges, 1):
                page.line()
                ends = {"id": number, "source": dyad.source.id, "target": dyad.target.id, "weight": dyad.events}
                with page.element("edge", ends):
                    _values(page, edge_values(dyad))
        page.line()
    page.line()
    page.close()
    return Written(len(graph.edges), graph.left_out)


def _values(page: Xml, values: Mapping[str, object]) -> None:
    with page.element("attvalues"):
        for name, value in values.items():
            page.leaf("attvalue", None, {"for": name, "value": value})
