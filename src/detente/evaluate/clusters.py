"""Groups of articles against gold clusters: how a set is read, and how far two ways of grouping agree."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from detente.errors import DetenteError

T = TypeVar("T")


class Agreement(msgspec.Struct, frozen=True):
    """Precision and recall of found groups."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 when nothing is right."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def cluster_rows(path: Path, row: type[T], needs: str) -> Iterator[T]:
    """The rows of JSON lines, plain or gzip; `needs` says what each must have.

    Raises `DetenteError` naming the file and line that cannot be read.
    """
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise DetenteError(f"{path}: cannot be read: {error}") from error
    decoder = msgspec.json.Decoder(row)
    for number, line in enumerate(content.splitlines(), 1):
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError as error:
            raise DetenteError(f"{path}:{number}: {error}; each line has {needs}") from error


def pair_agreement(groups: Sequence[Sequence[str]], gold: Mapping[str, Hashable]) -> Agreement:
    """Over pairs of articles in one group; `gold` is the cluster of each article."""

    def pairs(sizes: Iterable[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    found, wanted = pairs(map(len, groups)), pairs(Counter(gold.values()).values())
    right = pairs(size for group in groups for size in Counter(gold[article] for article in group).values())
    return Agreement(right / found if found else 1.0, right / wanted if wanted else 1.0)


def b_cubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Agreement:
    """Averaged over articles (Bagga and Baldwin 1998): of its group the share that belongs there, and of what belongs
    there the share in its group."""
    both = Counter(zip(found, gold, strict=True))
    groups, clusters = Counter(found), Counter(gold)
    count = max(1, len(gold))
    precision = sum(size * size / groups[group] for (group, _), size in both.items()) / count
    recall = sum(size * size / clusters[cluster] for (_, cluster), size in both.items()) / count
    return Agreement(precision, recall)
