"""Which days are put together anew when articles come or leave: only those that can change, and all that can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from detente.fuser import DAYS

SMALL = 10_000
"""A store of so many articles is put together anew as a whole, so that the order in which they came plays no part."""
AT_MOST = 50_000
"""Articles of the days that are put together in one round, at some 30 kB of memory each; one day is not parted."""
WARM = 5_000
"""Articles before, if there are as many, by which it is known which words are rare."""


class Span(Struct, frozen=True):
    """Days that are put together anew; both ends are in it. None is open."""

    warm: date | None
    """From here on articles are taken in as they were put before."""
    first: date | None
    last: date | None
    undated: bool
    """Articles without a date, too, after all others."""


def due_first(counts: Sequence[tuple[date | None, int]], pending: Iterable[date | None]) -> set[date | None]:
    """The pending days that are put together in the next round: the earliest, as many as are held at once.

    Those without a date wait until all others are done.
    """
    asked = set(pending)
    articles = dict(counts)
    if sum(articles.values()) <= SMALL:
        return asked
    dated = sorted(day for day in asked if day)
    taken: set[date | None] = set()
    held = 0
    for day in dated:
        held += articles.get(day, 0)
        if taken and held > AT_MOST:
            return taken
        taken.add(day)
    return taken or asked


def spans_of(counts: Sequence[tuple[date | None, int]], pending: Iterable[date | None]) -> list[Span]:
    """The spans in which anything can change, in the order of time.

    `counts`: articles of each day, ascending, those without a day under None. `pending`: days of those that came, left
    or were corrected.
    """
    asked = list(pending)
    if not asked:
        return []
    if sum(count for _, count in counts) <= SMALL:
        return [Span(None, None, None, True)]
    # What came before may be of another story once it is known what came after.
    ahead = timedelta(days=DAYS)
    dated = [(day, count) for day, count in counts if day is not None]
    spans = [
        Span(_warm(dated, first - ahead), first - ahead, last + ahead, False)
        for first, last in _clusters(sorted({day for day in asked if day}))
    ]
    if None in asked and dated:
        last = dated[-1][0]
        spans.append(Span(_warm(dated, last - ahead), last - ahead, None, True))
    return _disjoint(spans)


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    """Spans that reach into each other, as one: no article is taken in twice."""
    found: list[Span] = []
    for span in spans:
        if found and span.warm and found[-1].last and span.warm <= found[-1].last:
            found[-1] = Span(found[-1].warm, found[-1].first, span.last, span.undated)
        else:
            found.append(span)
    return found


def _clusters(days: Sequence[date]) -> list[tuple[date, date]]:
    """First and last day of those that are so near each other that what comes of them may meet."""
    clusters: list[tuple[date, date]] = []
    for day in days:
        if clusters and day - clusters[-1][1] <= timedelta(days=4 * DAYS):
            clusters[-1] = (clusters[-1][0], day)
        else:
            clusters.append((day, day))
    return clusters


def _warm(dated: Sequence[tuple[date, int]], first: date) -> date:
    """The day from which on articles are taken in to know what there was before."""
    least = first - timedelta(days=DAYS)
    warm, articles = first, 0
    for day, count in reversed(dated):
        if day >= first:
            continue
        if day < least and articles >= WARM:
            break
        warm, articles = day, articles + count
    return min(warm, first)
