"""What a feed tells: itself and its entries."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Entry(Struct, frozen=True, kw_only=True):
    """An article as its feed announces it."""

    id: str
    """The guid, Atom id or JSON id; else the address; else a hash of what it says."""
    url: str | None = None
    title: str | None = None
    """Without tags."""
    published: str | None = None
    """ISO 8601."""
    updated: str | None = None
    """ISO 8601."""
    summary: str | None = None
    """HTML."""
    content: str | None = None
    """HTML: `content:encoded`, Atom's `content`, `content_html`."""
    text: str | None = None
    """Plain text: `content_text`, Atom's `content` of type text."""
    authors: tuple[str, ...] = ()


class Feed(Struct, frozen=True, kw_only=True):
    """A feed with its entries, in its order."""

    kind: Literal["rss", "atom", "json"]
    title: str | None = None
    url: str | None = None
    """What it says its own address is."""
    site: str | None = None
    """The page that it belongs to."""
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    ttl: int | None = None
    """For how many minutes it need not be asked again."""
    moved_to: str | None = None
    """Its new address, where it says that it has moved."""


class BadFeed(ValueError):
    """What is no feed; the message says what it is instead."""
