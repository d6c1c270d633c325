"""Stories: the articles on one matter, what happened in it day by day, who and where."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from msgspec import Struct

from detente.desk.desk import Id, TheDesk, json, told
from detente.desk.nouns.articles import Copy
from detente.desk.nouns.events import Asked
from detente.model import Event, Story
from detente.store.finding import Wanted
from detente.store.reader import Reader

router = APIRouter(tags=["stories"])


class Stories(Struct, frozen=True, kw_only=True):
    """The stories that are wanted, the latest first."""

    stories: list[Story]


class StoryView(Struct, frozen=True, kw_only=True):
    """A story with its articles and events."""

    story: Story
    articles: list[Copy]
    """The earliest first; what copies another says how."""
    events: list[Event]
    """The latest told first."""


class Day(Struct, frozen=True):
    """What stands on one day of a story."""

    day: str | None
    articles: list[Copy]
    events: list[Event]


def stories(store: Reader, wanted: Wanted, limit: int) -> Stories:
    """The stories that are wanted, the latest first."""
    return Stories(stories=store.late_stories(wanted, limit=limit))


def story(store: Reader, id: str) -> StoryView:
    """A story with its articles and events. Raises `NotThere`."""
    found = store.story(id)
    articles = [
        Copy(article=row["article"], headline=row["headline"] or "", outlet=row["outlet"] or "",
             day=row["date"].isoformat() if row["date"] else None, relation=row["relation"])
        for row in store.placements_of(found)
    ]  # fmt: skip
    return StoryView(story=found, articles=articles, events=store.events_of(found))


def timeline(view: StoryView) -> list[Day]:
    """Day by day: the articles of that day, and the events that were first told on it; undated ones last."""
    days = {one.day for one in view.articles} | {_told(event) for event in view.events}
    ordered = sorted(day for day in days if day) + ([None] if None in days else [])
    return [
        Day(day, [one for one in view.articles if one.day == day], [one for one in view.events if _told(one) == day])
        for day in ordered
    ]


def _told(event: Event) -> str | None:
    return min((telling.date for telling in event.tellings if telling.date), default=None)


@router.get("/stories.json", **told(Stories, "The stories."))
def stories_json(desk: TheDesk, wanted: Asked, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Response:
    """The stories in which there is an event that is wanted, the latest first."""
    return json(stories(desk.store, wanted, limit))


@router.get("/stories", include_in_schema=False)
def stories_page(request: Request, desk: TheDesk, wanted: Asked) -> HTMLResponse:
    """The page of stories."""
    return desk.page(request, "stories.html", view=stories(desk.store, wanted, 50), wanted=wanted)


@router.get("/story/{id}.json", **told(StoryView, "The story."))
def story_json(desk: TheDesk, id: Id) -> Response:
    """A story with its articles and events."""
    return json(story(desk.store, id))


@router.get("/story/{id}", include_in_schema=False)
def story_page(request: Request, desk: TheDesk, id: Id) -> HTMLResponse:
    """The page of a story."""
    view = story(desk.store, id)
    return desk.page(request, "story.html", view=view, days=timeline(view))
