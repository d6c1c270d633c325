"""Which events and stories are asked for: filters as SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

_ACTS = "len(list_filter({side}, lambda a: a.id = ? OR a.country = ? OR a.code = ?)) > 0"
_EITHER = "list_concat(source, target)"

Mode = Literal["fused", "one-a-day", "none"]
"""What is counted: events; one for each day, pair and code, as Phoenix does; each report, as GDELT does."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What events or stories must have; None asks for nothing."""

    actor: str | None = None
    """An actor's id or code, or a country: "NATO", "RUS", "RUSMIL"."""
    other: str | None = None
    """With `actor`: whom it deals with, whoever of them did it."""
    type: str | None = None
    standing: str | None = None
    story: str | None = None
    place: str | None = None
    """A country, or a place's name."""
    since: str | None = None
    """ISO 8601 day on which, or after which, it was or was told."""
    until: str | None = None
    disputed: bool = False
    outlets: int = 1
    """The least number of independent outlets."""


class Told(Struct, frozen=True, kw_only=True):
    """How, by whom and of where something is told; None asks for nothing."""

    speaker: str | None = None
    """The id of who says so in one of the reports."""
    outlet: str | None = None
    """Of one of them."""
    place: str | None = None
    """A country, or a place's name."""


EVERYTHING = Told()
"""However it is told."""

Query = tuple[str, list[Any]]


def events_query(wanted: Wanted, limit: int | None) -> Query:
    """The events that are wanted, the latest first."""
    conditions = list(_of_events(wanted))
    return _query("events", conditions, "coalesce(time_end, last_date) DESC, first_date DESC, id", limit)


def told_query(
    wanted: Wanted, months: Sequence[str], after: tuple[str | None, str] | None, ids: Sequence[str] | None, limit: int
) -> Query:
    """The events of some months that are wanted, by the day on which they were first told, the latest first.

    `after` are day and id of the event behind which they are to begin; `ids` leaves all others out.
    """
    conditions = [*_of_events(wanted), ("month IN (SELECT unnest(?::VARCHAR[]))", [list(months)])]
    if ids is not None:
        conditions.append(("id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]))
    if after:
        day, id = after
        later = "(first_date < ? OR first_date IS NULL OR first_date = ? AND id > ?)"
        conditions.append((later, [day, day, id]) if day else ("first_date IS NULL AND id > ?", [id]))
    columns = "id, first_date, source_id, target_id"
    return _query("events", conditions, "first_date DESC NULLS LAST, id", limit, columns)


def told_so_query(told: Told, ids: Sequence[str]) -> Query:
    """Those of these events that are told so, by their ids."""
    conditions: list[Query] = [("id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)])]
    for name, value in (("speaker", told.speaker), ("outlet", told.outlet)):
        if value:
            conditions.append((f"len(list_filter(tellings, lambda t: t.{name} = ?)) > 0", [value]))
    if told.place:
        conditions.append(("(place_country = ? OR place_name = ?)", [told.place, told.place]))
    return _query("events", conditions, None, None, columns="id")


def by_ids_query(ids: Sequence[str], actors: Sequence[str], columns: str) -> Query:
    """Events by their ids; with actors those alone whose first source and target are of them."""
    marks, among = ", ".join("?" * len(ids)), ", ".join("?" * len(actors))
    conditions: list[Query] = [(f"id IN ({marks})", list(ids))]
    if actors:
        conditions.append((f"source_id IN ({among}) AND target_id IN ({among})", [*actors, *actors]))
    return _query("events", conditions, None, None, columns)


def stories_query(wanted: Wanted, limit: int | None) -> Query:
    """The stories that are wanted, the latest first; of type, standing and the like one event must be."""
    conditions: list[Query] = []
    about = [condition for condition in _of_events(wanted) if condition[0] not in (_SINCE, _UNTIL)]
    if about:
        inner, values = _query("events", about, None, None, columns="story")
        conditions.append((f"id IN ({inner})", values))
    if wanted.since:
        conditions.append(("last_date >= ?", [wanted.since]))
    if wanted.until:
        conditions.append(("first_date <= ?", [wanted.until]))
    return _query("stories", conditions, "last_date DESC, first_date DESC, id", limit)


def in_mode(wanted: Wanted, mode: Mode, limit: int | None) -> Query:
    """What is counted in another way: as one a day, or each report; of stories and disputes nothing is known there."""
    if mode == "fused":
        return events_query(wanted, limit)
    if mode == "one-a-day":
        conditions = list(_of_days(wanted))
        return _query("one_a_day", conditions, "day DESC, source_code, target_code, cameo", limit)
    conditions = [one for one in _of_events(wanted) if one[0] not in (_SINCE, _UNTIL)]
    conditions += [("coalesce(time_end, date) >= ?", [wanted.since])] if wanted.since else []
    conditions += [("coalesce(time_start, time_end, date) <= ?", [wanted.until])] if wanted.until else []
    return _query("reports", conditions, "coalesce(time_end, date) DESC, article, number", limit)


def _of_days(wanted: Wanted) -> Iterator[Query]:
    codes = "? IN (source_code, target_code, source_code[:3], target_code[:3])"
    for actor in (wanted.actor, wanted.other):
        if actor:
            yield codes, [actor]
    if wanted.type:
        yield "type = ?", [wanted.type]
    if wanted.since:
        yield "day >= ?", [wanted.since]
    if wanted.until:
        yield "day <= ?", [wanted.until]


_SINCE = "coalesce(time_end, last_date) >= ?"
_UNTIL = "coalesce(time_start, time_end, first_date) <= ?"


def _of_events(wanted: Wanted) -> Iterator[Query]:
    if wanted.actor and wanted.other:
        one, other = [wanted.actor] * 3, [wanted.other] * 3
        source, target = _ACTS.format(side="source"), _ACTS.format(side="target")
        yield f"({source} AND {target} OR {source} AND {target})", [*one, *other, *other, *one]
    elif wanted.actor:
        yield _ACTS.format(side=_EITHER), [wanted.actor] * 3
    for column, value in (("type", wanted.type), ("standing", wanted.standing), ("story", wanted.story)):
        if value:
            yield f"{column} = ?", [value]
    if wanted.place:
        yield "(place_country = ? OR place_name = ?)", [wanted.place, wanted.place]
    if wanted.since:
        yield _SINCE, [wanted.since]
    if wanted.until:
        yield _UNTIL, [wanted.until]
    if wanted.disputed:
        yield "disputed", []
    if wanted.outlets > 1:
        yield "outlets >= ?", [wanted.outlets]


def _query(table: str, conditions: list[Query], order: str | None, limit: int | None, columns: str = "*") -> Query:
    where = " AND ".join(condition for condition, _ in conditions) or "true"
    values = [value for _, given in conditions for value in given]
    text = f"SELECT {columns} FROM {table} WHERE {where}"  # noqa: S608  # all of it is ours; what users say is bound
    text += f" ORDER BY {order}" if order else ""
    return (f"{text} LIMIT ?", [*values, limit]) if limit is not None else (text, values)
