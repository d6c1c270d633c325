"""Where on a page the article's text is: the smallest box that holds most of the running text."""

from __future__ import annotations

from collections.abc import Sequence

from detente.articles.line import Box, Line, Page
from detente.articles.signs import is_prose
from detente.articles.words import Zone

# What is named "related" or "share" and yet holds this share of the page's running text was named for its neighbours.
TOO_MUCH_FOR_A_ZONE = 0.6
TOO_MUCH_FOR_COMMENTS = 0.9

# Offers and buttons are short; a box of them that holds four long paragraphs and a quarter of the text is no such.
SMALL: frozenset[Zone | None] = frozenset(("promo", "share", "tags", "dates", "byline", "credit", "navigation", "section"))
LONG_PARAGRAPH = 120
MANY_PARAGRAPHS = 4
TOO_MUCH_FOR_SMALL = 0.25

# A box holds the text when it holds this share of what the box around it holds.
MOST = 0.75
# A box that is named for the text ("article-body") may hold less: captions and side boxes have running text too.
ENOUGH_WHEN_NAMED = 0.5

OUTSIDE: frozenset[Zone | None] = frozenset(
    ("comments", "promo", "share", "navigation", "hidden", "tags", "teasers", "related", "section")
)
"""Zones whose text is not the article's; what lies in them stays in them."""


def find_body(page: Page) -> list[bool]:
    """Marks the lines of a page that lie where its article's text is, and gives every line its zone."""
    weights = [_weight(line) for line in page.lines]
    _forgive_names(page, weights)
    zones = _zones(page.boxes)
    for line in page.lines:
        line.zone = zones[line.box]
    held = [0 if zones[line.box] in OUTSIDE else weight for line, weight in zip(page.lines, weights, strict=True)]
    root = _root(page, held)
    inside = _boxes_inside(page.boxes, root)
    return [inside[line.box] for line in page.lines]


def _weight(line: Line) -> int:
    """How much running text a line is: its length when it reads like prose and is no link."""
    if len(line.text) < 40 or line.link_share > 0.5 or line.tag in ("h1", "h2", "h3"):
        return 0
    return len(line.text) - line.linked if is_prose(line.text) or len(line.text) > 120 else 0


def _masses(lines: Sequence[Line], boxes: Sequence[Box], weights: Sequence[int]) -> list[int]:
    """The running text in each box with all that is in it; boxes stand after those that hold them."""
    masses = [0] * len(boxes)
    for line, weight in zip(lines, weights, strict=True):
        masses[line.box] += weight
    for index in range(len(boxes) - 1, 0, -1):
        masses[boxes[index].parent] += masses[index]
    return masses


def _forgive_names(page: Page, weights: Sequence[int]) -> None:
    """Takes the zone from boxes that hold too much running text for it: `<body class="has-sidebar related">`.

    A paragraph by itself is seldom what its names say ("paywall", "widget"): several such are, if anything, the text.
    """
    masses = _masses(page.lines, page.boxes, weights)
    counts = _masses(page.lines, page.boxes, [weight >= LONG_PARAGRAPH for weight in weights])
    total = max(masses[0], 1)
    for box, mass, count in zip(page.boxes, masses, counts, strict=True):
        if box.zone is None:
            continue
        limit = TOO_MUCH_FOR_COMMENTS if box.zone == "comments" else TOO_MUCH_FOR_A_ZONE
        crowded = box.zone in SMALL and count >= MANY_PARAGRAPHS and mass > TOO_MUCH_FOR_SMALL * total
        if mass > limit * total or crowded or (box.zone in SMALL and box.tag in ("p", "li") and mass >= LONG_PARAGRAPH):
            box.zone = None


def _zones(boxes: Sequence[Box]) -> list[Zone | None]:
    """The zone of each box: its own, else that of the box around it; what is outside stays outside."""
    zones: list[Zone | None] = []
    for box in boxes:
        around = zones[box.parent] if box.parent >= 0 else None
        escapes = (box.zone == "section" and around == "navigation") or (box.zone == "embed" and around == "share")
        if around in OUTSIDE and not escapes:
            zones.append(around)
        else:
            zones.append(box.zone or around)
    return zones


def _root(page: Page, held: Sequence[int]) -> int:
    """Goes down from the page to the smallest box with most of the text, then to one that is named for it."""
    masses = _masses(page.lines, page.boxes, held)
    children: dict[int, list[int]] = {}
    for index, box in enumerate(page.boxes):
        if masses[index]:
            children.setdefault(box.parent, []).append(index)
    root = 0
    while True:
        best = max(children.get(root, ()), key=masses.__getitem__, default=None)
        if best is None or masses[best] < MOST * masses[root]:
            break
        root = best
    named = [
        index for index in range(root + 1, len(page.boxes))
        if (page.boxes[index].body or page.boxes[index].tag == "article") and masses[index] >= ENOUGH_WHEN_NAMED * masses[root]
        and masses[root]
    ]  # fmt: skip
    # A root is the paragraph itself where an article has only one; its box is meant then.
    root = named[0] if named else root
    while page.boxes[root].tag in ("p", "li", "blockquote") and page.boxes[root].parent >= 0:
        root = page.boxes[root].parent
    return root


def _boxes_inside(boxes: Sequence[Box], root: int) -> list[bool]:
    inside = [False] * len(boxes)
    for index, box in enumerate(boxes):
        inside[index] = index == root or (box.parent >= 0 and inside[box.parent])
    return inside
