"""Putting together what was coded: copies, stories and events of the days on which anything changed.

    store -> [articles and reports by day] -> fuser -> groups -> their ids -> rows, and what changed

All is read from one state of the store; who reads meanwhile sees the former groups.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.events import Told, event_of
from detente.fuser import Fuser, Known, KnownReport, anchor, anchor_of
from detente.model import Event, Report, Story, Telling
from detente.store.corrections import Decided, Field
from detente.store.fusing.identity import Named, joined, named
from detente.store.fusing.pieces import Ask, Days, pieces_of
from detente.store.fusing.spans import Span
from detente.store.rows import event_of_row, filed_of_row, report_of_row, story_of_row
from detente.stories import Filed, story_of

_OLD = """
SELECT * FROM {noun} WHERE first_date <= ? AND last_date >= ? OR first_date IS NULL AND ?
"""
_OLD_PLACEMENTS = "SELECT * FROM placements WHERE date BETWEEN ? AND ? OR date IS NULL AND ?"
_PLACEMENTS = "SELECT * FROM placements WHERE article IN (SELECT unnest(?::VARCHAR[]))"
_REPORTS = "SELECT * FROM reports WHERE article IN (SELECT unnest(?::VARCHAR[]))"
_EVER = ("0001-01-01", "9999-12-31")

Reasoned = tuple[Told, tuple[str, ...]]
"""A report, with why it was put with the others."""


class Groups(Struct, frozen=True, kw_only=True):
    """Placements, stories and events, each by its id."""

    placements: dict[str, Filed]
    stories: dict[str, Story]
    events: dict[str, Event]


class Fused(Struct, frozen=True, kw_only=True):
    """What was there of the days that were put together anew, and what is there now."""

    before: Groups
    now: Groups
    aliases: Mapping[Literal["story", "event"], Mapping[str, str | None]]
    """What became of ids that are none any more."""


def fused(ask: Ask, spans: Sequence[Span], days: Days, decided: Decided, left: Set[str]) -> Fused:
    """The groups of the spans. `left` are articles that are in the store no more."""
    before = _before(ask, spans)
    work = _Work(before, decided)
    for span in spans:
        work.take_in(ask, span, days)
    work.add_outside(ask, left)
    return work.fused()


def _before(ask: Ask, spans: Sequence[Span]) -> Groups:
    placements: dict[str, Filed] = {}
    stories: dict[str, Story] = {}
    events: dict[str, Event] = {}
    for span in spans:
        first = span.warm.isoformat() if span.warm else _EVER[0]
        last = span.last.isoformat() if span.last else _EVER[1]
        placements |= {row["article"]: filed_of_row(row) for row in ask(_OLD_PLACEMENTS, (first, last, span.undated))}
        within = (last, first, span.undated)
        stories |= {row["id"]: story_of_row(row) for row in ask(_OLD.format(noun="stories"), within)}
        events |= {row["id"]: event_of_row(row) for row in ask(_OLD.format(noun="events"), within)}
    return Groups(placements=placements, stories=stories, events=events)


class _Work:
    """The groups as they are found."""

    def __init__(self, before: Groups, decided: Decided) -> None:
        self._before = before
        self._decided = decided
        self._filed: dict[str, Filed] = {}
        self._told: dict[str, Reasoned] = {}
        self._stories: list[list[str]] = []
        self._events: list[list[str]] = []

    def take_in(self, ask: Ask, span: Span, days: Days) -> None:
        """The articles of a span: those before its first day as they were, the others as they are found."""
        fuser = Fuser(self._decided.corrections)
        known = _known(self._before)
        for piece in pieces_of(ask, span, days):
            is_warm = span.first is not None and piece.day is not None and piece.day < span.first.isoformat()
            fuser.add(piece, known.get(piece.id) if is_warm else None)
        fuser.finish()
        stories: defaultdict[str, list[str]] = defaultdict(list)
        for article, filed in fuser.articles.items():
            stories[filed.story].append(article)
        self._filed |= fuser.articles
        self._stories += stories.values()
        for group in fuser.groups():
            self._told |= {told.report.id: (told, because) for told, because in group.tellings}
            self._events.append([told.report.id for told, _ in group.tellings])

    def add_outside(self, ask: Ask, left: Set[str]) -> None:
        """What the groups of before have on other days: it stays with those that it was with."""
        outside = {article for story in self._before.stories.values() for article in story.articles}
        outside |= {one.article for event in self._before.events.values() for one in event.tellings}
        outside -= self._filed.keys() | left
        if not outside:
            return
        names = (sorted(outside),)
        filed = {row["article"]: filed_of_row(row) for row in ask(_PLACEMENTS, names)}
        self._before.placements.update(filed)
        told = {row["id"]: report_of_row(row) for row in ask(_REPORTS, names)}
        stories, events = _Places(self._stories, str), _Places(self._events, self._anchor)
        for story in self._before.stories.values():
            self._filed |= {article: filed[article] for article in story.articles if article in filed}
            stories.add(story.articles, [article for article in story.articles if article in filed])
        for event in self._before.events.values():
            rest = [one for one in event.tellings if one.report in told]
            self._told |= {one.report: (_told(told[one.report], one), one.because) for one in rest}
            events.add(_anchors(event), [one.report for one in rest])

    def fused(self) -> Fused:
        """Names and draws the groups."""
        stories, story_names = self._named_stories()
        events, event_names = self._named_events()
        drawn = {id: self._event(id, reports) for id, reports in zip(event_names.ids, events, strict=True)}
        reports: defaultdict[str, list[Report]] = defaultdict(list)
        for told, _ in self._told.values():
            reports[self._filed[told.report.article].story].append(told.report)
        told_stories = {
            id: story_of(id, [self._filed[article] for article in articles], reports[id])
            for id, articles in zip(story_names.ids, stories, strict=True)
        }
        return Fused(
            before=self._before,
            now=Groups(placements=self._filed, stories=told_stories, events=drawn),
            aliases={"story": story_names.aliases, "event": event_names.aliases},
        )

    def _named_stories(self) -> tuple[list[list[str]], Named]:
        groups = joined(self._stories, self._decided.pairs)
        for group in groups:
            group.sort(key=lambda article: _late(self._filed[article].day))
        before = {id: story.articles for id, story in self._before.stories.items()}
        names = named("story", groups, before)
        for id, articles in zip(names.ids, groups, strict=True):
            for article in articles:
                self._filed[article] = replace(self._filed[article], story=id)
        return groups, names

    def _named_events(self) -> tuple[list[list[str]], Named]:
        anchors = {anchor_of(told.report): report for report, (told, _) in self._told.items()}
        pairs = [(anchors[one], anchors[other]) for one, other in self._decided.pairs if {one, other} <= anchors.keys()]
        groups = joined(self._events, pairs)
        for group in groups:
            group.sort(key=lambda report: _late(self._told[report][0].day))
        # By their places: another version of the coder may give the same words another report.
        members = [list(map(self._anchor, group)) for group in groups]
        before = {id: _anchors(event) for id, event in self._before.events.items()}
        return groups, named("event", members, before)

    def _anchor(self, report: str) -> str:
        return anchor_of(self._told[report][0].report)

    def _event(self, id: str, reports: Sequence[str]) -> Event:
        tellings = [self._told[report] for report in reports]
        told_in = (told.report.article for told, _ in tellings if told.report.part != "related")
        stories = Counter(self._filed[article].story for article in told_in)
        story = min(stories, key=lambda story: -stories[story], default=None)
        event = event_of(id, tellings, story)
        fields: dict[Field, str | None] = {}
        for told, _ in tellings:
            fields |= self._decided.fields.get(anchor_of(told.report), {})
        return replace(event, **fields, corrected=tuple(sorted(fields))) if fields else event


def _anchors(event: Event) -> list[str]:
    return [anchor(one.article, event.type, one.at) for one in event.tellings]


def _known(before: Groups) -> dict[str, Known]:
    """Where each article and report was."""
    events: defaultdict[str, dict[str, KnownReport]] = defaultdict(dict)
    for event in before.events.values():
        for one in event.tellings:
            events[one.article][one.report] = KnownReport(event.id, one.because)
    return {article: Known(story=filed.story, events=events[article]) for article, filed in before.placements.items()}


def _told(report: Report, telling: Telling) -> Told:
    return Told(report=report, day=telling.date, outlet=telling.outlet, copied=telling.copied)


class _Places:
    """In which group each member is, by what it is known by."""

    def __init__(self, groups: list[list[str]], key: Callable[[str], str]) -> None:
        self._groups = groups
        self._place = {key(member): number for number, group in enumerate(groups) for member in group}

    def add(self, members: Iterable[str], rest: list[str]) -> None:
        """Adds the rest of a former group to the group that most of it is in; there may be none."""
        if not rest:
            return
        shares = Counter(self._place[member] for member in members if member in self._place)
        number = min(shares, key=lambda number: (-shares[number], number), default=len(self._groups))
        if number == len(self._groups):
            self._groups.append([])
        self._groups[number].extend(rest)


def _late(day: str | None) -> tuple[bool, str]:
    return day is None, day or ""
