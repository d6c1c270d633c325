"""Scores of found chains, worked out by hand."""

import sys

import pytest

from detente.errors import DetenteError
from detente.evaluate.coreference import ceaf_e, coreference, muc


@pytest.mark.parametrize(
    "found, gold, precision, recall",
    [
        ("xxyyzzz", "aaabbbb", 3 / 4, 3 / 5),  # 4 links found, 5 wanted, 3 right
        ("xxxx", "aabb", 2 / 3, 1),
        ("xyzw", "aabb", 0, 0),  # nothing linked
        ("xxyy", "abcd", 0, 0),  # nothing to link
        ("xxyy", "aabb", 1, 1),
        ("", "", 0, 0),
    ],
)
def test_muc_counts_links(found, gold, precision, recall):
    figures = muc(found, gold)
    assert (figures.precision, figures.recall) == pytest.approx((precision, recall))


@pytest.mark.parametrize(
    "found, gold, similarity",
    [
        ("xxyyzzz", "aaabbbb", 4 / 5 + 6 / 7),  # x-a and z-b; y is left over
        ("xxxxxy", "aaabba", 4 / 7 + 2 / 5),  # x is nearest to a (6/9), but then y has none: x-b and y-a are more
        ("xxxxxx", "aaabbb", 6 / 9),  # one found chain answers one gold one
        ("xyzw", "aabb", 2 / 3 + 2 / 3),
        ("xxyy", "aabb", 2),
        ("", "", 0),
    ],
)
def test_ceaf_e_pairs_chains_for_the_best_sum(found, gold, similarity):
    figures = ceaf_e(found, gold)
    assert figures.precision == pytest.approx(similarity / max(1, len(set(found))))
    assert figures.recall == pytest.approx(similarity / max(1, len(set(gold))))


def test_conll_is_the_mean_of_three():
    figures = coreference("xxyyzzz", "aaabbbb")
    assert figures.b_cubed.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1 + 1 + 1) / 7)
    assert figures.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 3 / 4 + 3 / 4 + 3 / 4) / 7)
    assert figures.conll == pytest.approx((figures.muc.f1 + figures.b_cubed.f1 + figures.ceaf_e.f1) / 3)
    assert coreference("xxyz", "aabc").conll == 1


def test_without_scipy_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(DetenteError, match=r"detente\[evaluate\]"):
        ceaf_e("xxxxxy", "aaabba")
