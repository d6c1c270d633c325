"""The state of live reading: one SQLite file beside the store's catalogue, which outlasts every kill.

A page is done only after the store has published what came of it. Whatever dies in between, the page is still queued
and is fetched again, and the store recognises or replaces what it had of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import msgspec
from msgspec import Struct

from detente.errors import StoreError

FILE = "watch.sqlite"
LOCK = "watch.lock"
FORMAT = 1
PATIENCE = 30.0

Health = Literal["new", "well", "failing", "dead"]
Progress = Literal["queued", "done", "unread"]

_TABLES = """
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT, kind TEXT, parent INTEGER REFERENCES feeds,
    watched INTEGER NOT NULL DEFAULT 1, health TEXT NOT NULL DEFAULT 'new', reason TEXT NOT NULL DEFAULT '',
    due REAL NOT NULL, interval REAL NOT NULL, failures INTEGER NOT NULL DEFAULT 0,
    readings INTEGER NOT NULL DEFAULT 0, first REAL NOT NULL, tried REAL, succeeded REAL, news REAL, whole REAL,
    digest TEXT,
    validated TEXT, etag TEXT, modified TEXT, moved_from TEXT
);
CREATE TABLE names (url TEXT PRIMARY KEY, feed INTEGER NOT NULL REFERENCES feeds) WITHOUT ROWID;
CREATE TABLE entries (
    feed INTEGER NOT NULL REFERENCES feeds, entry TEXT NOT NULL, page TEXT NOT NULL, fingerprint TEXT NOT NULL,
    title TEXT, listed TEXT, first REAL NOT NULL, PRIMARY KEY (feed, entry, page)
) WITHOUT ROWID;
CREATE TABLE pages (
    url TEXT PRIMARY KEY, feed INTEGER NOT NULL REFERENCES feeds, progress TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', due REAL NOT NULL,
    begun INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0, first REAL NOT NULL, fetched REAL,
    validated TEXT, etag TEXT, modified TEXT, has_page INTEGER NOT NULL, title TEXT, listed TEXT, publisher TEXT,
    own TEXT, origin TEXT, former TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX pages_queued ON pages (due) WHERE progress = 'queued';
CREATE INDEX pages_by_feed ON pages (feed, progress);
"""


class FeedState(Struct, kw_only=True):
    """What is known of a feed. Times are in seconds since 1970."""

    id: int
    url: str
    title: str | None
    kind: str | None
    parent: int | None
    watched: bool
    health: Health
    reason: str
    due: float
    interval: float
    failures: int
    readings: int
    first: float
    tried: float | None
    succeeded: float | None
    news: float | None
    whole: float | None
    """When it last came whole: servers that call everything unchanged are not believed for ever."""
    digest: str | None
    """Of its content, for servers that never call anything unchanged."""
    validated: str | None
    """The URL that etag and modified are of."""
    etag: str | None
    modified: str | None
    moved_from: str | None

    @property
    def name(self) -> str:
        """What the log calls it."""
        return self.title or self.url


class PageState(Struct, kw_only=True):
    """What is known of a page."""

    url: str
    feed: int
    progress: Progress
    outcome: str
    """The ledger's word for what came of it."""
    reason: str
    due: float
    begun: int
    """How often its coding was begun since it was queued."""
    failures: int
    changes: int
    """How often the feed said something new of it."""
    first: float
    fetched: float | None
    validated: str | None
    etag: str | None
    modified: str | None
    has_page: bool
    title: str | None
    listed: str | None
    publisher: str | None
    own: str | None
    """What the feed itself gives of it, kept until it is done."""
    origin: str | None
    """What the store's ledger calls it: where the redirects led."""
    former: str
    """Former addresses of the same article, one a line."""


class EntryState(Struct, frozen=True, kw_only=True):
    """What a feed said of an article when it was last read."""

    entry: str
    page: str
    fingerprint: str
    title: str | None
    listed: str | None


Row = TypeVar("Row", FeedState, PageState, EntryState)


class State:
    """The open state; used by one thread."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        """Open the state in a store's folder, or make it.

        Raises `StoreError` when there is none to read, it is damaged, or another process reads feeds into this store.
        """
        self.path = folder / FILE
        if read_only and not self.path.is_file():
            raise StoreError(
                f"{folder}: no feeds are watched into this store; begin with detente watch URL --store {folder}"
            )
        self._lock = None if read_only else _only_one(folder)
        try:
            self._db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            if not read_only:
                # Power cuts may take the last commits: then a page is fetched once more, and the store knows it.
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
            self._check_format()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: cannot be opened: {error}") from error

    def _check_format(self) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found == 0:
            with self.changing():
                for statement in _TABLES.split(";\n"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {FORMAT}")
        elif found != FORMAT:
            raise StoreError(
                f"{self.path}: of format {found}, this version of Detente reads format {FORMAT}; "
                "go on with the version that made it, or move the file away and begin anew"
            )

    def close(self) -> None:
        """Close the file."""
        self._db.close()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction: all of what is written inside, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    # -- Feeds --------------------------------------------------------------------------------------------------------

    def feeds(self, *, watched: bool = True) -> list[FeedState]:
        """The feeds that are watched, or all that were ever."""
        return self._rows(FeedState, "SELECT * FROM feeds WHERE watched OR ? ORDER BY id", (not watched,))

    def feed(self, id: int) -> FeedState | None:
        """A feed."""
        return next(iter(self._rows(FeedState, "SELECT * FROM feeds WHERE id = ?", (id,))), None)

    def watch_only(self, feeds: Iterable[tuple[str, str | None]], *, now: float, interval: float) -> None:
        """Watch these feeds (known by whatever address they ever had) and what they lead to, and no others."""
        with self.changing():
            self._db.execute("UPDATE feeds SET watched = 0")
            for url, title in feeds:
                self.add_feed(url, title=title, now=now, interval=interval)
            self._db.execute("UPDATE feeds SET watched = 1 WHERE parent IN (SELECT id FROM feeds WHERE watched)")

    def add_feed(
        self, url: str, *, now: float, interval: float, title: str | None = None, parent: int | None = None
    ) -> int:
        """Watch a feed; gives its id back."""
        known = self._db.execute("SELECT feed FROM names WHERE url = ?", (url,)).fetchone()
        if known:
            self._db.execute("UPDATE feeds SET watched = 1, title = coalesce(?, title) WHERE id = ?", (title, known[0]))
            return int(known[0])
        id = self._db.execute(
            "INSERT INTO feeds (url, title, parent, due, interval, first) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (url, title, parent, now, interval, now),
        ).fetchone()[0]
        self._db.execute("INSERT INTO names VALUES (?, ?)", (url, id))
        return int(id)

    def knows(self, url: str) -> bool:
        """Whether a feed is, or was, at this address."""
        return self._db.execute("SELECT 1 FROM names WHERE url = ?", (url,)).fetchone() is not None

    def write_feed(self, feed: FeedState) -> None:
        """Keep what is known of a feed."""
        self._write("feeds", feed, "id")

    def move_feed(self, feed: FeedState, url: str) -> bool:
        """The feed has another address from now on; False when another feed has it, into which this one goes."""
        other = self._db.execute("SELECT feed FROM names WHERE url = ?", (url,)).fetchone()
        if other is None or other[0] == feed.id:
            feed.moved_from, feed.url = feed.url, url
            self._db.execute("INSERT OR REPLACE INTO names VALUES (?, ?)", (url, feed.id))
            self.write_feed(feed)
            return True
        for table in ("entries", "pages", "names"):
            self._db.execute(f"UPDATE OR IGNORE {table} SET feed = ? WHERE feed = ?", (other[0], feed.id))  # noqa: S608
        self._db.execute("DELETE FROM entries WHERE feed = ?", (feed.id,))
        self._db.execute("UPDATE feeds SET parent = ? WHERE parent = ?", (other[0], feed.id))
        self._db.execute("UPDATE feeds SET watched = 1 WHERE id = ?", (other[0],))
        self._db.execute("DELETE FROM feeds WHERE id = ?", (feed.id,))
        return False

    # -- Entries ------------------------------------------------------------------------------------------------------

    def entries(self, feed: int, entries: Iterable[str]) -> dict[str, list[EntryState]]:
        """What the feed said of these entries."""
        rows = self._rows(
            EntryState,
            "SELECT entry, page, fingerprint, title, listed FROM entries"
            " WHERE feed = ? AND entry IN (SELECT value FROM json_each(?))",
            (feed, msgspec.json.encode(list(entries)).decode()),
        )
        found: dict[str, list[EntryState]] = {}
        for row in rows:
            found.setdefault(row.entry, []).append(row)
        return found

    def write_entry(self, feed: int, entry: EntryState, now: float) -> None:
        """Keep what the feed says of an entry."""
        self._db.execute(
            "INSERT INTO entries (feed, entry, page, fingerprint, title, listed, first) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (feed, entry, page) DO UPDATE SET fingerprint = excluded.fingerprint, title = excluded.title,"
            " listed = excluded.listed",
            (feed, entry.entry, entry.page, entry.fingerprint, entry.title, entry.listed, now),
        )

    def drop_entry(self, feed: int, entry: EntryState) -> None:
        """Forget an entry that has another address now."""
        key = (feed, entry.entry, entry.page)
        self._db.execute("DELETE FROM entries WHERE feed = ? AND entry = ? AND page = ?", key)

    # -- Pages --------------------------------------------------------------------------------------------------------

    def page(self, url: str) -> PageState | None:
        """A page."""
        return next(iter(self._rows(PageState, "SELECT * FROM pages WHERE url = ?", (url,))), None)

    def queued(self) -> list[tuple[str, float]]:
        """The pages that wait, of feeds that are watched, with the time for each."""
        rows = self._db.execute(
            "SELECT url, due FROM pages WHERE progress = 'queued'"
            " AND feed IN (SELECT id FROM feeds WHERE watched) ORDER BY due"
        )
        return [(row["url"], row["due"]) for row in rows]

    def write_page(self, page: PageState) -> None:
        """Keep what is known of a page."""
        self._write("pages", page, "url")

    def begin(self, pages: Iterable[PageState]) -> None:
        """Say that pages are being coded now, in case nothing is heard of them again."""
        with self.changing():
            for page in pages:
                page.begun += 1
                self._db.execute("UPDATE pages SET begun = ? WHERE url = ?", (page.begun, page.url))

    def counts(self) -> dict[int, dict[str, int]]:
        """How many pages of each feed stand where."""
        found: dict[int, dict[str, int]] = {}
        for row in self._db.execute("SELECT feed, progress, count(*) AS n FROM pages GROUP BY 1, 2"):
            found.setdefault(row["feed"], {})[row["progress"]] = row["n"]
        return found

    # -- Rows ---------------------------------------------------------------------------------------------------------

    def _rows(self, kind: type[Row], question: str, values: tuple[Any, ...]) -> list[Row]:
        # SQLite has no booleans, so msgspec may read 0 and 1 as such.
        return [msgspec.convert(dict(row), kind, strict=False) for row in self._db.execute(question, values)]

    def _write(self, table: str, row: Struct, key: str) -> None:
        told = msgspec.structs.asdict(row)
        names = ", ".join(told)
        places = ", ".join(f":{name}" for name in told)
        changes = ", ".join(f"{name} = excluded.{name}" for name in told if name != key)
        self._db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT ({key}) DO UPDATE SET {changes}",  # noqa: S608
            told,
        )


def _only_one(folder: Path) -> sqlite3.Connection:
    """Holds a lock that ends with the process, however it ends, on every platform.

    Raises `StoreError` when another process holds it: two would ask every feed twice.
    """
    lock = sqlite3.connect(folder / LOCK, timeout=0.1, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if "locked" not in str(error):
            raise StoreError(f"{folder / LOCK}: cannot be opened: {error}") from error
        raise StoreError(
            f"{folder}: another detente watch reads into this store; let it run, or stop it first"
        ) from None
    return lock
