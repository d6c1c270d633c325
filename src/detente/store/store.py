"""The store: publishes what was coded, unit by unit, and answers questions about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import pyarrow as pa

from detente.errors import StoreError
from detente.model import Article, Coding, Record, Report, id_of
from detente.store import segments
from detente.store.catalogue import Catalogue, Entry, Holder, Key
from detente.store.later import Later, handed_over, later_of
from detente.store.questions import LEDGER, Answer, ask
from detente.store.rows import Row, article_of_row, mention_of_row, report_of_row, sentence_of_row, table_of
from detente.store.schema import SCHEMAS, SORTED_BY
from detente.store.segments import Segment
from detente.store.upkeep import merge_small_units, tidy


class Store:
    """A folder with everything that was coded into it.

    with Store("events") as store:
        store.publish(codings, version=coder.version)
        store.sql("select source_id, target_id, count(*) from dyads group by all").df()
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        """Open a store; a folder that is missing or empty becomes one, unless `create` is False.

        Raises `StoreError` when the folder holds something else, or a store that is damaged or of another version.
        """
        self.path = Path(path)
        self._catalogue = Catalogue(self.path, create=create)
        self._tidied = False

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
            files: dict[str, list[Path]] = {noun: [] for noun in SCHEMAS}
            for segment in self._catalogue.segments():
                files[segment.noun].append((self.path / segment.path).resolve())
            # The ledger is copied out of SQLite, which is waste for the many questions that do not name it.
            ledger = self._ledger_table() if "ledger" in question.lower() else None
        return ask(question, files, ledger, parameters)

    def _ledger_table(self) -> pa.Table:
        return pa.Table.from_pylist([msgspec.structs.asdict(entry) for entry in self._catalogue.ledger()], LEDGER)

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

    def search(self, words: str, *, limit: int = 20) -> Answer:
        """Articles whose headline or text has all these words, best first."""
        found = self._catalogue.search(words, limit)
        return self.sql(
            "SELECT id, headline, origin, url, date FROM articles WHERE list_contains(?::VARCHAR[], id)"
            " ORDER BY list_position(?::VARCHAR[], id)",
            (found, found),
        )

    def report(self, id: str) -> tuple[Report, Article]:
        """A report with its article, by its id or the first letters of it.

        Raises `StoreError` when no report, or more than one, begins so.
        """
        rows = list(self.sql("SELECT * FROM reports WHERE starts_with(id, ?) ORDER BY id LIMIT 3", (id,)))
        if not id or not rows:
            raise StoreError(f"{self.path}: no report '{id}'; ids stand in the reports table and behind each sentence")
        if len(rows) > 1:
            raise StoreError(f"{self.path}: several reports begin with '{id}' ({rows[0]['id']} ...); give more of it")
        articles = list(self.sql("SELECT * FROM articles WHERE id = ?", (rows[0]["article"],)))
        return report_of_row(rows[0]), article_of_row(articles[0])

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
        nouns = SCHEMAS if whole else ("articles", "reports")
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

    # -- Publishing ---------------------------------------------------------------------------------------------------

    def publish(
        self,
        codings: Sequence[Coding],
        *,
        version: str,
        instead_of: Mapping[str, Collection[str]] | None = None,
    ) -> tuple[Coding, ...]:
        """Publish what was coded as one unit: all of it is seen at once, or nothing.

        Records that this version of the coder published before change nothing; those that another version published
        are replaced. An article that another record holds is not stored twice: its record ends as a duplicate. Gives
        back the codings as the ledger has them.

        `instead_of` is for pages that are read again: origin -> the origins (its own, its former address) whose records
        it takes the place of, so that a corrected article replaces the older one. What holds no article takes nobody's
        place: a page that is an error page today comes back as it is, and the article of yesterday stays.

        Raises `StoreError` when the disk refuses or another process does not stop writing.
        """
        with self._catalogue.writing():
            if not self._tidied:
                tidy(self.path, self._catalogue)
                self._tidied = True
            entries = self._catalogue.entries((coding.origin, coding.record) for coding in codings)
            new = [coding for coding in _once(codings) if not _is_settled(coding, entries, version)]
            later = later_of(self._catalogue, new, instead_of or {})
            new = [coding for coding in new if coding.origin not in later.empty]
            if new:
                new = self._publish_new(new, entries, version, later)
                if merge_small_units(self.path, self._catalogue):
                    self._tidied = False
        settled = {(coding.origin, coding.record): coding for coding in new}
        return tuple(_as_in_ledger(coding, settled, entries) for coding in codings)

    def _publish_new(
        self, codings: Sequence[Coding], entries: dict[Key, Entry], version: str, later: Later
    ) -> list[Coding]:
        unit = unit_id(codings, version)
        released = self._catalogue.held_by(
            [*(key for coding in codings if (key := (coding.origin, coding.record)) in entries), *later.replaced]
        )
        settled = self._without_duplicates(codings, {holder.article for holder in released} - later.heirs.keys())
        kept = [coding for coding in settled if coding.article and coding.state != "duplicate"]
        if not self._catalogue.has_unit(unit):
            self._catalogue.add_unit(unit, version, len(codings))
        self._release(released, unit, later.heirs)
        self._catalogue.drop_lines(later.replaced.values())
        for noun, order in SORTED_BY.items():
            rows = table_of(noun, kept).sort_by([(column, "ascending") for column in order])
            self._catalogue.add_segments(segments.write(self.path, noun, unit, rows))
        for coding in kept:
            self._hold(coding, unit)
        self._catalogue.write_ledger([*later.heirs.values(), *(_entry(coding, version) for coding in settled)])
        return settled

    def _without_duplicates(self, codings: Sequence[Coding], released: Set[str]) -> list[Coding]:
        """The codings with those that tell an article again marked as duplicates of the first origin."""
        asked = {coding.article.id for coding in codings if coding.article} - released
        first = {article: holder.origin for article, holder in self._catalogue.holders(asked).items()}
        settled = []
        for coding in codings:
            if coding.article is None:
                settled.append(coding)
            elif coding.article.id in first:
                reason = f"the same article as {first[coding.article.id]}"
                settled.append(msgspec.structs.replace(coding, state="duplicate", reason=reason))
            else:
                first[coding.article.id] = coding.origin
                settled.append(coding)
        return settled

    def _hold(self, coding: Coding, unit: str) -> None:
        if coding.article:
            holder = Holder(article=coding.article.id, origin=coding.origin, record=coding.record, unit=unit)
            self._catalogue.add_article(holder, coding.article.headline or "", coding.article.text)

    def _release(self, released: Sequence[Holder], unit: str, heirs: Mapping[str, Entry]) -> None:
        """Take articles out that are about to be replaced: their segments are rewritten without them.

        An article that another record told again goes to that record instead.
        """
        gone = {holder.article for holder in released} - heirs.keys()
        for article, heir in heirs.items():
            self._catalogue.hand_over(article, heir.key)
        for segment in self._catalogue.segments(units={holder.unit for holder in released}):
            table = segments.read(self.path, segment)
            if segment.noun == "articles":
                for row in table.select(["id", "headline", "text"]).to_pylist():
                    if row["id"] in gone:
                        self._catalogue.drop_article(row["id"], row["headline"] or "", row["text"])
            rest = handed_over(segments.without(table, segment.noun, gone), segment.noun, heirs)
            self._catalogue.drop_segments([segment])
            if rest.num_rows:
                self._catalogue.add_segments([segments.rewrite(self.path, segment, rest, unit)])


def unit_id(codings: Iterable[Coding], version: str) -> str:
    """The same records coded by the same version of the coder are the same unit."""
    return id_of("unit", version, *(part for coding in codings for part in (coding.origin, coding.record)))


def _once(codings: Iterable[Coding]) -> Iterable[Coding]:
    """Each record once, though a source may be named twice."""
    return {(coding.origin, coding.record): coding for coding in codings}.values()


def _is_settled(coding: Coding, entries: dict[Key, Entry], version: str) -> bool:
    entry = entries.get((coding.origin, coding.record))
    if entry is None or entry.version != version:
        return False
    # What could not be read has no id of its content, so the same key may have failed otherwise today.
    return bool(coding.record) or (entry.state, entry.reason) == (coding.state, coding.reason)


def _as_in_ledger(coding: Coding, settled: dict[Key, Coding], entries: dict[Key, Entry]) -> Coding:
    key = (coding.origin, coding.record)
    if key in settled:
        return settled[key]
    if (entry := entries.get(key)) is None:
        return coding
    return msgspec.structs.replace(coding, state=entry.state, reason=entry.reason)


def _entry(coding: Coding, version: str) -> Entry:
    return Entry(
        origin=coding.origin,
        record=coding.record,
        state=coding.state,
        reason=coding.reason,
        article=coding.article.id if coding.article else None,
        version=version,
    )


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
