"""From a record to its article: decode, take apart, label, join, and read the fields off the labelled blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from detente.articles.body import find_body, find_zones, trust_headline
from detente.articles.charset import text_of
from detente.articles.dates import dates_of
from detente.articles.dump import page_of_text
from detente.articles.facts import ARTICLE_TYPES, Facts, facts_of
from detente.articles.headline import headline_of_dump, headline_of_page
from detente.articles.kinds import kind_of, why_no_article
from detente.articles.label import Labeller, Piece, same_words
from detente.articles.language import other_language
from detente.articles.line import MOST_BOXES, MOST_LINES, Line, Page
from detente.articles.posts import posts_of
from detente.articles.signs import (
    bracketed_source,
    byline_names,
    dateline_of,
    is_home,
    names_in,
    people_of,
    section_path,
    signed_agency,
)
from detente.articles.stamps import Kind, best, stamps_of
from detente.articles.tree import page_of
from detente.articles.words import Words, words_of
from detente.errors import NotAnArticle, NotEnglish, Unreadable
from detente.lexicon import Lexicon
from detente.model import PART_OF_BLOCK, Article, Block, Link, Record, id_of

STORY = frozenset(("lead", "paragraph", "post", "quotation"))

GAP = "\n\n"
"""What stands between two blocks of the text."""


def article_of(record: Record, *, lexicon: Lexicon | None = None) -> Article:
    """The article of a record, read with the words of a lexicon; None: the one that ships with Detente.

    Raises `Unreadable` for what is no text or would stall the parser, `NotAnArticle` for a page without one, and
    `NotEnglish` for an article in another language.
    """
    words = words_of(lexicon)
    article = read_article(record, words)
    told = " ".join(article.text[block.start : block.end] for block in article.blocks if block.kind in PART_OF_BLOCK)
    if language := other_language(told, words):
        raise NotEnglish(f"{record.origin}: in {language}; only English is coded, so translate it or leave it out")
    return article


def read_article(record: Record, words: Words) -> Article:
    """The article of a record in whatever language.

    Raises `Unreadable` and `NotAnArticle`.
    """
    return _assemble(record, *_labelled(record, words), words)


def body_of(record: Record, *, lexicon: Lexicon | None = None) -> str:
    """The text of the article alone, its paragraphs parted by empty lines, in whatever language.

    Takes three quarters of the time of the whole record: what surrounds the text is passed by.

    Raises `Unreadable` and `NotAnArticle`.
    """
    words = words_of(lexicon)
    try:
        _, _, _, pieces = _labelled(record, words, only_text=True)
    except NotAnArticle:
        # Some pages stand in their own menu.
        _, _, _, pieces = _labelled(record, words)
    return GAP.join(piece.text for piece in pieces if PART_OF_BLOCK.get(piece.kind) == "body")


def _labelled(record: Record, words: Words, *, only_text: bool = False) -> tuple[Page, Facts, str | None, list[Piece]]:
    source = text_of(record.content, record.origin, told=record.charset)
    if not source or source.isspace():
        raise NotAnArticle(f"{record.origin}: empty; check how the file was saved")
    if record.format == "html":
        page, body, facts, headline = _read_page(source, record, words, only_text=only_text)
    else:
        page, body, facts, headline = _read_dump(source, record, words)
    labeller = Labeller(
        words,
        dates_of(words),
        headline,
        is_dump=record.format == "text",
        is_live=facts.type == "LiveBlogPosting",
        authors=facts.authors or facts.meta_authors,
        boxes=page.boxes,
        only_text=only_text,
    )
    return page, facts, headline, labeller.run(page.lines, body)


def _read_page(
    source: str, record: Record, words: Words, *, only_text: bool
) -> tuple[Page, Sequence[bool], Facts, str | None]:
    page = page_of(source, record.origin, words, only_text=only_text)
    _refuse_endless(page, record.origin)
    facts = facts_of(page, words)
    find_zones(page)
    headline = record.headline or headline_of_page(page, facts)
    trust_headline(page, headline)
    body = find_body(page, headline)
    told = facts.type in ARTICLE_TYPES and facts.type != "WebPage"
    if reason := why_no_article(page, body, headline, is_told_article=told):
        raise NotAnArticle(f"{record.origin}: {reason}")
    return page, body, facts, headline


def _read_dump(source: str, record: Record, words: Words) -> tuple[Page, Sequence[bool], Facts, str | None]:
    page = page_of_text(source)
    _refuse_endless(page, record.origin)
    headline = record.headline or headline_of_dump(page.lines, words)
    if not any(character.isalpha() for line in page.lines for character in line.text):
        raise NotAnArticle(f"{record.origin}: no words in it; check how the file was saved")
    return page, [True] * len(page.lines), Facts(), headline


def _refuse_endless(page: Page, origin: str) -> None:
    """Raises `Unreadable`."""
    if page.endless or len(page.lines) > MOST_LINES:
        raise Unreadable(
            f"{origin}: over {MOST_LINES:,} lines or {MOST_BOXES:,} elements; no single article, "
            "split it or give it as JSONL"
        )


def _assemble(
    record: Record, page: Page, facts: Facts, headline: str | None, pieces: list[Piece], words: Words
) -> Article:
    """Joins the labelled pieces to the article's text and reads the fields off them."""
    if headline and not any(piece.kind == "headline" for piece in pieces):
        pieces.insert(0, Piece("headline", headline, Line(text=headline)))
    text, blocks = _joined(pieces)
    machine = _machine_dates(pieces)
    stamps = stamps_of(record, page, facts, blocks, text, headline, machine, words)
    published, updated = best(stamps, "published"), best(stamps, "updated")
    winners = [stamp for stamp in (published, updated) if stamp]
    dateline = next((dateline_of(piece.text + " ", words) for piece in pieces if piece.kind == "dateline"), None)
    told = (published.value if published else "", updated.value if updated else "")
    kind, kind_because = kind_of(facts, [(piece.kind, piece.text) for piece in pieces])
    return Article(
        id=id_of(text, *told),
        record=record.id,
        origin=record.origin,
        key=record.key,
        url=record.url or page.canonical,
        publisher=record.publisher or facts.publisher,
        text=text,
        blocks=blocks,
        kind=kind,
        kind_because=kind_because,
        headline=headline,
        section=_section(pieces, facts, headline),
        authors=_authors(pieces, facts, words),
        agency=_agency(pieces, facts, words) or (dateline.agency if dateline else None),
        place=dateline.place if dateline else facts.place,
        published=published,
        updated=updated,
        dates=(*winners, *(stamp for stamp in stamps if stamp not in winners)),
        posts=tuple(posts_of(page, pieces, blocks, facts.updates, dates_of(words))),
        related=tuple(_related(pieces, blocks, record.url or page.canonical)),
    )


def _related(pieces: Sequence[Piece], blocks: Sequence[Block], base: str | None) -> Iterator[Link]:
    """Where the titles of related stories lead; what is no address of the web is left out."""
    for piece, block in zip(pieces, blocks, strict=True):
        address = piece.line.address(piece.text) if piece.kind == "related" else None
        if address and (url := _absolute(base, address)):
            yield Link((block.start, block.end), url)


def _absolute(base: str | None, address: str) -> str | None:
    try:
        url = urljoin(base or "", address)
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None  # "http://[half"


def _joined(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    position = 0
    for piece in pieces:
        blocks.append(Block(piece.kind, position, position + len(piece.text)))
        position += len(piece.text) + len(GAP)
    return GAP.join(piece.text for piece in pieces), tuple(blocks)


def _machine_dates(pieces: Sequence[Piece]) -> list[tuple[Kind, str]]:
    """The `datetime` values of the page's own date lines: where there are two, the second is of the update."""
    found: list[tuple[Kind, str]] = []
    for piece in pieces:
        if piece.kind in ("published", "updated", "byline"):
            for moment in piece.line.times:
                later = piece.kind == "updated" or any(kind == "published" for kind, _ in found)
                found.append(("updated" if later else "published", moment))
    return found


def _section(pieces: Sequence[Piece], facts: Facts, headline: str | None) -> tuple[str, ...]:
    """As the page shows it; else as its metadata say."""
    shown: list[str] = []
    for piece in pieces:
        if piece.kind == "section":
            if path := section_path(piece.text):
                shown = []
            links = piece.line.links
            path = path or tuple(links) or (piece.text.strip(" >»›/|"),)
            shown.extend(part for part in path if not is_home(part) and not same_words(part, headline or ""))
    shown = [part for part in dict.fromkeys(shown) if part.count(" ") < 5]
    return tuple(shown[:5]) or facts.section


def _authors(pieces: Sequence[Piece], facts: Facts, words: Words) -> tuple[str, ...]:
    """From JSON-LD, else as the page marks them, else as its byline reads, else from its metadata.

    Bylines behind the first paragraph are often those of other stories.
    """
    if declared := people_of(facts.authors, words):
        return declared
    begin = next((index for index, piece in enumerate(pieces) if piece.kind in STORY), len(pieces))
    for some in (pieces[:begin], pieces[begin:]):
        signed = [piece for piece in some if piece.kind == "byline"]
        marked = [name for piece in signed for text in piece.line.people for name in names_in(text)]
        read = [name for piece in signed for name in byline_names(piece.text)]
        alone = [name for piece in signed if piece.line.zone == "byline" for name in names_in(piece.text)]
        if people := next(
            (people for names in (marked, read, alone) if (people := people_of(names, words, shown=True))), ()
        ):
            return people
    return people_of(facts.meta_authors, words)


def _agency(pieces: Sequence[Piece], facts: Facts, words: Words) -> str | None:
    """From JSON-LD, a line of its own, the byline, or the credits of the text (never those of pictures)."""
    if facts.agency:
        return facts.agency
    for piece in pieces:
        if piece.kind == "agency" and (found := signed_agency(piece.text, words) or bracketed_source(piece.text)):
            return found
    signed = [piece.text for piece in pieces if piece.kind in ("byline", "published", "updated")]
    return next((found for text in signed if (found := words.agency_in(text))), None)
