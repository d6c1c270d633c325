"""Copies: articles that are another one, whole, cut, added to or reworded; found one after the other as they come.

An article that only quotes another is no copy. What counts is how much of the shorter text is in the longer
(containment), not how alike the two are (Jaccard): agencies' texts are cut to a third.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.stories.runs import Hashes, common, distinct, numbers_of, runs_of, sampled

Relation = Literal["same", "cut", "extended", "reworded"]
"""What the later text did with the earlier one: nothing, left out, added, or both and other words."""

GRAM = 4
"""Words of a run that is looked for."""
SAMPLED = 8
"""One in so many runs is looked for, the same ones in every text (FracMinHash)."""
FEWEST_RUNS = 8
"""Runs of a text that are looked for if it has them: of short ones, sampling would leave none."""
MOST_HOLDERS = 12
"""Articles that are remembered for a run; more copies of one text tell nothing new."""
BOILERPLATE = 5
"""A run in so many articles that are no copies of each other is their outlet's or agency's own, and says nothing."""
LIKELY = 0.12
"""Share of the shorter text's sampled runs from which on two texts are held against each other."""
CHECKED = 2
"""Words of the runs by which they are, all of them."""
CONTAINED = 0.42
"""Share of the shorter text's pairs of words that a copy has in common with the other. Who quotes a quarter has that
and some more by chance; where each word in five is another, two thirds of the pairs are left."""
WHOLE = 0.9
"""Share from which on a text is in another as a whole."""

Runs = NDArray[np.unsignedinteger]


class Copy(Struct, frozen=True):
    """That one article copies another."""

    article: str
    of: str
    """The earlier of the two: by their times where both have one, else as they came."""
    relation: Relation
    share: float
    """How much of the shorter text is in the longer, 0 to 1."""


class _Known(Struct):
    """An article that came."""

    id: str
    time: str
    group: int
    runs: Hashes
    """Those that are looked for, sorted."""
    checked: Runs
    """All shorter runs, sorted."""


class _Group(Struct):
    """Articles that are copies of each other."""

    members: list[int]
    longest: int
    """The one with the most text, of which the others are parts."""


class Copies:
    """The articles that came, and which are copies of which.

    copies = Copies()
    copies.add("a", "Iran and Iraq signed a pact on Monday ...", "2010-06-03")    -> None
    copies.add("b", "Iran and Iraq signed a pact ...", "2010-06-04")              -> Copy("b", "a", "cut", 1.0)

    An article costs the same whatever came before: of each run few holders are remembered, and each group is asked for
    its longest member alone. Some 5 kB of memory an article, until `forget`.
    """

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._places: dict[str, int] = {}
        self._came = 0
        self._holders: dict[int, int | list[int] | None] = {}
        """For each run the article that has it, or several; None: boilerplate."""
        self._groups: dict[int, _Group] = {}

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, id: object) -> bool:
        return id in self._places

    def add(self, id: str, text: str, time: str = "") -> Copy | None:
        """Takes in an article; what it is a copy of, or what is a copy of it, if any. `time` is ISO 8601, "" unknown.

        One that came before is left as it is. Texts over half a megabyte are known by their beginning.
        """
        if id in self._places:
            return None
        words = numbers_of(text)
        looked_for = sampled(runs_of(words, GRAM), SAMPLED, FEWEST_RUNS)
        runs: list[int] = looked_for.tolist()
        new = _Known(id, time, -1, looked_for, distinct(runs_of(words, CHECKED).astype(np.uint32)))
        copied, groups = self._copied(new, runs)
        at = self._places[id] = self._came
        self._came += 1
        self._known[at] = new
        self._join(at, groups)
        self._hold(runs, at)
        return copied

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The articles that are copies of each other, the earliest first; each that is none by itself."""
        for group in self._groups.values():
            yield tuple(known.id for known in sorted((self._known[at] for at in group.members), key=_earliest_first))

    def copies_of(self, id: str) -> tuple[str, ...]:
        """The article and its copies, the earliest first. Raises `KeyError` for one that never came or is forgotten."""
        group = self._groups[self._known[self._places[id]].group]
        return tuple(known.id for known in sorted((self._known[at] for at in group.members), key=_earliest_first))

    def forget(self, before: str) -> int:
        """Drops the articles of before a time, ISO 8601; how many. Those without a time stay."""
        gone = {at for at, known in self._known.items() if known.time and known.time < before}
        touched: set[int] = set()
        for at in gone:
            known = self._known.pop(at)
            del self._places[known.id]
            self._groups[known.group].members.remove(at)
            touched.add(known.group)
            self._let_go(known.runs.tolist(), at)
        for number in touched:
            group = self._groups[number]
            if group.members:
                group.longest = max(group.members, key=lambda at: len(self._known[at].checked))
            else:
                del self._groups[number]
        return len(gone)

    def _copied(self, new: _Known, runs: Sequence[int]) -> tuple[Copy | None, Sequence[int]]:
        """Which article it copies, and the groups that it belongs to: an original that comes late may join several."""
        best: Copy | None = None
        groups: list[int] = []
        for at in self._candidates(runs):
            known = self._known[at]
            if known.group in groups:
                continue
            share = _share(known.checked, new.checked)
            longest = self._known[self._groups[known.group].longest]
            # What was cut to the passage that a third one quotes is no copy of that.
            if share < CONTAINED or (longest is not known and _share(longest.checked, new.checked) < CONTAINED):
                continue
            groups.append(known.group)
            if best is None or share > best.share:
                best = _copy(known, new, share)
        return best, groups

    def _candidates(self, runs: Sequence[int]) -> Iterator[int]:
        """The articles with enough runs in common, those with most first."""
        hits: Counter[int] = Counter()
        for run in runs:
            held = self._holders.get(run)
            if isinstance(held, int):
                hits[held] += 1
            elif held is not None:
                hits.update(held)
        for at, count in hits.most_common():
            if count < 2 and len(runs) > 2:
                return
            if count >= LIKELY * min(len(runs), len(self._known[at].runs)):
                yield at

    def _join(self, at: int, numbers: Sequence[int]) -> None:
        """Puts an article in its groups, which become one: the smaller go into the largest."""
        new = self._known[at]
        new.group = max(numbers, key=lambda number: len(self._groups[number].members), default=at)
        group = self._groups.setdefault(new.group, _Group([], at))
        merged = [at]
        for number in numbers:
            if number != new.group:
                merged += self._groups.pop(number).members
        for member in merged:
            self._known[member].group = new.group
            if len(self._known[member].checked) > len(self._known[group.longest].checked):
                group.longest = member
        group.members += merged

    def _hold(self, runs: Sequence[int], at: int) -> None:
        holders = self._holders
        for run in runs:
            held = holders.get(run, -1)
            if held == -1:
                holders[run] = at
            elif isinstance(held, int):
                holders[run] = [held, at]
            elif held is not None and len(held) < MOST_HOLDERS:
                held.append(at)
                if len(held) >= BOILERPLATE and len({self._known[one].group for one in held}) >= BOILERPLATE:
                    holders[run] = None

    def _let_go(self, runs: Sequence[int], at: int) -> None:
        """An article holds its runs no more; what was boilerplate is learnt anew."""
        holders = self._holders
        for run in runs:
            held = holders.get(run, -1)
            if held is None or held == at:
                del holders[run]
            elif not isinstance(held, int) and at in held:
                held.remove(at)
                if len(held) == 1:
                    holders[run] = held[0]


def _earliest_first(known: _Known) -> tuple[bool, str]:
    return not known.time, known.time


def _copy(known: _Known, new: _Known, share: float) -> Copy:
    turned = bool(known.time and new.time and new.time < known.time)
    earlier, later = (new, known) if turned else (known, new)
    return Copy(later.id, earlier.id, _relation(earlier.checked, later.checked), round(share, 3))


def _share(one: Runs, other: Runs) -> float:
    """How much of the shorter text is in the longer."""
    least = min(len(one), len(other))
    return common(one, other) / least if least else 0.0


def _relation(earlier: Runs, later: Runs) -> Relation:
    both = common(earlier, later)
    kept, taken = both / len(earlier) >= WHOLE, both / len(later) >= WHOLE
    if taken:
        return "same" if kept else "cut"
    return "extended" if kept else "reworded"
