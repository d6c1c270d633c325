"""Which column of a table, or field of a line, holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from detente.model import Record

FIELDS = ("text", "html", "id", "url", "headline", "published", "publisher")
"""What is known of a document; one of the first two is needed."""

USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "maintext", "story"),
    "html": ("html", "raw_html", "page"),
    "id": ("id", "article_id", "doc_id", "document_id", "uuid", "guid"),
    "url": ("url", "link", "source_url", "uri"),
    "headline": ("headline", "title"),
    "published": (
        "published", "date", "published_at", "publication_date", "publish_date", "date_published", "date_publish",
        "pub_date", "pubdate", "datetime",
    ),
    "publisher": ("publisher", "outlet", "source", "publication", "source_domain", "newspaper"),
}  # fmt: skip
"""Names under which tables of news have them, the clearest first."""


class BadColumns(ValueError):
    """The columns do not hold what is needed; the message says which there are."""


class BadRow(ValueError):
    """A row that holds no document; the message says why."""


def columns_of(names: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
    """Field by field the column that holds it: as told, else by the usual names.

    Raises `BadColumns`.
    """
    for field, column in told.items():
        if column not in names:
            raise BadColumns(f"no column '{column[:60]}' for {field}; it has {_listed(names)}")
    found = dict(told)
    by_lower = {name.strip().lower(): name for name in reversed(names)}
    taken = set(told.values())
    for field in FIELDS:
        if field in found or (field in ("text", "html") and ("text" in told or "html" in told)):
            continue
        usual = (by_lower[name] for name in USUAL[field] if name in by_lower)
        if (named := next((column for column in usual if column not in taken), None)) is not None:
            found[field] = named
    if "text" not in found and "html" not in found:
        example = names[0][:40] if names else "body"
        raise BadColumns(
            f"no column is named as one that holds the article; say which, as in --columns text={example}; "
            f"it has {_listed(names)}"
        )
    return found


def record_of_row(row: Mapping[str, Any], columns: Mapping[str, str], origin: str) -> Record:
    """The document of a row.

    Raises `BadRow`.
    """
    told = {field: _text(row.get(column), column) for field, column in columns.items()}
    html, text = told.get("html"), told.get("text")
    content = html if html is not None else text
    if content is None:
        raise BadRow(
            f"nothing in {' or '.join(repr(columns[field]) for field in ('html', 'text') if field in columns)}"
        )
    return Record(
        origin=origin,
        content=content.encode("utf-8", "replace"),
        format="text" if html is None else "html",
        charset="utf-8",
        key=told.get("id"),
        url=told.get("url"),
        headline=told.get("headline"),
        published=told.get("published"),
        publisher=told.get("publisher"),
    )


def _text(value: Any, column: str) -> str | None:
    if value is None or value != value:  # not a number: pandas' way of saying nothing
        return None
    if isinstance(value, str):
        return value or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace") or None
    if isinstance(value, int | float):
        return str(value)
    raise BadRow(f"'{column}' holds no text but {type(value).__name__}; name another column")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:20])
    return (shown or "none") + (f" and {len(names) - 20} others" if len(names) > 20 else "")
