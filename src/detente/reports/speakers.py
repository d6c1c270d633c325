"""On whose word a report rests.

"Lavrov said NATO expelled two diplomats"            Lavrov
"NATO expelled two diplomats, Lavrov said"           Lavrov
"According to Lavrov, NATO expelled two diplomats"   Lavrov
"Oslo said Stockholm had denied expelling two"       Stockholm, as told by Oslo
"NATO expelled two diplomats"                        nobody: the outlet tells it itself
"Lavrov demanded a meeting"                          nobody: the demand is the event, and the outlet tells it

This module reads one sentence; who speaks beyond its borders (quotations, colons) is read by `quotes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from detente.model import Actor, ActorMention, Because, Clause, Phrase
from detente.reports.attitudes import Attitude, Attitudes
from detente.reports.links import relations_of
from detente.reports.roles import actors_in
from detente.reports.scene import Scene

MAX_CHAIN = 6


class Spoken(Struct, frozen=True):
    """Who says it, and why we think so."""

    speaker: ActorMention
    because: Because


class Voice(Struct, frozen=True):
    """Tokens of a sentence (both ends included) that somebody says, and who it is."""

    first: int
    last: int
    spoken: Spoken


def speakers_of(number: int, scene: Scene, attitudes: Attitudes, voices: Sequence[Voice] = ()) -> tuple[Spoken, ...]:
    """Who vouches for what a clause tells, from the nearest to the outermost; empty: the outlet itself."""
    found: list[Spoken] = []
    for spoken in (*_in_sentence(number, scene, attitudes), *_over_it(number, scene, voices)):
        ids = {_id_of(known) for known in found}
        if _id_of(spoken) not in ids and len(found) < MAX_CHAIN:
            found.append(spoken)
    return tuple(found)


def _id_of(spoken: Spoken) -> str:
    return spoken.speaker.actors[0].id


def _over_it(number: int, scene: Scene, voices: Sequence[Voice]) -> Iterator[Spoken]:
    i = scene.clauses[number].predicate
    yield from (voice.spoken for voice in voices if voice.first <= i <= voice.last)


def _in_sentence(number: int, scene: Scene, attitudes: Attitudes) -> Iterator[Spoken]:
    """The chain of words of saying above the clause, those beside it first."""
    at = number
    while True:
        yield from _according(at, scene, attitudes)
        yield from _beside(at, scene, attitudes)
        above = scene.clauses[at].parent
        if above is None or not _is_told(at, scene, attitudes):
            return
        entry = next((e for e in attitudes.on(above, relations_of(at, scene), scene) if e.saying), None)
        if entry is not None:
            yield from _by(above, entry, scene, attitudes)
        at = above


def _is_told(number: int, scene: Scene, attitudes: Attitudes) -> bool:
    """Whether the clause is part of what the one above tells; "after NATO expelled two, Russia said" is not."""
    clause = scene.clauses[number]
    assert clause.parent is not None
    parent = scene.clauses[clause.parent]
    base = clause.link.partition(":")[0]
    if clause.link.startswith("nsubj") and attitudes.saying(clause.parent, scene) is not None:
        return False
    is_first = clause.predicate < parent.predicate and clause.predicate not in scene.quoted
    if base == "advcl" and is_first and parent.parent is None:
        return False
    if base == "conj" and parent.parent is None and not _is_shared(clause, scene):
        return False
    if base in ("parataxis", "advcl") and parent.parent is None:
        return bool(relations_of(number, scene))
    return True


def _is_shared(clause: Clause, scene: Scene) -> bool:
    """ "NATO expelled two and closed its office, Lavrov said": the saying stands behind both."""
    return any(scene.tokens[i].relation == "parataxis" for i in scene.kids(scene.tokens[clause.predicate].head))


def _by(number: int, entry: Attitude, scene: Scene, attitudes: Attitudes) -> Iterator[Spoken]:
    """The subject of a word of saying, after those whom it cites."""
    clause = scene.clauses[number]
    because = Because(entry.id, clause.words)
    for below in scene.below(number):
        cited = scene.clauses[below]
        if cited.kind == "verb" and cited.object is not None and cited.link.startswith(("advcl", "acl")):
            entries = attitudes.on(below, ("object",), scene)
            source = next((known for known in entries if known.saying and known.cites), None)
            actors = actors_in(cited.object, scene) if source is not None else []
            if source is not None and actors:
                yield Spoken(actors[0], Because(source.id, cited.words))
    speaker = speaker_at(number, entry, scene, attitudes)
    if speaker is not None:
        yield Spoken(speaker, because)


def speaker_at(number: int, entry: Attitude, scene: Scene, attitudes: Attitudes) -> ActorMention | None:
    """Who says what the word of saying leads in; None: nobody is named.

    The subject; in '"NATO," said Lavrov' and where the parse lost it, the name next to the word.
    """
    clause = scene.clauses[number]
    if entry.hears:
        sources = (phrase for key, phrase in clause.obliques if key == "from")
        return next((mention for phrase in sources if (mention := named_by(phrase, scene, attitudes))), None)
    if clause.kind == "noun" and not clause.copula:
        owners = [clause.subject, *(phrase for key, phrase in clause.obliques if key in _OWNED_BY)]
        return next((mention for phrase in owners for mention in actors_in(phrase, scene)), None)
    subject = clause.subject
    if subject is not None and (clause.predicate in scene.quoted or subject.head not in scene.quoted):
        return named_by(subject, scene, attitudes)
    return _next_to(clause, scene) if clause.voice == "active" else None


def named_by(phrase: Phrase, scene: Scene, attitudes: Attitudes) -> ActorMention | None:
    """Whom a phrase in a speaker's place means; None for things.

    "a spokesman for the Kremlin" the Kremlin; "its president" the president of whom "its" means; "witnesses" nobody
    known
    """
    actor = next(iter(actors_in(phrase, scene)), None)
    if actor is None:
        return _inside(phrase, scene) or _unnamed(phrase, scene, attitudes)
    if actor.actors[0].country is None and actor.kind in ("role", "office"):
        owner = _inside(phrase, scene)
        return _of_owner(actor, owner) if owner is not None else actor
    return actor


def _inside(phrase: Phrase, scene: Scene) -> ActorMention | None:
    """ "a source close to the Kremlin": whoever of a country is named within the phrase."""
    for i in scene.tokens_in(phrase.words):
        mention = scene.covered.get(i)
        if mention is not None and mention.kind != "adjective" and mention.actors[0].country is not None:
            return mention
    return None


def _of_owner(mention: ActorMention, owner: ActorMention) -> ActorMention:
    """The holder of an office of somebody else's: "its navy chief" where "its" is Sri Lanka."""
    actor, state = mention.actors[0], owner.actors[0]
    if not actor.sectors or state.country is None or state.sectors:
        return owner
    code = f"{state.country}{''.join(actor.sectors)}"
    whole = Actor(
        id=code, name=f"{actor.name} of {state.name}", country=state.country, sectors=actor.sectors, code=code
    )
    return replace(mention, actors=(whole,), because=(*mention.because, *owner.because))


_OWNED_BY = ("compound", "amod", "of", "from", "by")


def _next_to(clause: Clause, scene: Scene) -> ActorMention | None:
    """The name right before a word of saying, else the one right behind it ("said the minister")."""
    tokens, i = scene.tokens, clause.predicate
    told = {at for phrase in (clause.object, clause.indirect) if phrase for at in scene.tokens_in(phrase.words)}
    before = next((at for at in range(i - 1, max(i - 4, -1), -1) if tokens[at].upos not in ("AUX", "ADV")), i)
    behind = next((at for at in range(i + 1, min(i + 4, len(tokens))) if tokens[at].upos != "DET"), i)
    for at in (before, behind):
        if at in scene.covered and at not in scene.quoted and at not in told:
            return scene.covered[at]
    return None


def _unnamed(phrase: Phrase, scene: Scene, attitudes: Attitudes) -> ActorMention | None:
    """ "witnesses", "a source close to the talks": somebody says it, though no lexicon tells who."""
    token = scene.tokens[phrase.head]
    if token.form.lower() not in _SOMEBODY and not attitudes.somebody.intersection((token.lemma, token.form.lower())):
        return None
    words = scene.span(phrase.head)
    actor = Actor(id=UNNAMED, name=token.lemma.lower(), sectors=(UNNAMED,), code=UNNAMED)
    because = (Because("speaker:unnamed", words),)
    return ActorMention(words=words, head=words, kind="role", actors=(actor,), because=because)


UNNAMED = "UNK"
_SOMEBODY = frozenset(["he", "she", "they", "one", "some", "many", "others", "another"])


def _beside(number: int, scene: Scene, attitudes: Attitudes) -> Iterator[Spoken]:
    """ "..., Lavrov said", "As Lavrov put it, ...": the saying hangs below what is said."""
    for below in scene.below(number):
        clause = scene.clauses[below]
        if clause.kind != "verb" or not clause.link.startswith(("parataxis", "advcl")):
            continue
        if clause.link.startswith("advcl"):
            entry = (
                next((e for e in attitudes.on(below, ("as",), scene) if e.saying), None)
                if clause.mark == "as"
                else None
            )
        else:
            entry = attitudes.saying(below, scene)
        if entry is not None and (_says_nothing_else(clause, entry) or clause.mark == "as"):
            yield from _by(below, entry, scene, attitudes)


def _says_nothing_else(clause: Clause, entry: Attitude) -> bool:
    """Whether the word of saying has nothing of its own to tell: "..., Lavrov told reporters"."""
    return clause.complement is None and (clause.object is None or entry.hearer or clause.voice == "passive")


def _according(number: int, scene: Scene, attitudes: Attitudes) -> Iterator[Spoken]:
    """ "according to Lavrov", "in the words of Lavrov"."""
    for key, phrase in scene.clauses[number].obliques:
        entry = attitudes.of("mark", key) if key else None
        if entry is not None and entry.saying:
            speaker = named_by(phrase, scene, attitudes)
            if speaker is not None:
                yield Spoken(speaker, Because(entry.id, phrase.words))
