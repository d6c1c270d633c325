"""From pages at hand to articles in the store."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from detente.coder import Code, harmless
from detente.model import Coding, Record
from detente.records import Unread
from detente.store import Fusing, Store
from detente.watch.state import PageState

READ = ("coded", "no events", "duplicate", "joined")
"""The states of what holds an article."""


class AtHand(Struct, frozen=True, kw_only=True):
    """A page that waits to be coded."""

    page: PageState
    record: Record | Unread
    own: Record | None = None
    """What the feed gives of it, in case that the page holds no article."""


class Publisher:
    """Codes pages and publishes what came of them; marks a page done only in what it gives back."""

    def __init__(self, store: Store, code: Code, version: str) -> None:
        self._store = store
        self._code = code
        self._version = version

    def publish(self, batch: Sequence[AtHand]) -> list[Coding]:
        """One coding for each page, as the store has it now; pages that were coded before are replaced.

        Raises `StoreError`, and `LexiconError` or `ModelError` when nothing can be coded.
        """
        codings = self._coded([one.record for one in batch])
        second = [n for n, one in enumerate(batch) if one.own is not None and codings[n].state not in READ]
        for n, coding in zip(second, self._coded([own for n in second if (own := batch[n].own)]), strict=True):
            if coding.state in READ:
                codings[n] = coding
        instead = {
            coding.origin: {coding.origin, *filter(None, one.page.former.split("\n"))}
            for one, coding in zip(batch, codings, strict=True)
        }
        return list(self._store.publish(codings, version=self._version, instead_of=instead))

    def fuse(self) -> Fusing:
        """Brings stories and events up to date. Raises `StoreError`."""
        return self._store.fuse()

    def _coded(self, records: Sequence[Record | Unread]) -> list[Coding]:
        return harmless(self._code, records)


def settle(page: PageState, coding: Coding) -> None:
    """Write on the page what came of it. What was read before and is no article today stays as it was."""
    if page.outcome in READ and coding.state not in READ:
        page.progress, page.reason = "done", f"kept as it was: {coding.reason}"
        return
    page.outcome, page.reason = coding.state, coding.reason
    page.progress = "done" if coding.record else "unread"
    if coding.record:
        page.origin = coding.origin
