"""What passed between two sides, by day, week or month: how many events, how friendly, of which kind.

Rows of events come in, one for each pair of actors of an event as in the store's `event_dyads`, and series come out.
A bin without events is empty, and one in which nothing was collected is not known: silence of the sources is no peace.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct, structs

from detente.errors import QuestionError
from detente.model import FACTS
from detente.relations.scale import Scale

Step = Literal["day", "week", "month"]
"""How wide a bin is; weeks begin on Mondays (ISO 8601)."""

Direction = Literal["there", "back", "both"]


class Row(Struct, frozen=True, kw_only=True):
    """One pair of actors of an event: who did it, and to whom."""

    day: datetime.date
    id: str
    """Of the event; the pairs of one event share it."""
    source_id: str
    source_country: str | None = None
    source_code: str = ""
    """CAMEO actor string: "RUSMIL"."""
    target_id: str
    target_country: str | None = None
    target_code: str = ""
    type: str
    mode: str | None = None
    cameo: str | None = None
    quad: Literal[1, 2, 3, 4]
    standing: str = "happened"
    outlets: int = 1
    """Independent ones that tell it."""
    intensity: float | None = None
    """On the scale that the series names; None where the scale has no score for it."""


def scored(rows: Iterable[Row], scale: Scale) -> tuple[Row, ...]:
    """The rows with the intensities of a scale instead of those that they came with."""
    return tuple(structs.replace(row, intensity=scale.of(row.type, row.mode, row.cameo)) for row in rows)


# ---------------------------------------------------------------------------------------------------------------------
# Sides


class Side(Struct, frozen=True):
    """Who stands on one side: actors, countries, roles of countries, or any of several; without names, everybody."""

    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, words: str) -> Side:
        """The side that words name.

        "NATO"          -> the actor with this id
        "RUS"           -> Russia, and all that acts for it: its army, its ministers
        "RUS MIL"       -> Russia's military alone; "* MIL" that of anybody
        "RUS, BLR"      -> any of them
        "*"             -> everybody

        Raises `QuestionError` for words without a name in them.
        """
        names = tuple(" ".join(name.split()) for name in words.split(","))
        if not all(names):
            raise QuestionError(f"'{words}': name an actor or a country, several with commas, or * for everybody")
        return cls(() if "*" in names else names)

    def has(self, id: str, country: str | None, code: str) -> bool:
        """Whether an actor with this id, country and CAMEO string is of the side."""
        return not self.names or _is_any(self.names, id, country, code)

    @property
    def words(self) -> str:
        """As it is asked for: "RUS, BLR"."""
        return ", ".join(self.names) or "*"


@lru_cache(maxsize=65_536)
def _is_any(names: tuple[str, ...], id: str, country: str | None, code: str) -> bool:
    """The few actors of a relation are asked for thousands of times."""
    return any(_is(name, id, country, code) for name in names)


def _is(name: str, id: str, country: str | None, code: str) -> bool:
    if name in (id, country, code):
        return True
    whose, _, roles = name.partition(" ")
    if not roles:
        return False
    # A CAMEO string is a country or kind of body, then roles, each of three letters: RUSGOVMIL.
    begins = country if country and code.startswith(country) else code[:3]
    told = code[len(begins) :]
    has = {told[at : at + 3] for at in range(0, len(told), 3)}
    return whose in ("*", id, country, begins) and all(role in has for role in roles.split())


# ---------------------------------------------------------------------------------------------------------------------
# Bins


class Bin(Struct, frozen=True, kw_only=True):
    """What happened from `start` to `end`, both included. All is None where nothing was collected."""

    start: datetime.date
    end: datetime.date
    events: int | None
    scored: int | None
    """How many of them the scale has a score for; the mean and the squares are of these."""
    mean: float | None
    """Mean intensity, each event counting once; None without events that have one."""
    squares: float | None
    """The sum of the squared intensities."""
    quads: tuple[int, int, int, int] | None
    """Verbal cooperation, material cooperation, verbal conflict, material conflict."""
    outlets: int | None
    """The outlets of each event, added up."""
    volume: int | None = None
    """Articles that were collected, of whatever matter; None where that is not told."""


class Series(Struct, frozen=True, kw_only=True):
    """What one side did to another, bin by bin without a gap."""

    source: Side
    target: Side
    by: Step
    scale: str
    version: str
    """Of the scale: figures of two versions are not to be compared."""
    bins: tuple[Bin, ...]


class Relation(Struct, frozen=True, kw_only=True):
    """What two sides did to each other: there, back, and both together; all three over the same bins."""

    there: Series
    back: Series
    both: Series
    """An event that each did to the other ("agreed") counts once."""


def series_of(
    rows: Iterable[Row],
    source: Side,
    target: Side,
    scale: Scale,
    *,
    by: Step = "week",
    standing: Sequence[str] = FACTS,
    volume: Mapping[datetime.date, int] | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Series:
    """What `source` did to `target`, in bins of days, weeks or months.

    The intensities of the rows are taken for those of `scale`: `scored` puts them there. Rows count that stand as
    `standing` says, each event once. `volume` is how many articles were collected on each day; a bin in which none
    were and no event lies is not known. The bins reach from that of `since` (without it: of the first event) to that of
    `until` (of the last).

    Raises `QuestionError` when `since` is after `until`.
    """
    told = _of(rows, source, target, standing)
    return _series(told, source, target, scale, by, volume, _reach(told, since, until, by))


def relation_of(
    rows: Iterable[Row],
    one: Side,
    other: Side,
    scale: Scale,
    *,
    by: Step = "week",
    standing: Sequence[str] = FACTS,
    volume: Mapping[datetime.date, int] | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Relation:
    """What two sides did to each other; all as in `series_of`. Raises `QuestionError` when `since` is after `until`."""
    rows = tuple(rows)
    there, back = _of(rows, one, other, standing), _of(rows, other, one, standing)
    both = {**back, **there}
    reach = _reach(both, since, until, by)
    return Relation(
        there=_series(there, one, other, scale, by, volume, reach),
        back=_series(back, other, one, scale, by, volume, reach),
        both=_series(both, one, other, scale, by, volume, reach),
    )


def between(
    rows: Iterable[Row], one: Side, other: Side, direction: Direction = "both", standing: Sequence[str] = FACTS
) -> tuple[Row, ...]:
    """The rows that a series is made of, one for each event, by their days: what to show as its events."""
    rows = tuple(rows)
    there = _of(rows, one, other, standing) if direction != "back" else {}
    back = _of(rows, other, one, standing) if direction != "there" else {}
    return tuple(sorted(({**back, **there}).values(), key=lambda row: (row.day, row.id)))


def bin_of(day: datetime.date, by: Step) -> datetime.date:
    """The first day of the bin in which a day lies."""
    if by == "day":
        return day
    return day - datetime.timedelta(day.weekday()) if by == "week" else day.replace(day=1)


def next_bin(start: datetime.date, by: Step) -> datetime.date:
    """The first day of the bin after the one that begins on `start`."""
    if by == "month":
        return (start + datetime.timedelta(31)).replace(day=1)
    return start + datetime.timedelta(7 if by == "week" else 1)


def _of(rows: Iterable[Row], source: Side, target: Side, standing: Sequence[str]) -> dict[str, Row]:
    """The first row of each event that one side did to the other."""
    found: dict[str, Row] = {}
    for row in rows:
        if (
            row.standing in standing
            and row.id not in found
            and source.has(row.source_id, row.source_country, row.source_code)
            and target.has(row.target_id, row.target_country, row.target_code)
        ):
            found[row.id] = row
    return found


def _reach(
    told: Mapping[str, Row], since: datetime.date | None, until: datetime.date | None, by: Step
) -> tuple[datetime.date, ...]:
    """The first days of all bins."""
    if since and until and since > until:
        raise QuestionError(f"since {since} is after until {until}; swap them?")
    days = [row.day for row in told.values()]
    first, last = since or min(days, default=until), until or max(days, default=since)
    if first is None or last is None:
        return ()
    starts = [bin_of(first, by)]
    while (start := next_bin(starts[-1], by)) <= last:
        starts.append(start)
    return tuple(starts)


def _series(
    told: Mapping[str, Row],
    source: Side,
    target: Side,
    scale: Scale,
    by: Step,
    volume: Mapping[datetime.date, int] | None,
    starts: tuple[datetime.date, ...],
) -> Series:
    held: dict[datetime.date, list[Row]] = {start: [] for start in starts}
    for row in told.values():
        held.get(bin_of(row.day, by), []).append(row)  # what lies outside is dropped with the new list
    articles: dict[datetime.date, int] | None = None
    if volume is not None:
        articles = dict.fromkeys(starts, 0)
        for day, count in volume.items():
            if (start := bin_of(day, by)) in articles:
                articles[start] += count
    bins = tuple(_bin(start, by, held[start], None if articles is None else articles[start]) for start in starts)
    return Series(source=source, target=target, by=by, scale=scale.name, version=scale.version, bins=bins)


def _bin(start: datetime.date, by: Step, rows: Sequence[Row], volume: int | None) -> Bin:
    end = next_bin(start, by) - datetime.timedelta(1)
    if not rows and volume == 0:
        return Bin(
            start=start, end=end, events=None, scored=None, mean=None, squares=None, quads=None, outlets=None, volume=0
        )
    scores = [row.intensity for row in rows if row.intensity is not None]
    quads = Counter(row.quad for row in rows)
    return Bin(
        start=start,
        end=end,
        events=len(rows),
        scored=len(scores),
        mean=sum(scores) / len(scores) if scores else None,
        squares=sum(score * score for score in scores),
        quads=(quads[1], quads[2], quads[3], quads[4]),
        outlets=sum(row.outlets for row in rows),
        volume=volume,
    )
