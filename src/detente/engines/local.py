"""One machine: in this process, or in several."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from detente.coder import Coder, batches_of, harmless
from detente.lexicon import Lexicon
from detente.limits import PAGE_MEMORY
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
        coder = Coder(Lexicon(*lexicons))
        for batch in batches_of(records):
            yield from harmless(coder.code, batch)
        return
    # Processes are spawned, not forked: the ONNX runtime has threads, and a fork of them can hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(tuple(lexicons),))
    others = set(multiprocessing.active_children())
    try:
        waiting: deque[Future[list[Coding]]] = deque()
        for batch in batches_of(records):
            with _ctrl_c_ignored():
                waiting.append(pool.submit(_code_batch, batch))
            if len(waiting) >= workers * WAITING:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BaseException:
        # After Ctrl-C nobody wants what is being coded, and a batch would take seconds to come to its end.
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _ctrl_c_ignored() -> Iterator[None]:
    """Processes started inside leave Ctrl-C to this one, which ends them in order; they would only print tracebacks."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _start(lexicons: tuple[Path, ...]) -> None:
    _coders.append(Coder(Lexicon(*lexicons), page_memory=PAGE_MEMORY))


def _code_batch(records: list[Record | Unread]) -> list[Coding]:
    return harmless(_coders[0].code, records)
