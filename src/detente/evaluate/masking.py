"""A page without what it says to machines: how the dates that readers see are measured by themselves."""

from __future__ import annotations

import re

from detente.articles.charset import text_of

_ELEMENTS = re.compile(
    r"<(script|style|template|noscript)\b.*?</\1\s*>|<(?:meta|link|base)\b[^>]*>", re.IGNORECASE | re.DOTALL
)
_ATTRIBUTES = re.compile(
    r"""\s(?:datetime|href|src|srcset|content|title|alt|data-[\w.-]+|itemprop)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z][^>]*>")


def masked(content: bytes) -> bytes:
    """The page as UTF-8 without scripts, `meta`, `link`, addresses, `datetime` and `data-` attributes.

    Raises `Unreadable` for what is no text.
    """
    text = _ELEMENTS.sub(" ", text_of(content, "page", told=None))
    return ("<meta charset=utf-8>" + _TAG.sub(lambda tag: _ATTRIBUTES.sub("", tag[0]), text)).encode()
