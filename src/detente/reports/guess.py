"""A guess at the type of an event from its words alone, for what no rule knows.

The head was learnt from sentences written for it (`training/events`); it has seen no news and no set of others. It says
that it guessed: its reason is `guess:head`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from detente.errors import ModelError
from detente.model import Sentence, Span, Type
from detente.reports.clues import clues_of

GUESSED = "guess:head"
HEAD = Path(__file__).parent.parent / "models" / "en" / "guess.npz"
TYPES: tuple[Type, ...] = get_args(Type)


class Head:
    """Weights of clues for the sixteen types, and for nothing at all."""

    def __init__(self, weights: NDArray[np.int8], scale: float, bias: NDArray[np.float32]) -> None:
        self._weights = weights
        self._scale = scale
        self._bias = bias

    def guess(self, sentences: Sequence[Sentence], source: Span | None, target: Span | None) -> Mapping[Type, float]:
        """The probability of each type, given that the pair has to do with one another; they add up to 1."""
        clues = clues_of(sentences, source, target)
        logits = self._bias + self._scale * self._weights[clues].sum(axis=0, dtype=np.float32)
        odds = np.exp(logits - logits.max())[: len(TYPES)]
        return dict(zip(TYPES, (odds / odds.sum()).tolist(), strict=True))


@cache
def head(path: Path = HEAD) -> Head:
    """The head that ships with Detente, read when first needed.

    Raises `ModelError` when its file is missing or damaged.
    """
    try:
        with np.load(path) as stored:
            return Head(stored["weights"], float(stored["scale"]), stored["bias"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: the head for guesses cannot be read ({error}); install Detente again") from error
