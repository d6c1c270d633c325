"""The whole job from a file of articles to reports, as a user runs it: `detente code` in a process of its own.

    python benchmarks/coding.py FILE.jsonl[.gz] ... [--articles 1000] [--workers 1]

The input is JSONL with "text" and, if it has them, "title" or "headline" and "date" or "published".
Beside the figures stands the floor: reading the same bytes and cutting them into words, in one process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def main() -> None:
    """Prints one table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--articles", type=int, default=1000)
    arguments.add_argument("--workers", type=int, default=1)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        articles, words = write_articles(options.files, options.articles, source)
        start, _ = cpu_and_peak("code", "examples", "--format", "jsonl")
        floor = floor_seconds(source)
        common = ("code", str(source), "--from", "jsonl", "--workers", str(options.workers))
        plain, peak = cpu_and_peak(*common, "--format", "jsonl")
        stored, peak_stored = cpu_and_peak(*common, "--format", "jsonl", "--store", str(Path(folder) / "store"))
    print(f"{articles} articles, {words} words, {options.workers} worker(s)")
    print(f"{'':34}{'CPU-s':>9}{'articles/CPU-s':>16}{'words/CPU-s':>13}{'peak MB':>9}")
    for name, seconds, memory in (
        ("floor: read and split words", floor, 0),
        ("detente code (JSONL out)", plain, peak),
        ("  the same, with a store", stored, peak_stored),
        ("  the same, without the start", plain - start, peak),
    ):
        rate = f"{articles / seconds:16.1f}{words / seconds:13.0f}"
        print(f"{name:34}{seconds:9.2f}{rate}{memory:9.0f}")


def write_articles(files: list[Path], limit: int, target: Path) -> tuple[int, int]:
    """Writes up to `limit` articles in the shape that `--from jsonl` reads; gives their number and their words."""
    articles = words = 0
    with target.open("w", encoding="utf-8") as out:
        for row in rows_of(files):
            if articles == limit:
                break
            text = row["text"]
            line = {
                "id": str(row.get("id", articles)),
                "text": text,
                "headline": row.get("headline") or row.get("title") or None,
                "published": (row.get("published") or row.get("date") or "")[:10] or None,
            }
            out.write(json.dumps({name: value for name, value in line.items() if value}) + "\n")
            articles += 1
            words += len(text.split())
    return articles, words


def rows_of(files: list[Path]) -> Iterator[dict[str, str]]:
    """The rows that have a text."""
    for file in files:
        opener = gzip.open if file.suffix == ".gz" else open
        with opener(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row.get("text"):
                    yield row


def floor_seconds(source: Path) -> float:
    """CPU-seconds to read the bytes, parse the JSON and split the words: no coder can be faster."""
    before = time.process_time()
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            json.loads(line)["text"].split()
    return time.process_time() - before


def cpu_and_peak(*arguments: str) -> tuple[float, float]:
    """CPU-seconds and peak MB of `detente ARGUMENTS` as a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "detente", *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss / 1024


if __name__ == "__main__":
    main()
