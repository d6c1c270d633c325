"""The store: publishes what was coded, unit by unit, and answers questions about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from detente.errors import NotThere, StoreError
from detente.model import Coding, id_of
from detente.relations import Course
from detente.relations.looks import Look, News, looked
from detente.store import segments
from detente.store.catalogue import CORRECTED, Entry, Holder, Key
from detente.store.correcting import calling_wrong, merging, setting, splitting, user
from detente.store.corrections import Correction, Decision, article_of, encoded
from detente.store.fusing import Fusing, fuse_once
from detente.store.later import Later, handed_over, later_of
from detente.store.reader import SAVED, Reader
from detente.store.rows import day_of, outlet_of, table_of
from detente.store.schema import CODED, SORTED_BY
from detente.store.upkeep import merge_small_units, tidy


class Store(Reader):
    """A folder with everything that was coded into it.

    with Store("events") as store:
        store.publish(codings, version=coder.version)
        store.fuse()
        store.sql("select source_id, target_id, count(*) from event_dyads group by all").df()
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        """Open a store; a folder that is missing or empty becomes one, unless `create` is False.

        Raises `StoreError` when the folder holds something else, or a store that is damaged or of another version.
        """
        super().__init__(path, create=create)
        self._tidied = False

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
        kept = [coding for coding in settled if coding.article and coding.state not in ("duplicate", "withdrawn")]
        if not self._catalogue.has_unit(unit):
            self._catalogue.add_unit(unit, version, len(codings))
        self._release(released, unit, later.heirs)
        self._catalogue.drop_lines(later.replaced.values())
        for noun in CODED:
            rows = table_of(noun, kept).sort_by([(column, "ascending") for column in SORTED_BY[noun]])
            self._catalogue.add_segments(segments.write(self.path, noun, unit, rows))
        for coding in kept:
            self._hold(coding, unit)
        self._catalogue.write_ledger([*later.heirs.values(), *(_entry(coding, version) for coding in settled)])
        return settled

    def _without_duplicates(self, codings: Sequence[Coding], released: Set[str]) -> list[Coding]:
        """The codings with those that tell an article again marked as duplicates of the first origin."""
        asked = {coding.article.id for coding in codings if coding.article} - released
        first = {article: holder.origin for article, holder in self._catalogue.holders(asked).items()}
        lines = self._catalogue.lines_with(asked - first.keys())
        withdrawn = {line.article: line.reason for line in lines if line.state == "withdrawn"}
        settled = []
        for coding in codings:
            if coding.article is None:
                settled.append(coding)
            elif coding.article.id in withdrawn:
                reason = withdrawn[coding.article.id]
                settled.append(msgspec.structs.replace(coding, state="withdrawn", reason=reason))
            elif coding.article.id in first:
                reason = f"the same article as {first[coding.article.id]}"
                settled.append(msgspec.structs.replace(coding, state="duplicate", reason=reason))
            else:
                first[coding.article.id] = coding.origin
                settled.append(coding)
        return settled

    # -- Putting together ---------------------------------------------------------------------------------------------

    def fuse(self) -> Fusing:
        """Brings copies, stories and events up to date with what came, left or was corrected since the last time.

        Only days on which they can change are put together anew; the result is the same as if all had come at once (up
        to what docs/stories.md names). Raises `StoreError` as `publish` does.
        """
        total = Fusing()
        while True:
            done = fuse_once(self.path, self._catalogue)
            if done is None:
                continue  # another process was first: all is looked at again
            total = Fusing(
                articles=total.articles + done.articles,
                stories=total.stories + done.stories,
                events=total.events + done.events,
                changes=total.changes + done.changes,
            )
            if not done.waiting:
                return total

    def withdraw(self, articles: Sequence[str], *, why: str) -> int:
        """Takes articles out with all that comes of them; their records end as withdrawn, and are not coded again.

        How many records there were. Raises `StoreError` for an article that the store does not hold.
        """
        gone = set(articles)
        with self._catalogue.writing():
            holders = self._catalogue.holders(gone)
            if missing := gone - holders.keys():
                raise StoreError(f"{self.path}: no article '{min(missing)}'; ids stand in the articles table")
            self._release(list(holders.values()), id_of("withdrawn", *sorted(gone)), {}, f"withdrawn: {why}")
            lines = self._catalogue.lines_with(gone)
            withdrawn = [msgspec.structs.replace(line, state="withdrawn", reason=why) for line in lines]
            self._catalogue.write_ledger(withdrawn)
        return len(withdrawn)

    def readmit(self, articles: Sequence[str]) -> int:
        """Forgets that articles were withdrawn, so that they may be coded again; how many records are free now."""
        with self._catalogue.writing():
            lines = [line for line in self._catalogue.lines_with(articles) if line.state == "withdrawn"]
            self._catalogue.drop_lines(lines)
        return len(lines)

    def look_at(self, course: Course) -> tuple[Look, News]:
        """What is known of a relation now, and what turned since the last look that was kept.

        At the first look nothing is new.
        """
        note = self._catalogue.note(_look_key(course))
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return looked(course, msgspec.json.decode(note, type=Look) if note else None, moment)

    def keep_look(self, course: Course, look: Look) -> None:
        """Keeps a look: what it holds is no news any more. Raises `StoreError` when the disk refuses."""
        with self._catalogue.writing():
            self._catalogue.keep_note(_look_key(course), msgspec.json.encode(look).decode())

    def keep_searches(self, searches: Mapping[str, str]) -> None:
        """Keeps searches by their names, in place of those before. Raises `StoreError` when the disk refuses."""
        with self._catalogue.writing():
            self._catalogue.keep_note(SAVED, msgspec.json.encode(searches).decode())

    # -- Correcting ---------------------------------------------------------------------------------------------------

    def merge(self, ids: Sequence[str], *, why: str, who: str | None = None) -> int:
        """Decides that stories, or events, are one; the number of the decision. It holds from the next `fuse` on.

        Raises `QuestionError` for what cannot be one, `StoreError` for an id that is not there.
        """
        return self._decide(merging(self, ids), why, who)

    def split(self, id: str, parts: Sequence[str], *, why: str, who: str | None = None) -> int:
        """Decides that articles of a story, or reports of an event, are another one together. As `merge`."""
        return self._decide(splitting(self, id, parts), why, who)

    def call_wrong(self, id: str, *, why: str, who: str | None = None) -> int:
        """Decides that an event, or a report, tells nothing that there is. As `merge`."""
        return self._decide(calling_wrong(self, id), why, who)

    def set_field(self, id: str, field: str, value: str | None, *, why: str, who: str | None = None) -> int:
        """Decides what a field of an event says: type, mode, cameo, standing, start or end. As `merge`."""
        return self._decide(setting(self, id, field, value), why, who)

    def undo(self, number: int) -> Correction:
        """Takes a decision back. Raises `NotThere` when there is none of that number."""
        found = next((one for one in self.corrections() if one.number == number), None)
        if found is None:
            raise NotThere(f"{self.path}: no correction {number}; detente correct list shows them")
        days = self._days_of(found.decision)
        with self._catalogue.writing():
            self._catalogue.drop_correction(number)
            self._note_corrected(days)
        return found

    def _decide(self, decision: Decision, why: str, who: str | None) -> int:
        days = self._days_of(decision)
        with self._catalogue.writing():
            number = self._catalogue.add_correction(who or user(), why, encoded(decision))
            self._note_corrected(days)
        return number

    def _days_of(self, decision: Decision) -> dict[str, str | None]:
        """The articles that a decision is about, with their days."""
        articles = sorted({article_of(member) for member in (*decision.members, *decision.others)})
        rows = self.sql("SELECT id, date FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))", (articles,))
        return {row["id"]: row["date"].isoformat() if row["date"] else None for row in rows}

    def _note_corrected(self, days: Mapping[str, str | None]) -> None:
        for article, day in days.items():
            self._catalogue.note_pending(article, day, CORRECTED)

    def _hold(self, coding: Coding, unit: str) -> None:
        if coding.article:
            holder = Holder(article=coding.article.id, origin=coding.origin, record=coding.record, unit=unit)
            day = day_of(coding.article.anchor.value) if coding.article.anchor else None
            outlet = outlet_of(coding.article.agency, coding.article.publisher, coding.article.url)
            self._catalogue.add_article(
                holder, coding.article.headline or "", coding.article.text, day.isoformat() if day else None, outlet
            )

    def _release(
        self, released: Sequence[Holder], unit: str, heirs: Mapping[str, Entry], why: str = "replaced"
    ) -> None:
        """Take articles out that are about to be replaced: their segments are rewritten without them.

        An article that another record told again goes to that record instead.
        """
        gone = {holder.article for holder in released} - heirs.keys()
        for article, heir in heirs.items():
            self._catalogue.hand_over(article, heir.key)
        for segment in self._catalogue.segments(units={holder.unit for holder in released}):
            if segment.noun not in CODED:
                continue
            table = segments.read(self.path, segment)
            if segment.noun == "articles":
                for row in table.select(["id", "headline", "text", "date"]).to_pylist():
                    if row["id"] in gone:
                        day = row["date"].isoformat() if row["date"] else None
                        self._catalogue.drop_article(row["id"], row["headline"] or "", row["text"], day, why)
            rest = handed_over(segments.without(table, segment.noun, gone), segment.noun, heirs)
            self._catalogue.drop_segments([segment])
            if rest.num_rows:
                self._catalogue.add_segments([segments.rewrite(self.path, segment, rest, unit)])


def _look_key(course: Course) -> str:
    return f"look {course.one} | {course.other} | {course.by} | {course.scale}"


def unit_id(codings: Iterable[Coding], version: str) -> str:
    """The same records coded by the same version of the coder are the same unit."""
    return id_of("unit", version, *(part for coding in codings for part in (coding.origin, coding.record)))


def _once(codings: Iterable[Coding]) -> Iterable[Coding]:
    """Each record once, though a source may be named twice."""
    return {(coding.origin, coding.record): coding for coding in codings}.values()


def _is_settled(coding: Coding, entries: dict[Key, Entry], version: str) -> bool:
    entry = entries.get((coding.origin, coding.record))
    if entry is not None and entry.state == "withdrawn":
        return True
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
