"""Sets of sentences that people coded: one JSON object a line, in any of three kinds.

pair       `spans` of a source and a target, `codes.root` (or `plover_zsp`) with `quad` and `binary`
class      `codes.penta` 0 to 4; where given, `tokens` with BIO `tags` S, T and R (both)
relevance  `codes.relevant_majority`: does the sentence tell a political event at all?

    {"id": "7", "text": "Peru expelled two Chilean envoys.", "codes": {"root": "SANCTION", "quad": 4, "binary": 1},
     "spans": [{"role": "source", "start": 0, "end": 4}, {"role": "target", "start": 18, "end": 32}]}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from detente.errors import DetenteError
from detente.model import Span

Kind = Literal["pair", "class", "relevance"]
_ROLES = {"source": "source", "target": "target", "both": "both", "S": "source", "T": "target", "R": "both"}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with what people found in it; spans are offsets into `text`, None is not annotated."""

    id: str
    text: str
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()
    root: str | None = None
    """A PLOVER type, or YIELD for CONCEDE and RETREAT together."""
    quad: int | None = None
    conflict: bool | None = None
    penta: int | None = None
    """0 statement, 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict."""
    relevant: bool | None = None

    @property
    def kind(self) -> Kind:
        """Which question the row answers."""
        return "pair" if self.root is not None else "class" if self.penta is not None else "relevance"


def rows_of(path: Path) -> tuple[Row, ...]:
    """The rows of a set.

    Raises `DetenteError` naming file and line when one cannot be read, or when the file holds none or several kinds.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise DetenteError(f"{path}: {error.strerror}") from error
    rows = tuple(_row(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())
    kinds = {row.kind for row in rows}
    if len(kinds) != 1:
        raise DetenteError(f"{path}: holds {' and '.join(sorted(kinds)) or 'no rows'}; give rows of one kind")
    return rows


def _row(line: bytes, place: str) -> Row:
    try:
        raw = msgspec.json.decode(line)
        codes = raw["codes"]
        text = raw.get("marked_text") or raw["text"]
        spans = [*_marked(raw), *_tagged(raw, text)]
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
        raise DetenteError(f"{place}: no row of a set ({error}); it needs text and codes") from None
    root = codes.get("root") or codes.get("plover_zsp")
    if root is None and "penta" not in codes and "relevant_majority" not in codes:
        raise DetenteError(f"{place}: codes hold neither root, penta nor relevant_majority")
    return Row(
        id=str(raw.get("id", place)),
        text=text,
        source=tuple(span for role, span in spans if role in ("source", "both")),
        target=tuple(span for role, span in spans if role in ("target", "both")),
        root=root,
        quad=codes.get("quad"),
        conflict=None if codes.get("binary") is None else bool(codes["binary"]),
        penta=codes.get("penta"),
        relevant=codes.get("relevant_majority"),
    )


def _marked(raw: dict[str, Any]) -> Iterator[tuple[str, Span]]:
    for span in raw.get("spans") or ():
        yield _ROLES[span["role"]], (span["start"], span["end"])


def _tagged(raw: dict[str, Any], text: str) -> Iterator[tuple[str, Span]]:
    """BIO tags over tokens as spans of the text; tokens stand in it in their order."""
    tokens: Sequence[str] = raw.get("tokens") or ()
    at = 0
    role, start, end = "", 0, 0
    for token, tag in zip(tokens, raw.get("tags") or (), strict=True):
        found = text.find(token, at)
        if found < 0:
            continue
        prefix, _, name = tag.partition("-")
        if prefix != "I" and role:
            yield _ROLES[role], (start, end)
            role = ""
        if prefix == "B":
            role, start = name, found
        at = end = found + len(token)
    if role:
        yield _ROLES[role], (start, end)
