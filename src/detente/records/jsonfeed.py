"""JSON Feed (versions 1 and 1.1)."""

from __future__ import annotations

from typing import Any

import msgspec

from detente.charsets import decoded
from detente.model import id_of
from detente.records.addresses import web_address
from detente.records.entries import BadFeed, Entry, Feed
from detente.records.jsonvalues import BadJson, decoded_json
from detente.records.moments import iso_of

__all__ = ["read_json_feed"]


def read_json_feed(content: bytes, url: str | None, charset: str | None) -> Feed:
    """A JSON Feed; fields of a wrong type count as missing.

    Raises `BadFeed`.
    """
    try:
        told = decoded_json(decoded(content, charset).encode("utf-8", "replace"))
    except BadJson as error:
        raise BadFeed(f"neither XML nor JSON: {error}") from None
    if not isinstance(told, dict) or not isinstance(items := told.get("items"), list):
        raise BadFeed('JSON that is no feed: it has no list "items"')
    own = web_address(_text(told.get("feed_url")), url)
    site = web_address(_text(told.get("home_page_url")), own or url)
    authors = _authors(told)
    base = url or own or site
    return Feed(
        kind="json",
        title=_text(told.get("title")),
        url=own,
        site=site,
        language=_text(told.get("language")),
        entries=tuple(_entry(item, base, authors) for item in items if isinstance(item, dict)),
    )


def _entry(item: dict[str, Any], base: str | None, authors: tuple[str, ...]) -> Entry:
    url = web_address(_text(item.get("url")), base) or web_address(_text(item.get("external_url")), base)
    identity = item.get("id")
    return Entry(
        id=_text(identity) or (str(identity) if isinstance(identity, int | float) else None) or url or _hash(item),
        url=url,
        title=_text(item.get("title")),
        published=iso_of(_text(item.get("date_published"))),
        updated=iso_of(_text(item.get("date_modified"))),
        summary=_text(item.get("summary")),
        content=_text(item.get("content_html")),
        text=_text(item.get("content_text")),
        authors=_authors(item) or authors,
    )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _authors(told: dict[str, Any]) -> tuple[str, ...]:
    listed = told.get("authors")
    people = listed if isinstance(listed, list) else [told.get("author")]
    names = (_text(person.get("name")) for person in people if isinstance(person, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _hash(item: dict[str, Any]) -> str:
    return id_of(msgspec.json.encode(item))
