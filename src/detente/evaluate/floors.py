"""Floors of the challenge set: what the coder reached once, it must not lose again.

Overall, a floor lies where the figure lay. In a phenomenon, which has some two dozen events, it lies one event below,
so that a change which wins many sentences elsewhere may lose one. Shares of the events seen have no floor: who sees
more of the hard ones would fall below it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from detente.errors import DetenteError
from detente.evaluate.challenge import MEASURES, OVERALL, Outcome, tables_of
from detente.evaluate.events import Table
from detente.evaluate.items import FLOORS

PINNED = ("found", "standing", "speaker", "right")
"""What has a floor in every phenomenon; overall, all shares of all events and items have one."""
PINNED_OVERALL = (*(name for name in MEASURES if "of seen" not in name), "pairs")

Floors = dict[str, dict[str, float]]
"""By phenomenon (or "overall"), then by figure."""

HEAD = """\
# Floors of the challenge set, pinned by tests/evaluate/test_challenge.py. `detente evaluate challenge --raise-floors`
# raises them and never lowers one; to lower a floor, edit it here and say why in the commit.
"""


def floors_of(path: Path = FLOORS) -> Floors:
    """The floors of a file; none where there is no file yet.

    Raises `DetenteError` when it cannot be read.
    """
    try:
        floors: Floors = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DetenteError(f"{path}: {error}") from error
    return floors


def reached(outcomes: Sequence[Outcome]) -> Floors:
    """The floors that these outcomes would stand on."""
    return {table.title: dict(_floors_in(table, outcomes)) for table in tables_of(outcomes)}


def _floors_in(table: Table, outcomes: Sequence[Outcome]) -> Iterator[tuple[str, float]]:
    pinned = PINNED_OVERALL if table.title == OVERALL else PINNED
    events = sum(len(outcome.answers) for outcome in outcomes if outcome.item.phenomenon == table.title)
    slack = 0.0 if table.title == OVERALL else 1 / max(events, 1)
    for figure in table.figures:
        if figure.name in pinned:
            yield figure.name, max(0.0, _down(figure.value - slack))


def _down(value: float) -> float:
    """Three digits, never rounded up: a floor must be reached by what set it."""
    return math.floor(value * 1000 + 1e-6) / 1000


def below(tables: Sequence[Table], floors: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Each figure that fell under its floor."""
    for table in tables:
        for figure in table.figures:
            floor = floors.get(table.title, {}).get(figure.name, 0.0)
            if _down(figure.value) < floor:
                yield f"{table.title}: {figure.name} is {figure.value:.3f}, its floor {floor:.3f}"


def raised(floors: Mapping[str, Mapping[str, float]], to: Floors) -> Iterator[tuple[str, str, float, float]]:
    """(phenomenon, figure, was, is) of each floor that lies higher in `to`."""
    for name, figures in to.items():
        for figure, value in figures.items():
            was = floors.get(name, {}).get(figure, 0.0)
            if value > was:
                yield name, figure, was, value


def write(floors: Floors, path: Path = FLOORS) -> None:
    """Writes the file of floors.

    Raises `DetenteError` where that cannot be done.
    """
    names = sorted(floors, key=lambda name: (name != OVERALL, name))
    lines = [HEAD]
    for name in names:
        lines += [f"[{name}]", *(f'"{figure}" = {value:.3f}' for figure, value in floors[name].items()), ""]
    try:
        path.write_text("\n".join(lines), encoding="utf-8")
    except OSError as error:
        raise DetenteError(f"{path}: the floors cannot be written: {error.strerror}") from error


def higher(floors: Mapping[str, Mapping[str, float]], to: Floors) -> Floors:
    """Of both the higher, floor by floor."""
    names = {**floors, **to}
    return {
        name: {
            figure: max(floors.get(name, {}).get(figure, 0.0), to.get(name, {}).get(figure, 0.0))
            for figure in {**floors.get(name, {}), **to.get(name, {})}
        }
        for name in names
    }
