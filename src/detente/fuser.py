"""From articles and their reports to copies, stories and events: the only module that knows the order of these stages.

[article, its reports] -> stories.copies -> [copy] -> stories.grouping -> [story] -> events.fusion -> [event]
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from detente.articles.words import words_of
from detente.events import NEW, Fusion, Joined, Knowledge, Sectors, Told
from detente.lexicon import Lexicon
from detente.model import Post, Report
from detente.stories import Copies, Copy, Filed, Profiles, Stories, terms_of

DAYS = 7
"""Days for which articles and events are remembered: what is told again later, is told anew.

Longer finds more anniversaries than copies, and takes as much more memory.
"""


class Piece(Struct, frozen=True, kw_only=True):
    """An article, with what counts when it is put together with others."""

    id: str
    day: str | None = None
    """ISO 8601."""
    time: str = ""
    """ISO 8601, as precise as is known."""
    headline: str = ""
    text: str = ""
    outlet: str = ""
    """Whose word it is: the agency, else the publisher, else the host."""
    is_agency: bool = False
    """It is an agency's: of texts of one time that are alike it was the first."""
    posts: tuple[Post, ...] = ()
    reports: tuple[Report, ...] = ()

    def day_at(self, position: int) -> str | None:
        """The day of a place of the text: of the post of a live blog its own."""
        post = next((post for post in self.posts if post.words[0] <= position < post.words[1]), None)
        return (post.published[:10] if post and post.published else None) or self.day


class Corrections(Struct, frozen=True, kw_only=True):
    """What users decided. Articles go by their ids, reports by their anchors (see `anchor_of`)."""

    together: Mapping[str, frozenset[str]] = msgspec.field(default_factory=dict)
    """With whom each belongs."""
    apart: Mapping[str, frozenset[str]] = msgspec.field(default_factory=dict)
    wrong: frozenset[str] = frozenset()
    """Reports that tell no event."""


class KnownReport(Struct, frozen=True):
    """The event that a report was of, and why."""

    event: str
    because: tuple[str, ...]


class Known(Struct, frozen=True, kw_only=True):
    """Where an article and its reports were put before, by the ids of the store."""

    story: str | None = None
    events: Mapping[str, KnownReport] = msgspec.field(default_factory=dict)
    """By the reports."""


class Group(Struct, frozen=True, kw_only=True):
    """Reports of one event, each with why it was put with the others."""

    number: int
    tellings: tuple[tuple[Told, tuple[str, ...]], ...]


class Fuser:
    """Puts articles together, in the order of their days (see `order_of`); after it, `articles` and `groups` tell.

    fuser = Fuser()
    for piece in sorted(pieces, key=order_of):
        fuser.add(piece)
    fuser.finish()
    """

    def __init__(self, corrections: Corrections | None = None, lexicon: Lexicon | None = None) -> None:
        """Without arguments: nothing is corrected, and the lexicon that ships with Detente."""
        self._corrections = corrections or Corrections()
        self._function_words = words_of().languages["en"][1]
        self._copies, self._stories, self._profiles = Copies(), Stories(), Profiles()
        knowledge = Knowledge(Sectors.of(lexicon or Lexicon()), _nearness_of_words, self._profiles.nearness)
        self._fusion = Fusion(knowledge)
        corrected = self._corrections.together.keys() | self._corrections.apart.keys()
        self._fixed: set[str] = set(corrected)
        """Articles that stay where they are put."""
        self._inherits: dict[str, str] = {}
        """For each copy that is where its original is, the original."""
        self._kept: deque[tuple[str, str]] = deque()
        """The articles whose profiles are kept, with their days."""
        self.articles: dict[str, Filed] = {}
        self._tellings: defaultdict[int, list[tuple[Told, tuple[str, ...]]]] = defaultdict(list)
        self._reports: dict[str, str] = {}
        """For each anchor that a correction names, its report."""
        self._first_of: dict[str, str] = {}
        """For each story of the store the first of its articles that came, for each event the first of its reports."""
        self._day = ""

    def add(self, piece: Piece, known: Known | None = None) -> None:
        """Takes in an article; one that is `known` is put where it was before."""
        if piece.day and piece.day > self._day:
            self._settle()
            self._day = piece.day
            self._forget(date.fromisoformat(piece.day) - timedelta(days=DAYS))
        if known:
            self._fixed.add(piece.id)
        filed = self.articles[piece.id] = self._filed(piece, known)
        for report in piece.reports:
            if anchor_of(report) not in self._corrections.wrong:
                self._tell(piece, filed, report, known)

    def finish(self) -> None:
        """Settles the last day, too; nothing is added after it."""
        self._settle()
        for article, original in self._inherits.items():
            self.articles[article] = replace(self.articles[article], story=self.articles[original].story)

    def _settle(self) -> None:
        """What a day brought may show that an article of before is of another story."""
        day = date.fromisoformat(self._day) if self._day else None
        for article, story in self._stories.settle(day, self._fixed).items():
            self.articles[article] = replace(self.articles[article], story=story)

    def groups(self) -> Iterator[Group]:
        """The reports of each event, in the order in which the events began."""
        for number, tellings in self._tellings.items():
            yield Group(number=number, tellings=tuple(tellings))

    def _forget(self, before: date) -> None:
        self._copies.forget(before.isoformat())
        self._stories.forget(before)
        self._fusion.forget(before)
        while self._kept and self._kept[0][0] < before.isoformat():
            self._profiles.forget(self._kept.popleft()[1])

    # -- Stories ------------------------------------------------------------------------------------------------------

    def _filed(self, piece: Piece, known: Known | None) -> Filed:
        copy = self._copies.add(piece.id, piece.text, piece.time)
        filed = Filed(
            id=piece.id, day=piece.day, headline=piece.headline, outlet=piece.outlet, story=piece.id, copy=copy
        )
        # Copies belong where their original does, and need not be read again.
        self._kept.append((piece.day or self._day, piece.id))
        if copy and (story := self._story_of_copy(piece, copy)):
            self._profiles.add_as(piece.id, copy.of)
            self._inherits[piece.id] = copy.of
            return replace(filed, story=story, nearness=1.0)
        terms = terms_of(piece.headline, piece.text, self._function_words)
        day = date.fromisoformat(piece.day) if piece.day else None
        apart = self._corrections.apart.get(piece.id, ())
        placed = self._stories.add(piece.id, terms, day, into=self._settled_story(piece, known), apart=apart)
        self._profiles.add(piece.id, placed.weights)
        words = self._stories.terms_of(placed.story)
        return replace(filed, story=placed.story, nearness=placed.nearness, terms=words)

    def _story_of_copy(self, piece: Piece, copy: Copy) -> str | None:
        original = self.articles.get(copy.of)
        if original is None or piece.id in self._corrections.together:
            return None
        apart = (self.articles.get(other) for other in self._corrections.apart.get(piece.id, ()))
        return None if any(other and other.story == original.story for other in apart) else original.story

    def _settled_story(self, piece: Piece, known: Known | None) -> str | None:
        """The story that an article is put in unasked: by a user, or because it was there before."""
        for other in sorted(self._corrections.together.get(piece.id, ())):
            if story := self._stories.story_of(other):
                return story
        if known and known.story:
            first = self._first_of.setdefault(known.story, piece.id)
            return self._stories.story_of(first) or piece.id
        return None

    # -- Events -------------------------------------------------------------------------------------------------------

    def _tell(self, piece: Piece, filed: Filed, report: Report, known: Known | None) -> None:
        original = self._original_of(filed)
        told = Told(
            report=report,
            day=piece.day_at(report.trigger[0]),
            outlet=original.outlet,
            story=filed.story,
            copied=original is not filed,
        )
        place = anchor_of(report)
        apart = self._corrections.apart.get(place, ())
        apart_reports = [self._reports[other] for other in apart if other in self._reports]
        joined = self._fusion.add(told, into=self._settled_event(report, known), apart=apart_reports)
        self._tellings[joined.event].append((told, joined.because))
        if place in self._corrections.together or place in self._corrections.apart:
            self._reports[place] = report.id

    def _original_of(self, filed: Filed) -> Filed:
        """The article that it copies, through the copies between; itself if it copies none that is known."""
        while filed.copy and (earlier := self.articles.get(filed.copy.of)):
            filed = earlier
        return filed

    def _settled_event(self, report: Report, known: Known | None) -> Joined | None:
        """The event that a report is put in unasked: by a user, or because it was there before."""
        for other in sorted(self._corrections.together.get(anchor_of(report), ())):
            event = self._fusion.event_of(self._reports.get(other, ""))
            if event is not None:
                return Joined(event, ("put together by a user",))
        before = known.events.get(report.id) if known else None
        if before is None:
            return None
        first = self._first_of.setdefault(before.event, report.id)
        event = self._fusion.event_of(first)
        return NEW if event is None else Joined(event, before.because)


@lru_cache(maxsize=100_000)
def _nearness_of_words(one: str, other: str) -> float:
    """The cosine of two words as the language model has them before it reads them in context."""
    return 1.0 if one == other else float(_meaning(one) @ _meaning(other))


@lru_cache(maxsize=20_000)
def _meaning(word: str) -> NDArray[np.float32]:
    from detente.sentences import language  # the model's runtime is heavy, and a store that is only asked needs none

    return language().meaning(word)


def order_of(piece: Piece) -> tuple[bool, str, str, bool, int, str]:
    """The order in which articles are taken in, whatever order they came in: by day and time, undated ones last.

    Of one time, agencies' come first and the longer before the shorter, for texts are cut rather than added to.
    """
    length = len(piece.headline) + len(piece.text)
    return piece.day is None, piece.day or "", piece.time, not piece.is_agency, -length, piece.id


def anchor_of(report: Report) -> str:
    """What a report is known by whatever version of the coder finds it: its article, type and place in the text."""
    return anchor(report.article, report.type, report.trigger[0])


def anchor(article: str, type: str, at: int) -> str:
    """The same, of its parts; `at` is where the words of the deed begin."""
    return f"{article}:{type}:{at}"
