"""Dates of events against people's: is the day of what a clause tells right?

    {"doc_id": "1", "dct": "2009-06-28", "text": "They met on Monday.",
     "events": [{"sentence": 0, "mention": "met", "gold_time": "2009-06-22"}]}

`sentence` counts the lines of the text from 0, `mention` are words of that line. Only events that people dated to a day
count as right or wrong; what they dated to a month or year is right when the dates told lie in it. Beside the coder
stand two plain rules: always the page's date, and the day that the sentence names first.
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
from detente.evaluate.figures import figure, share
from detente.model import Mention, Sentence, Span, TimeMention, When, overlap
from detente.reports.scene import Scene
from detente.reports.when import Dated

_UNKNOWN = "XXXX-XX-XX"


class DatedEvent(msgspec.Struct, frozen=True):
    """An event that a text mentions, with the date that people gave it."""

    words: Span
    date: str
    """ISO 8601, coarser with X in it ("2009-06-XX") or shorter ("2009-06"); XXXX-XX-XX where nobody can tell."""

    @property
    def prefix(self) -> str:
        """What is certain of the date: "2009-06"; "" where nothing is."""
        return self.date.partition("X")[0].rstrip("-")


class DateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its dated events."""

    id: str
    text: str
    day: str | None
    url: str | None = None
    headed: bool = True
    gold: tuple[DatedEvent, ...]


class DateAnswer(msgspec.Struct, frozen=True):
    """The date of an event as it came out."""

    gold: DatedEvent
    page: str | None
    when: When | None
    rule: str
    first: str | None
    """The day that the sentence names first, else the page's."""

    @property
    def day(self) -> str | None:
        """The day told, or the one edge that is known: the last day for what is over, the first for what is to come."""
        return (self.when.end or self.when.start) if self.when else None

    @property
    def is_told(self) -> bool:
        """It is dated to one day, and not only bounded."""
        return self.when is not None and self.when.start is not None and self.when.start == self.when.end

    @property
    def is_right(self) -> bool:
        """The same day; for a coarser date, any within it."""
        return self.day is not None and self.day.startswith(self.gold.prefix)


class Answered(msgspec.Struct, frozen=True):
    """How a document came out."""

    row: DateRow
    answers: tuple[DateAnswer, ...]


def date_rows(path: Path) -> tuple[DateRow, ...]:
    """The documents of a set; events in lines that the text lacks, or of words that its line lacks, are left out.

    Raises `DetenteError` naming file and line when one cannot be read.
    """
    return tuple(rows_of(path, _row, "text, dct and events with sentence, mention and gold_time"))


def _row(raw: dict[str, Any], id: str) -> DateRow:
    text: str = raw["text"]
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*", text) if m[0]]
    gold: list[DatedEvent] = []
    for event in raw["events"]:
        number, mention = event["sentence"], re.escape(event["mention"])
        if not 0 <= number < len(lines):
            continue
        taken = {one.words for one in gold}
        spans = (m.span() for m in re.compile(rf"(?<!\w){mention}(?!\w)").finditer(text, *lines[number]))
        words = next((span for span in spans if span not in taken), None)
        if words is not None:
            gold.append(DatedEvent(words, event["gold_time"]))
    return DateRow(id=str(raw.get("doc_id", id)), text=text, day=iso_day(raw["dct"]), gold=tuple(gold))


def dates_found(document: Parsed[DateRow], coder: Coder) -> Answered:
    """The dates of a document's events."""
    row, article, sentences = document.row, document.article, document.sentences
    mentions: list[Mention] = [*coder.times.find(article, sentences), *coder.actors.find(article, sentences)]
    scenes = list(coder.reporter.dated(article, sentences, mentions))
    answers = []
    for one in row.gold:
        dated = next(filter(None, (_dated_at(one.words, *scene) for scene in scenes)), None)
        when, because = (dated.when, dated.because) if dated else (None, None)
        first = _first_day(one.words, sentences, mentions) or row.day
        answers.append(DateAnswer(one, row.day, when, because.rule if because else "unknown", first))
    return Answered(row, tuple(answers))


def _dated_at(words: Span, scene: Scene, dated: Sequence[Dated]) -> Dated | None:
    """The date of the clause that the words are the predicate of, else stand in."""
    if not overlap((scene.sentence.start, scene.sentence.end), words):
        return None
    tokens = scene.tokens_in(words)
    number = next((scene.clause_at[i] for i in tokens if i in scene.clause_at), None)
    if number is None and tokens:
        number = scene.clause_of(tokens[0])
    return dated[number] if number is not None else None


def _first_day(words: Span, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> str | None:
    """The baseline: the first expression of the sentence that means one day."""
    spans = [(one.start, one.end) for one in sentences if overlap((one.start, one.end), words)]
    days = (m.start for m in mentions if isinstance(m, TimeMention) and m.start is not None and m.start == m.end
            and any(overlap(m.words, span) for span in spans))  # fmt: skip
    return next(days, None)


def date_tables(documents: Sequence[Answered]) -> Iterator[Table]:
    """Shares of the events that people dated, with 95 % intervals over events."""
    answers = [answer for document in documents for answer in document.answers]
    days = [one for one in answers if len(one.gold.prefix) == len("2009-06-28")]
    coarse = [one for one in answers if 0 < len(one.gold.prefix) < len("2009-06-28")]
    nobody = [one for one in answers if one.gold.date == _UNKNOWN]
    told = [one for one in days if one.is_told]
    page, first = ([getattr(one, name) == one.gold.date for one in days] for name in ("page", "first"))
    yield Table("events dated to a day", (
        figure("right", share([one.is_right for one in days]), len(days)),
        figure("right, of those told to the day", share([one.is_right for one in told]), len(told)),
        figure("baseline: always the page's date", share(page), len(days)),
        figure("baseline: the first day of the sentence", share(first), len(days)),
    ))  # fmt: skip
    yield Table("events that people dated more coarsely, or not", (
        figure("within the month or year", share([one.is_right for one in coarse]), len(coarse)),
        figure("no day told where people tell none", share([not one.is_told for one in nobody]), len(nobody)),
    ))  # fmt: skip


def wrong_dates(documents: Iterable[Answered]) -> Iterator[str]:
    """Events that were given another date than people gave, for people."""
    for document in documents:
        for one in document.answers:
            if one.gold.prefix and not one.is_right:
                words = shown(document.row.text, one.gold.words)
                yield f"{document.row.id}: {words} on {one.gold.date}, got {one.day} ({one.rule}; page of {one.page})"
