"""Words on a terminal: how many of what, and words from pages, of which nothing may steer it."""

from __future__ import annotations

# Escape sequences begin with a control character; marks of direction can make words read as others.
_CONTROL = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\N{REPLACEMENT CHARACTER}")
_DIRECTION = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u00b7")
_BREAKS = dict.fromkeys(map(ord, "\t\n\r\v\f\x85\u2028\u2029"), " ")
# Half characters, from broken escapes in JSON or file names that are not UTF-8, cannot be written at all.
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
_SAFE = _CONTROL | _DIRECTION | _HALVES | _BREAKS


def safe(text: str) -> str:
    """The text on one line, each character that could steer a terminal replaced by one that cannot.

    The length stays the same, so spans still hold.
    """
    return text.translate(_SAFE)


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 entry", "2 entries"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
