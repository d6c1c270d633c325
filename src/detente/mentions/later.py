"""Mentions that lean on what was told before: pronouns, "his country", "the two sides", "the Council"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import structs

from detente.mentions.line import Line
from detente.mentions.names import ActorEntry, NameIndex, key_of
from detente.mentions.roles import Named, RoleEntry
from detente.mentions.sectors import Sectors
from detente.mentions.seen import Seen
from detente.mentions.story import Antecedent, Story
from detente.mentions.who import actor_of
from detente.model import Actor, ActorMention, Because

# "His counterpart" is of another country.
_OF_OTHERS = frozenset({"roles/offices#counterpart"})
_ARTICLES = frozenset({"the", "that", "this"})


class Later:
    """Finds words that take somebody up again."""

    def __init__(self, entries: Iterable[ActorEntry], groups: NameIndex[RoleEntry], sectors: Sectors) -> None:
        self._sectors = sectors
        self._groups = groups
        self._called: dict[str, list[ActorEntry]] = {}
        for entry in entries:
            for noun in entry.called:
                self._called.setdefault(key_of(noun), []).append(entry)

    def of(self, line: Line, names: Sequence[Named], seen: Sequence[Seen], story: Story) -> list[Seen]:
        """Those of a line, given what else it holds."""
        here = [one.antecedent for one in seen if one.antecedent is not None]
        taken = _taken(seen)
        found = [
            *self._definites(line, names, taken, story, here),
            *self._roles_again(line, seen, story, here),
            *self._owned(line, seen, story, here),
        ]
        for one in found:
            if one.antecedent is not None:
                here.append(one.antecedent)
        here.sort(key=lambda antecedent: antecedent.token)
        groups = self._group_phrases(line, taken, story, here)
        covered = {line.token_at(g.start) for g in groups}
        pronouns = [one for one in self._pronouns(line, story, here) if line.token_at(one.start) not in covered]
        return [*found, *groups, *pronouns]

    def _pronouns(self, line: Line, story: Story, here: Sequence[Antecedent]) -> list[Seen]:
        found = []
        for index, token in enumerate(line.tokens):
            if token.upos not in ("PRON", "DET"):
                continue
            antecedent = story.pronoun(line, index, here)
            if antecedent is None or not antecedent.actors:
                continue
            words = (token.start, token.end)
            # Members of a list all together; readings of one antecedent are ranked.
            is_list = antecedent.is_plural and antecedent.predicate >= 0 and len(antecedent.actors) > 1
            mention = ActorMention(
                words=words, head=words, kind="group" if is_list else "pronoun", actors=antecedent.actors,
                because=(Because(rule="who:pronoun", words=words),),
            )  # fmt: skip
            again = antecedent._replace(line=line.number, token=index, is_subject=line.is_subject(index), predicate=-1)
            found.append(Seen(token.start, mention, again))
        return found

    def _group_phrases(
        self, line: Line, taken: Sequence[tuple[int, int]], story: Story, here: Sequence[Antecedent]
    ) -> list[Seen]:
        found: list[Seen] = []
        for hit in self._groups.find(line.words, line.text, line.sentence.start):
            entry = hit.found[0]
            start, end = line.words[hit.first].start, line.words[hit.last].end
            index = line.token_at(start)
            # A role inside the phrase ("two leaders") gives way to it; what reaches beyond it does not.
            crossed = any(a < end and start < b and not (start <= a and b <= end) for a, b in taken)
            if crossed and entry.refers != "own-country":
                continue
            actors = self._own(line, index, story, here) if entry.refers == "own-country" else ()
            if entry.refers in ("any", "country", "person"):
                actors = story.group(line, entry, index, here)
            if not actors:
                continue
            top = line.token_at(line.words[hit.last].start)
            kind: Literal["pronoun", "group"] = "pronoun" if entry.refers == "own-country" else "group"
            mention = ActorMention(
                words=(start, end), head=(line.tokens[top].start, end), kind=kind, actors=actors,
                because=(Because(rule=entry.id, words=(start, end)),),
            )  # fmt: skip
            again = Antecedent(
                line.number, top, actors, False, kind == "group", line.is_subject(top), None,
                actors[0] if kind == "pronoun" else None,
            )  # fmt: skip
            found.append(Seen(start, mention, again))
        return found

    def _own(self, line: Line, index: int, story: Story, here: Sequence[Antecedent]) -> tuple[Actor, ...]:
        """ "his country": the country whose office he has. Its government first: it welcomes and rejects."""
        owner = story.pronoun(line, index, here)
        if owner is None or owner.state is None:
            return ()
        state = owner.state
        if state.country is None or state.sectors:
            return (state,)
        government = Actor(
            id=f"{state.id}GOV", name=f"Government of {state.name}", country=state.country, sectors=("GOV",),
            code=f"{state.code}GOV",
        )  # fmt: skip
        return (government, state) if "GOV" in {s for a in owner.actors for s in a.sectors} else (state, government)

    def _roles_again(self, line: Line, seen: Sequence[Seen], story: Story, here: Sequence[Antecedent]) -> list[Seen]:
        """ "the army said", after "the Pakistani army": of the same country, or the same group."""
        found: list[Seen] = []
        for one in seen:
            mention, antecedent = one.mention, one.antecedent
            if mention is None or antecedent is None or antecedent.role is None or antecedent.state is not None:
                continue
            first = line.token_at(mention.words[0])
            if first == 0 or line.tokens[first - 1].form.lower() not in _ARTICLES:
                continue
            before = story.role(line, first, antecedent.role, here)
            if before is None:
                continue
            because = (*mention.because, Because(rule="who:called", words=mention.words))
            actors = (*before.actors[:1], *mention.actors)
            again = structs.replace(mention, actors=actors, because=because)
            found.append(Seen(one.start, again, antecedent._replace(actors=before.actors, state=before.state)))
        return found

    def _owned(self, line: Line, seen: Sequence[Seen], story: Story, here: Sequence[Antecedent]) -> Iterator[Seen]:
        """ "its president", after "Togo": of the country that the pronoun takes up."""
        for one in seen:
            mention, antecedent = one.mention, one.antecedent
            if mention is None or antecedent is None or antecedent.role is None or antecedent.state is not None:
                continue
            first = line.token_at(mention.words[0])
            actor = mention.actors[0]
            is_public = antecedent.role not in _OF_OTHERS and self._sectors.are_all(actor.sectors, "public")
            if first == 0 or line.tokens[first - 1].xpos != "PRP$" or actor.country is not None or not is_public:
                continue
            owner = story.pronoun(line, first - 1, here)
            if owner is None or owner.state is None or owner.state.country is None or owner.state.sectors:
                continue
            if not all(self._sectors.are_all(actor.sectors, "public") for actor in owner.actors[:1]):
                continue  # "the rebels and their leader"
            theirs = _of_state(actor, owner.state)
            pronoun = (line.tokens[first - 1].start, line.tokens[first - 1].end)
            because = (*mention.because, Because(rule="who:pronoun", words=pronoun))
            again = structs.replace(mention, actors=(theirs, *mention.actors), because=because)
            yield Seen(one.start, again, antecedent._replace(actors=again.actors, state=owner.state))

    def _definites(
        self, line: Line, names: Sequence[Named], taken: Sequence[tuple[int, int]], story: Story,
        here: Sequence[Antecedent],
    ) -> list[Seen]:  # fmt: skip
        """ "the Council", "the alliance": the last actor whom the lexicon knows under this noun."""
        found: list[Seen] = []
        blocked = {index for named in names for index in range(named.first, named.last + 1)}
        for word in line.words:
            entries = self._called.get(word.key)
            index = line.token_at(word.start)
            if not entries or index in blocked or not _is_definite(line, index):
                continue
            entry = _last_named(entries, story, here, index, word.form)
            if entry is None:
                continue
            words = (word.start, word.end)
            actor = actor_of(entry)
            mention = ActorMention(
                words=words, head=words, kind="name", actors=(actor,),
                because=(Because(rule=entry.id, words=words), Because(rule="who:called", words=words)),
            )  # fmt: skip
            again = Antecedent(line.number, index, (actor,), False, False, line.is_subject(index), None, actor)
            found.append(Seen(word.start, mention, again))
        return found


def _of_state(actor: Actor, state: Actor) -> Actor:
    """A role of a country: "president" of Togo."""
    return structs.replace(
        actor, id=f"{state.id}{actor.id}", name=f"{actor.name} of {state.name}", country=state.country,
        code=f"{state.code}{actor.code}",
    )  # fmt: skip


def _taken(seen: Sequence[Seen]) -> list[tuple[int, int]]:
    return [one.mention.words for one in seen if one.mention is not None]


def _is_definite(line: Line, index: int) -> bool:
    """ "the alliance", not "the alliance of workers" and not "an alliance"."""
    before = index - 1
    if before < 0 or line.tokens[before].form.lower() not in _ARTICLES:
        return False
    after = index + 1
    if after < len(line.tokens) and line.tokens[after].form.lower() == "of":
        return False
    return line.tokens[index].relation not in ("compound", "amod")


def _last_named(
    entries: Sequence[ActorEntry], story: Story, here: Sequence[Antecedent], index: int, form: str
) -> ActorEntry | None:
    """The one named last; else an organ whose members are all named, when the noun is written like a name."""
    by_id = {entry.actor or entry.short: entry for entry in entries}
    named = {actor.id for antecedent in story.all(here, index) for actor in antecedent.actors}
    for antecedent in story.all(here, index):
        # "the North" takes up "the North Korean leader" too.
        ids = [actor.id for actor in (*antecedent.actors, *((antecedent.state,) if antecedent.state else ()))]
        last = next((by_id[id] for id in ids if id in by_id), None)
        if last is not None:
            return last
    if not form[0].isupper():
        return None
    states = named | {a.state.id for a in story.all(here, index) if a.state is not None}
    return next((entry for entry in entries if entry.between and set(entry.between) <= states), None)
