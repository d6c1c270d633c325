"""Events: a list of those that are wanted, and each with all that tell it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from msgspec import Struct

from detente.desk.answers import FORMS, events_as
from detente.desk.desk import Day, Id, Text, TheDesk, json, told, told_as
from detente.desk.nouns.windows import iso
from detente.desk.page import href
from detente.model import Event, Standing, Story, Type
from detente.relations.dealings import actors_of
from detente.store.catalogue import Found
from detente.store.finding import Wanted
from detente.store.paging import Place
from detente.store.reader import Reader

router = APIRouter(tags=["events"])

Limit = Annotated[int, Query(ge=1, le=500)]


class Events(Struct, frozen=True, kw_only=True):
    """Some of the events that are wanted, the latest told first."""

    events: list[Event]
    next: str | None
    """The address of those behind them; None behind the last."""


class EventView(Struct, frozen=True, kw_only=True):
    """An event with what is around it."""

    event: Event
    story: Story | None
    articles: dict[str, Found]
    """Headline, outlet and day of the articles that tell it, by their ids."""


def wanted_of(
    actor: Text = None, other: Text = None, type: Annotated[Type | None, Query()] = None,
    standing: Annotated[Standing | None, Query()] = None, story: Text = None, place: Text = None, since: Day = None,
    until: Day = None, disputed: bool = False, outlets: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Wanted:  # fmt: skip
    """What is asked for."""
    return Wanted(
        actor=actor or other, other=other if actor else None, type=type, standing=standing, story=story or None,
        place=place or None, since=iso(since), until=iso(until), disputed=disputed, outlets=outlets,
    )  # fmt: skip


def place_of(
    after: Annotated[str | None, Query(max_length=100, pattern=r"^(\d{4}-\d{2}-\d{2})?\.\S+$")] = None,
) -> Place | None:
    """Where a page begins: "2009-06-28.id", or ".id" behind those without a day."""
    if after is None:
        return None
    told, _, id = after.partition(".")
    return Place(iso(told), id)


Asked = Annotated[Wanted, Depends(wanted_of)]
After = Annotated[Place | None, Depends(place_of)]


def events(store: Reader, wanted: Wanted, after: Place | None, limit: int, path: str = "/events") -> Events:
    """Some of the events that are wanted."""
    page = store.page(wanted, after=after, limit=limit)
    behind = f"{page.next.day or ''}.{page.next.id}" if page.next else None
    asked = {name: getattr(wanted, name) for name in Wanted.__struct_fields__}
    asked["outlets"] = None if wanted.outlets == 1 else wanted.outlets
    return Events(
        events=page.events,
        next=href(path, **asked, limit=limit if limit != 25 else None, after=behind) if behind else None,
    )


def event(store: Reader, id: str) -> EventView:
    """An event with what is around it. Raises `NotThere`."""
    found = store.event(id)
    articles = store.told_of(dict.fromkeys(telling.article for telling in found.tellings))
    return EventView(event=found, story=store.story(found.story) if found.story else None, articles=articles)


@router.get("/events.json", **told(Events, "The events."))
def events_json(desk: TheDesk, wanted: Asked, after: After, limit: Limit = 25) -> Response:
    """Some of the events that are wanted, the latest told first; `next` leads to those behind them."""
    return json(events(desk.store, wanted, after, limit, "/events.json"))


@router.get("/events.{form}", **told_as("The events.", **FORMS))
def events_file(
    desk: TheDesk, form: Literal["csv", "parquet", "geojson", "atom", "jsonl"], wanted: Asked, after: After,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1_000,
) -> Response:  # fmt: skip
    """Some of the events that are wanted, as a file."""
    return events_as(form, events(desk.store, wanted, after, limit).events)


@router.get("/events", include_in_schema=False)
def events_page(request: Request, desk: TheDesk, wanted: Asked, after: After) -> HTMLResponse:
    """The page of events."""
    return desk.page(request, "events.html", view=events(desk.store, wanted, after, 25), wanted=wanted)


@router.get("/event/{id}.json", **told(EventView, "The event."))
def event_json(desk: TheDesk, id: Id) -> Response:
    """An event with all that tell it: who, on whose word, in which article, and what they tell differently."""
    return json(event(desk.store, id))


@router.get("/event/{id}", include_in_schema=False)
def event_page(request: Request, desk: TheDesk, id: Id) -> HTMLResponse:
    """The page of an event."""
    view = event(desk.store, id)
    pair = next(iter(actors_of(view.event)), None)
    return desk.page(request, "event.html", view=view, history=history(view.event), pair=pair)


def history(event: Event) -> list[dict[str, Any]]:
    """How it stood, day by day: each way of standing when it was first told."""
    steps: dict[str, dict[str, Any]] = {}
    for telling in event.tellings:
        steps.setdefault(
            telling.standing, {"standing": telling.standing, "day": telling.date, "outlet": telling.outlet}
        )
    return list(steps.values())
