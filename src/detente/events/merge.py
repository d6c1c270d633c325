"""From the reports of one event to the event: what is best supported, and what they tell differently.

Outlets have one voice each, copies none: what five papers took from one agency is told once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from detente.events.facts import Told, ordinal_of
from detente.events.same import is_general
from detente.model import (
    FACTS,
    Actor,
    Count,
    CountKind,
    Disagreement,
    Event,
    Matter,
    Party,
    Report,
    Size,
    Standing,
    Telling,
    Version,
    When,
    Where,
)

T = TypeVar("T", bound=Hashable)

NAMED_BY = 1 / 3
"""Share of the outlets that must name somebody whom the others call by his office or country."""
_FIRMNESS: tuple[Standing, ...] = (
    "happened", "ongoing", "denied", "planned", "threatened", "demanded", "hypothetical", "asked",
)  # fmt: skip
"""What is told more firmly stands for the event."""
_SURENESS = ("stated", "inherited", "planned", "published", "tense")
_PRECISION = ("site", "city", "province", "country", "region")
_WHERE_FROM = ("stated", "caption", "inherited", "target", "dateline")


def event_of(id: str, tellings: Sequence[tuple[Told, tuple[str, ...]]], story: str | None = None) -> Event:
    """The event of some reports, each with why it was put with the others; in the order in which they were told.

    Raises `ValueError` for no reports.
    """
    if not tellings:
        raise ValueError(f"event {id} has no reports")
    told = [one for one, _ in tellings]
    best = max(told, key=_worth)
    report = best.report
    standing = _standing(told)
    time = _time(told, standing)
    return Event(
        id=id,
        story=story,
        type=report.type,
        deed=report.deed,
        mode=_best([(one, one.report.mode) for one in told if one.report.mode]),
        contexts=tuple(dict.fromkeys(context for one in told for context in one.report.contexts)),
        cameo=_best([(one, one.report.cameo) for one in told if one.report.cameo == _finest(told)]),
        quad=report.quad,
        intensity=_intensity(told, standing),
        source=_actors(told, lambda one: one.source),
        target=_actors(told, lambda one: one.target),
        reciprocal=any(one.report.reciprocal for one in told),
        standing=standing,
        disputed=_is_disputed(told),
        start=time.start if time else None,
        end=time.end if time else None,
        basis=time.basis if time else None,
        place=_place(told),
        counts=tuple(_sizes(told)),
        tellings=tuple(_telling(one, because) for one, because in tellings),
        articles=len({one.report.article for one in told}),
        outlets=len(_voices(told)),
        disagreements=tuple(_disagreements(told)),
        text=report.text,
        report=report.id,
    )


def _telling(told: Told, because: tuple[str, ...]) -> Telling:
    report = told.report
    return Telling(
        report=report.id,
        article=report.article,
        at=report.trigger[0],
        outlet=told.outlet,
        date=told.day[:10] if told.day else None,
        standing=report.standing,
        speaker=report.speaker.id if report.speaker else None,
        copied=told.copied,
        because=because,
    )


def _worth(told: Told) -> tuple[int, bool, int, float]:
    """The sentence to show: a fact, at first hand, naming both sides, and surely read. Of equals the first."""
    report = told.report
    named = bool(report.source) + bool(report.target)
    return -_FIRMNESS.index(report.standing), not told.copied, named, report.score


def _voices(told: Iterable[Told]) -> set[str]:
    return {one.outlet or one.report.article for one in told}


def _best(choices: Sequence[tuple[Told, T]], rank: Callable[[T], object] | None = None) -> T | None:
    """What most outlets tell; of equals the finer one, then the one told first."""
    support: dict[T, set[str]] = defaultdict(set)
    for one, choice in choices:
        support[choice].add(one.outlet or one.report.article)
    if not support:
        return None
    order = {choice: number for number, choice in enumerate(support)}
    return min(support, key=lambda choice: (-len(support[choice]), rank(choice) if rank else 0, order[choice]))


def _finest(told: Sequence[Told]) -> str | None:
    """The code that says most: "0312" before "031" before "03"; of equals the best supported."""
    codes = [(one, one.report.cameo) for one in told if one.report.cameo]
    if not codes:
        return None
    longest = max(len(code.rstrip("0")) for _, code in codes)
    return _best([(one, code) for one, code in codes if len(code.rstrip("0")) == longest])


def _intensity(told: Sequence[Told], standing: Standing) -> float | None:
    """Of the reports that tell it as it stands, what most say."""
    values = [(one, one.report.intensity) for one in told if one.report.standing == standing]
    return _best([(one, value) for one, value in values if value is not None])


# ---------------------------------------------------------------------------------------------------------------------
# Standing


def _standing(told: Sequence[Told]) -> Standing:
    """The firmest; whether it goes on is told by who told it last."""
    facts = [one for one in told if one.report.standing in FACTS]
    if facts:
        latest = max(facts, key=lambda one: one.day or "")
        return latest.report.standing
    return min((one.report.standing for one in told), key=_FIRMNESS.index)


def _is_disputed(told: Sequence[Told]) -> bool:
    """Whether one denies what another tells; who tells both, tells of two occasions."""
    denying = {_voice(one) for one in told if one.report.standing == "denied"}
    telling = {_voice(one) for one in told if one.report.standing in FACTS}
    return any(denier != teller for denier in denying for teller in telling)


def _voice(told: Told) -> str:
    report = told.report
    return report.speaker.id if report.speaker else told.outlet or report.article


# ---------------------------------------------------------------------------------------------------------------------
# Who


def _actors(told: Sequence[Told], side: Callable[[Report], tuple[Party, ...]]) -> tuple[Actor, ...]:
    """The side as most outlets name it; by name rather than by office, if a third of them do."""
    named = [(one, parties) for one in told if (parties := side(one.report))]
    if not named:
        return ()
    sides = {_ids(parties): parties for _, parties in reversed(named)}
    chosen = sides[_best([(one, _ids(parties)) for one, parties in named], _plainness) or ()]
    if all(is_general(party) for party in chosen):
        by_name = [(one, _ids(parties)) for one, parties in named if _names(parties, chosen)]
        if len(_voices(one for one, _ in by_name)) >= NAMED_BY * len(_voices(one for one, _ in named)):
            chosen = sides[_best(by_name, _plainness) or _ids(chosen)]
    return tuple(_actor(party) for party in chosen)


def _ids(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(sorted(party.id for party in parties))


def _names(parties: Sequence[Party], general: Sequence[Party]) -> bool:
    """Whether these are the people of the same countries, by their names."""
    countries = [sorted(party.country or "" for party in side) for side in (parties, general)]
    return countries[0] == countries[1] and not all(is_general(party) for party in parties)


def _plainness(ids: tuple[str, ...]) -> tuple[int, int]:
    return -len(ids), -sum(map(len, ids))


def _actor(party: Party) -> Actor:
    return Actor(id=party.id, name=party.name, country=party.country, sectors=party.sectors, code=party.code)


# ---------------------------------------------------------------------------------------------------------------------
# When and where


def _time(told: Sequence[Told], standing: Standing) -> When | None:
    """The days that most outlets state; where nobody states any, the narrowest that they leave open.

    Of what happened, days for which it was once planned do not count.
    """
    alike = [one for one in told if _is_fact(one) == (standing in FACTS)] or list(told)
    times = [(one, replace(one.report.time, words=None)) for one in alike if one.report.time]
    if not times:
        return None
    surest = min(_SURENESS.index(time.basis) for _, time in times)
    return _best([(one, time) for one, time in times if _SURENESS.index(time.basis) == surest], _width)


def _is_fact(told: Told) -> bool:
    return told.report.standing in FACTS


def _width(time: When) -> int:
    start, end = ordinal_of(time.start), ordinal_of(time.end)
    return end - start if start is not None and end is not None else 1 << 30


def _place(told: Sequence[Told]) -> Where | None:
    """Where most outlets put it, by their own words before the dateline, and as precisely as any does."""
    places = [(one, replace(one.report.place, words=None)) for one in told if one.report.place]
    if not places:
        return None
    surest = min(_WHERE_FROM.index(place.basis) for _, place in places)
    return _best(
        [(one, place) for one, place in places if _WHERE_FROM.index(place.basis) == surest],
        lambda place: _PRECISION.index(place.precision),
    )


# ---------------------------------------------------------------------------------------------------------------------
# How many


def _sizes(told: Sequence[Told]) -> Iterable[Size]:
    for kind, counted in _counted(told).items():
        sizes = [(one, Size(kind=kind, low=c.low, high=c.high, exact=c.exact, report="")) for one, c in counted]
        best = _best(sizes, _looseness)
        if best:
            first = next(one.report.id for one, size in sizes if size == best)
            yield replace(best, report=first)


def _looseness(size: Size) -> tuple[bool, int]:
    """Of what as many tell, the exact figure, and the higher one: tolls rise."""
    return not size.exact, -size.low


def _counted(told: Sequence[Told]) -> dict[CountKind, list[tuple[Told, Count]]]:
    """For each kind the first count of each report; what it counts after that are parts."""
    found: dict[CountKind, list[tuple[Told, Count]]] = defaultdict(list)
    for one in told:
        for kind in dict.fromkeys(count.kind for count in one.report.counts):
            found[kind].append((one, next(count for count in one.report.counts if count.kind == kind)))
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Disagreements


def _disagreements(told: Sequence[Told]) -> Iterable[Disagreement]:
    if _is_disputed(told):
        yield _between("standing", [(one, one.report.standing) for one in told if _takes_a_side(one)])
    for kind, counted in _counted(told).items():
        if not _meet([(count.low, count.high) for _, count in counted]):
            yield _between(kind, [(one, count.amount) for one, count in counted])


def _takes_a_side(told: Told) -> bool:
    return told.report.standing in (*FACTS, "denied")


def _meet(intervals: Sequence[tuple[int, int | None]]) -> bool:
    """Whether one number can be what all of them tell."""
    highest = [high for _, high in intervals if high is not None]
    return not highest or max(low for low, _ in intervals) <= min(highest)


def _between(about: Matter, choices: Sequence[tuple[Told, str]]) -> Disagreement:
    by_choice: dict[str, list[Told]] = defaultdict(list)
    for one, choice in choices:
        by_choice[choice].append(one)
    versions = [_version(choice, told) for choice, told in by_choice.items()]
    return Disagreement(about=about, versions=tuple(sorted(versions, key=lambda one: -len(one.outlets))))


def _version(choice: str, told: Sequence[Told]) -> Version:
    return Version(
        told=choice,
        reports=tuple(one.report.id for one in told),
        speakers=tuple(dict.fromkeys(one.report.speaker.id for one in told if one.report.speaker)),
        outlets=tuple(sorted(_voices(told))),
    )
