"""A table for people: the head of each article, then who did what to whom, told how, when and where, with the words.

It fits the terminal: at 110 columns and more each answer has a column of its own, below that two share one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.model import Actor, Article, Coding, Count, Event, Part, Party, Report, Size, Span, When, Where
from detente.writers.terminal import safe

# Seven columns of about fourteen letters are the least in which names and dates stay whole.
WIDE = 110

HEADERS = {
    True: ("Source", "Event", "Target", "Standing", "Said by", "When", "Where"),
    False: ("Source", "Event", "Target", "Standing", "When, where"),
}
RATIOS = {True: (9, 7, 9, 6, 7, 6, 7), False: (8, 6, 8, 6, 6)}

PART_TITLES: dict[Part, str] = {
    "headline": "Headline",
    "body": "Body",
    "caption": "Caption",
    "related": "Related readings (headlines of other articles)",
}

STANDING_STYLES = {"happened": "green", "ongoing": "green", "denied": "red"}
"""What is no fact and not denied is yellow."""


class TableWriter:
    """Writes articles and reports as text for people; in colour where the stream is a terminal."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        # None lets rich ask the environment (FORCE_COLOR, NO_COLOR, COLUMNS), as people expect of a command.
        self._console = Console(
            file=io.StringIO(), force_terminal=out.isatty() or None, highlight=False, markup=False, emoji=False
        )

    def write(self, coding: Coding) -> None:
        """Write one article with its reports; a record without an article is the summary's business."""
        if coding.article is None:
            return
        with self._console.capture() as page:
            for part in page_of(coding, coding.article, self._console.width, marked=not self._console.is_terminal):
                self._console.print(part)
        lines = page.get().split("\n")
        self._out.write("\n".join(line.rstrip(" ") for line in lines).encode("utf-8", "replace"))
        self._out.flush()

    def close(self) -> None:
        """Nothing is held back."""


def page_of(coding: Coding, article: Article, width: int, *, marked: bool = False) -> Iterator[RenderableType]:
    """The article's head and its reports; `marked` puts brackets round the words of the event where colour cannot."""
    yield head_of(article)
    yield Text()
    if coding.state == "duplicate" or not coding.reports:
        yield Padding(Text(f"{coding.state}: {safe(coding.reason)}", "dim"), (0, 0, 1, 2))
        return
    wide = width >= WIDE
    yield grid_of(wide, width, [Text(header, "bold") for header in HEADERS[wide]])
    part: Part | None = None
    for report in coding.reports:
        if report.part != part:
            part = report.part
            yield Text(PART_TITLES[part], "dim italic")
        yield grid_of(wide, width, _cells(report, wide))
        yield Padding(_words(report, marked=marked), (0, 1, 1, 4))


def head_of(article: Article) -> Text:
    """Headline, then what is known of the page on one line, then where it came from."""
    head = Text(safe(article.headline or "(no headline)"), "bold")
    if facts := list(_facts(article)):
        head.append("\n" + " · ".join(map(safe, facts)), "not bold")
    head.append("\n" + safe(article.url or article.origin), "not bold dim")
    return head


def _facts(article: Article) -> Iterable[str]:
    if article.section:
        yield " > ".join(article.section)
    if article.agency or article.publisher:
        yield article.agency or article.publisher or ""
    if article.authors:
        yield ", ".join(article.authors)
    if article.published:
        yield f"published {_moment(article.published.value)}"
    if article.updated:
        yield f"updated {_moment(article.updated.value)}"
    if not article.published and not article.updated:
        yield f"{article.anchor.kind} {_moment(article.anchor.value)}" if article.anchor else "no date"
    if article.place:
        yield article.place


def _moment(value: str) -> str:
    return value.replace("T", " ")


def grid_of(wide: bool, width: int, cells: Sequence[Text]) -> Table:
    """A line of cells across the terminal, each with the share of its column."""
    # Every report is a grid of its own, so that its sentence can run across below; same ratios, same columns.
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True, pad_edge=False)
    grid.width = min(width, 180)
    for ratio in RATIOS[wide]:
        grid.add_column(ratio=ratio, overflow="fold")
    grid.add_row(*cells)
    return grid


def _cells(report: Report, wide: bool) -> list[Text]:
    event = Text(report.type, "bold")
    if detail := " ".join(safe(part) for part in (report.deed, report.mode, report.cameo) if part):
        event.append(f"\n{detail}", "not bold")
    for told in counts_of(report.counts):
        event.append(f"\n{told}", "not bold")
    standing = Text(report.standing, STANDING_STYLES.get(report.standing, "yellow"))
    speaker = Text(safe(report.speaker.name) if report.speaker else "")
    when, where = Text(when_of(report.time)), Text(where_of(report.place))
    actors = [parties_of(report.source, "cyan"), event, target_of(report)]
    if wide:
        return [*actors, standing, speaker, when, where]
    said = Text(f"says {speaker}") if speaker else speaker
    return [*actors, stacked(standing, said), stacked(when, where)]


def stacked(*texts: Text) -> Text:
    """Texts under each other, without those that say nothing."""
    return Text("\n").join([text for text in texts if text])


def target_of(report: Report | Event) -> Text:
    """Whom it was done to; "each other" where both did it."""
    if report.reciprocal and {party.id for party in report.source} == {party.id for party in report.target}:
        return Text("each other", "magenta")
    return parties_of(report.target, "magenta")


def parties_of(parties: Sequence[Party | Actor], style: str) -> Text:
    """Who it was, under each other."""
    return Text("\n".join(name_of(party) for party in parties), style)


def name_of(party: Party | Actor) -> str:
    """The name with its code: "Sergei Lavrov (RUSGOV)"; the code alone is not repeated."""
    name, code = safe(party.name), safe(party.code or party.id)
    return name if name == code else f"{name} ({code})"


def when_of(time: When | Event | None) -> str:
    """ "2009-06-27", "2009-05-16 to 2009-05-31", "by 2009-06-28", "from 2010-01-01"; nothing when not known."""
    if time is None or not (time.start or time.end):
        return ""
    if time.start == time.end:
        return safe(time.start or "")
    if time.start is None:
        return f"by {safe(time.end or '')}"
    if time.end is None:
        return f"from {safe(time.start)}"
    return f"{safe(time.start)} to {safe(time.end)}"


def counts_of(counts: Sequence[Count | Size]) -> list[str]:
    """ "killed 12", "injured 30+": the first of each kind."""
    found: dict[str, str] = {}
    for count in counts:
        found.setdefault(count.kind, f"{count.kind} {count.amount}")
    return list(found.values())


def where_of(place: Where | None) -> str:
    """ "Corfu, GRC"; a country stands alone."""
    if place is None:
        return ""
    return safe(f"{place.name}, {place.country}" if place.country and place.country != place.name else place.name)


def _words(report: Report, *, marked: bool) -> Text:
    """The sentence with source, event and target in their colours, and the first letters of the report's id."""
    spans = [(party.words, "cyan") for party in report.source] + [(party.words, "magenta") for party in report.target]
    text = sentence_with(report, [*spans, (report.trigger, "bold yellow")])
    if marked:
        text = with_brackets(report, [report.trigger])
    text.stylize("italic")
    return text.append(f"  {report.id[:8]}", "dim not italic")


def sentence_with(report: Report, spans: Iterable[tuple[Span, str]]) -> Text:
    """The sentence of a report with spans of the article in their styles."""
    text = Text(safe(report.text))
    first = report.sentence[0]
    for (start, end), style in spans:
        if first <= start < end <= first + len(report.text):
            text.stylize(style, start - first, end - first)
    return text


def with_brackets(report: Report, spans: Iterable[Span]) -> Text:
    """The sentence of a report with [brackets] round the words that count, where there is no colour."""
    first, words = report.sentence[0], safe(report.text)
    for start, end in sorted(spans, reverse=True):
        if first <= start < end <= first + len(words):
            start, end = start - first, end - first
            words = f"{words[:start]}[{words[start:end]}]{words[end:]}"
    return Text(words)
