"""The course of a relation: its series, where it turns, what the news itself says of it, and the sentences behind."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct, field

from detente.model import FACTS
from detente.relations.bins import Bins, Step
from detente.relations.chart import drawn
from detente.relations.dealings import Dealings
from detente.relations.series import Relation, relation_between, ways_of
from detente.relations.sides import Side
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
    dealings: Dealings,
    one: Side,
    other: Side,
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
    ways = ways_of(dealings, one, other, standing)
    bins = Bins.over(ways.both, by, volume, since, until)
    relation = relation_between(ways, one, other, bins)
    told = ways.both.within(bins.starts[0], bins.ends[-1]) if bins.starts else ways.both
    turns = turns_of(relation.both, told)
    named = {id for turn in turns for id in (*turn.events_before, *turn.events_after)}
    return Course(
        one=one.words,
        other=other.words,
        by=by,
        scale=dealings.scale.name,
        version=dealings.scale.version,
        relation=relation,
        turns=turns,
        levels=levels_of(relation.both, turns),
        stated=tuple(stated[id] for id in told.of_events(stated.keys()).events()),
        sentences=dict(sentences(sorted(named))),
    )
