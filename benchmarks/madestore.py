"""A store of very many events and articles, made up and written as `fuse` and `publish` write it.

Events of forty years between 210 countries, few pairs with many and many with few; each told by one article, each
article in a story. Rows are made as columns, a month at a time: ten million take some minutes.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from detente.model import Article, Block, Coding, Stamp, id_of
from detente.store import Store, segments
from detente.store.catalogue import Entry, Holder
from detente.store.pairs import Pair, Who
from detente.store.rows import table_of
from detente.store.schema import SCHEMAS, SORTED_BY, TELLING

COUNTRIES = [f"{a}{b}X" for a in "ABCDEFGHIJKLMNO" for b in "ABCDEFGHIJKLMN"]
KINDS = [
    ("CONSULT", "visit", "042", 1), ("ACCUSE", "disapprove", "111", 3), ("AGREE", None, "030", 1),
    ("SANCTION", "expel", "161", 4), ("ASSAULT", "aerial", "195", 4), ("AID", None, "070", 2),
]  # fmt: skip
MONTHS = [date(year, month, 1) for year in range(1980, 2020) for month in range(1, 13)]
OUTLETS = [f"Outlet {number}" for number in range(200)]
PER_STORY = 5
"""Articles."""

Numbers = np.ndarray[Any, np.dtype[Any]]


class Month:
    """What is made of one month."""

    def __init__(self, begin: date, events: int, articles: int, draw: np.random.Generator) -> None:
        self.name = f"{begin:%Y-%m}"
        self._begin, self._events, self._articles, self._draw = begin, events, articles, draw
        self.article_ids = [id_of("article", self.name, number) for number in range(articles)]
        self.story_ids = [id_of("story", self.name, number) for number in range(max(1, articles // PER_STORY))]
        self.article_day = np.sort(draw.integers(28, size=articles))
        self.outlet = draw.integers(len(OUTLETS), size=articles)

    def day(self, number: int) -> date:
        """Of an article."""
        return self._begin + timedelta(int(self.article_day[number]))

    def story_of(self, number: int) -> str:
        """Of an article."""
        return self.story_ids[min(number // PER_STORY, len(self.story_ids) - 1)]

    def events(self) -> pa.Table:
        """The events; a country is met as often as its place in the list allows (Zipf)."""
        count, draw = self._events, self._draw
        share = 1 / np.arange(1, len(COUNTRIES) + 1)
        source, target = (draw.choice(len(COUNTRIES), count, p=share / share.sum()) for _ in range(2))
        # Every few years there is more of what is hostile.
        kind = draw.integers(6 if self._begin.year % 10 > 4 else 3, size=count)
        article = np.sort(draw.integers(max(1, self._articles), size=count))
        days = self.article_day[article] if self._articles else draw.integers(28, size=count)
        day = pa.array([self._begin + timedelta(int(one)) for one in days])
        columns: dict[str, Any] = {
            "id": [id_of(self.name, number) for number in range(count)], "type": _of([one[0] for one in KINDS], kind),
            "mode": _of([one[1] for one in KINDS], kind), "cameo": _of([one[2] for one in KINDS], kind),
            "quad": _of([one[3] for one in KINDS], kind, pa.int8()), "standing": pa.repeat("happened", count),
            "source": _of([[_actor(one)] for one in COUNTRIES], source, _type("source")),
            "target": _of([[_actor(one)] for one in COUNTRIES], target, _type("target")),
            "source_id": _of(COUNTRIES, source), "target_id": _of(COUNTRIES, target),
            "source_country": _of(COUNTRIES, source), "target_country": _of(COUNTRIES, target),
            "source_code": _of(COUNTRIES, source), "target_code": _of(COUNTRIES, target),
            "intensity": _of([4.0, -2.0, 2.5, -5.5, -10.0, 7.0], kind), "reciprocal": pa.repeat(False, count),
            "disputed": pa.repeat(False, count), "contexts": _empty(count, "contexts"),
            "counts": _empty(count, "counts"),
            "disagreements": _empty(count, "disagreements"), "corrected": _empty(count, "corrected"),
            "start": day.cast(pa.string()), "end": day.cast(pa.string()), "basis": pa.repeat("stated", count),
            "place": _of([_place(number) for number in range(400)], draw.integers(400, size=count), _type("place")),
            "articles": pa.repeat(pa.scalar(1, pa.int32()), count), "time_start": day, "time_end": day,
            "first_date": day, "last_date": day, "outlets": pa.array(1 + draw.integers(4, size=count)),
            "text": [f"Sentence {number} of {self.name} said what was done, where and why." for number in range(count)],
            "report": [id_of("report", self.name, number) for number in range(count)],
            "month": pa.repeat(self.name, count),
        }  # fmt: skip
        columns["place_country"] = pa.array(columns["place"]).field("country")
        if self._articles:
            columns["story"] = _of([self.story_of(number) for number in range(self._articles)], article)
            columns["tellings"] = self._tellings(columns, article)
        else:
            columns["tellings"] = _empty(count, "tellings")
        return _table("events", columns, count)

    def _tellings(self, events: dict[str, Any], article: Numbers) -> pa.Array:
        count = len(article)
        told: dict[str, Any] = {
            "report": pa.array(events["report"]), "article": _of(self.article_ids, article),
            "at": pa.array(np.zeros(count), pa.int32()), "date": events["start"], "standing": events["standing"],
            "outlet": _of(OUTLETS, self.outlet[article]), "copied": pa.repeat(False, count),
        }  # fmt: skip
        fields = [pa.array(told[f.name], f.type) if f.name in told else _nothing(f.type, count) for f in TELLING]
        values = pa.StructArray.from_arrays(fields, fields=list(TELLING))
        return pa.ListArray.from_arrays(pa.array(np.arange(count + 1), pa.int32()), values)

    def stories(self) -> pa.Table:
        """The stories: so many articles of a month after the other."""
        count = len(self.story_ids)
        parts = np.array_split(np.arange(self._articles), count)
        days = [(self.day(int(part[0])), self.day(int(part[-1]))) for part in parts]
        columns: dict[str, Any] = {
            "id": self.story_ids, "headline": [f"Story {number} of {self.name}" for number in range(count)],
            "articles": [[self.article_ids[number] for number in part] for part in parts],
            "originals": [len(part) for part in parts], "outlets": [len(part) for part in parts],
            "first": [first.isoformat() for first, _ in days], "last": [last.isoformat() for _, last in days],
            "terms": [["word", "another"]] * count, "actors": [[COUNTRIES[number % 210]] for number in range(count)],
            "places": _empty(count, "places", "stories"), "first_date": [first for first, _ in days],
            "last_date": [last for _, last in days], "month": pa.repeat(self.name, count),
        }  # fmt: skip
        return _table("stories", columns, count)

    def placements(self) -> pa.Table:
        """In which story each article is."""
        count = self._articles
        columns: dict[str, Any] = {
            "article": self.article_ids, "story": [self.story_of(number) for number in range(count)],
            "nearness": pa.repeat(0.5, count), "outlet": _of(OUTLETS, self.outlet), "headline": self.headlines(),
            "terms": _empty(count, "terms", "placements"), "date": [self.day(number) for number in range(count)],
            "month": pa.repeat(self.name, count),
        }  # fmt: skip
        return _table("placements", columns, count)

    def headlines(self) -> list[str]:
        """Of the articles."""
        return [f"Headline {number} of {self.name}" for number in range(self._articles)]


def fill_events(store: Store, count: int, articles: int = 0) -> None:
    """Writes events and, if there are to be articles, stories, and what the catalogue keeps of them."""
    draw = np.random.default_rng(7)
    catalogue = store._catalogue
    with catalogue.writing():
        catalogue.add_unit("made", "made", 0)
        for begin in MONTHS:
            month = Month(begin, count // len(MONTHS), articles // len(MONTHS), draw)
            tables = {"events": month.events()}
            if articles:
                tables |= {"stories": month.stories(), "placements": month.placements()}
            for noun, table in tables.items():
                catalogue.add_segments(segments.write(store.path, noun, "made", table))
                if noun != "placements":
                    catalogue.shelve(noun, dict.fromkeys(table["id"].to_pylist(), month.name), ())
            catalogue.replace_pairs((), _pairs(tables["events"]))
            if articles:
                _index(store, month, draw)
            else:
                for day in range(28):
                    catalogue._count((begin + timedelta(day)).isoformat(), 74)


def _index(store: Store, month: Month, draw: np.random.Generator) -> None:
    """Articles with a text of sixty words of a vocabulary of fifty thousand (Zipf), as `publish` writes them."""
    catalogue, unit = store._catalogue, f"made-{month.name}"
    words = np.minimum(draw.zipf(1.3, size=(len(month.article_ids), 60)), 50_000)
    texts = [" ".join(f"word{word}" for word in line) for line in words]
    codings = [_coding(month, number, text) for number, text in enumerate(texts)]
    catalogue.add_unit(unit, "made", len(codings))
    table = table_of("articles", codings).sort_by([(column, "ascending") for column in SORTED_BY["articles"]])
    catalogue.add_segments(segments.write(store.path, "articles", unit, table))
    for number, coding in enumerate(codings):
        holder = Holder(article=month.article_ids[number], origin=coding.origin, record=coding.record, unit=unit)
        day, outlet = month.day(number).isoformat(), OUTLETS[month.outlet[number]]
        catalogue.add_article(holder, f"Headline {number} of {month.name}", texts[number], day, outlet)
    catalogue.write_ledger([
        Entry(origin=one.origin, record=one.record, state="coded", reason="", article=one.record, version="made")
        for one in codings
    ])  # fmt: skip
    catalogue.settle_pending(pending.number for pending in catalogue.pending())


def _coding(month: Month, number: int, text: str) -> Coding:
    id = month.article_ids[number]
    origin = f"https://news.example/{id}"
    stamp = Stamp(kind="published", value=month.day(number).isoformat(), basis="given")
    article = Article(
        id=id, record=id, origin=origin, url=origin, text=text, blocks=(Block("paragraph", 0, len(text)),),
        headline=f"Headline {number} of {month.name}", publisher=OUTLETS[month.outlet[number]], published=stamp,
    )  # fmt: skip
    return Coding(record=id, origin=origin, state="coded", reason="", article=article)


def _pairs(table: pa.Table) -> list[Pair]:
    columns = ("id", "source_id", "target_id", "time_start", "type", "mode", "cameo", "quad", "outlets")
    made = []
    for id, source, target, day, type, mode, cameo, quad, outlets in zip(
        *(table[column].to_pylist() for column in columns), strict=True
    ):
        if source != target:
            deed = msgspec.json.encode([type, mode, cameo, quad, "happened"]).decode()
            made.append(Pair(
                day=day.toordinal(), event=id, doer=Who(source, source, source),
                done_to=Who(target, target, target), deed=deed, outlets=outlets, stated=None,
            ))  # fmt: skip
    return made


def _table(noun: str, columns: dict[str, Any], count: int) -> pa.Table:
    schema = SCHEMAS[noun]
    made = [pa.array(columns[f.name], f.type) if f.name in columns else pa.nulls(count, f.type) for f in schema]
    made = [one.combine_chunks() if isinstance(one, pa.ChunkedArray) else one for one in made]
    table = pa.Table.from_arrays([one.cast(f.type) for one, f in zip(made, schema, strict=True)], schema=schema)
    return table.sort_by([(column, "ascending") for column in SORTED_BY[noun]])


def _of(values: list[Any], numbers: Numbers, type: pa.DataType | None = None) -> pa.Array:
    return pa.array(values, type).take(pa.array(numbers))


def _type(name: str, noun: str = "events") -> pa.DataType:
    return SCHEMAS[noun].field(name).type


def _empty(count: int, name: str, noun: str = "events") -> pa.Array:
    return pa.array([[]] * count, _type(name, noun))


def _nothing(type: pa.DataType, count: int) -> pa.Array:
    return pa.array([[]] * count, type) if pa.types.is_list(type) else pa.nulls(count, type)


def _actor(country: str) -> dict[str, object]:
    return {"id": country, "name": country, "country": country, "sectors": [], "code": country}


def _place(number: int) -> dict[str, object]:
    return {
        "name": f"Town {number}", "precision": "city", "country": COUNTRIES[number % 210], "geonames": number,
        "lat": (number * 37 % 140) - 70.0, "lon": (number * 83 % 360) - 180.0, "basis": "stated",
        "held_by": [], "claimed_by": [],
    }  # fmt: skip
