"""When an event was, or is to be.

From the nearest expression of time: in the event's own clause, else inherited by a named rule. The page's date only
bounds what is told in the past tense; headlines of other articles have no date at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from detente.model import Because, Clause, Part, Standing, TimeMention, When
from detente.reports.scene import Scene

AHEAD: frozenset[Standing] = frozenset(["planned", "demanded", "threatened", "hypothetical", "asked"])
MEANWHILE = frozenset(["when", "as", "while"])


class Dated(Struct, frozen=True):
    """A time with its reason; whether it lies after the page's date."""

    when: When | None
    because: Because | None
    ahead: bool = False


def when_of(number: int, scene: Scene, standing: Standing, anchor: str | None) -> Dated:
    """The time of the event that a clause tells; `anchor` is the page's date (ISO 8601 day)."""
    part = scene.sentence.part
    if part == "related":
        return Dated(None, None)
    found = _stated(number, scene, part)
    if found is not None:
        rule, mention = found
        when = When(start=mention.start, end=mention.end, basis="stated", words=mention.words)
        ahead = anchor is not None and mention.start is not None and mention.start > anchor
        return Dated(when, Because(rule, mention.words), ahead)
    before = _before_what_was_planned(number, scene)
    if before is not None and standing == "happened":
        when = When(end=_earlier(before.end, anchor), basis="tense", words=before.words)
        return Dated(when, Because("when:by-what-was-planned", before.words))
    if anchor is None:
        return Dated(None, None)
    return _by_tense(scene.clauses[number], part, standing, anchor)


def _by_tense(clause: Clause, part: Part, standing: Standing, anchor: str) -> Dated:
    if standing in AHEAD:
        return Dated(When(start=anchor, basis="tense"), Because("when:still-to-come", clause.words))
    if standing == "ongoing":
        return Dated(When(start=anchor, end=anchor, basis="published"), Because("when:going-on", clause.words))
    if part == "headline":
        return Dated(When(end=anchor, basis="published"), Because("when:headline", clause.words))
    return Dated(When(end=anchor, basis="tense"), Because("when:told-by-then", clause.words))


def _earlier(end: str | None, anchor: str | None) -> str | None:
    dates = [date for date in (end, anchor) if date is not None]
    return min(dates) if dates else None


def _stated(number: int, scene: Scene, part: Part) -> tuple[str, TimeMention] | None:
    times = [(top, time) for top, time in scene.times if time.type in ("DATE", "TIME") and (time.start or time.end)]
    if not times:
        return None
    owners = {id(time): scene.clause_of(top) for top, time in times}
    for rule, clauses in _circles(number, scene):
        for _, time in times:
            if owners[id(time)] in clauses:
                return rule, time
    if part == "caption":
        return "when:caption", times[-1][1]
    return None


def _circles(number: int, scene: Scene) -> Iterator[tuple[str, set[int]]]:
    """The clauses whose times may be the event's, the nearest first."""
    clause = scene.clauses[number]
    own = {number}
    yield "when:clause", own
    below: set[int] = set()
    complement = clause.complement
    for _ in range(3):
        if complement is None or scene.clauses[complement].link.startswith(("ccomp", "acl")):
            break
        below.add(complement)
        complement = scene.clauses[complement].complement
    yield "when:complement", below
    yield (
        "when:argument",
        {
            at
            for at in scene.below(number)
            if scene.clauses[at].kind == "noun" and scene.clauses[at].link.startswith(("obj", "obl", "nmod", "nsubj"))
        },
    )
    if clause.parent is not None and (clause.kind == "noun" or clause.link.startswith("xcomp")):
        yield "when:verb-above", {clause.parent}
    if clause.parent is not None and clause.link.startswith("conj"):
        yield "when:conjunct", {clause.parent}
    if clause.parent is not None and clause.link.startswith("advcl") and _is_meanwhile(clause, scene):
        yield "when:at-that-time", {clause.parent}


def _is_meanwhile(clause: Clause, scene: Scene) -> bool:
    """ "The fighting began on July 9, when troops killed two": both at one time."""
    tokens = scene.tokens
    return any(token.head == clause.predicate and token.form.lower() in MEANWHILE for token in tokens)


def _before_what_was_planned(number: int, scene: Scene) -> TimeMention | None:
    """ "pulled out of a meeting planned for May": the date is the meeting's; who pulled out did so before its end."""
    clause = scene.clauses[number]
    arguments = {phrase.head for phrase in (clause.object, *(phrase for _, phrase in clause.obliques)) if phrase}
    for top, time in scene.times:
        if time.end is None:
            continue
        above = list(scene.up(top))
        if any(i in arguments for i in above) and any(
            scene.tokens[i].lemma in ("plan", "schedule", "set", "due") for i in above
        ):
            return time
    return None
