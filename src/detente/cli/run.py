"""One run of `detente code`: records in, codings out in the same order, published on the way when there is a store.

What the same version of the coder published before is not coded again: it is read back from the store.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.coder import Coder
from detente.engines import code
from detente.lexicon import Lexicon
from detente.model import Coding, Record
from detente.records import Format, Unread, read

if TYPE_CHECKING:
    from detente.store import Store

# A unit is what is published together, and what a kill costs: at some 20 articles a second half a minute of work.
UNIT = 512
UNIT_SECONDS = 30.0

Key = tuple[str, str]


class Run:
    """The coder's version, the store if any, and how many records it held already."""

    def __init__(self, store: Store | None, version: str, lexicons: Sequence[Path], workers: int) -> None:
        self.store = store
        self.taken = 0
        self._version = version
        self._lexicons = lexicons
        self._workers = workers

    @classmethod
    @contextmanager
    def started(cls, path: Path | None, lexicons: Sequence[Path], workers: int) -> Iterator[Run]:
        """A run with its store open.

        Raises `StoreError`, `LexiconError` or `ModelError`.
        """
        if path is None:
            yield cls(None, "", lexicons, workers)
            return
        from detente.store import Store

        version = Coder(Lexicon(*lexicons)).version
        with Store(path) as store:
            yield cls(store, version, lexicons, workers)

    def codings(
        self, sources: Iterable[str], kind: Format, published: str | None, columns: Mapping[str, str] | None = None
    ) -> Iterator[Coding]:
        """What came of each record, in their order."""
        found = (record for source in sources for record in read(source, format=kind, columns=columns))
        records = (_told(record, published) for record in found)
        if self.store is None:
            yield from self._code(records)
            return
        # Records that the store knows wait here for their place among those that are coded.
        known: deque[Key | None] = deque()
        fresh = self._code(self._fresh(self.store, records, known))
        unit: list[Coding | Key] = []
        since = time.monotonic()
        for coding in fresh:
            unit += _leading(known)
            unit.append(coding)
            if len(unit) >= UNIT or time.monotonic() - since > UNIT_SECONDS:
                yield from self._publish(self.store, unit)
                unit, since = [], time.monotonic()
        yield from self._publish(self.store, [*unit, *_leading(known)])

    def _code(self, records: Iterable[Record | Unread]) -> Iterator[Coding]:
        return code(records, workers=self._workers, lexicons=self._lexicons)

    def _fresh(
        self, store: Store, records: Iterator[Record | Unread], known: deque[Key | None]
    ) -> Iterator[Record | Unread]:
        """The records that must be coded; in `known` the keys of the others, and None for each of these."""
        while group := list(islice(records, UNIT)):
            settled = store.known((record for record in group if isinstance(record, Record)), self._version)
            for record in group:
                key = (record.origin, record.id) if isinstance(record, Record) else None
                if key in settled:
                    known.append(key)
                else:
                    known.append(None)
                    yield record

    def _publish(self, store: Store, unit: Sequence[Coding | Key]) -> Iterator[Coding]:
        coded = [item for item in unit if isinstance(item, Coding)]
        taken = [item for item in unit if not isinstance(item, Coding)]
        published = iter(store.publish(coded, version=self._version)) if coded else iter(())
        stored = store.codings(taken) if taken else {}
        self.taken += len(taken)
        for item in unit:
            yield next(published) if isinstance(item, Coding) else stored[item]


def _leading(known: deque[Key | None]) -> Iterator[Key]:
    """The known records before the next coded one, whose mark is taken off."""
    while known:
        key = known.popleft()
        if key is None:
            return
        yield key


def _told(record: Record | Unread, published: str | None) -> Record | Unread:
    """The record with the date from outside if it has none, and a name that can be written down."""
    origin = _writable(record.origin)
    if isinstance(record, Unread):
        return Unread(origin, _writable(record.reason), record.state)
    return msgspec.structs.replace(record, origin=origin, published=record.published or published)


def _writable(name: str) -> str:
    r"""File names are bytes: of one that is not UTF-8 the odd bytes are shown as "caf\xe9.txt"."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
