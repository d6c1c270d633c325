"""Where on a page the article's text is: the smallest box that holds most of the running text."""

from __future__ import annotations

from collections.abc import Sequence

from detente.articles.line import Box, Line, Page
from detente.articles.signs import is_prose
from detente.articles.words import Zone

# What is named "related" or "share" and yet holds this share of the page's running text was named for its neighbours.
TOO_MUCH_FOR_A_ZONE = 0.6
LIMITS: dict[Zone | None, float] = {"comments": 0.9}

# Offers and buttons are short; a box of them that holds four long paragraphs and a quarter of the text is no such.
SMALL: frozenset[Zone | None] = frozenset(
    ("promo", "share", "tags", "dates", "byline", "credit", "navigation", "section")
)

LONG_PARAGRAPH = 120
MANY_PARAGRAPHS = 4
LONGEST_ALONE: dict[Zone | None, int] = {**dict.fromkeys(SMALL, LONG_PARAGRAPH), "teasers": 300}
"""A longer paragraph is not what its own names say; the lead of a story is named "teaser" too."""
CROWDED: dict[Zone | None, float] = {**dict.fromkeys(SMALL, 0.25), "hidden": 0.45, "teasers": 0.45}

# A box holds the text when it holds this share of what the box around it holds.
MOST = 0.75
# A box that is named for the text ("article-body") may hold less: captions and side boxes have running text too.
ENOUGH_WHEN_NAMED = 0.5
REACH = 60
"""Lines from the text up to its headline, at most."""

SHARED = 0.1
SHORTEST_DECK = 7
"""Spaces in a heading under the headline that tells the story in short."""

SHORTEST_ARTICLE = 400
"""Characters of running text."""

SHORTEST_RUNNING = 40
"""Characters of a line that may be running text."""

OUTSIDE: frozenset[Zone | None] = frozenset(
    ("comments", "promo", "share", "navigation", "hidden", "tags", "teasers", "related", "section")
)
"""Zones whose text is not the article's; what lies in them stays in them."""


ESCAPES: frozenset[tuple[Zone | None, Zone | None]] = frozenset(
    (
        ("section", "navigation"), ("embed", "share"), ("standfirst", "navigation"), ("standfirst", "share"),
        ("standfirst", "promo"),
        *((picture, around) for picture in ("caption", "credit") for around in ("promo", "share", "navigation")),
    )
)  # fmt: skip
"""Zones that are believed inside of others: breadcrumbs stand in `nav`, tweets in boxes named "social", pictures in
"widgets"."""

FEWEST_TEASERS = 3


def find_zones(page: Page) -> None:
    """Gives every line of a page its zone: what the names of the boxes around it tell."""
    if not page.lines:
        return
    _teaser_items(page)
    _trust_figures(page.boxes)
    for line in page.lines:
        if len(line.text) >= SHORTEST_RUNNING:
            line.weight = _weight(line)
    _forgive_names(page)
    _give_zones(page)


def _trust_figures(boxes: Sequence[Box]) -> None:
    """What stands below a picture is its caption or credit, whatever its style is called: "footer", "typography"."""
    for box in boxes:
        if box.zone is None:
            continue
        around = boxes[box.parent].tag
        if box.tag == "figcaption":
            if box.zone not in ("credit", "hidden"):
                box.zone = "caption"
        elif box.zone == "caption":
            if box.tag in ("article", "header", "main"):
                box.zone = None
        elif box.tag == "footer" and around == "figure":
            box.zone = "credit"
        elif box.zone == "navigation" and (
            around == "figcaption" or boxes[boxes[box.parent].parent].tag == "figcaption"
        ):
            # "copyright" names the foot of a page elsewhere.
            box.zone = "caption"


def _give_zones(page: Page) -> None:
    zones = _zones(page.boxes)
    for line in page.lines:
        line.zone = zones[line.box]


def trust_headline(page: Page, headline: str | None) -> None:
    """Takes the zones from the boxes around the headline's heading: what holds it is no menu and no teaser."""
    box = next((line.box for line in page.lines if line.tag == "h1" and line.text == headline), 0)
    changed = False
    while box > 0:
        if page.boxes[box].zone in OUTSIDE:
            page.boxes[box].zone = None
            changed = True
        box = page.boxes[box].parent
    if changed:
        _give_zones(page)


def find_body(page: Page, headline: str | None) -> list[bool]:
    """Marks the lines of a page that lie where the text of the article with this headline is.

    The zones of the lines must be known.
    """
    if not page.lines:
        return []
    held = [0 if line.zone in OUTSIDE else line.weight for line in page.lines]
    root = _root(page, held, next((line.box for line in page.lines if line.text == headline), 0))
    end = _end_of(page.boxes, root)
    inside = [root <= line.box < end for line in page.lines]
    _reach_up(page.lines, inside, held, headline)
    return inside


def _reach_up(lines: Sequence[Line], inside: list[bool], held: Sequence[int], headline: str | None) -> None:
    """Takes in the running text between the headline and the text: a lead often stands in a box of its own."""
    begin = inside.index(True) if True in inside else 0
    for index in range(begin - 1, max(0, begin - REACH) - 1, -1):
        if lines[index].text == headline:
            for between in range(index + 1, begin):
                line = lines[between]
                is_deck = line.tag in ("h2", "h3") and line.zone is None and line.text.count(" ") >= SHORTEST_DECK
                inside[between] = held[between] > 0 or (is_deck and line.link_share < 0.5)
            return


def _weight(line: Line) -> int:
    """How much running text a line is: its length when it reads like prose and is no link."""
    if line.link_share > 0.5 or line.tag in ("h1", "h2", "h3"):
        return 0
    if "ookie" in line.text:
        # Notices on cookies are as long as stories and stand in no box that says so.
        return 0
    return len(line.text) - line.linked if len(line.text) > 120 or is_prose(line.text) else 0


def _masses(lines: Sequence[Line], boxes: Sequence[Box], weights: Sequence[int]) -> list[int]:
    """The running text in each box with all that is in it; boxes stand after those that hold them."""
    masses = [0] * len(boxes)
    for line, weight in zip(lines, weights, strict=True):
        if weight:
            masses[line.box] += weight
    for index in range(len(boxes) - 1, 0, -1):
        if mass := masses[index]:
            masses[boxes[index].parent] += mass
    return masses


def _forgive_names(page: Page) -> None:
    """Takes the zone from boxes that hold too much running text for it: `<body class="has-sidebar related">`.

    A paragraph by itself is seldom what its names say ("paywall", "widget"): several such are, if anything, the text.
    """
    boxes = page.boxes
    masses = _masses(page.lines, boxes, [line.weight for line in page.lines])
    doubtful = [index for index, box in enumerate(boxes) if box.zone is not None and masses[index]]
    if not doubtful:
        return
    counts = _masses(page.lines, boxes, [line.weight >= LONG_PARAGRAPH for line in page.lines])
    total = masses[0]
    for index in doubtful:
        box, mass = boxes[index], masses[index]
        limit = LIMITS.get(box.zone, TOO_MUCH_FOR_A_ZONE)
        crowded = counts[index] >= MANY_PARAGRAPHS and mass > CROWDED.get(box.zone, 1) * total
        lone = box.tag in ("p", "li") and mass >= LONGEST_ALONE.get(box.zone, total + 1)
        if mass > limit * total or crowded or lone:
            box.zone = None


def _zones(boxes: Sequence[Box]) -> list[Zone | None]:
    """The zone of each box: its own, else that of the box around it; what is outside stays outside."""
    zones: list[Zone | None] = []
    for box in boxes:
        around = zones[box.parent] if box.parent >= 0 else None
        if around in OUTSIDE and (box.zone, around) not in ESCAPES:
            zones.append(around)
        elif box.zone == "hidden" and box.in_body:
            # Paywalls hide the text itself, paragraph by paragraph.
            zones.append(around)
        else:
            zones.append(box.zone or around)
    return zones


def _teaser_items(page: Page) -> None:
    """Makes teasers of the items of lists that hold a linked title and the beginning of its story."""
    boxes = page.boxes
    titled: set[int] = set()
    told: set[int] = set()
    for line in page.lines:
        item = boxes[line.box].item
        if item < 0:
            continue
        if line.box == item and boxes[item].in_body:
            # "1. Iran signs a pact. The two ministers ..." is an item of the text.
            continue
        if line.links and line.links[0].count(" ") >= 3 and line.text.startswith(line.links[0]):
            titled.add(item)
        if len(line.text) - line.linked > 60 and line.link_share < 0.5:
            told.add(item)
    teasers = titled & told
    if len(teasers) >= FEWEST_TEASERS:
        for item in teasers:
            boxes[item].zone = "teasers"


def _root(page: Page, held: Sequence[int], headline: int) -> int:
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
        if masses[index] and (page.boxes[index].body or page.boxes[index].tag == "article")
    ]  # fmt: skip
    most = [index for index in named if masses[index] >= ENOUGH_WHEN_NAMED * masses[root]]
    if (first := _first_of_several(page, masses, root, headline)) is not None:
        root = first
    elif most and not _shares_text(page.boxes, masses, named, most[0], root):
        root = most[0]
    # The box of an article of a single paragraph is meant, not the paragraph.
    while page.boxes[root].tag in ("p", "li", "blockquote") and page.boxes[root].parent >= 0:
        root = page.boxes[root].parent
    return root


def _shares_text(boxes: Sequence[Box], masses: Sequence[int], named: Sequence[int], chosen: int, root: int) -> bool:
    """Whether other boxes that are named for the text hold a good part of it too: the text stands in several."""
    others = [index for index in named if not _holds(boxes, chosen, index) and not _holds(boxes, index, chosen)]
    return sum(masses[index] for index in _apart(boxes, others)) > SHARED * masses[root] and not any(
        boxes[index].tag == "article" for index in others
    )


def _first_of_several(page: Page, masses: Sequence[int], root: int, headline: int) -> int | None:
    """Where other whole articles follow the one that was asked for: the first one at or after its headline.

    Each stands in an element of its own with a title; pieces of one article have at most subheadings.
    """
    titled = {line.box for line in page.lines if line.tag in ("h1", "h2")}
    several = _apart(
        page.boxes,
        [
            index for index in range(root + 1, len(page.boxes))
            if page.boxes[index].tag == "article" and masses[index] >= SHORTEST_ARTICLE
        ],
    )  # fmt: skip
    if len(several) < 2 or sum(masses[index] for index in several) <= MOST * masses[root]:
        return None
    if not all(any(_holds(page.boxes, index, box) for box in titled) for index in several[1:]):
        return None
    return next((index for index in several if index > headline or _holds(page.boxes, index, headline)), None)


def _apart(boxes: Sequence[Box], chosen: Sequence[int]) -> list[int]:
    """Those of the chosen boxes that stand in no other of them."""
    kept: list[int] = []
    for index in chosen:
        if not any(_holds(boxes, outer, index) for outer in kept[-1:]):
            kept.append(index)
    return kept


def _holds(boxes: Sequence[Box], outer: int, inner: int) -> bool:
    """Whether a box stands in another; those around it have smaller numbers."""
    while inner > outer:
        inner = boxes[inner].parent
    return inner == outer


def _end_of(boxes: Sequence[Box], root: int) -> int:
    """The index behind the last box that stands in a box: those inside follow it without a gap."""
    return next((index for index in range(root + 1, len(boxes)) if boxes[index].parent < root), len(boxes))
