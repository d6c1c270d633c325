"""W3C Web Annotations: one for each span of words that a report stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

import msgspec

from detente.model import Article, Coding, Report, Span
from detente.readers.exchange.annotations import ARTICLE, REPORT
from detente.writers.exchange.options import Written

_NEIGHBOURS = 32
"""Characters of context on either side, as the data model's own example has."""


class Evidence(NamedTuple):
    """Words of a report, with their role in it and what they stand for."""

    role: str
    value: str
    words: Span


def write_annotations(codings: Iterable[Coding], out: IO[bytes]) -> Written:
    """Write the evidence of all reports as one AnnotationPage, an annotation a line.

    Places are code points of the article's text, as the data model has it, not UTF-16 units; each is told by its
    words, too. The target is the article's address, or our id of it. `rows` are annotations.
    """
    encoder = msgspec.json.Encoder()
    out.write(b'{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[')
    count = 0
    for coding in codings:
        if coding.article is None:
            continue
        for report in coding.reports:
            for evidence in evidence_of(report):
                line = encoder.encode(_annotation(evidence, report, coding.article))
                out.write((b",\n" if count else b"\n") + line)
                count += 1
    out.write(b"\n]}\n")
    return Written(count, {})


def evidence_of(report: Report) -> Iterator[Evidence]:
    """The words on which a report stands: of the deed, the actors, the speaker, the day, the place, the counts."""
    yield Evidence("trigger", report.type, report.trigger)
    for role, parties in (("source", report.source), ("target", report.target), ("speaker", report.speakers)):
        yield from (Evidence(role, party.id, party.words) for party in parties)
    if report.time is not None and report.time.words is not None:
        yield Evidence("time", "/".join((report.time.start or "..", report.time.end or "..")), report.time.words)
    if report.place is not None and report.place.words is not None:
        yield Evidence("place", report.place.name, report.place.words)
    yield from (Evidence("count", f"{count.kind} {count.amount}", count.words) for count in report.counts)


def _annotation(evidence: Evidence, report: Report, article: Article) -> dict[str, Any]:
    start, end = evidence.words
    return {
        "id": f"urn:detente:annotation:{report.id}:{evidence.role}:{start}-{end}",
        "type": "Annotation",
        "motivation": "classifying" if evidence.role == "trigger" else "identifying",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": evidence.value},
            {"type": "TextualBody", "purpose": "tagging", "value": evidence.role},
        ],
        "target": {
            "source": article.url or f"{ARTICLE}{article.id}",
            "scope": f"{REPORT}{report.id}",
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": article.text[start:end],
                    "prefix": article.text[max(0, start - _NEIGHBOURS) : start],
                    "suffix": article.text[end : end + _NEIGHBOURS],
                },
            ],
        },
    }
