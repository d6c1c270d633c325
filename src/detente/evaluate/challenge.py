"""The coder against the challenge set: what came out of each item, per phenomenon and per minimal pair.

An event is *seen* when a report's trigger lies in its words, and *found* when that report's type is right as well.
Code, source, target, standing and speaker are counted over all events (end to end: what is not found is wrong),
standing and speaker also over those that were seen. A *false fact* is a report that stands as happened or ongoing and
answers no event. Intervals are over minimal pairs, whose members are too alike to count as independent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from detente.coder import Coder
from detente.evaluate.events import Table
from detente.evaluate.figures import Figure, figure, ratio
from detente.evaluate.items import OUTLET, Event, Item, Reading
from detente.evaluate.parties import codes_of, is_party, same_parties
from detente.model import FACTS, Party, Report, Standing, overlap
from detente.sentences import sentences_of

OVERALL = "overall"


class Answer(Struct, frozen=True):
    """An event with the report that answers it best; `faults` has what is wrong with it, by field."""

    event: Event
    report: Report | None
    faults: dict[str, str]

    @property
    def seen(self) -> bool:
        """A report has its trigger in the event's words."""
        return self.report is not None

    @property
    def found(self) -> bool:
        """... and the right type."""
        return self.seen and "type" not in self.faults

    @property
    def right(self) -> bool:
        """All that the gold says came out."""
        return self.seen and not self.faults

    def has(self, field: str) -> bool:
        """It was found with the right code, source, target, standing or speaker."""
        return self.found and field not in self.faults


class Outcome(Struct, frozen=True):
    """What came out of an item."""

    item: Item
    answers: tuple[Answer, ...]
    """Of the events that must come out."""
    false: tuple[Report, ...]
    """Facts that the text does not tell."""

    @property
    def right(self) -> bool:
        """Every event is right, and nothing false was added."""
        return not self.false and all(answer.right for answer in self.answers)


def outcomes_of(items: Sequence[Item], coder: Coder) -> Iterator[Outcome]:
    """Each item coded as an article of its own."""
    articles = [item.article for item in items]
    for item, article, sentences in zip(items, articles, sentences_of(articles, coder.language), strict=True):
        yield outcome_of(item, coder.coding_of(article, sentences).reports)


def outcome_of(item: Item, reports: Sequence[Report]) -> Outcome:
    """The reports of an item against its gold."""
    answers = [(event, _answer(event, reports)) for event in item.events]
    return Outcome(
        item,
        tuple(answer for event, answer in answers if not event.optional),
        tuple(
            report
            for report in reports
            if report.standing in FACTS and not any(_answers(report, event) for event in item.events)
        ),
    )


def _answers(report: Report, event: Event) -> bool:
    """It tells the event, whatever it makes of its parties.

    An optional event must have a right standing, too: nothing else would tell that it was made a fact.
    """
    return overlap(report.trigger, event.span) and any(
        form.type in reading.types and (form.standing in reading.standing or not event.optional)
        for form in _forms(report)
        for reading in event.readings
    )


def _forms(report: Report) -> Iterator[Report]:
    """A promise or refusal also answers for its deed: "will send" is AGREE, and AID that is planned."""
    yield report
    if report.deed is not None:
        standing: Standing = "planned" if report.type == "AGREE" else "denied"
        yield replace(report, type=report.deed, standing=standing)


def _answer(event: Event, reports: Sequence[Report]) -> Answer:
    tried = [
        Answer(event, report, dict(_faults(reading, form, of_deed=form is not report)))
        for report in reports
        if overlap(report.trigger, event.span)
        for form in _forms(report)
        for reading in event.readings
    ]
    return min(tried, key=lambda one: ("type" in one.faults, len(one.faults)), default=Answer(event, None, {}))


def _faults(reading: Reading, report: Report, *, of_deed: bool = False) -> Iterator[tuple[str, str]]:
    if report.type not in reading.types:
        yield "type", f"{report.type}, not {' or '.join(reading.types)}"
    # A promise keeps its own code, and not that of its deed.
    if reading.cameo and not of_deed and not (report.cameo or "").startswith(reading.cameo):
        yield "code", f"{report.cameo}, not {' or '.join(reading.cameo)}"
    if reading.source is not None and not same_parties(report.source, reading.source):
        yield "source", f"{codes_of(report.source)}, not {', '.join(reading.source) or 'none'}"
    if reading.target is not None and not same_parties(report.target, reading.target):
        yield "target", f"{codes_of(report.target)}, not {', '.join(reading.target) or 'none'}"
    if report.standing not in reading.standing:
        yield "standing", f"{report.standing}, not {' or '.join(reading.standing)}"
    if not _is_said_by(report.speaker, reading.nearest):
        yield "speaker", f"{codes_of([report.speaker]) if report.speaker else OUTLET}, not {reading.nearest}"
    elif reading.speakers and not _is_chain(report.speakers, reading.speakers):
        yield "chain", f"{codes_of(report.speakers)}, not {', '.join(reading.speakers)}"


def _is_said_by(speaker: Party | None, wanted: str) -> bool:
    if speaker is None:
        return OUTLET in wanted.split("|")
    return is_party(speaker, wanted)


def _is_chain(speakers: Sequence[Party], wanted: Sequence[str]) -> bool:
    return len(speakers) == len(wanted) and all(map(is_party, speakers, wanted))


# -- figures

Count = Callable[[Outcome], int]
"""How much of something an outcome has."""


def _events(outcome: Outcome) -> int:
    return len(outcome.answers)


def _seen(outcome: Outcome) -> int:
    return sum(answer.seen for answer in outcome.answers)


def _where(test: Callable[[Answer], bool]) -> Count:
    return lambda outcome: sum(test(answer) for answer in outcome.answers)


def _has_standing(answer: Answer) -> bool:
    return answer.seen and "standing" not in answer.faults


def _has_speaker(answer: Answer) -> bool:
    return answer.seen and "speaker" not in answer.faults


def _is_no_fact(answer: Answer) -> bool:
    return answer.seen and not any(_allows(answer.event, "standing", fact) for fact in FACTS)


def _is_quoted(answer: Answer) -> bool:
    return answer.seen and not _allows(answer.event, "nearest", OUTLET)


def _all(outcome: Outcome) -> int:
    return 1


MEASURES: dict[str, tuple[Count, Count]] = {
    "found": (_where(lambda answer: answer.found), _events),
    "code": (_where(lambda answer: answer.has("code")), _events),
    "source": (_where(lambda answer: answer.has("source")), _events),
    "target": (_where(lambda answer: answer.has("target")), _events),
    "standing": (_where(lambda answer: answer.has("standing")), _events),
    "speaker": (_where(lambda answer: answer.has("speaker")), _events),
    "right": (_where(lambda answer: answer.right), _events),
    "standing of seen": (_where(_has_standing), _seen),
    "standing of seen, no facts": (
        _where(lambda answer: _is_no_fact(answer) and _has_standing(answer)),
        _where(_is_no_fact),
    ),
    "speaker of seen": (_where(_has_speaker), _seen),
    "speaker of seen, quoted": (
        _where(lambda answer: _is_quoted(answer) and _has_speaker(answer)),
        _where(_is_quoted),
    ),
    "free of false facts": (lambda outcome: not outcome.false, _all),
}
"""Each share as what is counted, and of how many. "No facts" are planned, denied, asked and so on."""
BASELINE: dict[str, tuple[Count, Count]] = {
    "standing, always happened": (_where(lambda answer: _allows(answer.event, "standing", "happened")), _events),
    "speaker, always the outlet": (_where(lambda answer: _allows(answer.event, "nearest", OUTLET)), _events),
}
"""What a coder gets that finds every event and looks at neither."""


def _allows(event: Event, field: str, value: str) -> bool:
    """Some reading has the value; a speaker is a string of alternatives."""
    told = (getattr(reading, field) for reading in event.readings)
    return any(value in (one.split("|") if isinstance(one, str) else one) for one in told)


def tables_of(outcomes: Sequence[Outcome]) -> Iterator[Table]:
    """The figures of all items, then of each phenomenon."""
    yield Table(OVERALL, tuple(_figures(outcomes)))
    for name, group in groupby(sorted(outcomes, key=_phenomenon), key=_phenomenon):
        yield Table(name, tuple(_figures(list(group))))


def _phenomenon(outcome: Outcome) -> str:
    return outcome.item.phenomenon


def _figures(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    ordered = sorted(outcomes, key=lambda outcome: outcome.item.pair)
    pairs = [list(group) for _, group in groupby(ordered, key=lambda outcome: outcome.item.pair)]
    for name, (right, of) in (MEASURES | BASELINE).items():
        above, below = ([sum(map(count, pair)) for pair in pairs] for count in (right, of))
        if any(below):
            yield figure(name, ratio(above, below, empty=math.nan), len(pairs))
    yield figure("pairs", ratio([all(one.right for one in pair) for pair in pairs], [1] * len(pairs)), len(pairs))


def false_facts(outcomes: Sequence[Outcome]) -> int:
    """How many facts were told that stand in no text."""
    return sum(len(outcome.false) for outcome in outcomes)
