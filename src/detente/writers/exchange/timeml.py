"""TimeML-like XML: articles with their expressions of time and the words of their events marked in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, NamedTuple

from detente.model import Article, Coding, Report, Span, TimeMention
from detente.writers.exchange.options import Written
from detente.writers.exchange.xml import Xml

CLASSES = {"AGREE": "I_ACTION", "REQUEST": "I_ACTION", "THREATEN": "I_ACTION", "REJECT": "I_ACTION",
           "ACCUSE": "REPORTING"}  # fmt: skip
"""TimeML's class of the types whose events speak of another; all others are occurrences."""


class _Mark(NamedTuple):
    words: Span
    name: str
    attributes: Mapping[str, object]


def write_timeml(codings: Iterable[Coding], out: IO[bytes]) -> Written:
    """Write articles as a collection of TimeML documents. `rows` are documents.

    A report is an EVENT where its trigger is and a MAKEINSTANCE with its standing; where its day stands on words, a
    TLINK says so. Marks that cross an earlier one are left out and counted; characters that XML cannot hold are
    replaced one by one, so that places stay what they are.
    """
    page = Xml(out)
    left_out: Counter[str] = Counter()
    count = 0
    with page.element("collection"):
        for coding in codings:
            if coding.article is not None:
                page.line()
                _document(page, coding, coding.article, left_out)
                count += 1
        page.line()
    page.line()
    page.close()
    return Written(count, dict(left_out))


def _document(page: Xml, coding: Coding, article: Article, left_out: Counter[str]) -> None:
    times = [mention for mention in coding.mentions if isinstance(mention, TimeMention)]
    marks = list(_apart([*_times(times), *_events(coding.reports)], left_out))
    known = {mark.words: str(mark.attributes["tid"]) for mark in marks if mark.name == "TIMEX3"}
    told = {str(mark.attributes["eid"]) for mark in marks if mark.name == "EVENT"}
    with page.element("TimeML"):
        page.leaf("DOCID", article.id)
        with page.element("DCT"):
            day = article.anchor.value if article.anchor else ""
            page.leaf("TIMEX3", day, {"tid": "t0", "type": "DATE" if len(day) <= 10 else "TIME", "value": day,
                                      "functionInDocument": "CREATION_TIME"})  # fmt: skip
        if article.headline:
            page.leaf("TITLE", article.headline)
        with page.element("TEXT"):
            _text(page, article.text, marks)
        for number, report in enumerate(coding.reports, 1):
            if f"e{number}" in told:
                _instance(page, report, number, known)


def _times(mentions: Iterable[TimeMention]) -> Iterator[_Mark]:
    for number, mention in enumerate(mentions, 1):
        yield _Mark(mention.words, "TIMEX3", {"tid": f"t{number}", "type": mention.type, "value": mention.value,
                                              "mod": mention.mod})  # fmt: skip


def _events(reports: Iterable[Report]) -> Iterator[_Mark]:
    for number, report in enumerate(reports, 1):
        kind = CLASSES.get(report.type, "OCCURRENCE")
        yield _Mark(report.trigger, "EVENT", {"eid": f"e{number}", "class": kind, "type": report.type})


def _apart(marks: Iterable[_Mark], left_out: Counter[str]) -> Iterator[_Mark]:
    """The marks in the order of the text, those left out that overlap one before."""
    position = 0
    for mark in sorted(marks, key=lambda mark: (mark.words[0], -mark.words[1])):
        if mark.words[0] < position:
            left_out[f"{mark.name} within or across another mark"] += 1
            continue
        position = mark.words[1]
        yield mark


def _text(page: Xml, text: str, marks: Iterable[_Mark]) -> None:
    position = 0
    for mark in marks:
        start, end = mark.words
        page.text(text[position:start].replace("\r", "\n"))
        page.leaf(mark.name, text[start:end].replace("\r", "\n"), mark.attributes)
        position = end
    page.text(text[position:].replace("\r", "\n"))


def _instance(page: Xml, report: Report, number: int, known: Mapping[Span, str]) -> None:
    polarity = "NEG" if report.standing == "denied" else "POS"
    page.leaf("MAKEINSTANCE", None, {"eiid": f"ei{number}", "eventID": f"e{number}", "polarity": polarity,
                                     "standing": report.standing, "report": report.id})  # fmt: skip
    time = known.get(report.time.words) if report.time is not None and report.time.words is not None else None
    if time is not None:
        page.leaf("TLINK", None, {"eventInstanceID": f"ei{number}", "relatedToTime": time, "relType": "IS_INCLUDED"})
