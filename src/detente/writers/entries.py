"""Writes actors and terms of office into a lexicon folder of the user's own, in the format in which we read them.

mine/actors/actors.tsv     one actor a line, tab-separated
mine/offices/offices.tsv   one term of office a line

What stands in a file already is kept; entries are put behind it. A file changes whole or not at all.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from detente.errors import LexiconError
from detente.lexicon import Entry

_FIRST = ("id", "name", "person", "kind", "country", "of", "office", "sectors|", "names|", "since", "until")


def write_entries(entries: Sequence[Entry], path: Path) -> None:
    """Put entries behind those of a TSV file, or into a new one; a column that the file lacks is added.

    Raises `LexiconError` when the file is no list of entries or holds one of the ids, or a cell holds a tab or a line.
    """
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n") if path.exists() else []
    at = next((n for n, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
    known = lines[at].rstrip("\r").split("\t") if at < len(lines) else []
    if known and "id" not in known:
        raise LexiconError(f"{path}:{at + 1}: the first line must name the columns, 'id' among them")
    there = {line.split("\t")[known.index("id")] for line in lines[at + 1 :] if line} if known else set()
    twice = next((entry.id for entry in entries if entry.id in there), None)
    if twice is not None:
        raise LexiconError(f"{path}: id '{twice}' stands there already; give another, or edit that line")
    rows = [_cells(entry) for entry in entries]
    columns = list(dict.fromkeys((*known, *_columns(rows))))
    _replace(path, "\n".join([*lines[:at], "\t".join(columns), *lines[at + 1 :], *_lines(rows, columns)]) + "\n")


def tsv_lines(entries: Sequence[Entry]) -> list[str]:
    """The entries under their header, as the lines of a file."""
    rows = [_cells(entry) for entry in entries]
    columns = _columns(rows)
    return ["\t".join(columns), *_lines(rows, columns)]


def _lines(rows: Iterable[dict[str, str]], columns: Sequence[str]) -> list[str]:
    return ["\t".join(row.get(column, "") for column in columns).rstrip("\t") for row in rows]


def _columns(rows: Iterable[dict[str, str]]) -> list[str]:
    """Those that are used, the telling ones first."""
    used = dict.fromkeys(column for row in rows for column in row)
    return [*(column for column in _FIRST if column in used), *(column for column in used if column not in _FIRST)]


def _cells(entry: Entry) -> dict[str, str]:
    """What differs from the defaults; a column of lists ends in "|"."""
    row = {}
    for field in msgspec.structs.fields(type(entry)):
        value = getattr(entry, field.name)
        if value == field.default or value is None:
            continue
        is_list = isinstance(value, tuple)
        cell = "|".join(value) if is_list else str(value)
        if set("\t\n\r") & set(cell):
            raise LexiconError(f"entry '{entry.id}': {field.name} holds a tab or a line break; an entry is one line")
        row[f"{field.name}|" if is_list else field.name] = cell
    return row


def _replace(path: Path, text: str) -> None:
    """The new file in place of the old one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
