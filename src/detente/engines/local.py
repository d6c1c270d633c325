"""One machine: in this process, or in several."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from detente.coder import BATCH, Coder
from detente.lexicon import Lexicon
from detente.model import Coding, Record
from detente.records import Unread

# Batches that wait for each worker: enough that none is idle while the writer is busy, few enough to keep memory flat.
WAITING = 2

_coders: list[Coder] = []
"""The coder of a worker process, made once when it starts."""


def code(records: Iterable[Record | Unread], *, workers: int = 1, lexicons: Sequence[Path] = ()) -> Iterator[Coding]:
    """One coding for each record, in their order.

    With one worker it runs in this process; with more, each is a process with its own model (about 300 MB).
    `lexicons` are the user's folders, read after ours.
    """
    if workers <= 1:
        yield from Coder(Lexicon(*lexicons)).code(records)
        return
    # Processes are spawned, not forked: the ONNX runtime has threads, and a fork of them can hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(tuple(lexicons),)) as pool:
        waiting: deque[Future[list[Coding]]] = deque()
        stream = iter(records)
        while batch := list(islice(stream, BATCH)):
            waiting.append(pool.submit(_code_batch, batch))
            if len(waiting) >= workers * WAITING:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _start(lexicons: tuple[Path, ...]) -> None:
    _coders.append(Coder(Lexicon(*lexicons)))


def _code_batch(records: list[Record | Unread]) -> list[Coding]:
    return list(_coders[0].code(records))
