"""The route from a sentence to its reports, retold with the reasons: frames, entries tried, parties, standing.

Nothing is decided here. The functions that code are asked again for what they looked at and refused, so what is
shown is what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from detente.model import (
    ActorMention,
    Article,
    Because,
    Clause,
    Part,
    Party,
    Phrase,
    Place,
    Report,
    Span,
    Standing,
    TimeMention,
)
from detente.reports.answers import Draft
from detente.reports.match import Attempt, Match, Refusal, attempts
from detente.reports.nouns import noun_attempts, noun_match
from detente.reports.patterns import Pattern
from detente.reports.reasons import NOBODY_NAMED, RULES, Wording, arguments_of, lost, place_of, words_of
from detente.reports.reporter import Reporter, Told
from detente.reports.roles import actors_in, parties_of
from detente.reports.scene import Scene
from detente.reports.speakers import speakers_of
from detente.reports.standing import steps_of


class Argument(Struct, frozen=True, kw_only=True):
    """A phrase of a clause with the actors that were found in it."""

    place: str
    """ "subject", "object", "indirect object", `behind "of"`."""
    words: Span
    text: str
    parties: tuple[Party, ...]


class Frame(Struct, frozen=True, kw_only=True):
    """How a clause was read."""

    words: Span
    text: str
    lemma: str
    kind: str
    """ "verb", "noun", "adjective"."""
    features: tuple[str, ...]
    """Tense, voice, modals, negation, in words."""
    arguments: tuple[Argument, ...]
    complement: int | None = None
    """The number of the clause that says what it is about."""
    parent: int | None = None
    """The number of the clause that it hangs on."""
    link: str
    """How it hangs on that: a UD relation."""


class Tried(Struct, frozen=True, kw_only=True):
    """A pattern that was held against a clause."""

    entry: str
    """Whole name of its entry: "events/sanction#expel-envoys"."""
    pattern: str
    type: str
    fits: bool
    weight: float | None = None
    why: str = ""
    """Why it was refused or lost; empty for the one that won."""


class Side(Struct, frozen=True, kw_only=True):
    """Why somebody is the source or the target, or why nobody is."""

    role: str
    """ "source", "target"; "both" in a mutual event."""
    party: Party | None
    why: str
    because: tuple[Because, ...] = ()
    """The entries that name the party."""


class Level(Struct, frozen=True, kw_only=True):
    """A step towards the standing."""

    clause: int
    standing: Standing | None
    taken: bool
    why: str


class ClauseRoute(Struct, frozen=True, kw_only=True):
    """A clause with the entries tried on it and what became of it."""

    number: int
    frame: Frame
    tried: tuple[Tried, ...]
    """The winner first, then those that fit too, then those refused: the nearest misses first."""
    outcome: str
    """ "told", or why it tells no event."""
    report: Report | None = None
    sides: tuple[Side, ...] = ()
    standing: tuple[Level, ...] = ()
    speaker: str = ""
    """Why the report rests on its speaker's word, or on the outlet's own."""


class SentenceRoute(Struct, frozen=True, kw_only=True):
    """A sentence with who, when and where was found in it, and its clauses."""

    words: Span
    text: str
    part: Part
    actors: tuple[ActorMention, ...]
    times: tuple[TimeMention, ...]
    places: tuple[Place, ...]
    clauses: tuple[ClauseRoute, ...]


class Explanation(Struct, frozen=True, kw_only=True):
    """The route of a text from its sentences to its reports."""

    text: str
    published: str | None = None
    sentences: tuple[SentenceRoute, ...]

    @property
    def reports(self) -> tuple[Report, ...]:
        """What came out."""
        return tuple(clause.report for route in self.sentences for clause in route.clauses if clause.report)


def explanation_of(article: Article, told: Iterable[Told], reporter: Reporter) -> Explanation:
    """The route of each sentence of an article, given what the reporter told of it."""
    return Explanation(
        text=article.text,
        published=article.anchor.value if article.anchor else None,
        sentences=tuple(_Router(some, article, reporter).route() for some in told),
    )


class _Router:
    """Retells one sentence."""

    def __init__(self, told: Told, article: Article, reporter: Reporter) -> None:
        self.told = told
        self.scene: Scene = told.scene
        self.article = article
        self.reporter = reporter
        self.wording = Wording(told.scene, article.text, reporter.rules.sets)

    def route(self) -> SentenceRoute:
        """The sentence with all of its clauses."""
        scene, sentence = self.scene, self.scene.sentence
        return SentenceRoute(
            words=(sentence.start, sentence.end),
            text=self.article.text[sentence.start : sentence.end],
            part=sentence.part,
            actors=tuple(sorted(scene.actors.values(), key=lambda mention: mention.words)),
            times=tuple(mention for _, mention in scene.times),
            places=tuple(mention.places[0] for _, mention in scene.places if mention.places),
            clauses=tuple(self._clause(number) for number in range(len(scene.clauses))),
        )

    def _clause(self, number: int) -> ClauseRoute:
        clause = self.scene.clauses[number]
        is_noun = clause.kind == "noun" and not clause.copula
        tried = self._nouns_tried(number) if is_noun else self._patterns_tried(number)
        report, draft = self.told.reports.get(number), self.told.drafts.get(number)
        known = ClauseRoute(
            number=number, frame=self._frame(clause), tried=tried, outcome=self._outcome(number, tried), report=report
        )
        if report is None or draft is None:
            return known
        return ClauseRoute(
            number=number,
            frame=known.frame,
            tried=tried,
            outcome="told",
            report=report,
            sides=tuple(self._sides(draft, report)),
            standing=self._levels(number, report),
            speaker=self._speaker(number, report),
        )

    # -- the frame

    def _frame(self, clause: Clause) -> Frame:
        return Frame(
            words=clause.words,
            text=self.article.words(clause.words),
            lemma=clause.lemma,
            kind=clause.kind,
            features=tuple(_features(clause)),
            arguments=tuple(self._argument(place, phrase) for place, phrase in arguments_of(clause)),
            complement=clause.complement,
            parent=clause.parent,
            link=clause.link,
        )

    def _argument(self, place: str, phrase: Phrase) -> Argument:
        words = words_of(phrase)
        return Argument(
            place=place,
            words=words,
            text=self.article.words(words),
            parties=parties_of(actors_in(phrase, self.scene)),
        )

    # -- the entries

    def _patterns_tried(self, number: int) -> tuple[Tried, ...]:
        clause = self.scene.clauses[number]
        ordered = sorted(attempts(number, self.scene, self.reporter.rules), key=_nearness)
        winner = next((match for _, match in ordered if isinstance(match, Match)), None)
        return tuple(self._tried(pattern, match, winner, clause) for pattern, match in ordered)

    def _tried(self, pattern: Pattern, match: Match | Refusal, winner: Match | None, clause: Clause) -> Tried:
        rule = pattern.rule
        if isinstance(match, Refusal):
            why = self.wording.refusal(match, pattern, clause)
            return Tried(entry=rule.id, pattern=pattern.text, type=rule.type, fits=False, why=why)
        why = "" if winner is None or match is winner else lost(match, winner)
        return Tried(
            entry=rule.id, pattern=pattern.text, type=rule.type, fits=True, weight=round(match.weight, 2), why=why
        )

    def _nouns_tried(self, number: int) -> tuple[Tried, ...]:
        found: list[Tried] = []
        match = noun_match(number, self.scene, self.reporter.rules)
        for noun, fits in noun_attempts(number, self.scene, self.reporter.rules):
            text = " ".join((*noun.before, noun.head))
            why = f'no "{" ".join(noun.before)}" before "{noun.head}"'
            won = fits and match is not None and all(not other.fits for other in found)
            if fits and match is not None:
                why = "" if won else f"lost to {match.rule.id} (asks for fewer words)"
            weight = match.weight if won and match is not None else None
            rule = noun.rule
            found.append(
                Tried(entry=rule.id, pattern=f"noun: {text}", type=rule.type, fits=fits, weight=weight, why=why)
            )
        return tuple(sorted(found, key=lambda tried: not tried.fits))

    def _outcome(self, number: int, tried: tuple[Tried, ...]) -> str:
        clause, left = self.scene.clauses[number], self.told.left.get(number)
        if number in self.told.reports:
            return "told"
        if left is not None:
            return self.wording.left(left, clause)
        if not tried:
            return self.wording.unknown(clause)
        if not any(one.fits for one in tried):
            return "no pattern fits"
        return NOBODY_NAMED if not self.scene.actors else "it fits, and nobody vouches for it"

    # -- who

    def _sides(self, draft: Draft, report: Report) -> Iterator[Side]:
        sides = (("source", report.source), ("target", report.target))
        for role, parties in (("both", report.source),) if report.reciprocal else sides:
            for party in parties:
                start, end = party.words
                because = tuple(b for b in draft.cast.because if b.words and b.words[0] < end and start < b.words[1])
                yield Side(role=role, party=party, why=self._why_party(party, draft, role), because=because)
            if not parties:
                yield Side(role=role, party=None, why=self._why_nobody(draft, role))

    def _why_party(self, party: Party, draft: Draft, side: str) -> str:
        clause = self.scene.clauses[draft.match.number]
        for role, phrase in draft.match.slots:
            if (role in (side, "both") or side == "both") and self._holds(phrase, party):
                return f"{place_of(phrase, clause)} {self.wording.words(words_of(phrase))} stands for <{role}>"
        for number, other in enumerate(self.scene.clauses):
            for place, phrase in arguments_of(other):
                if self._holds(phrase, party):
                    where = f"{place} of {self.wording.words(other.words)}"
                    return f"in no slot of the pattern, but beside it as {where} (clause {number + 1})"
        return "in no slot of the pattern, but deeper inside of what the clause tells"

    def _holds(self, phrase: Phrase, party: Party) -> bool:
        return any(mention.words == party.words for mention in actors_in(phrase, self.scene)) or (
            self.scene.span(phrase.head) == party.words
        )

    def _why_nobody(self, draft: Draft, side: str) -> str:
        clause = self.scene.clauses[draft.match.number]
        named = [phrase for role, phrase in draft.match.slots if role in (side, "both")]
        if draft.match.rule.reciprocal or any(role == "both" for role, _ in draft.match.slots):
            return "a mutual event of which only one side is named"
        if not named:
            return f"nothing stands where the pattern has its <{side}>, and nobody else is named with it"
        phrase = named[0]
        found = actors_in(phrase, self.scene)
        what = f"{place_of(phrase, clause)} {self.wording.words(words_of(phrase))}"
        if found:
            return f"{what} belongs to the other side itself"
        return f"{what} names nobody who is known"

    # -- how, and on whose word

    def _levels(self, number: int, report: Report) -> tuple[Level, ...]:
        levels = [
            Level(
                clause=step.number,
                standing=step.found[0] if step.found else None,
                taken=step.taken,
                why=self.wording.step(step),
            )
            for step in steps_of(number, self.scene, self.reporter.attitudes)
            if step.found is not None or step.number != number
        ]
        reached = next((level.standing for level in reversed(levels) if level.taken), "happened")
        if not any(level.taken for level in levels):
            levels.insert(0, _level(number, "happened", "no word in the clause or above it says otherwise"))
        if report.standing != reached:
            levels.append(_level(number, report.standing, _why_otherwise(report)))
        return tuple(levels)

    def _speaker(self, number: int, report: Report) -> str:
        if report.speaker is None:
            return 'no word of saying above or beside the clause, and no "according to": the outlet tells it'
        chain = speakers_of(number, self.scene, self.reporter.attitudes, self.told.voices)
        return "; as told by ".join(map(self.wording.spoken, chain))


def _level(number: int, standing: Standing, why: str) -> Level:
    return Level(clause=number, standing=standing, taken=True, why=why)


def _why_otherwise(report: Report) -> str:
    """Why a report stands otherwise than the words of its sentence say."""
    if report.deed is not None:
        act = next((because.rule for because in report.because if because.rule.startswith("acts/")), "")
        return f"the word is given, whatever becomes of the deed ({report.deed}): {act}"
    ahead = next((because for because in report.because if because.rule == "standing:date-ahead"), None)
    return RULES[ahead.rule] if ahead is not None else "the entry says so"


def _nearness(attempt: Attempt) -> tuple[float, ...]:
    """The winner first, then what fits, then the refused, those that got farthest first."""
    match = attempt[1]
    if isinstance(match, Match):
        return 0, -match.rule.priority, -match.weight
    checked = ("complement", "infinitive", "argument", "subject", "particle", "other verb")
    return 1, checked.index(match.why), match.phrase is None, -attempt[0].weight


def _features(clause: Clause) -> Iterator[str]:
    """What is known of the predicate, in words."""
    if clause.copula:
        yield "said of the subject"
    if clause.kind == "verb" or clause.copula:
        yield {"none": "no tense"}.get(clause.tense, clause.tense)
    if clause.perfect:
        yield "perfect"
    if clause.progressive:
        yield "-ing"
    if clause.voice == "passive":
        yield "passive"
    if clause.modals:
        yield f"with {', '.join(clause.modals)}"
    if clause.negation is not None:
        yield "denied"
    if clause.question:
        yield "a question"
    if clause.quoted:
        yield "quoted"
    if clause.mark:
        yield f'after "{clause.mark}"'
