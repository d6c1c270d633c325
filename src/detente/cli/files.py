"""Files that commands write: each comes under its own name only when it is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click


@contextmanager
def whole(out: Path | None) -> Iterator[IO[bytes]]:
    """A stream to a file, which is `FILE.part` until it is whole; standard output without one.

    Raises `click.UsageError` for a file that cannot be written.
    """
    if out is None:
        yield sys.stdout.buffer
        return
    part = out.with_name(out.name + ".part")
    try:
        stream = part.open("wb")
    except OSError as error:
        raise click.UsageError(f"{out}: cannot be written: {error.strerror}") from error
    with stream:
        yield stream
    part.replace(out)
