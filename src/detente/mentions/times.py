"""Expressions of time: "the second half of May 2009", "early next week", "Monday", each as TIMEX3 and as an interval.

Found by a small grammar (`timegrammar`) over the words of `lexicons/times`, read by `timerules`, against the page's
date; which Monday is meant is told by the tense of its clause (`direction`). In a quotation "tomorrow" is the day after
it was said, where the clause of saying tells the day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, structs

from detente.lexicon import Lexicon
from detente.mentions.days import Days
from detente.mentions.direction import direction_of, said_with
from detente.mentions.timegrammar import Found, Grammar
from detente.mentions.timenumbers import composed
from detente.mentions.timerules import READINGS
from detente.mentions.timewords import NUMERIC, WORD, Item, TimeEntry
from detente.mentions.when import Told, When
from detente.model import Article, Because, Sentence, Span, TimeMention
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
        entries = lexicon.entries("times", TimeEntry)
        self.grammar = Grammar((*(entry for entry in entries if entry.kind != "saying"), *numerals))
        self.sayings = {word: entry.id for entry in entries if entry.kind == "saying" for word in entry.words}
        """Verbs of saying and the entry that names them."""

    def find(self, article: Article, sentences: Sequence[Sentence]) -> tuple[TimeMention, ...]:
        """All expressions of an article's sentences, in the order of the text."""
        told = Told()
        quoted = Quoted(article)
        mentions: list[TimeMention] = []
        for sentence in sentences:
            if self._is_timeless(article.text[sentence.start : sentence.end]):
                continue
            anchor = _day_at(article, sentence.start)
            reader = _Reader(self.grammar, article, sentence, anchor, told)
            reader.read()
            said = quoted.said_on(sentence, reader.day_of_saying(quoted.spans(sentence), self.sayings))
            if said is not None and said.day != anchor:
                reader.read_as_said(said, quoted.spans(sentence))
            mentions.extend(reader.mentions())
        return tuple(mentions)

    def _is_timeless(self, text: str) -> bool:
        """Most sentences hold no word that every time needs; that is seen at a glance."""
        return _FIGURE.search(text) is None and self.grammar.triggers.isdisjoint(WORD.findall(text.lower()))


def _day_at(article: Article, position: int) -> date | None:
    told = article.date_at(position)
    if told is None:
        return None
    try:
        day = date.fromisoformat(told[:10])
    except ValueError:
        return None
    # A page dated outside these years is misdated; there, nothing can be counted from its date either.
    return day if 1000 <= day.year < 2200 else None


class Said(Struct, frozen=True):
    """The day on which something was said, and why we think so."""

    day: date
    because: Because


_QUOTATION = re.compile(
    r"[\"“„«]([^\"“”„«»]{1,2000})(?:[\"”»]|$)"
    r"|``(.{1,800}?)(?:''|$)"
    # A single quotation mark is an apostrophe unless it stands before a capital letter and ends after a word.
    r"|(?<!\w)[‘']([A-Z].{1,400}?)['’](?!\w)"
)


class Quoted:
    """The quotations of an article, and when they were said."""

    def __init__(self, article: Article) -> None:
        """They are looked for block by block, when first asked for."""
        self._article = article
        self._spans: dict[int, tuple[Span, ...]] = {}
        self._said: dict[int, Said] = {}

    def spans(self, sentence: Sentence) -> tuple[Span, ...]:
        """The quotations of the sentence's block."""
        if sentence.block not in self._spans:
            block = self._article.blocks[sentence.block]
            found = _QUOTATION.finditer(self._article.text, block.start, block.end)
            self._spans[sentence.block] = tuple(match.span() for match in found)
        return self._spans[sentence.block]

    def said_on(self, sentence: Sentence, said: Said | None) -> Said | None:
        """When a sentence's quotations were said: the day that it tells itself, else an earlier one of its block."""
        if said is not None:
            self._said[sentence.block] = said
        return self._said.get(sentence.block)


def _is_within(at: int, spans: Sequence[Span]) -> bool:
    return any(start < at < end for start, end in spans)


class _Reader:
    """Reads one sentence, level after level."""

    def __init__(
        self,
        grammar: Grammar,
        article: Article,
        sentence: Sentence,
        anchor: date | None,
        told: Told,
    ) -> None:
        """`told` is what the article told before."""
        self.grammar = grammar
        self.article = article
        self.sentence = sentence
        self.anchor = anchor
        self.told = told
        self.at = {token.start: index for index, token in enumerate(sentence.tokens)}
        self.tags: Mapping[int, str] = {token.start: token.upos for token in sentence.tokens}
        self.items: list[Item] = []
        self.why: dict[int, Because] = {}
        """Why an expression is not read against the page's date, by its offset."""

    def read(self) -> None:
        """Puts the expressions of the sentence in place of their words."""
        items = self.grammar.vocabulary.items(self.article.text, self.sentence.start, self.sentence.end, self.tags)
        self.items = composed(items[:MOST_WORDS])
        for level in self.grammar.levels:
            self.items = self.grammar.search(self.items, level, self._read)
        self._put_clocks_on_their_day()

    def _put_clocks_on_their_day(self) -> None:
        """ "On Saturday a bomb went off at 8 a.m.": a clock time is of the one day that its sentence tells."""
        days_told = [item for item in self.items if item.rule and "@day" in item.values]
        if len(days_told) != 1 or "/" in _made(days_told[0]).value or _made(days_told[0]).start is None:
            return
        told = _made(days_told[0])
        because = Because(days_told[0].rule, (days_told[0].start, days_told[0].end))
        for index, item in enumerate(self.items):
            if item.rule in CLOCKS:
                value = f"{told.value}T{_made(item).value.partition('T')[2]}"
                made = structs.replace(told, value=value, kind="TIME", granularity="time")
                self.items[index] = structs.replace(item, values=dict.fromkeys(item.classes, made))
                self.why[item.start] = because

    def mentions(self) -> list[TimeMention]:
        """The expressions of the sentence."""
        return [
            self._mention(item, index)
            for index, item in enumerate(self.items)
            if item.rule and not item.classes & SILENT
        ]

    def day_of_saying(self, quotations: Sequence[Span], sayings: Mapping[str, str]) -> Said | None:
        """When the sentence's quotation was said: "On Friday he said: 'We will leave tomorrow.'" """
        if not any(start < self.sentence.end and end > self.sentence.start for start, end in quotations):
            return None
        for item in self.items:
            made = item.values.get("@day")
            if made is None or made.start is None or made.start != made.end or _is_within(item.start, quotations):
                continue
            verb = said_with(self.sentence, self.at.get(item.start), sayings)
            if verb is not None:
                return Said(made.start, Because(sayings[verb], (item.start, item.end)))
        return None

    def read_as_said(self, said: Said, quotations: Sequence[Span]) -> None:
        """Reads what stands in quotations anew, against the day on which they were said."""
        anew = _Reader(self.grammar, self.article, self.sentence, said.day, Told())
        anew.read()
        other = {(item.start, item.end): item for item in anew.items if item.rule}
        for index, item in enumerate(self.items):
            again = other.get((item.start, item.end))
            if again is None or again.values == item.values or not _is_within(item.start, quotations):
                continue
            self.items[index] = again
            self.why[item.start] = said.because
            self.told.add(item.start, _made(again))

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
            self.told.before(first.start),
            self.told.period,
            lambda: direction_of(self.sentence, self.at.get(first.start)),
            entry.tell,
        )
        made = READINGS[entry.reads or ""](found.slots, when)
        if made is None:
            return None
        if made.kind == "DURATION" and "article" in found.slots and self._is_rate(first.start):
            made = structs.replace(made, kind="SET")
        self.told.add(first.start, made)
        if entry.reads in ("lone-nth", "nth", "side-unit", "nth-of-month", "ended"):
            self.told.report(made, self.anchor)
        kind = entry.makes or ("time" if made.kind == "TIME" else made.granularity)
        classes = {f"@{kind}", "@date"} if kind in DATED else {f"@{kind}"}
        return Item(first.start, final.end, frozenset(classes), dict.fromkeys(classes, made), entry.id)

    def _allowed(self, found: Found) -> bool:
        """Bare numbers and units are times only in the right company."""
        reads = found.pattern.entry.reads
        if reads == "year" and found.last - found.first == 1:
            return self._is_year(found.first)
        if reads == "duration" and "article" in found.slots and found.last < len(self.items):
            # "a year-end interview", "a week-long siege"
            return self.article.text[self.items[found.last - 1].end] != "-"
        if found.last - found.first == 1 and reads == "set":
            return not self._is_paper(found.first)
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

    def _is_paper(self, index: int) -> bool:
        """ "the Daily Telegraph", "the daily Granma"."""
        item = self.items[index]
        if item.start > self.sentence.start and self.article.text[item.start].isupper():
            return "weekday" not in item.values and not self.article.text[item.start : item.end].endswith("days")
        following = self.sentence.tokens[at] if (at := self.at.get(item.end + 1)) is not None else None
        return following is not None and following.upos == "PROPN" and following.form[0].isupper()

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
        """ "in 2009", "the 2009 talks"; not "2009 troops", "more than 2009"."""
        if index and "approx" in self.items[index - 1].classes and self._word(index - 1).endswith("than"):
            return False
        before = self.article.text[max(0, self.items[index].start - 2) : self.items[index].start]
        joined = before[-1:] in ("-", "–") and before[0].isalpha()
        if before[-1:] in ("$", "£", "€", "#", "+", ".") or (joined and "part" not in self.items[index - 2].classes):
            return False
        token_at = self.at.get(self.items[index].end + 1)
        if token_at is None:
            return True
        following = self.sentence.tokens[token_at]
        return not (following.xpos == "NNS" and self.at.get(self.items[index].start) is not None)

    def _word(self, index: int) -> str:
        return self.article.text[self.items[index].start : self.items[index].end].lower()

    def _mention(self, item: Item, index: int) -> TimeMention:
        made = _made(item)
        because = [Because(item.rule, (item.start, item.end))]
        if item.start in self.why:
            because.append(self.why[item.start])
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
        word = self._word(index - 1)
        if word == "since" and (self.anchor is None or made.start <= self.anchor):
            return structs.replace(made, end=self.anchor, exact=False), (
                Because("times:since", (before.start, before.end)),
            )
        if word in ("until", "till"):
            return structs.replace(made, start=None, exact=False), (Because("times:until", (before.start, before.end)),)
        return made, ()


CLOCKS = frozenset(f"times/phrases#{name}" for name in ("clock", "hour", "hours"))
"""Clock times that have no day of their own."""


def _made(item: Item) -> Days:
    """What an expression was read as; all its classes hold the same."""
    made: Days = next(iter(item.values.values()))
    return made


DATED = frozenset(
    (
        "day",
        "week",
        "weekend",
        "month",
        "quarter",
        "half",
        "season",
        "year",
        "decade",
        "century",
        "time",
        "holiday",
        "yearago",
    )
)
