"""Numbers of several words: "twenty-five", "two hundred", "nineteen ninety-seven"."""

from __future__ import annotations

from collections.abc import Sequence

from detente.mentions.timewords import Item


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


def _word(items: Sequence[Item], index: int, kind: str) -> int | None:
    if index < len(items) and kind in items[index].values:
        value = items[index].values[kind]
        return value if isinstance(value, int) else None
    return None


def _below_hundred(items: Sequence[Item], index: int) -> tuple[int | None, int]:
    """The number below a hundred that begins here, and where it ends."""
    tens = _word(items, index, "tens")
    if tens is None:
        value = _word(items, index, "number")
        return value, index + 1 if value is not None else index
    after = index + 1
    if after < len(items) and "=-" in items[after].classes:
        after += 1
    unit = _word(items, after, "number")
    return (tens + unit, after + 1) if unit is not None and unit < 10 else (tens, index + 1)


def _number(items: Sequence[Item], index: int) -> tuple[int | None, int]:
    value, last = _below_hundred(items, index)
    if value is not None and "teens" in items[index].classes:
        decade, end = _below_hundred(items, last)
        if decade is not None and decade >= 10 and "tens" in items[last].classes:
            return value * 100 + decade, end
    if value is None and "article" in (items[index].classes if index < len(items) else ()):
        value, last = 1, index + 1
    if value is None:
        return None, index
    times = _word(items, last, "multiplier")
    if times is not None:
        return value * times, last + 1
    return (value, last) if "article" not in items[index].classes else (None, index)


def _item(items: Sequence[Item], first: int, last: int, value: int | None) -> Item:
    if last == first + 1 and "tens" not in items[first].classes:
        return items[first]
    values: dict[str, object] = {"number": value}
    if value is not None and 1600 <= value < 2100:
        values["year"] = value
    return Item(items[first].start, items[last - 1].end, frozenset(values), values)
