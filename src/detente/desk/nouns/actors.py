"""Actors: who it is by the lexicon, its offices by date, with whom it deals, and how that went lately."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from msgspec import Struct

from detente.desk.desk import Id, TheDesk, json, told
from detente.desk.nouns.windows import Days, TheDays, Window
from detente.mentions.names import ActorEntry
from detente.mentions.offices import TermEntry
from detente.model import FACTS
from detente.relations.scale import our_lexicon
from detente.store.reader import Reader

router = APIRouter(tags=["actors"])

YEAR = 365
WEEKS = datetime.timedelta(42)


class Term(Struct, frozen=True, kw_only=True):
    """An office that a person has held, or that somebody of a country or body has."""

    person: str
    actor: str
    office: str
    of: str | None
    since: str | None
    until: str | None
    entry: str


class Partner(Struct, frozen=True, kw_only=True):
    """Somebody with whom an actor deals."""

    id: str
    name: str
    there: int
    """Events in which the actor did something to the other, and the other to it."""
    back: int
    mean: float | None
    conflict: int
    """Of all these events, those of verbal or material conflict."""


class Month(Struct, frozen=True, kw_only=True):
    """What an actor was part of in a month."""

    month: str
    events: int
    mean: float | None


class ActorView(Struct, frozen=True, kw_only=True):
    """An actor, and what it did in a window of days."""

    id: str
    name: str
    kind: str | None
    """Of the lexicon; None of whom it does not know by name."""
    country: str | None
    code: str
    sectors: tuple[str, ...]
    names: tuple[str, ...]
    entries: tuple[str, ...]
    """Of the lexicon, which say so."""
    terms: list[Term]
    window: Window
    partners: list[Partner]
    months: list[Month]


def actor(store: Reader, id: str, days: Days) -> ActorView:
    """Who an actor is, and what it did."""
    window = days.window(store, YEAR)
    bodies, people, offices = known()
    entry = bodies.get(id)
    terms = people.get(id) or (offices.get(id) if entry else None) or ()
    seen = {} if entry else _seen(store, id, window)
    return ActorView(
        id=id,
        name=entry.name if entry else seen.get("name") or (terms[0].person if id in people else id),
        kind=entry.kind if entry else "person" if id in people else None,
        country=entry.country if entry else seen.get("country"),
        code=(entry.code or seen.get("code", "")) if entry else seen.get("code", ""),
        sectors=entry.sectors if entry else tuple(seen.get("sectors") or ()),
        names=(*entry.names, *entry.adjectives, *entry.people) if entry else (),
        entries=((entry.id,) if entry else ()) + tuple(term.entry for term in terms if id in people),
        terms=list(terms),
        window=window,
        partners=_partners(store, id, window),
        months=_months(store, id, window),
    )


class Known(NamedTuple):
    """What the lexicon knows of actors."""

    bodies: Mapping[str, ActorEntry]
    """Countries and bodies by the ids that reports have."""
    people: Mapping[str, Sequence[Term]]
    """What each has held, the latest first."""
    offices: Mapping[str, Sequence[Term]]
    """Who has held those of a country or body, the latest first."""


@cache
def known() -> Known:
    """The lexicon, read once."""
    bodies = {entry.actor or entry.short: entry for entry in reversed(our_lexicon().entries("actors", ActorEntry))}
    people: dict[str, list[Term]] = {}
    offices: dict[str, list[Term]] = {}
    terms = map(_term, our_lexicon().entries("offices", TermEntry))
    for term in sorted(terms, key=lambda term: term.since or "", reverse=True):
        people.setdefault(term.actor, []).append(term)
        offices.setdefault(term.of or "", []).append(term)
    return Known(bodies, people, offices)


def _term(term: TermEntry) -> Term:
    return Term(
        person=term.person, actor=_slug(term.person), office=term.office, of=term.of or term.country,
        since=term.since, until=term.until, entry=term.id,
    )  # fmt: skip


# How a person's name becomes the id of an actor, as `mentions` makes it.
def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


_IS = "({side}_id = $1 OR {side}_country = $1 OR {side}_code = $1)"
_TOLD = f"standing IN {FACTS} AND first_date BETWEEN $2 AND $3"
_WAYS = f"""
SELECT coalesce(target_country, target_id) AS other, intensity, quad, 1 AS there
FROM events WHERE {_IS.format(side="source")} AND {_TOLD}
UNION ALL
SELECT coalesce(source_country, source_id), intensity, quad, 0
FROM events WHERE {_IS.format(side="target")} AND {_TOLD}
"""  # noqa: S608  # all of it is ours
_PARTNERS = f"""
SELECT other AS id, sum(there)::INT AS there, (count(*) - sum(there))::INT AS back, avg(intensity) AS mean,
       count(*) FILTER (WHERE quad >= 3)::INT AS conflict
FROM ({_WAYS}) WHERE other IS NOT NULL AND other <> $1 GROUP BY other ORDER BY count(*) DESC, other LIMIT 40
"""  # noqa: S608  # all of it is ours
_NAMES = """
SELECT DISTINCT ON (a.id) a.id AS id, a.name AS name
FROM (SELECT unnest(list_concat(source, target)) AS a FROM events
      WHERE first_date BETWEEN $2 AND $3 AND (source_id IN (SELECT unnest($1::VARCHAR[])) OR
            target_id IN (SELECT unnest($1::VARCHAR[]))))
WHERE a.id IN (SELECT unnest($1::VARCHAR[]))
"""
_MONTHS = f"""
SELECT strftime(first_date, '%Y-%m') AS month, count(*)::INT AS events, avg(intensity) AS mean
FROM events WHERE ({_IS.format(side="source")} OR {_IS.format(side="target")}) AND {_TOLD} GROUP BY 1 ORDER BY 1
"""  # noqa: S608  # all of it is ours
_SEEN = f"""
SELECT a.name AS name, a.country AS country, a.code AS code, a.sectors AS sectors
FROM (SELECT unnest(list_concat(source, target)) AS a FROM events WHERE first_date BETWEEN $2 AND $3
      AND ({_IS.format(side="source")} OR {_IS.format(side="target")}))
WHERE a.id = $1 LIMIT 1
"""  # noqa: S608  # all of it is ours


def _seen(store: Reader, id: str, window: Window) -> dict[str, Any]:
    """How the actor stands in an event of the window; nothing if it is in none."""
    return next(iter(store.told_between(window.since, window.until, _SEEN, [id, window.since, window.until])), {})


def names_of(store: Reader, ids: Sequence[str], window: Window) -> dict[str, str]:
    """What actors are called: by the lexicon, else as events of a window have them, else by their ids."""
    bodies, people, _ = known()
    names = {id: bodies[id].name for id in ids if id in bodies}
    names |= {id: people[id][0].person for id in ids if id in people}
    # Most are met in the last weeks, and a year has many events.
    late = window.until - WEEKS if window.until - window.since > WEEKS else window.since
    for since in (late, window.since):
        if unknown := [id for id in ids if id not in names]:
            rows = store.told_between(since, window.until, _NAMES, [unknown, since, window.until])
            names |= {row["id"]: row["name"] for row in rows}
    return {id: names.get(id, id) for id in ids}


def _partners(store: Reader, id: str, window: Window) -> list[Partner]:
    rows = list(store.told_between(window.since, window.until, _PARTNERS, [id, window.since, window.until]))
    names = names_of(store, [row["id"] for row in rows], window)
    return [Partner(**row, name=names[row["id"]]) for row in rows]


def _months(store: Reader, id: str, window: Window) -> list[Month]:
    rows = store.told_between(window.since, window.until, _MONTHS, [id, window.since, window.until])
    return [Month(**row) for row in rows]


@router.get("/actor/{id}.json", **told(ActorView, "The actor."))
def actor_json(desk: TheDesk, id: Id, days: TheDays) -> Response:
    """Who an actor is, its offices, and with whom it dealt in a window of days (a year, unless it is asked for)."""
    return json(actor(desk.store, id, days))


@router.get("/actor/{id}", include_in_schema=False)
def actor_page(request: Request, desk: TheDesk, id: Id, days: TheDays) -> HTMLResponse:
    """The page of an actor."""
    return desk.page(request, "actor.html", view=actor(desk.store, id, days), today=datetime.date.today())
