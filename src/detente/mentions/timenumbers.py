"""Numbers of several words among the words of a time: "twenty-five", "two hundred", "nineteen ninety-seven"."""

from __future__ import annotations

from collections.abc import Sequence

from detente.mentions.timewords import Item
from detente.numerals import number_at


def composed(items: Sequence[Item]) -> list[Item]:
    """The items with numbers of several words put together."""
    if not any("tens" in item.classes or "multiplier" in item.classes or "teens" in item.classes for item in items):
        return list(items)
    done: list[Item] = []
    index = 0
    while index < len(items):
        value, last = _number(items, index)
        if last > index + 1 or (value is not None and "multiplier" not in items[index].classes):
            item, index = _item(items, index, last, value), last
            done.append(item)
        else:
            done.append(items[index])
            index += 1
    return done


def _number(items: Sequence[Item], index: int) -> tuple[int | None, int]:
    """The number that begins here, years among them: "nineteen ninety-seven"."""
    value, last = number_at(items, index)
    if "teens" in items[index].classes and last == index + 1 < len(items) and "tens" in items[last].classes:
        decade, end = number_at(items, last)
        if value is not None and decade is not None and decade < 100:
            return value * 100 + decade, end
    return value, last


def _item(items: Sequence[Item], first: int, last: int, value: int | None) -> Item:
    if last == first + 1 and "tens" not in items[first].classes:
        return items[first]
    values: dict[str, object] = {"number": value}
    if value is not None and 1600 <= value < 2100:
        values["year"] = value
    return Item(items[first].start, items[last - 1].end, frozenset(values), values)
