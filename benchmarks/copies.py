"""Copies among articles, beside MinHash: how many pairs are found, how many articles a CPU-second, how much memory.

    python benchmarks/copies.py SET.jsonl[.gz] [--peers datasketch,rensa] [--growth N]

SET is that of `detente evaluate copies`. datasketch and rensa, if installed, get sets of three words in a row, 256
permutations and their lowest useful threshold. --growth N takes in N articles drawn from the texts, each with words of
its own, and tells the time and memory of each tenth of the stream.
"""

from __future__ import annotations

import argparse
import importlib
import random
import re
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from detente.evaluate.clusters import pair_agreement
from detente.evaluate.copies import CopyRow, copy_rows, found_groups, merged_alone, same_texts
from detente.stories import Copies

Finder = Callable[[Sequence[CopyRow]], list[tuple[str, ...]]]

_WORD = re.compile(r"\w+")
PERMUTATIONS = 256
THRESHOLD = 0.2


def shingles(text: str) -> set[str]:
    """Three words in a row."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))}


def grouped(rows: Iterable[CopyRow], near: Callable[[CopyRow], Iterable[str]]) -> list[tuple[str, ...]]:
    """Groups by the articles that are near each one as it comes."""
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent[id] != id:
            parent[id] = id = parent[parent[id]]
        return id

    for row in rows:
        parent[str(row.id)] = str(row.id)
        for other in near(row):
            parent[root(other)] = root(str(row.id))
    groups: dict[str, list[str]] = {}
    for id in parent:
        groups.setdefault(root(id), []).append(id)
    return [tuple(group) for group in groups.values()]


def datasketch(library: Any) -> Finder:
    """Its LSH over MinHash, candidates checked by the estimated likeness."""

    def find(rows: Sequence[CopyRow]) -> list[tuple[str, ...]]:
        index = library.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        sketches: dict[str, Any] = {}

        def near(row: CopyRow) -> Iterable[str]:
            sketch = library.MinHash(num_perm=PERMUTATIONS)
            sketch.update_batch([shingle.encode() for shingle in shingles(row.text)])
            found = [id for id in index.query(sketch) if sketches[id].jaccard(sketch) >= THRESHOLD]
            sketches[str(row.id)] = sketch
            index.insert(str(row.id), sketch)
            return found

        return grouped(rows, near)

    return find


def rensa(library: Any) -> Finder:
    """Its LSH over R-MinHash, candidates checked by the estimated likeness."""

    def find(rows: Sequence[CopyRow]) -> list[tuple[str, ...]]:
        index = library.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=64)
        sketches: list[Any] = []

        def near(row: CopyRow) -> Iterable[str]:
            sketch = library.RMinHash(num_perm=PERMUTATIONS, seed=1)
            sketch.update(list(shingles(row.text)))
            found = [at for at in index.query(sketch) if sketches[at].jaccard(sketch) >= THRESHOLD]
            index.insert(len(sketches), sketch)
            sketches.append(sketch)
            return [str(rows[at].id) for at in found]

        return grouped(rows, near)

    return find


PEERS: dict[str, Callable[[Any], Finder]] = {"datasketch": datasketch, "rensa": rensa}


def compare(rows: Sequence[CopyRow], names: Sequence[str]) -> None:
    """One table."""
    finders: dict[str, Finder] = {"detente": found_groups, "the same to the letter": same_texts}
    for name in names:
        try:
            finders[f"{name}, {PERMUTATIONS} permutations"] = PEERS[name](importlib.import_module(name))
        except ImportError:
            print(f"{name} is not installed and left out")
    gold = {str(row.id): row.cluster for row in rows}
    print(f"{len(rows):,} articles")
    print(f"{'':32}{'precision':>10}{'recall':>10}{'F1':>10}{'quotes':>10}{'articles/CPU-s':>16}")
    for name, find in finders.items():
        begun = time.process_time()
        groups = find(rows)
        spent = time.process_time() - begun
        figures, (merged, _) = pair_agreement(groups, gold), merged_alone(groups, rows)
        print(
            f"{name:32}{figures.precision:10.3f}{figures.recall:10.3f}{figures.f1:10.3f}{merged:10.3f}"
            f"{len(rows) / max(spent, 1e-9):16,.0f}"
        )


def grow(texts: Sequence[str], count: int) -> None:
    """Time and memory over a growing stream of articles that are all others."""
    draw = random.Random(1)
    copies = Copies()
    before = _memory()
    print(f"{'articles':>10}{'articles/CPU-s':>16}{'kB/article':>12}{'groups':>10}")
    for _ in range(10):
        stream = [_another(draw.choice(texts), draw) for _ in range(count // 10)]
        begun = time.process_time()
        for text in stream:
            copies.add(str(len(copies)), text)
        spent = time.process_time() - begun
        del stream
        size = (_memory() - before) / len(copies)
        print(f"{len(copies):10,}{count // 10 / spent:16,.0f}{size:12.1f}{len(list(copies.groups())):10,}", flush=True)


def _another(text: str, draw: random.Random) -> str:
    """An article as long, of the same words in another order."""
    words = text.split()
    draw.shuffle(words)
    return " ".join(words)


def _memory() -> float:
    """Kilobytes held now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e3


def main() -> None:
    """Prints one table, or the growth."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("set", type=Path)
    options.add_argument("--peers", default=",".join(PEERS))
    options.add_argument("--growth", type=int, default=0, metavar="N")
    given = options.parse_args()
    rows = copy_rows(given.set)
    if given.growth:
        grow([row.text for row in rows if row.kind == "orig"], given.growth)
    else:
        compare(rows, given.peers.split(","))


if __name__ == "__main__":
    main()
