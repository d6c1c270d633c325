"""Lists of verbs that the reading of sentences needs, from `lexicons/sentences`."""

from __future__ import annotations

from functools import cache

from detente.lexicon import Lexicon


@cache
def verbs(kind: str) -> frozenset[str]:
    """A set of `lexicons/sentences/verbs.toml`: "saying", "inverting", "asking", "telling", "subject_does" ...

    Raises `LexiconError` when the file cannot be read.
    """
    return frozenset(Lexicon().sets("sentences")[kind])
