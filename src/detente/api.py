"""The Python face: code a text, read files, open a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from detente.articles import article_of
from detente.coder import Coder, batches_of, harmless
from detente.errors import InputError, NotAnArticle, NotEnglish, Unreadable
from detente.mentions.codes import Codes, code_book
from detente.model import Actor, ActorMention, Article, Coding, Party, Record, Report, Span
from detente.records import Unread
from detente.records import read as read
from detente.reports import Explanation
from detente.reports.pairs import PairType

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from detente.store import Store

_ERROR_OF: dict[str, type[InputError]] = {error.state: error for error in (Unreadable, NotAnArticle, NotEnglish)}


class Reports:
    """The reports of one or more articles: a sequence of frozen values that is also a table.

    Any reader of the Arrow C stream takes it without a copy of ours: `pyarrow.table(reports)`,
    `polars.DataFrame(reports)`, `pandas.DataFrame.from_arrow(reports)`, `duckdb.sql("from reports")`.
    In Jupyter it shows the text with the evidence marked.
    """

    # Not a collections.abc.Sequence, though it has all of one: polars would take the values one by one as objects.

    def __init__(self, codings: Iterable[Coding]) -> None:
        self.codings = tuple(codings)
        self._reports = tuple(report for coding in self.codings for report in coding.reports)

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles that were coded."""
        return tuple(coding.article for coding in self.codings if coding.article)

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Report, ...]: ...
    def __getitem__(self, index: int | slice) -> Report | tuple[Report, ...]:
        return self._reports[index]

    def __len__(self) -> int:
        return len(self._reports)

    def __iter__(self) -> Iterator[Report]:
        return iter(self._reports)

    def __repr__(self) -> str:
        return f"<{len(self)} reports of {len(self.articles)} articles>"

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        stream: object = self.arrow().__arrow_c_stream__(requested_schema)  # type: ignore[no-untyped-call]
        return stream

    def arrow(self) -> pyarrow.Table:
        """A pyarrow table with one row per report; the columns are those of the store's table `reports`."""
        from detente.store.rows import table_of

        return table_of("reports", self.codings)

    def pl(self) -> polars.DataFrame:
        """A polars frame (polars must be installed)."""
        import polars

        return polars.DataFrame(self)

    def df(self) -> pandas.DataFrame:
        """A pandas frame (pandas must be installed)."""
        return self.arrow().to_pandas()

    def _repr_html_(self) -> str:
        from detente.writers.html import html_of

        return html_of(self.codings)


@lru_cache(maxsize=1)
def default_coder() -> Coder:
    """The coder with the lexicon and the model that ship with Detente, loaded once a process."""
    return Coder()


def code(
    text: str | bytes,
    *,
    published: str | None = None,
    headline: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    format: Literal["text", "html"] = "text",
    coder: Coder | None = None,
) -> Reports:
    """The reports of one article given as text or as the HTML of its page.

    `published` is an ISO 8601 date ("2009-06-28"), against which "yesterday" is read.

    Raises `NotAnArticle`, `NotEnglish` or `Unreadable` when there is nothing to code, and says why.
    """
    content = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    record = Record(
        origin=url or "text",
        content=content,
        format=format,
        charset=None if isinstance(text, bytes) else "utf-8",
        url=url,
        headline=headline,
        published=published,
        publisher=publisher,
    )
    (coding,) = (coder or default_coder()).code([record])
    if coding.state in _ERROR_OF:
        raise _ERROR_OF[coding.state](coding.reason)
    return Reports([coding])


def explain(text: str, *, published: str | None = None, coder: Coder | None = None) -> Explanation:
    """The route from a text of a few sentences to its reports: frames, entries tried and refused, with the reasons.

    explain("The verdict condemned Togo").sentences[0].clauses[0].outcome
    '"The verdict" does it, which is a thing or somebody who is not known to act in public life'

    Raises `NotAnArticle`, `NotEnglish` or `Unreadable` when there is nothing to code, and says why.
    """
    using = coder or default_coder()
    content = text.encode("utf-8", "replace")
    record = Record(origin="text", content=content, format="text", charset="utf-8", published=published)
    return using.explained(article_of(record, lexicon=using.lexicon))


def code_pair(
    text: str,
    source: Span | None,
    target: Span | None,
    published: str | None = None,
    *,
    coder: Coder | None = None,
) -> tuple[PairType, ...]:
    """What the source does to the target, both given as (start, end) in the text: all sixteen types, best first.

    code_pair("Peru has expelled two Chilean envoys", (0, 4), (22, 36))[0].type   -> "SANCTION"

    Rules come first, with whatever the spans hold for actors; a guess of a small head stands behind them, so that there
    always is an answer (its reason is `guess:head`). What is planned, demanded, refused or threatened counts as the act
    of doing so: "will send rice" is AGREE. Scores order the types; they add up to 1 and are no probabilities.

    Raises `QuestionError` when a span does not lie in the text or the date is none, `ModelError` when the model cannot
    be read.
    """
    return (coder or default_coder()).code_pair(text, source, target, published)


def who(phrase: str, on: str | None = None, *, coder: Coder | None = None) -> ActorMention | None:
    """Who is meant by a phrase that stands alone: readings ranked, each with its codes, and why; None for nobody.

    who("Afghan police").actors[0].code            -> "AFGCOP"
    who("Angela Merkel", "2017-04-01").actors[0].sectors   -> ("GOV",)

    `on` is the day for which offices and groups are asked, ISO 8601; today if left out.

    Raises `QuestionError` when it is no date, `ModelError` when the model cannot be read.
    """
    return (coder or default_coder()).who(phrase, on or date.today().isoformat())


def codes(actor: Actor | Party) -> Codes:
    """What each tradition calls an actor: PLOVER, CAMEO, Correlates of War, ICEWS, Wikidata.

    codes(who("Afghan police").actors[0]).icews    -> "Police (Afghanistan)"
    """
    return code_book().codes(actor)


def code_records(records: Iterable[Record | Unread], *, coder: Coder | None = None) -> Iterator[Coding]:
    """One coding for each record (see `read`), in their order, each with its state; never raises for a bad record."""
    using = coder or default_coder()
    for batch in batches_of(records):
        yield from harmless(using.code, batch)


def open(path: str | Path) -> Store:
    """The store in this folder; a folder that is not there yet becomes an empty store.

    Raises `StoreError` when the folder holds something else or a store of another version.
    """
    from detente.store import Store

    return Store(path)
