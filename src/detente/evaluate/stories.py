"""How well articles are grouped into stories."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import msgspec

from detente.articles.words import words_of
from detente.evaluate.clusters import cluster_rows
from detente.stories import Stories, terms_of
from detente.stories.grouping import WINDOW


class StoryRow(msgspec.Struct, frozen=True):
    """An article of a set with its story; without a date all are of one day."""

    id: int | str
    text: str
    cluster: int | str
    title: str = ""
    topic: str | None = None
    """A wider matter, in sets that have both."""
    date: str | None = None

    def __post_init__(self) -> None:
        """Raises `ValueError` for a date that is none, which names its line when a set is read."""
        _ = self.day

    @property
    def day(self) -> datetime.date | None:
        """Without the time."""
        return datetime.date.fromisoformat(self.date[:10]) if self.date else None


def story_rows(path: Path) -> tuple[StoryRow, ...]:
    """The articles of a set by their dates: JSON lines with id, cluster, text, and if known title, topic and date.

    Raises `DetenteError` naming the file and line that cannot be read.
    """
    rows = cluster_rows(path, StoryRow, "id, cluster and text, and a date only as 2009-06-28")
    return tuple(sorted(rows, key=lambda row: row.day or datetime.date.min))


def told_stories(rows: Sequence[StoryRow]) -> list[str]:
    """The story of each article when they come in this order, and all is settled at the end of each day."""
    stories, function_words = Stories(), words_of().languages["en"][1]
    day: datetime.date | None = None
    told: dict[str, str] = {}
    for number, row in enumerate(rows):
        if row.day and row.day != day:
            told |= stories.settle(day)
            stories.forget(row.day - datetime.timedelta(days=WINDOW))
            day = row.day
        told[str(number)] = stories.add(str(number), terms_of(row.title, row.text, function_words), row.day).story
    told |= stories.settle(day)
    return list(told.values())
