"""The catalogue's tables of who did what to whom: what relations are made of.

Few actors and kinds of deeds make many pairs, so each is kept once, and pairs have their numbers. A pair is kept under
the countries of its actors, or the ids of those who have none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec
from msgspec import Struct

TABLES = """
CREATE TABLE doers (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, country TEXT NOT NULL, code TEXT NOT NULL, UNIQUE (id, country, code)
);
CREATE INDEX doers_by_country ON doers (country);
CREATE INDEX doers_by_code ON doers (code);
CREATE INDEX doers_by_beginning ON doers (substr(code, 1, 3));
CREATE TABLE deeds (number INTEGER PRIMARY KEY, told TEXT NOT NULL UNIQUE);
CREATE TABLE pairs (
    source TEXT NOT NULL, target TEXT NOT NULL, day INTEGER NOT NULL, event TEXT NOT NULL, number INTEGER NOT NULL,
    doer INTEGER NOT NULL REFERENCES doers, done_to INTEGER NOT NULL REFERENCES doers,
    deed INTEGER NOT NULL REFERENCES deeds, outlets INTEGER NOT NULL, stated TEXT,
    PRIMARY KEY (source, target, day, event, number)
) WITHOUT ROWID;
CREATE INDEX pairs_by_target ON pairs (target);
CREATE INDEX pairs_that_state ON pairs (day) WHERE stated IS NOT NULL;
"""

_ADD = """
INSERT OR REPLACE INTO pairs VALUES (
    ?, ?, ?, ?, ?, (SELECT number FROM doers WHERE id = ? AND country = ? AND code = ?),
    (SELECT number FROM doers WHERE id = ? AND country = ? AND code = ?), (SELECT number FROM deeds WHERE told = ?),
    ?, ?
)
"""
_DROP = "DELETE FROM pairs WHERE source = ? AND target = ? AND day = ? AND event = ? AND number = ?"
_COLUMNS = ", ".join(
    [f"json_group_array({name})" for name in ("event", "day", "doer", "done_to", "deed", "outlets")]
    + [f"json_group_array({name}) FILTER (WHERE stated IS NOT NULL)" for name in ("event", "stated")]
)


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
    number: int
    """Which of the event's pairs."""
    doer: Who
    done_to: Who
    deed: str
    """JSON."""
    outlets: int
    stated: str | None
    """Whether its sentence states a turn: JSON; see `dyads.pairs_of`."""


class Pairs(Struct, frozen=True, kw_only=True):
    """Many of them, as columns: a row of Python's own values each would take ten times as long."""

    event: list[str]
    day: list[int]
    doer: list[int]
    done_to: list[int]
    deed: list[int]
    outlets: list[int]
    stated: dict[str, str]
    """Of the events that state a turn."""
    doers: dict[int, Who]
    """What their numbers stand for."""
    deeds: dict[int, str]


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
    ways = {_among("ours", "theirs", sides), _among("theirs", "ours", sides)}
    question = f"SELECT {_COLUMNS} FROM ({' UNION ALL '.join(sorted(ways))})"  # noqa: S608  # names of ours
    told = db.execute(question, {**sides, "since": days[0], "until": days[1]}).fetchone()
    event, day, doer, done_to, deed, outlets, stating, stated = map(msgspec.json.decode, told)
    return Pairs(
        event=event,
        day=day,
        doer=doer,
        done_to=done_to,
        deed=deed,
        outlets=outlets,
        stated=dict(zip(stating, stated, strict=True)),
        doers=_doers(db, {*doer, *done_to}),
        deeds=_deeds(db, set(deed)),
    )


def events_of(db: sqlite3.Connection, actor: str, other: str | None, most: int) -> dict[str, str] | None:
    """The events of what is kept with an actor, or with two, and the months in which they lie; None if they are more.

    Whoever else is kept under the same country is among them.
    """
    keys = {"ours": _json(keys_of(db, [actor])), "theirs": _json(keys_of(db, [other]) if other else [])}
    ours = "IN (SELECT value FROM json_each(:ours))"
    theirs = "IN (SELECT value FROM json_each(:theirs))" if other else "IS NOT NULL"
    question = f"""
    SELECT event FROM pairs WHERE source {ours} AND target {theirs}
    UNION ALL SELECT event FROM pairs WHERE target {ours} AND source {theirs} LIMIT {most + 1}
    """  # noqa: S608  # names of ours
    found = db.execute(question, keys).fetchall()
    if len(found) > most:
        return None
    months = "SELECT id, month FROM shelves WHERE noun = 'events' AND id IN (SELECT value FROM json_each(?))"
    return dict(db.execute(months, (_json({event for (event,) in found}),)))


def stated_lately(db: sqlite3.Connection, until: int, limit: int) -> list[str]:
    """What events up to a day state of relations, the latest first: JSON, as `dyads.pairs_of` wrote it."""
    question = """
    SELECT DISTINCT stated FROM pairs WHERE stated IS NOT NULL AND day <= ? ORDER BY day DESC LIMIT ?
    """
    return [stated for (stated,) in db.execute(question, (until, limit))]


def keep(db: sqlite3.Connection, pairs: Iterable[Pair]) -> None:
    """Keep pairs; those that are known are replaced."""
    pairs = list(pairs)
    doers = {doer for pair in pairs for doer in (pair.doer, pair.done_to)}
    db.executemany("INSERT OR IGNORE INTO doers (id, country, code) VALUES (?, ?, ?)", sorted(doers))
    deeds = {pair.deed for pair in pairs}
    db.executemany("INSERT OR IGNORE INTO deeds (told) VALUES (?)", [(deed,) for deed in sorted(deeds)])
    rest = ((*_key(pair), *pair.doer, *pair.done_to, pair.deed, *pair[-2:]) for pair in pairs)
    db.executemany(_ADD, rest)


def forget(db: sqlite3.Connection, pairs: Iterable[Pair]) -> None:
    """Forget pairs; who and what they were of stays known."""
    db.executemany(_DROP, map(_key, pairs))


def _key(pair: Pair) -> tuple[str, str, int, str, int]:
    return pair.doer.key, pair.done_to.key, pair.day, pair.event, pair.number


def _among(source: str, target: str, sides: Mapping[str, str]) -> str:
    """The question for one way; a side that is everybody is not asked for, which leaves the index of the other."""
    wanted = ["day BETWEEN :since AND :until"]
    for column, side in (("source", source), ("target", target)):
        named = f"{column} IN (SELECT value FROM json_each(:{side}))"  # noqa: S608  # names of ours
        wanted.append(named if side in sides else f"{column} <> ''")
    return f"SELECT * FROM pairs WHERE {' AND '.join(wanted)}"  # noqa: S608  # names of ours


def _doers(db: sqlite3.Connection, numbers: Set[int]) -> dict[int, Who]:
    question = "SELECT number, id, country, code FROM doers WHERE number IN (SELECT value FROM json_each(?))"
    return {number: Who(*told) for number, *told in db.execute(question, (_json(numbers),))}


def _deeds(db: sqlite3.Connection, numbers: Set[int]) -> dict[int, str]:
    question = "SELECT number, told FROM deeds WHERE number IN (SELECT value FROM json_each(?))"
    return dict(db.execute(question, (_json(numbers),)))


def _json(values: Iterable[str] | Iterable[int]) -> str:
    return msgspec.json.encode(list(values)).decode()
