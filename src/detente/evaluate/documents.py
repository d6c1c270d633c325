"""Documents with gold, read and parsed before anything is measured on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from detente.coder import Coder
from detente.errors import DetenteError
from detente.model import Article, Block, Sentence, Span, Stamp, id_of
from detente.sentences import sentences_of


class Row(Protocol):
    """A document with its gold."""

    @property
    def id(self) -> str:
        """What the set calls it."""

    @property
    def text(self) -> str:
        """Its text, paragraphs parted by line breaks."""

    @property
    def day(self) -> str | None:
        """The page's date, ISO 8601."""

    @property
    def url(self) -> str | None:
        """Its address, or the host alone."""

    @property
    def headed(self) -> bool:
        """Its first line is the headline."""


R = TypeVar("R", bound=Row)


class Parsed(msgspec.Struct, Generic[R], frozen=True):
    """A document with the sentences that the language model reads in it."""

    row: R
    article: Article
    sentences: tuple[Sentence, ...]


def rows_of(path: Path, row: Callable[[dict[str, Any], str], R], needs: str) -> Iterator[R]:
    """The documents of a set of JSON lines; `row` makes one of what a line holds and the id it has without its own.

    Raises `DetenteError` naming file and line when one cannot be read, or when there is none.
    """
    number = 0
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield row(msgspec.json.decode(line), str(number))
        except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise DetenteError(f"{path}:{number}: no row of a set ({error!r}); it needs {needs}") from None
    if not number:
        raise DetenteError(f"{path}: no document; each line needs {needs}")


def parsed(rows: Sequence[R], coder: Coder) -> Iterator[Parsed[R]]:
    """Each document with its sentences."""
    articles = [article_of_text(row.id, row.text, row.day, url=row.url, headed=row.headed) for row in rows]
    for row, article, sentences in zip(rows, articles, sentences_of(articles, coder.language), strict=True):
        yield Parsed(row, article, tuple(sentences))


def article_of_text(id: str, text: str, day: str | None, *, url: str | None = None, headed: bool = False) -> Article:
    """A text as it is, so that offsets hold: each line is a paragraph, the first a headline where the text has one."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    blocks = tuple(
        Block("headline" if headed and not number else "paragraph", *line) for number, line in enumerate(lines)
    )
    stamps = (Stamp(kind="published", value=day, basis="given"),) if day else ()
    return Article(
        id=id_of(text, id), record="", origin=id, url=url, text=text, blocks=blocks, dates=stamps,
        published=stamps[0] if stamps else None,
    )  # fmt: skip


def iso_day(value: object) -> str | None:
    """The day of an ISO 8601 date or time; None for anything else."""
    found = re.match(r"\d{4}-\d\d-\d\d", str(value or ""))
    return found[0] if found else None


def shown(text: str, span: Span) -> str:
    """Words in brackets with a little of what stands around them, in one line."""
    before = text[max(0, span[0] - 30) : span[0]]
    return repr(" ".join(f"{before}[{text[slice(*span)]}]{text[span[1] : span[1] + 15]}".split()))
