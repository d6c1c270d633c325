"""What a person should look at in lexicons of actors and offices: overlapping terms, order, names that several bear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from detente.mentions.names import ActorEntry, bearers
from detente.mentions.offices import TermEntry

_ALWAYS = "9999"


def overlaps(terms: Iterable[TermEntry], single: Iterable[str]) -> Iterator[tuple[TermEntry, TermEntry]]:
    """Terms of two persons in one office at one time, for the offices (`single`) that one person has at a time.

    Dates are compared as far as both are precise; a handover on one day, or within one month or year known no better,
    is none.
    """
    one_at_a_time = frozenset(single)
    held: dict[tuple[str | None, str], list[TermEntry]] = defaultdict(list)
    for term in terms:
        if term.office in one_at_a_time:
            held[term.of or term.country, term.office].append(term)
    for several in held.values():
        several.sort(key=lambda term: (term.since or "", term.until or _ALWAYS))
        for before, after in pairwise(several):
            if before.person != after.person and _is_after(before.until or _ALWAYS, after.since or ""):
                yield before, after


def out_of_order(terms: Sequence[TermEntry], ranks: Mapping[str, int]) -> Iterator[tuple[TermEntry, TermEntry]]:
    """Neighbours of one file that stand the wrong way round: by country, body, office, first day, id.

    `ranks` are the offices by their height, the highest first.
    """

    def place(term: TermEntry) -> tuple[str, str, int, str, str]:
        rank = ranks.get(term.office, len(ranks))
        return term.country or "ZZZ", term.of or "", rank, term.since or "", term.id.partition("#")[2]

    for before, after in pairwise(terms):
        if before.id.partition("#")[0] == after.id.partition("#")[0] and place(before) > place(after):
            yield before, after


def shared_names(entries: Sequence[ActorEntry]) -> Iterator[tuple[str, list[ActorEntry]]]:
    """Names that several actors bear at one time with nothing to tell them apart: no `near` on all but one of them."""
    for name, several in bearers(entry for entry in entries if entry.kind != "none").items():
        actors = {entry.actor or entry.short for entry in several}
        if len(actors) > 1 and sum(not entry.near for entry in several) > 1 and _meet(several):
            yield name, several


def _meet(entries: Sequence[ActorEntry]) -> bool:
    """Whether any two hold on one day."""
    dated = sorted(entries, key=lambda entry: entry.since or "")
    return any(_is_after(before.until or _ALWAYS, after.since or "") for before, after in pairwise(dated))


def _is_after(end: str, begin: str) -> bool:
    precise = min(len(end), len(begin))
    return end[:precise] > begin[:precise] if begin else True
