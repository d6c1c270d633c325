"""What putting together anew changed: one row for each story and event that came, changed, was renamed or went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from detente.model import Actor, Event, Size, Story
from detente.store.fusing.work import Fused

Noun = Literal["story", "event"]


class Change(Struct, frozen=True, kw_only=True):
    """One thing that became otherwise."""

    noun: Noun
    id: str
    change: Literal["added", "changed", "merged", "withdrawn"]
    into: str | None = None
    """Of what was merged into another: the other."""
    why: str


def changes_of(fused: Fused, causes: Mapping[str, str]) -> Iterator[Change]:
    """What changed, stories first. `causes`: why articles are pending, by their ids ("came", "left", "corrected")."""
    for id, story in fused.now.stories.items():
        old = fused.before.stories.get(id)
        if old is None:
            yield Change(noun="story", id=id, change="added", why=_counted(story.articles, "article"))
        elif old != story:
            yield Change(noun="story", id=id, change="changed", why=_story_change(old, story, causes))
    for id, event in fused.now.events.items():
        before = fused.before.events.get(id)
        if before is None:
            yield Change(noun="event", id=id, change="added", why=_counted(event.tellings, "report"))
        elif before != event:
            yield Change(noun="event", id=id, change="changed", why=_event_change(before, event, causes))
    for noun in ("story", "event"):
        for id, into in fused.aliases[noun].items():
            why = "what it held is in another now" if into else "nothing that it held is in the store any more"
            yield Change(noun=noun, id=id, change="merged" if into else "withdrawn", into=into, why=why)


def _counted(members: Sequence[object], noun: str) -> str:
    return f"{len(members)} {noun}{'' if len(members) == 1 else 's'}"


def _story_change(old: Story, new: Story, causes: Mapping[str, str]) -> str:
    parts = list(_moved(set(old.articles), set(new.articles), "article", causes))
    return "; ".join(parts) or "its reports changed"


def _moved(old: set[str], new: set[str], noun: str, causes: Mapping[str, str]) -> Iterator[str]:
    if came := new - old:
        yield f"{_counted(sorted(came), noun)} more" + _because(came, causes)
    if went := old - new:
        yield f"{_counted(sorted(went), noun)} less" + _because(went, causes)


def _because(members: set[str], causes: Mapping[str, str]) -> str:
    told = sorted({causes[member] for member in members if member in causes})
    return f" ({', '.join(told)})" if told else ""


def _event_change(old: Event, new: Event, causes: Mapping[str, str]) -> str:
    article_of = {one.report: one.article for one in (*old.tellings, *new.tellings)}
    by_report = {report: causes[article] for report, article in article_of.items() if article in causes}
    was_told, is_told = ({one.report for one in event.tellings} for event in (old, new))
    parts = list(_moved(was_told, is_told, "report", by_report))
    for name in ("standing", "disputed", "start", "end", "type", "mode", "cameo", "outlets", "story"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            parts.append(f"{name} {was} -> {now}")
    for name, was, now in (
        ("source", _actors(old.source), _actors(new.source)),
        ("target", _actors(old.target), _actors(new.target)),
        ("counts", _sizes(old.counts), _sizes(new.counts)),
        ("place", old.place and old.place.name, new.place and new.place.name),
    ):
        if was != now:
            parts.append(f"{name} {was} -> {now}")
    return "; ".join(parts) or "what its reports tell"


def _actors(actors: Sequence[Actor]) -> str:
    return ", ".join(actor.id for actor in actors) or "nobody"


def _sizes(sizes: Sequence[Size]) -> str:
    return ", ".join(f"{size.kind} {size.amount}" for size in sizes) or "none"
