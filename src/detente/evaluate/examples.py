"""Do the entries of a lexicon get their own examples right, and leave their near misses alone?

"sentence"                                         a report by this very entry
"sentence :: RUS -> NATO"                          ... with these sides; * is anyone or none, - none, <-> is mutual
"sentence :: RUS -> NATO, planned"                 ... and this standing
"sentence :: SANCTION, planned, by sergei-lavrov"  (speech) a report of this type, standing and speaker
"sentence :: RUS -> NATO"                          (parties) any report with these sides
"sentence :: killed 24-99"                         (numbers, counts) a report with this count; "killed 12+" is open
"sentence"                                         (actors, offices, roles) a mention by this very entry
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from detente.coder import Coder
from detente.lexicon import Entry
from detente.mentions.names import ActorEntry
from detente.mentions.offices import TermEntry
from detente.mentions.roles import RoleEntry
from detente.model import ActorMention, Article, Block, Coding, Party, Report, id_of
from detente.numerals import NumberWord
from detente.reports.acts import Act
from detente.reports.attitudes import Attitude
from detente.reports.counts import CountRule
from detente.reports.patterns import EventRule
from detente.reports.reach import ReachEntry
from detente.sentences import sentences_of

Coded = dict[str, Coding]
"""What was coded of each example sentence."""
Tried = EventRule | Act | ReachEntry | Attitude | NumberWord | CountRule | ActorEntry | TermEntry | RoleEntry


def entries_with_examples(coder: Coder, files: Set[str] | None = None) -> list[Tried]:
    """The entries with examples of the nouns that code sentences; only those of some files if named.

    Raises `LexiconError` for an entry that cannot be read.
    """
    entries: list[Tried] = [
        *coder.lexicon.entries("events", EventRule),
        *coder.lexicon.entries("acts", Act),
        *coder.lexicon.entries("parties", ReachEntry),
        *coder.lexicon.entries("speech", Attitude),
        *coder.lexicon.entries("numbers", NumberWord),
        *coder.lexicon.entries("counts", CountRule),
        *coder.lexicon.entries("actors", ActorEntry),
        *coder.lexicon.entries("offices", TermEntry),
        *coder.lexicon.entries("roles", RoleEntry),
    ]
    return [entry for entry in entries if _has_examples(entry) and (files is None or _file(entry) in files)]


def _has_examples(entry: Entry) -> bool:
    return bool(entry.examples or entry.counterexamples)


def _file(entry: Entry) -> str:
    return entry.id.partition("#")[0]


def wrong_examples(coder: Coder, entries: Sequence[Tried]) -> Iterator[str]:
    """Each example that goes wrong, with what was coded instead."""
    coded = _coded(coder, entries)
    for entry in entries:
        for example in entry.examples:
            text, _, told = example.partition(" :: ")
            if not _is_right(entry, coded[text], told):
                yield f"{entry.id}: {example!r} should be coded by it, but gives {_shown(entry, coded[text])}"
        for text in entry.counterexamples:
            if _is_by(entry, coded[text]):
                yield f"{entry.id}: the near miss {text!r} is coded by it: {_shown(entry, coded[text])}"


def _coded(coder: Coder, entries: Sequence[Entry]) -> Coded:
    """All examples in one go, each an article of its own: the encoder likes company."""
    texts = dict.fromkeys(
        example.partition(" :: ")[0] for entry in entries for example in (*entry.examples, *entry.counterexamples)
    )
    articles = [
        Article(id=id_of(text), record="", origin="example", text=text, blocks=(Block("paragraph", 0, len(text)),))
        for text in texts
    ]
    parsed = sentences_of(articles, coder.language)
    codings = (coder.coding_of(article, sentences) for article, sentences in zip(articles, parsed, strict=True))
    return dict(zip(texts, codings, strict=True))


def _is_right(entry: Tried, coding: Coding, told: str) -> bool:
    if isinstance(entry, ActorEntry | TermEntry | RoleEntry):
        return _is_by(entry, coding)
    is_right = _check_of(entry)
    return any(is_right(entry, report, told) for report in coding.reports)


def _is_by(entry: Tried, coding: Coding) -> bool:
    """Whether the entry made a report, or one of its own a mention."""
    if isinstance(entry, ActorEntry | TermEntry | RoleEntry):
        return any(because.rule == entry.id for mention in coding.mentions for because in mention.because)
    return any(entry.id in _rules(report) for report in coding.reports)


def _check_of(entry: Tried) -> Callable[[Entry, Report, str], bool]:
    if isinstance(entry, EventRule | Act):
        return _is_right_rule
    if isinstance(entry, ReachEntry):
        return _has_sides
    return _is_right_speech if isinstance(entry, Attitude) else _is_right_count


def _rules(report: Report) -> set[str]:
    counted = (because for count in report.counts for because in count.because)
    return {because.rule for because in (*report.because, *counted)}


def _is_right_rule(entry: Entry, report: Report, told: str) -> bool:
    return entry.id in _rules(report) and (not told or _has_sides(entry, report, told))


def _has_sides(entry: Entry, report: Report, told: str) -> bool:
    sides, _, standing = told.partition(",")
    if standing.strip() and report.standing != standing.strip():
        return False
    mutual = "<->" in sides
    if mutual and not report.reciprocal:
        return False
    source, _, target = (part.strip() for part in sides.partition("<->" if mutual else "->"))
    ways = [(source, target), (target, source)] if mutual else [(source, target)]
    return any(_is_side(report, report.source, left) and _is_side(report, report.target, right) for left, right in ways)


def _is_right_speech(entry: Entry, report: Report, told: str) -> bool:
    type, standing, *by = (part.strip() for part in told.split(","))
    if (report.type, report.standing) != (type, standing):
        return False
    return not by or (report.speaker is not None and _is_side(report, [report.speaker], by[0].removeprefix("by ")))


def _is_right_count(entry: Entry, report: Report, told: str) -> bool:
    return any(
        f"{count.kind} {count.amount}" == told.strip() and any(because.rule == entry.id for because in count.because)
        for count in report.counts
    )


def _is_side(report: Report, parties: Sequence[Party], told: str) -> bool:
    """A side is right when each told actor is there: by id, country or code, or as part of it ("UN inspectors")."""
    first = report.sentence[0]
    names = [
        {party.id, party.country, party.code, *report.text[party.words[0] - first : party.words[1] - first].split()}
        for party in parties
    ]
    if told == "-":
        return not parties
    return told == "*" or all(any(one in known for known in names) for one in told.split("+"))


def _shown(entry: Tried, coding: Coding) -> str:
    """What was coded, for people."""
    if isinstance(entry, ActorEntry | TermEntry | RoleEntry):
        actors = (actor.id for m in coding.mentions if isinstance(m, ActorMention) for actor in m.actors[:1])
        return ", ".join(actors) or "nobody"
    return "; ".join(map(line_of, coding.reports)) or "nothing"


def line_of(report: Report) -> str:
    """A report for people: "RUS -> NATO SANCTION happened by sergei-lavrov (events/sanction#expel-envoys)"."""
    sides = ["+".join(party.id for party in parties) or "-" for parties in (report.source, report.target)]
    arrow = "<->" if report.reciprocal else "->"
    rule = next((rule for rule in (because.rule for because in report.because) if rule.startswith("events/")), "?")
    by = f" by {report.speaker.id}" if report.speaker else ""
    counts = "".join(f", {count.kind} {count.amount}" for count in report.counts)
    return f"{sides[0]} {arrow} {sides[1]} {report.type} {report.standing}{by} ({rule}){counts}"
