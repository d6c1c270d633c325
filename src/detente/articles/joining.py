"""Several pages of one article, when they come together: their text becomes one, and the later pages say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from detente.articles.article import GAP
from detente.articles.label import bare_words
from detente.model import PART_OF_BLOCK, Article, Block, Link, Post, Span, Stamp, id_of

_NUMBER = re.compile(
    r"(?:[?&](?:page|p|pg|paged|pagenum|seite|pagina)=|/(?:page|p|seite|pagina)[/-]?|[-_](?:page|p|seite)?[-_]?|/)"
    r"(?P<number>\d{1,2})(?=(?:\.[a-z]{3,5})?/?(?:[?&#]|\Z))",
    re.IGNORECASE,
)
"""How addresses of later pages differ from the first: `story.html?page=2`, `story/2`, `story-2.html`."""


def pages_of(articles: Sequence[Article]) -> dict[int, list[int]]:
    """Which articles are pages of which: the place of each first page with those of the others, in their order.

    They have one headline, their addresses differ by a number, and none between the first and the last is missing.
    """
    places: dict[str, int] = {}
    for at, article in enumerate(articles):
        for address in _addresses(article):
            places.setdefault(_bare(address), at)
    numbered: dict[int, dict[int, int]] = {}
    for at, article in enumerate(articles):
        for address in _addresses(article):
            first = _first_page(address, places)
            if first is not None and first[0] != at and _same_headline(articles[first[0]], article):
                numbered.setdefault(first[0], {}).setdefault(first[1], at)
                break
    found = {first: list(_in_a_row(later)) for first, later in numbered.items()}
    taken = {at for later in found.values() for at in later}
    return {first: later for first, later in found.items() if later and first not in taken}


def _addresses(article: Article) -> Iterator[str]:
    """Where a page lies: saved pages may all name the first one as theirs, but not as their file."""
    yield from (address for address in (article.url, article.origin) if address)


def _bare(address: str) -> str:
    return address.split("#", 1)[0].rstrip("/?&")


def _first_page(address: str, places: Mapping[str, int]) -> tuple[int, int] | None:
    """The place of the first page and the number of this one, when its address tells one after the first."""
    for match in _NUMBER.finditer(address):
        number, before, behind = int(match["number"]), address[: match.start()], address[match.end() :]
        if number < 2:
            continue
        if match.group().startswith("?") and behind.startswith("&"):
            behind = "?" + behind[1:]
        marker = match.group()[: match.start("number") - match.start()]
        for first in (before + behind, f"{before}{marker}1{behind}"):
            if (at := places.get(_bare(first))) is not None:
                return at, number
    return None


def _same_headline(first: Article, later: Article) -> bool:
    """The later page may add its number: "Iran, Iraq sign pact - Page 2"."""
    name, other = bare_words(first.headline or ""), bare_words(later.headline or "")
    return len(name) >= 8 and other.startswith(name) and len(other) - len(name) <= 12


def _in_a_row(later: Mapping[int, int]) -> Iterator[int]:
    """The pages from the second on, up to the first that is missing."""
    number = 2
    while number in later:
        yield later[number]
        number += 1


def joined(first: Article, later: Sequence[Article]) -> Article:
    """One article of several pages: the first with the text and the pictures of the others behind its own text."""
    known = {first.text[block.start : block.end] for block in first.blocks}
    added: list[tuple[Block, str]] = []
    for page in later:
        for block in page.blocks:
            words = page.text[block.start : block.end]
            if _goes_on(block) and words not in known:
                known.add(words)
                added.append((block, words))
    ends = [at for at, block in enumerate(first.blocks) if PART_OF_BLOCK.get(block.kind) == "body"]
    behind = ends[-1] + 1 if ends else len(first.blocks)
    pieces = [(block.kind, first.text[block.start : block.end]) for block in first.blocks]
    pieces[behind:behind] = [("paragraph" if block.kind == "lead" else block.kind, words) for block, words in added]
    blocks, position = [], 0
    for kind, words in pieces:
        blocks.append(Block(kind, position, position + len(words)))
        position += len(words) + len(GAP)
    text = GAP.join(words for _, words in pieces)
    begin = blocks[behind].start if added else len(text)
    by = sum(len(words) + len(GAP) for _, words in added)
    told = (first.published.value if first.published else "", first.updated.value if first.updated else "")
    return replace(
        first,
        id=id_of(text, *told),
        text=text,
        blocks=tuple(blocks),
        published=_moved(first.published, begin, by) if first.published else None,
        updated=_moved(first.updated, begin, by) if first.updated else None,
        dates=tuple(_moved(stamp, begin, by) for stamp in first.dates),
        related=tuple(_moved(link, begin, by) for link in first.related),
        posts=tuple(_moved(post, begin, by) for post in first.posts),
    )


def _goes_on(block: Block) -> bool:
    """What a later page adds; its head is the first page's again."""
    part = PART_OF_BLOCK.get(block.kind)
    return part in ("body", "caption") or block.kind in ("credit", "correction")


T = TypeVar("T", Stamp, Link, Post)


def _moved(told: T, begin: int, by: int) -> T:
    """The same with its words where they are now."""
    if told.words is None or told.words[0] < begin:
        return told
    words: Span = (told.words[0] + by, told.words[1] + by)
    return replace(told, words=words)
