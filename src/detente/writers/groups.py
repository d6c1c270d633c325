"""Events and stories for people: lists of them, and one with all that is known of it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.model import Event, Story, Telling
from detente.writers.table import (
    STANDING_STYLES,
    WIDE,
    counts_of,
    grid_of,
    parties_of,
    stacked,
    target_of,
    when_of,
    where_of,
)
from detente.writers.terminal import counted, safe

_TITLES = {
    True: ("Source", "Event", "Target", "Standing", "Told by", "When", "Where"),
    False: ("Source", "Event", "Target", "Standing", "When, where"),
}
_ID = 8
_RELATIONS = {"same story": "Same story", "copy": "Copies", "earlier story": "Earlier stories"}


def write_page(parts: Iterable[RenderableType], out: IO[bytes]) -> None:
    """Writes parts one below the other; in colour where the stream is a terminal."""
    console = Console(
        file=io.StringIO(), force_terminal=out.isatty() or None, highlight=False, markup=False, emoji=False
    )
    with console.capture() as page:
        for part in parts:
            console.print(part)
    lines = page.get().split("\n")
    out.write("\n".join(line.rstrip(" ") for line in lines).encode("utf-8", "replace"))


def width_of(out: IO[bytes]) -> int:
    """The width of what is written to."""
    return Console(file=io.StringIO(), force_terminal=out.isatty() or None).width


def events_page(events: Sequence[Event], width: int) -> Iterator[RenderableType]:
    """A list of events: who did what to whom, how it stands, how many tell it, when, where, and the best sentence."""
    wide = width >= WIDE
    yield grid_of(wide, width, [Text(header, "bold") for header in _TITLES[wide]])
    for event in events:
        yield grid_of(wide, width, _cells(event, wide))
        words = Text(safe(event.text), "italic").append(f"  {event.id[:_ID]}", "dim not italic")
        yield Padding(words, (0, 1, 1, 4))


def _cells(event: Event, wide: bool) -> list[Text]:
    kind = Text(event.type, "bold")
    if detail := " ".join(safe(part) for part in (event.deed, event.mode, event.cameo) if part):
        kind.append(f"\n{detail}", "not bold")
    for told in counts_of(event.counts):
        kind.append(f"\n{told}", "not bold")
    standing = Text(event.standing, STANDING_STYLES.get(event.standing, "yellow"))
    if event.disagreements:
        standing.append("\ndisputed" if event.disputed else "\ntold otherwise, too", "red")
    told_by = Text(voices_of(event))
    when, where = Text(when_of(event)), Text(where_of(event.place))
    actors = [parties_of(event.source, "cyan"), kind, target_of(event)]
    if wide:
        return [*actors, standing, told_by, when, where]
    return [*actors, stacked(standing, told_by), stacked(when, where)]


def voices_of(event: Event) -> str:
    """ "3 outlets, 5 reports"; one of one is nothing to tell."""
    return f"{counted(event.outlets, 'outlet')}, {counted(len(event.tellings), 'report')}"


def event_page(event: Event, sentences: Mapping[str, str], width: int) -> Iterator[RenderableType]:
    """One event: its fields, what its reports tell differently, and each report with why it is of this event.

    `sentences`: the words of each report, by its id.
    """
    yield from events_page([event], width)
    facts = [f"event {event.id}", f"story {event.story}" if event.story else "", counted(event.articles, "article")]
    yield Text(" · ".join(filter(None, facts)), "dim")
    if event.corrected:
        yield Text(f"set by a user: {', '.join(event.corrected)}", "yellow")
    for found in event.disagreements:
        yield Text(f"\nTold differently: {found.about}", "bold red")
        for version in found.versions:
            who = f", on the word of {', '.join(map(safe, version.speakers))}" if version.speakers else ""
            outlets = ", ".join(safe(outlet) or "an outlet that is not known" for outlet in version.outlets)
            yield Padding(Text(f"{version.told}: {outlets}{who}"), (0, 0, 0, 2))
    yield Text("\nReports, the earliest first", "bold")
    for telling in event.tellings:
        yield Padding(_telling(telling), (0, 0, 0, 2))
        yield Padding(Text(safe(sentences.get(telling.report, "(not in the store any more)")), "italic"), (0, 1, 0, 4))
        if telling.because:
            yield Padding(Text(f"put here by {', '.join(map(safe, telling.because))}", "dim"), (0, 1, 0, 4))


def _telling(telling: Telling) -> Text:
    style = STANDING_STYLES.get(telling.standing, "yellow")
    line = Text(f"{telling.date or 'no date'}  ").append(telling.standing, style)
    line.append(f"  {safe(telling.outlet) or 'outlet not known'}")
    if telling.speaker:
        line.append(f", on the word of {safe(telling.speaker)}")
    if telling.copied:
        line.append("  a copy", "dim")
    return line.append(f"  {telling.report[:_ID]}", "dim")


def stories_page(stories: Sequence[Story]) -> Iterator[RenderableType]:
    """A list of stories: when, how many, what about."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("First", "Last"):
        table.add_column(name, no_wrap=True)
    for name in ("Articles", "Outlets"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Story", overflow="fold")
    table.add_column("Id", no_wrap=True, style="dim")
    for story in stories:
        about = Text(safe(story.headline or "(no headline)"), "bold")
        if story.actors:
            about.append(f"\n{', '.join(map(safe, story.actors[:6]))}", "not bold cyan")
        table.add_row(
            safe(story.first or "-"), safe(story.last or "-"), str(len(story.articles)), str(story.outlets), about,
            story.id[:_ID],
        )  # fmt: skip
    yield table


def story_page(
    story: Story, articles: Sequence[Mapping[str, object]], events: Sequence[Event], width: int
) -> Iterator[RenderableType]:
    """One story: what it is about, its articles as they came, and its events. `articles` are rows of the placements."""
    yield Text(safe(story.headline or "(no headline)"), "bold")
    days = " to ".join(dict.fromkeys(day for day in (story.first, story.last) if day)) or "no date"
    copies = len(story.articles) - story.originals
    told = f"{counted(story.originals, 'article')} of {counted(story.outlets, 'outlet')}"
    also = f" and {counted(copies, 'copy', 'copies')}" if copies else ""
    yield Text(f"{days} · {told}{also} · story {story.id}", "dim")
    for name, values in (("Words", story.terms), ("Actors", story.actors), ("Places", story.places)):
        if values:
            yield Text(f"{name:8}", "bold").append(", ".join(map(safe, values)), "not bold")
    yield Text("\nArticles, the earliest first", "bold")
    for row in articles:
        line = Text(f"  {row['date'] or 'no date'}  {safe(str(row['headline'] or '(no headline)'))}")
        line.append(f"  {safe(str(row['outlet'] or 'outlet not known'))}", "cyan")
        if row["copy_of"]:
            line.append(f"  {row['relation']} as {str(row['copy_of'])[:_ID]}", "yellow")
        yield line.append(f"  {str(row['article'])[:_ID]}", "dim")
    if events:
        yield Text("\nEvents, the latest first", "bold")
        yield from events_page(events, width)


def related_page(readings: Iterable[Mapping[str, object]]) -> Iterator[RenderableType]:
    """Related readings, each with why."""
    title = ""
    for row in readings:
        if row["relation"] != title:
            title = str(row["relation"])
            yield Text(
                {"same story": "Same story", "copy": "Copies", "earlier story": "Earlier stories"}[title], "bold"
            )
        line = Text(f"  {row['date'] or 'no date'}  {safe(str(row['headline'] or '(no headline)'))}")
        line.append(f"  {safe(str(row['publisher'] or ''))}", "cyan")
        yield line.append(f"  {str(row['article'])[:_ID]}", "dim")
        because = row["because"]
        if isinstance(because, list | tuple) and because:
            yield Text(f"    both have {', '.join(safe(str(one)) for one in because)}", "dim")
