"""From the values of the coder to rows of the tables, and back without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pyarrow as pa

from detente.model import (
    PLOVER_COUNTS,
    Actor,
    ActorMention,
    Article,
    Clause,
    Coding,
    Count,
    Event,
    Mention,
    Party,
    PlaceMention,
    Report,
    Sentence,
    Size,
    Story,
    TimeMention,
    Token,
)
from detente.store.schema import SCHEMAS
from detente.stories import Copy, Filed

Row = dict[str, Any]
UNDATED = "undated"


def table_of(noun: str, codings: Iterable[Coding]) -> pa.Table:
    """The table of one noun, rows in the order of the codings."""
    return pa.Table.from_pylist(list(_rows(noun, codings)), schema=SCHEMAS[noun])


def _rows(noun: str, codings: Iterable[Coding]) -> Iterator[Row]:
    for coding in codings:
        article = coding.article
        if article is None:
            continue
        match noun:
            case "articles":
                yield article_row(article)
            case "sentences":
                yield from sentence_rows(coding.sentences, article)
            case "mentions":
                for number, mention in enumerate(coding.mentions):
                    yield {**mention_row(mention, article), "number": number}
            case "reports":
                for number, report in enumerate(coding.reports):
                    yield {**report_row(report, article), "number": number}


# ---------------------------------------------------------------------------------------------------------------------
# In


def article_row(article: Article) -> Row:
    """An article as a row."""
    return {**msgspec.to_builtins(article), "date": day_of(_anchor(article)), "month": month_of(article)}


def sentence_rows(sentences: Sequence[Sentence], article: Article) -> Iterable[Row]:
    """The sentences of an article as rows, numbered from 0."""
    month = month_of(article)
    for number, sentence in enumerate(sentences):
        words = (sentence.start, sentence.end)
        yield {
            "article": article.id,
            "number": number,
            "block": sentence.block,
            "part": sentence.part,
            "words": words,
            "text": article.words(words),
            "tokens": msgspec.to_builtins(sentence.tokens),
            "clauses": msgspec.json.encode(sentence.clauses).decode(),
            "month": month,
        }


def mention_row(mention: Mention, article: Article) -> Row:
    """A mention as a row: the column of its noun holds it, the others are empty."""
    fields = msgspec.to_builtins(mention)
    words, because = fields.pop("words"), fields.pop("because")
    row: Row = {"article": article.id, "words": words, "text": article.words(mention.words), "because": because}
    row["month"] = month_of(article)
    match mention:
        case ActorMention():
            row |= {"noun": "actor", "actor": fields}
            for actor in mention.actors[:1]:
                row |= {"actor_id": actor.id, "country": actor.country}
        case TimeMention():
            row |= {"noun": "time", "time": fields}
            row |= {"time_start": day_of(mention.start), "time_end": day_of(mention.end)}
        case PlaceMention():
            row |= {"noun": "place", "place": fields}
            for place in mention.places[:1]:
                row |= {"place_name": place.name, "country": place.country}
    return row


def report_row(report: Report, article: Article) -> Row:
    """A report as a row, with the flat columns."""
    row: Row = msgspec.to_builtins(report)
    row |= _flat_parties(report)
    row["speaker_id"] = report.speaker.id if report.speaker else None
    if report.time:
        row |= {"time_start": day_of(report.time.start), "time_end": day_of(report.time.end)}
    if report.place:
        row |= {"place_name": report.place.name, "place_country": report.place.country}
    row |= _flat_counts(report)
    row |= {"origin": article.origin, "url": article.url, "headline": article.headline}
    return row | {"date": day_of(_anchor(article)), "month": month_of(article)}


def _flat_parties(report: Report | Event) -> Row:
    source = report.source[0] if report.source else None
    others = [party for party in report.target if source is None or party.id != source.id]
    target = next(iter(others or report.target), None)
    return {**_flat_party("source", source), **_flat_party("target", target)}


def _flat_party(role: str, party: Party | Actor | None) -> Row:
    if party is None:
        return {}
    return {
        f"{role}_id": party.id,
        f"{role}_country": party.country,
        f"{role}_sector": party.sectors[0] if party.sectors else None,
        f"{role}_code": party.code,
    }


def _flat_counts(report: Report | Event) -> Row:
    """The first count of each kind that PLOVER has; a death toll told after it counts others, too."""
    row: Row = {}
    counts: Sequence[Count | Size] = report.counts
    for count in counts[::-1]:
        if count.kind in PLOVER_COUNTS:
            row |= {f"{count.kind}_low": count.low, f"{count.kind}_high": count.high}
    return row


# ---------------------------------------------------------------------------------------------------------------------
# What comes of articles together


def placement_row(filed: Filed) -> Row:
    """Where an article was put, as a row."""
    copy = filed.copy
    row: Row = {"article": filed.id, "story": filed.story, "nearness": filed.nearness, "outlet": filed.outlet}
    row |= {"headline": filed.headline, "terms": list(filed.terms)}
    row |= {"copy_of": copy.of, "relation": copy.relation, "share": copy.share} if copy else {}
    return row | {"date": day_of(filed.day), "month": month_of_day(filed.day)}


def story_row(story: Story) -> Row:
    """A story as a row."""
    days = {"first_date": day_of(story.first), "last_date": day_of(story.last)}
    return {**msgspec.to_builtins(story), **days, "month": month_of_day(story.first)}


def event_row(event: Event) -> Row:
    """An event as a row, with the flat columns."""
    row: Row = msgspec.to_builtins(event) | _flat_parties(event)
    row |= {"time_start": day_of(event.start), "time_end": day_of(event.end)}
    if event.place:
        row |= {"place_name": event.place.name, "place_country": event.place.country}
    row |= _flat_counts(event)
    first, last = days_of_event(event)
    return row | {"first_date": day_of(first), "last_date": day_of(last), "month": month_of_day(first)}


def outlet_of(agency: str | None, publisher: str | None, url: str | None) -> str:
    """Whose word an article is: the agency's, else the publisher's, else that of its host; "" for nobody known."""
    if agency or publisher:
        return agency or publisher or ""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def days_of_event(event: Event) -> tuple[str | None, str | None]:
    """The days of the first and the last article that tells it."""
    days = [telling.date for telling in event.tellings if telling.date]
    return min(days, default=None), max(days, default=None)


def month_of_day(day: str | None) -> str:
    """ "2009-06" of "2009-06-28", "undated" of nothing."""
    return day[:7] if day else UNDATED


def _anchor(article: Article) -> str | None:
    return article.anchor.value if article.anchor else None


def day_of(value: str | None) -> date | None:
    """The day of an ISO 8601 date or date and time; None for what is less precise or no date.

    "2009-06-28T10:57" -> 28 June 2009, "2009-06" -> None
    """
    try:
        return date.fromisoformat(value[:10]) if value and len(value) >= 10 else None
    except ValueError:
        return None


def month_of(article: Article) -> str:
    """The month of the article's date: "2009-06", or "undated"."""
    month = (_anchor(article) or "")[:7]
    return month if day_of(f"{month}-01") else UNDATED


# ---------------------------------------------------------------------------------------------------------------------
# Out


def article_of_row(row: Mapping[str, Any]) -> Article:
    """The article that a row was made of."""
    return msgspec.convert(row, Article, strict=True)


def sentence_of_row(row: Mapping[str, Any]) -> Sentence:
    """The sentence that a row was made of."""
    start, end = row["words"]
    return Sentence(
        block=row["block"],
        part=row["part"],
        start=start,
        end=end,
        tokens=msgspec.convert(row["tokens"], tuple[Token, ...]),
        clauses=msgspec.json.decode(row["clauses"], type=tuple[Clause, ...]),
    )


_MENTION_TYPES: dict[str, type[Mention]] = {"actor": ActorMention, "time": TimeMention, "place": PlaceMention}


def mention_of_row(row: Mapping[str, Any]) -> Mention:
    """The mention that a row was made of."""
    noun = row["noun"]
    fields = {**row[noun], "words": row["words"], "because": row["because"]}
    mention: Mention = msgspec.convert(fields, _MENTION_TYPES[noun])
    return mention


def filed_of_row(row: Mapping[str, Any]) -> Filed:
    """The placement that a row was made of."""
    copy = Copy(row["article"], row["copy_of"], row["relation"], row["share"]) if row["copy_of"] else None
    return Filed(
        id=row["article"],
        day=row["date"].isoformat() if row["date"] else None,
        headline=row["headline"] or "",
        outlet=row["outlet"] or "",
        story=row["story"],
        copy=copy,
        nearness=row["nearness"],
        terms=tuple(row["terms"] or ()),
    )


def story_of_row(row: Mapping[str, Any]) -> Story:
    """The story that a row was made of."""
    return msgspec.convert(row, Story)


def event_of_row(row: Mapping[str, Any]) -> Event:
    """The event that a row was made of."""
    return msgspec.convert(row, Event)


def report_of_row(row: Mapping[str, Any]) -> Report:
    """The report that a row was made of."""
    return msgspec.convert(row, Report)
