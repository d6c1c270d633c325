"""What a report is about: PLOVER's contexts, from the rule and from the words beside the event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from detente.lexicon import Entry, Lexicon
from detente.model import Because, Clause, Phrase, Span
from detente.reports.patterns import EventRule
from detente.reports.scene import Scene

MAX_DEPTH = 4


class ContextWords(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/contexts`: the words of a context."""

    context: str
    words: tuple[str, ...] = ()
    finer: Mapping[str, str] = {}
    """The CAMEO code that the context makes of a coarser one: "030" on something military is "0312"."""


class About(Struct, frozen=True):
    """Contexts and the finest code that they support."""

    contexts: tuple[str, ...]
    cameo: str | None
    because: tuple[Because, ...]


class Contexts:
    """The words of the contexts, indexed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _index(self) -> Mapping[str, tuple[ContextWords, ...]]:
        found: dict[str, tuple[ContextWords, ...]] = {}
        for entry in self._lexicon.entries("contexts", ContextWords):
            for word in entry.words:
                found[word] = (*found.get(word, ()), entry)
        return found

    def of(self, number: int, rule: EventRule, scene: Scene) -> About:
        """The contexts of the event that a clause tells."""
        contexts = dict.fromkeys(rule.contexts)
        cameo = rule.cameo
        because: list[Because] = []
        for word, span in _words_of(number, scene):
            for entry in self._index.get(word, ()):
                finer = entry.finer.get(cameo or "")
                if entry.context in contexts and finer is None:
                    continue
                contexts[entry.context] = None
                cameo = finer or cameo
                because.append(Because(entry.id, span))
        return About(tuple(contexts), cameo, tuple(because))


def _words_of(number: int, scene: Scene) -> Iterator[tuple[str, Span]]:
    """The lemmas of the predicate, of what it is done to and of what hangs below it, single and in pairs."""
    clause: Clause | None = scene.clauses[number]
    for _ in range(3):
        if clause is None:
            return
        yield clause.lemma, clause.words
        for phrase in (clause.object, *(phrase for key, phrase in clause.obliques if key not in ("after", "before"))):
            if phrase is not None:
                yield from _words_in(phrase, scene, 0)
        clause = scene.clauses[clause.complement] if clause.complement is not None else None


def _words_in(phrase: Phrase, scene: Scene, depth: int) -> Iterator[tuple[str, Span]]:
    token = scene.tokens[phrase.head]
    yield phrase.lemma, (token.start, token.end)
    if depth >= MAX_DEPTH:
        return
    for key, modifier in phrase.modifiers:
        if key in ("compound", "amod"):
            yield (
                f"{modifier.lemma} {phrase.lemma}",
                (min(modifier.words[0], token.start), max(modifier.words[1], token.end)),
            )
        if modifier.head not in scene.actors:
            yield from _words_in(modifier, scene, depth + 1)
