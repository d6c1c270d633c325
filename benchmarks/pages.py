"""Articles out of pages, beside the extractors that others use: how much of the body, how many pages a CPU-second.

    python benchmarks/pages.py SET.gold.jsonl.xz ... [--rounds 3] [--peers trafilatura,resiliparse,...]

The sets are those of `detente evaluate pages`. Each peer that is installed (pip install trafilatura resiliparse
readability-lxml newspaper4k htmldate) reads the same decoded pages in the same run; "parse" is the floor, the parser
alone, by which all times are given too. A peer's body is what it returns as text, its date what it says of publishing.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from detente.articles import body_of, read_article
from detente.articles.charset import text_of
from detente.articles.words import words_of
from detente.errors import InputError
from detente.evaluate.pages import PageRow, Taken, body_figures, page_rows
from detente.model import Record

Extracted = tuple[str, str | None]
"""Body and day; "" and None for what is not given."""
Extractor = Callable[[str, PageRow], Extracted]


def ours(text: str, row: PageRow) -> Extracted:
    """The whole record: every block labelled, every field read, from the bytes of the page."""
    try:
        article = read_article(Record(origin=row.id, content=row.content, format="html", url=row.url), words_of())
    except InputError:
        return "", None
    taken = Taken(row=row, article=article)
    return taken.body, taken.day


def ours_body(text: str, row: PageRow) -> Extracted:
    """The text alone."""
    return body_of(Record(origin=row.id, content=row.content, format="html", url=row.url)), None


def trafilatura(library: Any) -> Iterator[tuple[str, Extractor]]:
    """With its metadata, and its fast way to the body alone."""
    settings = importlib.import_module("trafilatura.settings")

    def full(text: str, row: PageRow) -> Extracted:
        found = library.bare_extraction(text, url=row.url, with_metadata=True, include_comments=False)
        return ((found.text or "") if found else "", found.date if found else None)

    def fast(text: str, row: PageRow) -> Extracted:
        options = settings.Extractor(fast=True, comments=False, formatting=False)
        return library.extract(text, options=options) or "", None

    yield "trafilatura, with metadata", full
    yield "trafilatura, fast, body alone", fast


def resiliparse(library: Any) -> Iterator[tuple[str, Extractor]]:
    """Its main content."""
    html2text = importlib.import_module("resiliparse.extract.html2text")
    yield (
        "resiliparse",
        lambda text, row: (html2text.extract_plain_text(text, main_content=True, alt_texts=False), None),
    )


def readability(library: Any) -> Iterator[tuple[str, Extractor]]:
    """Its summary, as text."""

    def body(text: str, row: PageRow) -> Extracted:
        return LexborHTMLParser(library.Document(text).summary()).text(separator="\n"), None

    yield "readability", body


def newspaper(library: Any) -> Iterator[tuple[str, Extractor]]:
    """Its parsed article."""

    def article(text: str, row: PageRow) -> Extracted:
        found = library.Article(row.url or "http://localhost/", fetch_images=False)
        found.download(input_html=text)
        found.parse()
        return found.text, found.publish_date.date().isoformat() if found.publish_date else None

    yield "newspaper4k", article


def htmldate(library: Any) -> Iterator[tuple[str, Extractor]]:
    """Dates alone."""
    yield "htmldate", lambda text, row: ("", library.find_date(text, url=row.url, original_date=True))


PEERS = {
    "trafilatura": trafilatura, "resiliparse": resiliparse, "readability": readability, "newspaper": newspaper,
    "htmldate": htmldate,
}  # fmt: skip


def installed(names: Sequence[str]) -> Iterator[tuple[str, Extractor]]:
    """The peers that are there."""
    for name in names:
        try:
            library = importlib.import_module(name)
        except ImportError:
            print(f"{name} is not installed and left out")
            continue
        yield from PEERS[name](library)


def measured(
    extractors: dict[str, Extractor], pages: Sequence[tuple[str, PageRow]], rounds: int
) -> tuple[dict[str, float], dict[str, list[Extracted]]]:
    """CPU-seconds of all pages for each, and what came out; a page that a peer fails on gives nothing.

    All read one page before any reads the next, and of the rounds the fastest counts, page by page: machines that are
    shared run at half their speed for seconds.
    """
    spent = dict.fromkeys(extractors, 0.0)
    found: dict[str, list[Extracted]] = {name: [] for name in extractors}
    for text, row in pages:
        for name, extract in extractors.items():
            best = float("inf")
            for _ in range(rounds):
                begun = time.process_time()
                got = extracted(extract, text, row)
                best = min(best, time.process_time() - begun)
            spent[name] += best
            found[name].append(got)
    return spent, found


def extracted(extract: Extractor, text: str, row: PageRow) -> Extracted:
    """What an extractor gives for a page."""
    try:
        return extract(text, row)
    except Exception:  # noqa: BLE001  whatever a peer raises is its own affair
        return "", None


def line_of(name: str, spent: float, floor: float, found: Sequence[Extracted], rows: Sequence[PageRow]) -> str:
    """One row of the table."""
    with_body = [(row.body, body) for row, (body, _) in zip(rows, found, strict=True) if row.body is not None]
    f1 = f"{body_figures(with_body)[2]:.3f}" if with_body and any(body for _, body in with_body) else "-"
    dated = [(row.date[:10], day) for row, (_, day) in zip(rows, found, strict=True) if row.date]
    days = f"{np.mean([day == gold for gold, day in dated]):.3f}" if any(day for _, day in dated) else "-"
    return f"{name:32}{len(rows) / spent:10.0f}{spent / floor:10.1f}{f1:>10}{days:>10}"


def main() -> None:
    """Prints one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="+", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--peers", default=",".join(PEERS))
    given = options.parse_args()
    logging.disable(logging.CRITICAL)
    rows = [row for path in given.sets for row in page_rows(path)]
    pages = [(text_of(row.content, row.id), row) for row in rows]

    def parsed(text: str, row: PageRow) -> Extracted:
        LexborHTMLParser(text)
        return "", None

    extractors = {"parse (floor)": parsed, "detente, the whole record": ours, "detente, body alone": ours_body}
    extractors |= dict(installed(given.peers.split(",")))
    spent, found = measured(extractors, pages, given.rounds)
    print(f"{len(rows)} pages, the best of {given.rounds} rounds each, all on one page before the next")
    print(f"{'':32}{'pages/s':>10}{'x floor':>10}{'body F1':>10}{'same day':>10}")
    for name in extractors:
        print(line_of(name, spent[name], spent["parse (floor)"], found[name], rows))


if __name__ == "__main__":
    main()
