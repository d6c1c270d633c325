"""What the rules say of a pair that is given: who stands in the text is known, what the one did to the other is asked.

The pair's spans become actors, whatever they are ("a draft resolution", "she", "Alpha"), so that rules bind to them.
Reports that join the two come first, then those that one of them has a part in, then the rest of the sentence. Each
votes for its type; the guess of the head fills what no rule knows, so that there always is an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from detente.model import Actor, ActorMention, Because, Mention, Report, Sentence, Span, Standing, Type, overlap
from detente.reports.acts import Acts
from detente.reports.clues import head_in
from detente.reports.guess import GUESSED

GIVEN = "pairs:given"
SOURCE, TARGET = "pair:source", "pair:target"

TIERS = {
    "joined": 2.0,
    "done": 1.2,
    "done-elsewhere": 0.8,
    **dict.fromkeys(("suffered", "turned", "suffered-by", "beside"), 0.3),
}
"""How a report may stand to the pair, the closest first, with what it adds to its type beside the guess.

The guess's parts add up to 1, so a report that joins the two outweighs it. Set by hand, not fitted to any set.
"""
FURTHER = 0.25
"""What is left of a vote when a closer one has spoken for another type."""


class PairType(Struct, frozen=True, kw_only=True):
    """One type that a pair may stand in, with what speaks for it."""

    type: Type
    score: float
    """From 0 to 1; the scores of all types add up to 1."""
    mode: str | None = None
    cameo: str | None = None
    standing: Standing | None = None
    """How the text tells it; None where only the head guessed."""
    because: tuple[Because, ...] = ()


class Vote(Struct, frozen=True):
    """A report that speaks for a type, and how close it stands to the pair."""

    report: Report
    tier: str
    """One of `TIERS`."""


def planted(
    mentions: Sequence[Mention], sentences: Sequence[Sentence], source: Span | None, target: Span | None
) -> tuple[Mention, ...]:
    """The mentions with the pair in place of whatever its words were taken for.

    Elsewhere in the text the same actor (a pronoun, a second name) is the pair's, too.
    """
    given = {SOURCE: source, TARGET: target}
    spans = {id: span for id, span in given.items() if span is not None}
    found: list[Mention] = []
    known: dict[str, str] = {}
    for mention in mentions:
        side = next((id for id, span in spans.items() if overlap(mention.words, span)), None)
        if side is None:
            found.append(mention)
        elif isinstance(mention, ActorMention):
            known.update({actor.id: side for actor in mention.actors[:1] if actor.id not in known})
    found = [_renamed(mention, known) for mention in found]
    found += [_given(id, span, sentences) for id, span in spans.items()]
    return tuple(sorted(found, key=lambda mention: mention.words))


def votes_of(reports: Sequence[Report]) -> list[Vote]:
    """The reports of planted mentions, the closest to the pair first, the surer first among equals."""
    votes = [Vote(report, _tier(report)) for report in reports]
    closest = list(TIERS)
    return sorted(votes, key=lambda vote: (closest.index(vote.tier), -vote.report.score))


def ranked(votes: Sequence[Vote], guess: Mapping[Type, float], acts: Acts) -> tuple[PairType, ...]:
    """All types, best first: the votes of the rules and the guess of the head together."""
    scores = dict(guess)
    first: dict[Type, Report] = {}
    for vote in votes:
        type = _type_of(vote.report, acts)
        if type not in first:
            scores[type] += TIERS[vote.tier] * (FURTHER if first else 1)
            first[type] = vote.report
    total = sum(scores.values())
    order = sorted(scores, key=lambda type: -scores[type])
    return tuple(_pair_type(type, scores[type] / total, first.get(type)) for type in order)


def _type_of(report: Report, acts: Acts) -> Type:
    """What is planned, refused, demanded or threatened is the act of doing so."""
    act = acts.of(report.type, report.standing)
    return act.act if act is not None else report.type


def _pair_type(type: Type, score: float, report: Report | None) -> PairType:
    if report is None:
        return PairType(type=type, score=round(score, 4), because=(Because(GUESSED),))
    kept = report.type == type
    return PairType(
        type=type, score=round(score, 4), mode=report.mode if kept else None, cameo=report.cameo if kept else None,
        standing=report.standing, because=report.because,
    )  # fmt: skip


def _tier(report: Report) -> str:
    doers = {party.id for party in report.source}
    others = {party.id for party in report.target}
    if SOURCE in doers:
        if TARGET in others:
            return "joined"
        return "done-elsewhere" if others - {SOURCE} else "done"
    if TARGET in doers:
        return "turned" if SOURCE in others else "suffered-by"
    return "suffered" if TARGET in others else "beside"


def _renamed(mention: Mention, known: dict[str, str]) -> Mention:
    if not isinstance(mention, ActorMention) or not mention.actors or mention.actors[0].id not in known:
        return mention
    side = known[mention.actors[0].id]
    return replace(mention, actors=(Actor(id=side, name=side), *mention.actors[1:]))


def _given(id: str, span: Span, sentences: Sequence[Sentence]) -> ActorMention:
    actor = Actor(id=id, name=id)
    because = (Because(GIVEN, span),)
    return ActorMention(words=span, head=_head_of(span, sentences), kind="name", actors=(actor,), because=because)


def _head_of(span: Span, sentences: Sequence[Sentence]) -> Span:
    """The word of a span that the others hang on."""
    for sentence in sentences:
        top = head_in(sentence, span)
        if top is not None:
            return sentence.tokens[top].start, sentence.tokens[top].end
    return span
