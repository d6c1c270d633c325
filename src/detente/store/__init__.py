"""What was coded, kept for good: one table per noun, every record with one state, nothing half-visible.

A store is a folder:

    detente.db                      the catalogue (SQLite): which segments are the store, the ledger, the search index
    articles/month=2009-06/*.parquet   immutable segments, one folder per noun
    sentences/...  mentions/...  reports/...             what comes of each article
    placements/...  stories/...  events/...  changes/... what comes of articles together

`Store` is loaded at first use, because it needs pyarrow and DuckDB and `import detente` must not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.store.fusing import Fusing
    from detente.store.questions import Answer
    from detente.store.store import Store

__all__ = ["Answer", "Fusing", "Store"]


def __getattr__(name: str) -> Any:
    if name == "Store":
        from detente.store.store import Store

        return Store
    if name == "Answer":
        from detente.store.questions import Answer

        return Answer
    if name == "Fusing":
        from detente.store.fusing import Fusing

        return Fusing
    raise AttributeError(f"module 'detente.store' has no attribute {name!r}")
