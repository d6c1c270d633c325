"""What came in: the ledger, how the feeds are, what changed, and the start page with the news of all of it."""

from __future__ import annotations

import datetime
import time
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from msgspec import Struct

from detente.desk.desk import TheDesk, json, told
from detente.desk.nouns.relations import busiest
from detente.relations import StatedTurn, Turn
from detente.store.catalogue import Entry, Found
from detente.store.reader import Reader
from detente.watch import FILE, FeedHealth, State, health_of

router = APIRouter(tags=["live"])

LINES = 50
LATELY = 180
"""Days up to the last of a relation in which a turn is news."""
MANY = 1_000
"""With more events than this in a year, a relation is looked at in its last two years alone: they tell enough."""
YEARS = datetime.timedelta(2 * 365)
LOOKED_AT = 5
"""Relations whose turns are looked for on the start page: each costs some hundredths of a second."""


class Line(Struct, frozen=True):
    """A line of the ledger."""

    number: int
    entry: Entry


class LiveView(Struct, frozen=True, kw_only=True):
    """What came in lately."""

    states: dict[str, int]
    """How many records ended in each state."""
    lines: list[Line]
    """The latest of them."""
    next: int | None
    """The number before which those behind them lie."""
    feeds: list[FeedHealth]
    is_fused: bool
    """Whether stories and events are up to date with the articles."""


class Changes(Struct, frozen=True):
    """What became otherwise among stories and events, in order."""

    changes: list[dict[str, Any]]
    last: int
    """The number to ask from the next time."""


class StartView(Struct, frozen=True, kw_only=True):
    """What is in the store, and what is new."""

    counts: dict[str, int]
    states: dict[str, int]
    latest: list[Found]
    stated: list[StatedTurn]
    pairs: list[dict[str, Any]]


class LateTurn(Struct, frozen=True):
    """A turn of one of the busiest relations."""

    one: str
    other: str
    turn: Turn


def live(store: Reader, before: int) -> LiveView:
    """What came in lately."""
    lines = store.lines(before, LINES + 1)
    return LiveView(
        states=store.states(),
        lines=[Line(number, entry) for number, entry in lines[:LINES]],
        next=lines[LINES - 1][0] if len(lines) > LINES else None,
        feeds=_feeds(store),
        is_fused=store.is_fused(),
    )


def start(store: Reader) -> StartView:
    """What is in the store, and what is new."""
    return StartView(
        counts=store.counts(), states=store.states(), latest=store.latest(12), stated=store.stated_lately(6),
        pairs=busiest(store, limit=12),
    )  # fmt: skip


def late_turns(store: Reader) -> list[LateTurn]:
    """Turns of the busiest relations in the last half year of each, the latest first."""
    found = []
    last = store.last_day() or datetime.date.today()
    for pair in busiest(store, limit=LOOKED_AT):
        since = last - YEARS if pair["events"] > MANY else None
        course = store.dealt(pair["one"], pair["other"], since=since).course(sentences=False)
        bins = course.relation.both.bins
        found += [
            LateTurn(pair["one"], pair["other"], turn)
            for turn in course.turns
            if (bins[-1].end - turn.day).days <= LATELY
        ]
    return sorted(found, key=lambda one: one.turn.day, reverse=True)


def _feeds(store: Reader) -> list[FeedHealth]:
    """How the feeds are, if the store is fed by some."""
    if not (store.path / FILE).is_file():
        return []
    with State(store.path) as state:
        return list(health_of(state, time.time()))


Number = Annotated[int, Query(ge=0, lt=1 << 63)]


@router.get("/live.json", **told(LiveView, "What came in."))
def live_json(desk: TheDesk, before: Number = 0) -> Response:
    """What came in lately: records with how they ended, the feeds, and whether all is put together."""
    return json(live(desk.store, before))


@router.get("/live", include_in_schema=False)
def live_page(request: Request, desk: TheDesk, before: Number = 0) -> HTMLResponse:
    """The page of what came in."""
    return desk.page(request, "live.html", view=live(desk.store, before))


@router.get("/changes.json", **told(Changes, "The changes."))
def changes_json(desk: TheDesk, since: Number = 0) -> Response:
    """What became otherwise among stories and events after the change of this number, a thousand at once."""
    rows = list(desk.store.changes(since, limit=1_000))
    return json(Changes(rows, rows[-1]["number"] if rows else since))


@router.get("/turns", include_in_schema=False)
def turns_part(request: Request, desk: TheDesk) -> HTMLResponse:
    """The part of the start page that takes longest, asked for by itself."""
    return desk.page(request, "turns.html", turns=late_turns(desk.store))


@router.get("/", include_in_schema=False)
def start_page(request: Request, desk: TheDesk) -> HTMLResponse:
    """The start page."""
    return desk.page(request, "start.html", view=start(desk.store))
