"""What did not become a record, and why."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Unread(Struct, frozen=True):
    """An input that could not be read, or what was rightly passed over in it; with the reason and the next step."""

    origin: str
    reason: str
    state: Literal["unreadable", "not an article"] = "unreadable"
    """How it ends in the ledger: pictures in an archive are no failure."""
