"""When an event was, or is to be.

From the nearest expression of time: in the event's own clause, else handed down by a named rule. The page's date only
bounds what is told in the past tense; headlines of other articles have no date at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.model import Because, Clause, Standing, TimeMention, When
from detente.reports.chronicle import Anchor, Chronicle, is_day
from detente.reports.distance import counted_from
from detente.reports.scene import Scene
from detente.reports.standing import standing_of

Basis = Literal["stated", "planned", "inherited", "published"]

AHEAD: frozenset[Standing] = frozenset(["planned", "demanded", "threatened", "hypothetical", "asked"])
MEANWHILE = frozenset(["when", "as", "while"])
# "on the anniversary of 9/11" is another day.
_SETTINGS = frozenset(["at", "during", "in", "on"])
_REMEMBERED = frozenset(["anniversary", "commemoration", "centenary"])


class Dated(Struct, frozen=True):
    """A time with its reason; whether it lies after the page's date."""

    when: When | None
    because: Because | None
    ahead: bool = False

    def meant(self) -> Dated:
        """The time of what turns out to be planned: when it is meant to be."""
        if self.when is None or self.when.basis != "stated":
            return self
        return replace(self, when=replace(self.when, basis="planned"))


def when_of(number: int, scene: Scene, standing: Standing, chronicle: Chronicle) -> Dated:
    """The time of the event that a clause tells."""
    anchor = chronicle.anchor
    if scene.sentence.part == "related":
        return Dated(None, None)
    found = _stated(number, scene, chronicle, standing)
    if found is not None:
        return _dated(*found, "planned" if standing in AHEAD else "stated", anchor)
    before = _before_what_was_planned(number, scene)
    if before is not None and standing == "happened":
        when = When(end=_earlier(before.end, anchor), basis="tense", words=before.words)
        return Dated(when, Because("when:by-what-was-planned", before.words))
    if (counted := _by_distance(number, scene, chronicle)) is not None:
        return counted
    ahead = standing in AHEAD
    if (told := chronicle.day_of(number, scene, ahead=ahead)) is not None:
        return _dated(*told, "planned" if ahead else "inherited", anchor)
    if anchor is None:
        return Dated(None, None)
    return _by_tense(number, scene, standing, anchor, chronicle)


def _dated(rule: str, mention: TimeMention, basis: Basis, anchor: Anchor | None) -> Dated:
    when = When(start=mention.start, end=mention.end, basis=basis, words=mention.words)
    ahead = anchor is not None and mention.start is not None and mention.start > anchor.day
    return Dated(when, Because(rule, mention.words), ahead)


def _by_tense(number: int, scene: Scene, standing: Standing, anchor: Anchor, chronicle: Chronicle) -> Dated:
    words = scene.clauses[number].words
    if standing in AHEAD:
        return Dated(When(start=anchor.day, basis="tense"), Because("when:still-to-come", words))
    if standing == "ongoing":
        when = When(start=anchor.day, end=anchor.day, basis="published")
        return Dated(when, Because("when:going-on", words))
    if not chronicle.is_news(number, scene):
        return Dated(When(end=anchor.day, basis="tense"), Because("when:told-by-then", words))
    # News is of the day or of the day before; a page that was only changed or archived that day may be much older.
    start = anchor.eve if anchor.fresh else None
    rule = "when:headline" if scene.sentence.part == "headline" else "when:news"
    return Dated(When(start=start, end=anchor.day, basis="published"), Because(rule, words))


def _by_distance(number: int, scene: Scene, chronicle: Chronicle) -> Dated | None:
    """ "The talks come two weeks after Russia expelled them": as long before the clause above."""
    parent = scene.clauses[number].parent
    base = _day_of(parent, scene, chronicle) if parent is not None else None
    counted = counted_from(base[0], scene.clauses[number], scene) if base is not None else None
    if base is None or counted is None:
        return None
    words = counted.length.words
    when = When(start=counted.start, end=counted.end, basis=base[1], words=words)
    return Dated(when, Because("when:counted-from", words))


def _day_of(number: int, scene: Scene, chronicle: Chronicle) -> tuple[str, Basis] | None:
    """The day of a clause from which others are counted: its own, that of the page's news, the page's."""
    own, clause, anchor = _stated(number, scene, chronicle), scene.clauses[number], chronicle.anchor
    if own is not None:
        return (own[1].start, "stated") if own[1].start and is_day(own[1]) else None
    if clause.modals or clause.tense == "future":
        return None
    news = chronicle.news()
    if news is not None and news.start is not None:
        return news.start, "inherited"
    return (anchor.day, "published") if anchor is not None and anchor.fresh else None


def _earlier(end: str | None, anchor: Anchor | None) -> str | None:
    days = [day for day in (end, anchor.day if anchor else None) if day is not None]
    return min(days) if days else None


def _stated(
    number: int, scene: Scene, chronicle: Chronicle, standing: Standing = "happened"
) -> tuple[str, TimeMention] | None:
    times = [
        (top, time)
        for top, time in scene.times
        if time.type in ("DATE", "TIME") and (time.start or time.end) and not _is_remembered(top, scene)
    ]
    if not times:
        return None
    owners = {id(time): scene.clause_at_time(top, time) for top, time in times}
    for rule, clauses in _circles(number, scene, chronicle, standing):
        for _, time in times:
            if owners[id(time)] in clauses:
                return rule, time
    if scene.sentence.part == "caption":
        return "when:caption", times[-1][1]
    return None


def _is_remembered(top: int, scene: Scene) -> bool:
    return any(scene.tokens[i].lemma in _REMEMBERED for i in scene.up(top))


def _circles(number: int, scene: Scene, chronicle: Chronicle, standing: Standing) -> Iterator[tuple[str, set[int]]]:
    """The clauses whose times may be the event's, the nearest first."""
    clause = scene.clauses[number]
    own = {number}
    yield "when:clause", own
    below: set[int] = set()
    complement = clause.complement
    for _ in range(3):
        if complement is None or scene.clauses[complement].link.startswith(("ccomp", "acl")):
            break
        if standing not in AHEAD and standing_of(complement, scene, chronicle.attitudes)[0] in AHEAD:
            break  # "urged them to leave on Friday": who urged did so before
        below.add(complement)
        complement = scene.clauses[complement].complement
    yield "when:complement", below
    yield "when:argument", {at for at in scene.below(number) if _is_occasion(at, clause, scene, chronicle)}
    if clause.parent is not None and _is_of_one_time(clause, standing):
        yield "when:verb-above", {clause.parent}
    if clause.parent is not None and clause.link.startswith("conj"):
        yield "when:conjunct", {clause.parent}
    if clause.parent is not None and clause.link.startswith("advcl") and _is_meanwhile(clause, scene):
        yield "when:at-that-time", {clause.parent}


def _is_of_one_time(clause: Clause, standing: Standing) -> bool:
    """Nouns and complements of verbs; "managed on Friday to arrest" is read as a purpose, and happened all the same."""
    if clause.kind == "noun" or clause.link.startswith("xcomp"):
        return True
    return clause.link.startswith("advcl") and clause.mark == "to" and standing == "happened"


def _is_occasion(at: int, above: Clause, scene: Scene, chronicle: Chronicle) -> bool:
    """Whether what a noun tells is what the verb above tells, or its setting, so that both have one day.

    "staged an attack on Friday", "the attack on Friday killed two", "met at Friday's summit"; not "condemned Friday's
    attack", "posted a profit for 2009".
    """
    noun = scene.clauses[at]
    if noun.kind != "noun":
        return False
    if noun.link.startswith("nsubj") or chronicle.is_staged(at, scene):
        return True
    return noun.link.startswith(("obl", "nmod")) and scene.preposition(noun.predicate) in _SETTINGS


def _is_meanwhile(clause: Clause, scene: Scene) -> bool:
    """ "The fighting began on July 9, when troops killed two": both at one time."""
    tokens = scene.tokens
    return any(token.head == clause.predicate and token.form.lower() in MEANWHILE for token in tokens)


def _before_what_was_planned(number: int, scene: Scene) -> TimeMention | None:
    """ "pulled out of a meeting planned for May": the date is the meeting's; who pulled out did so before its end."""
    clause = scene.clauses[number]
    arguments = {phrase.head for phrase in (clause.object, *(phrase for _, phrase in clause.obliques)) if phrase}
    for top, time in scene.times:
        if time.end is None or _is_remembered(top, scene):
            continue
        above = list(scene.up(top))
        if any(i in arguments for i in above) and any(
            scene.tokens[i].lemma in ("plan", "schedule", "set", "due") for i in above
        ):
            return time
    return None
