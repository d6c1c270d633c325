"""JSON as it is found: half a character in it costs that character."""

from __future__ import annotations

import re
from typing import Any

import msgspec


class BadJson(ValueError):
    """What is no JSON; the message says where."""


# An escape; with its first group one that is half a character: JSON's grammar allows that, and text does not.
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(u[dD][89a-fA-F][\da-fA-F]{2})|.)", re.DOTALL)


def decoded_json(content: bytes) -> Any:
    """The value.

    Raises `BadJson`.
    """
    try:
        return _decoded(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadJson(str(error)) from None
    except RecursionError:
        raise BadJson("nested too deep; made to do harm") from None


def whole(content: bytes) -> bytes:
    """The content with U+FFFD for each half of a character: one broken emoji does not lose the article."""
    return _ESCAPE.sub(_whole, content)


def _whole(escape: re.Match[bytes]) -> bytes:
    return b"\\ufffd" if escape[1] else escape[0]


def _decoded(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content)
    except msgspec.DecodeError:
        return msgspec.json.decode(whole(content))
