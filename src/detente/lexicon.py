"""Loads, checks and indexes the lexicons: knowledge as files that an expert edits without Python.

A lexicon is a folder with one folder per noun (`actors/`, `offices/`, `places/`, `events/`, `speech/`, `times/`) of

- `*.tsv`: lists of names, one entry a line, the first line naming the columns; `|` parts the items of a list;
  an empty cell takes the field's default; lines that begin with `#` are comments, and `#: source = general knowledge`
  on top says what the empty cells of a column hold;
- `*.toml`: rules, one `[[rule]]` an entry. What stands on top of the file is the default of all its rules
  (`type = "SANCTION"`). `[sets]` names lists of words that patterns call as `@name`; a set is known in all files of
  its noun and may contain other sets ("@visits").

Each entry has an `id` that is never used again for anything else; the whole name of an entry is `file#id`
("events/sanction#expel-diplomats"). Users add folders of the same shape: they are read after ours, and an entry with
the same whole name replaces ours.
"""

from __future__ import annotations

import gc
import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from detente.errors import LexiconError

ID = r"(?!\.{1,2}$)[^\s/?#%]+"
"""Ids stand in addresses of the desk, as parts between slashes."""

OURS = Path(__file__).parent / "lexicons"


@contextmanager
def without_collection() -> Iterator[None]:
    """No search for garbage while entries are made by the ten thousand: it takes half of the time and finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every entry of every lexicon has; each noun adds its own fields."""

    id: str
    """In the files the short id; once loaded the whole name, `file#id`."""
    examples: tuple[str, ...] = ()
    """What the entry must get right."""
    counterexamples: tuple[str, ...] = ()
    """Near misses that the entry must leave alone."""
    since: str | None = None
    """ISO 8601 date, as precise as known, from which the entry holds."""
    until: str | None = None
    """The last day on which it holds."""
    source: str | None = None
    """Where the fact is from."""
    note: str | None = None


T = TypeVar("T", bound=Entry)


class Lexicon:
    """The entries of one or more lexicon folders, read when first asked for."""

    def __init__(self, *extra: Path) -> None:
        """`extra` are the user's folders, read after ours.

        Raises `LexiconError` when a folder does not exist.
        """
        for folder in extra:
            if not folder.is_dir():
                raise LexiconError(f"{folder}: no such lexicon folder; name one that holds actors/, events/ ...")
        self.folders: tuple[Path, ...] = (OURS, *extra)
        self._entries: dict[tuple[str, type[Entry]], tuple[Entry, ...]] = {}
        self._sets: dict[str, dict[str, tuple[str, ...]]] = {}

    def files(self, noun: str = "**") -> Iterator[tuple[str, Path]]:
        """The files of a noun in the order in which they are read, each with its name ("events/sanction")."""
        for folder in self.folders:
            for path in sorted(folder.glob(f"{noun}/*")):
                if path.suffix in (".tsv", ".toml"):
                    yield path.relative_to(folder).with_suffix("").as_posix(), path

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change when any entry does, packed ones among them."""
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:12]

    def entries(self, noun: str, type: type[T]) -> tuple[T, ...]:
        """All entries of a noun, checked and read as `type`, in the order of the files.

        Raises `LexiconError` naming file, entry and fault.
        """
        key = (noun, type)
        if key not in self._entries:
            with without_collection():
                self._entries[key] = tuple(self._read(noun, type).values())
        return self._entries[key]  # type: ignore[return-value]

    def _read(self, noun: str, type: type[T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for name, path in self.files(noun):
            seen: set[str] = set()
            for place, raw in _rows(path):
                entry = _entry(raw, type, name, f"{path}:{place}")
                if entry.id in seen:
                    raise LexiconError(f"{path}:{place}: id '{raw['id']}' stands twice; ids are never used again")
                seen.add(entry.id)
                found[entry.id] = entry
        return found

    def counts(self) -> dict[str, int]:
        """How many entries each noun has, users' replacements counted with ours.

        Raises `LexiconError` for a file that cannot be read.
        """
        found: Counter[str] = Counter()
        for name, path in self.files():
            found[name.partition("/")[0]] += sum(1 for _ in _rows(path))
        return dict(sorted(found.items()))

    def shown(self) -> dict[str, int]:
        """How many entries of each noun show what they do in an example or a near miss.

        Raises `LexiconError` for a file that cannot be read.
        """
        found: Counter[str] = Counter()
        for name, path in self.files():
            rows = (raw for _, raw in _rows(path))
            found[name.partition("/")[0]] += sum(1 for raw in rows if raw.get("examples") or raw.get("counterexamples"))
        return dict(sorted(found.items()))

    def sets(self, noun: str) -> Mapping[str, tuple[str, ...]]:
        """The named lists of words of a noun, with the sets inside them unfolded.

        Raises `LexiconError` for an unknown or circular `@name`.
        """
        if noun not in self._sets:
            raw: dict[str, Sequence[str]] = {}
            for _, path in self.files(noun):
                if path.suffix == ".toml":
                    raw.update(_toml(path).get("sets", {}))
            self._sets[noun] = {name: tuple(dict.fromkeys(unfold(words, raw))) for name, words in raw.items()}
        return self._sets[noun]

    def source_of(self, id: str) -> tuple[Path, dict[str, Any]] | None:
        """The file and the raw fields of the entry with this whole name; None for a name that no file holds."""
        name, _, short = id.partition("#")
        for folder in reversed(self.folders):
            for path in (folder / f"{name}.toml", folder / f"{name}.tsv"):
                if path.is_file():
                    for _, raw in _rows(path):
                        if raw.get("id") == short:
                            return path, raw
        return None


def unfold(words: Iterable[str], sets: Mapping[str, Sequence[str]], *, inside: tuple[str, ...] = ()) -> Iterator[str]:
    """The words of a list, each `@name` replaced by the words of that set.

    Raises `LexiconError` for an unknown or circular name.
    """
    for word in words:
        if not word.startswith("@"):
            yield word
            continue
        name = word[1:]
        if name in inside:
            raise LexiconError(f"set @{name} contains itself: {' > '.join((*inside, name))}")
        if name not in sets:
            raise LexiconError(f"no set @{name}; known are {', '.join(sorted(sets))}")
        yield from unfold(sets[name], sets, inside=(*inside, name))


def _entry(raw: Mapping[str, Any], type: type[T], name: str, place: str) -> T:
    if not raw.get("id"):
        raise LexiconError(f"{place}: the entry has no id; give it one that no other entry of the file has")
    if not re.fullmatch(ID, str(raw["id"])):
        raise LexiconError(
            f"{place}: id '{raw['id']}': no blanks and none of / ? # % may be in it; it stands in addresses"
        )
    try:
        return msgspec.convert({**raw, "id": f"{name}#{raw['id']}"}, type, strict=False)
    except msgspec.ValidationError as error:
        raise LexiconError(f"{place}: entry '{raw['id']}': {error}") from None


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of a file as raw fields, each with the place it stands at."""
    return _toml_rows(path) if path.suffix == ".toml" else _tsv_rows(path)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not TOML: {error}") from None


def _toml_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    document = _toml(path)
    defaults = {name: value for name, value in document.items() if name not in ("rule", "sets")}
    for number, rule in enumerate(document.get("rule", ()), 1):
        yield f"rule {number}", {**defaults, **rule}


def _tsv_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """A cell with `|` is a list; which cells are lists is told by a `|` at the end of the column's name ("names|")."""
    columns: list[tuple[str, bool]] = []
    defaults: dict[str, Any] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("#:"):
            column, _, value = line[2:].partition("=")
            defaults[column.strip()] = value.strip()
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\r").split("\t")
        if not columns:
            columns = [(column.removesuffix("|"), column.endswith("|")) for column in cells]
            continue
        if len(cells) > len(columns):
            raise LexiconError(f"{path}:{number}: {len(cells)} cells under {len(columns)} columns; a tab too many?")
        row = defaults.copy()
        for (column, is_list), cell in zip(columns, cells, strict=False):
            if cell:
                row[column] = cell.split("|") if is_list else cell
        yield str(number), row
