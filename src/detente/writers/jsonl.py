"""JSON lines: one report a line, the public contract (docs/format.md, schemas/report.schema.json)."""

from __future__ import annotations

from typing import IO

import msgspec

from detente.model import Article, Coding, Report
from detente.writers.auxiliary import Auxiliary, auxiliary_of


class Line(Report, frozen=True, kw_only=True):
    """A report together with where it stood, so that a line can be read alone."""

    origin: str | None = None
    url: str | None = None
    headline: str | None = None
    date: str | None = None
    """The article's date, as precise as the page says."""
    auxiliary: Auxiliary | None = None
    """PLOVER's auxiliary mode."""


def line_of(report: Report, article: Article | None) -> Line:
    """The report with its article's origin, address, headline and date."""
    fields = msgspec.structs.asdict(report)
    date = article.anchor.value if article is not None and article.anchor else None
    fields |= {"date": date, "auxiliary": auxiliary_of(report, date)}
    if article is None:
        return Line(**fields)
    return Line(**fields, origin=article.origin, url=article.url, headline=article.headline)


class JsonlWriter:
    """Writes reports as JSON lines."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._encoder = msgspec.json.Encoder()

    def write(self, coding: Coding) -> None:
        """Write the reports of one record."""
        lines = [line_of(report, coding.article) for report in coding.reports]
        self._out.write(self._encoder.encode_lines(lines))

    def close(self) -> None:
        """Nothing is held back."""
