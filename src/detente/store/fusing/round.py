"""One round of putting together: what changed since the last one is read, put together anew and written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from detente.model import id_of
from detente.store.catalogue import Catalogue, Pending
from detente.store.corrections import correction_of, decided
from detente.store.fusing.changes import changes_of
from detente.store.fusing.pieces import days_of
from detente.store.fusing.replacing import write_fused
from detente.store.fusing.spans import due_first, spans_of
from detente.store.fusing.work import fused
from detente.store.questions import Answer, ask
from detente.store.schema import SCHEMAS
from detente.store.upkeep import merge_small_units

_ROUND = "fused"
"""Under what the catalogue keeps how often all was put together."""


class Fusing(Struct, frozen=True, kw_only=True):
    """What was put together anew: how many of each."""

    articles: int = 0
    stories: int = 0
    events: int = 0
    changes: int = 0
    waiting: int = 0
    """Articles that are left for the next round."""


def fuse_once(folder: Path, catalogue: Catalogue) -> Fusing | None:
    """Puts together what is pending, or of much the earliest; None when another process was first.

    Raises `StoreError` when a segment is damaged, the disk refuses or another process does not stop writing.
    """
    with catalogue.snapshot():
        round, files, pending = catalogue.meta(_ROUND), files_of(folder, catalogue), catalogue.pending()
        decisions = decided(correction_of(row).decision for row in catalogue.corrections())
    if not pending:
        return Fusing()

    def asked(question: str, parameters: Sequence[object]) -> Answer:
        return ask(question, files, parameters=parameters)

    days = days_of(asked)
    due = due_first(days, (_day(one) for one in pending))
    taken = [one for one in pending if _day(one) in due]
    spans = spans_of(days, due)
    left = {one.article for one in pending if one.has_left}
    groups = fused(asked, spans, days, decisions, left)
    changes = list(changes_of(groups, {one.article: one.why for one in pending}))
    with catalogue.writing():
        if catalogue.meta(_ROUND) != round:
            return None
        write_fused(folder, catalogue, groups, changes, id_of("fused", round + 1))
        catalogue.set_meta(_ROUND, round + 1)
        catalogue.settle_pending(one.number for one in taken)
        merge_small_units(folder, catalogue)
    return Fusing(
        articles=len(groups.now.placements),
        stories=len(groups.now.stories),
        events=len(groups.now.events),
        changes=len(changes),
        waiting=len(pending) - len(taken),
    )


def _day(pending: Pending) -> date | None:
    return date.fromisoformat(pending.day) if pending.day else None


def files_of(folder: Path, catalogue: Catalogue) -> dict[str, list[Path]]:
    """The segments of each noun, of one state of the store inside `snapshot`."""
    files: dict[str, list[Path]] = {noun: [] for noun in SCHEMAS}
    for segment in catalogue.segments():
        files[segment.noun].append((folder / segment.path).resolve())
    return files
