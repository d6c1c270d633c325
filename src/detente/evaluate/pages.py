"""Pages against people's gold: the body, the title, who wrote it and when, and the captions with their credits.

A set is two files side by side: `NAME.gold.jsonl` (or `.xz`), one object a page, and `NAME.html.tar` (or `.tar.xz`, or
a folder `NAME.html`) with the pages. Each object has `html` (the page's name in there) and what its set knows of:

    body, or body_sections {summary, sections [{headline, paragraphs}]}       the article's text
    must_contain, must_not_contain                                            segments of it, and of what surrounds it
    title, authors [..], date (ISO 8601), date_suspect, images [{caption, authors}], url
"""

from __future__ import annotations

import lzma
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.articles import read_article
from detente.articles.charset import text_of
from detente.articles.pictures import credit_name
from detente.articles.tree import page_of
from detente.articles.words import Words
from detente.errors import DetenteError, InputError
from detente.evaluate.events import Table
from detente.evaluate.figures import Statistic, f1, figure, ratio, share
from detente.evaluate.masking import masked
from detente.model import PART_OF_BLOCK, Article, Block, Record

SHINGLE = 4
ALIKE = 0.8
"""Captions are the same when they share so much of their words: gold and page part them from credits differently."""
SUFFIXES = (".gold.jsonl.xz", ".gold.jsonl")
NEEDS = "an object with html (the page's name in the archive beside it) and what is known of it, as body or date"


class Picture(msgspec.Struct, frozen=True):
    """The caption of a picture and who is credited for it."""

    caption: str
    credit: str


class PageRow(msgspec.Struct, frozen=True, kw_only=True):
    """A page with its gold; None where the set does not say."""

    id: str
    content: bytes
    url: str | None = None
    body: str | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    pictures: tuple[Picture, ...] = ()


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken out of a page."""

    row: PageRow
    article: Article | None
    reason: str = ""
    """Why there is no article."""
    everything: str = ""
    """All text of the page."""
    unaided: str | None = None
    """The day that is read where machines are told nothing, of pages whose machines agree with the gold."""
    asked: bool = False
    """It was read so."""

    @property
    def body(self) -> str:
        """The article's text as the sets mean it: without headline, captions and what surrounds it."""
        return "\n".join(self.article.text[b.start : b.end] for b in _body_blocks(self.article)) if self.article else ""

    @property
    def day(self) -> str | None:
        """The day of publication; where the gold has a zone, in that."""
        stamp = self.article.published or self.article.updated if self.article else None
        return _day(stamp.value, self.row.date) if stamp else None


def _body_blocks(article: Article) -> Iterator[Block]:
    return (block for block in article.blocks if PART_OF_BLOCK.get(block.kind) == "body")


def page_rows(path: Path) -> tuple[PageRow, ...]:
    """The pages of a set.

    Raises `DetenteError` naming the file and line that cannot be read, or the page that is missing.
    """
    stem = next((path.name.removesuffix(suffix) for suffix in SUFFIXES if path.name.endswith(suffix)), None)
    if stem is None:
        raise DetenteError(f"{path}: a set of pages is called NAME.gold.jsonl or NAME.gold.jsonl.xz")
    pages = _pages(path.parent, stem)
    rows = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            raw = msgspec.json.decode(line)
            name = str(raw["html"])
            rows.append(_row(raw, name, pages.get(name)))
        except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise DetenteError(f"{path}:{number}: no row of a set ({error!r}); it needs {NEEDS}") from None
    if not rows:
        raise DetenteError(f"{path}: no page; each line needs {NEEDS}")
    return tuple(rows)


def _lines(path: Path) -> list[bytes]:
    try:
        content = path.read_bytes()
        return (lzma.decompress(content) if path.suffix == ".xz" else content).splitlines()
    except (OSError, lzma.LZMAError) as error:
        raise DetenteError(f"{path}: cannot be read ({error})") from None


def _pages(folder: Path, stem: str) -> Mapping[str, bytes]:
    """The pages by their names in the archive or folder."""
    if (inside := folder / f"{stem}.html").is_dir():
        return {path.name: path.read_bytes() for path in inside.iterdir() if path.is_file()}
    for name in (f"{stem}.html.tar.xz", f"{stem}.html.tar"):
        if (folder / name).is_file():
            with tarfile.open(folder / name) as archive:
                files = (member for member in archive if member.isfile())
                return {member.name: opened.read() for member in files if (opened := archive.extractfile(member))}
    raise DetenteError(f"{folder / stem}.html.tar.xz: no such file; the pages of a set lie beside its gold")


def _row(raw: Mapping[str, Any], name: str, content: bytes | None) -> PageRow:
    if content is None:
        raise DetenteError(f"{name}: no such page in the archive of the set")
    return PageRow(
        id=str(raw.get("page_id") or name),
        content=content,
        url=raw.get("url") if str(raw.get("url") or "").startswith("http") else None,
        body=raw["body"] if "body" in raw else _whole(raw["body_sections"]) if raw.get("body_sections") else None,
        wanted=tuple(raw.get("must_contain") or ()),
        unwanted=tuple(raw.get("must_not_contain") or ()),
        title=raw.get("title") or None,
        authors=_names(raw.get("authors")),
        date=None if raw.get("date_suspect") or str(raw.get("date")) == "NaT" else raw.get("date") or None,
        pictures=tuple(_pictures(raw.get("images") or ())),
    )


def _whole(sections: Mapping[str, Any]) -> str:
    parts = [*sections.get("summary", ())]
    for section in sections.get("sections", ()):
        parts += [*section.get("headline", ()), *section.get("paragraphs", ())]
    return "\n".join(parts)


def _names(told: str | Sequence[str] | None) -> tuple[str, ...]:
    """One by one, also where a set joins them: "Ana Ruiz, Omar Karam"."""
    names = (told,) if isinstance(told, str) and told else tuple(told or ())
    return tuple(one for name in names for one in _apart(name))


def _apart(name: str) -> Sequence[str]:
    parts = [part.strip() for part in name.split(",")]
    return parts if all(" " in part for part in parts) else (name,)


def _pictures(images: Iterable[Mapping[str, Any]]) -> Iterator[Picture]:
    found = {
        Picture(str(image["caption"]), ", ".join(image.get("authors") or ()))
        for image in images
        if image.get("caption")
    }
    return iter(sorted(found, key=lambda one: (one.caption, one.credit)))


def taken(row: PageRow, words: Words) -> Taken:
    """What is taken out of a page; where it has no article, why."""
    article, reason = read_page(row, words)
    told = Taken(row=row, article=article, reason=reason, everything=_all_text(row, words) if row.body else "")
    if row.date is None or not _machines_agree(told):
        return told
    # Neither the address nor what is meant for machines: dates as readers see them.
    bare, _ = _read(masked(row.content), None, words) if article is not None else (None, "")
    unaided = Taken(row=row, article=bare).day
    return msgspec.structs.replace(told, unaided=unaided, asked=True)


def read_page(row: PageRow, words: Words) -> tuple[Article | None, str]:
    """The article of a page, in whatever language; else why there is none."""
    return _read(row.content, row.url, words)


def _read(content: bytes, url: str | None, words: Words) -> tuple[Article | None, str]:
    try:
        return read_article(Record(origin=url or "page", content=content, format="html", url=url), words), ""
    except InputError as error:
        return None, str(error)


def _all_text(row: PageRow, words: Words) -> str:
    try:
        return "\n".join(line.text for line in page_of(text_of(row.content, row.id), row.id, words).lines)
    except InputError:
        return ""


def _machines_agree(told: Taken) -> bool:
    """Whether what the page declares, if anything, is the day that people give."""
    declared = [stamp for stamp in told.article.dates if stamp.basis in ("jsonld", "meta")] if told.article else []
    published = [stamp for stamp in declared if stamp.kind == "published"]
    return not published or _day(published[0].value, told.row.date) == (told.row.date or "")[:10]


def _day(value: str, gold: str | None) -> str:
    """The day of a moment; in the gold's zone where both have one."""
    if gold and len(gold) > 10 and len(value) > 16:
        try:
            ours, theirs = datetime.fromisoformat(value), datetime.fromisoformat(gold)
        except ValueError:
            return value[:10]
        if ours.tzinfo and theirs.tzinfo:
            return ours.astimezone(theirs.tzinfo).date().isoformat()
    return value[:10]


# -- Figures ----------------------------------------------------------------------------------------------------------


def page_tables(pages: Sequence[Taken]) -> Iterator[Table]:
    """Figures for whatever the gold has, with 95 % intervals over pages; beside what anybody gets without looking."""
    with_body = [page for page in pages if page.row.body is not None]
    if with_body:
        yield _body_table("body", [(page.row.body or "", page.body) for page in with_body])
        yield _body_table(
            "baseline: all text but menus", [(page.row.body or "", page.everything) for page in with_body]
        )
    segments = [page for page in pages if page.row.wanted or page.row.unwanted]
    if segments:
        yield _segment_table(segments)
    yield from _field_tables(pages)
    if pictures := [page for page in pages if page.row.pictures]:
        yield _picture_table(pictures)
    n = len(pages)
    yield Table("pages", (figure("taken for an article", share([page.article is not None for page in pages]), n),))


def _body_table(title: str, texts: Sequence[tuple[str, str]]) -> Table:
    precision, recall = _precision_and_recall(texts)
    n = len(texts)
    return Table(title, (
        figure("precision", share(precision), n), figure("recall", share(recall), n),
        figure("F1", _harmonic(precision, recall), n),
    ))  # fmt: skip


def body_figures(texts: Sequence[tuple[str | None, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of bodies, each as (gold, told).

    Shingles of four words, each page alike, as the article extraction benchmark counts (Lopukhin 2020).
    """
    precision, recall = _precision_and_recall([(gold or "", told) for gold, told in texts])
    everything = np.arange(len(texts))
    return float(np.mean(precision)), float(np.mean(recall)), _harmonic(precision, recall)(everything)


def _precision_and_recall(texts: Sequence[tuple[str, str]]) -> tuple[list[float], list[float]]:
    counts = [_shared(gold, told) for gold, told in texts]
    precision = [right / said if said else float(not wanted) for right, said, wanted in counts]
    return precision, [right / wanted if wanted else float(not said) for right, said, wanted in counts]


def _shared(gold: str, told: str) -> tuple[int, int, int]:
    theirs, ours = _shingles(gold), _shingles(told)
    return (theirs & ours).total(), ours.total(), theirs.total()


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))


def _harmonic(precision: Sequence[float], recall: Sequence[float]) -> Statistic:
    columns = np.asarray(precision), np.asarray(recall)

    def statistic(rows: NDArray[np.intp]) -> float:
        p, r = (float(column[rows].mean()) for column in columns)
        return 2 * p * r / (p + r) if p + r else 0.0

    return statistic


def _segment_table(pages: Sequence[Taken]) -> Table:
    right, missed, added = [], [], []
    for page in pages:
        text = _plain(page.body)
        found = [_plain(segment) in text for segment in page.row.wanted]
        right.append(sum(found))
        missed.append(len(found) - sum(found))
        added.append(sum(_plain(segment) in text for segment in page.row.unwanted))
    said = [hits + others for hits, others in zip(right, added, strict=True)]
    wanted = [hits + others for hits, others in zip(right, missed, strict=True)]
    n = len(pages)
    return Table("segments of the body", (
        figure("precision", ratio(right, said), n), figure("recall", ratio(right, wanted), n),
        figure("F1", f1(right, said, wanted), n),
    ))  # fmt: skip


def _field_tables(pages: Sequence[Taken]) -> Iterator[Table]:
    if titled := [page for page in pages if page.row.title]:
        right = [page.article is not None and is_title_of(page.article.headline, page.row.title) for page in titled]
        yield Table("title", (figure("exact", share(right), len(titled)),))
    if signed := [page for page in pages if page.row.authors]:
        same = [
            page.article is not None and _people(page.article.authors) == _people(page.row.authors) for page in signed
        ]
        yield Table("authors", (figure("the same set", share(same), len(signed)),))
    if dated := [page for page in pages if page.row.date]:
        days = [(page.day, (page.row.date or "")[:10]) for page in dated]
        yield Table("date", (
            figure("same day", share([told == gold for told, gold in days]), len(dated)),
            figure("another day", share([told is not None and told != gold for told, gold in days]), len(dated)),
        ))  # fmt: skip
    if masked_pages := [page for page in pages if page.asked]:
        right = [page.unaided == (page.row.date or "")[:10] for page in masked_pages]
        yield Table("date, with what is meant for machines taken out", (figure("same day", share(right), len(right)),))


def is_title_of(told: str | None, gold: str | None) -> bool:
    """Whether two titles are the same but for spaces and the form of quotation marks."""
    return told is not None and gold is not None and _plain(told) == _plain(gold)


_QUOTES = str.maketrans("‘’“”", "''\"\"")


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split())


def _people(names: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(re.findall(r"\w+", name.casefold())) for name in names)


def _picture_table(pages: Sequence[Taken]) -> Table:
    """Pairs of caption and credit; only what has both counts in the gold and in what was taken."""
    right, said, wanted = [], [], []
    for page in pages:
        gold = [one for one in page.row.pictures if one.credit]
        told = [one for one in pictures_of(page.article) if one.credit] if page.article else []
        known = [one for one in told if any(_is_alike(one.caption, other.caption) for other in page.row.pictures)]
        hits = sum(any(_is_same(one, other) for other in told) for one in gold)
        right.append(hits)
        wanted.append(len(gold))
        # A picture that the gold lists without a credit says nothing about ours.
        said.append(len(told) - sum(not any(_is_alike(one.caption, g.caption) for g in gold) for one in known))
    n = len(pages)
    return Table("captions with credit", (
        figure("recall", ratio(right, wanted), n),
        figure("precision", ratio([min(pair) for pair in zip(right, said, strict=True)], said), n),
    ))  # fmt: skip


def pictures_of(article: Article) -> list[Picture]:
    """The captions of an article, each with the credit that stands after it."""
    found: list[Picture] = []
    blocks = article.blocks
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if block.kind == "caption":
            credit = following if following is not None and following.kind == "credit" else None
            name = credit_name(article.text[credit.start : credit.end]) if credit else ""
            found.append(Picture(article.text[block.start : block.end], name or ""))
    return found


def _is_same(gold: Picture, told: Picture) -> bool:
    return _is_alike(gold.caption, told.caption) and _is_alike(gold.credit, told.credit)


def _is_alike(one: str, other: str) -> bool:
    mine, theirs = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    total = mine.total() + theirs.total()
    return bool(total) and 2 * (mine & theirs).total() / total >= ALIKE


# -- What went wrong --------------------------------------------------------------------------------------------------


def wrong_pages(pages: Iterable[Taken]) -> Iterator[str]:
    """What came out otherwise than in the gold, page by page."""
    for page in pages:
        row, article = page.row, page.article
        if article is None:
            yield f"{row.id}: no article: {page.reason}"
            continue
        if row.body is not None:
            right, said, wanted = _shared(row.body, page.body)
            if 2 * right < 0.95 * (said + wanted):
                yield f"{row.id}: body: {right} of {wanted} shingles, {said - right} added"
        text = _plain(page.body)
        yield from (f"{row.id}: missed: {one[:120]}" for one in row.wanted if _plain(one) not in text)
        yield from (f"{row.id}: added: {one[:120]}" for one in row.unwanted if _plain(one) in text)
        if row.title and not is_title_of(article.headline, row.title):
            yield f'{row.id}: title: "{article.headline}" and not "{row.title}"'
        if row.authors and _people(article.authors) != _people(row.authors):
            yield f"{row.id}: authors: {list(article.authors)} and not {list(row.authors)}"
        if row.date and page.day != row.date[:10]:
            evidence = ", ".join(f"{stamp.basis} {stamp.value}" for stamp in article.dates[:4])
            yield f"{row.id}: date: {page.day} and not {row.date[:10]}; {evidence}"
        elif page.asked and page.unaided != (row.date or "")[:10]:
            yield f"{row.id}: date without machines' help: {page.unaided} and not {(row.date or '')[:10]}"
        told = pictures_of(article)
        for one in row.pictures:
            if one.credit and not any(_is_same(one, other) for other in told):
                yield f"{row.id}: picture: {one.caption[:80]!r} by {one.credit!r}"
