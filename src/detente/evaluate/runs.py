"""A run over a set, kept in a file, so that a later version can be held against it row by row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from detente.errors import DetenteError
from detente.evaluate.examples import line_of
from detente.evaluate.sentences import Told


class Kept(msgspec.Struct, frozen=True):
    """How a row came out."""

    id: str
    text: str
    right: bool
    told: tuple[str, ...]
    """Its reports, for people."""


class Change(msgspec.Struct, frozen=True):
    """A row that one run got right and the other did not."""

    gained: bool
    before: Kept
    after: Kept


def kept(told: Sequence[Told]) -> list[Kept]:
    """What of a run is worth keeping."""
    return [Kept(one.row.id, one.row.text, is_right(one), tuple(map(line_of, one.reports))) for one in told]


def is_right(one: Told) -> bool:
    """Whether a row came out as its kind asks: dyad and root; class; event or none."""
    row = one.row
    if row.root is not None:
        return one.is_right
    return one.penta == row.penta if row.penta is not None else bool(one.reports) == row.relevant


def save(run: Sequence[Kept], path: Path) -> None:
    """Write a run, one row a line."""
    path.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in run))


def load(path: Path) -> list[Kept]:
    """Read a run.

    Raises `DetenteError` when the file is none.
    """
    try:
        return [msgspec.json.decode(line, type=Kept) for line in path.read_bytes().splitlines()]
    except OSError as error:
        raise DetenteError(f"{path}: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise DetenteError(f"{path}: no kept run ({error}); make one with --save") from None


def changes(before: Sequence[Kept], after: Sequence[Kept]) -> list[Change]:
    """What was lost and gained, losses first; rows that only one run has are left out."""
    old = {one.id: one for one in before}
    pairs = [(old[one.id], one) for one in after if one.id in old]
    found = [Change(new.right, was, new) for was, new in pairs if was.right != new.right]
    return sorted(found, key=lambda change: change.gained)
