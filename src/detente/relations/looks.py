"""What turned since the last look at a relation."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from detente.relations.course import Course
from detente.relations.stated import Label, StatedTurn
from detente.relations.turns import Turn

NEAR = 28
"""Days by which a turn that is known may have moved, as more came in, and still be the same."""


class Seen(Struct, frozen=True, kw_only=True):
    """A turn that was told."""

    label: Label
    size: float
    day: datetime.date
    first: datetime.date
    last: datetime.date
    confidence: float
    moment: str
    """When it was first seen, ISO 8601, UTC."""
    sentences: tuple[str, ...] = ()
    """Of the events after it."""


class SeenStated(Struct, frozen=True, kw_only=True):
    """An event that states a turn, and was told."""

    event: str
    label: Label
    day: str | None
    text: str
    moment: str


class Look(Struct, frozen=True, kw_only=True):
    """All that was told of a relation up to a moment."""

    moment: str
    turns: tuple[Seen, ...] = ()
    stated: tuple[SeenStated, ...] = ()


class News(Struct, frozen=True, kw_only=True):
    """What is new since the last look."""

    turns: tuple[Seen, ...]
    stated: tuple[SeenStated, ...]

    def __bool__(self) -> bool:
        return bool(self.turns or self.stated)


def looked(course: Course, last: Look | None, moment: str) -> tuple[Look, News]:
    """What is known now, and what of it is new. At a first look nothing is: it is where watching begins.

    A turn is known whose days, give or take four weeks, are those of one that was told and went the same way. What was
    told stays told, though it may be no turn any more as more comes in.
    """
    known = last or Look(moment=moment)
    new = tuple(_seen(turn, course, moment) for turn in course.turns if not _is_known(turn, known.turns))
    told = {one.event for one in known.stated}
    stated = tuple(_seen_stated(one, moment) for one in course.stated if one.id not in told)
    look = replace(known, moment=moment, turns=known.turns + new, stated=known.stated + stated)
    return look, News(turns=new, stated=stated) if last else News(turns=(), stated=())


def _is_known(turn: Turn, known: Sequence[Seen]) -> bool:
    near = datetime.timedelta(NEAR)
    return any(
        one.label == turn.label and one.first - near <= turn.last and turn.first - near <= one.last for one in known
    )


def _seen(turn: Turn, course: Course, moment: str) -> Seen:
    sentences = tuple(course.sentences[id] for id in turn.events_after if id in course.sentences)
    return Seen(
        label=turn.label,
        size=round(turn.size, 2),
        day=turn.day,
        first=turn.first,
        last=turn.last,
        confidence=round(turn.confidence, 3),
        moment=moment,
        sentences=sentences,
    )


def _seen_stated(stated: StatedTurn, moment: str) -> SeenStated:
    return SeenStated(event=stated.id, label=stated.label, day=stated.day, text=stated.text, moment=moment)
