"""Where the work runs. An engine maps records to codings and keeps their order; nothing else knows how many work."""

from detente.engines.local import code

__all__ = ["code"]
