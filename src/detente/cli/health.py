"""What `detente doctor` and `detente lexicon check` look at."""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from detente import __version__
from detente.errors import DetenteError
from detente.lexicon import Lexicon
from detente.model import Party, Record

if TYPE_CHECKING:
    from detente.coder import Coder

NEEDED = (
    "click", "duckdb", "msgspec", "numpy", "onnxruntime", "pyarrow", "rich", "selectolax",
    "tokenizers",
)  # fmt: skip

# Our own sentence, with a plain answer: whatever else is wrong, a coder that misses this is broken.
SENTENCE = "France expelled two Russian diplomats on Monday."
EXPECTED = ("FRA", "RUS")


class Finding(NamedTuple):
    """One line of the doctor's sheet."""

    what: str
    found: str
    well: bool = True


def findings(store: Path | None) -> Iterator[Finding]:
    """All that is looked at, in order; a fault in one place does not stop the others."""
    yield Finding("detente", __version__)
    yield Finding("python", f"{platform.python_version()} ({sys.executable})")
    yield Finding("platform", f"{platform.system()} {platform.release()}, {platform.machine()}")
    yield from _dependencies()
    checks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("model", _model), ("lexicon", _lexicon), ("self test", _self_test),
    ]  # fmt: skip
    if store is not None:
        checks.append(("store", lambda: _store(store)))
    for what, look in checks:
        try:
            yield from look()
        except (DetenteError, ImportError) as error:
            yield Finding(what, str(error), well=False)


def _dependencies() -> Iterator[Finding]:
    found, missing = [], []
    for name in NEEDED:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    yield Finding("packages", ", ".join(found))
    if missing:
        yield Finding("packages", f"missing: {', '.join(missing)}; pip install {' '.join(missing)}", well=False)
    fts = ("ENABLE_FTS5",) in sqlite3.connect(":memory:").execute("PRAGMA compile_options").fetchall()
    well = (
        "with full-text search" if fts else "WITHOUT full-text search (FTS5): stores cannot be made; use another Python"
    )
    yield Finding("sqlite", f"{sqlite3.sqlite_version} {well}", well=fts)


def _model() -> Iterator[Finding]:
    from detente.sentences import language

    # Loading compares every file of the model with the hash in its manifest.
    model = language()
    yield Finding("model", f"{model.name} {model.version}, sha256 {model.sha256[:16]}..., files as in the manifest")


def _lexicon() -> Iterator[Finding]:
    lexicon = Lexicon()
    loaded(lexicon)
    counts = lexicon.counts()
    listed = ", ".join(f"{noun} {count:,}" for noun, count in counts.items())
    yield Finding("lexicon", f"{lexicon.version}: {sum(counts.values()):,} entries ({listed})", well=bool(counts))


def loaded(lexicon: Lexicon) -> Coder:
    """A coder that has read and checked every entry.

    Raises `LexiconError` for the first fault, `ModelError` when there is no language model.
    """
    from detente.coder import Coder

    # Stages read their entries when they are first asked something.
    coder = Coder(lexicon)
    for _ in coder.code([Record(origin="self test", content=SENTENCE.encode(), format="text")]):
        pass
    return coder


def _self_test() -> Iterator[Finding]:
    from detente.api import code

    reports = code(SENTENCE, published="2024-05-15")
    told = [f"{_codes(report.source)} {report.type} {_codes(report.target)}" for report in reports]
    well = any((_codes(report.source), _codes(report.target)) == EXPECTED for report in reports)
    yield Finding("self test", f"{SENTENCE!r} gives {'; '.join(told) or 'nothing'}", well=well)


def _codes(parties: Iterable[Party]) -> str:
    return "+".join(party.country or party.id for party in parties)


def _store(path: Path) -> Iterator[Finding]:
    from detente.store import Store

    with Store(path, create=False) as store:
        counts = ", ".join(f"{count:,} {noun}" for noun, count in store.counts().items())
        states = ", ".join(f"{count:,} {state}" for state, count in store.states().items())
        yield Finding("store", f"{path}: {counts}")
        yield Finding("ledger", states or "empty")
        faults = store.faults()
        for fault in faults:
            yield Finding("store", fault, well=False)
        if not faults:
            yield Finding("store", "every segment is as it was written")
