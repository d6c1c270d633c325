"""Whose fault it is, and what to do next.

DetenteError
├── InputError            what came in cannot be coded; in bulk each is a counted, named skip
│   ├── Unreadable        not text at all, damaged, or over a limit
│   ├── NotAnArticle      readable, yet no article is on the page
│   └── NotEnglish        an article in a language that Detente does not code
├── QuestionError     what is asked does not fit: spans outside the text, a date that is none
├── LexiconError          an entry of a lexicon is wrong: file, line and entry are named
├── ModelError            the language model is missing, damaged or of another version
└── StoreError            a store is missing, locked, damaged or of another version
    └── NotThere          no article, report, event or story of this id is in the store, or several begin so

Every message names the input, the place in it, and the next step.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import ClassVar

from detente.model import State

FAULT = "a fault of Detente's own"


def fault_of(error: Exception) -> str:
    """What is told of an error that nobody foresaw, where one input must not end the work on all others.

    "a fault of Detente's own (KeyError: 'x', roles.py:120); please report it"
    """
    places = traceback.extract_tb(error.__traceback__)
    where = f", {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
    return f"{FAULT} ({type(error).__name__}: {error}{where}); please report it"


class DetenteError(Exception):
    """The base of all that Detente raises on purpose."""


class InputError(DetenteError):
    """What came in cannot be coded."""

    state: ClassVar[State] = "unreadable"
    """The ledger state that this error leaves behind."""


class Unreadable(InputError):
    """The input is not text, is damaged, or is over a limit."""


class NotAnArticle(InputError):
    """The input is readable, but holds no article."""

    state: ClassVar[State] = "not an article"


class NotEnglish(InputError):
    """The input is an article in another language."""

    state: ClassVar[State] = "not English"


class QuestionError(DetenteError, ValueError):
    """What is asked of a text does not fit it: the spans of a pair lie outside it, or the date is none."""


class LexiconError(DetenteError):
    """An entry of a lexicon is wrong."""


class ModelError(DetenteError):
    """The language model cannot be used."""


class StoreError(DetenteError):
    """A store cannot be used."""


class NotThere(StoreError):
    """What is asked for by an id is not in the store, is gone, or is several things."""
