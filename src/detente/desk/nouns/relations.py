"""Relations: how two sides dealt with each other over time, where it turned, and the events behind each stretch."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from msgspec import Struct

from detente.desk.answers import file
from detente.desk.desk import Day, Side, Text, TheDesk, json, told, told_as
from detente.desk.nouns.windows import day
from detente.desk.page import relation_href
from detente.errors import QuestionError
from detente.model import FACTS, Event, Standing, Type
from detente.relations import Course, Scale
from detente.relations.bins import Step
from detente.store.dealt import Dealt
from detente.store.finding import EVERYTHING, Told
from detente.store.reader import Reader
from detente.writers.relation import bins_csv

router = APIRouter(tags=["relations"])

EVENTS = 25
"""On one page."""


MOST_BINS = 50_000
"""Of one course: 137 years by day. Each takes some hundredths of a millisecond, and ten times that as CSV."""
LATEST = datetime.date(9_998, 12, 31)
"""The bin behind the last has a first day, too, and the calendar ends with the year 9999."""


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked of a relation."""

    one: str
    other: str
    by: Step = "week"
    since: datetime.date | None = None
    until: datetime.date | None = None
    scale: str = "plover"
    standing: tuple[str, ...] = FACTS
    types: tuple[str, ...] = ()
    told: Told = EVERYTHING


class RelationEvents(Struct, frozen=True, kw_only=True):
    """The events that a relation is made of, by their own days, the latest first."""

    events: list[Event]
    next: str | None
    """The address of those behind them."""


def dealt(store: Reader, asked: Asked) -> Dealt:
    """The relation. Raises `QuestionError`."""
    return _dealt(
        store, store.last_change(), asked.one, asked.other, asked.since, asked.until, asked.scale, asked.types,
        asked.told,
    )  # fmt: skip


def course(store: Reader, asked: Asked) -> Course:
    """The course of a relation. Raises `QuestionError`."""
    return _course(dealt(store, asked), asked.by, asked.standing)


# Whoever looks at a relation looks again: at its next page, by month, as a file. A change of events makes it another.
@lru_cache(maxsize=8)
def _dealt(
    store: Reader, change: int, one: str, other: str, since: datetime.date | None, until: datetime.date | None,
    scale: str, types: tuple[str, ...], told: Told,
) -> Dealt:  # fmt: skip
    return store.dealt(one, other, since=since, until=until, scale=scale, types=types, told=told)


@lru_cache(maxsize=16)
def _course(found: Dealt, by: Step, standing: tuple[str, ...]) -> Course:
    return found.course(by=by, standing=standing)


def events(found: Dealt, asked: Asked, skip: int, path: str, given: Sequence[tuple[str, str]]) -> RelationEvents:
    """The events of a relation; `given` is the question as it was asked, for the address of those behind them."""
    listed = found.events(standing=asked.standing, limit=EVENTS + 1, skip=skip)
    more = [*((name, value) for name, value in given if name != "skip"), ("skip", str(skip + EVENTS))]
    return RelationEvents(events=listed[:EVENTS], next=f"{path}?{urlencode(more)}" if len(listed) > EVENTS else None)


def chart_of(course: Course) -> dict[str, Any]:
    """What the browser draws: bins, levels and turns."""
    return {
        "title": course.title,
        "by": course.by,
        "bins": [
            {"start": part.start, "end": part.end, "events": part.events, "mean": part.mean, "volume": part.volume}
            for part in course.relation.both.bins
        ],
        "levels": [{"first": level.first, "last": level.last, "mean": level.mean} for level in course.levels],
        "turns": [
            {"day": turn.day, "first": turn.first, "last": turn.last, "label": turn.label, "before": turn.before,
             "after": turn.after, "size": turn.size, "confidence": turn.confidence}
            for turn in course.turns
        ],
    }  # fmt: skip


def quads_of(course: Course) -> dict[str, list[int]]:
    """How many events of each quad, both ways: there, back."""
    told = {}
    for way in ("there", "back"):
        bins = getattr(course.relation, way).bins
        told[way] = [sum(part.quads[number] for part in bins if part.quads) for number in range(4)]
    return told


def asked_of(
    one: Side, other: Side, by: Step = "week", since: Day = None, until: Day = None,
    scale: Annotated[str, Query(max_length=40)] = "plover",
    standing: Annotated[list[Standing] | None, Query()] = None, type: Annotated[list[Type] | None, Query()] = None,
    speaker: Text = None, outlet: Text = None, place: Text = None,
) -> Asked:  # fmt: skip
    """What is asked of a relation. Raises `QuestionError` for more days than can be shown."""
    first, last = (day(told) or datetime.date.today() for told in (since, until))
    if max(first, last) > LATEST or (last - first).days > MOST_BINS * {"day": 1, "week": 7, "month": 30}[by]:
        raise QuestionError(f"from {first} to {last} is more than can be shown by {by}; choose fewer days")
    return Asked(
        one=one, other=other, by=by, since=day(since), until=day(until), scale=scale,
        standing=tuple(standing or FACTS), types=tuple(type or ()),
        told=Told(speaker=speaker or None, outlet=outlet or None, place=place or None),
    )  # fmt: skip


TheRelation = Annotated[Asked, Depends(asked_of)]
Skip = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/relation/{one}/{other}/events.json", **told(RelationEvents, "The events."))
def relation_events_json(request: Request, desk: TheDesk, asked: TheRelation, skip: Skip = 0) -> Response:
    """The events that a relation is made of, by their own days, the latest first."""
    return json(events(dealt(desk.store, asked), asked, skip, request.url.path, request.query_params.multi_items()))


@router.get("/relation/{one}/{other}/bins.csv", **told_as("The bins.", csv="text/csv; charset=utf-8"))
def relation_csv(desk: TheDesk, asked: TheRelation) -> Response:
    """The series of a relation, both ways and together, as CSV."""
    return file(bins_csv(course(desk.store, asked)), "text/csv; charset=utf-8", "relation.csv")


@router.get("/relation/{one}/{other}/chart.svg", **told_as("The chart.", svg="image/svg+xml"))
def relation_svg(desk: TheDesk, asked: TheRelation, dark: bool = False) -> Response:
    """The chart of a relation."""
    return Response(course(desk.store, asked).svg(dark=dark), media_type="image/svg+xml")


@router.get("/relation/{one}/{other}.json", **told(Course, "The relation."))
def relation_json(desk: TheDesk, asked: TheRelation) -> Response:
    """How two sides dealt with each other: series both ways, turns with their events, and turns that news states."""
    return json(course(desk.store, asked))


@router.get("/relation/{one}/{other}", include_in_schema=False)
def relation_page(request: Request, desk: TheDesk, asked: TheRelation, skip: Skip = 0) -> HTMLResponse:
    """The page of a relation."""
    both = dealt(desk.store, asked)
    found = _course(both, asked.by, asked.standing)
    listed = events(both, asked, skip, request.url.path, request.query_params.multi_items())
    return desk.page(
        request, "relation.html", course=found, chart=chart_of(found), quads=quads_of(found), listed=listed,
        given=asked, scales=Scale.names(),
    )  # fmt: skip


@router.get("/relation", include_in_schema=False)
def relation_form(
    request: Request, desk: TheDesk, one: Annotated[str, Query(max_length=200)] = "",
    other: Annotated[str, Query(max_length=200)] = "",
) -> Response:  # fmt: skip
    """Where a form asks for two sides: their page has them in its address."""
    if one.strip():
        return RedirectResponse(relation_href(one.strip(), other.strip() or "*"), 303)
    return desk.page(request, "relations.html", pairs=busiest(desk.store))


def busiest(store: Reader, days: int = 365, limit: int = 24) -> list[dict[str, Any]]:
    """The pairs with most events in the last year of which the store tells: countries, and bodies without one."""
    last = store.last_day()
    if last is None:
        return []
    question = f"""
    WITH sides AS (
        SELECT coalesce(source_country, source_id) AS a, coalesce(target_country, target_id) AS b, intensity
        FROM events WHERE standing IN {FACTS} AND first_date BETWEEN $1 AND $2
    )
    SELECT least(a, b) AS one, greatest(a, b) AS other, count(*) AS events, avg(intensity) AS mean
    FROM sides WHERE a <> b GROUP BY 1, 2 ORDER BY events DESC, one, other LIMIT {limit}
    """  # noqa: S608  # all of it is ours
    since = last - datetime.timedelta(days)
    return list(store.told_between(since, last, question, [since, last]))
