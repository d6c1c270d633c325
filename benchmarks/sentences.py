"""Sentences per CPU-second from text to reports, every row of the files an article of its own.

    python benchmarks/sentences.py FILE.jsonl[.gz] ... [--field text] [--rounds 3]

The input is JSONL with "text" (or `--field`, or "marked_text"). Beside the whole stand the floor (reading the rows and
splitting the words) and the language part alone (text to sentences with trees, names and clauses). Loading and a first
round over some rows come before and are not counted; the best of the rounds is shown, as others use the machine too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from detente.coder import Coder, batches_of
from detente.model import Article, Block, Record, id_of
from detente.sentences import sentences_of

WARM_UP = 200


def main() -> None:
    """Prints one table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--field", help="the key that holds the text")
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    texts = texts_of(options.files, options.field)
    coder = Coder()
    batches = [
        [
            article_of(number, record.content.decode())
            for number, record in enumerate(batch)
            if isinstance(record, Record)
        ]
        for batch in batches_of(Record(origin="", content=text.encode(), format="text") for text in texts)
    ]
    reports_of(coder, batches, WARM_UP)
    sentences = words = 0
    for batch in batches:
        for found in sentences_of(batch, coder.language):
            sentences += len(found)
            words += sum(len(sentence.tokens) for sentence in found)
    runs: dict[str, Callable[[], object]] = {
        "floor: read and split words": lambda: [text.split() for text in texts_of(options.files, options.field)],
        "text to sentences": lambda: [list(sentences_of(batch, coder.language)) for batch in batches],
        "text to reports": lambda: reports_of(coder, batches),
    }
    print(f"{len(texts)} texts, {sentences} sentences, {words} words, {reports_of(coder, batches)} reports")
    print(f"{'':30}{'CPU-s':>9}{'sentences/CPU-s':>17}{'ms/sentence':>13}")
    for name, run in runs.items():
        seconds = min(timed(run) for _ in range(options.rounds))
        print(f"{name:30}{seconds:9.2f}{sentences / seconds:17,.0f}{1000 * seconds / sentences:13.2f}")


def texts_of(files: Sequence[Path], field: str | None) -> list[str]:
    """The text of each row."""
    texts = []
    for file in files:
        opener = gzip.open if file.suffix == ".gz" else open
        with opener(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                texts.append(row[field] if field else row.get("text") or row["marked_text"])
    return texts


def article_of(number: int, text: str) -> Article:
    """An article of one paragraph, as it stands: nothing is taken for a headline or a dateline."""
    return Article(id=id_of(number, text), record="", origin="", text=text, blocks=(Block("paragraph", 0, len(text)),))


def reports_of(coder: Coder, batches: Sequence[Sequence[Article]], most: int | None = None) -> int:
    """Code the articles, or some; the number of reports."""
    done = reports = 0
    for batch in batches:
        for article, sentences in zip(batch, sentences_of(batch, coder.language), strict=True):
            reports += len(coder.coding_of(article, sentences).reports)
            done += 1
        if most is not None and done >= most:
            break
    return reports


def timed(run: Callable[[], object]) -> float:
    """CPU-seconds, user and system."""
    before = time.process_time()
    run()
    return time.process_time() - before


if __name__ == "__main__":
    main()
