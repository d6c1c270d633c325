"""How well articles are grouped into stories: B-cubed against gold clusters."""

from __future__ import annotations

import datetime
import gzip
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

import msgspec

from detente.articles.words import words_of
from detente.errors import DetenteError
from detente.evaluate.copies import CopyFigures
from detente.stories import Stories, terms_of


class StoryRow(msgspec.Struct, frozen=True):
    """An article of a set with its story; without a date all are of one day."""

    id: int | str
    text: str
    cluster: int | str
    title: str = ""
    topic: str | None = None
    """A wider matter, in sets that have both."""
    date: str | None = None

    @property
    def day(self) -> datetime.date | None:
        """Raises `ValueError` when the date is none."""
        return datetime.date.fromisoformat(self.date[:10]) if self.date else None


def story_rows(path: Path) -> tuple[StoryRow, ...]:
    """The articles of a set by their dates: JSON lines with id, cluster, text, and if known title, topic and date.

    Raises `DetenteError` naming the file and line that cannot be read.
    """
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise DetenteError(f"{path}: cannot be read: {error}") from error
    rows = []
    for number, line in enumerate(content.splitlines(), 1):
        try:
            row = msgspec.json.decode(line, type=StoryRow)
            rows.append((row.day or datetime.date.min, row))
        except (msgspec.DecodeError, ValueError) as error:
            raise DetenteError(f"{path}:{number}: {error}; each line has id, cluster and text") from error
    return tuple(row for _, row in sorted(rows, key=lambda item: item[0]))


def told_stories(rows: Sequence[StoryRow]) -> list[str]:
    """The story of each article when they come in this order."""
    stories, function_words = Stories(), words_of().languages["en"][1]
    return [
        stories.add(str(number), terms_of(row.title, row.text, function_words), row.day).story
        for number, row in enumerate(rows)
    ]


def b_cubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> CopyFigures:
    """Precision and recall averaged over articles (Bagga and Baldwin 1998): of the articles in its group the share that
    belongs there, of those that belong there the share in its group."""
    both = Counter(zip(found, gold, strict=True))
    groups, clusters = Counter(found), Counter(gold)
    count = max(1, len(gold))
    precision = sum(size * size / groups[group] for (group, _), size in both.items()) / count
    recall = sum(size * size / clusters[cluster] for (_, cluster), size in both.items()) / count
    return CopyFigures(precision, recall)
