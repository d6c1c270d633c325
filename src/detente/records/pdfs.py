"""The text of a PDF, through pypdfium2 (an extra)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from detente.model import Record
from detente.records.limits import MAX_PAGE, MAX_PDF, megabytes
from detente.records.opening import Source
from detente.records.pages import too_long
from detente.records.reading import Found, Reading
from detente.records.unread import Unread

# News and communiqués have a few pages; what has more is a report or a book.
MAX_PAGES = 200
# A scan may bear a stamp or two that are text.
LEAST = 40
"""Characters in all."""

EDGE = 2
"""Lines at the top and the foot of a page that may be its running head."""
FULL = 0.7
"""A line shorter than this share of a usual one ends its paragraph, if it ends a sentence."""

_NUMBER = re.compile(r"\d+")
_ONLY_NUMBER = re.compile(r"(?:page\s*)?[-–—\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;”\"’)\]]$")


def read_pdf(source: Source, origin: str, reading: Reading) -> Found:
    """The text with its lines joined to paragraphs, without running heads and page numbers."""
    try:
        import pypdfium2
    except ImportError:
        yield Unread(origin, f"{origin}: a PDF, and pypdfium2 is not installed; run: pip install 'detente[pdf]'")
        return
    content = source.take(MAX_PDF + 1)
    if len(content) > MAX_PDF:
        yield Unread(origin, f"{origin}: over {megabytes(MAX_PDF)}, too long for one article; split it")
        return
    try:
        document = pypdfium2.PdfDocument(content)
        try:
            count = len(document)
            pages = [_lines(document[number]) for number in range(min(count, MAX_PAGES + 1))]
        finally:
            document.close()
    except pypdfium2.PdfiumError as fault:
        what = (
            "encrypted; save it without its password"
            if "assword" in str(fault)
            else f"damaged or no PDF ({fault}); fetch it again"
        )
        yield Unread(origin, f"{origin}: {what}")
        return
    text = paragraphs(pages)
    if count > MAX_PAGES:
        yield Unread(origin, f"{origin}: {count:,} pages, over {MAX_PAGES}: no article; split it")
    elif len(text) < LEAST:
        yield Unread(origin, f"{origin}: pictures of pages without text, a scan; run OCR over it and name the outcome")
    elif len(text) > MAX_PAGE:
        yield too_long(origin)
    else:
        yield Record(origin=origin, content=text.encode("utf-8", "replace"), format="text", charset="utf-8")


def _lines(page: object) -> list[str]:
    text = page.get_textpage().get_text_bounded()  # type: ignore[attr-defined]
    # Where a word is parted at the end of a line, pdfium puts one of these signs and joins it.
    return [line.strip() for line in text.replace("\ufffe", "").replace("\x02", "").splitlines() if line.strip()]


def paragraphs(pages: Sequence[Sequence[str]]) -> str:
    """The lines of pages as paragraphs; what stands at the edge of most pages is left out."""
    heads = _running_heads(pages)
    lines: list[str] = []
    for page in pages:
        for place, line in enumerate(page):
            at_edge = place < EDGE or place >= len(page) - EDGE
            if at_edge and (_ONLY_NUMBER.fullmatch(line) or _NUMBER.sub("#", line) in heads):
                continue
            lines.append(line)
    usual = sorted(map(len, lines))[len(lines) * 3 // 4] if lines else 0
    joined: list[str] = []
    open_end = False
    for line in lines:
        if open_end and joined[-1].endswith("-") and line[:1].islower():
            joined[-1] = joined[-1][:-1] + line
        elif open_end:
            joined[-1] += " " + line
        else:
            joined.append(line)
        short = len(line) < usual * FULL
        open_end = not (short and (_ENDS.search(line) or len(joined) <= EDGE))
    return "\n\n".join(joined)


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines at the edges of more than half the pages, whatever their numbers; of two pages nothing can be said."""
    if len(pages) < 3:
        return set()
    seen = Counter(_NUMBER.sub("#", line) for page in pages for line in {*page[:EDGE], *page[-EDGE:]})
    return {line for line, count in seen.items() if count * 2 > len(pages)}
