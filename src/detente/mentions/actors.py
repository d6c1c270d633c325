"""Finds who is meant: names, offices, roles, seats of government, persons, pronouns and groups.

Each sentence is read twice. The first reading finds names, roles and persons and learns who is who in the article; the
second gives the mentions, so that "Lavrov" in a caption is known from a title that comes later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.lexicon import Lexicon, without_collection
from detente.mentions.background import Background
from detente.mentions.cast import Cast
from detente.mentions.cities import country_of, places_of
from detente.mentions.grounds import home_of
from detente.mentions.hyphens import Hyphens
from detente.mentions.later import Later
from detente.mentions.line import Line
from detente.mentions.names import ActorEntry, Hit, NameIndex, Sense, Word, actor_index, key_of
from detente.mentions.offices import Offices, TermEntry, holds
from detente.mentions.persons import Gender, PersonFound, persons_of
from detente.mentions.phrases import Roles
from detente.mentions.readings import Readings
from detente.mentions.readnames import NameReader
from detente.mentions.readpersons import PersonReader
from detente.mentions.readroles import RoleReader
from detente.mentions.roles import Named, Role, RoleEntry
from detente.mentions.seats import Seats
from detente.mentions.sectors import Sectors
from detente.mentions.seen import Seen, States, is_state
from detente.mentions.story import Story
from detente.mentions.who import Namer
from detente.model import ActorMention, Article, Because, Sentence, overlap


class Actors:
    """Who is who. Made once from a lexicon, then asked for each article; keeps nothing of an article."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Raises `LexiconError` when an entry of actors, roles or offices is wrong."""
        with without_collection():
            self._take_in(lexicon)

    def _take_in(self, lexicon: Lexicon) -> None:
        entries = lexicon.entries("actors", ActorEntry)
        roles = lexicon.entries("roles", RoleEntry)
        self._entries = {entry.short: entry for entry in entries}
        self.index = actor_index(entries)
        """All names; also those of nobody ("Turkish bath")."""
        ranks = {entry.short: rank for rank, entry in enumerate(e for e in roles if e.kind == "office")}
        self._offices = Offices(lexicon.entries("offices", TermEntry), ranks)
        sets = lexicon.sets("roles")
        self._hyphens = Hyphens(
            sets.get("holding", ()), sets.get("attitudes", ()),
            (name.rstrip("-") for entry in roles if entry.kind == "modifier" for name in entry.names),
        )  # fmt: skip
        self._sectors = Sectors(roles)
        self._roles = Roles(roles, self._sectors, self._hyphens, sets.get("place_nouns", ()))
        self._honorifics = _honorifics(roles)
        labels = {entry.sectors[0]: entry.names[0] for entry in roles if entry.kind == "sector"}
        self._namer = Namer(labels, self._sectors)
        self._groups: NameIndex[RoleEntry] = NameIndex()
        for entry in roles:
            if entry.kind == "group":
                for name in entry.names:
                    # "the ministers" takes somebody up, "foreign ministers" does not
                    self._groups.add(name, entry, whole=True)
        self._seats = Seats(
            self._hyphens,
            of_place=frozenset(sets.get("of_place", ())),
            addressed=frozenset(sets.get("addressed", ())),
            moving=frozenset(sets.get("moving", ())),
            is_place=frozenset(sets.get("is_place", ())),
        )
        self._heads = tuple(sets.get("heads", ()))
        self._later = Later(entries, self._groups, self._sectors)

    def find(self, article: Article, sentences: Sequence[Sentence]) -> tuple[ActorMention, ...]:
        """All mentions of an article, in order of their place; none overlaps another."""
        day = article.anchor.value[:10] if article.anchor else None
        keys = _keys_of(article)
        lines = [Line(article, sentence, n) for n, sentence in enumerate(sentences) if sentence.tokens]
        names = self._with_cities(lines, self._own_only([self._names(line, keys, day) for line in lines], keys))
        roles = [self._roles.find(line, named) for line, named in zip(lines, names, strict=True)]
        persons = [
            persons_of(line, named, role, self._offices, self._honorifics)
            for line, named, role in zip(lines, names, roles, strict=True)
        ]
        states = States(self._entries)
        background = Background(
            self._namer, self._sectors, self._offices, states, day, _told(names), home_of(lines, names)
        )
        cast = Cast([person for found in persons for person in found], background)
        readings = Readings(
            NameReader(self._namer, self._seats, states, self._hyphens),
            RoleReader(background, cast),
            PersonReader(background, cast, self._heads),
        )
        return self._tell(lines, names, roles, persons, readings)

    def people_of_place(self, article: Article, sentences: Sequence[Sentence]) -> ActorMention | None:
        """Who is meant where nobody is named but a place: the people of its country, "an amusement park in Kabul"."""
        lines = [Line(article, sentence, n) for n, sentence in enumerate(sentences) if sentence.tokens]
        keys = _keys_of(article)
        for line, names in zip(
            lines, self._with_cities(lines, [self._names(line, keys, None) for line in lines]), strict=True
        ):
            for named in (*names, *self._alone(line)):
                if is_state(named.sense.entry):
                    words = (named.start, named.end)
                    because = (Because(rule=named.sense.entry.id, words=words), Because(rule="who:place", words=words))
                    people = self._namer.role(named.sense.entry, ("CVL",))
                    return ActorMention(words=words, head=words, kind="role", actors=(people,), because=because)
        return None

    def _alone(self, line: Line) -> Iterator[Named]:
        """A line that is nothing but a town's name, however small."""
        entry = self._entries.get(country_of(line.text.strip(), frozenset(), large=0) or "")
        if entry is not None:
            last = len(line.tokens) - 1
            yield Named(
                line.sentence.start, line.sentence.end, 0, last, (Sense(entry, "city"),), line.text, is_alone=True
            )

    def _tell(
        self, lines: Sequence[Line], names: Sequence[Sequence[Named]], roles: Sequence[Sequence[Role]],
        persons: Sequence[Sequence[PersonFound]], readings: Readings,
    ) -> tuple[ActorMention, ...]:  # fmt: skip
        """The second reading. A related headline is a story of its own: nobody in it is "he" elsewhere."""
        stories: dict[str, Story] = {"body": Story()}
        mentions: list[ActorMention] = []
        for line, named, role, person in zip(lines, names, roles, persons, strict=True):
            place = f"related {line.sentence.block} {line.number}" if line.part == "related" else "body"
            story = stories.setdefault(place, Story())
            seen = readings.of(line, named, role, person)
            # "the two leaders" is a role too: what takes up somebody named goes first among equals
            seen = [*self._later.of(line, named, seen, story), *seen]
            seen.sort(key=lambda one: one.mention.words if one.mention else (one.start, one.start))
            story.tell(one.antecedent for one in seen if one.antecedent is not None)
            mentions.extend(one.mention for one in _longest(seen) if one.mention is not None)
        return tuple(mentions)

    def _own_only(self, names: Sequence[list[Named]], keys: frozenset[str]) -> list[list[Named]]:
        """Leaves out institutions and parties of a common name where nothing speaks of their country.

        "the Senate" is the American one in an article on the United States; elsewhere it is some senate, a role.
        "the Labour Party" is not the British one in an article on Hong Kong.
        """

        def is_common(named: Named) -> bool:
            if named.is_alone:
                return False  # a phrase that was given as an actor
            entry = named.sense.entry
            if entry.kind in ("party", "group") and entry.near:
                return not any(_is_near(cue, keys) for cue in entry.near)
            return entry.kind == "service" and self._roles.knows(named.text)

        told = {named.sense.entry.country for found in names for named in found if not is_common(named)}
        return [
            [named for named in found if named.sense.entry.country in told or not is_common(named)] for found in names
        ]

    def _with_cities(self, lines: Sequence[Line], names: Sequence[list[Named]]) -> list[list[Named]]:
        """Adds places that the lexicon of actors does not know; they only tell whose a role is."""
        told = {named.sense.entry.country or "" for found in names for named in found}
        return [
            sorted([*found, *self._cities(line, found, told)], key=lambda named: named.start)
            for line, found in zip(lines, names, strict=True)
        ]

    def _cities(self, line: Line, names: Sequence[Named], told: set[str]) -> Iterator[Named]:
        for first, last, (start, end) in places_of(line):
            text = line.text[start - line.sentence.start : end - line.sentence.start]
            # "eastern Congo" is not in Uganda's Eastern province.
            if text[:1].islower() or any(named.first <= last and first <= named.last for named in names):
                continue
            entry = self._entries.get(country_of(text, told) or "")
            if entry is not None:
                yield Named(start, end, first, last, (Sense(entry, "city"),), text)

    def _names(self, line: Line, keys: frozenset[str], day: str | None) -> list[Named]:
        """The names of a line, readings ranked."""
        found = []

        def has_begun(sense: Sense) -> bool:
            return day is None or (sense.entry.since or "") <= day

        for hit in self.index.find(line.words, line.text, line.sentence.start, has_begun):
            senses = _ranked(hit, line, keys, day)
            if senses:
                start, end = line.words[hit.first].start, _end_of(line, line.words[hit.last])
                text = line.text[start - line.sentence.start : end - line.sentence.start]
                is_alone = text == line.text.strip()
                first, last = line.token_at(start), line.token_at(end - 1)
                found.append(Named(start, end, first, last, senses, text, is_alone))
        return found


def carrying(sentences: Sequence[Sentence], mentions: Sequence[ActorMention]) -> ActorMention | None:
    """The mention that carries a phrase: that of its head word, else the first who is more than an adjective."""
    tops = {t.start for sentence in sentences[:1] for t in sentence.tokens if t.head < 0}
    whole = [m for m in mentions if any(m.words[0] <= top < m.words[1] for top in tops)]
    somebody = [m for m in mentions if m.kind != "adjective"]
    return next(iter((*whole, *somebody, *mentions)), None)


def _told(names: Sequence[Sequence[Named]]) -> frozenset[str]:
    """The countries and bodies that an article names, by short id."""
    senses = (sense for found in names for named in found for sense in named.senses)
    return frozenset(id for sense in senses for id in (sense.entry.short, sense.entry.country) if id)


def _honorifics(roles: Sequence[RoleEntry]) -> dict[str, Gender | None]:
    return {
        key_of(name.rstrip(".")): entry.gender for entry in roles if entry.kind == "honorific" for name in entry.names
    }


def _keys_of(article: Article) -> frozenset[str]:
    """The words of the article that begin with a capital, for readings that lean on words near by."""
    words = (word.strip(".,;:'\"()\u2019\u201c\u201d") for word in article.text.split() if word[:1].isupper())
    return frozenset(word.removesuffix("'s").removesuffix("\u2019s") for word in words)


def _ranked(hit: Hit[Sense], line: Line, keys: frozenset[str], day: str | None) -> tuple[Sense, ...]:
    """The readings that hold on that day; those with words near by that speak for them come first."""
    # What is over may still be told of: "the Soviet invasion" in an article of 2009.
    senses = [sense for sense in hit.found if holds(sense.entry, day)] or list(hit.found)
    if len(senses) < 2:
        return tuple(senses)

    def weight(sense: Sense) -> float:
        near = sense.entry.near
        cues = sum(1 for cue in near if _is_near(cue, keys))
        return cues + sum(2 for cue in near if cue in line.text) + _PREFERENCE.get(sense.how, 0.0)

    return tuple(sorted(senses, key=weight, reverse=True))


def _end_of(line: Line, last: Word) -> int:
    """The end of a name, with the full stop of "U.S."."""
    is_letter = last.end - last.start == 1
    return last.end + 1 if is_letter and line.text.startswith(".", last.end - line.sentence.start) else last.end


def _is_near(cue: str, keys: frozenset[str]) -> bool:
    return all(word in keys for word in cue.split(" "))


# Without other signs "Brussels" is rather the seat of a government than a city, "Gaza" rather the region itself.
_PREFERENCE = {"name": 0.5, "seat": 0.4, "adjective": 0.3, "people": 0.2}


def _longest(seen: Sequence[Seen]) -> list[Seen]:
    """Of overlapping mentions the longest; of equals the first."""
    kept: list[Seen] = []
    for one in sorted(seen, key=lambda one: -_length(one)):
        if one.mention is not None and not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _length(one: Seen) -> int:
    return one.mention.words[1] - one.mention.words[0] if one.mention else 0


def _overlap(one: Seen, other: Seen) -> bool:
    a, b = one.mention, other.mention
    return a is not None and b is not None and overlap(a.words, b.words)
