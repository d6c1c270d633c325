"""The speech lexicon: words that stand between the telling and the deed, and verbs of saying."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from detente.lexicon import Entry, Lexicon
from detente.model import Clause, Standing

Relation = Literal["that", "whether", "to", "ing", "object", "subject"]
"""How what is told hangs on the word."""
_WISHED: tuple[Relation, ...] = ("to", "object")
_TOLD: tuple[Relation, ...] = ("that", "object")


class Attitude(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/speech`."""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    """Words before a noun of event: "alleged spying"."""
    adverbs: tuple[str, ...] = ()
    """Words beside a verb: "allegedly"."""
    standing: Standing | None = None
    """What it lends to the event."""
    negated: Standing = "denied"
    """What it lends when it is denied itself: "does not plan to"."""
    saying: bool = False
    """What is told rests on its subject's word."""
    occurs: bool = False
    """The noun beside it has the standing of the verb: "the talks will begin"."""
    of: tuple[Relation, ...] = ()


class Attitudes:
    """The speech lexicon, indexed by word and relation."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _index(self) -> Mapping[tuple[str, str], Mapping[Relation, tuple[Attitude, ...]]]:
        found: dict[tuple[str, str], dict[Relation, tuple[Attitude, ...]]] = {}
        for entry in self._lexicon.entries("speech", Attitude):
            for kind, words in (("verb", entry.verbs), ("noun", entry.nouns), ("adjective", entry.adjectives)):
                for word in words:
                    relations = found.setdefault((kind, word), {})
                    for relation in entry.of:
                        relations[relation] = (*relations.get(relation, ()), entry)
        return found

    @cached_property
    def _hedges(self) -> Mapping[tuple[str, str], Attitude]:
        found: dict[tuple[str, str], Attitude] = {}
        for entry in self._lexicon.entries("speech", Attitude):
            found.update({("modifier", word): entry for word in entry.modifiers})
            found.update({("adverb", word): entry for word in entry.adverbs})
        return found

    def on(self, clause: Clause, relation: Relation) -> tuple[Attitude, ...]:
        """The entries of a predicate for what hangs on it in this way."""
        for kind, word in _names(clause):
            relations = self._index.get((kind, word))
            if relations is not None:
                return relations.get(relation, ())
        return ()

    def is_saying(self, clause: Clause) -> bool:
        """Whether the predicate is a word of saying."""
        return any(entry.saying for relation in _TOLD for entry in self.on(clause, relation))

    def is_wish(self, clause: Clause) -> bool:
        """Whether the predicate lends a standing to what its subject would do: hope, plan, threaten."""
        return any(entry.standing and not entry.saying for relation in _WISHED for entry in self.on(clause, relation))

    def hedge(self, word: str) -> Attitude | None:
        """The entry of a word before a noun of event."""
        return self._hedges.get(("modifier", word))

    def adverb(self, word: str) -> Attitude | None:
        """The entry of an adverb."""
        return self._hedges.get(("adverb", word))


def _names(clause: Clause) -> tuple[tuple[str, str], ...]:
    lemma = clause.lemma
    if clause.kind == "verb":
        # "be expected to", "is set to" are read as passives or as adjectives, as the parser likes.
        return (("verb", lemma), ("verb", lemma.partition(" ")[0]), ("adjective", lemma))
    if clause.copula:
        return (("adjective", lemma), ("adjective", lemma.rpartition(" ")[0]), ("noun", lemma), ("verb", lemma))
    return (("noun", lemma),)
