"""The course of a relation: its series, where it turns, what the news itself says of it, and the sentences behind."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct, field

from detente.model import FACTS, Event
from detente.relations.chart import drawn
from detente.relations.scale import Scale
from detente.relations.series import Relation, Row, Side, Step, between, relation_of, scored
from detente.relations.stated import StatedTurn
from detente.relations.turns import Level, Turn, levels_of, turns_of


class Course(Struct, frozen=True, kw_only=True):
    """How two sides dealt with each other over time. In Jupyter it is drawn."""

    one: str
    other: str
    by: Step
    scale: str
    version: str
    relation: Relation
    turns: tuple[Turn, ...]
    levels: tuple[Level, ...]
    stated: tuple[StatedTurn, ...] = ()
    """What reports themselves call a turn."""
    sentences: Mapping[str, str] = field(default_factory=dict)
    """Of the events that the turns name, by their ids."""

    @property
    def title(self) -> str:
        """ "NATO and RUS"."""
        return f"{self.one} and {self.other}"

    def svg(self, *, width: int = 900, dark: bool = False) -> str:
        """A chart as SVG: intensity around zero, levels as steps, turns with their days, events below."""
        return drawn(self.title, self.relation.both, self.turns, self.levels, width=width, dark=dark)

    def _repr_svg_(self) -> str:
        return self.svg()


def course_of(
    rows: Iterable[Row],
    one: Side,
    other: Side,
    scale: Scale,
    *,
    stated: Mapping[str, StatedTurn],
    sentences: Callable[[Collection[str]], Mapping[str, str]],
    by: Step = "week",
    standing: Sequence[str] = FACTS,
    volume: Mapping[datetime.date, int] | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Course:
    """The course of two sides' events.

    `stated` has what events state themselves, `sentences` is asked for those of the events that make the turns, and
    `volume` is how many articles were collected on each day. Raises `QuestionError` when `since` is after `until`.
    """
    rows = scored(rows, scale)
    relation = relation_of(rows, one, other, scale, by=by, standing=standing, volume=volume, since=since, until=until)
    bins = relation.both.bins
    inside = [
        row for row in between(rows, one, other, standing=standing) if bins and bins[0].start <= row.day <= bins[-1].end
    ]
    turns = turns_of(relation.both, inside)
    named = {id for turn in turns for id in (*turn.events_before, *turn.events_after)}
    return Course(
        one=one.words,
        other=other.words,
        by=by,
        scale=scale.name,
        version=scale.version,
        relation=relation,
        turns=turns,
        levels=levels_of(relation.both, turns),
        stated=tuple(stated[id] for id in dict.fromkeys(row.id for row in inside) if id in stated),
        sentences=dict(sentences(sorted(named))),
    )


def rows_of(event: Event) -> Iterable[Row]:
    """One row for each pair of different actors of an event; none of an event whose day nobody knows."""
    day = event.start or event.end or next((one.date for one in event.tellings if one.date), None)
    if day is None:
        return
    for source in event.source:
        for target in event.target:
            if source.id != target.id:
                yield Row(
                    day=datetime.date.fromisoformat(day[:10]),
                    id=event.id,
                    source_id=source.id,
                    source_country=source.country,
                    source_code=source.code,
                    target_id=target.id,
                    target_country=target.country,
                    target_code=target.code,
                    type=event.type,
                    mode=event.mode,
                    cameo=event.cameo,
                    quad=event.quad,
                    standing=event.standing,
                    outlets=event.outlets,
                    intensity=event.intensity,
                )
