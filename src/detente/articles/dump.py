"""Takes plain text apart: a page that somebody saved as text, a wire story, or a bare headline."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from detente.articles.line import Line, Page

# Mail programs and old wire services wrap at 60 to 80 characters; a text whose longest line is longer was not wrapped.
NARROWEST_WRAP, WIDEST_WRAP = 50, 100
# A line that was wrapped is nearly full, whatever the length of the word that did not fit.
FULL = 0.75

_LINE_END = re.compile(r"\r\n?|\n")


def page_of_text(source: str) -> Page:
    """The lines of a text. An empty line ends a paragraph; so does each line's end, unless the text was wrapped."""
    chunks = [[" ".join(line.split()) for line in chunk] for chunk in _chunks(_LINE_END.split(source))]
    width = max((len(line) for chunk in chunks for line in chunk), default=0)
    texts: list[str] = []
    for chunk in chunks:
        texts.extend(_unwrapped(chunk, width) if NARROWEST_WRAP <= width <= WIDEST_WRAP else chunk)
    return Page(lines=[Line(text=text) for text in texts])


def _chunks(lines: Sequence[str]) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            chunks[-1].append(line)
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _unwrapped(chunk: Sequence[str], width: int) -> list[str]:
    """Joins a line to the one before it when its first word would not have fitted there."""
    joined = [[chunk[0]]]
    for before, line in itertools.pairwise(chunk):
        if len(before) >= FULL * width and len(before) + 1 + len(line.split(" ", 1)[0]) > width - 2:
            joined[-1].append(line)
        else:
            joined.append([line])
    return [" ".join(lines) for lines in joined]
