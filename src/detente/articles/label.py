"""The one pass that labels every line of a page or a text: nothing is pruned before it was named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from detente.articles.dates import Dates
from detente.articles.line import Box, Line
from detente.articles.pictures import LONGEST_NAMES, credits_of
from detente.articles.signs import (
    bracketed_source,
    byline_names,
    dateline_of,
    is_prose,
    is_title,
    section_path,
    signed_agency,
    without_shared_start,
)  # fmt: skip
from detente.articles.words import Words, Zone
from detente.model import BlockKind

DROPPED: frozenset[Zone | None] = frozenset(("comments", "promo", "share", "navigation", "hidden", "tags", "teasers"))
"""Zones that hold nothing of the article."""

OFF_TEXT: frozenset[Zone | None] = DROPPED - {"comments"} | {"caption", "credit", "section", "related"}
"""Zones in which a date close under the headline may still be the article's own."""

DATED = frozenset(("published", "updated", "byline"))

MOST_OWN_DATES = 3
"""Published, updated, and once more for phones."""

NEAR_HEADLINE = 16
"""Lines."""

LENGTHS_APART = 9
"""Characters by which a repetition of the headline is not yet longer or shorter: quotes, points, spaces."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# A longer line is text even where it does not end like a sentence.
LONGEST_DECK = 160

# Thai writes no spaces between words, and ends no sentence with a point.
LONGEST_SCRAP = 90

# Related readings of a page that has more than this are the outlet's whole shop window.
MOST_RELATED = 20


class Piece(Struct, frozen=True):
    """A labelled stretch of the article to be: a block before it has its place in the text."""

    kind: BlockKind
    text: str
    line: Line


class Labeller:
    """Goes down the lines of one page once, remembering where it is."""

    def __init__(
        self,
        words: Words,
        dates: Dates,
        headline: str | None,
        *,
        is_dump: bool,
        is_live: bool = False,
        authors: Sequence[str] = (),
        boxes: Sequence[Box] = (),
        only_text: bool = False,
    ) -> None:
        self.words = words
        self.credits = credits_of(words)
        self.dates = dates
        self.headline = headline
        self._headline_words = bare_words(headline or "")
        self.is_dump = is_dump
        self.is_live = is_live
        """It is a live blog: its paragraphs are posts."""
        self.authors = authors
        """Whom the page declares as its authors."""
        self.boxes = boxes
        self.only_text = only_text
        """What surrounds the text is not asked for, and passed by."""
        self.pieces: list[Piece] = []
        self._below: Line | None = None
        """The line after the one that is labelled."""
        self._headline_seen = False
        self._off_text: list[int] = []
        """Pieces that are dates in boxes named for something else."""
        self._below_headline = 0
        """Lines since the headline; 0: it is still to come."""
        self._body_begun = False
        self._after_image_text = False
        """The headline was just repeated above the text, as the alternative text of a picture is in a dump."""
        self._heading: str | None = None
        """The kind of list that a label opened ("related"), until prose closes it."""
        self._related: list[tuple[str, Line]] = []

    def run(self, lines: Sequence[Line], body: Sequence[bool]) -> list[Piece]:
        """Labels the lines; `body` says which of them lie where the article's text is."""
        length = len(self.headline) if self.headline else -LENGTHS_APART
        for line, inside, below in zip(lines, body, (*lines[1:], None), strict=True):
            if abs(len(line.text) - length) < LENGTHS_APART and self._is_headline(line):
                continue
            if self._below_headline:
                self._below_headline += 1
            if inside or (not self.only_text and (line.zone not in DROPPED or self._is_near_headline())):
                self._below = below
                self._label(line, inside)
            self._after_image_text = False
        self._end_related()
        return _without_idle_headings(_without_idle_captions(self._without_strange_dates()))

    def _without_strange_dates(self) -> list[Piece]:
        """Leaves out dates of strange boxes where a better one stands, or where several are those of other stories."""
        if not self._off_text:
            return self.pieces
        dated = [index for index, piece in enumerate(self.pieces) if piece.kind in DATED and has_year(piece.text)]
        if len(self._off_text) <= MOST_OWN_DATES and set(dated) == set(self._off_text):
            return self.pieces
        strange = frozenset(self._off_text)
        return [piece for index, piece in enumerate(self.pieces) if index not in strange]

    def _label(self, line: Line, inside: bool) -> None:
        if line.zone in OFF_TEXT and self._is_own_date(line):
            self._off_text.append(len(self.pieces))
            self._add("byline" if line.people or byline_names(line.text) else "published", line)
            return
        if line.zone in DROPPED:
            return
        if self._signs_caption(line):
            self._credit(line)
            return
        label = self.words.label_of(line.text)
        if self._in_list(line, label, inside):
            return
        if self._is_about_page(line, label):
            return
        if label == "caption" or line.zone in ("caption", "credit") or self._is_signed_caption(line):
            if inside or not self._body_begun or self._follows_picture(line):
                self._caption(line, label)
        elif (inside or (self._headline_seen and not self._body_begun)) and self._is_credited(line):
            self._add_caption(line.text, line)
        elif line.zone == "standfirst" and self._headline_seen and not self._body_begun and line.text.count(" ") > 3:
            self._add("subheading", line)
        elif inside and label not in ("promo", "comment", "credit"):
            self._body(line)
        elif label == "credit":
            self._credit(line)

    def _is_own_date(self, line: Line) -> bool:
        """Whether a line close under the headline is the article's date, though its box is named for something else.

        Bars of buttons, bylines in menus and captions hold it. Behind the title of another story it is that one's.
        """
        if not self._is_near_headline():
            return False
        if line.link_share > 0.9:
            self._below_headline = NEAR_HEADLINE if line.text.count(" ") > 3 else self._below_headline
            return False
        return self._is_date_line(line)

    def _is_near_headline(self) -> bool:
        return not self._body_begun and 0 < self._below_headline <= NEAR_HEADLINE

    def _is_headline(self, line: Line) -> bool:
        """The headline is kept where it first stands; every repetition is dropped."""
        if bare_words(line.text) != self._headline_words:
            return False
        if not self._headline_seen:
            self._headline_seen = True
            self._below_headline = 1
            self._add("headline", line)
        elif not self._body_begun:
            self._after_image_text = True
        return True

    # Lists of other stories ------------------------------------------------------------------------------------------

    def _in_list(self, line: Line, label: str | None, inside: bool) -> bool:
        """Whether the line heads or belongs to a list of other stories."""
        if label in ("related", "teasers", "comment") and not is_prose(line.text.partition(":")[2] or line.text):
            self._end_related()
            self._heading = label
            self._take_titles(line, label, after_label=True)
            return True
        if line.zone == "related":
            self._take_titles(line, "related" if self._heading is None else self._heading)
            return True
        if self._heading is None or self._closes_list(line):
            self._end_related()
            self._heading = None
            return False
        self._take_titles(line, self._heading)
        return True

    def _closes_list(self, line: Line) -> bool:
        if not self.is_dump:
            return line.link_share < 0.5
        begins_alike = self.headline is not None and line.text.casefold().startswith(self.headline.casefold())
        return is_prose(line.text) and not begins_alike and line.text.count(" ") >= 8

    def _take_titles(self, line: Line, kind: str, *, after_label: bool = False) -> None:
        if kind != "related":
            return
        titles: Sequence[str] = line.links
        if not titles and after_label:
            titles = (line.text.partition(":")[2].strip(),)
        elif not titles and (self.is_dump or line.tag not in HEADINGS):
            titles = (line.text,) if self.is_dump else ()
        for title in titles:
            if title.count(" ") >= 2 and self.words.label_of(title) is None:
                self._related.append((title, line))

    def _end_related(self) -> None:
        """Cuts what the gathered titles begin with alike, and keeps them as blocks."""
        if not self._related:
            return
        cleaned = without_shared_start([title for title, _ in self._related], self.headline)
        lines = [line for title, line in self._related if not same_words(title, self.headline or "")]
        known = {piece.text for piece in self.pieces if piece.kind == "related"}
        for title, line in zip(cleaned, lines, strict=False):
            if title not in known and len(known) < MOST_RELATED:
                known.add(title)
                self.pieces.append(Piece("related", title, line))
        self._related = []

    # What a page says of itself --------------------------------------------------------------------------------------

    def _is_about_page(self, line: Line, label: str | None) -> bool:
        kind = self._kind_about_page(line, label)
        if kind is None:
            return False
        if kind != "drop":
            self._add(kind, line)  # type: ignore[arg-type]
        return True

    def _kind_about_page(self, line: Line, label: str | None) -> str | None:
        """The kind of a line that tells of the page and not of the world."""
        if label in ("updated", "published") and has_digit(line.text):
            return label
        if line.zone in ("caption", "credit"):
            return "byline" if byline_names(line.text) else None
        if label == "correction" or line.zone == "correction":
            return "correction"
        if line.zone == "section":
            return "section" if not self._body_begun else "drop"
        if not self._body_begun and not self._headline_seen and self._is_section(line):
            return "section"
        if signed_agency(line.text, self.words) or (not self._body_begun and bracketed_source(line.text)):
            return "agency"
        if label == "byline":
            return "byline"
        if self._is_about_author(line):
            return "byline"
        short = line.text.count(" ") < 25
        if short and not is_prose(line.text) and self._names_author(line):
            return "byline"
        if line.zone == "dates" and short and not is_prose(line.text):
            return "published" if has_digit(line.text) else "drop"
        if not self._body_begun and (self.is_dump or self._headline_seen) and self._is_date_line(line):
            return "published"
        return None

    def _is_section(self, line: Line) -> bool:
        """A path of sections, or in a dump the one word above the headline: "WORLD"."""
        if section_path(line.text):
            # Links between strokes are a menu: "China | Sports".
            return self.is_dump or " | " not in line.text
        return self.is_dump and self.headline is not None and line.text.count(" ") < 3 and not has_digit(line.text)

    def _names_author(self, line: Line) -> bool:
        """Whether a short line is a byline: by its names, by its first word, or by an author whom the page declares."""
        if line.zone == "byline" or line.people:
            return True
        if self._body_begun:
            return False
        return bool(byline_names(line.text)) or any(author in line.text for author in self.authors)

    def _is_about_author(self, line: Line) -> bool:
        """Whether a line tells who the author is: "Ana Ruiz covers the Balkans for ..."."""
        for author in self.authors:
            if " " in author and line.text.startswith(author):
                return line.text[len(author) :].lstrip(" ,").split(" ", 1)[0] in ABOUT_AUTHOR
        return False

    def _is_date_line(self, line: Line) -> bool:
        """Whether a line is a date and little else: "Sunday, June 28, 2009 10:57"."""
        if len(line.text) > 90 or not has_digit(line.text) or is_prose(line.text.removesuffix(".m.")):
            return False
        found = self.dates.find(line.text, order="day first")
        return bool(found) and len(line.text) < 3 * sum(moment.end - moment.start for moment in found)

    # Pictures --------------------------------------------------------------------------------------------------------

    def _is_signed_caption(self, line: Line) -> bool:
        """A sentence that ends in a picture's credit, as captions in old pages and dumps do."""
        if len(line.text) > 600 or line.text.count(" ") < 3:
            return False
        credit = self.credits.of_line(line.text)
        if credit is None:
            return self.is_dump and self._after_image_text and self._tells_day(line)
        # "... the minister said. (Reuters)" signs a story; a picture's credit is in square brackets, or says photo.
        signature = line.text[credit.start : credit.end]
        plain = signature.startswith("(") and not self.credits.says_picture(signature)
        return not plain or not self._body_begun

    def _tells_day(self, line: Line) -> bool:
        """Whether a line is one sentence that ends in a full date: "... meet in Corfu, Greece, June 27, 2009."."""
        found = self.dates.find(line.text, order="day first")
        return bool(found) and len(line.text) - found[-1].end <= 2

    def _caption(self, line: Line, label: str | None) -> None:
        in_caption = line.zone == "caption" and self._follows_picture(line)
        if line.zone == "credit" or label == "credit" or self.credits.is_whole(line.text, in_caption=in_caption):
            self._credit(line)
            return
        credit = self.credits.of_caption(line.text, line.people)
        if credit is None:
            # Numbers of pictures, names of galleries and offers stand in their captions too.
            if label in (None, "caption") and line.link_share < 0.9:
                self._add_caption(line.text, line)
            return
        if caption := line.text[: credit.caption_end].strip():
            self._add_caption(caption, line)
        self.pieces.append(Piece("credit", line.text[credit.start : credit.end], line))

    def _follows_picture(self, line: Line) -> bool:
        """Whether the line before was of the same picture."""
        last = self.pieces[-1] if self.pieces else None
        return last is not None and last.kind in ("caption", "credit") and self._same_picture(last.line, line)

    def _signs_caption(self, line: Line) -> bool:
        """Whether a line is the credit of the caption just above, though no name of its box says so."""
        if not self.pieces or self.pieces[-1].kind != "caption" or len(line.text) > LONGEST_NAMES:
            return False
        return self._same_picture(self.pieces[-1].line, line) and self.credits.is_whole(line.text)

    def _is_credited(self, line: Line) -> bool:
        """Whether a line that nothing declares a caption has a credit alone below it: "REUTERS", "© Ana Ruiz/AFP"."""
        below = self._below
        if below is None or below.box == line.box or len(below.text) > LONGEST_NAMES:
            return False
        # A heading above a picture's credit heads what follows; words in quotation marks are somebody's.
        if line.tag in HEADINGS or line.text[0] in "\"“«„'‘" or not 2 <= line.text.count(" ") <= 40:
            return False
        if line.link_share >= 0.5 or not self._same_picture(line, below):
            return False
        return not is_prose(below.text) and not is_prose(line.text) and self.credits.is_whole(below.text)

    def _credit(self, line: Line) -> None:
        """Adds a credit; one whose label stands in an element of its own is put together: "(", "Image:", "PA)"."""
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.kind == "credit" and last.text.endswith(("(", ":")):
            self.pieces[-1] = Piece("credit", f"{last.text} {line.text}".replace("( ", "("), last.line)
        else:
            self._add("credit", line)

    def _add_caption(self, text: str, line: Line) -> None:
        """Adds a caption; a credit that stands above it on the page goes behind it, as everywhere else."""
        caption = Piece("caption", text, line)
        kinds = [piece.kind for piece in self.pieces[-2:]]
        above = kinds[-1:] == ["credit"] and kinds[0] != "caption" and self._same_picture(self.pieces[-1].line, line)
        self.pieces.insert(len(self.pieces) - above, caption)

    def _same_picture(self, one: Line, other: Line) -> bool:
        """Whether two lines stand in the same figure, or in boxes side by side."""
        if not self.boxes:
            return False
        if (figure := self._figure_of(one)) or self._figure_of(other):
            return figure == self._figure_of(other)
        return self.boxes[one.box].parent == self.boxes[other.box].parent or other.box == self.boxes[one.box].parent

    def _figure_of(self, line: Line) -> int:
        """The figure around a line; 0: none."""
        box = line.box
        while box > 0 and self.boxes[box].tag != "figure":
            box = self.boxes[box].parent
        return max(box, 0)

    # Text ------------------------------------------------------------------------------------------------------------

    def _body(self, line: Line) -> None:
        if line.tag in HEADINGS:
            self._add("subheading", line)
            return
        if not self.is_dump and is_scrap(line):
            return
        if self._is_above_story(line):
            if line.text.count(" ") >= (1 if self.is_dump else 4) and not has_count(line.text):
                self._add("subheading", line)
            return
        kind = self._kind_in_body(line)
        if self.is_dump and kind == "paragraph" and is_title(line.text) and len(line.text) < 80:
            kind = "subheading"
        if kind == "lead" and (dateline := dateline_of(line.text, self.words)):
            self.pieces.append(Piece("dateline", line.text[: dateline.end].rstrip(), line))
            self.pieces.append(Piece("lead", line.text[dateline.end :].lstrip(), line))
        else:
            self._add(kind, line)
        self._body_begun = True

    def _is_above_story(self, line: Line) -> bool:
        """Whether a line under the headline is no text yet: a deck, a source, or a row of buttons that ran together."""
        if self._body_begun or not self._headline_seen or is_prose(line.text):
            return False
        if self.is_dump:
            return len(line.text) < LONGEST_DECK
        return line.tag in ("p", "div") and line.text.count(" ") < 4 and len(line.text) < LONGEST_SCRAP

    def _kind_in_body(self, line: Line) -> BlockKind:
        if line.quoted:
            return "quotation"
        if self.is_live:
            return "post"
        return KIND_OF_TAG.get(line.tag, "paragraph") if self._body_begun else "lead"

    def _add(self, kind: BlockKind, line: Line) -> None:
        self.pieces.append(Piece(kind, line.text, line))


def _without_idle_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Leaves out the headings behind the last of the text: they head what was left out already."""
    last = max((index for index, piece in enumerate(pieces) if piece.kind in TEXT), default=len(pieces))
    return [piece for index, piece in enumerate(pieces) if index < last or not _is_heading(piece)]


def _without_idle_captions(pieces: Sequence[Piece]) -> list[Piece]:
    """Leaves out captions of one or two words without a credit: numbers of pictures, names of galleries."""
    after = [*(piece.kind for piece in pieces), None][1:]
    return [
        piece for piece, following in zip(pieces, after, strict=True)
        if piece.kind != "caption" or following == "credit" or piece.text.count(" ") >= 2
    ]  # fmt: skip


def _is_heading(piece: Piece) -> bool:
    """Some pages have no text but what they name the lead of it."""
    return piece.kind == "subheading" and not (piece.line.zone == "standfirst" and is_prose(piece.text))


TEXT: frozenset[BlockKind] = frozenset(("headline", "lead", "paragraph", "quotation", "list", "table", "post"))

KIND_OF_TAG: dict[str, BlockKind] = {
    "li": "list", "dd": "list", "dt": "list", "td": "table", "th": "table", "tr": "table",
}  # fmt: skip


ITEMS = frozenset(("li", "dd", "dt", "td", "th"))

ABOUT_AUTHOR = frozenset(("is", "was", "has", "covers", "writes", "reports", "may", "can", "joined", "a", "an", "the"))
"""Words that follow an author's name where the page introduces them."""


def is_scrap(line: Line) -> bool:
    """Whether a line of a page's text is a button, a label or a lone link rather than a part of the text."""
    if line.link_share > 0.7:
        return not is_prose(line.text) or line.link_share > 0.95
    if line.tag in ITEMS and not line.linked:
        # Buttons are links: what stands in a list or table without one is an amount, a name, a part of a recipe.
        return False
    few = line.text.count(" ") < 3 and len(line.text) < LONGEST_SCRAP
    return line.tag != "p" and few and not is_prose(line.text)


_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    """Whether a date may be in it."""
    return _DIGIT.search(text) is not None


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")


def has_year(text: str) -> bool:
    """Whether a line tells a year."""
    return _YEAR.search(text) is not None


_COUNT = re.compile(r"\(\d+\)")


def has_count(text: str) -> bool:
    """Whether a line counts something as buttons do: "Comments(3) PrintMail"."""
    return _COUNT.search(text) is not None


def same_words(text: str, other: str) -> bool:
    """Whether two lines say the same but for case, quotes and closing points."""
    return bare_words(text) == bare_words(other)


_NO_LETTERS = re.compile(r"[\W_]+")


def bare_words(text: str) -> str:
    """Letters and digits alone, in small letters."""
    return _NO_LETTERS.sub("", text.casefold())
