"""The text with its evidence marked, and a table of its reports: one self-contained piece of HTML for notebooks.

Nothing is loaded, nothing runs: no script, no font, no request. All that was read from the page is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from detente.model import PART_OF_BLOCK, Article, Block, Coding, Party, Report, Span
from detente.writers.table import counts_of, when_of, where_of

STYLE = """
.detente{font:14px/1.5 system-ui,sans-serif;color-scheme:light dark;max-width:64em}
.detente h3{margin:.6em 0 .2em}.detente p{margin:.5em 0}.detente .head{opacity:.75;font-size:.9em}
.detente mark{background:none;color:inherit;border-bottom:.18em solid;padding-bottom:.05em}
.detente mark.trigger{border-color:#c2410c}.detente mark.source{border-color:#2563eb}
.detente mark.target{border-color:#7c3aed}.detente mark.speaker{border-color:#0d9488}
.detente mark.count{border-color:#be123c}
.detente mark.time,.detente mark.place{border-color:#a16207}
.detente table{border-collapse:collapse;margin:.6em 0;font-size:.92em}
.detente th,.detente td{text-align:left;vertical-align:top;padding:.2em .8em .2em 0;border-top:1px solid #8884}
.detente .no{opacity:.7}
"""

# When a word plays several parts the leftmost decides its colour.
ROLES = ("trigger", "source", "target", "speaker", "count", "time", "place")
COLUMNS = ("", "source", "event", "target", "standing", "said by", "when", "where", "words")


def html_of(codings: Iterable[Coding]) -> str:
    """One section per article: its head, its text with the evidence marked, and its reports as a table."""
    sections = "".join(_section(coding) for coding in codings)
    return f'<div class="detente"><style>{STYLE}</style>{sections}</div>'


def _section(coding: Coding) -> str:
    if coding.article is None:
        return f"<p><b>{escape(coding.origin)}</b>: {escape(coding.state)}. {escape(coding.reason)}</p>"
    article = coding.article
    marks = list(_marks(coding.reports))
    blocks = "".join(_block(article, block, marks) for block in article.blocks)
    return f"<section>{_head(article)}{blocks}{_table(coding.reports, article)}</section>"


def _block(article: Article, block: Block, marks: Sequence[tuple[Span, str, str]]) -> str:
    """A paragraph; what is read but not coded (byline, credit, dateline) stands back."""
    kind = "coded" if block.kind in PART_OF_BLOCK else "head"
    return f'<p class="{kind}">{_marked(article, (block.start, block.end), marks)}</p>'


def _head(article: Article) -> str:
    anchor = article.anchor
    facts = [article.agency, f"{anchor.kind} {anchor.value}" if anchor else "no date", " > ".join(article.section)]
    line = " · ".join(escape(fact) for fact in facts if fact)
    return f'<h3>{escape(article.headline or article.origin)}</h3><div class="head">{line}</div>'


def _marks(reports: Sequence[Report]) -> Iterator[tuple[Span, str, str]]:
    """Span, role and what to say about it, for each word span that a report stands on."""
    for number, report in enumerate(reports, 1):
        what = f"{number} {report.type}, {report.standing}"
        yield report.trigger, "trigger", what
        for role, parties in (("source", report.source), ("target", report.target)):
            for party in parties:
                yield party.words, role, f"{number} {role}: {party.name}"
        for count in report.counts:
            yield count.words, "count", f"{number} {count.kind}: {count.amount}"
        if report.speaker:
            yield report.speaker.words, "speaker", f"{number} said by {report.speaker.name}"
        if report.time and report.time.words:
            yield report.time.words, "time", f"{number} when: {when_of(report.time)}"
        if report.place and report.place.words:
            yield report.place.words, "place", f"{number} where: {report.place.name}"


def _marked(article: Article, block: Span, marks: Sequence[tuple[Span, str, str]]) -> str:
    """The block's text, cut at every border of a mark, so that overlapping evidence needs no nested tags."""
    inside = [mark for mark in marks if mark[0][0] < block[1] and mark[0][1] > block[0]]
    cuts = sorted({*block, *(min(max(edge, block[0]), block[1]) for span, _, _ in inside for edge in span)})
    pieces = []
    for start, end in pairwise(cuts):
        here = [mark for mark in inside if mark[0][0] <= start and mark[0][1] >= end]
        text = escape(article.text[start:end])
        if here:
            role = min((role for _, role, _ in here), key=ROLES.index)
            title = escape("; ".join(dict.fromkeys(note for _, _, note in here)))
            text = f'<mark class="{role}" title="{title}">{text}</mark>'
        pieces.append(text)
    return "".join(pieces)


def _table(reports: Sequence[Report], article: Article) -> str:
    if not reports:
        return '<p class="no">No political event is told in this text.</p>'
    head = "".join(
        f"<th>{name}</th>"
        for name in ("", "source", "event", "target", "standing", "said by", "when", "where", "words")
    )
    rows = "".join(_row(number, report, article) for number, report in enumerate(reports, 1))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(number: int, report: Report, article: Article) -> str:
    cells = (
        str(number),
        _names(report.source),
        " ".join(part for part in (report.type, report.mode, report.cameo, *counts_of(report.counts)) if part),
        ("↔ " if report.reciprocal else "") + _names(report.target),
        report.standing,
        report.speaker.name if report.speaker else "",
        when_of(report.time),
        where_of(report.place),
        article.words(report.trigger),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _names(parties: Sequence[Party]) -> str:
    return ", ".join(party.name for party in parties)
