"""Stories: articles on one matter, put together as they come, by the rare words that they share.

An article joins the story that it is nearest to if it is nearer than to anything else by a margin. How near unrelated
stories are to it tells how far that must be: in a dense stream all are nearer than in a thin one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from datetime import date
from heapq import nlargest
from math import log, sqrt

from msgspec import Struct

WINDOW = 4
"""Days after its last article in which a story may go on."""
HALF_LIFE = 6.0
"""Days in which nearness fades to half."""
MOST_TERMS = 60
"""The rarest words of an article that are looked for."""
MOST_STORIES = 7
"""Stories that are remembered for a word, the latest; twice as many find the same at half the speed."""
LONGEST_CENTRE = 120
"""Words that a story is known by."""
NEAREST = 0.13
"""The least nearness (cosine) of an article to its story."""
MARGIN, STEEPNESS = 0.08, 1.5
"""It must be nearer than so much, and than the other stories around it so many times."""
OTHERS = 5
"""Stories behind the nearest that tell how near unrelated ones are."""
STAYS = 0.7
"""Share of what it needed with which an article stays in its story when all is settled; .5 to .85 find the same."""
MEMORY = 200_000
"""Articles after which the counts of words are halved: what is rare changes."""


class Placed(Struct, frozen=True):
    """Where an article belongs."""

    article: str
    story: str
    """The id of the story: of the article that began it."""
    nearness: float
    """Cosine to its story, 0 to 1; of a new story, to the nearest other."""
    needed: float
    """What it needed to join."""
    weights: Mapping[str, float]
    """Its rarest words, with how rare they are; of length one."""

    @property
    def is_new(self) -> bool:
        """It begins a story."""
        return self.story == self.article


class _Story(Struct):
    id: str
    articles: list[str]
    centre: dict[str, float]
    norm: float
    last: int
    """The day of its latest article, as an ordinal; 0 while none has one."""


class _Article(Struct):
    """An article that came."""

    weights: dict[str, float]
    day: int
    """0: not known."""
    story: int


class Stories:
    """The stories of the last days. Give it originals alone: copies belong where their original does.

    stories = Stories()
    stories.add("a", terms_of(title, text, function_words), date(2010, 6, 3)).story      -> "a"

    The work for an article is bounded by its words and the stories remembered for each, whatever came before.
    """

    def __init__(self) -> None:
        self._stories: dict[int, _Story] = {}
        self._came = 0
        self._known: dict[str, _Article] = {}
        self._numbers: dict[str, int] = {}
        """For each story by its id."""
        self._counts: Counter[str] = Counter()
        self._articles = 0
        self._postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        """For each word the stories that have it, those that had it first foremost, with its weight in each."""

    def add(
        self, id: str, terms: Mapping[str, int], day: date | None = None, *, into: str | None = None,
        apart: Collection[str] = (),
    ) -> Placed:  # fmt: skip
        """Takes in an article; one without a day is as near to stories of any day.

        `into` puts it in the story of an article unasked (of itself: a new one); with the articles `apart` it never is.
        Raises `ValueError` for one that came, `KeyError` for a story that is forgotten.
        """
        if id in self._known:
            raise ValueError(f"article {id} came before; its story is told by `story_of`")
        weights = self._weights(terms)
        new = _Article(weights, day.toordinal() if day else 0, -1)
        kept_apart = {self._known[other].story for other in apart if other in self._known}
        near = nlargest(OTHERS + 1, self._nearness(weights, new.day, kept_apart))
        number, nearness, needed = _nearest(near)
        if into is not None:
            number = self._begun(id) if into == id else self._numbers[into]
        elif nearness < needed:
            number = self._begun(id)
        self._known[id] = new
        self._put(id, new, number)
        return Placed(id, self._stories[number].id, round(nearness, 4), round(needed, 4), weights)

    def settle(self, day: date | None = None, fixed: Container[str] = ()) -> dict[str, str]:
        """Looks once more at the articles of a day, now that all of it is known; which are in another story now.

        Each goes to the story that it is nearest to without itself. It stays where it is if that is nearest, though it
        is a little too far. Those `fixed` stay anyway. Articles without a day are looked at on any, without `day` all.
        """
        ordinal = day.toordinal() if day else 0
        moved: dict[str, str] = {}
        for id, known in self._known.items():
            if id in fixed or (ordinal and known.day and known.day != ordinal):
                continue
            own = self._stories[known.story]
            near = nlargest(OTHERS + 1, self._nearness_without(known))
            number, nearness, needed = _nearest(near)
            if nearness < needed:
                if len(own.articles) == 1 or (number == known.story and nearness >= STAYS * needed):
                    continue
                number = self._begun(id)
            if number != known.story:
                self._take_out(id, known)
                self._put(id, known, number)
                moved[id] = self._stories[number].id
        return moved

    def story_of(self, id: str) -> str | None:
        """The story of an article that came, by its first article; None for one that did not, or is forgotten."""
        known = self._known.get(id)
        return None if known is None else self._stories[known.story].id

    def terms_of(self, story: str, most: int = 12) -> tuple[str, ...]:
        """The words that a story is known by, the strongest first. Raises `KeyError` for one that is forgotten."""
        centre = self._stories[self._numbers[story]].centre
        return tuple(nlargest(most, centre, key=lambda term: (centre[term], term)))

    def stories(self) -> Iterator[tuple[str, ...]]:
        """The articles of each story, as they came."""
        for story in self._stories.values():
            yield tuple(story.articles)

    def forget(self, before: date) -> int:
        """Drops the stories that ended before a day; how many. Those without a day stay."""
        ended = [number for number, story in self._stories.items() if 0 < story.last < before.toordinal()]
        for number in ended:
            for article in self._stories[number].articles:
                del self._known[article]
            self._end(number)
        return len(ended)

    def _begun(self, id: str) -> int:
        while id in self._numbers:
            id += "'"  # its first article was moved and begins another
        number = self._numbers[id] = self._came
        self._came += 1
        self._stories[number] = _Story(id, [], {}, 0.0, 0)
        return number

    def _end(self, number: int) -> None:
        story = self._stories.pop(number)
        del self._numbers[story.id]
        for term in story.centre:
            held = self._postings[term]
            held.pop(number, None)
            if not held:
                del self._postings[term]

    def _put(self, id: str, known: _Article, number: int) -> None:
        story = self._stories[number]
        known.story = number
        story.articles.append(id)
        story.last = max(story.last, known.day)
        self._draw(story, number, known.weights)

    def _take_out(self, id: str, known: _Article) -> None:
        story = self._stories[known.story]
        story.articles.remove(id)
        if not story.articles:
            self._end(known.story)
            return
        story.last = max(self._known[article].day for article in story.articles)
        for term, weight in known.weights.items():
            if term in story.centre:
                story.centre[term] = max(0.0, story.centre[term] - weight)
                if known.story in self._postings[term]:
                    self._postings[term][known.story] = story.centre[term]
        story.norm = sqrt(sum(weight * weight for weight in story.centre.values())) or 1.0

    def _weights(self, terms: Mapping[str, int]) -> dict[str, float]:
        """Term frequency times inverse document frequency of the rarest words, of length one."""
        self._articles += 1
        counts = self._counts
        counts.update(terms.keys())
        if self._articles > MEMORY:
            self._articles //= 2
            self._counts = counts = Counter({term: count // 2 for term, count in counts.items() if count > 1})
        many = log(self._articles + 1)
        found = {term: (1 + log(times)) * (many - log(counts[term] + 0.5)) for term, times in terms.items()}
        rarest = nlargest(MOST_TERMS, found.items(), key=lambda item: item[1])
        norm = sqrt(sum(weight * weight for _, weight in rarest)) or 1.0
        return {term: weight / norm for term, weight in rarest}

    def _nearness(
        self, weights: Mapping[str, float], day: int, apart: Container[int] = ()
    ) -> Iterator[tuple[float, int]]:
        """How near each story of the window is that shares a word."""
        stories, postings = self._stories, self._postings
        products: defaultdict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            if term in postings:
                for number, held in postings[term].items():
                    products[number] += weight * held
        for number, product in products.items():
            if number not in apart:
                story = stories[number]
                gap = _gap(day, story)
                if gap <= WINDOW:
                    yield product / story.norm * 0.5 ** (gap / HALF_LIFE), number

    def _nearness_without(self, known: _Article) -> Iterator[tuple[float, int]]:
        """The same for an article that came, to its own story without itself."""
        yield from self._nearness(known.weights, known.day, (known.story,))
        story = self._stories[known.story]
        if len(story.articles) == 1:
            return
        shared = [(weight, story.centre[term]) for term, weight in known.weights.items() if term in story.centre]
        product = sum(weight * (held - weight) for weight, held in shared)
        rest = story.norm**2 - sum(weight * (2 * held - weight) for weight, held in shared)
        if product > 0 and rest > 1e-9:
            yield product / sqrt(rest) * 0.5 ** (_gap(known.day, story) / HALF_LIFE), known.story

    def _draw(self, story: _Story, number: int, weights: Mapping[str, float]) -> None:
        """Draws a story towards an article."""
        centre, postings = story.centre, self._postings
        for term, weight in weights.items():
            held = postings[term]
            if term in centre:
                centre[term] = weight = centre[term] + weight
                if number in held:
                    held[number] = weight
                continue
            centre[term] = held[number] = weight
            if len(held) > MOST_STORIES:
                del held[next(iter(held))]
        if len(centre) > LONGEST_CENTRE:
            story.centre = dict(nlargest(LONGEST_CENTRE, centre.items(), key=lambda item: item[1]))
            for term in centre.keys() - story.centre.keys():
                postings[term].pop(number, None)
            centre = story.centre
        story.norm = sqrt(sum(weight * weight for weight in centre.values()))


def _gap(day: int, story: _Story) -> int:
    """Days from a story's last article; none where either day is unknown."""
    return abs(day - story.last) if day and story.last else 0


def _nearest(near: Sequence[tuple[float, int]]) -> tuple[int, float, float]:
    """The nearest story, how near it is and how near it must be, as the others are so near."""
    nearness, number = near[0] if near else (0.0, -1)
    around = sum(score for score, _ in near[1:]) / OTHERS
    return number, nearness, max(NEAREST, STEEPNESS * around + MARGIN)
