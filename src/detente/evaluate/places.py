"""Names of places against people's: how near the places chosen lie, for given names and from end to end.

    {"doc_id": "1", "text": "A storm hit Paris, Texas.",
     "toponyms": [{"start": 12, "end": 17, "lat": 33.66, "lon": -95.56}]}

A name is placed right within 161 km (100 miles: Leidner 2007; Gritta et al. 2018), and the name of a country also when
the gold point lies in it, as gazetteers put its point elsewhere. The country of a point is that of the nearest town of
the gazetteer. Toponyms without a point count for precision alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import structs

from detente.evaluate.documents import Parsed, iso_day, rows_of, shown
from detente.evaluate.events import Table
from detente.evaluate.figures import figure, share
from detente.events.same import kilometres
from detente.mentions import Places
from detente.mentions.gazetteer import gazetteer
from detente.model import Place, PlaceMention, Span, overlap

NEAR_KM = 161.0
Point = tuple[float, float]
"""Degrees north and east."""


class Toponym(msgspec.Struct, frozen=True):
    """A name of a place in a text, with its point where people gave one."""

    span: Span
    point: Point | None
    country: str = ""
    """ISO 3166 alpha-3 of the town nearest to the point."""


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its toponyms."""

    id: str
    text: str
    day: str | None
    url: str | None = None
    headed: bool = False
    gold: tuple[Toponym, ...]


class Answer(msgspec.Struct, frozen=True):
    """What a toponym with a point was taken for."""

    gold: Toponym
    given: Place | None
    """When the words are given."""
    largest: Place | None
    """The baseline: the place of that name with the most people."""
    found: Place | None
    """From end to end."""


class Placed(msgspec.Struct, frozen=True):
    """How a document came out."""

    row: PlaceRow
    answers: tuple[Answer, ...]
    right: int
    """Mentions over a toponym, with a point or without."""
    added: tuple[PlaceMention, ...]
    """Mentions where people saw none."""


def place_rows(path: Path) -> tuple[PlaceRow, ...]:
    """The documents of a set.

    Raises `DetenteError` naming file and line when one cannot be read.
    """
    return _with_countries(tuple(rows_of(path, _row, "text and toponyms with start and end")))


def _row(raw: dict[str, Any], id: str) -> PlaceRow:
    gold = tuple(_toponym(one) for one in raw["toponyms"])
    url = raw.get("url") or raw.get("domain")
    return PlaceRow(id=str(raw.get("doc_id", id)), text=raw["text"], day=iso_day(raw.get("date")), url=url, gold=gold)


def _toponym(raw: dict[str, Any]) -> Toponym:
    lat, lon = raw.get("lat"), raw.get("lon")
    return Toponym((raw["start"], raw["end"]), None if lat is None or lon is None else (float(lat), float(lon)))


def _with_countries(rows: Sequence[PlaceRow]) -> tuple[PlaceRow, ...]:
    points = [one.point for row in rows for one in row.gold if one.point is not None]
    countries = iter(gazetteer().nearest_countries(np.array(points, dtype=float).reshape(-1, 2)))
    return tuple(
        structs.replace(
            row, gold=tuple(structs.replace(one, country=next(countries)) if one.point else one for one in row.gold)
        )
        for row in rows
    )


def placed(document: Parsed[PlaceRow], places: Places) -> Placed:
    """How a document comes out; `places` are to count adjectives as names, as such sets do."""
    row, article = document.row, document.article
    gold = [one for one in row.gold if one.point is not None]
    given = places.resolve(article, [one.span for one in gold])
    mentions = places.find(article, document.sentences)
    over = [next((m for m in mentions if overlap(m.words, one.span)), None) for one in gold]
    added = tuple(m for m in mentions if not any(overlap(m.words, one.span) for one in row.gold))
    return Placed(
        row,
        tuple(
            Answer(one, _best(told), places.largest(row.text[slice(*one.span)]), _best(mention))
            for one, told, mention in zip(gold, given, over, strict=True)
        ),
        len(mentions) - len(added),
        added,
    )


def _best(mention: PlaceMention | None) -> Place | None:
    return mention.places[0] if mention else None


def place_tables(documents: Sequence[Placed]) -> Iterator[Table]:
    """Shares of the toponyms with a point, with 95 % intervals over toponyms; beside the largest place of the name."""
    answers = [answer for document in documents for answer in document.answers]
    n = len(answers)
    given, largest = ([(one.gold, getattr(one, name)) for one in answers] for name in ("given", "largest"))
    yield Table("names given", (
        figure(f"within {NEAR_KM:.0f} km", share([is_near(*one) for one in given]), n),
        figure("country", share([gold.country == _country_of(place) for gold, place in given]), n),
        figure("known to the gazetteer", share([place is not None for _, place in given]), n),
    ))  # fmt: skip
    yield Table("baseline: the place with the most people", (
        figure(f"within {NEAR_KM:.0f} km", share([is_near(*one) for one in largest]), n),
        figure("country", share([gold.country == _country_of(place) for gold, place in largest]), n),
    ))  # fmt: skip
    told = [right for document in documents for right in (*[True] * document.right, *[False] * len(document.added))]
    yield Table("end to end", (
        figure("found and placed", share([is_near(one.gold, one.found) for one in answers]), n),
        figure("found", share([one.found is not None for one in answers]), n),
        figure("precision", share(told), len(told)),
    ))  # fmt: skip


def is_near(gold: Toponym, place: Place | None) -> bool:
    """Within 161 km; for the name of a country, the point in that country."""
    if place is None or place.lat is None or place.lon is None or gold.point is None:
        return False
    if place.kind == "country" and place.country == gold.country:
        return True
    return kilometres(place.lat, place.lon, *gold.point) <= NEAR_KM


def _country_of(place: Place | None) -> str | None:
    """The country of a place; of one that lies in several, that of its point, as the gold's is."""
    if place is None or place.country or place.lat is None or place.lon is None:
        return place.country if place is not None else None
    return gazetteer().nearest_countries(np.array([[place.lat, place.lon]]))[0]


def wrong_places(documents: Iterable[Placed]) -> Iterator[str]:
    """What came out otherwise, for people: unknown or far when given, missed, added."""
    for document in documents:
        row = document.row
        for one in document.answers:
            if is_near(one.gold, one.given) and is_near(one.gold, one.found):
                continue
            kind = "unknown" if one.given is None else "missed" if is_near(one.gold, one.given) else "far"
            got = one.found if kind == "missed" else one.given
            assert one.gold.point is not None
            north, east = one.gold.point
            told = f"{got.name}, {got.country} ({got.kind})" if got else "nothing"
            gold = f"{shown(row.text, one.gold.span)} at {north:.2f}, {east:.2f} {one.gold.country}"
            yield f"{row.id}: {kind} {gold}, got {told}"
        for mention in document.added:
            place = mention.places[0]
            yield f"{row.id}: added {shown(row.text, mention.words)}, {place.name}, {place.country} ({place.kind})"
