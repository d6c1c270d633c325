"""Which line is the headline: the page shows it, and its title and metadata repeat it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.articles.facts import Facts
from detente.articles.label import DROPPED, bare_words
from detente.articles.line import Line, Page
from detente.articles.signs import byline_names, is_prose, is_title, section_path, signed_agency
from detente.articles.words import Words

# Marks with spaces around them part a title from the outlet's name; a hyphen inside a word never does.
_TITLE_PARTS = re.compile(r"\s+[|–—·•»:-]+\s+|\s*\|\s*|\s+::\s+")


def headline_of_page(page: Page, facts: Facts) -> str | None:
    """The headline as the page shows it; where it shows none, as it names it."""
    names = _names(page, facts)
    keys = [bare_words(name) for name in names]
    shown = [line for line in page.lines if line.tag == "h1" and line.zone not in DROPPED]
    for key in keys:
        for line in shown:
            if key and bare_words(line.text) == key:
                return line.text
    for line in shown:
        if any(_alike(bare_words(line.text), key) for key in keys):
            return line.text
    for key in keys:
        for line in page.lines:
            if key and len(key) <= len(line.text) < 300 and bare_words(line.text) == key:
                return line.text
    for line in shown:
        if is_title(line.text) and line.link_share < 0.9:
            return line.text
    return next((name for name in names if " " in name), None)


# A headline further down than this heads something else.
LAST_LINE = 60


def _names(page: Page, facts: Facts) -> list[str]:
    """What the page calls its article, the most trusted first; titles without the outlet's name."""
    found = [facts.headline, facts.title]
    if page.title:
        found.append(page.title)
        found.extend(sorted(_TITLE_PARTS.split(page.title), key=len, reverse=True)[:1])
    if facts.title:
        found.extend(sorted(_TITLE_PARTS.split(facts.title), key=len, reverse=True)[:1])
    publisher = bare_words(facts.publisher or "")
    return [name for name in dict.fromkeys(found) if name and bare_words(name) != publisher]


def _alike(one: str, other: str) -> bool:
    """Whether one begins or ends the other and is the greater part of it."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 12 and 2 * len(short) >= len(long) and short in long


def headline_of_dump(lines: Sequence[Line], words: Words) -> str | None:
    """The first line of a text that is a title: no path of sections, no byline, no date, not yet the story.

    A line that others repeat at their start is the headline whatever stands before it.
    """
    titles: list[str] = []
    for line in lines[:LAST_LINE]:
        text = line.text
        if is_prose(text) or text.count(" ") > 30:
            break
        if is_title(text) and not is_about_page(text, words):
            titles.append(text)
    for title in titles:
        repeated = sum(line.text.casefold().startswith(title.casefold()) for line in lines)
        if repeated > 1 and " " in title:
            return title
    # "WORLD" or "Middle East" above the headline is its section.
    if len(titles) > 1 and titles[0].count(" ") < 3 <= titles[1].count(" "):
        return titles[1]
    if not titles and len(lines) == 1 and " " not in lines[0].text:
        return lines[0].text
    return titles[0] if titles else None


def is_about_page(text: str, words: Words) -> bool:
    """Whether a line tells of the page: a section path, an agency, a byline, a date with its label."""
    return bool(
        section_path(text) or signed_agency(text, words) or byline_names(text) or words.label_of(text)
    ) or _mostly_digits(text)


def _mostly_digits(text: str) -> bool:
    return len(text) < 50 and sum(character.isdigit() for character in text) >= 5
