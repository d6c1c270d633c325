"""A relation as a picture: SVG that stands alone, without script, font or image from elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from detente.relations.bins import Bin
from detente.relations.series import Series
from detente.relations.turns import Level, Turn

HEIGHT = 360
LEFT, RIGHT, TOP, BOTTOM = 46, 16, 92, 66
"""Room for the axes, the title and the row of events."""
HIGHEST = 10.0
"""The scales end there."""
LONGEST_TITLE = 70
FEWEST_PIXELS = 86
"""Between the labels of two turns, so that they do not lie on each other; those between have their line alone."""


class Colours(NamedTuple):
    """Of one theme. Blue and orange are told apart by the colour-blind as well."""

    ground: str
    text: str
    faint: str
    line: str
    thaw: str
    freeze: str


LIGHT = Colours("#ffffff", "#1b1f24", "#6b7280", "#d5d9e0", "#1f6fb4", "#c2540a")
DARK = Colours("#14171c", "#e6e9ee", "#98a1ae", "#323944", "#62aef0", "#f29a4a")


class _Scales(NamedTuple):
    first: datetime.date
    days: int
    width: int
    top: float
    """The highest intensity that is drawn, and the lowest below zero."""

    def x(self, day: datetime.date) -> float:
        return LEFT + (day - self.first).days / max(1, self.days) * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        middle = TOP + (HEIGHT - TOP - BOTTOM) / 2
        return middle - max(-self.top, min(self.top, value)) / self.top * (HEIGHT - TOP - BOTTOM) / 2


def drawn(
    title: str,
    series: Series,
    turns: Sequence[Turn],
    levels: Sequence[Level],
    *,
    width: int = 900,
    dark: bool = False,
) -> str:
    """The chart of a series: each bin a bar from zero, levels as steps, turns as marked lines, events below.

    Without events it says so, and why that may be.
    """
    colours = DARK if dark else LIGHT
    shown = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" '
        f'font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="{_safe(title)}">',
        f'<rect width="{width}" height="{HEIGHT}" fill="{colours.ground}"/>',
        _text(LEFT, 24, shown, colours.text, size=16, weight="600"),
        _text(LEFT, 42, f"by {series.by}, scale {series.scale} {series.version}", colours.faint),
    ]
    if not any(part.events for part in series.bins):
        parts.append(_text(LEFT, HEIGHT / 2, "No event of these two in this time.", colours.faint, size=14))
    else:
        scales = _scales(series, levels, width)
        parts += [*_axes(scales, colours), *_bars(series, scales, colours), *_events(series, scales, colours)]
        parts += [*_steps(levels, scales, colours), *_turns(turns, scales, colours)]
    return "\n".join([*parts, "</svg>\n"])


def _scales(series: Series, levels: Sequence[Level], width: int) -> _Scales:
    first, last = series.bins[0].start, series.bins[-1].end
    values = [abs(part.mean) for part in series.bins if part.mean is not None]
    values += [abs(level.mean) for level in levels if level.mean is not None]
    top = min(HIGHEST, max(2.0, *(value * 1.1 for value in values), 2.0))
    return _Scales(first, (last - first).days + 1, width, top)


def _axes(scales: _Scales, colours: Colours) -> Iterator[str]:
    for value in (-round(scales.top / 2), 0, round(scales.top / 2)):
        y = scales.y(value)
        yield f'<line x1="{LEFT}" x2="{scales.width - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colours.line}"/>'
        yield _text(LEFT - 8, y + 4, f"{value:+d}" if value else "0", colours.faint, anchor="end")
    for day, told in _ticks(scales):
        x = scales.x(day)
        yield _rect(x, HEIGHT - BOTTOM, 1, 4, colours.faint)
        yield _text(x, HEIGHT - 10, told, colours.faint, anchor="start" if x < LEFT + 30 else "middle")


def _ticks(scales: _Scales) -> Iterator[tuple[datetime.date, str]]:
    """Years, or months of a short time, as many as fit."""
    last = scales.first + datetime.timedelta(scales.days)
    months = scales.days <= 900
    day = scales.first.replace(day=1)
    ticks = []
    while day <= last:
        if day >= scales.first and (months or day.month == 1):
            ticks.append(day)
        day = (day + datetime.timedelta(31)).replace(day=1)
    every = -(-len(ticks) // max(1, (scales.width - LEFT - RIGHT) // 70)) or 1
    for tick in ticks[::every]:
        yield tick, tick.strftime("%b %Y") if months else str(tick.year)


def _bars(series: Series, scales: _Scales, colours: Colours) -> Iterator[str]:
    zero = scales.y(0)
    for part in series.bins:
        x, wide = _reach(part, scales)
        if part.events is None:
            yield (
                f'<rect x="{x:.1f}" y="{TOP}" width="{wide:.2f}" height="{HEIGHT - TOP - BOTTOM}" '
                f'fill="{colours.line}" opacity=".5"><title>{part.start}: nothing was collected</title></rect>'
            )
        elif part.mean is not None:
            y = scales.y(part.mean)
            colour = colours.thaw if part.mean >= 0 else colours.freeze
            told = f"{part.start} to {part.end}: mean {part.mean:+.1f} of {part.events} events"
            yield (
                f'<rect x="{x:.1f}" y="{min(y, zero):.1f}" width="{wide:.2f}" height="{max(0.8, abs(y - zero)):.1f}" '
                f'fill="{colour}" opacity=".55"><title>{told}</title></rect>'
            )


def _reach(part: Bin, scales: _Scales) -> tuple[float, float]:
    x, end = scales.x(part.start), scales.x(part.end + datetime.timedelta(1))
    return x, max(0.8, (end - x) * 0.85)


def _events(series: Series, scales: _Scales, colours: Colours) -> Iterator[str]:
    """How many events each bin has, below: what the mean stands on."""
    most = max(part.events or 0 for part in series.bins)
    base = HEIGHT - 28
    for part in series.bins:
        if part.events:
            x, wide = _reach(part, scales)
            tall = max(1.0, part.events / most * 28)
            yield _rect(x, base - tall, wide, tall, colours.faint)
    yield _text(LEFT - 8, base - 20, str(most), colours.faint, anchor="end")
    yield _text(LEFT - 8, base, "events", colours.faint, anchor="end", size=10)


def _steps(levels: Sequence[Level], scales: _Scales, colours: Colours) -> Iterator[str]:
    for level in levels:
        if level.mean is not None:
            y, end = scales.y(level.mean), level.last + datetime.timedelta(1)
            yield (
                f'<line x1="{scales.x(level.first):.1f}" x2="{scales.x(end):.1f}" y1="{y:.1f}" y2="{y:.1f}" '
                f'stroke="{colours.text}" stroke-width="2"/>'
            )


def _turns(turns: Sequence[Turn], scales: _Scales, colours: Colours) -> Iterator[str]:
    free = float(LEFT - FEWEST_PIXELS)
    for turn in turns:
        x = scales.x(turn.day)
        colour = colours.thaw if turn.label == "thaw" else colours.freeze
        told = f"{turn.label} {turn.size:+.1f} on {turn.day}, between {turn.first} and {turn.last}"
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 34}" y2="{HEIGHT - BOTTOM}" stroke="{colour}" '
            f'stroke-dasharray="3 3"><title>{told}, confidence {turn.confidence:.2f}</title></line>'
        )
        if x - free >= FEWEST_PIXELS:
            free = x
            at_end = x > scales.width - RIGHT - FEWEST_PIXELS
            place, anchor = (x - 4, "end") if at_end else (x + 4, "start")
            yield _text(place, TOP - 24, f"{turn.label} {turn.size:+.1f}", colour, anchor=anchor, weight="600")
            yield _text(place, TOP - 9, str(turn.day), colour, anchor=anchor)


def _rect(x: float, y: float, wide: float, tall: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.2f}" height="{tall:.1f}" fill="{colour}"/>'


def _text(
    x: float, y: float, words: str, colour: str, *, size: int = 12, anchor: str = "start", weight: str = "400"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{_safe(words)}</text>'
    )


def _safe(words: str) -> str:
    """Words from outside cannot become marks; control characters, which XML has no place for, become blanks."""
    return escape("".join(sign if sign.isprintable() else " " for sign in words), {'"': "&quot;"})
