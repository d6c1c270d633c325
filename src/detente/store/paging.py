"""Pages of events out of very many: the latest months are looked at first, and no more of them than a page needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from msgspec import Struct

from detente.model import Event
from detente.store.catalogue import Catalogue, next_month
from detente.store.finding import Wanted, stories_query, told_query
from detente.store.rows import Row, month_of_day

Ask = Callable[[str, Sequence[Any], Set[str]], Iterable[Row]]
"""Question, parameters, and the months in which to look."""

Events = Callable[[Sequence[str], Collection[str]], list[Event]]
"""The events of some ids, in that order; and who their first sources and targets are."""

SIDES = ("source_id", "target_id")
FEW = 20_000
"""So many events of an actor are told apart by their ids; of more, nearly every month has some."""


class Place(Struct, frozen=True):
    """Behind which event a page begins."""

    day: str | None
    """On which it was first told, ISO 8601."""
    id: str


class Page(Struct, frozen=True):
    """Some of the events that are wanted, and where the next begin; None behind the last."""

    events: list[Event]
    next: Place | None


def page_of(ask: Ask, events: Events, catalogue: Catalogue, wanted: Wanted, after: Place | None, limit: int) -> Page:
    """The events that are wanted by the day on which they were first told, the latest first.

    Rows are wide: which are on the page is asked by the columns that tell, and the rows are read after that.
    """
    among = catalogue.dealings_of(wanted.actor, wanted.other, FEW) if wanted.actor else None
    if among is not None and wanted == Wanted(actor=wanted.actor, other=wanted.other):
        return _of_few(events, among, _months(catalogue, among, after), wanted, after, limit)
    rows: list[Row] = []
    for months in _stretches(_months(catalogue, among, after)):
        ids = None if among is None else [id for id, month in among.items() if month in months]
        place = (after.day, after.id) if after else None
        rows += ask(*told_query(wanted, months, place, ids, limit + 1 - len(rows)), set(months))
        if len(rows) > limit:
            last = rows[limit - 1]
            return _page(events, rows[:limit], Place(last["first_date"] and last["first_date"].isoformat(), last["id"]))
    return _page(events, rows, None)


def _of_few(
    events: Events, among: Mapping[str, str], months: Sequence[str], wanted: Wanted, after: Place | None, limit: int
) -> Page:
    """Of events that are known by their ids: no more months are opened than have as many as a page holds."""
    # Of one actor alone the other side may be anybody: nothing is known that leaves others closed.
    sides = [wanted.actor, wanted.other] if wanted.actor and wanted.other else []
    in_month: dict[str, list[str]] = {}
    for id, month in among.items():
        in_month.setdefault(month, []).append(id)
    found: list[Event] = []
    ids: list[str] = []
    for number, month in enumerate(months, 1):
        ids += in_month.get(month, [])
        if len(ids) <= limit - len(found) and number < len(months):
            continue
        read = [event for event in events(ids, sides) if _is_of(event, wanted) and _is_behind(event, after)]
        # By day, the latest first and those without one last; of one day by id.
        read.sort(key=lambda event: event.id)
        found += sorted(read, key=lambda event: _told(event) or "", reverse=True)
        ids = []
        if len(found) > limit:
            return Page(found[:limit], Place(_told(found[limit - 1]), found[limit - 1].id))
    return Page(found, None)


def _told(event: Event) -> str | None:
    return min((telling.date for telling in event.tellings if telling.date), default=None)


def _is_behind(event: Event, after: Place | None) -> bool:
    day = _told(event)
    if after is None or day is None or after.day is None:
        return after is None or (day is None and (after.day is not None or event.id > after.id))
    return day < after.day or (day == after.day and event.id > after.id)


def _is_of(event: Event, wanted: Wanted) -> bool:
    """Whether the actor takes part, with the other if there is one: who is kept under the same country may not."""
    source, target = ({name for one in side for name in (one.id, one.country, one.code)}
                      for side in (event.source, event.target))  # fmt: skip
    if wanted.other is None:
        return wanted.actor in source | target
    pair = (wanted.actor, wanted.other)
    return any(one in source and other in target for one, other in (pair, pair[::-1]))


def _page(events: Events, rows: Sequence[Row], after: Place | None) -> Page:
    return Page(events([row["id"] for row in rows], {row[side] for row in rows for side in SIDES if row[side]}), after)


def stories_of(ask: Ask, catalogue: Catalogue, wanted: Wanted, limit: int) -> list[Row]:
    """The stories that are wanted, those that ended last first; the latest months are looked at first.

    A story lies in the month in which it began: one that goes on for months stands behind those that began since.
    """
    rows: list[Row] = []
    for months in _stretches(_months(catalogue, None, None, "stories")):
        # What happened in a story may be told in the month after.
        around = {*months, *(next_month(month) for month in months)}
        rows += [row for row in ask(*stories_query(wanted, None), around) if row["month"] in months]
        if len(rows) >= limit:
            break
    return rows[:limit]


def _months(
    catalogue: Catalogue, among: Mapping[str, str] | None, after: Place | None, noun: str = "events"
) -> list[str]:
    """In which rows may lie, the latest first; those of events without a day come last."""
    months = set(catalogue.months(noun) if among is None else among.values())
    dated = sorted((month for month in months if month != month_of_day(None)), reverse=True)
    undated = [month_of_day(None)] if month_of_day(None) in months else []
    if after is None:
        return dated + undated
    return [month for month in dated if after.day and month <= after.day[:7]] + undated


def _stretches(months: Sequence[str]) -> Iterator[Sequence[str]]:
    """Two months, then ever more at once: what is rare is found in few questions."""
    begin, many = 0, 2
    while begin < len(months):
        yield months[begin : begin + many]
        begin, many = begin + many, many * 3
