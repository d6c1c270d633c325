"""One coded page against its gold: which rows came out, and what was added that the page does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from detente.errors import DetenteError
from detente.evaluate.gold import Row
from detente.evaluate.parties import codes_of, same_parties
from detente.model import FACTS, Article, Coding, Report, Span, overlap


class Outcome(Struct, frozen=True):
    """A gold row with the report that answers it best, and what is wrong with that report."""

    row: Row
    report: Report | None
    faults: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Who, what, whom and standing are as in the gold; date, place and speaker where the gold gives them."""
        return not self.faults


class PageScore(Struct, frozen=True):
    """The comparison of one page."""

    outcomes: tuple[Outcome, ...]
    added: tuple[Report, ...]
    """Reports that stand as facts and answer no row that happened."""

    @property
    def happened(self) -> tuple[int, int]:
        """How many of the rows that happened came out right, of how many."""
        rows = [outcome for outcome in self.outcomes if outcome.row.happened]
        return sum(outcome.right for outcome in rows), len(rows)

    @property
    def others(self) -> tuple[int, int]:
        """The same for rows that did not happen (planned, denied, asked ...) or tell no event."""
        rows = [outcome for outcome in self.outcomes if not outcome.row.happened]
        return sum(outcome.right for outcome in rows), len(rows)


def page_score(coding: Coding, rows: Sequence[Row]) -> PageScore:
    """Compares a coded page with its gold.

    Raises `DetenteError` when the page was not coded or does not hold the words of a row.
    """
    article = coding.article
    if article is None:
        raise DetenteError(f"{coding.origin}: {coding.state}: {coding.reason}")
    outcomes = tuple(_outcome(row, coding.reports, article) for row in rows)
    told = {outcome.report.id for outcome in outcomes if outcome.report and outcome.row.happened and outcome.right}
    added = tuple(
        report
        for report in coding.reports
        if report.standing in FACTS and report.id not in told and not _repeats(report, outcomes)
    )
    return PageScore(outcomes, added)


def _outcome(row: Row, reports: Sequence[Report], article: Article) -> Outcome:
    span = _span_of(row, article)
    here = [report for report in reports if report.part == row.part and overlap(report.trigger, span)]
    if not row.types:
        wrong = [report for report in here if report.standing in FACTS]
        return Outcome(row, wrong[0] if wrong else None, ("coded as a fact",) if wrong else ())
    if not here:
        return Outcome(row, None, ("not found",))
    tried = [Outcome(row, report, tuple(_faults(row, report))) for report in here]
    return min(tried, key=lambda outcome: len(outcome.faults))


def _span_of(row: Row, article: Article) -> Span:
    for block in article.blocks:
        start = article.text.find(row.words, block.start, block.end)
        # The headline's words may stand again in the body: the part decides.
        if start >= 0 and (row.part == "body" or block.kind == row.part):
            return start, start + len(row.words)
    raise DetenteError(f"{article.origin}: row '{row.id}': the {row.part} does not hold {row.words!r}")


def _faults(row: Row, report: Report) -> Iterator[str]:
    if report.type not in row.types:
        yield f"type {report.type}, not {' or '.join(row.types)}"
    if row.source is not None and not same_parties(report.source, row.source):
        yield f"source {codes_of(report.source)}, not {', '.join(row.source) or 'none'}"
    if row.target is not None and not same_parties(report.target, row.target):
        yield f"target {codes_of(report.target)}, not {', '.join(row.target) or 'none'}"
    if report.standing not in row.standing:
        yield f"standing {report.standing}, not {' or '.join(row.standing)}"
    speaker = report.speaker.id if report.speaker else None
    if speaker != row.speaker:
        yield f"said by {speaker or 'the outlet'}, not {row.speaker or 'the outlet'}"
    if row.start and (report.time is None or report.time.start != row.start):
        yield f"from {report.time.start if report.time else None}, not {row.start}"
    if row.end and (report.time is None or report.time.end != row.end):
        yield f"until {report.time.end if report.time else None}, not {row.end}"
    if row.place and (report.place is None or report.place.country != row.place):
        yield f"in {report.place.country if report.place else None}, not {row.place}"


def _repeats(report: Report, outcomes: Sequence[Outcome]) -> bool:
    """A second report of a row that came out right: told twice in the same words, but nothing false."""
    return any(
        outcome.right
        and outcome.report is not None
        and outcome.row.happened
        and overlap(report.sentence, outcome.report.sentence)
        and not list(_faults(outcome.row, report))
        for outcome in outcomes
    )
