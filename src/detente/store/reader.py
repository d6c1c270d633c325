"""What a store can be asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence, Set
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import pyarrow as pa

from detente.errors import NotThere
from detente.model import FACTS, Article, Coding, Event, Record, Report, Story
from detente.relations import Course, Dealings, Scale, Side, StatedTurn
from detente.relations.bins import Step
from detente.store import segments
from detente.store.catalogue import Catalogue, Entry, Found, Holder, Key, months_between
from detente.store.corrections import Correction, correction_of
from detente.store.dealt import Dealt
from detente.store.dyads import Dyad
from detente.store.finding import EVERYTHING, Told, Wanted, by_ids_query, events_query, stories_query, told_so_query
from detente.store.fusing import CHANGES, files_of
from detente.store.paging import Page, Place, page_of, stories_of
from detente.store.questions import ALIASES, CORRECTIONS, LEDGER, Answer, ask, ask_ours
from detente.store.related import Related, related
from detente.store.rows import (
    UNDATED,
    Row,
    article_of_row,
    event_of_row,
    mention_of_row,
    month_of_day,
    report_of_row,
    sentence_of_row,
    story_of_row,
)
from detente.store.schema import CODED, SCHEMAS
from detente.store.searching import Order, Results, found, question_of
from detente.store.segments import Segment

FADED = 12
"""Months after which what was is no related reading any more: it counts for a sixteenth."""
SAVED = "searches"
"""Under what the catalogue keeps them."""


class Reader:
    """A folder with everything that was coded into it, as it can be asked; `Store` also changes it."""

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        """Open a store; a folder that is missing or empty becomes one, unless `create` is False.

        Raises `StoreError` when the folder holds something else, or a store that is damaged or of another version.
        """
        self.path = Path(path)
        self._catalogue = Catalogue(self.path, create=create)

    def close(self) -> None:
        """Close the store; answers that were given stay readable."""
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- Asking -------------------------------------------------------------------------------------------------------

    def sql(self, question: str, parameters: Sequence[object] = ()) -> Answer:
        """The answer to one SELECT over articles, sentences, mentions, reports, dyads and ledger.

        Raises `StoreError` for faulty SQL and for what is no question to this store.
        """
        with self._catalogue.snapshot():
            files = files_of(self.path, self._catalogue)
            # These are copied out of SQLite, which is waste for the many questions that do not name them.
            small = {name: table() for name, table in self._small().items() if name in question.lower()}
        return ask(question, files, small, parameters)

    def _ask(self, question: str, parameters: Sequence[object] = (), months: Set[str] | None = None) -> Answer:
        """The answer to a question of ours, of all segments of the tables that it names or of some months alone."""
        folder = self.path.resolve()
        with self._catalogue.snapshot():
            files = {
                noun: [f"{folder}/{path}" for path in self._catalogue.paths(noun, months)]
                for noun in SCHEMAS
                if noun in question
            }
        return ask_ours(question, files, parameters, months)

    def _small(self) -> dict[str, Callable[[], pa.Table]]:
        """The tables that the catalogue holds."""
        return {
            "ledger": lambda: pa.Table.from_pylist(list(map(msgspec.structs.asdict, self._catalogue.ledger())), LEDGER),
            "aliases": lambda: pa.Table.from_pylist(list(self._catalogue.every_alias()), ALIASES),
            "corrections": lambda: pa.Table.from_pylist(list(map(_correction_row, self.corrections())), CORRECTIONS),
        }

    def articles(self) -> Answer:
        """All articles."""
        return self.sql("SELECT * FROM articles")

    def sentences(self) -> Answer:
        """All sentences, with tokens and clauses."""
        return self.sql("SELECT * FROM sentences")

    def mentions(self) -> Answer:
        """All mentions of actors, times and places."""
        return self.sql("SELECT * FROM mentions")

    def reports(self) -> Answer:
        """All reports, one row each."""
        return self.sql("SELECT * FROM reports")

    def ledger(self) -> Answer:
        """Every record that went in, with its state."""
        return self.sql("SELECT * FROM ledger")

    def counts(self) -> dict[str, int]:
        """How many rows each noun has."""
        return dict.fromkeys(SCHEMAS, 0) | self._catalogue.counts()

    def states(self) -> dict[str, int]:
        """How many records ended in each state."""
        return self._catalogue.states()

    def coders(self) -> list[str]:
        """The versions of the coder by which the records were coded; several where a store was not coded anew."""
        return self._catalogue.coders()

    def find(self, text: str, *, order: Order = "best", limit: int = 20, skip: int = 0) -> Results:
        """Articles that a question finds: words, "phrases", -without, OR, begin*, outlet:, since:, until:, headline:.

        Raises `QuestionError` for a question that says nothing to look for.
        """
        return found(self._catalogue, question_of(text), order, limit, skip)

    def latest(self, limit: int = 20) -> list[Found]:
        """The articles of the latest days."""
        return self._catalogue.latest(limit)

    def told_of(self, articles: Iterable[str]) -> dict[str, Found]:
        """Headline, outlet and day of articles, by their ids."""
        return self._catalogue.told_of(articles)

    def coding(self, article: str) -> Coding:
        """What came of an article, by its id or the first letters of it: itself and its reports.

        Raises `NotThere` when no article, or more than one, begins so.
        """
        holder = self._holder(article)
        entry = self._catalogue.entries([holder.key])[holder.key]
        month = {month_of_day(self._catalogue.told_of([holder.article])[holder.article].day)}
        with self._catalogue.snapshot():
            listed = self._catalogue.segments(units={holder.unit})
        parts: dict[str, list[Row]] = {}
        for noun, column in (("articles", "id"), ("reports", "article")):
            paths = [f"{self.path.resolve()}/{segment.path}" for segment in listed if segment.noun == noun]
            question = f"SELECT * FROM {noun} WHERE {column} = ?"  # noqa: S608  # names of ours
            parts[noun] = list(ask_ours(question, {noun: paths}, [holder.article], month))
        return _coding(entry, parts)

    def report(self, id: str) -> tuple[Report, Article]:
        """A report with its article, by its id or the first letters of it.

        Raises `NotThere` when no report, or more than one, begins so.
        """
        rows = list(self.sql("SELECT * FROM reports WHERE starts_with(id, ?) ORDER BY id LIMIT 3", (id,)))
        if not id or not rows:
            raise NotThere(f"{self.path}: no report '{id}'; ids stand in the reports table and behind each sentence")
        if len(rows) > 1:
            raise NotThere(f"{self.path}: several reports begin with '{id}' ({rows[0]['id']} ...); give more of it")
        articles = list(self.sql("SELECT * FROM articles WHERE id = ?", (rows[0]["article"],)))
        return report_of_row(rows[0]), article_of_row(articles[0])

    def _holder(self, article: str) -> Holder:
        holders = self._catalogue.articles_beginning(article, 2) if article else []
        if len(holders) != 1:
            told = f"several articles begin with '{article}'" if holders else f"no article '{article}'"
            raise NotThere(f"{self.path}: {told}; ids stand in the articles table")
        return holders[0]

    # -- What is told together ----------------------------------------------------------------------------------------

    def stories(self, wanted: Wanted | None = None, *, limit: int | None = None) -> Answer:
        """The stories that are wanted, all without a wish, the latest first."""
        return self._ask(*stories_query(wanted or Wanted(), limit))

    def events(self, wanted: Wanted | None = None, *, limit: int | None = None) -> Answer:
        """The events that are wanted, all without a wish, the latest first; one row each, with their `tellings`."""
        return self._ask(*events_query(wanted or Wanted(), limit))

    def late_stories(self, wanted: Wanted | None = None, *, limit: int = 50) -> list[Story]:
        """Some of the stories that are wanted, the latest first, without a look at those of long ago."""
        return [story_of_row(row) for row in stories_of(self._ask, self._catalogue, wanted or Wanted(), limit)]

    def page(self, wanted: Wanted | None = None, *, after: Place | None = None, limit: int = 50) -> Page:
        """Some of the events that are wanted, by the day on which they were first told, the latest first."""
        return page_of(self._ask, self._events, self._catalogue, wanted or Wanted(), after, limit)

    def changes(self, since: int = 0, *, limit: int | None = None) -> Answer:
        """What was added, changed, merged or withdrawn after the change of this number, in order."""
        return self._ask("SELECT * FROM changes WHERE number > ? ORDER BY number LIMIT ?", (since, limit))

    def story(self, id: str) -> Story:
        """A story, by its id, the first letters of it, or an id that it had before.

        Raises `NotThere` when there is none, or more than one begins so.
        """
        found = self._named("stories", "story", id)
        return story_of_row(found)

    def event(self, id: str) -> Event:
        """An event, by its id, the first letters of it, or an id that it had before.

        Raises `NotThere` when there is none, or more than one begins so.
        """
        return event_of_row(self._named("events", "event", id))

    def placement(self, article: str) -> Row | None:
        """In which story an article stands, and what it copies: a row of `placements`; None before the first `fuse`."""
        told = self._catalogue.told_of([article]).get(article)
        question = "SELECT * FROM placements WHERE article = ?"
        months = {month_of_day(told.day if told else None)}
        return next(iter(self._ask(question, [article], months)), None)

    def placements_of(self, story: Story) -> list[Row]:
        """The articles of a story, as rows of `placements`, the earliest first."""
        question = "SELECT * FROM placements WHERE story = ? ORDER BY date NULLS LAST, nearness DESC, article"
        return list(self._ask(question, [story.id], _months_of(story)))

    def events_of(self, story: Story, article: str | None = None) -> list[Event]:
        """What happened in a story, or what one of its articles tells of it; the latest told first."""
        told = " AND len(list_filter(tellings, lambda t: t.article = ?)) > 0" if article else ""
        question = f"SELECT * FROM events WHERE story = ?{told} ORDER BY first_date DESC NULLS LAST, id"  # noqa: S608
        return [
            event_of_row(row)
            for row in self._ask(question, [story.id, *([article] if article else [])], _months_of(story))
        ]

    def told_between(self, since: date, until: date, question: str, parameters: Sequence[object] = ()) -> Answer:
        """The answer to a question about what was first told from a day to a day: no other month is opened."""
        months = set(months_between(f"{since:%Y-%m}", f"{until:%Y-%m}"))
        return self._ask(question, parameters, months)

    def last_day(self, noun: str = "events") -> date | None:
        """The last day of the last month, up to this one, in which rows of a noun may lie."""
        this = f"{date.today():%Y-%m}"
        months = [month for month in self._catalogue.months(noun) if month[:4].isdigit() and month <= this]
        if not months:
            return None
        year, month = int(months[-1][:4]), int(months[-1][5:7])
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)

    def stated_lately(self, limit: int = 10) -> list[StatedTurn]:
        """Which events stated a turn of a relation last."""
        told = self._catalogue.stated_lately(date.today().toordinal(), limit)
        return [msgspec.json.decode(one, type=StatedTurn) for one in told]

    def story_or_event(self, id: str) -> Story | Event:
        """Whichever of them has this id. Raises `StoreError` as `story` does."""
        found = self._found("stories", "story or event", id)
        return story_of_row(found) if found else self.event(id)

    def _named(self, table: str, noun: str, id: str) -> Row:
        found = self._found(table, noun, id)
        if found is None:
            raise NotThere(f"{self.path}: no {noun} '{id}'; detente {table} --store {self.path} lists them")
        return found

    def _found(self, table: str, noun: str, id: str) -> Row | None:
        now = self._catalogue.now_called(id)
        if now is None:
            raise NotThere(f"{self.path}: {noun} {id} is gone: nothing that it held is in the store any more")
        found = self._catalogue.beginning(table, now, 3) if now else {}
        if len(found) > 1:
            raise NotThere(f"{self.path}: several {table} begin with '{id}' ({min(found)} ...); give more of it")
        question = f"SELECT * FROM {table} WHERE id = ?"  # noqa: S608  # a table of ours
        return next((row for one, month in found.items() for row in self._ask(question, [one], {month})), None)

    def relation(
        self,
        one: str,
        other: str = "*",
        *,
        by: Step = "week",
        since: date | None = None,
        until: date | None = None,
        scale: str = "plover",
        standing: Sequence[str] = FACTS,
    ) -> Course:
        """How two sides dealt with each other over time, and where it turned; in Jupyter it is drawn.

        relation("NATO", "RUS"), relation("RUS MIL", "GEO"), relation("RUS, BLR", "*", by="month")

        Raises `QuestionError` for sides, scales and days that are none.
        """
        return self.dealt(one, other, since=since, until=until, scale=scale).course(by=by, standing=standing)

    def dealt(
        self,
        one: str,
        other: str = "*",
        *,
        since: date | None = None,
        until: date | None = None,
        scale: str = "plover",
        types: Sequence[str] = (),
        told: Told = EVERYTHING,
    ) -> Dealt:
        """A relation, to be asked for its course and its events.

        `types` leaves out all other types of events, `told` those that nobody tells so. Raises as `relation`.
        """
        sides, measure = (Side.of(one), Side.of(other)), Scale.named(scale)
        with self._catalogue.snapshot():
            kept = Dyad.between(self._catalogue, *sides, since, until)
            volume = {date.fromisoformat(day): count for day, count in self._catalogue.volume()}
        dealings = self._narrowed(kept.dealings(measure), types, told)
        return Dealt(sides, dealings, kept.stated(), volume, (since, until), (self._sentences, self._events))

    def _events(self, ids: Sequence[str], actors: Collection[str] = ()) -> list[Event]:
        """The events of some ids, in that order; of actors who mostly are their sources and targets."""
        found = self._event_rows(ids, actors)
        return [event_of_row(found[id]) for id in ids if id in found]

    def _sentences(self, ids: Sequence[str], actors: Collection[str] = ()) -> dict[str, str]:
        """What some events are told with; of actors as in `_events`."""
        return {id: row["text"] for id, row in self._event_rows(ids, actors, "id, text").items()}

    def _event_rows(self, ids: Sequence[str], actors: Collection[str], columns: str = "*") -> dict[str, Row]:
        """Rows of events by their ids.

        They lie by who did them: where the actors are told, those of others are not opened, and what is not found so (a
        third actor is named first) is looked for without them.
        """
        months = self._catalogue.months_of("events", ids)
        found: dict[str, Row] = {}
        for sides in (sorted(actors), []) if actors else ([],):
            wanted = [id for id in ids if id not in found and id in months]
            if wanted:
                rows = self._ask(*by_ids_query(wanted, sides, columns), {months[id] for id in wanted})
                found |= {row["id"]: row for row in rows}
        return found

    def _narrowed(self, dealings: Dealings, types: Sequence[str], told: Told) -> Dealings:
        """Those of some types, and those that are told so: the pairs know nothing of it, so their events are asked."""
        if types:
            dealings = dealings.of_types(types)
        if told == EVERYTHING or not len(dealings):
            return dealings
        ids = sorted(set(dealings.events()))
        months = set(self._catalogue.months_of("events", ids).values())
        return dealings.of_events({row["id"] for row in self._ask(*told_so_query(told, ids), months)})

    def related(self, article: str, *, limit: int = 20) -> list[Related]:
        """What to read with an article: the rest of its story, then earlier stories of the same actors.

        Raises `NotThere` when no article, or more than one, begins so.
        """
        id = self._holder(article).article
        told = self._catalogue.told_of([id])[id]
        months = _months_before(date.fromisoformat(told.day)) if told.day else None
        return related(partial(self._ask, months=months), id, limit)

    def last_change(self) -> int:
        """The number of the last change of stories and events: what a store holds has one for each state."""
        return self._catalogue.meta(CHANGES)

    def lines(self, before: int = 0, limit: int = 50) -> list[tuple[int, Entry]]:
        """The latest lines of the ledger with their numbers, or those before a number, the latest first."""
        return self._catalogue.lines_after(before, limit)

    def saved(self) -> dict[str, str]:
        """The searches that were kept, by their names: addresses of the desk."""
        note = self._catalogue.note(SAVED)
        return msgspec.json.decode(note, type=dict[str, str]) if note else {}

    def is_fused(self) -> bool:
        """Whether copies, stories and events are up to date with the articles."""
        return not self._catalogue.has_pending()

    def corrections(self) -> list[Correction]:
        """What users decided, the oldest first."""
        return [correction_of(row) for row in self._catalogue.corrections()]

    def faults(self) -> list[str]:
        """What is wrong with the store: each segment is read and compared with what was written."""
        found = [self._catalogue.fault()]
        with self._catalogue.snapshot():
            listed = self._catalogue.segments()
        found += [segments.fault_of(self.path, segment) for segment in listed]
        return [fault for fault in found if fault]

    # -- What is known of records -------------------------------------------------------------------------------------

    def known(self, records: Iterable[Record], version: str) -> set[Key]:
        """Which of these records were published by this version of the coder, as (origin, record id)."""
        keys = [(record.origin, record.id) for record in records]
        return {key for key, entry in self._catalogue.entries(keys).items() if entry.version == version}

    def codings(self, keys: Iterable[Key], *, whole: bool = False) -> dict[Key, Coding]:
        """What was published of these records: state, article and reports; `whole` adds sentences and mentions."""
        with self._catalogue.snapshot():
            entries = self._catalogue.entries(keys)
            holders = self._catalogue.holders(entry.article for entry in entries.values() if entry.article)
            held = {key: entry.article for key, entry in entries.items() if entry.article in holders}
            held = {key: article for key, article in held.items() if article and holders[article].key == key}
            listed = self._catalogue.segments(units={holders[article].unit for article in held.values()})
        nouns = CODED if whole else ("articles", "reports")
        parts = self._parts(listed, set(held.values()), nouns)
        return {key: _coding(entry, parts.get(held.get(key, ""), {})) for key, entry in entries.items()}

    def _parts(
        self, listed: Sequence[Segment], articles: Set[str], nouns: Iterable[str]
    ) -> dict[str, dict[str, list[Row]]]:
        """The rows of some articles: by article, then by noun."""
        parts: dict[str, dict[str, list[Row]]] = {}
        for segment in listed:
            if segment.noun in nouns:
                column = "id" if segment.noun == "articles" else "article"
                for row in segments.read(self.path, segment, articles=articles).to_pylist():
                    parts.setdefault(row[column], {}).setdefault(segment.noun, []).append(row)
        return parts


def _months_before(day: date) -> set[str]:
    """In which stories lie that are still worth reading with an article: what shares with it fades within months."""
    first, last = day - timedelta(FADED * 30), day + timedelta(62)
    return {*months_between(f"{first:%Y-%m}", f"{last:%Y-%m}"), UNDATED}


def _months_of(story: Story) -> set[str]:
    """In which what a story is made of lies."""
    first, last = month_of_day(story.first), month_of_day(story.last)
    return {*months_between(first, last), UNDATED}


def _correction_row(correction: Correction) -> Row:
    row: Row = msgspec.to_builtins(correction)
    decision: Row = row.pop("decision")
    return row | decision


def _coding(entry: Entry, parts: dict[str, list[Row]]) -> Coding:
    articles = parts.get("articles", [])
    ordered = {noun: sorted(rows, key=lambda row: row["number"]) for noun, rows in parts.items() if noun != "articles"}
    return Coding(
        record=entry.record,
        origin=entry.origin,
        state=entry.state,
        reason=entry.reason,
        article=article_of_row(articles[0]) if articles else None,
        sentences=tuple(map(sentence_of_row, ordered.get("sentences", []))),
        mentions=tuple(map(mention_of_row, ordered.get("mentions", []))),
        reports=tuple(map(report_of_row, ordered.get("reports", []))),
    )
