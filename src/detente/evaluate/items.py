"""The challenge set: sentences with the events that a careful person codes in them.

`challenge/README.md` beside the data says what each key means and how the gold decides; the set is CC BY 4.0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from detente.errors import DetenteError
from detente.model import Article, Block, Span, Standing, Type, id_of

FOLDER = Path(__file__).parent / "challenge"
FLOORS = FOLDER / "floors.toml"
OUTLET = "outlet"


class Reading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to code an event that is right."""

    types: tuple[Type, ...]
    cameo: tuple[str, ...] = ()
    """Codes that are right, and with them their finer ones; empty: not checked."""
    source: tuple[str, ...] | None = None
    """None: not checked, since the text leaves it open."""
    target: tuple[str, ...] | None = None
    reciprocal: bool = False
    standing: tuple[Standing, ...] = ("happened",)
    speaker: str = OUTLET
    speakers: tuple[str, ...] = ()
    """A chain, from the nearest to the outermost; empty: `speaker` is all there is."""

    @property
    def nearest(self) -> str:
        """On whose word it rests at once."""
        return self.speakers[0] if self.speakers else self.speaker


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event of an item, in all the ways that are right."""

    words: str
    span: Span
    readings: tuple[Reading, ...]
    optional: bool = False
    """It may be coded and need not be."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One text with its events; none means that nothing in it is an event."""

    id: str
    phenomenon: str
    text: str
    part: Literal["headline", "body"] = "body"
    events: tuple[Event, ...] = ()

    @property
    def pair(self) -> str:
        """What the members of a minimal pair share: "negation-03" of "negation-03a"."""
        return self.id[:-1]

    @property
    def needed(self) -> tuple[Event, ...]:
        """The events that must come out."""
        return tuple(event for event in self.events if not event.optional)

    @property
    def article(self) -> Article:
        """The text as an article of its own."""
        kind: Literal["headline", "paragraph"] = "headline" if self.part == "headline" else "paragraph"
        return Article(
            id=id_of("challenge", self.id),
            record="",
            origin=f"challenge/{self.phenomenon}.toml#{self.id}",
            text=self.text,
            headline=self.text if kind == "headline" else None,
            blocks=(Block(kind, 0, len(self.text)),),
        )


def phenomena() -> tuple[str, ...]:
    """The names of all phenomena."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if path != FLOORS))


def items_of(names: Sequence[str] = (), folder: Path = FOLDER) -> tuple[Item, ...]:
    """The items of these phenomena, or of all.

    Raises `DetenteError` when an item cannot be read, or its words do not stand in its text exactly once.
    """
    return tuple(item for name in names or phenomena() for item in _items_in(folder / f"{name}.toml"))


def _items_in(path: Path) -> Iterator[Item]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))["item"]
    except FileNotFoundError:
        raise DetenteError(f"{path.stem}: no such phenomenon; there are {', '.join(phenomena())}") from None
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DetenteError(f"{path}: cannot be read as items: {error}") from None
    for one in raw:
        try:
            events = tuple(_event(event, one["text"]) for event in one.pop("events"))
            yield msgspec.convert({**one, "phenomenon": path.stem, "events": events}, Item)
        except (msgspec.ValidationError, KeyError, ValueError) as error:
            raise DetenteError(f"{path}: item '{one.get('id', '?')}': {error}") from None


def _event(raw: dict[str, Any], text: str) -> Event:
    words, optional, others = raw.pop("words"), raw.pop("optional", False), raw.pop("or", ())
    if text.count(words) != 1:
        raise ValueError(f"the text holds {words!r} {text.count(words)} times; it must stand there once")
    start = text.index(words)
    ways = [raw, *(_instead(raw, other) for other in others)]
    event = {"words": words, "span": (start, start + len(words)), "readings": ways, "optional": optional}
    return msgspec.convert(event, Event)


def _instead(raw: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Another reading keeps what it does not say; but a code belongs to its type, and a chain to its speaker."""
    kept = dict(raw)
    if "types" in other:
        kept.pop("cameo", None)
    if "speaker" in other:
        kept.pop("speakers", None)
    return {**kept, **other}
