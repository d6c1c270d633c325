"""Expressions of time: "the second half of May 2009", "early next week", "Monday", each as TIMEX3 and as an interval.

Found by a small grammar (`timegrammar`) over the words of `lexicons/times`, read by `timerules`, against the page's
date; which Monday is meant is told by the tense of its clause (`direction`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import structs

from detente.lexicon import Lexicon
from detente.mentions.days import Days
from detente.mentions.direction import direction_of
from detente.mentions.timegrammar import Found, Grammar
from detente.mentions.timenumbers import composed
from detente.mentions.timerules import READINGS
from detente.mentions.timewords import NUMERIC, WORD, Item, TimeEntry
from detente.mentions.when import When
from detente.model import Article, Because, Sentence, TimeMention
from detente.numerals import numerals_of

# Longer sentences are lists or damage; what lies beyond is left alone.
MOST_WORDS = 20_000

_FIGURE = re.compile(f"[{NUMERIC}]")

# Readings that the next level builds on and that are no expressions by themselves.
SILENT = frozenset(("@unit",))


class Times:
    """Finds expressions of time."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Raises `LexiconError` for a pattern that cannot be read."""
        numerals = (
            TimeEntry(id=entry.id, kind=entry.kind, words=entry.words, value=entry.value)
            for entry in numerals_of(lexicon)
        )
        self.grammar = Grammar((*lexicon.entries("times", TimeEntry), *numerals))

    def find(self, article: Article, sentences: Sequence[Sentence]) -> tuple[TimeMention, ...]:
        """All expressions of an article's sentences, in the order of the text."""
        anchor = _day_of(article)
        told: tuple[Days | None, Days | None] = (None, None)
        mentions: list[TimeMention] = []
        for sentence in sentences:
            if self._is_timeless(article.text[sentence.start : sentence.end]):
                continue
            reader = _Reader(self.grammar, article, sentence, anchor, told)
            mentions.extend(reader.mentions())
            told = (reader.last, reader.period)
        return tuple(mentions)

    def _is_timeless(self, text: str) -> bool:
        """Most sentences hold no word that every time needs; that is seen at a glance."""
        return _FIGURE.search(text) is None and self.grammar.triggers.isdisjoint(WORD.findall(text.lower()))


def _day_of(article: Article) -> date | None:
    if article.anchor is None:
        return None
    try:
        day = date.fromisoformat(article.anchor.value[:10])
    except ValueError:
        return None
    # A page dated outside these years is misdated; there, nothing can be counted from its date either.
    return day if 1000 <= day.year < 2200 else None


class _Reader:
    """Reads one sentence, level after level."""

    def __init__(
        self,
        grammar: Grammar,
        article: Article,
        sentence: Sentence,
        anchor: date | None,
        told: tuple[Days | None, Days | None],
    ) -> None:
        """`told` are the date and the quarter that the article told last."""
        self.grammar = grammar
        self.article = article
        self.sentence = sentence
        self.anchor = anchor
        self.last, self.period = told
        self.at = {token.start: index for index, token in enumerate(sentence.tokens)}
        self.tags: Mapping[int, str] = {token.start: token.upos for token in sentence.tokens}
        self.items: list[Item] = []
        self.level = 1

    def mentions(self) -> list[TimeMention]:
        """The expressions of the sentence."""
        items = self.grammar.vocabulary.items(self.article.text, self.sentence.start, self.sentence.end, self.tags)
        self.items = composed(items[:MOST_WORDS])
        for level in self.grammar.levels:
            self.level = level
            self.items = self.grammar.search(self.items, level, self._read)
        return [
            self._mention(item, index)
            for index, item in enumerate(self.items)
            if item.rule and (not item.classes & SILENT or self._is_lone_season(index))
        ]

    def _is_lone_season(self, index: int) -> bool:
        """ "in spring"; a bare "winter" in "winter clothes" is none."""
        if self.items[index].rule.rpartition("#")[2] != "season" or not index:
            return False
        before = self.items[index - 1]
        return self.article.text[before.start : before.end].lower() in ("in", "by", "until", "since", "during")

    def _read(self, found: Found) -> Item | None:
        first, final = self.items[found.first], self.items[found.last - 1]
        entry = found.pattern.entry
        if not self._allowed(found):
            return None
        if entry.reads == "no-time":
            # Taken out of the way: "36-year-old" is no duration.
            return Item(first.start, final.end, frozenset(), {})
        when = When(
            self.anchor,
            self.last,
            self.period,
            lambda: direction_of(self.sentence, self.at.get(first.start)),
            entry.tell,
        )
        made = READINGS[entry.reads or ""](found.slots, when)
        if made is None:
            return None
        if made.kind == "DURATION" and "article" in found.slots and self._is_rate(first.start):
            made = structs.replace(made, kind="SET")
        if made.kind == "DATE" and made.start is not None and made.granularity != "vague":
            self.last = made
            if made.granularity == "quarter" and entry.reads in ("lone-nth", "nth", "side-unit", "nth-of-month"):
                self.period = made
        kind = entry.makes or ("time" if made.kind == "TIME" else made.granularity)
        classes = {f"@{kind}", "@date"} if kind in DATED else {f"@{kind}"}
        return Item(first.start, final.end, frozenset(classes), dict.fromkeys(classes, made), entry.id)

    def _allowed(self, found: Found) -> bool:
        """Bare numbers and units are times only in the right company."""
        reads = found.pattern.entry.reads
        if reads == "year" and found.last - found.first == 1:
            return self._is_year(found.first)
        if found.last - found.first == 1 and reads in ("date", "weekday", "season", "named-day"):
            return not self._is_name(found.first)
        return True

    def _is_rate(self, start: int) -> bool:
        """ "seven hundred seats a week", "$33 million a year": so much each time."""
        at = self.at.get(start)
        if not at:
            return False
        before = self.sentence.tokens[at - 1]
        return before.upos == "NUM" or before.xpos == "NNS" or before.lemma in ("once", "twice", "times")

    def _is_name(self, index: int) -> bool:
        """Part of a person's name: "Jan Kavan", "Joe Friday", "April Jones"."""
        at = self.at.get(self.items[index].start)
        if at is None:
            return False
        token = self.sentence.tokens[at]
        if token.name.endswith("PER"):
            return True
        following = self.sentence.tokens[at + 1].form if at + 1 < len(self.sentence.tokens) else ""
        return len(token.form) == 3 and token.form == "Jan" and following[:1].isupper()

    def _is_year(self, index: int) -> bool:
        """ "in 2009", "the 2009 talks"; not "2009 troops", "room 2009"."""
        before = self.article.text[max(0, self.items[index].start - 2) : self.items[index].start]
        joined = before[-1:] in ("-", "–") and before[0].isalpha()
        if before[-1:] in ("$", "£", "€", "#", "+", ".") or (joined and "part" not in self.items[index - 2].classes):
            return False
        token_at = self.at.get(self.items[index].end + 1)
        if token_at is None:
            return True
        following = self.sentence.tokens[token_at]
        return not (following.xpos == "NNS" and self.at.get(self.items[index].start) is not None)

    def _mention(self, item: Item, index: int) -> TimeMention:
        made: Days = next(iter(item.values.values()))
        because = (Because(item.rule, (item.start, item.end)),)
        made, limit = self._limited(made, index)
        return TimeMention(
            words=(item.start, item.end),
            type=made.kind,
            value=made.value,
            mod=made.mod,
            start=made.start.isoformat() if made.start else None,
            end=made.end.isoformat() if made.end else None,
            granularity=made.granularity,
            exact=made.exact,
            because=(*because, *limit),
        )

    def _limited(self, made: Days, index: int) -> tuple[Days, tuple[Because, ...]]:
        """ "since December" runs up to the page's date, "until May" from an open beginning."""
        if not index or made.kind != "DATE" or made.start is None or made.end is None:
            return made, ()
        before = self.items[index - 1]
        word = self.article.text[before.start : before.end].lower()
        if word == "since" and (self.anchor is None or made.start <= self.anchor):
            return structs.replace(made, end=self.anchor, exact=False), (
                Because("times:since", (before.start, before.end)),
            )
        if word in ("until", "till"):
            return structs.replace(made, start=None, exact=False), (Because("times:until", (before.start, before.end)),)
        return made, ()


DATED = frozenset(
    ("day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "time", "holiday")
)
