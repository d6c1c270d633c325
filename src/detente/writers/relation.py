"""A relation for people in the terminal, and its bins as rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.relations import Bin, Course, Series, Turn
from detente.writers.csv import guarded
from detente.writers.terminal import safe

BARS = "▁▂▃▄▅▆▇█"
"""From the most hostile to the friendliest that was."""
NOTHING, UNKNOWN = "·", "?"
"""No event; nothing was collected."""
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_STYLES = {"thaw": "bold blue", "freeze": "bold dark_orange"}


def relation_page(course: Course, width: int) -> Iterator[RenderableType]:
    """The course of a relation: a line of its means, both ways in figures, its turns with their sentences."""
    both = course.relation.both
    yield Text(safe(course.title), "bold")
    yield Text(f"by {course.by}, scale {course.scale} {course.version}", "dim")
    if not any(part.events for part in both.bins):
        yield Text("\nNo event of these two in this time; detente events --actor NAME shows who deals with whom.")
        return
    yield Text()
    yield from _sparkline(both, width)
    yield Text()
    yield _figures(course)
    yield from _turns(course)
    if course.stated:
        yield Text("\nTurns that the news itself states", "bold")
        for stated in course.stated:
            line = Text(f"  {stated.day or 'no date'}  ").append(stated.label, _STYLES[stated.label])
            yield line.append(f"  {safe(stated.text)}", "italic")


def _sparkline(series: Series, width: int) -> Iterator[Text]:
    """As many bins as fit stand together in one sign."""
    together = -(-len(series.bins) // max(1, width - 2))
    groups = [series.bins[at : at + together] for at in range(0, len(series.bins), together)]
    means = [mean for group in groups if (mean := _mean(group)) is not None]
    low, high = min(means, default=0.0), max(means, default=0.0)
    line = Text()
    for group in groups:
        mean = _mean(group)
        if mean is None:
            line.append(UNKNOWN if all(part.events is None for part in group) else NOTHING, "dim")
            continue
        place = (mean - low) / (high - low) if high > low else 0.5
        line.append(BARS[round(place * (len(BARS) - 1))], "blue" if mean >= 0 else "dark_orange")
    yield line
    first, last = str(series.bins[0].start), str(series.bins[-1].end)
    gap = max(1, len(groups) - len(first) - len(last))
    yield Text(f"{first}{' ' * gap}{last}", "dim")
    yield Text(f"lowest {low:+.1f}, highest {high:+.1f}; {NOTHING} no event, {UNKNOWN} nothing collected", "dim")


def _mean(bins: Sequence[Bin]) -> float | None:
    scored = sum(part.scored or 0 for part in bins)
    return sum((part.mean or 0.0) * (part.scored or 0) for part in bins) / scored if scored else None


def _figures(course: Course) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("")
    for name in (
        "events",
        "mean",
        *(f"{word[0]}. {kind}" for word, kind in (quad.split() for quad in QUADS)),
        "outlets",
    ):
        table.add_column(name, justify="right")
    relation = course.relation
    arrows = (f"{course.one} to {course.other}", f"{course.other} to {course.one}", "both")
    for name, series in zip(arrows, (relation.there, relation.back, relation.both), strict=True):
        mean = _mean(series.bins)
        quads = [sum(part.quads[at] for part in series.bins if part.quads) for at in range(4)]
        events, outlets = (sum(getattr(part, field) or 0 for part in series.bins) for field in ("events", "outlets"))
        told = "-" if mean is None else f"{mean:+.2f}"
        table.add_row(safe(name), f"{events:,}", told, *(f"{count:,}" for count in quads), f"{outlets:,}")
    return table


def _turns(course: Course) -> Iterator[RenderableType]:
    yield Text(f"\n{len(course.turns) or 'No'} turn{'' if len(course.turns) == 1 else 's'}", "bold")
    for turn in course.turns:
        line = Text("  ").append(f"{turn.label} {turn.size:+.1f}", _STYLES[turn.label])
        line.append(f"  {turn.day}, between {turn.first} and {turn.last}, confidence {turn.confidence:.2f}")
        yield line.append(f"  from {turn.before:+.1f} to {turn.after:+.1f}", "dim")
        yield from _evidence(turn, course.sentences)


def _evidence(turn: Turn, sentences: Mapping[str, str]) -> Iterator[RenderableType]:
    for name, ids in (("before", turn.events_before), ("after", turn.events_after)):
        for id in ids:
            words = Text(f"{name:7}", "dim").append(safe(sentences.get(id, "")), "italic not dim")
            yield Padding(words.append(f"  {id[:8]}", "dim"), (0, 1, 0, 6))


def bins_of(course: Course) -> list[dict[str, object]]:
    """The bins of all three series as rows, for CSV and JSON lines."""
    relation = course.relation
    rows: list[dict[str, object]] = []
    for direction, series in (("there", relation.there), ("back", relation.back), ("both", relation.both)):
        for part in series.bins:
            quads = part.quads or (None,) * 4
            rows.append(
                {
                    "one": course.one,
                    "other": course.other,
                    "direction": direction,
                    "start": part.start.isoformat(),
                    "end": part.end.isoformat(),
                    "events": part.events,
                    "scored": part.scored,
                    "mean": part.mean,
                    "squares": part.squares,
                    **dict(zip((quad.replace(" ", "_") for quad in QUADS), quads, strict=True)),
                    "outlets": part.outlets,
                    "volume": part.volume,
                    "per_thousand": _per_thousand(part),
                    "scale": course.scale,
                    "version": course.version,
                }
            )
    return rows


def bins_csv(course: Course) -> bytes:
    """The bins of all three series as CSV; a spreadsheet runs none of its cells."""
    rows = bins_of(course)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows[0] if rows else ())
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row.values()])
    return text.getvalue().encode()


def _per_thousand(part: Bin) -> float | None:
    """Events for each thousand articles that were collected: a busier archive tells of no busier relation."""
    if part.events is None or not part.volume:
        return None
    return round(1000 * part.events / part.volume, 3)
