"""What the readers of an article lean on: what the lexicon knows, and what the article as a whole has told."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from detente.mentions.names import ActorEntry
from detente.mentions.offices import Offices
from detente.mentions.sectors import Sectors
from detente.mentions.seen import States
from detente.mentions.who import Namer


class Background(NamedTuple):
    """Handed to the readers of one article."""

    namer: Namer
    sectors: Sectors
    offices: Offices
    states: States
    day: str | None
    """The article's day, for which offices are asked."""
    told: AbstractSet[str]
    """The countries and bodies that the article names, by short id."""
    home: ActorEntry | None
    """The country of all places that it names, if it is one."""
