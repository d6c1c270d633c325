"""The dates that a page gives for itself, as a list of evidence with the best first.

Dates in captions, related readings and the text itself are dates of the world, and never looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import Literal

from detente.articles.dates import Dates, Order, dates_of, iso_stamp, url_day
from detente.articles.facts import Facts
from detente.articles.label import DATED, has_year
from detente.articles.line import Line, Page
from detente.articles.signs import is_prose
from detente.articles.words import Words, Zone
from detente.errors import Unreadable
from detente.model import PART_OF_BLOCK, Block, Record, Stamp

Basis = Literal["given", "jsonld", "meta", "visible", "dateline", "url", "feed", "archive"]

# What is told from outside wins; then what machines are told, for it has the time zone; then what readers see. A feed
# may give the time of its last change, and an archive was there later than the page.
RANK: dict[str, int] = {
    "given": 0, "jsonld": 1, "meta": 2, "visible": 3, "dateline": 4, "feed": 5, "url": 6, "archive": 7,
}  # fmt: skip

_IN_SCRIPT = re.compile(r"[:=]\s?(?:[\"']|&quot;)(\d{4}-\d\d-\d\d[^\"'&]{0,30})")
_NAMED_PUBLISHED = re.compile(
    r"(?:publish(?:ed)?_?(?:date|time|at|on)(?:_?iso)?|date_?published|pub_?date|post_?date(?:_?gmt)?)"
    r"(?:[\"']|&quot;)?\s?\Z",
    re.IGNORECASE,
)
LONGEST_KEY = 40
"""Characters of a name in a script that are looked at."""

_MONTH_FIRST_HOSTS = re.compile(r"//[^/]*\.(?:us|gov|mil)(?:[/:]|$)")
_DAY_FIRST_HOSTS = re.compile(
    r"//[^/]*\.(?:uk|au|nz|in|ie|za|ng|ke|gh|pk|bd|lk|sg|my|de|fr|es|it|ru|br|ar|mx)(?:[/:]|$)"
)

NOT_FOR_DATES: frozenset[Zone | None] = frozenset(
    ("caption", "credit", "related", "teasers", "comments", "navigation", "promo", "embed")
)

# Menus of pages run to hundreds of lines before the article begins.
LAST_LINE = 2000

NEVER_FOR_DATES: frozenset[Zone | None] = frozenset(("caption", "credit", "related", "comments", "embed"))
NEAR = 8
"""Lines above or below the headline, where a date is the page's even in a box named for something else."""

FEWEST_OTHERS = 4
"""Dates behind the text: so many are those of other stories."""

Kind = Literal["published", "updated"]


def stamps_of(
    record: Record,
    page: Page,
    facts: Facts,
    blocks: Sequence[Block],
    text: str,
    headline: str | None,
    machine: Sequence[tuple[Kind, str]],
    words: Words,
) -> tuple[Stamp, ...]:
    """All dates of a page, best first; `machine` are the `datetime` values of its visible dates."""
    reader = dates_of(words)
    order = order_of(page, record.url or page.canonical)
    found = [
        *_given(record, reader),
        *_declared(facts, reader, order),
        *(Stamp(kind=kind, value=value, basis="meta") for kind, raw in machine if (value := iso_stamp(raw))),
        *_visible(blocks, text, words, order),
        *_dateline(blocks, text, reader),
        *_address(record.url or page.canonical, words),
        *_listed(record, reader),
    ]
    if not found:
        found = list(_anywhere(page, headline, reader, order))
    found += _archived(record)
    start = next((block.start for block in blocks if block.kind == "headline"), 0)

    def rank(stamp: Stamp) -> tuple[int, bool]:
        # Above the headline stands the date of the day on which the page was looked at, on some pages.
        return RANK[stamp.basis], stamp.words is not None and stamp.words[0] < start

    return tuple(dict.fromkeys(sorted(found, key=rank)))


def best(stamps: Sequence[Stamp], kind: Kind) -> Stamp | None:
    """The winner of a kind: the most trusted, or the most exact one of the same day."""
    ranked = [stamp for stamp in stamps if stamp.kind == kind]
    if not ranked:
        return None
    same_day = [stamp for stamp in ranked if stamp.value[:10] == ranked[0].value[:10]]
    return max(same_day, key=lambda stamp: (min(len(stamp.value), 16), -RANK[stamp.basis]))


def order_of(page: Page, url: str | None) -> Order | None:
    """How the page's readers write dates, by its language and address; None when neither says."""
    language = (page.language or "").lower().replace("_", "-")
    if language == "en-us" or (url and _MONTH_FIRST_HOSTS.search(url)):
        return "month first"
    if language.startswith("en-") or (language and not language.startswith("en")):
        return "day first"
    if url and _DAY_FIRST_HOSTS.search(url):
        return "day first"
    return None


def _given(record: Record, reader: Dates) -> Iterator[Stamp]:
    """Raises `Unreadable` when the date that the user gives is none: leaving it out would date the events wrongly."""
    if record.published:
        value = iso_stamp(record.published) or reader.read(record.published)
        if value is None:
            raise Unreadable(
                f"{record.origin}: published is '{record.published[:40]}', which is no date; write 2009-06-28 or "
                "2009-06-28T10:57+08:00"
            )
        yield Stamp(kind="published", value=value, basis="given")


def _listed(record: Record, reader: Dates) -> Iterator[Stamp]:
    """Feeds are written by machines that the user knows nothing of: a date that is none is left out."""
    if record.listed and (value := iso_stamp(record.listed) or reader.read(record.listed)):
        yield Stamp(kind="published", value=value, basis="feed")


def _archived(record: Record) -> Iterator[Stamp]:
    if record.archived and (value := iso_stamp(record.archived)):
        yield Stamp(kind="archived", value=value, basis="archive")


def _declared(facts: Facts, reader: Dates, order: Order | None) -> Iterator[Stamp]:
    def value_of(raw: str | None) -> str | None:
        return (iso_stamp(raw) or reader.read(raw, order=order)) if raw else None

    if value := value_of(facts.published):
        yield Stamp(kind="published", value=value, basis="jsonld")
    if value := value_of(facts.updated):
        yield Stamp(kind="updated", value=value, basis="jsonld")
    for raw in facts.meta_published:
        if value := value_of(raw):
            yield Stamp(kind="published", value=value, basis="meta")
    for raw in facts.meta_updated:
        if value := value_of(raw):
            yield Stamp(kind="updated", value=value, basis="meta")


@cache
def _labels_of(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return words.label_pattern("updated"), words.label_pattern("published")


def _visible(blocks: Sequence[Block], text: str, words: Words, order: Order | None) -> Iterator[Stamp]:
    reader = dates_of(words)
    end = max((block.start for block in blocks if PART_OF_BLOCK.get(block.kind) == "body"), default=len(text))
    behind = [
        block
        for block in blocks
        if block.start > end and block.kind in DATED and has_year(text[block.start : block.end])
    ]
    is_updated, is_published = _labels_of(words)
    for block in blocks:
        if block.kind not in DATED or (len(behind) >= FEWEST_OTHERS and block.start > end):
            continue
        line = text[block.start : block.end]
        label_from = 0
        kind: Kind = "updated" if block.kind == "updated" else "published"
        for moment in reader.find(line, order=order):
            label = line[label_from : moment.start]
            if is_updated.search(label):
                kind = "updated"
            elif is_published.search(label):
                kind = "published"
            place = (block.start + moment.start, block.start + moment.end)
            yield Stamp(kind=kind, value=moment.value, basis="visible", words=place)
            label_from = moment.end


def _anywhere(page: Page, headline: str | None, reader: Dates, order: Order | None) -> Iterator[Stamp]:
    """When nothing else tells: the first moment for machines on the page, or the first line that holds a date.

    Related stories, captions and running text stay out of it.
    """
    lines = page.lines[:LAST_LINE]
    at = next((index for index, line in enumerate(lines) if line.text == headline), -1)
    near = [*lines[max(0, at - NEAR) : at], *takewhile(_is_no_title, lines[at + 1 : at + NEAR])] if at >= 0 else []
    likely = [line for line in near if line.zone not in NEVER_FOR_DATES]
    for line in (*likely, *(line for line in lines if line.zone not in NOT_FOR_DATES)):
        # "... Updated December 22, 2023, 5:49 p.m." ends no sentence.
        if len(line.text) > 120 or is_prose(line.text.removesuffix(".m.")):
            continue
        for raw in line.times:
            if value := iso_stamp(raw):
                yield Stamp(kind="published", value=value, basis="meta")
                return
        moments = reader.find(line.text, order=order)
        if moments and line.link_share < 0.5:
            yield Stamp(kind="published", value=moments[0].value, basis="visible")
            return
    if (told := _in_script(page.source)) and (value := iso_stamp(told)):
        yield Stamp(kind="published", value=value, basis="meta")


def _in_script(source: str) -> str | None:
    """The first date in a page's scripts that is named for publishing: "publishedAt": "2009-06-28"."""
    for date in _IN_SCRIPT.finditer(source):
        if _NAMED_PUBLISHED.search(source[max(0, date.start() - LONGEST_KEY) : date.start()]):
            return date[1]
    return None


def _is_no_title(line: Line) -> bool:
    """Whether a line is no link to another story, behind which dates are that one's."""
    return line.link_share < 0.9 or line.text.count(" ") <= 3


def _dateline(blocks: Sequence[Block], text: str, reader: Dates) -> Iterator[Stamp]:
    """A dateline's day counts when it says the year: "MOSCOW, June 28, 2009 (Xinhua) --"."""
    for block in blocks:
        if block.kind == "dateline":
            line = text[block.start : block.end]
            for moment in reader.find(line):
                yield Stamp(
                    kind="published", value=moment.day, basis="dateline",
                    words=(block.start + moment.start, block.start + moment.end),
                )  # fmt: skip


def _address(url: str | None, words: Words) -> Iterator[Stamp]:
    if url and (day := url_day(url, words.months)):
        yield Stamp(kind="published", value=day, basis="url")
