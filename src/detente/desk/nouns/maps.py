"""Maps and networks: where things happened in a window of days, and who dealt with whom."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from msgspec import Struct

from detente.desk.desk import Text, TheDesk, json, told
from detente.desk.nouns.actors import names_of
from detente.desk.nouns.windows import Days, TheDays, Window
from detente.desk.page import href, path_part, relation_href
from detente.model import FACTS, Type
from detente.store.reader import Reader

router = APIRouter(tags=["maps"])

MONTH, YEAR = 30, 365
MOST_PLACES = 5_000
MOST_EDGES = 200

TheType = Annotated[Type | None, Query()]
Level = Literal["countries", "actors"]


class Point(Struct, frozen=True, kw_only=True):
    """A place with what happened there."""

    name: str
    country: str | None
    lat: float
    lon: float
    events: int
    mean: float | None
    href: str


class MapView(Struct, frozen=True, kw_only=True):
    """Places of events that were first told in a window of days."""

    window: Window
    points: list[Point]
    events: int
    """With a place."""
    without: int
    """Events whose place is not known."""


class Node(Struct, frozen=True, kw_only=True):
    """Who deals with others; x and y lie between -1 and 1."""

    id: str
    label: str
    x: float
    y: float
    events: int
    href: str


class Edge(Struct, frozen=True, kw_only=True):
    """Two who deal with each other."""

    source: str
    target: str
    events: int
    mean: float | None
    href: str


class NetworkView(Struct, frozen=True, kw_only=True):
    """Who dealt with whom, in events that were first told in a window of days."""

    window: Window
    level: Level
    nodes: list[Node]
    edges: list[Edge]


_PLACES = f"""
SELECT place.name AS name, place.country AS country, place.lat AS lat, place.lon AS lon, count(*)::INT AS events,
       avg(intensity) AS mean
FROM events WHERE first_date BETWEEN $1 AND $2 AND ($3 IS NULL OR type = $3) AND standing IN {FACTS}
GROUP BY 1, 2, 3, 4 ORDER BY events DESC, name LIMIT {MOST_PLACES}
"""  # noqa: S608  # all of it is ours
_EDGES = f"""
WITH sides AS (
    SELECT CASE WHEN $4 THEN coalesce(source_country, source_id) ELSE source_id END AS a,
           CASE WHEN $4 THEN coalesce(target_country, target_id) ELSE target_id END AS b, intensity
    FROM events WHERE first_date BETWEEN $1 AND $2 AND ($3 IS NULL OR type = $3) AND standing IN {FACTS}
)
SELECT least(a, b) AS a, greatest(a, b) AS b, count(*)::INT AS events, avg(intensity) AS mean
FROM sides WHERE a <> b AND ($5 IS NULL OR a = $5 OR b = $5)
GROUP BY 1, 2 ORDER BY events DESC, 1, 2 LIMIT {MOST_EDGES}
"""  # noqa: S608  # all of it is ours


def map_of(store: Reader, days: Days, type: str | None) -> MapView:
    """Where things happened."""
    window = days.window(store, MONTH)
    rows = list(store.told_between(window.since, window.until, _PLACES, [window.since, window.until, type]))
    known = [row for row in rows if row["lat"] is not None and row["lon"] is not None]
    told = {"since": window.since.isoformat(), "until": window.until.isoformat(), "type": type}
    return MapView(
        window=window,
        points=[Point(**row, href=href("/events", place=row["name"], **told)) for row in known],
        events=sum(row["events"] for row in known),
        without=sum(row["events"] for row in rows if row["lat"] is None or row["lon"] is None),
    )


def network(store: Reader, days: Days, type: str | None, level: Level, actor: str | None) -> NetworkView:
    """Who dealt with whom."""
    window = days.window(store, YEAR)
    asked = [window.since, window.until, type, level == "countries", actor]
    rows = list(store.told_between(window.since, window.until, _EDGES, asked))
    events: dict[str, int] = {}
    for row in rows:
        for end in ("a", "b"):
            events[row[end]] = events.get(row[end], 0) + row["events"]
    names = names_of(store, list(events), window)
    places = layout(tuple((row["a"], row["b"], row["events"]) for row in rows))
    return NetworkView(
        window=window,
        level=level,
        nodes=[
            Node(id=id, label=names[id], x=places[id][0], y=places[id][1], events=count,
                 href=f"/actor/{path_part(id)}")
            for id, count in sorted(events.items(), key=lambda item: -item[1])
        ],
        edges=[
            Edge(source=row["a"], target=row["b"], events=row["events"], mean=row["mean"],
                 href=relation_href(row["a"], row["b"]))
            for row in rows
        ],
    )  # fmt: skip


@lru_cache(maxsize=64)
def layout(edges: tuple[tuple[str, str, int], ...]) -> dict[str, tuple[float, float]]:
    """Where each node stands, the same for the same edges: those that deal much with each other stand near."""
    import networkx  # half a second, and few pages need it

    graph = networkx.Graph()
    graph.add_weighted_edges_from((one, other, events**0.5) for one, other, events in edges)
    if not edges:
        return {}
    found = networkx.spring_layout(graph, seed=7, iterations=60, k=2.2 / len(graph) ** 0.5)
    return {id: (round(float(x), 4), round(float(y), 4)) for id, (x, y) in found.items()}


@router.get("/map.json", **told(MapView, "The places."))
def map_json(desk: TheDesk, days: TheDays, type: TheType = None) -> Response:
    """Where the events of a window of days (a month, unless it is asked for) happened, by place."""
    return json(map_of(desk.store, days, type))


@router.get("/map", include_in_schema=False)
def map_page(request: Request, desk: TheDesk, days: TheDays, type: TheType = None) -> HTMLResponse:
    """The page of the map."""
    return desk.page(request, "map.html", view=map_of(desk.store, days, type), type=type)


@router.get("/network.json", **told(NetworkView, "The network."))
def network_json(
    desk: TheDesk, days: TheDays, type: TheType = None, level: Level = "countries", actor: Text = None
) -> Response:
    """Who dealt with whom in a window of days (a year, unless it is asked for), with a layout."""
    return json(network(desk.store, days, type, level, actor or None))


@router.get("/network", include_in_schema=False)
def network_page(
    request: Request, desk: TheDesk, days: TheDays, type: TheType = None, level: Level = "countries",
    actor: Text = None,
) -> HTMLResponse:  # fmt: skip
    """The page of the network."""
    view = network(desk.store, days, type, level, actor or None)
    return desk.page(request, "network.html", view=view, type=type, actor=actor or "")
