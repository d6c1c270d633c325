"""What servers wrap a page in for the way: chunks, gzip, Brotli."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader

_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r\n")


def unwrapped(body: bytes, *, transfer: str | None, content: str | None, limit: int) -> bytes:
    """The page itself, at most `limit` bytes of it; `transfer` and `content` are the headers of these encodings.

    Many archives keep the headers and take the wrapping off, so what does not look wrapped is left as it is.
    """
    if transfer and "chunked" in transfer.lower() and _CHUNK.match(body):
        body = _read(lambda: ChunkedReader(io.BytesIO(body)), body, limit)
    for name in reversed((content or "").lower().split(",")):
        body = _unpacked(body, name.strip(), limit)
    return body


def _unpacked(body: bytes, name: str, limit: int) -> bytes:
    if name in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _read(lambda: GzipReader(io.BytesIO(body)), body, limit)
    if name == "deflate" and body[:1] in (b"\x78", b"\x58", b"\x68"):
        return _read(lambda: GzipReader(io.BytesIO(body), zlib=True), body, limit)
    if name == "br" and body.lstrip()[:1] != b"<":
        return _read(lambda: BrotliReader(io.BytesIO(body)), body, limit)
    if name == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        return _read(lambda: ZstdReader(io.BytesIO(body)), body, limit)
    return body


def _read(opened: Callable[[], WarcReader], body: bytes, limit: int) -> bytes:
    """As far as it can be unwrapped; a page that lost its end has its beginning still."""
    parts: list[bytes] = []
    size = 0
    try:
        reader = opened()
        while size < limit and (part := reader.read(min(1 << 16, limit - size))):
            parts.append(part)
            size += len(part)
    except OSError:
        return b"".join(parts) if parts else body
    return b"".join(parts)
