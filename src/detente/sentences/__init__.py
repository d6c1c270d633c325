"""Sentences with their words, tags, trees, names and clauses.

text -> tokens -> split -> encoder (decode) + lemmas -> [Token] -> clauses
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.model import PART_OF_BLOCK, Article, Block, Sentence, Span, Token
from detente.sentences.asides import mended_asides
from detente.sentences.clauses import clauses_of
from detente.sentences.encoder import Analysis, Language, language
from detente.sentences.perfects import mended_perfects
from detente.sentences.slips import mended_slips
from detente.sentences.split import sentences_in
from detente.sentences.tokens import tokens_in
from detente.sentences.visitors import mended_visitors

__all__ = ["Analysis", "Language", "language", "sentences_of"]


def sentences_of(articles: Sequence[Article], language: Language) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of each article, in the order of its text; blocks that are not coded have none.

    The sentences of all articles are analysed together: give several articles at once.
    """
    cut = [_cut(article) for article in articles]
    words = [
        [article.text[start:end] for start, end in tokens]
        for article, pieces in zip(articles, cut, strict=True)
        for _, _, tokens in pieces
    ]
    analyses = iter(language.analyse(words))
    for article, pieces in zip(articles, cut, strict=True):
        yield tuple(
            _sentence(article.text, number, block, tokens, next(analyses), language) for number, block, tokens in pieces
        )


def _cut(article: Article) -> list[tuple[int, Block, list[Span]]]:
    """(number of the block, block, tokens) of each sentence."""
    out = []
    for number, block in enumerate(article.blocks):
        if block.kind in PART_OF_BLOCK:
            tokens = tokens_in(article.text, block.start, block.end)
            out += [(number, block, tokens[first:end]) for first, end in sentences_in(article.text, tokens)]
    return out


def _sentence(
    text: str, number: int, block: Block, spans: Sequence[Span], analysis: Analysis, language: Language
) -> Sentence:
    lemma_of = language.lemmas.of
    # "Obama To Meet Medvedev", "NATO EXPELS ENVOYS": no longer word in small letters.
    headline = not any(end - start > 3 and text[start:end].islower() for start, end in spans)
    tokens = []
    for at, (start, end) in enumerate(spans):
        form, upos, xpos = text[start:end], analysis.upos[at], analysis.xpos[at]
        lemma = lemma_of(form, upos, xpos, capital_tells=at > 0 and not headline)
        head, relation, name = analysis.heads[at], analysis.relations[at], analysis.names[at]
        tokens.append(Token(start, end, form, lemma, upos, xpos, head, relation, name))
    mended = mended_asides(mended_perfects(mended_visitors(mended_slips(tokens))))
    return Sentence(
        block=number,
        part=PART_OF_BLOCK[block.kind],
        start=spans[0][0],
        end=spans[-1][1],
        tokens=tuple(mended),
        clauses=clauses_of(text, mended),
    )
