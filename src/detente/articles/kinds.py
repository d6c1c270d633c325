"""What a page is: an article, a live blog, a gallery, a video, the beginning of what subscribers may read.

And why it is no article: empty, an error, a front page; with the words for the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from detente.articles.facts import Facts
from detente.articles.line import Line, Page
from detente.articles.signs import is_prose
from detente.model import PART_OF_BLOCK, PageKind

_ERROR = re.compile(
    r"\b(?:404|403|410|500|502|503)\b|not found|page (?:does ?n.t|no longer) exist|access denied|forbidden|"
    r"page unavailable|service unavailable|bad gateway|just a moment|are you a robot|checking your browser|"
    r"verify you are human",
    re.IGNORECASE,
)

# An error page excuses itself in a few lines; an article on error 404 has more to say.
LONGEST_ERROR = 120
"""Words."""

FEWEST_TITLES = 8
"""Linked titles of a front page; an article's own list of other stories lies outside of its text."""

SHORTEST_STORY = 100
"""Words of running text without a linked title between them: more than the teaser of a story on a front page."""

FEWEST_PARAGRAPHS, SHORT_STORY = 3, 40
"""Paragraphs and words right under a page's one headline: a front page has a teaser there, if anything."""

LONG_LINE = 120
"""Characters."""

FEWEST_PICTURES = 5
"""Captions of a gallery, which together say more than its text."""
SHORTEST_WHOLE = 150
"""Words: a page for subscribers, or one with a film, that has fewer is no whole article."""

LEAST_PROSE = 8
"""Words of running text that a page must have to be an article: one sentence."""


def why_no_article(
    page: Page, body: Sequence[bool], headline: str | None, *, is_told_article: bool = False
) -> str | None:
    """Why a page holds no article, as the end of a sentence; None when it does hold one.

    `is_told_article`: the page declares itself one to machines, which front pages do not.
    """
    if not page.lines:
        return "no text on the page (it is empty, or made by scripts); save it from the browser once it is shown"
    kept = [line for line, inside in zip(page.lines, body, strict=True) if inside]
    count = _count_words(kept)
    if count < LONGEST_ERROR and any(_ERROR.search(text) for text in (page.title, headline) if text):
        return "it is an error page; fetch it again or leave it out"
    if not is_told_article and (titles := _count_titles(kept, headline)):
        return f"it is a list of {titles} other stories (a front page or index); give the pages of the stories"
    if count < LEAST_PROSE:
        return "hardly any running text on it; if the article is there for readers, save the page once it is shown"
    return None


def kind_of(facts: Facts, texts: Sequence[tuple[str, str]]) -> tuple[PageKind, str | None]:
    """The kind of a page with an article and the rule that tells it; `texts` are the kinds and words of its blocks."""
    declared = (facts.type or "").lower()
    if declared == "liveblogposting":
        return "live blog", "kind:declared"
    told = sum(_words(text) for kind, text in texts if PART_OF_BLOCK.get(kind) == "body")
    captions = [text for kind, text in texts if kind == "caption"]
    if declared in ("imagegallery", "mediagallery"):
        return "gallery", "kind:declared"
    if len(captions) >= FEWEST_PICTURES and sum(map(_words, captions)) > told:
        return "gallery", "kind:captions"
    if declared.startswith("video") and told < SHORTEST_WHOLE:
        return "video", "kind:declared"
    if not facts.free and told < SHORTEST_WHOLE:
        return "paywall", "kind:not-free"
    return "article", None


def _is_running(line: Line) -> bool:
    """Whether a line is running text; Thai and others end their sentences with nothing."""
    return is_prose(line.text) or len(line.text) > LONG_LINE


def _count_words(lines: Sequence[Line]) -> int:
    """The words of running text, as far as it matters how many they are."""
    count = 0
    for line in lines:
        if line.link_share < 0.5 and _is_running(line):
            count += _words(line.text)
            if count >= LONGEST_ERROR:
                break
    return count


def _count_titles(lines: Sequence[Line], headline: str | None) -> int:
    """The linked titles of a front page; 0 for an article."""
    titles = sum(_is_linked_title(line) for line in lines)
    if titles < FEWEST_TITLES or _begins_story(lines, headline) or _longest_story(lines) >= SHORTEST_STORY:
        return 0
    return titles


def _begins_story(lines: Sequence[Line], headline: str | None) -> bool:
    """Whether several paragraphs follow the page's one headline before any title of another story."""
    headings = [index for index, line in enumerate(lines) if line.tag == "h1"]
    if len(headings) != 1 or lines[headings[0]].text != headline:
        return False
    story = list(
        takewhile(lambda line: not _is_linked_title(line) and line.tag not in ("h2", "h3"), lines[headings[0] + 1 :])
    )
    prose = [line for line in story if is_prose(line.text)]
    return len(prose) >= FEWEST_PARAGRAPHS and sum(_words(line.text) for line in prose) >= SHORT_STORY


def _words(text: str) -> int:
    """About how many words; Chinese and Japanese write no spaces between theirs."""
    return max(text.count(" ") + 1, len(text) // 8)


def _is_linked_title(line: Line) -> bool:
    return line.link_share > 0.9 and 3 <= line.text.count(" ") <= 25


def _longest_story(lines: Sequence[Line]) -> int:
    """The words of the longest stretch of running text between two linked titles."""
    longest = current = 0
    for line in lines:
        if _is_linked_title(line):
            current = 0
        elif is_prose(line.text):
            current += _words(line.text)
            longest = max(longest, current)
    return longest
