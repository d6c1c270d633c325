"""CSV for spreadsheets: one report a row, flat, the words beside the codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO, TypeVar

from detente.mentions.codes import code_book
from detente.model import PLOVER_COUNTS, Article, Coding, CountKind, Party, Report, Span, When, Where
from detente.writers.auxiliary import auxiliary_of

COLUMNS = (
    "id", "origin", "url", "headline", "date", "part", "type", "deed", "mode", "contexts", "cameo", "quad", "intensity",
    "source_id", "source_name", "source_country", "source_code", "source_cow", "source_icews", "source_wikidata",
    "target_id", "target_name", "target_country", "target_code", "target_cow", "target_icews", "target_wikidata",
    "reciprocal", "standing", "auxiliary", "speaker_id", "speaker_name", "speakers", "time_start",
    "time_end", "time_basis", "place_name", "place_precision", "place_country", "geonames", "lat", "lon", "radius",
    "held_by", "claimed_by", "place_basis", "killed_low", "killed_high", "injured_low", "injured_high",
    "protesters_low", "protesters_high", "counts", "trigger", "text", "rules", "score", "article",
)  # fmt: skip

# A cell that begins so is run as a formula by spreadsheets; a page could put one into a headline.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | None
T = TypeVar("T")


class CsvWriter:
    """Writes reports as CSV with a header; several actors of one role are parted by "; "."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._write_rows([COLUMNS])

    def write(self, coding: Coding) -> None:
        """Write the reports of one record."""
        self._write_rows([guarded(cell) for cell in cells_of(report, coding.article)] for report in coding.reports)

    def close(self) -> None:
        """Nothing is held back."""

    def _write_rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        self._out.write(text.getvalue().encode("utf-8"))


def cells_of(report: Report, article: Article | None) -> list[Cell]:
    """The cells of a report, in the order of `COLUMNS`."""
    date = article.anchor.value if article is not None and article.anchor else None
    return [
        report.id, *_where_it_stood(article), report.part, report.type, report.deed, report.mode,
        "; ".join(report.contexts), report.cameo, report.quad, report.intensity,
        *_parties(report.source), *_parties(report.target),
        "true" if report.reciprocal else "false", report.standing, auxiliary_of(report, date),
        *_fields(report.speaker, "id", "name"), "; ".join(party.id for party in report.speakers),
        *_fields(report.time, "start", "end", "basis"),
        *_fields(report.place, "name", "precision", "country", "geonames", "lat", "lon", "radius"),
        *_holders(report.place), *_fields(report.place, "basis"),
        *(cell for kind in PLOVER_COUNTS for cell in _interval(report, kind)),
        "; ".join(f"{count.kind} {count.amount}" for count in report.counts),
        _words(report, report.trigger), report.text,
        "; ".join(dict.fromkeys(because.rule for because in report.because)), report.score, report.article,
    ]  # fmt: skip


def _where_it_stood(article: Article | None) -> tuple[Cell, ...]:
    if article is None:
        return None, None, None, None
    return article.origin, article.url, article.headline, article.anchor.value if article.anchor else None


def _holders(place: Where | None) -> tuple[str, str]:
    return ("; ".join(place.held_by), "; ".join(place.claimed_by)) if place is not None else ("", "")


def _parties(parties: Sequence[Party]) -> tuple[str, ...]:
    """Ids, names, countries and the codes of each tradition, each list in the same order."""
    return tuple("; ".join(cells) for cells in zip(*map(_party, parties), strict=True)) or ("",) * 7


def _party(party: Party) -> tuple[str, ...]:
    codes = code_book().codes(party)
    cow = "" if codes.cow is None else str(codes.cow)
    return party.id, party.name, party.country or "", party.code, cow, codes.icews, codes.wikidata or ""


def _fields(value: Party | When | Where | None, *names: str) -> list[Cell]:
    """Fields of a part of the report that may not be known."""
    return [None if value is None else getattr(value, name) for name in names]


def _interval(report: Report, kind: CountKind) -> tuple[Cell, Cell]:
    """The first count of a kind: low and high, empty where open or not told."""
    return next(((count.low, count.high) for count in report.counts if count.kind == kind), (None, None))


def _words(report: Report, span: Span) -> str:
    first = report.sentence[0]
    return report.text[span[0] - first : span[1] - first]


def guarded(cell: T) -> T | str:
    """The cell, with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
