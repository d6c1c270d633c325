"""The coder against a set of sentences: what it found end to end, row by row.

A party answers a span when its words overlap it, or when it is the actor of a mention that does ("he" for Lavrov).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from detente.coder import Coder
from detente.evaluate.rows import Row
from detente.model import ActorMention, Coding, Party, Record, Report, Span, overlap

# CAMEO roots to the five classes, as the sets count them: statements and appeals are 0, sanctions (16) verbal conflict.
_PENTA = {"01": 0, "02": 0, "03": 1, "04": 1, "05": 1, "06": 2, "07": 2, "08": 2, "09": 3, "10": 3, "11": 3, "12": 3,
          "13": 3, "14": 4, "15": 4, "16": 3, "17": 4, "18": 4, "19": 4, "20": 4}  # fmt: skip
_YIELD = ("CONCEDE", "RETREAT")


class Told(msgspec.Struct, frozen=True):
    """What the coder made of a row."""

    row: Row
    reports: tuple[Report, ...]
    dyads: tuple[Report, ...]
    """The reports that have the row's source and target on the right sides."""
    turned: bool
    """A report has them, on whichever sides."""
    source: bool
    target: bool

    @property
    def first(self) -> Report | None:
        """The report that answers for the row: the first with the right dyad, else the first of all."""
        return next(iter(self.dyads or self.reports), None)

    @property
    def root(self) -> str | None:
        """The type of that report, in the set's classes."""
        return root_of(self.first) if self.first else None

    @property
    def has_dyad(self) -> bool:
        """Whether source and target were found, in the right direction."""
        return bool(self.dyads)

    @property
    def has_root(self) -> bool:
        """Whether any report has the right type."""
        return any(root_of(report) == self.row.root for report in self.reports)

    @property
    def is_right(self) -> bool:
        """Dyad and type in one report."""
        return bool(self.dyads) and self.root == self.row.root

    @property
    def penta(self) -> int:
        """The class of the surest report; a statement where there is none."""
        surest = max(self.reports, key=lambda report: report.score, default=None)
        return penta_of(surest) if surest else 0


def root_of(report: Report) -> str:
    """The type in the classes of the pair sets, which count both ways of giving way as YIELD."""
    return "YIELD" if report.type in _YIELD else report.type


def penta_of(report: Report) -> int:
    """The class of the report's CAMEO code, else of its quad."""
    return _PENTA[report.cameo[:2]] if report.cameo else report.quad


def told_of(rows: Sequence[Row], coder: Coder) -> Iterator[Told]:
    """Each row coded as an article of its own, the way that anybody's text is."""
    records = (
        Record(origin=row.id, content=row.text.encode(), format="text", charset="utf-8", key=row.id) for row in rows
    )
    for row, coding in zip(rows, coder.code(records), strict=True):
        yield _told(row, coding)


def _told(row: Row, coding: Coding) -> Told:
    answers = _Answers(row, coding)
    reports = coding.reports
    dyads = tuple(
        report for report in reports if answers.on(report.source, "source") and answers.on(report.target, "target")
    )
    return Told(
        row=row,
        reports=reports,
        dyads=dyads,
        turned=bool(dyads)
        or any(answers.on(report.source, "target") and answers.on(report.target, "source") for report in reports),
        source=any(answers.on(report.source, "source") for report in reports),
        target=any(answers.on(report.target, "target") for report in reports),
    )


class _Answers:
    """Which parties answer the row's spans."""

    def __init__(self, row: Row, coding: Coding) -> None:
        text = coding.article.text if coding.article else ""
        self.spans = {
            "source": list(_moved(row.source, row.text, text)),
            "target": list(_moved(row.target, row.text, text)),
        }
        mentions = [mention for mention in coding.mentions if isinstance(mention, ActorMention)]
        self.ids = {
            side: {mention.actors[0].id for mention in mentions if mention.actors and _is_on(mention.words, spans)}
            for side, spans in self.spans.items()
        }

    def on(self, parties: Iterable[Party], side: str) -> bool:
        return any(_is_on(party.words, self.spans[side]) or party.id in self.ids[side] for party in parties)


def _moved(spans: Iterable[Span], text: str, into: str) -> Iterator[Span]:
    """The spans of a sentence in the article made of it: without its dateline, with its blanks made plain."""
    cut = len(" ".join(text.split())) - len(into)
    for start, end in spans:
        words = " ".join(text[start:end].split())
        expected = len(" ".join(f"{text[:start]}|".split())) - 1 - cut
        # The nearest, where the same words stand twice: "South Sudanese refugees in Sudan".
        found = [match.start() for match in re.finditer(re.escape(words), into)] if words else []
        if found:
            at = min(found, key=lambda place: abs(place - expected))
            yield at, at + len(words)


def _is_on(words: Span, spans: Iterable[Span]) -> bool:
    return any(overlap(words, span) for span in spans)
