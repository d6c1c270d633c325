"""What users decide: which articles and reports belong together and which do not, and what a report got wrong.

Decisions are kept by articles and by places in their texts, never by the ids of stories and events, so that they hold
however often all is put together anew, and by whichever version of the coder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from detente.fuser import Corrections

Noun = Literal["story", "event"]
Field = Literal["type", "mode", "cameo", "standing", "start", "end"]

FIELDS: tuple[Field, ...] = get_args(Field)

MOST_APART = 20
"""Of those that were left, so many are named for one that was split off: it meets them wherever they are now."""


class Decision(Struct, frozen=True, kw_only=True):
    """One thing that a user decided."""

    kind: Literal["merge", "split", "wrong", "set"]
    noun: Noun
    members: tuple[str, ...]
    """Articles by their ids, reports by their anchors: those that belong together, were split off, or are wrong."""
    others: tuple[str, ...] = ()
    """Those that they were split off from."""
    field: Field | None = None
    value: str | None = None
    texts: tuple[str, ...] = ()
    """The headline or sentence of each member, as it was shown."""
    other_texts: tuple[str, ...] = ()
    before: str | None = None
    """What the field said."""


class Correction(Struct, frozen=True, kw_only=True):
    """A decision, with who took it, when and why."""

    number: int
    moment: str
    """ISO 8601, UTC."""
    who: str
    why: str
    decision: Decision


class Decided(Struct, frozen=True):
    """All decisions together; later ones overrule earlier ones."""

    corrections: Corrections
    pairs: tuple[tuple[str, str], ...]
    """Who belongs together."""
    fields: Mapping[str, Mapping[Field, str | None]]
    """For each report, by its anchor, what its event says."""


def decided(decisions: Iterable[Decision]) -> Decided:
    """What holds after these decisions, the oldest first."""
    together: set[tuple[str, str]] = set()
    apart: set[tuple[str, str]] = set()
    wrong: set[str] = set()
    fields: defaultdict[str, dict[Field, str | None]] = defaultdict(dict)
    for one in decisions:
        match one.kind:
            case "merge":
                apart -= set(product(one.members, one.members))
                together |= _star(one.members)
            case "split":
                across = set(product(one.members, one.others)) | set(product(one.others, one.members))
                together -= across
                together |= _star(one.members) | _star(one.others)
                apart |= set(product(one.members, one.others[:MOST_APART]))
                apart |= set(product(one.others[:MOST_APART], one.members))
            case "wrong":
                wrong |= set(one.members)
            case "set":
                for member in one.members:
                    if one.field:
                        fields[member][one.field] = one.value
    return Decided(
        Corrections(together=_by_member(together), apart=_by_member(apart), wrong=frozenset(wrong)),
        tuple(sorted(together)),
        fields,
    )


def _star(members: tuple[str, ...]) -> set[tuple[str, str]]:
    return {pair for member in members[1:] for pair in ((members[0], member), (member, members[0]))}


def _by_member(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {one: frozenset(others) for one, others in found.items()}


def article_of(member: str) -> str:
    """The article of a member of a story (itself) or of an event (where the report stands)."""
    return member.partition(":")[0]


def encoded(decision: Decision) -> str:
    """A decision as JSON."""
    return msgspec.json.encode(decision).decode()


def correction_of(row: tuple[int, str, str, str, str]) -> Correction:
    """A correction as the catalogue has it."""
    number, moment, who, why, content = row
    return Correction(
        number=number, moment=moment, who=who, why=why, decision=msgspec.json.decode(content, type=Decision)
    )
