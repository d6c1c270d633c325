"""Baselines: what a reader without any knowledge of politics gets right."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from typing import Any

from detente.errors import DetenteError

FOLDS = 5
SEED = 11


def bag_of_words(texts: Sequence[str], labels: Sequence[str]) -> list[str]:
    """A linear classifier over words and letters, learnt from the set itself, each fold from the others.

    It has seen sentences of the very kind that it is asked about, which the coder has not.
    Raises `DetenteError` when scikit-learn is not installed, and when the set is too small to learn from.
    """
    most = Counter(labels).most_common(2)
    if len(most) < 2 or most[0][1] < FOLDS or most[1][1] < 2:
        raise DetenteError(
            f"the bag of words cannot learn from {len(labels)} rows: it needs {FOLDS} of one label and 2 of another; "
            "leave it out with --no-baselines"
        )
    learn: Any
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.model_selection import StratifiedKFold, cross_val_predict
        from sklearn.pipeline import FeatureUnion, make_pipeline
        from sklearn.svm import LinearSVC
    except ImportError:
        raise DetenteError("the bag of words needs scikit-learn: pip install 'detente[evaluate]'") from None
    words = TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    learn = make_pipeline(FeatureUnion([("words", words), ("letters", letters)]), LinearSVC())
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    with warnings.catch_warnings():
        # A rare label is missing from some folds; that is the baseline's own lot.
        warnings.filterwarnings("ignore", message="The least populated class", category=UserWarning)
        return [str(label) for label in cross_val_predict(learn, list(texts), list(labels), cv=folds)]
