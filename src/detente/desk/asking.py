"""A stranger's question, answered in a process of its own.

What a question costs shows only while it runs, and DuckDB cannot always be stopped: `repeat('x', 2000000000)` heard
no interrupt for 53 seconds. A process can be ended, and its memory has a limit that the system keeps.

ask_apart   starts a child, gives it the question, reads what it says, and ends it in time
answer      what the child does: limits itself, looks at the question, asks the store, says the first rows
"""

from __future__ import annotations

import math
import os
import re
import signal
import subprocess
import sys
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import duckdb
import msgspec
import pyarrow as pa
from msgspec import Struct

from detente.errors import QuestionError, StoreError
from detente.store.asked import tables_asked
from detente.store.catalogue import Catalogue
from detente.store.questions import ALIASES, CORRECTIONS, LEDGER, ask
from detente.store.schema import SCHEMAS

AT_ONCE = 2
"""Questions of one desk; the others wait, so that whoever asks much takes two processors and no more."""
PATIENCE = 5.0
"""Seconds that a question waits for those before it."""
LONGEST = 20_000
"""Letters of a question."""
WAITING = 4
"""Questions that may wait: each holds a thread of the desk that answers no other page meanwhile."""

_ANSWERING = threading.BoundedSemaphore(AT_ONCE)
_PLACES = threading.BoundedSemaphore(AT_ONCE + WAITING)
_CHILD = "from detente.desk.asking import answer; answer()"

# What a child needs to start at all; what it does not have, no question can tell.
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# Else two libraries set aside memory and threads that one question never needs: 129 MB after the imports, so 89.
_GIVEN = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OPENBLAS_NUM_THREADS": "1", "TZ": "UTC"}

_ROWS_AT_ONCE = 1_000
_AROUND = 1 << 20
"""Bytes that an answer may take beside its rows: names, types, padding."""


class Asked(Struct, frozen=True, kw_only=True):
    """The first rows of an answer."""

    table: pa.Table
    is_cut: bool
    """There are more rows than were given."""
    seconds: float
    """From the start of the child to its end."""


class _Task(Struct, frozen=True, kw_only=True):
    """What the child is told."""

    store: str
    question: str
    seconds: float
    memory: int
    rows: int
    size: int


class _Reply(Struct, frozen=True, kw_only=True):
    """What the child says first; the rows follow as an Arrow stream."""

    whose: Literal["question", "store"] | None = None
    """The fault, if there is one."""
    fault: str = ""
    is_cut: bool = False


# -- The desk ---------------------------------------------------------------------------------------------------------


def ask_apart(
    store: Path,
    question: str,
    *,
    seconds: float = 10.0,
    memory: int = 1 << 30,
    rows: int = 10_000,
    size: int = 32 << 20,
) -> Asked:
    """The answer to a question of somebody whom nobody knows, cut after so many rows or bytes.

    Of `memory` about 170 MB are the child's own before it is asked anything. On Windows and macOS it bounds what
    DuckDB counts; elsewhere the system bounds the whole child.

    Raises `QuestionError` for what the question did: faulty SQL, anything but a SELECT of our tables, too much time or
    memory. Raises `StoreError` for what it could not help: no store, damage, a child that died, too many others.
    """
    if len(question) > LONGEST:
        raise QuestionError(f"a question has {LONGEST:,} letters at most, and this one {len(question):,}")
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise QuestionError(f"letter {error.start + 1} of the question is half a letter; leave it out") from None
    task = _Task(
        store=str(store.absolute()), question=question, seconds=seconds, memory=memory, rows=rows, size=size
    )  # fmt: skip
    with _turn():
        began = time.monotonic()
        said = _said(task)
        return _asked(said, time.monotonic() - began)


@contextmanager
def _turn() -> Iterator[None]:
    """One of the places for those who are answered, after one of the places for those who wait."""
    busy = StoreError("two questions are being answered; try again")
    if not _PLACES.acquire(blocking=False):
        raise busy
    try:
        if not _ANSWERING.acquire(timeout=PATIENCE):
            raise busy
        try:
            yield
        finally:
            _ANSWERING.release()
    finally:
        _PLACES.release()


def _said(task: _Task) -> bytes:
    """What a child says to a task. Raises as `ask_apart` when it is late, says too much, or dies."""
    late, most = threading.Event(), task.size + _AROUND

    def end() -> None:
        late.set()
        _end(child)

    with _started() as child:
        clock = threading.Timer(task.seconds, end)
        clock.start()
        try:
            assert child.stdin and child.stdout
            with suppress(OSError), child.stdin:  # a child that is dead hears nothing
                child.stdin.write(msgspec.json.encode(task))
            said = child.stdout.read(most + 1)
        finally:
            clock.cancel()
            clock.join()  # from here on nobody ends a child that is gone, whose number may be another's
            _end(child)
    if late.is_set() or child.returncode == -getattr(signal, "SIGXCPU", 0):
        raise QuestionError(f"the question took over {task.seconds:g} s; add a WHERE or a LIMIT")
    if len(said) > most:
        raise QuestionError(f"the answer is over {task.size >> 20} MB before its first row; name fewer columns")
    if child.returncode:
        raise StoreError(f"the process that answered died ({_death(child.returncode)}); try again, or ask for less")
    return said


def _started() -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _GIVEN
    try:
        return subprocess.Popen(  # noqa: S603  # our own interpreter; the question is no argument
            [sys.executable, "-I", "-c", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise StoreError(f"no process can be started to answer: {error.strerror}; try again") from error


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a child that was not waited for yet, with all that it may have started."""
    if not hasattr(os, "killpg"):
        child.kill()
        return
    with suppress(ProcessLookupError, PermissionError):  # macOS refuses where all of the group are dead
        os.killpg(child.pid, signal.SIGKILL)


def _death(code: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"code {code}"


def _asked(said: bytes, seconds: float) -> Asked:
    """What a child said, taken for no more than it is: a question may have made a fool of it."""
    head, _, rows = said.partition(b"\n")
    try:
        reply = msgspec.json.decode(head, type=_Reply)
        if reply.whose is not None:
            raise (QuestionError if reply.whose == "question" else StoreError)(reply.fault)
        with pa.ipc.open_stream(rows) as stream:
            table = stream.read_all()
        table.validate(full=True)
    except (msgspec.MsgspecError, pa.ArrowException, OSError) as error:
        raise StoreError("the process that answered said nothing that can be read; try again") from error
    return Asked(table=table, is_cut=reply.is_cut, seconds=seconds)


# -- The child --------------------------------------------------------------------------------------------------------


def answer() -> None:
    """Read a task, say the reply and the rows; nothing of the machine is in either."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=_Task)
    try:
        table, is_cut = _answered(task)
        reply, said = _Reply(is_cut=is_cut), memoryview(_stream(table))
    except (QuestionError, StoreError, duckdb.Error, pa.ArrowException, OSError, MemoryError) as error:
        reply, said = _fault(error, task), memoryview(b"")
    sys.stdout.buffer.write(msgspec.json.encode(reply) + b"\n")
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
    os._exit(0)  # to take apart what the question left can take longer than to answer it


def _answered(task: _Task) -> tuple[pa.Table, bool]:
    # Time on the processor ends a child whose desk is gone.
    _limit(DATA=task.memory, CPU=math.ceil(task.seconds) + 1, CORE=0)
    named = tables_asked(task.question)
    files, small = _read(_stand_beside(Path(task.store)), named)
    # A segment may be read by its name, and DuckDB would also write where it may read; the system would not.
    _limit(FSIZE=0)
    # Half, because a column on its way out takes memory that DuckDB does not count.
    settings = {"memory_limit": f"{task.memory // 2}B", "threads": "1"}
    answer = ask(task.question, files, small, settings=settings)
    return _first(answer.batches(_ROWS_AT_ONCE), task.rows, task.size)


def _stand_beside(store: Path) -> Path:
    """The store as it is called from beside it: then no path that DuckDB knows, or tells, says where on the machine."""
    try:
        os.chdir(store.parent)
    except OSError:
        raise StoreError(f"{store.name}: no store is here") from None
    return Path(store.name)


def _limit(**most: int) -> None:
    """Bound what this process may take, from here on and for good.

    DATA is what it may write to (Linux counts all of it, macOS little). The whole address space (AS) is no measure:
    DuckDB sets aside 650 MB of it when it starts and uses a tenth.
    """
    try:
        import resource
    except ModuleNotFoundError:  # Windows: DuckDB's own limit of memory and the desk's clock are all there is
        return
    for what, value in most.items():
        with suppress(ValueError):  # less is allowed here already
            resource.setrlimit(getattr(resource, f"RLIMIT_{what}"), (value, value))


def _read(store: Path, named: Set[str]) -> tuple[dict[str, list[Path]], dict[str, pa.Table]]:
    """The segments of each noun, and those tables of the catalogue that are named."""
    catalogue = Catalogue(store, create=False)
    files: dict[str, list[Path]] = {noun: [] for noun in SCHEMAS}
    with catalogue.snapshot():
        for segment in catalogue.segments():
            files[segment.noun].append(store / segment.path)
        small = {name: _small(catalogue, name) for name in named & {"ledger", "aliases", "corrections"}}
    catalogue.close()
    return files, small


def _small(catalogue: Catalogue, name: str) -> pa.Table:
    if name == "ledger":
        return pa.Table.from_pylist(list(map(msgspec.structs.asdict, catalogue.ledger())), LEDGER)
    if name == "aliases":
        return pa.Table.from_pylist(list(catalogue.every_alias()), ALIASES)
    # Who corrected is the name by which somebody logs in to the machine.
    schema = CORRECTIONS.remove(CORRECTIONS.get_field_index("who"))
    return pa.Table.from_pylist(list(map(_correction_row, catalogue.corrections())), schema)


def _correction_row(row: tuple[int, str, str, str, str]) -> dict[str, Any]:
    from detente.store.corrections import correction_of  # takes longer to load than most questions to answer

    told: dict[str, Any] = msgspec.to_builtins(correction_of(row))
    decision: dict[str, Any] = told.pop("decision")
    return told | decision


def _first(batches: pa.RecordBatchReader, rows: int, size: int) -> tuple[pa.Table, bool]:
    """As many rows from the first as fit into the numbers of rows and bytes, and whether there are more."""
    taken: list[pa.RecordBatch] = []
    for batch in batches:
        fit = min(rows, _fitting(batch, size))
        taken.append(batch.slice(0, fit))
        if fit < batch.num_rows:
            return pa.Table.from_batches(taken, batches.schema), True
        rows -= fit
        size -= batch.nbytes
    return pa.Table.from_batches(taken, batches.schema), False


def _fitting(batch: pa.RecordBatch, size: int) -> int:
    counts = range(1, batch.num_rows + 1)
    return bisect_right(counts, size, key=lambda count: batch.slice(0, count).nbytes)


def _stream(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue()


# DuckDB's errors that tell of the question; the others tell of files, of the network, or of the library's own inside.
_TOLD = re.compile(
    "(Parser|Syntax|Binder|Catalog|Conversion|Out of Range|Invalid Input|Mismatch Type|Invalid type|Not implemented)"
    " Error: "
)


def _fault(error: Exception, task: _Task) -> _Reply:
    """What went wrong, without a word of the machine."""
    damaged = "a segment is missing or damaged"
    cause = str(error.__cause__ or error)
    if isinstance(error, QuestionError):
        return _Reply(whose="question", fault=str(error))
    if isinstance(error, MemoryError) or "Out of Memory Error: " in cause:
        told = f"the question took over {task.memory >> 20} MB of memory; name fewer columns, or add a WHERE or a LIMIT"
        return _Reply(whose="question", fault=told)
    if _TOLD.search(cause) and not str(error).startswith(damaged):
        return _Reply(whose="question", fault=f"the question failed: {cause}")
    if isinstance(error, StoreError) and not isinstance(error.__cause__, duckdb.Error):
        return _Reply(whose="store", fault=str(error))
    return _Reply(whose="store", fault=f"{damaged}; run detente doctor --store")
