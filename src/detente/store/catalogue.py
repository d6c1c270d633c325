"""The catalogue: one SQLite file that says what the store is.

It names the segments, keeps the ledger (every record that went in, with exactly one state), the units (what was
published together) and the index of words. A reader sees all of a unit or nothing of it, because one transaction
publishes the segments of all nouns with the ledger; write-ahead logging lets others read meanwhile, and
`synchronous = FULL` makes a commit outlast a power cut.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from detente.errors import StoreError
from detente.model import State
from detente.store import pairs
from detente.store.pairs import Pair, Pairs
from detente.store.segments import Segment

FORMAT = "6"
FILE = "detente.db"
PATIENCE = 60.0
"""Seconds that a writer waits for others; a unit takes about two."""

CAME, CORRECTED = "came", "corrected"
"""Why an article is to be put together with others that is in the store."""

Key = tuple[str, str]
"""Origin and record id: what the ledger knows a record by."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE units (
    id TEXT PRIMARY KEY, version TEXT NOT NULL, records INTEGER NOT NULL,
    published TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) WITHOUT ROWID;
CREATE TABLE segments (
    path TEXT PRIMARY KEY, noun TEXT NOT NULL, unit TEXT NOT NULL REFERENCES units, rows INTEGER NOT NULL,
    size INTEGER NOT NULL, digest TEXT NOT NULL, first_month TEXT NOT NULL, last_month TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX segments_by_unit ON segments (unit);
CREATE INDEX segments_by_month ON segments (noun, last_month);
CREATE TABLE dropped (path TEXT PRIMARY KEY, at INTEGER NOT NULL DEFAULT (strftime('%s', 'now'))) WITHOUT ROWID;
CREATE TABLE ledger (
    number INTEGER PRIMARY KEY, origin TEXT NOT NULL, record TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, article TEXT, version TEXT NOT NULL, UNIQUE (origin, record)
);
CREATE INDEX ledger_by_article ON ledger (article);
CREATE TABLE states (state TEXT PRIMARY KEY, records INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE coders (version TEXT PRIMARY KEY, records INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER ledger_in AFTER INSERT ON ledger BEGIN
    INSERT INTO states VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET records = records + 1;\
    INSERT INTO coders VALUES (new.version, 1) ON CONFLICT (version) DO UPDATE SET records = records + 1; END;
CREATE TRIGGER ledger_out AFTER DELETE ON ledger BEGIN
    UPDATE states SET records = records - 1 WHERE state = old.state;\
    UPDATE coders SET records = records - 1 WHERE version = old.version; END;
CREATE TRIGGER ledger_other AFTER UPDATE OF state, version ON ledger BEGIN
    UPDATE states SET records = records - 1 WHERE state = old.state;\
    UPDATE coders SET records = records - 1 WHERE version = old.version;\
    INSERT INTO states VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET records = records + 1;\
    INSERT INTO coders VALUES (new.version, 1) ON CONFLICT (version) DO UPDATE SET records = records + 1; END;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, record TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES units, day TEXT, outlet TEXT NOT NULL, headline TEXT NOT NULL
);
CREATE INDEX articles_by_day ON articles (day);
CREATE TABLE shelves (
    noun TEXT NOT NULL, id TEXT NOT NULL, month TEXT NOT NULL, PRIMARY KEY (noun, id)
) WITHOUT ROWID;
CREATE TABLE months (
    noun TEXT NOT NULL, month TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (noun, month)
) WITHOUT ROWID;
CREATE TRIGGER shelf_in AFTER INSERT ON shelves BEGIN
    INSERT INTO months VALUES (new.noun, new.month, 1) ON CONFLICT (noun, month) DO UPDATE SET rows = rows + 1; END;
CREATE TRIGGER shelf_out AFTER DELETE ON shelves BEGIN
    UPDATE months SET rows = rows - 1 WHERE noun = old.noun AND month = old.month; END;
CREATE TRIGGER shelf_other AFTER UPDATE OF month ON shelves BEGIN
    UPDATE months SET rows = rows - 1 WHERE noun = old.noun AND month = old.month; INSERT INTO months
    VALUES (new.noun, new.month, 1) ON CONFLICT (noun, month) DO UPDATE SET rows = rows + 1; END;
CREATE TABLE volume (day TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX articles_by_unit ON articles (unit);
CREATE TABLE pending (
    number INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL UNIQUE, day TEXT, why TEXT NOT NULL
);
CREATE TABLE aliases (old TEXT PRIMARY KEY, new TEXT, noun TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    who TEXT NOT NULL, why TEXT NOT NULL, content TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5 (
    headline, text, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'
);
"""
# Statements end where a line ends with a semicolon; those of triggers stand in one line.
# The index keeps no second copy of the text (content=''): to take an article out, its words are handed in again. Few
# words begin with the same five letters; all that begin with fewer would be gone through, so these are kept as well.


class Entry(Struct, frozen=True, kw_only=True):
    """A line of the ledger: how a record ended."""

    origin: str
    record: str
    state: State
    reason: str
    article: str | None
    version: str

    @property
    def key(self) -> Key:
        """What the ledger knows the record by."""
        return self.origin, self.record


class Holder(Struct, frozen=True, kw_only=True):
    """The record that an article of the store was coded from."""

    article: str
    origin: str
    record: str
    unit: str

    @property
    def key(self) -> Key:
        """What the ledger knows the record by."""
        return self.origin, self.record


class Found(Struct, frozen=True):
    """An article in a list: what the catalogue knows of it."""

    article: str
    headline: str
    outlet: str
    day: str | None
    rank: float
    """Of a search: the lower, the better."""


class Pending(Struct, frozen=True):
    """An article that came, left or was corrected since the articles were last put together."""

    number: int
    article: str
    day: str | None
    why: str
    """"came", "corrected", or why it left."""

    @property
    def has_left(self) -> bool:
        """It is in the store no more."""
        return self.why not in (CAME, CORRECTED)


class Catalogue:
    """An open catalogue. Reads see one state of the store as long as they stand inside `snapshot`."""

    def __init__(self, folder: Path, *, create: bool) -> None:
        """Open the catalogue of a folder, or make it.

        Raises `StoreError` when there is none (and `create` is not set, or the folder holds other things), or when it
        is damaged or of another version.
        """
        self.path = folder / FILE
        if not create and not self.path.is_file():
            raise StoreError(f"{folder}: no store is here; make one with detente code SOURCE --store {folder}")
        try:
            if create and not self.path.is_file():
                folder.mkdir(parents=True, exist_ok=True)
                # Another writer may be making the store at this moment: its catalogue comes first.
                if any(folder.iterdir()) and not self.path.is_file():
                    raise StoreError(f"{folder}: holds other things and no store; name a new or empty folder")
            self._threads = threading.local()
            self._opened: list[sqlite3.Connection] = []
            self._check_format(create)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{folder}: cannot open the store: {error}") from error

    @property
    def _db(self) -> sqlite3.Connection:
        """The connection of this thread: transactions of two threads must not mix."""
        if not hasattr(self._threads, "db"):
            self._threads.db = self._connect()
            self._opened.append(self._threads.db)
        return self._threads.db  # type: ignore[no-any-return]

    def _connect(self) -> sqlite3.Connection:
        # Others may read a store that they may not write; SQLite's log would else want to write beside the file.
        mode = "rwc" if os.access(self.path.parent, os.W_OK) else "ro"
        source = f"{self.path.resolve().as_uri()}?mode={mode}"
        # autocommit (isolation_level None): transactions begin and end where this file says so and nowhere else.
        db = sqlite3.connect(source, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        if mode == "rwc":
            _patiently(db, "PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
        return db

    def _check_format(self, create: bool) -> None:
        there = "SELECT 1 FROM sqlite_master WHERE name = 'meta'"
        if create and not self._db.execute(there).fetchone():
            with self.writing():
                if not self._db.execute(there).fetchone():
                    for statement in (_TABLES + pairs.TABLES).split(";\n"):
                        self._db.execute(statement)
                    self._db.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
        found = self._db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        if found is None or found[0] != FORMAT:
            raise StoreError(
                f"{self.path}: a store of format {found and found[0]}, this version of Detente reads format {FORMAT}; "
                "install the version that made it, or code the sources into a new store"
            )

    def close(self) -> None:
        """Close the file."""
        for db in self._opened:
            db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, alone among writers; all of it is done or nothing.

        Raises `StoreError` when another writer holds the store for more than a minute, or the disk refuses.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is one state of the store, whatever others publish meanwhile."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            _patiently(self._db, begin)
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreError(f"{self.path}: another process has been writing for a minute; try again") from error
            raise StoreError(f"{self.path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self.path}: damaged: {error}; run detente doctor --store") from error

    # -- Questions ----------------------------------------------------------------------------------------------------

    def segments(self, noun: str | None = None, *, units: Set[str] | None = None) -> list[Segment]:
        """The segments that are the store now, of one noun or of some units alone."""
        rows = self._db.execute(
            "SELECT path, noun, unit, rows, size, digest, first_month, last_month FROM segments"
            " WHERE (?1 IS NULL OR noun = ?1) AND (?2 IS NULL OR unit IN (SELECT value FROM json_each(?2)))"
            " ORDER BY path",
            (noun, None if units is None else _json(units)),
        )
        return [Segment(**dict(zip(Segment.__struct_fields__, row, strict=True))) for row in rows]

    def paths(self, noun: str, months: Set[str] | None = None) -> list[str]:
        """Where the segments of a noun lie below the folder, or those alone that may hold rows of some months."""
        question = "SELECT path, first_month, last_month FROM segments WHERE noun = ?"
        if not months:
            return [path for path, _, _ in self._db.execute(question, (noun,))] if months is None else []
        question += " AND last_month >= ? AND first_month <= ?"
        found = self._db.execute(question, (noun, min(months), max(months)))
        return [path for path, first, last in found if first in months or last in months or _any(months, first, last)]

    def counts(self) -> dict[str, int]:
        """How many rows each noun has."""
        return dict(self._db.execute("SELECT noun, sum(rows) FROM segments GROUP BY noun"))

    def states(self) -> dict[str, int]:
        """How many records ended in each state."""
        return dict(self._db.execute("SELECT state, records FROM states WHERE records > 0 ORDER BY state"))

    def coders(self) -> list[str]:
        """The versions of the coder whose records these are."""
        return [version for (version,) in self._db.execute("SELECT version FROM coders WHERE records > 0 ORDER BY 1")]

    def ledger(self) -> Iterator[Entry]:
        """Every record that went in, in the order in which they were first published."""
        rows = self._db.execute("SELECT origin, record, state, reason, article, version FROM ledger ORDER BY number")
        return (_entry(row) for row in rows)

    def entries(self, keys: Iterable[Key]) -> dict[Key, Entry]:
        """The ledger's lines for these records, of those that it knows."""
        rows = self._db.execute(
            "SELECT l.origin, l.record, state, reason, article, version FROM json_each(?) AS k CROSS JOIN ledger AS l"
            " ON l.origin = json_extract(k.value, '$[0]') AND l.record = json_extract(k.value, '$[1]')",
            (_json(keys),),
        )
        return {entry.key: entry for entry in map(_entry, rows)}

    def holders(self, articles: Iterable[str]) -> dict[str, Holder]:
        """Which record each of these articles was coded from, of those that the store holds."""
        rows = self._db.execute(
            "SELECT article, origin, record, unit FROM articles WHERE article IN (SELECT value FROM json_each(?))",
            (_json(articles),),
        )
        return {row[0]: Holder(article=row[0], origin=row[1], record=row[2], unit=row[3]) for row in rows}

    def held_by(self, keys: Iterable[Key]) -> list[Holder]:
        """The articles that were coded from these records."""
        entries = self.entries(keys)
        holders = self.holders(entry.article for entry in entries.values() if entry.article)
        return [holder for holder in holders.values() if holder.key in entries]

    def lines_of(self, origins: Iterable[str]) -> list[Entry]:
        """The ledger's lines for all records that came from these origins."""
        rows = self._db.execute(
            "SELECT origin, record, state, reason, article, version FROM ledger"
            " WHERE origin IN (SELECT value FROM json_each(?))",
            (_json(origins),),
        )
        return list(map(_entry, rows))

    def lines_with(self, articles: Iterable[str]) -> list[Entry]:
        """The lines of all records that tell these articles, or told them before they were withdrawn."""
        rows = self._db.execute(
            "SELECT origin, record, state, reason, article, version FROM ledger"
            " WHERE article IN (SELECT value FROM json_each(?)) ORDER BY number",
            (_json(articles),),
        )
        return list(map(_entry, rows))

    def duplicates_of(self, articles: Iterable[str]) -> list[Entry]:
        """The lines of records that told these articles again, the first of each foremost."""
        rows = self._db.execute(
            "SELECT origin, record, state, reason, article, version FROM ledger"
            " WHERE state = 'duplicate' AND article IN (SELECT value FROM json_each(?)) ORDER BY number",
            (_json(articles),),
        )
        return list(map(_entry, rows))

    def find(self, words: str, wanted: Mapping[str, str], most: int) -> list[Found]:
        """The latest articles with these words, as FTS5 reads them, at most so many: best first if that is all of them.

        Of more the latest come first: words that stand in very many articles say little of one, and ranking them would
        take a look at each. `wanted` may hold `outlet`, `since` and `until`. Raises `sqlite3.OperationalError` for
        words that FTS5 cannot read.
        """
        conditions = {"outlet": "outlet = :outlet", "since": "day >= :since", "until": "day <= :until"}
        told = " AND ".join(["words MATCH :words", *(conditions[name] for name in wanted)])
        question = f"""
        SELECT article, articles.headline, outlet, day, {{rank}} AS score
        FROM words JOIN articles ON number = words.rowid
        WHERE {told} ORDER BY {{order}} words.rowid DESC LIMIT :most
        """  # noqa: S608  # conditions of ours
        given = {**wanted, "words": words, "most": most}
        latest = self._db.execute(question.format(rank="0.0", order=""), given).fetchall()
        if len(latest) >= most:
            return [Found(*row) for row in latest]
        best = question.format(rank="bm25(words, 5.0, 1.0)", order="score,")
        return [Found(*row) for row in self._db.execute(best, given)]

    def latest(self, limit: int) -> list[Found]:
        """The articles of the latest days."""
        question = "SELECT article, headline, outlet, day, 0.0 FROM articles ORDER BY day DESC, number DESC LIMIT ?"
        return [Found(*row) for row in self._db.execute(question, (limit,))]

    def told_of(self, articles: Iterable[str]) -> dict[str, Found]:
        """Headline, outlet and day of articles, by their ids."""
        question = (
            "SELECT article, headline, outlet, day, 0.0 FROM articles WHERE article IN (SELECT value FROM json_each(?))"
        )
        return {row[0]: Found(*row) for row in self._db.execute(question, (_json(articles),))}

    def articles_beginning(self, letters: str, limit: int) -> list[Holder]:
        """The articles whose ids begin so, with the records that they were coded from."""
        question = (
            "SELECT article, origin, record, unit FROM articles WHERE article >= ? AND article < ? ORDER BY 1 LIMIT ?"
        )
        rows = self._db.execute(question, (letters, f"{letters}\U0010ffff", limit))
        return [Holder(article=row[0], origin=row[1], record=row[2], unit=row[3]) for row in rows]

    def lines_after(self, number: int, limit: int) -> list[tuple[int, Entry]]:
        """The latest lines of the ledger, or those before a number, with their numbers, the latest first."""
        question = (
            "SELECT number, origin, record, state, reason, article, version FROM ledger"
            " WHERE number < ? ORDER BY number DESC LIMIT ?"
        )
        rows = self._db.execute(question, (number if number > 0 else 1 << 62, limit))
        return [(row[0], _entry(row[1:])) for row in rows]

    def units_below(self, size: int) -> list[tuple[str, int]]:
        """Units whose segments take fewer bytes than this together, with those bytes, the smallest first."""
        rows = self._db.execute(
            "SELECT unit, sum(size) FROM segments GROUP BY unit HAVING sum(size) < ? ORDER BY 2, 1", (size,)
        )
        return [(row[0], row[1]) for row in rows]

    def has_unit(self, unit: str) -> bool:
        """Whether a unit was published."""
        return self._db.execute("SELECT 1 FROM units WHERE id = ?", (unit,)).fetchone() is not None

    def has_pending(self) -> bool:
        """Whether anything came, left or was corrected since."""
        return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM pending)").fetchone()[0])

    def pending(self) -> list[Pending]:
        """What came, left or was corrected since the articles were last put together."""
        return [Pending(*row) for row in self._db.execute("SELECT number, article, day, why FROM pending")]

    def note(self, key: str) -> str | None:
        """The text that was kept under a key."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (f"note {key}",)).fetchone()
        return row[0] if row else None

    def meta(self, key: str) -> int:
        """A number that was kept; 0 where none was."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def every_alias(self) -> Iterator[dict[str, str | None]]:
        """What became of ids that are none any more, as rows."""
        for noun, old, new in self._db.execute("SELECT noun, old, new FROM aliases ORDER BY noun, old"):
            yield {"noun": noun, "old": old, "new": new}

    def now_called(self, id: str) -> str | None:
        """What became of an id: itself unless it is an alias; None where nothing is left of it."""
        row = self._db.execute("SELECT new FROM aliases WHERE old = ?", (id,)).fetchone()
        return id if row is None else row[0]

    def corrections(self) -> list[tuple[int, str, str, str, str]]:
        """What users decided: number, time, who, why, and the decision as JSON, the oldest first."""
        return self._db.execute("SELECT number, at, who, why, content FROM corrections ORDER BY number").fetchall()

    def fault(self) -> str | None:
        """What SQLite finds wrong with the file; None when all is well."""
        try:
            found = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            return f"{FILE}: {error}"
        return None if found == "ok" else f"{FILE}: {found}"

    def months_of(self, noun: str, ids: Iterable[str]) -> dict[str, str]:
        """In which months the rows of these ids lie, of those that lie anywhere."""
        question = "SELECT id, month FROM shelves WHERE noun = ? AND id IN (SELECT value FROM json_each(?))"
        return dict(self._db.execute(question, (noun, _json(ids))))

    def beginning(self, noun: str, letters: str, limit: int) -> dict[str, str]:
        """Ids that begin so, with the months in which their rows lie."""
        question = "SELECT id, month FROM shelves WHERE noun = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?"
        return dict(self._db.execute(question, (noun, letters, f"{letters}\U0010ffff", limit)))

    def months(self, noun: str) -> list[str]:
        """In which months rows of events or stories lie."""
        question = "SELECT month FROM months WHERE noun = ? AND rows > 0 ORDER BY month"
        return [month for (month,) in self._db.execute(question, (noun,))]

    def dealings_of(self, actor: str, other: str | None, most: int) -> dict[str, str] | None:
        """The events in which an actor takes part, with the months in which they lie; None if they are more."""
        return pairs.events_of(self._db, actor, other, most)

    def volume(self) -> list[tuple[str, int]]:
        """How many articles each day has."""
        return self._db.execute("SELECT day, articles FROM volume WHERE articles > 0").fetchall()

    def pairs(self, ours: Sequence[str] | None, theirs: Sequence[str] | None, days: tuple[int, int]) -> Pairs:
        """What two sides did to each other; see `pairs.find`."""
        return pairs.find(self._db, ours, theirs, days)

    def stated_lately(self, until: int, limit: int) -> list[str]:
        """What events up to a day state of relations; see `pairs.stated_lately`."""
        return pairs.stated_lately(self._db, until, limit)

    def keys_of(self, names: Sequence[str]) -> list[str]:
        """What pairs are kept under of those whom these names may mean; see `pairs.keys_of`."""
        return pairs.keys_of(self._db, names)

    # -- Changes; all stand inside `writing` --------------------------------------------------------------------------

    def add_unit(self, unit: str, version: str, records: int) -> None:
        """Say that a unit is published; a second time is an error of ours that the key refuses."""
        self._db.execute("INSERT INTO units (id, version, records) VALUES (?, ?, ?)", (unit, version, records))

    def add_segments(self, segments: Iterable[Segment]) -> None:
        """Make files part of the store."""
        rows = [msgspec.structs.astuple(segment) for segment in segments]
        self.forget_dropped(row[0] for row in rows)  # it may come back under its old name
        self._db.executemany("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def drop_segments(self, segments: Iterable[Segment]) -> None:
        """Make files no longer part of the store; they stay on disk for readers that began before."""
        paths = [(segment.path,) for segment in segments]
        self._db.executemany("DELETE FROM segments WHERE path = ?", paths)
        self._db.executemany("INSERT OR REPLACE INTO dropped (path) VALUES (?)", paths)

    def write_ledger(self, entries: Sequence[Entry]) -> None:
        """Give each record its state; a record that is known keeps its line."""
        # An origin that could not be read at all has no record id; once it can be read, that line is settled.
        read = [(entry.origin,) for entry in entries if entry.record]
        self._db.executemany("DELETE FROM ledger WHERE origin = ? AND record = ''", read)
        self._db.executemany(
            "INSERT INTO ledger (origin, record, state, reason, article, version) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (origin, record) DO UPDATE SET state = excluded.state, reason = excluded.reason,"
            " article = excluded.article, version = excluded.version",
            [msgspec.structs.astuple(entry) for entry in entries],
        )

    def drop_lines(self, entries: Iterable[Entry]) -> None:
        """Forget records that others took the place of."""
        keys = [entry.key for entry in entries]
        self._db.executemany("DELETE FROM ledger WHERE origin = ? AND record = ?", keys)

    def hand_over(self, article: str, key: Key) -> None:
        """Say that another record holds an article from now on."""
        self._db.execute("UPDATE articles SET origin = ?, record = ? WHERE article = ?", (*key, article))

    def add_article(self, holder: Holder, headline: str, text: str, day: str | None, outlet: str) -> None:
        """Say which record holds an article, index its words, and note that it is to be put with the others."""
        self.note_pending(holder.article, day, CAME)
        number = self._db.execute(
            "INSERT INTO articles (article, origin, record, unit, day, outlet, headline) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " RETURNING number",
            (holder.article, holder.origin, holder.record, holder.unit, day, outlet, headline),
        ).fetchone()[0]
        self._count(day, 1)
        self._db.execute("INSERT INTO words (rowid, headline, text) VALUES (?, ?, ?)", (number, headline, text))

    def drop_article(self, article: str, headline: str, text: str, day: str | None, why: str) -> None:
        """Forget an article and its words, which must be the same as when it was added; `why` says why it goes."""
        self.note_pending(article, day, why)
        self._count(day, -1)
        number = self._db.execute("DELETE FROM articles WHERE article = ? RETURNING number", (article,)).fetchone()[0]
        self._db.execute(
            "INSERT INTO words (words, rowid, headline, text) VALUES ('delete', ?, ?, ?)", (number, headline, text)
        )

    def _count(self, day: str | None, articles: int) -> None:
        if day:
            self._db.execute(
                "INSERT INTO volume VALUES (?1, ?2) ON CONFLICT (day) DO UPDATE SET articles = articles + ?2",
                (day, articles),
            )

    def note_pending(self, article: str, day: str | None, why: str) -> None:
        """Note that an article came, left or was corrected since the articles were last put together."""
        self._db.execute("INSERT OR REPLACE INTO pending (article, day, why) VALUES (?, ?, ?)", (article, day, why))

    def replace_pairs(self, gone: Iterable[Pair], come: Iterable[Pair]) -> None:
        """Forget the pairs of some events, and keep those of others; see `dyads.pairs_of`."""
        pairs.replace(self._db, gone, come)

    def shelve(self, noun: str, months: Mapping[str, str], gone: Iterable[str]) -> None:
        """Say in which month the rows of these ids lie, and that those that are gone lie nowhere."""
        self._db.executemany("DELETE FROM shelves WHERE noun = ? AND id = ?", [(noun, id) for id in gone])
        rows = [(noun, id, month) for id, month in months.items()]
        known = "ON CONFLICT (noun, id) DO UPDATE SET month = excluded.month"
        self._db.executemany(f"INSERT INTO shelves VALUES (?, ?, ?) {known}", rows)  # noqa: S608  # ours

    def settle_pending(self, numbers: Iterable[int]) -> None:
        """What was noted under these numbers is put together; what was noted anew meanwhile has another."""
        self._db.executemany("DELETE FROM pending WHERE number = ?", [(number,) for number in numbers])

    def add_aliases(self, noun: str, aliases: Mapping[str, str | None], alive: Iterable[str]) -> None:
        """Say what became of ids that are none any more; those that led to them lead on. Those `alive` are none."""
        self._db.execute("DELETE FROM aliases WHERE old IN (SELECT value FROM json_each(?))", (_json(alive),))
        for old, new in aliases.items():
            self._db.execute("UPDATE aliases SET new = ? WHERE new = ?", (new, old))
        rows = [(old, new, noun) for old, new in aliases.items()]
        self._db.executemany("INSERT OR REPLACE INTO aliases (old, new, noun) VALUES (?, ?, ?)", rows)

    def keep_note(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        self._db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (f"note {key}", text))

    def set_meta(self, key: str, value: int) -> None:
        """Keep a number."""
        self._db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, str(value)))

    def add_correction(self, who: str, why: str, content: str) -> int:
        """Keep what a user decided; its number."""
        row = self._db.execute(
            "INSERT INTO corrections (who, why, content) VALUES (?, ?, ?) RETURNING number", (who, why, content)
        ).fetchone()
        return int(row[0])

    def drop_correction(self, number: int) -> None:
        """Forget a decision."""
        self._db.execute("DELETE FROM corrections WHERE number = ?", (number,))

    def move_articles(self, units: Iterable[str], unit: str) -> None:
        """The rows of these units' articles now stand in the segments of another unit."""
        self._db.execute(
            "UPDATE articles SET unit = ? WHERE unit IN (SELECT value FROM json_each(?))", (unit, _json(units))
        )

    def dropped_before(self, seconds: float) -> list[str]:
        """Files that left the store so long ago that no reader can still need them."""
        rows = self._db.execute("SELECT path FROM dropped WHERE at <= strftime('%s', 'now') - ?", (seconds,))
        return [row[0] for row in rows]

    def dropped(self) -> set[str]:
        """All files that left the store and are not yet deleted."""
        return {row[0] for row in self._db.execute("SELECT path FROM dropped")}

    def forget_dropped(self, paths: Iterable[str]) -> None:
        """The files are deleted."""
        self._db.executemany("DELETE FROM dropped WHERE path = ?", [(path,) for path in paths])


def _patiently(db: sqlite3.Connection, statement: str) -> None:
    """Waits for other processes even where SQLite does not: while a new file changes to write-ahead logging."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def next_month(month: str) -> str:
    """ "2008-12" -> "2009-01"; what is no month stays."""
    if not month[:4].isdigit():
        return month
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def _any(months: Set[str], first: str, last: str) -> bool:
    """Whether one of the months lies between two, which a segment of several months may hold."""
    return first != last and any(first <= month <= last for month in months)


def months_between(first: str, last: str) -> Iterator[str]:
    """ "2008-12" to "2009-02" -> 2008-12, 2009-01, 2009-02; what is no month stands for itself."""
    if not (first[:4].isdigit() and last[:4].isdigit()):
        yield from dict.fromkeys((first, last))
        return
    begin, end = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (first, last))
    yield from (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1))


def _json(values: Iterable[object]) -> str:
    # One bound value for a list of any length: SQLite takes at most 32,766 single ones.
    return msgspec.json.encode(list(values)).decode()


def _entry(row: Sequence[str]) -> Entry:
    return msgspec.convert(dict(zip(Entry.__struct_fields__, row, strict=True)), Entry)
