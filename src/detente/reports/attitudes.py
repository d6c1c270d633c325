"""The speech lexicon: words that stand between the telling and the deed, and words of saying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from detente.errors import LexiconError
from detente.lexicon import Entry, Lexicon
from detente.model import Clause, Standing
from detente.reports.scene import Scene

Kind = Literal["verb", "noun", "adjective", "modifier", "adverb", "modal", "mark", "inverted"]
Relation = str
"""How what is told hangs on the word: that, whether, wh ("why it left"), to, ing, done ("had it
bombed"), as, object, subject, or the
preposition that leads to it ("for" in "hopes for talks"), before a gerund also with "ing" ("about ing" in "talked about
leaving")."""
# What may make one word with a verb: "stop short", "look set", "fall through" (read as a preposition without a noun).
_COMPANIONS = ("advmod", "compound:prt", "xcomp", "obl")
_WISHED: tuple[Relation, ...] = ("to", "object")
_TOLD: tuple[Relation, ...] = ("that", "object")


class Attitude(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/speech`."""

    verbs: tuple[str, ...] = ()
    """With their particle or adverb: "rule out", "stop short"."""
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    """Words before a noun of event: "alleged spying"."""
    adverbs: tuple[str, ...] = ()
    """Words beside a verb: "allegedly", "at no point"."""
    modals: tuple[str, ...] = ()
    """Auxiliaries of mood: "may", "had better"."""
    marks: tuple[str, ...] = ()
    """Words that lead a clause or a noun of event: "unless", "instead of"."""
    inverted: tuple[str, ...] = ()
    """Auxiliaries that lead a clause by standing before its subject: "should Turkey attack"."""
    of: tuple[Relation, ...] = ()
    """How what is told may hang on the verbs, nouns and adjectives."""
    standing: Standing | None = None
    """What it lends to the event."""
    negated: Standing | None = None
    """What it lends when it is denied itself; "denied" unless told: "does not plan to"."""
    past: Standing | None = None
    """What it lends when it is told in the past: "had to leave"."""
    perfect: Standing | None = None
    """What it lends to a deed in the perfect: "was to have left", "must have left"."""
    present: Standing | None = None
    """What it lends to a deed in the present alone: "until Russia leaves", "leaves every year"."""
    ahead: bool = False
    """It holds only where the clause above is still to come: "will open once Iran releases them"."""
    saying: bool = False
    """What is told rests on its subject's word."""
    hearer: bool = False
    """Its object is who is told: "told reporters"."""
    hears: bool = False
    """Who vouches stands behind its "from": "heard from the minister"."""
    cites: bool = False
    """Its object is who is quoted: "citing a minister"."""
    factive: bool = False
    """What is told is so, whatever becomes of the word: "may regret that it left"."""
    bare: bool = False
    """Its infinitive counts only where it has no object: "started to leave", not "started a strike to protest"."""
    occurs: bool = False
    """The noun beside it has the standing of the verb: "the talks will begin"."""


class Attitudes:
    """The speech lexicon, indexed by word and relation."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Reads nothing yet; the first question does, and may raise `LexiconError`."""
        self._lexicon = lexicon

    @cached_property
    def _index(self) -> Mapping[tuple[Kind, str], Mapping[Relation, tuple[Attitude, ...]]]:
        """Raises `LexiconError` for a word to which two entries give different standings."""
        found: dict[tuple[Kind, str], dict[Relation, tuple[Attitude, ...]]] = {}
        for entry in self._lexicon.entries("speech", Attitude):
            for kind, word in _governing(entry):
                relations = found.setdefault((kind, word), {})
                for relation in entry.of:
                    known = relations.get(relation, ())
                    _check(entry, known, f"{kind} '{word}' with '{relation}'")
                    relations[relation] = (*known, entry)
        return found

    @cached_property
    def _alone(self) -> Mapping[tuple[Kind, str], Attitude]:
        """Words that need nothing to hang on them; of two entries the later one holds."""
        found: dict[tuple[Kind, str], Attitude] = {}
        for entry in self._lexicon.entries("speech", Attitude):
            found.update({("modifier", word): entry for word in entry.modifiers})
            found.update({("adverb", word): entry for word in entry.adverbs})
            found.update({("modal", word): entry for word in entry.modals})
            found.update({("mark", word): entry for word in entry.marks})
            found.update({("inverted", word): entry for word in entry.inverted})
        return found

    @cached_property
    def somebody(self) -> frozenset[str]:
        """Nouns of persons who may vouch for something without being known: "witness", "source"."""
        return frozenset(self._lexicon.sets("speech")["somebody"])

    def on(self, number: int, relations: Sequence[Relation], scene: Scene) -> tuple[Attitude, ...]:
        """The entries of a predicate for what hangs on it in one of these ways: the first way that it knows decides."""
        for name in _names(number, scene):
            known = self._index.get(name)
            found = next((known[relation] for relation in relations if relation in known), ()) if known else ()
            if found:
                if relations[:1] == ("to",) and scene.clauses[number].object is not None:
                    return tuple(entry for entry in found if not entry.bare)
                return found
        return ()

    def of(self, kind: Kind, word: str) -> Attitude | None:
        """The entry of a word that needs nothing to hang on it: a modal, a mark, an adverb ..."""
        return self._alone.get((kind, word))

    def saying(self, number: int, scene: Scene) -> Attitude | None:
        """The entry that makes the predicate a word of saying."""
        return next((e for relation in _TOLD for e in self.on(number, (relation,), scene) if e.saying), None)

    def is_main(self, number: int, scene: Scene) -> bool:
        """Whether a clause is what its sentence is about: the main one, what it says, or one beside it ("and left")."""
        clause = scene.clauses[number]
        for _ in range(len(scene.clauses)):
            if clause.parent is None:
                return True
            link = clause.link.partition(":")[0]
            is_said = link in ("ccomp", "parataxis") and self.saying(clause.parent, scene) is not None
            if link != "conj" and not is_said:
                return False
            clause = scene.clauses[clause.parent]
        return False

    def is_wish(self, number: int, scene: Scene) -> bool:
        """Whether the predicate lends a standing to what its subject would do: hope, plan, threaten."""
        entries = (entry for relation in _WISHED for entry in self.on(number, (relation,), scene))
        return any(entry.standing and not entry.saying for entry in entries)


def _check(entry: Attitude, known: Sequence[Attitude], place: str) -> None:
    for other in known:
        if _lends(entry) and _lends(other) and _lends(entry) != _lends(other):
            raise LexiconError(f"{entry.id}: {place} stands in {other.id} too; leave it to one of them")


def _lends(entry: Attitude) -> tuple[object, ...] | None:
    if not (entry.standing or entry.past or entry.factive):
        return None
    return entry.standing, entry.negated, entry.past, entry.perfect, entry.factive


def _governing(entry: Attitude) -> Iterator[tuple[Kind, str]]:
    yield from (("verb", word) for word in entry.verbs)
    yield from (("noun", word) for word in entry.nouns)
    yield from (("adjective", word) for word in entry.adjectives)


def _names(number: int, scene: Scene) -> Iterator[tuple[Kind, str]]:
    """What the lexicon may call a predicate, the most telling name first."""
    clause = scene.clauses[number]
    lemma = clause.lemma
    if clause.kind == "verb":
        for i in scene.kids(clause.predicate):
            relation = scene.tokens[i].relation
            if relation.startswith(_COMPANIONS) and not (relation.startswith("obl") and scene.kids(i)):
                yield "verb", f"{lemma} {scene.tokens[i].form.lower()}"
        if clause.link == "xcomp" and clause.parent is not None:
            yield "verb", f"{scene.clauses[clause.parent].lemma} to {lemma}"  # "want to know"
        yield "verb", lemma
        # "be expected to", "is set to" are read as passives or as adjectives, as the parser likes.
        yield "adjective", lemma
    elif clause.copula:
        yield from _names_of_copula(clause, scene)
    else:
        yield "noun", lemma


def _names_of_copula(clause: Clause, scene: Scene) -> Iterator[tuple[Kind, str]]:
    """ "up to", "on the verge", "unable": with the preposition before it and without."""
    lemma = clause.lemma
    # "too weak to", "strong enough to": the measure decides, whatever is measured.
    measures = (scene.tokens[i].form.lower() for i in scene.kids(clause.predicate))
    yield from (("adjective", word) for word in measures if word in ("too", "enough"))
    yield "adjective", lemma
    yield "noun", lemma
    if " " in lemma:
        yield "adjective", lemma.rpartition(" ")[0]
        yield "adjective", lemma.partition(" ")[0]  # "due to start"
        yield "noun", lemma.rpartition(" ")[2]
    yield "verb", lemma
    form = scene.tokens[clause.predicate].form.lower()
    if form != lemma:
        yield "adjective", form
