"""How well copies are found: pairs of articles in one group against gold clusters, as a whole and for each kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from detente.evaluate.clusters import cluster_rows
from detente.stories import Copies


class CopyRow(msgspec.Struct, frozen=True):
    """An article of a set; `kind` says how it was made of another ("trim"), "orig" for none."""

    id: int | str
    cluster: int | str
    text: str
    kind: str = ""


def copy_rows(path: Path) -> tuple[CopyRow, ...]:
    """The articles of a set: JSON lines with id, cluster, text and kind, plain or gzip.

    Raises `DetenteError` naming the file and line that cannot be read.
    """
    return tuple(cluster_rows(path, CopyRow, "id, cluster, text and kind"))


def found_groups(rows: Iterable[CopyRow]) -> list[tuple[str, ...]]:
    """The groups that come out when the articles come in this order."""
    copies = Copies()
    for row in rows:
        copies.add(str(row.id), row.text)
    return list(copies.groups())


def same_texts(rows: Iterable[CopyRow]) -> list[tuple[str, ...]]:
    """The baseline: texts that are the same to the letter."""
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        groups[row.text].append(str(row.id))
    return [tuple(group) for group in groups.values()]


def recall_by_kind(groups: Sequence[Sequence[str]], rows: Sequence[CopyRow]) -> dict[str, tuple[float, int]]:
    """For each kind the share of the gold pairs with such an article that were found, and how many there are."""
    group_of = {article: number for number, group in enumerate(groups) for article in group}
    clusters: dict[Hashable, list[CopyRow]] = defaultdict(list)
    for row in rows:
        clusters[row.cluster].append(row)
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for members in clusters.values():
        for one, other in combinations(members, 2):
            for kind in {one.kind, other.kind}:
                wanted[kind] += 1
                right[kind] += group_of[str(one.id)] == group_of[str(other.id)]
    return {kind: (right[kind] / count, count) for kind, count in sorted(wanted.items())}


def merged_alone(groups: Sequence[Sequence[str]], rows: Sequence[CopyRow]) -> tuple[float, int]:
    """Of the articles that are a cluster by themselves and made of another (quoters), the share that was merged."""
    sizes = Counter(row.cluster for row in rows)
    alone = {str(row.id) for row in rows if sizes[row.cluster] == 1 and row.kind not in ("", "orig")}
    merged = sum(article in alone for group in groups if len(group) > 1 for article in group)
    return (merged / len(alone) if alone else 0.0), len(alone)
