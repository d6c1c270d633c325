"""The articles of some days with their reports, as they are put together: in the order of their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from detente.fuser import Piece, order_of
from detente.model import Post, Report
from detente.store.fusing.spans import Span
from detente.store.rows import Row, outlet_of, report_of_row

Ask = Callable[[str, Sequence[Any]], Iterable[Row]]
"""A question in SQL and its parameters -> rows."""

AT_ONCE = 2_000
"""Articles that are held at once, unless a day has more."""

_DAYS = "SELECT date, count(*) AS articles FROM articles GROUP BY date ORDER BY date NULLS LAST"
_ARTICLES = """
SELECT id, date, coalesce(published.value, updated.value, '') AS time, headline, text, agency, publisher, url, posts
FROM articles WHERE date BETWEEN ? AND ? OR date IS NULL AND ?
"""
_REPORTS = "SELECT * FROM reports WHERE date BETWEEN ? AND ? OR date IS NULL AND ? ORDER BY article, number"
_NEVER = date.min, date.min

Days = list[tuple[date | None, int]]


def days_of(ask: Ask) -> Days:
    """How many articles each day has, ascending; those without a date come last, under None."""
    return [(row["date"], row["articles"]) for row in ask(_DAYS, ())]


def pieces_of(ask: Ask, span: Span, days: Days) -> Iterator[Piece]:
    """The articles of a span, those without a date after all others if it has them."""
    for first, last in _chunks([(day, count) for day, count in days if day and _is_in(day, span)]):
        yield from _pieces(ask, (first, last, False))
    if span.undated:
        yield from _pieces(ask, (*_NEVER, True))


def _is_in(day: date, span: Span) -> bool:
    return (span.warm is None or day >= span.warm) and (span.last is None or day <= span.last)


def _chunks(days: Sequence[tuple[date, int]]) -> Iterator[tuple[date, date]]:
    begun: date | None = None
    held = 0
    for at, (day, count) in enumerate(days):
        begun, held = begun or day, held + count
        if held >= AT_ONCE or at == len(days) - 1:
            yield begun, day
            begun, held = None, 0


def _pieces(ask: Ask, days: tuple[date, date, bool]) -> Iterator[Piece]:
    reports: defaultdict[str, list[Report]] = defaultdict(list)
    for row in ask(_REPORTS, days):
        reports[row["article"]].append(report_of_row(row))
    yield from sorted((_piece(row, reports[row["id"]]) for row in ask(_ARTICLES, days)), key=order_of)


def _piece(row: Row, reports: Sequence[Report]) -> Piece:
    return Piece(
        id=row["id"],
        day=row["date"].isoformat() if row["date"] else None,
        time=row["time"] if row["date"] else "",
        headline=row["headline"] or "",
        text=row["text"],
        outlet=outlet_of(row["agency"], row["publisher"], row["url"]),
        is_agency=bool(row["agency"]),
        posts=msgspec.convert(row["posts"], tuple[Post, ...]),
        reports=tuple(reports),
    )
