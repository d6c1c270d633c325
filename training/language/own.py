"""Sentences of our own to learn from: the larger network reads them, the slimmer one learns its reading.

The treebanks hold little of what news say of states, and hardly a headline; the lexicon's examples and the sentences
written for the head for guesses hold much of both. Their trees are the larger network's, so they teach its reading
and nothing beyond it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from detente.coder import Coder
from detente.evaluate.examples import entries_with_examples
from detente.sentences import Language
from detente.sentences.split import sentences_in
from detente.sentences.tokens import tokens_in
from training.events.compose import composed
from training.language.example import Example

# Of the 20,472 composed ones: they are much alike.
COMPOSED = 6000


def own_examples(language: Language) -> list[Example]:
    """The lexicon's examples and near misses and some composed sentences, as the network reads them."""
    coder = Coder(language=language)
    texts = [
        text.partition(" :: ")[0]
        for entry in entries_with_examples(coder)
        for text in (*entry.examples, *entry.counterexamples)
    ]
    texts += [one.text for one in random.Random(7).sample(composed(), COMPOSED)]
    sentences = [words for text in dict.fromkeys(texts) for words in words_of(text)]
    return list(read(language, sentences))


def words_of(text: str) -> Iterator[tuple[str, ...]]:
    """The words of each sentence."""
    tokens = tokens_in(text)
    for first, end in sentences_in(text, tokens):
        yield tuple(text[start:stop] for start, stop in tokens[first:end])


def read(language: Language, sentences: list[tuple[str, ...]]) -> Iterator[Example]:
    """The sentences with the network's trees and names."""
    for words, analysis in zip(sentences, language.analyse(sentences), strict=True):
        lemmas = map(language.lemmas.of, words, analysis.upos, analysis.xpos)
        yield Example(
            words=words,
            upos=analysis.upos,
            xpos=analysis.xpos,
            heads=tuple(head + 1 for head in analysis.heads),
            relations=analysis.relations,
            lemmas=tuple(lemmas),
            names=analysis.names,
        )
