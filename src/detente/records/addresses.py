"""Addresses in feeds and lists: made whole against where they stand, and only those of the web."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

MAX_ADDRESS = 4_000
"""Longer than any browser takes."""


def web_address(link: str | None, base: str | None = None) -> str | None:
    """The whole address; None for what is none of the web ("javascript:...", "/path" without a base).

    web_address("/a?b=1", "https://news.example/feed") -> "https://news.example/a?b=1"
    """
    if link is None:
        return None
    link = "".join(link.split())
    if not link or len(link) > MAX_ADDRESS:
        return None
    try:
        whole = urljoin(base, link) if base else link
        parts = urlsplit(whole)
        host = parts.hostname
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and host else None
