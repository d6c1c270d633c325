"""Records of a web archive per CPU-second: read alone, and read with the article taken out.

    python benchmarks/warc.py PAGES.tar.xz ... [--pages 1000] [--warc FILE]

Builds a WARC of the given pages, packed record by record with a request before each as crawlers write them.
Beside it stand fastwarc and warcio (if installed) that only go over the records and read each page's bytes.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from detente.articles import article_of
from detente.errors import InputError
from detente.lexicon import Lexicon
from detente.model import Record
from detente.records import read

ROUNDS = 3
"""The best of these counts."""


def main() -> None:
    """Prints one table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("archives", nargs="*", type=Path)
    arguments.add_argument("--pages", type=int, default=1000)
    arguments.add_argument("--warc", type=Path, help="read this file instead of building one")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.warc or write_warc(options.archives, options.pages, Path(folder) / "pages.warc.gz")
        compare(path)


def compare(path: Path) -> None:
    """Reads the file in every way."""
    print(f"{path.stat().st_size / 1e6:.0f} MB packed; best of {ROUNDS}, one process, {sys.version.split()[0]}")
    print(f"{'':34}{'records':>9}{'MB':>8}{'records/CPU-s':>15}{'of fastwarc':>13}")
    base = None
    for name, run, rounds in (
        ("fastwarc: go over, read bytes", with_fastwarc, ROUNDS),
        ("warcio: go over, read bytes", with_warcio, ROUNDS),
        ("detente: read", with_detente, ROUNDS),
        ("detente: read, article taken out", with_articles, 1),
    ):
        try:
            seconds, records, size = min(timed(run, path) for _ in range(rounds))
        except ImportError as missing:
            print(f"{name:34}  not installed: {missing.name}")
            continue
        rate = records / seconds
        base = base or rate
        print(f"{name:34}{records:9,}{size / 1e6:8.0f}{rate:15,.0f}{rate / base:13.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def timed(run: Callable[[Path], tuple[int, int]], path: Path) -> tuple[float, int, int]:
    """CPU-seconds, records, bytes."""
    before = time.process_time()
    records, size = run(path)
    return time.process_time() - before, records, size


def with_fastwarc(path: Path) -> tuple[int, int]:
    """fastwarc's own loop."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    records = size = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            size += len(record.reader.read())
            records += 1
    return records, size


def with_warcio(path: Path) -> tuple[int, int]:
    """warcio's own loop."""
    from warcio.archiveiterator import ArchiveIterator

    records = size = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                size += len(record.content_stream().read())
                records += 1
    return records, size


def with_detente(path: Path) -> tuple[int, int]:
    """Our records."""
    records = size = 0
    for record in read(path):
        if isinstance(record, Record):
            size += len(record.content)
            records += 1
    return records, size


def with_articles(path: Path) -> tuple[int, int]:
    """Our records with their articles."""
    lexicon = Lexicon()
    records = size = 0
    for record in read(path):
        if isinstance(record, Record):
            records += 1
            size += len(record.content)
            try:
                article_of(record, lexicon=lexicon)
            except InputError:
                continue
    return records, size


def write_warc(archives: list[Path], limit: int, target: Path) -> Path:
    """A WARC of up to so many pages of these tars."""
    with target.open("wb") as out:
        for number, page in enumerate(pages_of(archives)):
            if number == limit:
                break
            url = f"https://news.example/{number}"
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n".encode()
            for kind, block in (
                ("request", b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"),
                ("response", head + page),
            ):
                told = (
                    f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-06-28T10:57:00Z\r\n"
                    f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
                    f"Content-Length: {len(block)}\r\n\r\n"
                )
                out.write(gzip.compress(told.encode() + block + b"\r\n\r\n", 6))
    return target


def pages_of(archives: list[Path]) -> Iterator[bytes]:
    """The files of the tars."""
    for archive in archives:
        with tarfile.open(archive) as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is not None:
                    yield content.read()


if __name__ == "__main__":
    main()
