"""The catalogue's tables of who did what to whom: what relations are made of.

Few actors and kinds of deeds make many pairs, so each is kept once, and pairs have their numbers. A pair is kept under
the countries of its actors, or the ids of those who have none. What passed between two of them in some months is one
value of bytes, so that a relation of very many events is read as it lies.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

TABLES = """
CREATE TABLE doers (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, country TEXT NOT NULL, code TEXT NOT NULL, UNIQUE (id, country, code)
);
CREATE INDEX doers_by_country ON doers (country);
CREATE INDEX doers_by_code ON doers (code);
CREATE INDEX doers_by_beginning ON doers (substr(code, 1, 3));
CREATE TABLE deeds (number INTEGER PRIMARY KEY, told TEXT NOT NULL UNIQUE);
CREATE TABLE pairs (
    source TEXT NOT NULL, target TEXT NOT NULL, span INTEGER NOT NULL, packed BLOB NOT NULL,
    UNIQUE (source, target, span)
);
CREATE INDEX pairs_by_target ON pairs (target);
CREATE TABLE stated (
    source TEXT NOT NULL, target TEXT NOT NULL, day INTEGER NOT NULL, event TEXT NOT NULL, told TEXT NOT NULL,
    PRIMARY KEY (source, target, day, event)
) WITHOUT ROWID;
CREATE INDEX stated_by_day ON stated (day);
"""

SPAN = 128
"""Days whose pairs lie together: the fewer, the less is written anew when one more comes, and the more is opened."""

# Of a pair: its day, its event, who did it, to whom, what it was, and how many outlets tell it. Bytes sort by day.
_PACKED = struct.Struct(">i16siiii")
_COLUMNS = np.dtype([
    ("day", ">i4"), ("event", "S16"), ("doer", ">i4"), ("done_to", ">i4"), ("deed", ">i4"), ("outlets", ">i4"),
])  # fmt: skip
_EVENT = slice(4, 20)

_WRITE = """
INSERT INTO pairs VALUES (?, ?, ?, ?) ON CONFLICT (source, target, span) DO UPDATE SET packed = excluded.packed
"""


class Who(NamedTuple):
    """An actor as it stands in an event."""

    id: str
    country: str
    """Empty of who has none, or none that is known."""
    code: str
    """CAMEO actor string."""

    @property
    def key(self) -> str:
        """What its pairs are kept under."""
        return self.country or self.id


NOBODY = Who("", "", "")
"""The other side of a deed that is done to nobody, or of which nobody tells who did it."""


class Pair(NamedTuple):
    """What one actor did to another in an event, or did alone, as it is kept for relations."""

    day: int
    """As an ordinal."""
    event: str
    """Its id, as `id_of` makes it."""
    doer: Who
    done_to: Who
    deed: str
    """JSON."""
    outlets: int
    stated: str | None
    """Whether its sentence states a turn: JSON; see `dyads.pairs_of`."""


class Pairs(Struct, frozen=True, kw_only=True):
    """Many of them, as columns: a row of Python's own values each would take a hundred times as long."""

    columns: NDArray[np.void]
    """`day`, `event` (bytes), `doer`, `done_to`, `deed` and `outlets` of each."""
    stated: dict[str, str]
    """Of the events that state a turn."""
    doers: dict[int, Who]
    """What their numbers stand for."""
    deeds: dict[int, str]


class _Part(NamedTuple):
    """What is kept as one value."""

    source: str
    target: str
    span: int


def keys_of(db: sqlite3.Connection, names: Sequence[str]) -> list[str]:
    """What pairs are kept under of whom one of these names may mean: an id, a country, a code or its first letters."""
    question = """
    WITH names AS (SELECT value AS name FROM json_each(?))
    SELECT DISTINCT CASE country WHEN '' THEN id ELSE country END FROM names, doers
    WHERE id = name OR country = name OR code = name OR substr(code, 1, 3) = name
    """
    return [key for (key,) in db.execute(question, (_json(names),))]


def find(
    db: sqlite3.Connection, ours: Sequence[str] | None, theirs: Sequence[str] | None, days: tuple[int, int]
) -> Pairs:
    """What was done between what is kept under these keys and those, from a day to a day; None is everybody."""
    given = {"ours": ours, "theirs": theirs}
    sides = {name: _json(keys) for name, keys in given.items() if keys is not None}
    ways = " OR ".join(sorted({_among("ours", "theirs", sides), _among("theirs", "ours", sides)}))
    times = {"since": days[0], "until": days[1], "first": days[0] // SPAN, "last": days[1] // SPAN}
    question = f"""
    SELECT packed FROM pairs WHERE ({ways}) AND span BETWEEN :first AND :last ORDER BY source, target, span
    """  # noqa: S608  # names of ours
    columns = np.frombuffer(b"".join(packed for (packed,) in db.execute(question, {**sides, **times})), _COLUMNS)
    inside = (days[0] <= columns["day"]) & (columns["day"] <= days[1])
    columns = columns if inside.all() else columns[inside]
    stated = f"SELECT event, told FROM stated WHERE ({ways}) AND day BETWEEN :since AND :until"  # noqa: S608
    return Pairs(
        columns=columns,
        stated=dict(db.execute(stated, {**sides, **times})),
        doers=_doers(db, _those(columns["doer"]) | _those(columns["done_to"])),
        deeds=_deeds(db, _those(columns["deed"])),
    )


def events_of(db: sqlite3.Connection, actor: str, other: str | None, most: int) -> dict[str, str] | None:
    """The events of what is kept with an actor, or with two, and the months in which they lie; None if they are more.

    Whoever else is kept under the same country is among them.
    """
    keys = {"ours": _json(keys_of(db, [actor])), "theirs": _json(keys_of(db, [other]) if other else [])}
    ours = "IN (SELECT value FROM json_each(:ours))"
    theirs = "IN (SELECT value FROM json_each(:theirs))" if other else "IS NOT NULL"
    question = f"""
    SELECT packed FROM pairs WHERE source {ours} AND target {theirs}
    UNION ALL SELECT packed FROM pairs WHERE target {ours} AND source {theirs}
    """  # noqa: S608  # names of ours
    events: set[str] = set()
    for (packed,) in db.execute(question, keys):
        events.update(row[_EVENT].decode("ascii") for row in _rows(packed))
        if len(events) > most:
            return None
    months = "SELECT id, month FROM shelves WHERE noun = 'events' AND id IN (SELECT value FROM json_each(?))"
    return dict(db.execute(months, (_json(events),)))


def stated_lately(db: sqlite3.Connection, until: int, limit: int) -> list[str]:
    """What events up to a day state of relations of two countries or bodies: JSON, as `dyads.pairs_of` wrote it.

    The latest comes first. What somebody did alone, or to others of the same country, is no such relation.
    """
    question = """
    SELECT DISTINCT told FROM stated WHERE day <= ? AND source <> '' AND target NOT IN ('', source)
    ORDER BY day DESC LIMIT ?
    """
    return [told for (told,) in db.execute(question, (until, limit))]


def replace(db: sqlite3.Connection, gone: Iterable[Pair], come: Iterable[Pair]) -> None:
    """Forget pairs, and keep others; those of one event always come and go together.

    Who and what they were of stays known.
    """
    gone, come = list(gone), list(come)
    db.executemany("DELETE FROM stated WHERE source = ? AND target = ? AND day = ? AND event = ?", map(_key, gone))
    stating = ((*_key(pair), pair.stated) for pair in come if pair.stated)
    db.executemany("INSERT OR REPLACE INTO stated VALUES (?, ?, ?, ?, ?)", stating)
    numbers = _numbers(db, come)
    old, new = _by_part(gone), _by_part(come)
    for part in sorted({*old, *new}):
        moved = {pair.event.encode() for pair in (*old[part], *new[part])}
        rows = [row for row in _rows(_packed(db, part)) if row[_EVENT] not in moved]
        rows += [_pack(pair, *numbers) for pair in new[part]]
        if rows:
            db.execute(_WRITE, (*part, b"".join(sorted(rows))))
        else:
            db.execute("DELETE FROM pairs WHERE source = ? AND target = ? AND span = ?", part)


def _key(pair: Pair) -> tuple[str, str, int, str]:
    return pair.doer.key, pair.done_to.key, pair.day, pair.event


def _by_part(pairs: Iterable[Pair]) -> defaultdict[_Part, list[Pair]]:
    parts: defaultdict[_Part, list[Pair]] = defaultdict(list)
    for pair in pairs:
        parts[_Part(pair.doer.key, pair.done_to.key, pair.day // SPAN)].append(pair)
    return parts


def _numbers(db: sqlite3.Connection, pairs: Sequence[Pair]) -> tuple[dict[Who, int], dict[str, int]]:
    """The numbers of all who did something, or to whom it was done, and of the deeds; new ones get one."""
    doers = sorted({doer for pair in pairs for doer in (pair.doer, pair.done_to)})
    deeds = sorted({pair.deed for pair in pairs})
    db.executemany("INSERT OR IGNORE INTO doers (id, country, code) VALUES (?, ?, ?)", doers)
    db.executemany("INSERT OR IGNORE INTO deeds (told) VALUES (?)", ((deed,) for deed in deeds))
    who = "SELECT number FROM doers WHERE id = ? AND country = ? AND code = ?"
    what = "SELECT number FROM deeds WHERE told = ?"
    return (
        {doer: db.execute(who, doer).fetchone()[0] for doer in doers},
        {deed: db.execute(what, (deed,)).fetchone()[0] for deed in deeds},
    )


def _packed(db: sqlite3.Connection, part: _Part) -> bytes:
    question = "SELECT packed FROM pairs WHERE source = ? AND target = ? AND span = ?"
    found = db.execute(question, part).fetchone()
    return found[0] if found else b""


def _pack(pair: Pair, doers: Mapping[Who, int], deeds: Mapping[str, int]) -> bytes:
    event = pair.event.encode("ascii")
    if len(event) != _EVENT.stop - _EVENT.start:
        raise ValueError(f"{pair.event} is no id of an event: ids have sixteen letters")
    return _PACKED.pack(pair.day, event, doers[pair.doer], doers[pair.done_to], deeds[pair.deed], pair.outlets)


def _rows(packed: bytes) -> Iterator[bytes]:
    return (packed[at : at + _PACKED.size] for at in range(0, len(packed), _PACKED.size))


def _those(numbers: NDArray[np.int32]) -> set[int]:
    return set(np.flatnonzero(np.bincount(numbers)).tolist())


def _among(source: str, target: str, sides: Mapping[str, str]) -> str:
    """One way as a condition; a side that is everybody is not asked for, which leaves the index of the other."""
    wanted = []
    for column, side in (("source", source), ("target", target)):
        named = f"{column} IN (SELECT value FROM json_each(:{side}))"  # noqa: S608  # names of ours
        wanted.append(named if side in sides else f"{column} <> ''")
    return f"({' AND '.join(wanted)})"


def _doers(db: sqlite3.Connection, numbers: Set[int]) -> dict[int, Who]:
    question = "SELECT number, id, country, code FROM doers WHERE number IN (SELECT value FROM json_each(?))"
    return {number: Who(*told) for number, *told in db.execute(question, (_json(numbers),))}


def _deeds(db: sqlite3.Connection, numbers: Set[int]) -> dict[int, str]:
    question = "SELECT number, told FROM deeds WHERE number IN (SELECT value FROM json_each(?))"
    return dict(db.execute(question, (_json(numbers),)))


def _json(values: Iterable[str] | Iterable[int]) -> str:
    return msgspec.json.encode(list(values)).decode()
