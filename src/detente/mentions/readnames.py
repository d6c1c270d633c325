"""What names mean: states and bodies themselves, capitals as governments, adjectives, people of a country."""

from __future__ import annotations

from collections.abc import Sequence

from detente.mentions.hyphens import Hyphens
from detente.mentions.line import Line
from detente.mentions.names import ActorEntry
from detente.mentions.roles import Named
from detente.mentions.seats import Seats
from detente.mentions.seen import Seen, States, antecedent_at, distinct, is_state, span
from detente.mentions.who import Namer, actor_of
from detente.model import ActorMention, Because

# Relations that an adjective has only where it is used as a noun: "an Israeli was held".
_NOUN_RELATIONS = ("nsubj", "obj", "iobj", "obl", "appos")
_NUMBER_NOUNS = frozenset({"hundred", "thousand", "dozen", "score", "ten", "million", "number", "group", "handful"})
_ONE_OR_SOME = frozenset({"a", "an", "another", "many", "some"})


class NameReader:
    """Reads the names of a line."""

    def __init__(self, namer: Namer, seats: Seats, states: States, hyphens: Hyphens) -> None:
        self._namer = namer
        self._seats = seats
        self._states = states
        self._hyphens = hyphens

    def read(self, line: Line, named: Named, names: Sequence[Named]) -> Seen | None:
        """What a name means; None for media, places and pieces of other names. `names` are all of the line."""
        entry, how = named.sense
        if entry.kind in ("none", "media") or how == "city" or _is_part_of_longer_name(line, named):
            return None
        if how == "seat":
            return self._seat(line, named)
        if self._hyphens.set_apart(line, named):
            return None
        if how == "adjective":
            return self._adjective(line, named)
        country = _country_before(line, named, names)
        if how == "people" or entry.kind == "people":
            return self._people_of(line, named, country) if country else self._people(line, named)
        if country is not None and entry.kind == "organ":
            return None  # "Russia's Security Council" is not the UN's
        if country is not None and entry.kind == "ngo" and entry.country is None:
            return self._people_of(line, named, country)
        return self._whole(line, named)

    def _whole(self, line: Line, named: Named) -> Seen:
        words = (named.start, named.end)
        top = line.top_of(named.first, named.last)
        if named.sense.entry.kind == "bloc" and named.sense.entry.between:
            return self._members(line, named, top)
        actors = distinct(actor_of(sense.entry) for sense in named.senses if sense.how in ("name", "people"))
        because = (Because(rule=named.sense.entry.id, words=words),)
        mention = ActorMention(words=words, head=span(line, top, top), kind="name", actors=actors, because=because)
        state = self._states.of(named.sense.entry)
        return Seen(named.start, mention, antecedent_at(line, top, actors[:1], state))

    def _members(self, line: Line, named: Named, top: int) -> Seen:
        """ "The two Koreas": both of them."""
        words = (named.start, named.end)
        members = (self._states.entry(id) for id in named.sense.entry.between)
        actors = tuple(actor_of(entry) for entry in members if entry is not None)
        because = (Because(rule=named.sense.entry.id, words=words),)
        mention = ActorMention(words=words, head=span(line, top, top), kind="group", actors=actors, because=because)
        return Seen(named.start, mention, antecedent_at(line, top, actors, None, plural=True))

    def _seat(self, line: Line, named: Named) -> Seen | None:
        if not self._seats.is_government(line, named):
            return None
        words = (named.start, named.end)
        top = line.top_of(named.first, named.last)
        actors = distinct(self._namer.government_of(s.entry) for s in named.senses if s.how in ("seat", "name"))
        because = (Because(rule=named.sense.entry.id, words=words), Because(rule="who:seat", words=words))
        mention = ActorMention(words=words, head=words, kind="seat", actors=actors, because=because)
        return Seen(named.start, mention, antecedent_at(line, top, actors[:1], self._states.of(named.sense.entry)))

    def _adjective(self, line: Line, named: Named) -> Seen:
        """ "Russian gas"; where no noun follows, the adjective is a noun itself: "an Israeli"."""
        top = line.top_of(named.first, named.last)
        if line.relation(top)[0].startswith(_NOUN_RELATIONS):
            return self._people(line, named)
        words = (named.start, named.end)
        actors = distinct(actor_of(sense.entry) for sense in named.senses if sense.how == "adjective")
        because = (Because(rule=named.sense.entry.id, words=words),)
        mention = ActorMention(words=words, head=span(line, top, top), kind="adjective", actors=actors, because=because)
        # "its" does not take up an adjective, but "the two countries" may.
        return Seen(named.start, mention, antecedent_at(line, top, (), self._states.of(named.sense.entry)))

    def _people(self, line: Line, named: Named) -> Seen:
        """ "Two Russians" are civilians; "the Russians" may be the state."""
        entry = named.sense.entry
        top = line.top_of(named.first, named.last)
        whole = actor_of(entry)
        persons = whole if entry.sectors else self._namer.role(entry, ("CVL",))
        actors = distinct((persons, whole) if _is_counted(line, top) else (whole, persons))
        words = (named.start, named.end)
        because = (Because(rule=entry.id, words=words), Because(rule="who:people", words=words))
        mention = ActorMention(words=words, head=span(line, top, top), kind="role", actors=actors, because=because)
        return Seen(named.start, mention, antecedent_at(line, top, actors[:1], self._states.of(entry), plural=True))

    def _people_of(self, line: Line, named: Named, country: ActorEntry) -> Seen:
        """ "Iraqi Sunnis", "Rakhine Buddhists", "the Kenyan Red Cross"."""
        entry = named.sense.entry
        top = line.top_of(named.first, named.last)
        actor = self._namer.role(country, entry.sectors)
        words = (named.start, named.end)
        because = (Because(rule=entry.id, words=words), Because(rule=country.id, words=words))
        mention = ActorMention(words=words, head=span(line, top, top), kind="role", actors=(actor,), because=because)
        return Seen(named.start, mention, antecedent_at(line, top, (actor,), self._states.of(country), plural=True))


def _country_before(line: Line, named: Named, names: Sequence[Named]) -> ActorEntry | None:
    """The country right before a name: "Iraqi Sunnis", "Russia's Security Council"."""
    if named.sense.entry.kind not in ("people", "organ", "ngo"):
        return None
    last = named.first - 1
    if last > 0 and line.tokens[last].form in ("'s", "\u2019s", "'", "\u2019"):
        last -= 1
    return next((n.sense.entry for n in names if n.last == last and is_state(n.sense.entry)), None)


def _is_counted(line: Line, top: int) -> bool:
    """ "two Russians", "an Israeli", "hundreds of Palestinians" are persons, "the Russians" may be their state."""
    children = [line.tokens[child] for child in line.children(top)]
    if any(child.upos == "NUM" or child.form.lower() in _ONE_OR_SOME for child in children):
        return True
    head = line.tokens[top].head
    return head >= 0 and line.tokens[head].lemma.lower() in _NUMBER_NOUNS


def _is_part_of_longer_name(line: Line, named: Named) -> bool:
    """Whether the words are a piece of something longer: "Chad Smith", "New South Wales", "US$ 20"."""
    if named.last > named.first and named.sense.how == "name" and not is_state(named.sense.entry):
        return False  # "Sam Rainsy Party" may look like a person's name
    first, last = line.tokens[named.first], line.tokens[named.last]
    if first.name == "I-PER" or (first.name == "B-PER" and _goes_on(line, named.last, "I-PER")):
        return True
    if last.relation == "flat" and last.head < named.first and first.name.endswith("PER"):
        return True
    if named.sense.how != "name" or not (is_state(named.sense.entry) or named.sense.entry.kind == "bloc"):
        return False
    if line.text.startswith("$", named.end - line.sentence.start):
        return True
    if named.sense.entry.kind == "bloc" and _has_proper_neighbour(line, named):
        return True
    return _has_given_name(line, named) or _is_in_longer_name(line, named)


def _has_proper_neighbour(line: Line, named: Named) -> bool:
    """ "the West Coast", "New Territories West"."""
    beside = (named.first - 1, named.last + 1)
    return any(0 <= index < len(line.tokens) and line.tokens[index].upos == "PROPN" for index in beside)


def _is_in_longer_name(line: Line, named: Named) -> bool:
    """Whether the language model sees a longer name here: "New South Wales", "Medical Journal of Australia"."""
    kind = line.tokens[named.first].name[2:]
    if kind not in ("LOC", "ORG"):
        return False
    before = line.tokens[named.first].name.startswith("I-") and line.tokens[named.first - 1].form[:1].isupper()
    return before or (kind == "ORG" and _goes_on(line, named.last, "I-ORG"))


def _goes_on(line: Line, last: int, tag: str) -> bool:
    return last + 1 < len(line.tokens) and line.tokens[last + 1].name == tag


def _has_given_name(line: Line, named: Named) -> bool:
    """The same by the tree alone: joined flat to a neighbour that is a name."""
    first, last = named.first, named.last
    if line.tokens[first].relation == "flat" and line.tokens[first].head == first - 1:
        return line.tokens[first - 1].upos == "PROPN"
    after = last + 1
    if after >= len(line.tokens) or line.tokens[after].relation != "flat":
        return False
    return line.tokens[after].head in (first, last)
