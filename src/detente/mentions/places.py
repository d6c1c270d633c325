"""Places: every name of a place, with the places of the gazetteer that it may mean, the likeliest first.

Names are found by `placespans`, what they mean is decided for the whole document by `placing`. Whether a capital that
acts ("Moscow said") is a place at all is for the reports to say.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from detente.lexicon import Entry, Lexicon
from detente.mentions.gazetteer import Gazetteer, Row, gazetteer
from detente.mentions.placenames import plain
from detente.mentions.placespans import Found, Spans
from detente.mentions.placing import Choice, Name, grouped, resolved
from detente.model import Article, Because, Place, PlaceMention, Sentence

DATELINE_WEIGHT = 2.0
KIND_SHOWN = {"district": "province"}
# A name that is also a common surname or word needs more than a capital letter where the language model saw no place.
LEAST_POPULATION = 15_000


class PlaceEntry(Entry, frozen=True, kw_only=True):
    """A place that no source holds, or that they hold otherwise than news means it."""

    names: tuple[str, ...]
    kind: str
    """country, province, city, region, site; "not" for words that only look like a place."""
    country: str = ""
    """ISO 3166 alpha-3 of the state it is internationally held to belong to; empty for what lies in several."""
    province: str = ""
    """GeoNames code of the province ("US.TX"); marks an abbreviation of it."""
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    weight: float = 6.0
    """How likely the name is meant, as a power of ten of people: 6 is a million."""
    comma: bool = False
    """Only right after a comma and another name: "Ala.", "Miss."."""


class Places:
    """Finds names of places and what they mean."""

    def __init__(self, lexicon: Lexicon) -> None:
        """The gazetteer is read when the first article is."""
        self.entries = lexicon.entries("places", PlaceEntry)
        self.named: dict[str, list[PlaceEntry]] = {}
        self.beginnings: set[str] = set()
        for entry in self.entries:
            for name in entry.names:
                looked_up = plain(name)
                self.named.setdefault(looked_up, []).append(entry)
                words = looked_up.split(" ")
                self.beginnings.update(" ".join(words[:count]) for count in range(1, len(words)))
        self.spans = Spans(self._knows, self._begins)
        self._rows: dict[str, tuple[Row, ...]] = {}

    @property
    def gazetteer(self) -> Gazetteer:
        """The packed gazetteer, loaded once and only when needed."""
        return gazetteer()

    def find(self, article: Article, sentences: Sequence[Sentence]) -> tuple[PlaceMention, ...]:
        """All mentions of places, in the order of the text."""
        spans = [span for span in self.spans.find(sentences) if self._is_likely(span)]
        if not spans:
            return ()
        choices = resolved(self._names(article, spans))
        return tuple(_mention(span, choices[span.name]) for span in spans if span.name in choices)

    def resolve(self, article: Article, spans: Sequence[tuple[int, int]]) -> tuple[PlaceMention | None, ...]:
        """The places of spans that are known to name places; None where the gazetteer holds no such name."""
        found = [
            Found(start, end, self._spelled(article.text[start:end]), 0, 0, 0, "LOC", False, True)
            for start, end in spans
        ]
        choices = resolved(self._names(article, found))
        return tuple(_mention(span, choices[span.name]) if span.name in choices else None for span in found)

    def _spelled(self, words: str) -> str:
        """The form under which a name is known: without "the", without a possessive."""
        name = plain(words)
        for form in (name, name.removeprefix("the "), plain(words.removesuffix("'s").removesuffix("’s"))):
            if self.rows(form):
                return form
        return name

    def rows(self, name: str) -> tuple[Row, ...]:
        """All places of a plain name, those of the lexicon first."""
        if name not in self._rows:
            if len(self._rows) > 50_000:
                self._rows.clear()
            entries = self.named.get(name, ())
            ours = tuple(self._row(entry) for entry in entries if entry.kind != "not")
            ids = {row.geonames for row in ours if row.geonames}
            rest = tuple(row for row in self.gazetteer.rows(name) if row.geonames not in ids)
            only = bool(entries) and all(entry.kind == "not" or entry.comma for entry in entries)
            self._rows[name] = ours if only else ours + rest
        return self._rows[name]

    def _row(self, entry: PlaceEntry) -> Row:
        """The place of an entry; what it does not say of a country or province is taken from the gazetteer."""
        known = None
        if entry.lat is None and entry.kind == "country":
            known = self.gazetteer.country_of(entry.country)
        elif entry.kind == "province" and entry.province:
            known = self.gazetteer.province_of(entry.province)
        if known is None:
            return _own_row(entry)
        if entry.lat is not None:
            known = structs.replace(known, lat=entry.lat, lon=entry.lon)
        name = known.name if entry.comma else entry.names[0]
        return structs.replace(known, name=name, entry=entry.id)

    def _knows(self, name: str) -> bool:
        return name in self.named or self.gazetteer.has(name)

    def _begins(self, name: str) -> bool:
        return name in self.beginnings or self.gazetteer.begins(name)

    def _is_likely(self, span: Found) -> bool:
        """Whether the words name a place here: what the language model saw, else the weight of the name."""
        entries = self.named.get(span.name, ())
        if any(entry.kind == "not" for entry in entries):
            return False
        if entries and all(entry.comma for entry in entries) and not span.after_comma:
            return False
        if span.tag == "LOC" or span.after_comma:
            return True
        if span.tag in ("ORG", "MISC", "PER"):
            return False
        rows = self.rows(span.name)
        strong = any(row.kind in ("country", "province", "region", "site") for row in rows)
        if span.loose and span.last - span.first == 1:
            return strong and any(row.kind == "country" for row in rows)
        return strong or any(row.population >= LEAST_POPULATION for row in rows)

    def _names(self, article: Article, spans: Sequence[Found]) -> list[Name]:
        told: list[tuple[str, float, str | None]] = []
        for index, span in enumerate(spans):
            following = spans[index + 1] if index + 1 < len(spans) else None
            holder = None
            if following is not None and article.text[span.end : following.start].strip() in (",", ", in"):
                holder = following.name
            told.append((span.name, 1.0, holder))
        if article.place and self.rows(plain(article.place)):
            told.append((plain(article.place), DATELINE_WEIGHT, None))
        return grouped(told, {name: self.rows(name) for name, _, _ in told})


def _own_row(entry: PlaceEntry) -> Row:
    return Row(
        name=entry.names[0],
        kind=entry.kind,
        country=entry.country,
        province=entry.province,
        population=int(10**entry.weight),
        lat=entry.lat,
        lon=entry.lon,
        geonames=entry.geonames,
        entry=entry.id,
    )


def _mention(span: Found, choice: Choice) -> PlaceMention:
    words = (span.start, span.end)
    because = [Because(choice.rule, words)]
    if choice.rows[0].entry:
        because.append(Because(choice.rows[0].entry, words))
    return PlaceMention(words=words, places=tuple(_place(row) for row in choice.rows), because=tuple(because))


def _place(row: Row) -> Place:
    return Place(
        name=row.name,
        kind=KIND_SHOWN.get(row.kind, row.kind),  # type: ignore[arg-type]
        country=row.country or None,
        geonames=row.geonames,
        lat=row.lat,
        lon=row.lon,
    )
