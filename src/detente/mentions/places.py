"""Places: every name of a place, with the places of the gazetteer that it may mean, the likeliest first.

Names are found by `placespans`, what they mean is decided for the whole document by `placing`. Whether a capital that
acts ("Moscow said") is a place at all is for the reports to say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

from msgspec import structs

from detente.lexicon import Entry, Lexicon
from detente.mentions.gazetteer import Gazetteer, Row, gazetteer
from detente.mentions.holders import Holders, Territory, held
from detente.mentions.placeguard import Guard, Seen, seen_in
from detente.mentions.placenames import plain
from detente.mentions.placespans import LONGEST_NAME, Found, Spans
from detente.mentions.placing import Choice, Name, Told, grouped, resolved
from detente.mentions.publishers import Home, Publishers
from detente.model import Article, Because, Place, PlaceMention, Sentence

DATELINE_WEIGHT = 2.0
IN_LISTS = frozenset((",", "and", "or", ", and", ", or", "&"))
# Some 3,200 people live on a square kilometre of a town, so the circle of its area has this radius.
KM_PER_ROOT_INHABITANT, SMALLEST_TOWN = 0.01, 2
SITE = 1
KIND_SHOWN = {"district": "province"}


class PlaceEntry(Entry, frozen=True, kw_only=True):
    """A place that no source holds, or that they hold otherwise than news means it."""

    names: tuple[str, ...]
    kind: str
    """country, province, city, region, site; or "word" (a common word that towns are called by), "never" (never a place
    by itself), "title" (before a person's name), "street" (after a street's), "adjective" ("Russian"),
    "publisher" (a host with the home of its paper), "host" (the end of hosts that tells no home)."""
    country: str = ""
    """ISO 3166 alpha-3 of the state it is internationally held to belong to; empty for what lies in several."""
    province: str = ""
    """GeoNames code of the province ("US.TX"); marks an abbreviation of it."""
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    radius: int = 0
    """Of the circle of its area, in kilometres; 0 where nobody has written it down."""
    weight: float = 6.0
    """How likely the name is meant, as a power of ten of people: 6 is a million."""
    comma: bool = False
    """Only right after a comma and another name: "Ala.", "Miss."."""
    areas: tuple[str, ...] = ()
    """Of a territory: GeoNames codes of the provinces, or the country, that lie in it."""
    held_by: tuple[str, ...] = ()
    """Who holds it: ids of actors, with days ("RUS 2014-03-18/") where it was not always so."""
    claimed_by: tuple[str, ...] = ()
    """Who claims it, likewise."""


class Places:
    """Finds names of places and what they mean."""

    def __init__(self, lexicon: Lexicon, *, adjectives: bool = False) -> None:
        """The gazetteer is read when the first article is.

        With `adjectives`, "Russian" and "Russians" count as mentions of Russia, as they do in collections of toponyms.
        """
        self.adjectives = adjectives
        self.named: dict[str, list[PlaceEntry]] = {}
        self.beginnings: set[str] = set()
        entries = lexicon.entries("places", PlaceEntry)
        for entry in entries:
            if entry.kind not in ("title", "street", "publisher", "host"):
                self._add(entry)
        self.centres = {
            entry.province: (entry.lat, entry.lon)
            for entry in entries
            if entry.kind == "province" and entry.province and entry.lat is not None and entry.lon is not None
        }
        self.called = {entry.country: entry.names[0] for entry in reversed(entries) if entry.kind == "country"}
        self.guard = Guard(
            titles=frozenset(name.lower() for entry in entries if entry.kind == "title" for name in entry.names),
            streets=frozenset(name for entry in entries if entry.kind == "street" for name in entry.names),
        )
        self.homes = {
            host: Home(entry.country, entry.province)
            for entry in entries
            if entry.kind == "publisher"
            for host in entry.names
        }
        self.holders = Holders(
            Territory(entry.id, entry.areas, held(entry.id, entry.held_by), held(entry.id, entry.claimed_by))
            for entry in entries
            if entry.held_by or entry.claimed_by
        )
        self.everybody = [ending for entry in entries if entry.kind == "host" for ending in entry.names]
        self.spans = Spans(self._knows, self._begins)
        self._rows: dict[str, tuple[Row, ...]] = {}

    def _add(self, entry: PlaceEntry) -> None:
        for looked_up in dict.fromkeys(plain(name) for name in entry.names):
            self.named.setdefault(looked_up, []).append(entry)
            words = looked_up.split(" ")
            self.beginnings.update(" ".join(words[:count]) for count in range(1, len(words)))

    @cached_property
    def publishers(self) -> Publishers:
        """Where papers are at home."""
        return Publishers(self.homes, self.everybody, self.gazetteer.alpha3)

    @property
    def gazetteer(self) -> Gazetteer:
        """The packed gazetteer, loaded once and only when needed."""
        return gazetteer()

    def find(self, article: Article, sentences: Sequence[Sentence]) -> tuple[PlaceMention, ...]:
        """All mentions of places, in the order of the text."""
        spans = self.spans.find(sentences)
        seen = seen_in(spans)
        spans = [span for span in spans if self._is_place(span, seen[span.name])]
        dateline = self._dateline(article)
        if not spans and dateline is None:
            return ()
        choices = self._resolved(article, spans)
        if dateline is not None:
            spans = sorted([*spans, dateline], key=lambda span: span.start)
        day = _day_of(article)
        return tuple(self._mention(span, choices[span.name], day) for span in spans if span.name in choices)

    def _resolved(self, article: Article, spans: Sequence[Found]) -> dict[str, Choice]:
        return resolved(self._names(article, spans), self.publishers.home_of(article.url))

    def _dateline(self, article: Article) -> Found | None:
        """Where the dateline says that it was written; its words are those of the block."""
        name = self._written_at(article)
        for block in article.blocks if name is not None else ():
            at = article.text.find(article.place or "", block.start, block.end) if block.kind == "dateline" else -1
            if at >= 0 and name is not None:
                return Found(at, at + len(article.place or ""), name.name)
        return None

    def _written_at(self, article: Article) -> Told | None:
        """The dateline's name, "PESHAWAR, Pakistan" parted into the town and what holds it."""
        place = article.place or ""
        town, _, holder = place.partition(",")
        if self.rows(plain(place)):
            return Told(plain(place), DATELINE_WEIGHT)
        return Told(plain(town), DATELINE_WEIGHT, plain(holder) or None) if self.rows(plain(town)) else None

    def country(self, code: str, article: Article) -> Place | None:
        """The country with this ISO 3166 alpha-3 code, as an article of its date means it."""
        row = self.gazetteer.country_of(code)
        if row is None:
            return None
        return self._place(structs.replace(row, name=self.called.get(code, row.name)), _day_of(article))

    def resolve(self, article: Article, spans: Sequence[tuple[int, int]]) -> tuple[PlaceMention | None, ...]:
        """The places of spans that are known to name places; None where the gazetteer holds no such name."""
        found = [Found(start, end, self._spelled(article.text[start:end])) for start, end in spans]
        choices = self._resolved(article, found)
        day = _day_of(article)
        return tuple(self._mention(span, choices[span.name], day) if span.name in choices else None for span in found)

    def largest(self, words: str) -> Place | None:
        """The place of a name in which the most people live; None where the gazetteer holds no such name."""
        row = max(self.rows(self._spelled(words)), key=lambda row: row.population, default=None)
        return self._place(row, None) if row is not None else None

    def _spelled(self, words: str) -> str:
        """The form under which a name is known: without "the", without a possessive, else the longest name in it.

        "the Kentucky State Police" is named for Kentucky.
        """
        name = plain(words)
        whole = (name, name.removeprefix("the "), plain(words.removesuffix("'s").removesuffix("’s")))
        parts = [word for word in words.split() if word[:1].isupper()][:LONGEST_NAME]
        inner = (
            plain(" ".join(parts[first : first + length]))
            for length in range(len(parts) - 1, 0, -1)
            for first in range(len(parts) - length + 1)
        )
        return next((form for form in (*whole, *inner) if self.rows(form)), name)

    def rows(self, name: str) -> tuple[Row, ...]:
        """All places of a plain name, those of the lexicon first."""
        if name not in self._rows:
            if len(self._rows) > 50_000:
                self._rows.clear()
            self._rows[name] = self._all_rows(name)
        return self._rows[name]

    def _all_rows(self, name: str) -> tuple[Row, ...]:
        entries = self.named.get(name, ())
        ours = tuple(self._row(entry) for entry in entries if entry.kind not in ("word", "never"))
        if entries and all(entry.comma or entry.kind in ("adjective", "never") for entry in entries):
            return ours
        ids = {row.geonames for row in ours if row.geonames}
        centred = (self._centred(row) for row in self.gazetteer.rows(name))
        # Codes of airports and the like stand among the other names of cities.
        return ours + tuple(
            row for row in centred if row.geonames not in ids and (len(name) > 3 or plain(row.name) == name)
        )

    def _row(self, entry: PlaceEntry) -> Row:
        """The place of an entry; what it does not say of a country or province is taken from the gazetteer."""
        known = None
        if entry.lat is None and entry.kind in ("country", "adjective"):
            known = self.gazetteer.country_of(entry.country)
        elif entry.kind == "province" and entry.province:
            known = self.gazetteer.province_of(entry.province)
        if known is None:
            return self._own_row(entry)
        known = self._centred(known)
        name = known.name if entry.comma else entry.names[0]
        if entry.kind == "adjective":
            name = self.called.get(entry.country, known.name)
        return structs.replace(known, name=name, entry=entry.id)

    def _own_row(self, entry: PlaceEntry) -> Row:
        area = self.gazetteer.place_of(entry.geonames) if entry.geonames and not entry.radius else None
        return Row(
            name=entry.names[0],
            kind="region" if entry.kind == "adjective" else entry.kind,
            country=entry.country,
            province=entry.province,
            population=int(10**entry.weight),
            lat=entry.lat,
            lon=entry.lon,
            radius=area.radius if area is not None else entry.radius,
            geonames=entry.geonames,
            entry=entry.id,
        )

    def _centred(self, row: Row) -> Row:
        """A province with the point that the lexicon gives it."""
        point = self.centres.get(row.province) if row.kind == "province" else None
        return structs.replace(row, lat=point[0], lon=point[1]) if point else row

    def _knows(self, name: str) -> bool:
        return name in self.named or self.gazetteer.has(name)

    def _begins(self, name: str) -> bool:
        return name in self.beginnings or self.gazetteer.begins(name)

    def _is_place(self, span: Found, seen: Seen) -> bool:
        """Whether the words name a place here."""
        kinds = {"short" if entry.comma else entry.kind for entry in self.named.get(span.name, ())}
        if kinds == {"adjective"}:
            return self.adjectives
        rows = self.rows(span.name)
        return bool(rows) and self.guard.allows(
            span, rows, seen, word="word" in kinds, short="short" in kinds and len(kinds) == 1
        )

    def _mention(self, span: Found, choice: Choice, day: str | None) -> PlaceMention:
        words = (span.start, span.end)
        because = [Because(choice.rule, words)]
        if choice.rows[0].entry:
            because.append(Because(choice.rows[0].entry, words))
        places = tuple(self._place(row, day) for row in choice.rows)
        return PlaceMention(words=words, places=places, because=tuple(because))

    def _place(self, row: Row, day: str | None) -> Place:
        held_by, claimed_by = self.holders.of(row, day)
        return Place(
            name=row.name,
            kind=KIND_SHOWN.get(row.kind, row.kind),  # type: ignore[arg-type]
            country=row.country or None,
            geonames=row.geonames,
            lat=row.lat,
            lon=row.lon,
            radius=_radius(row),
            held_by=held_by,
            claimed_by=claimed_by,
        )

    def _only_holds(self, name: str) -> bool:
        """ "D.C.", "Ala.": written only after what lies in it."""
        entries = self.named.get(name, ())
        return bool(entries) and all(entry.comma for entry in entries)

    def _names(self, article: Article, spans: Sequence[Found]) -> list[Name]:
        told: list[Told] = []
        for index, span in enumerate(spans):
            one = Told(span.name)
            if index + 1 < len(spans):
                following = spans[index + 1]
                if article.text[span.end : following.start].strip() in (",", ", in"):
                    one.holder = following.name
                    one.firm = self._only_holds(following.name)
            listed = bool(index) and article.text[spans[index - 1].end : span.start].strip() in IN_LISTS
            if listed and not self._only_holds(span.name):
                one.fellow = spans[index - 1].name
            told.append(one)
        if (dateline := self._written_at(article)) is not None:
            told.append(dateline)
            if dateline.holder is not None:
                told.append(Told(dateline.holder))
        return grouped(told, {one.name: self.rows(one.name) for one in told})


def _day_of(article: Article) -> str | None:
    return article.anchor.value[:10] if article.anchor is not None else None


def _radius(row: Row) -> int | None:
    """Of a town, by how many live there; of a site, what one looks at when one stands there."""
    if row.radius:
        return row.radius
    if row.kind == "city":
        return max(SMALLEST_TOWN, round(KM_PER_ROOT_INHABITANT * math.sqrt(row.population)))
    return SITE if row.kind == "site" else None
