"""A sentence with what was found in it: which word is which actor, place or time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from detente.model import ActorMention, Clause, Mention, Phrase, PlaceMention, Sentence, Span, TimeMention, Token

_POSSESSIVE = frozenset(["'s", "’s", "'", "’"])


# "In parts of Kabul" is in Kabul; "in favour of Kabul" is not.
PARTS = frozenset(
    ["part", "area", "outskirts", "suburb", "street", "city", "town", "village", "province", "region", "district",
     "north", "south", "east", "west", "centre", "center", "capital", "port", "coast", "swathe", "swath", "vicinity"]
)  # fmt: skip


class Scene:
    """What the rules look at, indexed by token."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention], *, is_lead: bool = False) -> None:
        """`is_lead`: the first sentence of the text that tells something."""
        self.sentence = sentence
        self.is_lead = is_lead
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.clauses: tuple[Clause, ...] = sentence.clauses
        self.clause_at = {clause.predicate: number for number, clause in enumerate(sentence.clauses)}
        self.actors: dict[int, ActorMention] = {}
        """By the token of the mention's head."""
        self.covered: dict[int, ActorMention] = {}
        """By every token of the mention."""
        self.places: list[tuple[int, PlaceMention]] = []
        self.times: list[tuple[int, TimeMention]] = []
        self.quoted: set[int] = set()
        """Tokens between quotation marks, noted by who reads the text as a whole."""
        self._starts = [token.start for token in sentence.tokens]
        self._timed: set[int] = set()
        self._prepositions: dict[int, str] | None = None
        self._kids: dict[int, list[int]] | None = None
        self._below: dict[int, list[int]] | None = None
        self.names: dict[int, frozenset[str]] = {}
        """What the phrase with this head may be called, for those who asked already."""
        self.phrases: dict[tuple[int, bool, bool, bool, bool, frozenset[str]], tuple[Phrase, ...]] = {}
        """The phrases of a clause behind certain words, for those who asked already."""
        for mention in mentions:
            self.add(mention)

    def add(self, mention: Mention) -> None:
        """Puts a mention on the tokens that it covers."""
        covered = self.tokens_in(mention.words)
        if not covered:
            return
        if isinstance(mention, ActorMention):
            head = self.tokens_in(mention.head)
            # Of two mentions with one head the longer says more: "Russian foreign minister", not "minister".
            known = self.actors.get((head or covered)[-1])
            if known is None or len(self.tokens_in(known.words)) < len(covered):
                self.actors[(head or covered)[-1]] = mention
            for i in covered:
                self.covered.setdefault(i, mention)
        elif isinstance(mention, TimeMention):
            self.times.append((self.top(covered), mention))
            self._timed.add(self.times[-1][0])
        else:
            self.places.append((self.top(covered), mention))

    @cached_property
    def words(self) -> frozenset[str]:
        """Whatever the last word of a name that a pattern asks for may be."""
        forms = [token.form.lower() for token in self.tokens]
        # The verb of a headline that was taken for a plural: "hails" is "hail".
        stems = (form[:-1] for form in forms if form.endswith("s"))
        return frozenset((*forms, *stems, *(token.lemma for token in self.tokens)))

    def place_at(self, i: int) -> PlaceMention | None:
        """The place that a token is the head of."""
        return next((mention for top, mention in self.places if top == i), None)

    def is_time(self, i: int) -> bool:
        """Whether a token is the head of a time."""
        return i in self._timed

    def place_of(self, phrase: Phrase) -> PlaceMention | None:
        """The place that a phrase names, by itself or as a part of it: "Kabul", "parts of Kabul"."""
        mention = self.place_at(phrase.head)
        if mention is not None or self.tokens[phrase.head].lemma.lower() not in PARTS:
            return mention
        inner = (self.place_at(modifier.head) for key, modifier in phrase.modifiers if key == "of")
        return next((found for found in inner if found is not None), None)

    def tokens_in(self, span: Span) -> range:
        """The tokens that a span touches."""
        first = bisect_left(self._starts, span[0])
        if first and self.tokens[first - 1].end > span[0]:
            first -= 1
        return range(first, bisect_left(self._starts, span[1]))

    def top(self, tokens: Sequence[int]) -> int:
        """The token of a stretch whose head lies outside of it."""
        for i in tokens:
            if self.tokens[i].head not in tokens:
                return i
        return tokens[-1]

    def clause_of(self, i: int) -> int | None:
        """The clause that a token belongs to: the nearest predicate above it (itself included)."""
        for token in self.up(i):
            if token in self.clause_at:
                return self.clause_at[token]
        return None

    def clause_at_time(self, top: int, time: TimeMention) -> int | None:
        """The clause that an expression of time belongs to; "quarter", "night" may have been read as one of its own."""
        number = self.clause_of(top)
        own = self.tokens_in(time.words)
        while number is not None and self.clauses[number].kind == "noun" and self.clauses[number].predicate in own:
            number = self.clauses[number].parent
        return number

    def up(self, i: int) -> Iterator[int]:
        """A token and what stands above it, up to the root; a loop in a broken tree ends it."""
        for _ in range(len(self.tokens)):
            yield i
            i = self.tokens[i].head
            if not 0 <= i < len(self.tokens):
                return

    def teller(self, number: int) -> int:
        """The clause with the tense above an infinitive: "began" above "bombing", "plans" above "to expel"."""
        for _ in self.clauses:
            clause = self.clauses[number]
            if clause.parent is None or not clause.link.startswith("xcomp"):
                break
            number = clause.parent
        return number

    def kids(self, i: int) -> Sequence[int]:
        """The tokens right below a token."""
        if self._kids is None:
            self._kids = {}
            for at, token in enumerate(self.tokens):
                self._kids.setdefault(token.head, []).append(at)
        return self._kids.get(i, ())

    def preposition(self, i: int) -> str:
        """What leads to a word: "with", "because of"; "" when nothing does."""
        if self._prepositions is None:
            self._prepositions = {}
            for at, token in enumerate(self.tokens):
                if token.relation == "case" and at < token.head and token.form not in _POSSESSIVE:
                    known = self._prepositions.get(token.head, "")
                    self._prepositions[token.head] = f"{known} {token.form.lower()}".strip()
                elif token.relation == "fixed" and self.tokens[token.head].relation == "case":
                    noun = self.tokens[token.head].head
                    self._prepositions[noun] = f"{self._prepositions.get(noun, '')} {token.form.lower()}".strip()
        return self._prepositions.get(i, "")

    def below(self, number: int) -> list[int]:
        """The clauses right below a clause."""
        if self._below is None:
            self._below = {}
            for at, clause in enumerate(self.clauses):
                if clause.parent is not None:
                    self._below.setdefault(clause.parent, []).append(at)
        return self._below.get(number, [])

    def span(self, i: int) -> Span:
        """The words of a token."""
        return self.tokens[i].start, self.tokens[i].end


def scenes_of(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Scene]:
    """One scene for each sentence; a mention belongs to the sentence that it begins in."""
    ordered = sorted(mentions, key=lambda mention: mention.words)
    starts = [mention.words[0] for mention in ordered]
    lead = next((one for one in sentences if one.part == "body" and any(c.kind == "verb" for c in one.clauses)), None)
    return [
        Scene(
            sentence,
            ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)],
            is_lead=sentence is lead,
        )
        for sentence in sentences
    ]
