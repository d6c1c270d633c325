"""Expressions of time against people's: TempEval-3's measures over documents with TIMEX3 gold.

    {"doc_id": "1", "dct": "2009-06-28", "text": "They met Monday.",
     "timexes": [{"start": 9, "end": 15, "type": "DATE", "value": "2009-06-22"}]}

Gold and found are aligned one to one, the same span first, then any overlap. Strict is the same span, quotes and
punctuation around it left out; relaxed any overlap; type and value are relaxed F1 times the share of matches that have
them right (UzZaman et al. 2013, "SemEval-2013 Task 1: TempEval-3", section 4). The page's date itself is not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from detente.coder import Coder
from detente.evaluate.documents import Parsed, iso_day, rows_of, shown
from detente.evaluate.events import Table
from detente.evaluate.figures import Statistic, figure
from detente.model import Span, TimeMention, overlap

_AROUND = " \t\n\"'`.,;:!?()\u201c\u201d\u2018\u2019"
_NAIVE = re.compile(
    r"\b(?:(?:January|February|March|April|June|July|August|September|October|November|December)(?: \d{1,2}(?:, \d{4})?"
    r"| \d{4})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:19|20)\d\d|today|yesterday|tomorrow)\b"
)


class Timex(msgspec.Struct, frozen=True):
    """An expression of time, from people or from the coder."""

    span: Span
    type: str
    value: str


class TimeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its expressions."""

    id: str
    text: str
    day: str | None
    url: str | None = None
    headed: bool = False
    gold: tuple[Timex, ...]


class Matched(msgspec.Struct, frozen=True):
    """How a document came out."""

    row: TimeRow
    found: tuple[Timex, ...]
    pairs: tuple[tuple[Timex, Timex], ...]
    """(gold, found), aligned one to one."""

    def counts(self) -> tuple[int, int, int, int, int, int]:
        """Gold, found, and of the pairs: the same span, any, the right type, the right value."""
        return (
            len(self.row.gold),
            len(self.found),
            sum(_core(self.row.text, a.span) == _core(self.row.text, b.span) for a, b in self.pairs),
            len(self.pairs),
            sum(a.type == b.type for a, b in self.pairs),
            sum(a.value == b.value for a, b in self.pairs),
        )


def time_rows(path: Path) -> tuple[TimeRow, ...]:
    """The documents of a set.

    Raises `DetenteError` naming file and line when one cannot be read.
    """
    return tuple(rows_of(path, _row, "text and timexes with start, end, type and value"))


def _row(raw: dict[str, Any], id: str) -> TimeRow:
    gold = tuple(Timex((one["start"], one["end"]), one["type"], one.get("value") or "") for one in raw["timexes"])
    return TimeRow(id=str(raw.get("doc_id", id)), text=raw["text"], day=iso_day(raw.get("dct")), gold=gold)


def matched(document: Parsed[TimeRow], coder: Coder) -> Matched:
    """A document with what the coder found in it."""
    found = tuple(map(_timex, coder.times.find(document.article, document.sentences)))
    return Matched(document.row, found, tuple(_aligned(document.row, found)))


def _timex(mention: TimeMention) -> Timex:
    return Timex(mention.words, mention.type, mention.value)


def _aligned(row: TimeRow, found: Sequence[Timex]) -> Iterator[tuple[Timex, Timex]]:
    free = list(found)
    left = []
    for gold in row.gold:
        same = next((one for one in free if _core(row.text, one.span) == _core(row.text, gold.span)), None)
        if same is None:
            left.append(gold)
            continue
        free.remove(same)
        yield gold, same
    for gold in left:
        near = next((one for one in free if overlap(one.span, gold.span)), None)
        if near is not None:
            free.remove(near)
            yield gold, near


def _core(text: str, span: Span) -> Span:
    """The span without quotes and punctuation around it."""
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip(_AROUND))
    return start, max(start, span[1] - (len(words) - len(words.rstrip(_AROUND))))


def time_tables(documents: Sequence[Matched]) -> Iterator[Table]:
    """F1 of spans, types and values over all documents, with intervals over documents; beside a plain list of words."""
    yield _table("expressions of time, F1", documents)
    naive = []
    for one in documents:
        found = tuple(Timex(m.span(), "DATE", m[0]) for m in _NAIVE.finditer(one.row.text))
        naive.append(Matched(one.row, found, tuple(_aligned(one.row, found))))
    yield _table("baseline: names of days and months, years, today", naive)


def _table(title: str, documents: Sequence[Matched]) -> Table:
    columns = list(zip(*(one.counts() for one in documents), strict=True))
    n = len(documents)
    return Table(title, (
        figure("strict", _f1(columns, 2), n),
        figure("relaxed", _f1(columns, 3), n),
        figure("type", _f1(columns, 4), n),
        figure("value", _f1(columns, 5), n),
    ))  # fmt: skip


def _f1(columns: Sequence[Sequence[int]], right: int) -> Statistic:
    """2 right / (gold + found), pooled over the documents; for type and value it is relaxed F1 times their share."""
    import numpy as np

    gold, found, hits = (np.asarray(columns[n], dtype=float) for n in (0, 1, right))
    return lambda rows: float(2 * hits[rows].sum() / max(1.0, gold[rows].sum() + found[rows].sum()))


def wrong_times(documents: Iterable[Matched]) -> Iterator[str]:
    """What came out otherwise, for people: missed, added, and pairs with another type or value."""
    for one in documents:
        text, paired = one.row.text, {id(a) for pair in one.pairs for a in pair}
        for gold in one.row.gold:
            if id(gold) not in paired:
                yield f"{one.row.id}: missed {_told(text, gold)}"
        for found in one.found:
            if id(found) not in paired:
                yield f"{one.row.id}: added {_told(text, found)}"
        for gold, found in one.pairs:
            if (gold.type, gold.value) != (found.type, found.value):
                yield f"{one.row.id}: wanted {_told(text, gold)}, got {found.type} {found.value}"


def _told(text: str, timex: Timex) -> str:
    return f"{shown(text, timex.span)} {timex.type} {timex.value}"
