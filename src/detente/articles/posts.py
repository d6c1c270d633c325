"""The posts of a live blog: which blocks are one post, when it was written, by whom, and under which heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from detente.articles.dates import Dates, iso_stamp
from detente.articles.facts import Update
from detente.articles.label import HEADINGS, Piece, same_words
from detente.articles.line import Box, Page
from detente.articles.signs import byline_names, names_in
from detente.model import Block, BlockKind, Post

OF_A_POST: frozenset[BlockKind] = frozenset(
    ("subheading", "byline", "published", "updated", "post", "quotation", "caption", "credit", "list", "table")
)
"""Kinds of blocks that a post is made of."""

FEWEST_POSTS = 2


def posts_of(
    page: Page, pieces: Sequence[Piece], blocks: Sequence[Block], updates: Sequence[Update], dates: Dates
) -> Iterator[Post]:
    """The posts in their order on the page; what its box does not say of a post, the page's JSON-LD may.

    Posts stand in elements of their own, side by side. Where all stand in one, each heading begins one.
    """
    written = [piece.line.box for piece in pieces if piece.kind == "post"]
    if not written or not page.boxes:
        return
    around, apart = _around_posts(page, written)
    own = _boxes_below(page.boxes, around)
    times = _times(page, own, dates)
    for box, members in _groups(pieces, own, apart=apart):
        heading = next((pieces[at].text for at in members if pieces[at].kind == "subheading"), None)
        people = [name for at in members if pieces[at].kind == "byline" for name in _names(pieces[at])]
        beginning = next(pieces[at].text for at in members if pieces[at].kind == "post")
        told = _update_of(heading, beginning, updates)
        yield Post(
            words=(blocks[members[0]].start, blocks[members[-1]].end),
            published=_closer(times.get(box), iso_stamp(told.published) if told and told.published else None),
            headline=heading or (told.headline if told else None),
            authors=tuple(dict.fromkeys(people)) or (told.authors if told else ()),
        )


def _around_posts(page: Page, written: Sequence[int]) -> tuple[int, bool]:
    """The box whose own boxes are the posts, and whether there is one: most of them hold a heading or a time."""
    headed = {box for line in page.lines if line.tag in HEADINGS or line.times for box in _path(page.boxes, line.box)}
    holding = {above for box in set(written) for above in _path(page.boxes, box)}
    posts = Counter(page.boxes[box].parent for box in holding & headed)
    around, count = max(posts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (around, True) if count >= FEWEST_POSTS else (_shared_box(page.boxes, written), False)


def _shared_box(boxes: Sequence[Box], inside: Sequence[int]) -> int:
    """The innermost box around all of these."""
    shared = set(_path(boxes, inside[0]))
    for box in inside[1:]:
        shared &= set(_path(boxes, box))
    return max(shared)


def _path(boxes: Sequence[Box], box: int) -> Iterator[int]:
    while box >= 0:
        yield box
        box = boxes[box].parent


def _boxes_below(boxes: Sequence[Box], around: int) -> list[int]:
    """For each box the one right below `around` that it stands in; -1 for those outside, `around` itself is its own."""
    own = [-1] * len(boxes)
    for index, box in enumerate(boxes):
        if index == around or box.parent == around:
            own[index] = index
        elif box.parent >= 0:
            own[index] = own[box.parent]
    return own


def _groups(pieces: Sequence[Piece], own: Sequence[int], *, apart: bool) -> Iterator[tuple[int, Sequence[int]]]:
    """The box and the pieces of each post; where they do not stand apart, a heading begins one."""
    groups: list[tuple[int, list[int]]] = []
    for at, piece in enumerate(pieces):
        box = own[piece.line.box]
        if piece.kind not in OF_A_POST or box < 0:
            continue
        if not groups or (groups[-1][0] != box if apart else piece.kind == "subheading"):
            groups.append((box, []))
        groups[-1][1].append(at)
    yield from ((box, members) for box, members in groups if any(pieces[at].kind == "post" for at in members))


def _times(page: Page, own: Sequence[int], dates: Dates) -> Mapping[int, str]:
    """When the post in each box was written: the first moment for machines in it, else the first printed date."""
    found: dict[int, str] = {}
    for line in page.lines:
        box = own[line.box]
        if box < 0 or box in found:
            continue
        moment = next((value for raw in line.times if (value := iso_stamp(raw))), None)
        if moment or (len(line.text) < 60 and (moment := dates.read(line.text))):
            found[box] = moment
    return found


def _closer(shown: str | None, told: str | None) -> str | None:
    """The moment that the post shows, unless the page's JSON-LD tells it to the second."""
    if shown is None or (told is not None and told.startswith(shown)):
        return told
    return shown


def _names(piece: Piece) -> Sequence[str]:
    return byline_names(piece.text) or names_in(piece.text)


def _update_of(heading: str | None, beginning: str, updates: Sequence[Update]) -> Update | None:
    """What the page's JSON-LD says of the post with this heading, or this beginning."""
    for update in updates:
        if heading and update.headline and same_words(update.headline, heading):
            return update
        if update.body and len(beginning) > 20 and beginning[:60] in update.body:
            return update
    return None
