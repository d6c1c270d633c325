"""Articles: the text with the words that each report stands on, its copies, its story, and what to read with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from msgspec import Struct

from detente.desk.answers import annotations_of
from detente.desk.desk import Id, TheDesk, json, told, told_as
from detente.model import PART_OF_BLOCK, Article, Event, Report, Span, Story
from detente.store.reader import Reader
from detente.store.related import Related

router = APIRouter(tags=["articles"])

ROLES = ("trigger", "source", "target", "speaker", "count", "time", "place")
"""Where words play several parts, the leftmost decides their colour."""


class Copy(Struct, frozen=True, kw_only=True):
    """An article that copies another, or is copied."""

    article: str
    headline: str
    outlet: str
    day: str | None
    relation: str | None
    """"same", "cut", "extended" ...: how the copy differs; None of the original."""


class ArticleView(Struct, frozen=True, kw_only=True):
    """An article with what was found in it and around it."""

    article: Article
    reports: tuple[Report, ...]
    events: list[Event]
    """Of these reports and those of others: what the article tells."""
    story: Story | None
    copy_of: Copy | None
    copies: list[Copy]
    related: list[Related]


class Piece(Struct, frozen=True):
    """A stretch of text that the same reports stand on."""

    text: str
    reports: str = ""
    """Their ids, with spaces between."""
    roles: str = ""
    title: str = ""


class Paragraph(Struct, frozen=True):
    """A block of the text."""

    kind: str
    is_coded: bool
    pieces: list[Piece]


def article(store: Reader, id: str) -> ArticleView:
    """An article with what was found in it and around it. Raises `NotThere`."""
    coding = store.coding(id)
    assert coding.article is not None, "the catalogue names no record without an article"
    placed = store.placement(coding.article.id)
    story = store.story(placed["story"]) if placed and placed["story"] else None
    rows = store.placements_of(story) if story else []
    original = next((row for row in rows if placed and row["article"] == placed["copy_of"]), None)
    return ArticleView(
        article=coding.article,
        reports=coding.reports,
        events=store.events_of(story, coding.article.id) if story else [],
        story=story,
        copy_of=_copy(original, placed["relation"] if placed else None) if original else None,
        copies=[_copy(row, row["relation"]) for row in rows if row["copy_of"] == coding.article.id],
        related=store.related(coding.article.id, limit=8),
    )


def _copy(row: dict[str, object], relation: str | None) -> Copy:
    day = row["date"]
    return Copy(
        article=str(row["article"]), headline=str(row["headline"] or ""), outlet=str(row["outlet"] or ""),
        day=str(day) if day else None, relation=relation,
    )  # fmt: skip


def paragraphs(article: Article, reports: Sequence[Report]) -> Iterator[Paragraph]:
    """The text in its blocks, cut wherever what stands on it changes."""
    marks = [mark for report in reports for mark in _marks(report)]
    for block in article.blocks:
        span = (block.start, block.end)
        yield Paragraph(block.kind, block.kind in PART_OF_BLOCK, list(_pieces(article, span, marks)))


def _marks(report: Report) -> Iterator[tuple[Span, str, str]]:
    """Each span of words that a report stands on, its part, and the report."""
    yield report.trigger, "trigger", report.id
    for role, parties in (("source", report.source), ("target", report.target), ("speaker", report.speakers[:1])):
        yield from ((party.words, role, report.id) for party in parties)
    yield from ((count.words, "count", report.id) for count in report.counts)
    if report.time and report.time.words:
        yield report.time.words, "time", report.id
    if report.place and report.place.words:
        yield report.place.words, "place", report.id


def _pieces(article: Article, block: Span, marks: Sequence[tuple[Span, str, str]]) -> Iterator[Piece]:
    inside = [mark for mark in marks if mark[0][0] < block[1] and mark[0][1] > block[0]]
    cuts = sorted({*block, *(min(max(edge, block[0]), block[1]) for span, _, _ in inside for edge in span)})
    for start, end in pairwise(cuts):
        here = [mark for mark in inside if mark[0][0] <= start and mark[0][1] >= end]
        roles = sorted({role for _, role, _ in here}, key=ROLES.index)
        yield Piece(
            article.text[start:end], " ".join(dict.fromkeys(report for _, _, report in here)), " ".join(roles[:1]),
            ", ".join(roles),
        )  # fmt: skip


@router.get("/article/{id}.json", **told(ArticleView, "The article."))
def article_json(desk: TheDesk, id: Id) -> Response:
    """An article: its text, reports, events, story, copies and related readings."""
    return json(article(desk.store, id))


@router.get("/article/{id}.annotations", **told_as("The annotations.", annotations="application/ld+json"))
def article_annotations(desk: TheDesk, id: Id) -> Response:
    """The words that the reports of an article stand on, as W3C Web Annotations."""
    return annotations_of(desk.store.coding(id))


@router.get("/article/{id}", include_in_schema=False)
def article_page(request: Request, desk: TheDesk, id: Id) -> HTMLResponse:
    """The page of an article."""
    view = article(desk.store, id)
    return desk.page(request, "article.html", view=view, paragraphs=list(paragraphs(view.article, view.reports)))
