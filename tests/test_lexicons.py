"""Every entry of the event and speech lexicons gets its examples right and leaves its near misses alone.

"sentence"                                        a report by this very entry's rule
"sentence :: RUS -> NATO"                         ... with these sides; * is anyone or none, <-> is mutual
"sentence :: RUS -> NATO, planned"                ... and this standing
"sentence :: SANCTION, planned, by sergei-lavrov"  (speech) a report of this type, standing and speaker
"""

from functools import cache

import pytest

from detente.coder import Coder
from detente.lexicon import Lexicon
from detente.model import Article, Block, id_of
from detente.reports.attitudes import Attitude
from detente.reports.patterns import EventRule
from detente.sentences import sentences_of

LEXICON = Lexicon()
EVENTS = LEXICON.entries("events", EventRule)
SPEECH = LEXICON.entries("speech", Attitude)


@cache
def coder():
    return Coder(LEXICON)


@cache
def reports_by_sentence():
    """All examples in one go, each an article of its own: the encoder likes company."""
    texts = dict.fromkeys(
        example.partition(" :: ")[0]
        for entry in (*EVENTS, *SPEECH)
        for example in (*entry.examples, *entry.counterexamples)
    )
    articles = [
        Article(id=id_of(text), record="", origin="example", text=text, blocks=(Block("paragraph", 0, len(text)),))
        for text in texts
    ]
    parsed = sentences_of(articles, coder().language)
    return {
        article.text: coder().coding_of(article, sentences).reports
        for article, sentences in zip(articles, parsed, strict=True)
    }


def coded(text):
    return reports_by_sentence()[text]


def rule_of(report):
    return next(reason.rule for reason in report.because if reason.rule.startswith("events/"))


def ids(parties):
    return "+".join(sorted(party.id for party in parties)) or "-"


def shown(text):
    """What was coded instead, for people."""
    lines = [
        f"{ids(r.source)} {'<->' if r.reciprocal else '->'} {ids(r.target)} {r.type} {r.standing} "
        f"by {r.speaker.id if r.speaker else '-'} ({rule_of(r)})"
        for r in coded(text)
    ]
    return f"\n  {text}\n    " + "\n    ".join(lines or ["nothing"])


def is_side(parties, told, text):
    """A side is right when each told actor is there: by id, country or code, or as part of it ("UN inspectors")."""
    if told == "*":
        return True
    names = [{party.id, party.country, party.code, *text[slice(*party.words)].split()} for party in parties]
    return all(any(one in known for known in names) for one in told.split("+"))


def is_told(report, told):
    sides, _, standing = told.partition(",")
    if standing.strip() and report.standing != standing.strip():
        return False
    mutual = "<->" in sides
    if mutual and not report.reciprocal:
        return False
    source, target = (side.strip() for side in sides.split("<->" if mutual else "->"))
    if is_side(report.source, source, report.text) and is_side(report.target, target, report.text):
        return True
    return mutual and is_side(report.source, target, report.text) and is_side(report.target, source, report.text)


@pytest.mark.parametrize("rule", EVENTS, ids=lambda rule: rule.id)
def test_event_rules_get_their_examples_right(rule):
    wrong = []
    for example in rule.examples:
        text, _, told = example.partition(" :: ")
        by_rule = [report for report in coded(text) if rule_of(report) == rule.id and report.type == rule.type]
        if not by_rule or (told and not any(is_told(report, told) for report in by_rule)):
            wrong.append(f"expected {told or 'a report'}, got{shown(text)}")
    wrong += [
        f"a near miss was coded:{shown(text)}"
        for text in rule.counterexamples
        if any(rule_of(report) == rule.id for report in coded(text))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("entry", SPEECH, ids=lambda entry: entry.id)
def test_speech_entries_get_their_examples_right(entry):
    wrong = []
    for example in entry.examples:
        text, _, told = example.partition(" :: ")
        type, standing, *by = (part.strip() for part in told.split(","))
        speaker = by[0].removeprefix("by ") if by else None
        if not any(
            report.type == type
            and report.standing == standing
            and (speaker is None or (report.speaker is not None and is_side([report.speaker], speaker, text)))
            for report in coded(text)
        ):
            wrong.append(f"expected {told}, got{shown(text)}")
    wrong += [
        f"a near miss was coded with it:{shown(text)}"
        for text in entry.counterexamples
        if any(reason.rule == entry.id for report in coded(text) for reason in report.because)
    ]
    assert not wrong, "\n".join(wrong)
