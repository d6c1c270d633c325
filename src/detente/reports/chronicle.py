"""The days that an article tells in so many words, and what they say of clauses that tell none.

"Boeing delivers its last jet" over "Boeing on Tuesday delivered ..."   the headline tells what the lead tells
"Ford said on Tuesday that ..." and then "Ford said ..."                one statement
"rebels attacked Goma on Friday" and then "The attack ..."              one act
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from detente.model import Article, Clause, Post, TimeMention
from detente.reports.attitudes import Attitudes
from detente.reports.scene import Scene

# A statement is reported in sentences on end; farther on it may be another one.
STATEMENT = 3
WEEK = 7
_ENDINGS = ("ment", "ing", "ation", "ion", "al")
_SHORTEST = 4
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "his", "her", "their"])


class Anchor(Struct, frozen=True):
    """The page's date, as far as it bounds what the page tells."""

    day: str
    fresh: bool
    """News of that day: published then, and not only changed or archived."""

    @property
    def eve(self) -> str:
        """The day before."""
        day = date.fromisoformat(self.day)
        return (day - timedelta(1)).isoformat() if day > date.min else self.day


class Day(Struct, frozen=True):
    """A clause that tells its day."""

    at: int
    """The number of its sentence."""
    clause: Clause
    acts: frozenset[str]
    """What is done: by its verb, and by a noun that the verb only lets happen ("made a flight")."""
    doers: frozenset[str]
    """Who does it: ids of actors, and the names in its subject."""
    saying: bool
    main: bool
    """It is what its sentence is about."""
    mention: TimeMention


class Chronicle:
    """The days of an article: the page's own, and those of its clauses."""

    def __init__(self, scenes: Sequence[Scene], attitudes: Attitudes, anchor: Anchor | None) -> None:
        self.attitudes = attitudes
        self.anchor = anchor
        self._at = {id(scene): at for at, scene in enumerate(scenes)}
        self._lead = next((at for at, scene in enumerate(scenes) if scene.is_lead), None)
        self.days = [day for at, scene in enumerate(scenes) for day in self._days(at, scene)]

    def _days(self, at: int, scene: Scene) -> Iterator[Day]:
        for top, mention in scene.times:
            number = scene.clause_at_time(top, mention) if is_day(mention) else None
            if number is not None:
                clause = scene.clauses[number]
                saying = self.attitudes.saying(number, scene) is not None
                staged = (scene.clauses[below] for below in scene.below(number) if self.is_staged(below, scene))
                acts = frozenset([_act(clause), *map(_act, staged)])
                yield Day(
                    at, clause, acts, _doers(clause, scene), saying, self.attitudes.is_main(number, scene), mention
                )

    def day_of(self, number: int, scene: Scene, *, ahead: bool = False) -> tuple[str, TimeMention] | None:
        """The day that a clause without one takes over, with the rule that hands it down.

        What lies `ahead` takes the headline's day from a lead that tells the same act, and nothing else.
        """
        if not self.days:
            return None
        at = self._at[id(scene)]
        handed_down = [("when:lead", self._of_lead(number, scene, ahead))]
        if not ahead:
            handed_down.append(("when:same-statement", self._of_statement(at, number, scene)))
            handed_down.append(("when:same-act", self._of_act(number, scene)))
        return next(((rule, told) for rule, told in handed_down if told is not None), None)

    def is_staged(self, number: int, scene: Scene) -> bool:
        """Whether the verb above only lets happen what its object tells: "staged an attack", "held talks"."""
        clause = scene.clauses[number]
        if clause.kind != "noun" or clause.parent is None or not clause.link.startswith("obj"):
            return False
        return any(entry.occurs for entry in self.attitudes.on(clause.parent, ("object",), scene))

    def _of_lead(self, number: int, scene: Scene, ahead: bool) -> TimeMention | None:
        """The headline's main clause tells what the lead's tells, unless the lead only dates somebody's words."""
        if scene.sentence.part != "headline" or scene.clauses[scene.teller(number)].parent is not None:
            return None
        act = _act(scene.clauses[number])
        of_lead = (day for day in self.days if day.at == self._lead and day.main)
        return next((day.mention for day in of_lead if act in day.acts or not (ahead or day.saying)), None)

    def news(self) -> TimeMention | None:
        """The day of the news: what the lead's main clause says it to be."""
        return next((day.mention for day in self.days if day.at == self._lead and day.main), None)

    def is_news(self, number: int, scene: Scene) -> bool:
        """Whether a clause is the page's news: a headline, or what the lead is about."""
        if scene.sentence.part == "headline":
            return True
        if not scene.is_lead:
            return False
        at = scene.teller(number)
        teller = scene.clauses[at]
        tensed = teller.kind == "verb" and teller.tense in ("past", "present")
        return tensed and self.attitudes.is_main(at, scene)

    def _of_statement(self, at: int, number: int, scene: Scene) -> TimeMention | None:
        """What is said next: by the same speaker, or of a day as recent as the page's news."""
        if scene.sentence.part != "body" or self.attitudes.saying(number, scene) is None:
            return None
        doers = _doers(scene.clauses[number], scene)
        before = (day for day in reversed(self.days) if day.saying and 0 < at - day.at <= STATEMENT)
        return next((day.mention for day in before if doers & day.doers or self._is_recent(day.mention)), None)

    def _is_recent(self, mention: TimeMention) -> bool:
        """Within the week before the page's date."""
        if self.anchor is None or mention.start is None:
            return False
        return 0 <= (date.fromisoformat(self.anchor.day) - date.fromisoformat(mention.start)).days < WEEK

    def _of_act(self, number: int, scene: Scene) -> TimeMention | None:
        """The same word for the same act; where the article tells several of that name, none is taken.

        "The attack killed twenty" is told of the attack.
        """
        clause = scene.clauses[number]
        named = self._named(clause, scene)
        if named is not None or clause.kind == "noun":
            same = [day for day in self.days if named in day.acts]
        else:
            doers = _doers(clause, scene)
            same = [day for day in self.days if doers & day.doers and _act(clause) in day.acts and not day.saying]
        days = {day.mention.start for day in same}
        return same[0].mention if len(days) == 1 else None

    def _named(self, clause: Clause, scene: Scene) -> str | None:
        """The known act that a clause names: by its own noun, or by its verb's subject."""
        head = clause.predicate if clause.kind == "noun" else clause.subject.head if clause.subject else None
        if head is None or scene.tokens[head].upos != "NOUN" or not _is_definite(head, scene):
            return None
        act = _of_noun(scene.tokens[head].lemma.lower())
        return act if any(act in day.acts for day in self.days) else None


def is_day(mention: TimeMention) -> bool:
    """Whether an expression means one day."""
    return mention.type in ("DATE", "TIME") and mention.start is not None and mention.start == mention.end


def _doers(clause: Clause, scene: Scene) -> frozenset[str]:
    if clause.subject is None:
        return frozenset()
    actor = scene.actors.get(clause.subject.head)
    ids = [one.id for one in actor.actors[:1]] if actor is not None else []
    names = (scene.tokens[i] for i in scene.tokens_in(clause.subject.words))
    return frozenset([*ids, *(token.lemma.lower() for token in names if token.upos == "PROPN")])


def _act(clause: Clause) -> str:
    """What is done, whether told by a verb or by a noun: "announce" and "announcement", "meet" and "meeting"."""
    lemma = clause.lemma.lower()
    return _of_noun(lemma) if clause.kind == "noun" else lemma.removesuffix("e")


def _of_noun(lemma: str) -> str:
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= _SHORTEST:
            return lemma.removesuffix(ending).removesuffix("e")
    return lemma.removesuffix("e")


def _is_definite(head: int, scene: Scene) -> bool:
    """ "the attack", "their talks", "Peru's attack": one that is known; headlines go without articles."""
    if scene.sentence.part == "headline":
        return True
    kids = (scene.tokens[i] for i in scene.kids(head))
    return any(
        token.relation == "nmod:poss" or (token.relation in ("det", "det:poss") and token.form.lower() in _DEFINITE)
        for token in kids
    )


def chronicles_of(article: Article, scenes: Sequence[Scene], attitudes: Attitudes) -> list[Chronicle]:
    """The chronicle that each scene belongs to: the article's, or that of its post in a live blog."""
    posts = [article.post_at(scene.sentence.start) for scene in scenes]
    parts: dict[Post | None, list[Scene]] = {}
    for post, scene in zip(posts, scenes, strict=True):
        parts.setdefault(post, []).append(scene)
    made = {post: Chronicle(part, attitudes, _anchor_of(article, post)) for post, part in parts.items()}
    return [made[post] for post in posts]


def _anchor_of(article: Article, post: Post | None) -> Anchor | None:
    """The day that the post was written, else the page's by its best stamp."""
    if post is not None and post.published:
        return Anchor(post.published[:10], True)
    return Anchor(article.anchor.value[:10], article.anchor.kind == "published") if article.anchor else None
