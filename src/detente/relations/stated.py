"""Turns that the news itself states: ties cut, envoys sent home, contacts resumed, relations that "began to thaw".

Which events state one is told by `lexicons/scales/stated.tsv`, from the rule that coded them, their type, mode or CAMEO
code, and the words of their sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from detente.lexicon import Lexicon
from detente.model import FACTS, Event, Report
from detente.relations.scale import ScaleLine, our_lexicon

Label = Literal["thaw", "freeze"]


class StatedTurn(Struct, frozen=True, kw_only=True):
    """An event that says of itself that a relation turns."""

    id: str
    """Of the report or event."""
    day: str | None
    """ISO 8601; None where it is not known."""
    label: Label
    source: tuple[str, ...]
    """Ids of who turns, and of those to whom."""
    target: tuple[str, ...]
    text: str
    because: str
    """The entry that says so: "scales/stated#sever-relations"."""


class Stated:
    """The lines of `stated.tsv`, asked one event at a time."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        """Raises `LexiconError` when a table cannot be read."""
        lines = (lexicon or our_lexicon()).entries("scales", ScaleLine)
        self._lines = tuple((line, _beginnings(line.words)) for line in lines if line.turn)

    def of(
        self,
        *,
        rules: Sequence[str] = (),
        type: str | None = None,
        mode: str | None = None,
        cameo: str | None = None,
        text: str = "",
    ) -> tuple[Label, str] | None:
        """Thaw or freeze, and the entry that says so; None for what states no turn.

        `rules` are the whole names of the entries that coded it ("events/sanction#sever-relations").
        """
        for line, beginnings in self._lines:
            if line.rule is not None and line.rule not in rules:
                continue
            if any(
                asked is not None and asked != told
                for asked, told in ((line.type, type), (line.mode, mode), (line.cameo, cameo))
            ):
                continue
            if line.turn is not None and (beginnings is None or beginnings.search(text)):
                return line.turn, line.id
        return None


def stated_turns(
    told: Iterable[Report | Event], stated: Stated | None = None, *, standing: Sequence[str] = FACTS
) -> tuple[StatedTurn, ...]:
    """Those of the reports or events that state a turn and stand as `standing` says, in their order.

    Reports know the rules that coded them; events are judged by type, mode, CAMEO code and the sentence that tells them
    best. Raises `LexiconError` when a table cannot be read.
    """
    stated = stated or Stated()
    found = []
    for item in told:
        if item.standing not in standing:
            continue
        rules = tuple(because.rule for because in item.because) if isinstance(item, Report) else ()
        answer = stated.of(rules=rules, type=item.type, mode=item.mode, cameo=item.cameo, text=item.text)
        if answer is not None:
            found.append(_stated(item, *answer))
    return tuple(found)


def _stated(item: Report | Event, label: Label, because: str) -> StatedTurn:
    return StatedTurn(
        id=item.id,
        day=_day_of(item),
        label=label,
        source=tuple(party.id for party in item.source),
        target=tuple(party.id for party in item.target),
        text=item.text,
        because=because,
    )


def _day_of(item: Report | Event) -> str | None:
    """Its first day, or its last where it is open ("by 28 June"); of an event else the day on which it was told."""
    if isinstance(item, Report):
        return (item.time.start or item.time.end) if item.time else None
    return item.start or item.end or next((telling.date for telling in item.tellings if telling.date), None)


def _beginnings(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
