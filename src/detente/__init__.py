"""Detente: who did what to whom, when, where and on whose word, from ordinary news.

import detente

reports = detente.code("NATO, Russia agree to resume contacts", published="2009-06-28")
for report in reports:
    print(report.type, report.standing, report.text)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from detente.api import Reports, code, code_pair, code_records, codes, explain, open, read, who
    from detente.coder import Coder
    from detente.errors import (
        DetenteError,
        InputError,
        LexiconError,
        ModelError,
        NotAnArticle,
        NotEnglish,
        QuestionError,
        StoreError,
        Unreadable,
    )
    from detente.lexicon import Lexicon
    from detente.model import (
        Actor,
        ActorMention,
        Article,
        Because,
        Coding,
        Count,
        Mention,
        Party,
        Place,
        PlaceMention,
        Record,
        Report,
        Sentence,
        TimeMention,
        When,
        Where,
    )

# Where each public name lives. Loaded at first use: `import detente` costs a few milliseconds, and a program that only
# reads a store never loads the language model.
_HOME = {
    "detente.api": ("Reports", "code", "code_pair", "code_records", "codes", "explain", "open", "read", "who"),
    "detente.coder": ("Coder",),
    "detente.errors": (
        "DetenteError", "InputError", "LexiconError", "ModelError", "NotAnArticle", "NotEnglish", "QuestionError",
        "StoreError", "Unreadable",
    ),
    "detente.lexicon": ("Lexicon",),
    "detente.model": (
        "Actor", "ActorMention", "Article", "Because", "Coding", "Count", "Mention", "Party", "Place", "PlaceMention",
        "Record", "Report", "Sentence", "TimeMention", "When", "Where",
    ),
}  # fmt: skip
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Actor", "ActorMention", "Article", "Because", "Coder", "Coding", "Count", "DetenteError", "InputError",
    "Lexicon", "LexiconError", "Mention", "ModelError", "NotAnArticle", "NotEnglish", "Party", "Place", "PlaceMention",
    "QuestionError", "Record", "Report", "Reports", "Sentence", "StoreError", "TimeMention", "Unreadable", "When",
    "Where", "code", "code_pair", "code_records", "codes", "explain", "open", "read", "who",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    return getattr(importlib.import_module(_MODULE[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
