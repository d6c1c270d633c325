"""How far found chains of mentions agree with gold ones: MUC, B-cubed and CEAF-e, and their average.

Found and gold are labels of the same mentions in the same order: mentions with one label are one chain, and a label of
its own is a chain of one. The three see different faults: MUC counts links and does not see chains of one, B-cubed
counts mentions, and CEAF-e counts chains, each held against one of the other side.
"""

from __future__ import annotations

import importlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from detente.errors import DetenteError
from detente.evaluate.clusters import Agreement, b_cubed

Labels = Sequence[Hashable]
_Chain = tuple[bool, Hashable]
"""Whether it is a found one, and its label."""


class Coreference(msgspec.Struct, frozen=True):
    """The three measures of one answer."""

    muc: Agreement
    b_cubed: Agreement
    ceaf_e: Agreement

    @property
    def conll(self) -> float:
        """The mean F1 of the three (Denis and Baldridge 2009; the figure of the CoNLL-2011 and 2012 shared tasks)."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def coreference(found: Labels, gold: Labels) -> Coreference:
    """All three. Raises `DetenteError` when scipy is not installed."""
    return Coreference(muc(found, gold), b_cubed(found, gold), ceaf_e(found, gold))


def muc(found: Labels, gold: Labels) -> Agreement:
    """Over links (Vilain et al. 1995): a gold chain of n mentions has n - 1, and each further found chain that it is
    scattered over loses one; precision is the same with the sides changed. Nothing linked is a score of 0."""
    both = len(set(zip(found, gold, strict=True)))
    right = len(gold) - both
    # Summed over the gold chains, sizes less parts are mentions less overlaps; and so they are over the found ones.
    linked, wanted = len(found) - len(set(found)), len(gold) - len(set(gold))
    return Agreement(right / linked if linked else 0.0, right / wanted if wanted else 0.0)


def ceaf_e(found: Labels, gold: Labels) -> Agreement:
    """Over chains (Luo 2005, with his fourth similarity, 2 |G and F| / (|G| + |F|)): each gold chain is held against
    at most one found chain, so that the sum is greatest; precision is that sum by the number of found chains, recall by
    that of gold ones.

    Raises `DetenteError` when scipy is not installed.
    """
    overlaps = Counter(zip(found, gold, strict=True))
    sizes, wanted = Counter(found), Counter(gold)
    total = 0.0
    for pairs in _apart(overlaps):
        total += _best({(f, g): 2 * overlaps[f, g] / (sizes[f] + wanted[g]) for f, g in pairs})
    return Agreement(total / max(1, len(sizes)), total / max(1, len(wanted)))


def _apart(overlaps: Mapping[tuple[Hashable, Hashable], int]) -> list[list[tuple[Hashable, Hashable]]]:
    """The overlapping chains in groups that have nothing in common: a small table each, not one vast one."""
    leader: dict[_Chain, _Chain] = {}

    def lead(chain: _Chain) -> _Chain:
        while leader.setdefault(chain, chain) != chain:
            leader[chain] = chain = leader[leader[chain]]
        return chain

    for found, gold in overlaps:
        leader[lead((True, found))] = lead((False, gold))
    groups: defaultdict[_Chain, list[tuple[Hashable, Hashable]]] = defaultdict(list)
    for pair in overlaps:
        groups[lead((True, pair[0]))].append(pair)
    return list(groups.values())


def _best(similarity: Mapping[tuple[Hashable, Hashable], float]) -> float:
    """The greatest sum in which no found and no gold chain stands twice."""
    rows = {found: at for at, found in enumerate(dict.fromkeys(found for found, _ in similarity))}
    columns = {gold: at for at, gold in enumerate(dict.fromkeys(gold for _, gold in similarity))}
    if len(rows) == 1 or len(columns) == 1:
        return max(similarity.values())
    table = np.zeros((len(rows), len(columns)))
    for (found, gold), value in similarity.items():
        table[rows[found], columns[gold]] = value
    optimize = _scipy()
    return float(table[optimize.linear_sum_assignment(table, maximize=True)].sum())


def _scipy() -> Any:
    try:
        return importlib.import_module("scipy.optimize")
    except ImportError:
        raise DetenteError("CEAF-e needs scipy: pip install 'detente[evaluate]'") from None
