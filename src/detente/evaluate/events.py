"""The figures of a set of sentences: overall, per type, per phenomenon, with the baselines that anything must beat."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from detente.evaluate.baselines import bag_of_words
from detente.evaluate.figures import Figure, Statistic, f1, figure, macro_f1, ratio, share
from detente.evaluate.rows import Row
from detente.evaluate.sentences import Told
from detente.model import Span

# The sets' quads: PLOVER's, with both ways of giving way (YIELD) as material cooperation.
QUAD_OF_ROOT = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
_BETWEEN = re.compile(r"(,? and|, ?| with) ?")


class Ranked(Protocol):
    """One type with its score, as `detente.code_pair` gives them, best first."""

    @property
    def type(self) -> str:
        """The PLOVER type."""

    @property
    def score(self) -> float:
        """How much speaks for it."""


PairCoder = Callable[[str, Span | None, Span | None], Sequence[Ranked]]


class Table(Struct, frozen=True):
    """Figures that belong together, under a title."""

    title: str
    figures: tuple[Figure, ...]


def tables_of(told: Sequence[Told], pair: PairCoder | None = None, *, baselines: bool = True) -> Iterator[Table]:
    """All tables that the kind of rows allows; `pair` codes given pairs (left out: only end to end)."""
    kind = told[0].row.kind
    if kind == "pair":
        yield from _pair_tables(told, pair, baselines)
    elif kind == "class":
        yield from _class_tables(told, baselines)
    else:
        yield _relevance_table(told)


def paired(rows: Sequence[Row], pair: PairCoder) -> list[str]:
    """The best type of each row when its pair is given, in the set's classes."""
    best = (pair(row.text, _first(row.source), _first(row.target))[0].type for row in rows)
    return ["YIELD" if type in ("CONCEDE", "RETREAT") else type for type in best]


def _first(spans: Sequence[Span]) -> Span | None:
    return spans[0] if spans else None


# -- pairs


def _pair_tables(told: Sequence[Told], pair: PairCoder | None, baselines: bool) -> Iterator[Table]:
    rows = [one.row for one in told]
    if pair is not None:
        best = paired(rows, pair)
        yield Table("pair given", tuple(_relation(rows, best)))
        yield Table("pair given: F1 per type", tuple(_per_type(rows, best)))
    if baselines:
        bag = bag_of_words([_masked(row) for row in rows], [str(row.root) for row in rows])
        yield Table("baseline: bag of words, learnt from this very set (five-fold)", tuple(_relation(rows, bag)))
        most = max({row.root for row in rows}, key=lambda root: sum(row.root == root for row in rows))
        yield Table(f"baseline: always {most}", tuple(_relation(rows, [str(most)] * len(rows))))
    yield Table("end to end", tuple(_end_to_end(told)))
    yield Table("end to end: right root in any report, per phenomenon", tuple(_per_phenomenon(told)))
    yield Table("end to end: dyad and root, recall per type", tuple(_recall_per_type(told)))


def _relation(rows: Sequence[Row], best: Sequence[str]) -> Iterator[Figure]:
    roots = [str(row.root) for row in rows]
    quads = [row.quad or QUAD_OF_ROOT[str(row.root)] for row in rows]
    conflicts = [row.conflict if row.conflict is not None else quad > 2 for row, quad in zip(rows, quads, strict=True)]
    told_quads = [QUAD_OF_ROOT[root] for root in best]
    yield figure("binary, macro F1", macro_f1(conflicts, [quad > 2 for quad in told_quads]), len(rows))
    yield figure("quad, macro F1", macro_f1(quads, told_quads), len(rows))
    yield figure("root, macro F1", macro_f1(roots, best), len(rows))
    yield figure("root, accuracy", share([a == b for a, b in zip(roots, best, strict=True)]), len(rows))


def _per_type(rows: Sequence[Row], best: Sequence[str]) -> Iterator[Figure]:
    for root in sorted({str(row.root) for row in rows}):
        gold, said = [row.root == root for row in rows], [one == root for one in best]
        both = [a and b for a, b in zip(gold, said, strict=True)]
        yield figure(root, f1(both, said, gold), len(rows))


def _end_to_end(told: Sequence[Told]) -> Iterator[Figure]:
    n = len(told)
    some, right = [bool(one.reports) for one in told], [one.is_right for one in told]
    yield figure("any report", share(some), n)
    yield figure("source found", share([one.source for one in told]), n)
    yield figure("target found", share([one.target for one in told]), n)
    yield figure("dyad in the right direction", share([one.has_dyad for one in told]), n)
    yield figure("right root in any report", share([one.has_root for one in told]), n)
    yield figure("dyad and root, recall", share(right), n)
    yield figure("dyad and root, precision", ratio(right, some), n)
    yield figure("dyad and root, F1", f1(right, some, [True] * n), n)
    yield figure("reports per row", share([len(one.reports) for one in told]), n)
    mutual = [one for one in told if _is_mutual(one.row)]
    yield figure("reciprocal rows, pair found", share([one.turned for one in mutual]), len(mutual))


def _is_mutual(row: Row) -> bool:
    """Rows like "A and B met", "between A and B": the two spans stand side by side."""
    spans = sorted([*row.source[:1], *row.target[:1]])
    return len(spans) == 2 and bool(_BETWEEN.fullmatch(row.text[spans[0][1] : spans[1][0]]))


def _per_phenomenon(told: Sequence[Told]) -> Iterator[Figure]:
    for name, expression in phenomena():
        rows = [one for one in told if expression.search(one.row.text)]
        yield figure(name, share([one.has_root for one in rows]), len(rows))


def _recall_per_type(told: Sequence[Told]) -> Iterator[Figure]:
    for root in sorted({str(one.row.root) for one in told}):
        rows = [one for one in told if one.row.root == root]
        yield figure(root, share([one.is_right for one in rows]), len(rows))


def _masked(row: Row) -> str:
    """The sentence with its pair named alike in all rows: a bag of words is to learn the relation, not the names."""
    text = row.text
    marks = [(span, "SRCX") for span in row.source] + [(span, "TGTX") for span in row.target]
    for (start, end), name in sorted(marks, reverse=True):
        text = f"{text[:start]}{name}{text[end:]}"
    return text


@cache
def phenomena() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The phenomena under which rows are counted, with the expressions that select them."""
    raw = tomllib.loads((Path(__file__).parent / "phenomena.toml").read_text(encoding="utf-8"))
    return tuple((one["id"], re.compile(one["expression"], re.IGNORECASE)) for one in raw["phenomenon"])


# -- classes, and event or none


def _class_tables(told: Sequence[Told], baselines: bool) -> Iterator[Table]:
    gold = [one.row.penta for one in told]
    n = len(told)
    yield Table("end to end", (
        figure("class 0-4, macro F1", macro_f1(gold, [one.penta for one in told]), n),
        figure("class 0-4, accuracy", share([one.penta == one.row.penta for one in told]), n),
        *_role_overlap(told),
    ))  # fmt: skip
    if baselines:
        bag = bag_of_words([one.row.text for one in told], [str(one.row.penta) for one in told])
        statistic = macro_f1([str(one) for one in gold], bag)
        yield Table("baseline: bag of words, learnt from this very set (five-fold)", (
            figure("class 0-4, macro F1", statistic, n),
        ))  # fmt: skip


def _role_overlap(told: Sequence[Told]) -> Iterator[Figure]:
    for side in ("source", "target"):
        rows = [one for one in told if getattr(one.row, side)]
        yield figure(f"{side} overlap, tagged rows", share([getattr(one, side) for one in rows]), len(rows))
        events = [one for one in rows if one.row.penta]
        name = f"{side} overlap, tagged rows that tell an event"
        yield figure(name, share([getattr(one, side) for one in events]), len(events))


def _relevance_table(told: Sequence[Told]) -> Table:
    gold = [bool(one.row.relevant) for one in told]
    said = [bool(one.reports) for one in told]
    right = [a and b for a, b in zip(gold, said, strict=True)]
    always = [True] * len(told)
    statistics: dict[str, Statistic] = {
        "event or none, precision": ratio(right, said),
        "event or none, recall": ratio(right, gold),
        "event or none, F1": f1(right, said, gold),
        "baseline: always yes, F1": f1(gold, always, gold),
    }
    return Table("end to end", tuple(figure(name, one, len(told)) for name, one in statistics.items()))
