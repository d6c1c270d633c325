"""How well reports of one event are put together from the text alone: read, coded and fused as in a store (ECB+).

Nothing is given. A report is held against the gold by its word of deed: where that is a mention of an event, the
reports that are joined with it should be of the same chain. Events that the coder does not know are no part of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from msgspec import Struct

from detente.coder import Coder
from detente.evaluate.fusion import CorefDocument
from detente.fuser import Fuser, Piece
from detente.model import Article, Block, Coding, Report, Span, id_of
from detente.sentences import sentences_of


class Told(Struct, frozen=True):
    """A report that stands on a mention of an event."""

    document: int
    type: str
    story: str
    """The story found."""
    event: Hashable
    """The event that it was put in."""
    gold: Hashable
    """The chain of the mention."""
    is_validated: bool


class _Laid(Struct, frozen=True):
    """A document as text."""

    article: Article
    words: Mapping[tuple[int, int], Span]
    """Of each sentence's words, where they stand."""


def coded_tellings(documents: Sequence[CorefDocument]) -> list[Told]:
    """The reports of a set that stand on mentions of events, with the events that they were put in."""
    coder, laid = Coder(), [_laid_out(document) for document in documents]
    parsed = sentences_of([one.article for one in laid], coder.language)
    codings = [coder.coding_of(one.article, sentences) for one, sentences in zip(laid, parsed, strict=True)]
    fuser = Fuser()
    for one, coding in zip(laid, codings, strict=True):
        headline = one.article.headline or ""
        fuser.add(Piece(id=one.article.id, headline=headline, text=one.article.text, reports=coding.reports))
    fuser.finish()
    event_of = {told.report.id: group.number for group in fuser.groups() for told, _ in group.tellings}
    return [
        Told(at, report.type, fuser.articles[coding.article.id].story, event_of[report.id], gold, is_validated)
        for at, (document, one, coding) in enumerate(zip(documents, laid, codings, strict=True))
        if coding.article
        for report, gold, is_validated in _on_mentions(at, document, one, coding)
    ]


def _laid_out(document: CorefDocument) -> _Laid:
    """The words with a space between them, a sentence a line; the first is the headline."""
    words: dict[tuple[int, int], Span] = {}
    lines: list[str] = []
    blocks: list[Block] = []
    at = 0
    for number, sentence in document.prose:
        begun = at
        for place, word in enumerate(sentence):
            words[number, place] = (at, at + len(word))
            at += len(word) + 1
        blocks.append(Block("paragraph" if blocks else "headline", begun, at - 1))
        lines.append(" ".join(sentence))
    text = "\n".join(lines)
    id = id_of(document.id, text)
    article = Article(id=id, record=id, origin=str(document.id), text=text, blocks=tuple(blocks), headline=lines[0])
    return _Laid(article, words)


def _on_mentions(
    at: int, document: CorefDocument, laid: _Laid, coding: Coding
) -> Iterator[tuple[Report, Hashable, bool]]:
    """The reports whose word of deed is a mention, with its chain, and whether its sentence was checked."""
    mentions: dict[Span, tuple[Hashable, bool]] = {}
    for number, mention in enumerate(document.mentions):
        if mention.is_event:
            chain: Hashable = (at, number) if mention.chain is None else mention.chain
            checked = document.validated is None or mention.sent in document.validated
            places = (laid.words.get((mention.sent, place)) for place in mention.tokens)
            mentions.update({place: (chain, checked) for place in places if place})
    for report in coding.reports:
        start, end = report.trigger
        found = next((gold for words, gold in mentions.items() if words[0] < end and start < words[1]), None)
        if found:
            yield report, *found
