"""Before the parser sees a page: scripts are cut out, and what would cost it minutes is refused."""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.errors import Unreadable

# Time to parse grows with the square of both: 5,000 nested tags take 0.05 s, 20,000 take 0.8 s and 200,000 minutes;
# 5,000 attributes of one tag 0.04 s, 40,000 take 4 s. No page of some 2,100 came near either limit.
MAX_DEPTH = 5_000
MAX_ATTRIBUTES = 5_000

# Each costs the parser 400 bytes; the longest of some 1,060 pages had 20,000.
MAX_TAGS = 400_000

# In less text than this neither bomb does harm: each attribute needs four characters to be another than the last, so
# the worst costs some 4 s. Nine pages in ten are shorter, and the look costs as much as the parser.
HARMLESS = 192 << 10

_RAW = re.compile(r"<!--|<(script|style|noscript)\b((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>", re.IGNORECASE)
_ENDS = {
    "<!--": re.compile("-->"),
    "script": re.compile(r"</script[^>]*+>", re.IGNORECASE),
    "style": re.compile(r"</style[^>]*+>", re.IGNORECASE),
    "noscript": re.compile(r"</noscript[^>]*+>", re.IGNORECASE),
}
_JSONLD = re.compile(r"application/ld\+json", re.IGNORECASE)

# A quote opens only behind "=": pages with a stray one elsewhere are many.
_ATTRIBUTES = r"""(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+"""
_OPENING = re.compile(rf"<[a-zA-Z]{_ATTRIBUTES}")
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+){_ATTRIBUTES}")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
_NEVER_NEST = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option",
    )
)  # fmt: skip
"""Tags that hold nothing, or that the next of their kind closes."""


class Stripped(NamedTuple):
    """A page without what is not for readers."""

    page: str
    jsonld: tuple[str, ...]
    """The contents of its JSON-LD scripts."""


def strip_scripts(page: str) -> Stripped:
    """Cuts out scripts, styles, what is for browsers without scripts, and comments: two thirds of a usual page.

    Keeps the JSON-LD. One pass: where an end is missing once it is missing for good, and the rest stays as it is.
    """
    kept: list[str] = []
    jsonld: list[str] = []
    position = 0
    unended: set[str] = set()
    search_from = 0
    while opening := _RAW.search(page, search_from):
        name = (opening.group(1) or "<!--").lower()
        end = None if name in unended else _ENDS[name].search(page, opening.end())
        if end is None:
            unended.add(name)
            search_from = opening.end()
            continue
        if name == "script" and _JSONLD.search(opening.group(2)):
            jsonld.append(page[opening.end() : end.start()])
        kept.append(page[position : opening.start()])
        if name in ("script", "style"):
            # "Ana Ruiz</span><style>...</style><span>Oct 17": style alone parts them. A comment parts no word.
            kept.append(" ")
        position = search_from = end.end()
    kept.append(page[position:])
    return Stripped("".join(kept), tuple(jsonld))


def refuse_bombs(page: str, origin: str) -> None:
    """Raises `Unreadable` for a page (without its scripts) with thousands of nested tags, or of attributes in a tag."""
    if len(page) < HARMLESS:
        return
    tags = page.count("<")
    if tags > MAX_TAGS:
        raise Unreadable(f"{origin}: over {MAX_TAGS:,} tags; no single article, split it or give it as JSONL")
    if any(_has_many_attributes(tag) for tag in _OPENING.findall(page) if len(tag) > MAX_ATTRIBUTES):
        raise Unreadable(f"{origin}: over {MAX_ATTRIBUTES:,} attributes in one tag; no page for readers, left out")
    if tags > MAX_DEPTH and _is_deep(page):
        raise Unreadable(f"{origin}: over {MAX_DEPTH:,} tags nested; no page for readers, left out")


def _has_many_attributes(tag: str) -> bool:
    return len(_QUOTED.sub("=", tag).split()) > MAX_ATTRIBUTES


def _is_deep(page: str) -> bool:
    depth = 0
    for close, name in _TAG.findall(page):
        if name.lower() not in _NEVER_NEST:
            depth = max(0, depth - 1) if close else depth + 1
            if depth > MAX_DEPTH:
                return True
    return False
