"""From a record to its reports: the only module that knows the order of the stages.

records -> [Record] -> articles -> [Article] -> sentences -> [Sentence] -> mentions -> [Mention] -> reports -> [Report]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from msgspec.structs import replace

from detente import __version__
from detente.articles import article_of, iso_stamp
from detente.articles.joining import joined, pages_of
from detente.errors import FAULT, InputError, LexiconError, ModelError, QuestionError, fault_of
from detente.lexicon import Lexicon
from detente.limits import page_limits
from detente.mentions import Actors, Places, Times, carrying
from detente.model import (
    ActorMention,
    Article,
    Block,
    Coding,
    Mention,
    Record,
    Report,
    Sentence,
    Span,
    Stamp,
    State,
    id_of,
)
from detente.records import Unread
from detente.reports import Explanation, Reporter, explanation_of
from detente.reports.guess import head
from detente.reports.pairs import PairType, planted, ranked, votes_of
from detente.sentences import Language, language, sentences_of

# The encoder reads sentences of one length together. With 32 articles at hand its batches are nearly full, and more
# only take more memory; of records that hold a sentence or two it needs more: 32 sentences have 25 lengths.
BATCH, BATCH_OF_SHORT = 32, 256
SHORT_BYTES = 64_000
"""What records have together that are still called short."""

Code = Callable[[Sequence[Record | Unread]], Iterable[Coding]]
"""Gives one coding for each record, in their order."""


def batches_of(records: Iterable[Record | Unread]) -> Iterator[list[Record | Unread]]:
    """The records in the batches that are coded together."""
    batch: list[Record | Unread] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record.content) if isinstance(record, Record) else 0
        if len(batch) >= (BATCH if size > SHORT_BYTES else BATCH_OF_SHORT):
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def harmless(code: Code, records: Sequence[Record | Unread]) -> list[Coding]:
    """The codings of a batch, in their order: one that trips the coder costs itself alone.

    For work in bulk, which must not end with it. Raises `LexiconError` or `ModelError` when what all of them need is
    missing: none is at fault then.
    """
    try:
        return list(code(records))
    except (LexiconError, ModelError):
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, it is told with the record
        if len(records) == 1:
            record, reason = records[0], f"{records[0].origin}: {fault_of(error)}"
            id = record.id if isinstance(record, Record) else ""
            return [Coding(record=id, origin=record.origin, state="unreadable", reason=reason)]
    found = [harmless(code, [record])[0] for record in records]
    well = [at for at, coding in enumerate(found) if FAULT not in coding.reason]
    if len(well) < len(found):  # pages of one article are to stay together
        for at, coding in zip(well, harmless(code, [records[at] for at in well]), strict=True):
            found[at] = coding
    return found


class Coder:
    """Codes records one after the other; what it needs is read once and shared by all of them."""

    def __init__(
        self, lexicon: Lexicon | None = None, language: Language | None = None, *, page_memory: int | None = None
    ) -> None:
        """Without arguments: the lexicon and the language model that ship with Detente.

        `page_memory`: bytes that a page may take to be taken apart; only for a process that does nothing else.
        """
        self.lexicon = lexicon or Lexicon()
        self._page_memory = page_memory
        self._language = language

    @cached_property
    def language(self) -> Language:
        """The language model, loaded when first needed."""
        return self._language or language()

    @cached_property
    def version(self) -> str:
        """What a coding depends on: release, lexicon, model."""
        return f"{__version__}+lexicon.{self.lexicon.version}.model.{self.language.sha256[:12]}"

    @cached_property
    def times(self) -> Times:
        """Finds expressions of time."""
        return Times(self.lexicon)

    @cached_property
    def places(self) -> Places:
        """Finds places."""
        return Places(self.lexicon)

    @cached_property
    def actors(self) -> Actors:
        """Finds actors."""
        return Actors(self.lexicon)

    @cached_property
    def reporter(self) -> Reporter:
        """Finds reports."""
        return Reporter(self.lexicon, self.places.country)

    def code(self, records: Iterable[Record | Unread]) -> Iterator[Coding]:
        """One coding for each record, in their order; what cannot be coded says why and harms no other.

        A fault of Detente's own is raised: whoever measures or checks must not take it for silence. See `harmless`.
        """
        for batch in batches_of(records):
            yield from self._code_batch(batch)

    def _code_batch(self, records: Sequence[Record | Unread]) -> Iterator[Coding]:
        read = _pages_joined([self._read(record) for record in records])
        articles = [article for article in read if isinstance(article, Article)]
        parsed = iter(sentences_of(articles, self.language))
        for outcome in read:
            yield self.coding_of(outcome, next(parsed)) if isinstance(outcome, Article) else outcome

    def coding_of(self, article: Article, sentences: Sequence[Sentence]) -> Coding:
        """Mentions and reports of an article that was read already."""
        mentions = self.mentions_of(article, sentences)
        reports = self.reports_of(article, sentences, mentions)
        state: State = "coded" if reports else "no events"
        return Coding(
            record=article.record,
            origin=article.origin,
            state=state,
            reason="" if reports else "the article was read, and none of its sentences tells a political event",
            article=article,
            sentences=tuple(sentences),
            mentions=mentions,
            reports=reports,
        )

    def code_pair(
        self, text: str, source: Span | None, target: Span | None, published: str | None = None
    ) -> tuple[PairType, ...]:
        """Every type with its score for a pair that is given; see `detente.code_pair`."""
        for name, span in (("source", source), ("target", target)):
            if span is not None and not 0 <= span[0] < span[1] <= len(text):
                raise QuestionError(f"{name} {tuple(span)} does not lie in the text of {len(text)} characters")
        article = _bare_article(text, published)
        (sentences,) = sentences_of([article], self.language)
        mentions = planted(self.mentions_of(article, sentences), sentences, source, target)
        votes = votes_of(self.reports_of(article, sentences, mentions))
        return ranked(votes, head().guess(sentences, source, target), self.reporter.acts)

    def who(self, phrase: str, on: str | None = None) -> ActorMention | None:
        """Who is meant by a phrase that stands alone; see `detente.who`."""
        # A word without a sentence may be read as anything; "medic" is told from an adjective where somebody is met.
        for carrier in ("", "They met the ", "They met "):
            article = _bare_article(f"{carrier}{phrase}{'.' if carrier else ''}", on)
            (sentences,) = sentences_of([article], self.language)
            mentions = [m for m in self.actors.find(article, sentences) if m.words[0] >= len(carrier)]
            found = carrying(sentences, mentions)
            if found is not None:
                return _moved(found, -len(carrier))
        article = _bare_article(phrase, on)
        (sentences,) = sentences_of([article], self.language)
        return self.actors.people_of_place(article, sentences)

    def mentions_of(self, article: Article, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """Who, when and where: all mentions in the order of the text."""
        found: list[Mention] = [
            *self.actors.find(article, sentences),
            *self.times.find(article, sentences),
            *self.places.find(article, sentences),
        ]
        return tuple(sorted(found, key=lambda mention: mention.words))

    def reports_of(
        self, article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> tuple[Report, ...]:
        """What the article tells."""
        return self.reporter.find(article, sentences, mentions)

    def explained(self, article: Article) -> Explanation:
        """The route of an article that was read already: what was tried on each clause, and why what came out did."""
        (sentences,) = sentences_of([article], self.language)
        mentions = self.mentions_of(article, sentences)
        return explanation_of(article, self.reporter.told(article, sentences, mentions), self.reporter)

    def _read(self, record: Record | Unread) -> Article | Coding:
        if isinstance(record, Unread):
            return Coding(record="", origin=record.origin, state=record.state, reason=record.reason)
        try:
            with page_limits(record.origin, memory=self._page_memory):
                return article_of(record, lexicon=self.lexicon)
        except InputError as error:
            return Coding(record=record.id, origin=record.origin, state=error.state, reason=str(error))


def _pages_joined(read: Sequence[Article | Coding]) -> list[Article | Coding]:
    """Several pages of one article become one; what the later ones hold is told with the first."""
    outcomes = list(read)
    places = [at for at, outcome in enumerate(read) if isinstance(outcome, Article)]
    articles = [outcome for outcome in read if isinstance(outcome, Article)]
    for first, later in pages_of(articles).items():
        outcomes[places[first]] = joined(articles[first], [articles[at] for at in later])
        for number, at in enumerate(later, 2):
            page, reason = articles[at], f"page {number} of the article in {articles[first].origin}"
            outcomes[places[at]] = Coding(record=page.record, origin=page.origin, state="joined", reason=reason)
    return outcomes


def _moved(mention: ActorMention, by: int) -> ActorMention:
    """The mention with its words so many signs farther on."""
    because = tuple(replace(one, words=_shifted(one.words, by) if one.words else None) for one in mention.because)
    return replace(mention, words=_shifted(mention.words, by), head=_shifted(mention.head, by), because=because)


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _bare_article(text: str, day: str | None) -> Article:
    """An article of nothing but these words, one sign for one, so that spans hold.

    Raises `QuestionError` when the day is no date.
    """
    # Half a character, from a broken escape, is none.
    text = text.encode("utf-8", "replace").decode()
    stamp = iso_stamp(day) if day else None
    if day and stamp is None:
        raise QuestionError(f"published is '{day[:40]}', which is no date; write 2009-06-28 or 2009-06-28T10:57+08:00")
    stamps = (Stamp(kind="published", value=stamp, basis="given"),) if stamp else ()
    return Article(
        id=id_of(text), record="", origin="pair", text=text, blocks=(Block("paragraph", 0, len(text)),), dates=stamps,
        published=stamps[0] if stamps else None,
    )  # fmt: skip
