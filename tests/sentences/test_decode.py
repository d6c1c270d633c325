from itertools import product

import numpy as np
import pytest

from detente.sentences.decode import best_names, best_tree, is_tree

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([2, 0], True),
        ([2, 0, 2, 3], True),
        # nobody is the root
        ([2, 1], False),
        # two roots
        ([0, 0], False),
        # a circle beside the root
        ([0, 3, 2], False),
        # its own head
        ([0, 2], False),
    ],
)
def test_a_tree_has_one_root_and_no_circle(heads, expected):
    assert is_tree(heads) is expected


@pytest.mark.parametrize("seed", range(60))
def test_the_best_tree_is_the_best_of_all_trees(seed):
    words = 2 + seed % 4
    scores = np.random.default_rng(seed).normal(size=(words + 1, words + 1)).astype(np.float32)

    def total(heads):
        return sum(scores[at + 1, head] for at, head in enumerate(heads))

    trees = [heads for heads in product(range(words + 1), repeat=words) if is_tree(heads)]
    found = best_tree(scores)
    assert is_tree(found)
    assert total(found) == pytest.approx(max(total(heads) for heads in trees), abs=1e-4)


@pytest.mark.parametrize("seed", range(20))
def test_a_long_sentence_gets_a_tree(seed):
    scores = np.random.default_rng(seed).normal(size=(121, 121)).astype(np.float32)
    assert is_tree(best_tree(scores))


def rows(*tags):
    scores = np.zeros((len(tags), len(TAGS)), np.float32)
    for row, tag in enumerate(tags):
        scores[row, TAGS.index(tag)] = 2
    return scores


@pytest.mark.parametrize("tags", [["O", "B-PER", "I-PER"], ["B-LOC", "B-PER", "O"]])
def test_well_formed_names_stay(tags):
    assert [TAGS[tag] for tag in best_names(rows(*tags), TAGS)] == tags


def test_a_name_does_not_begin_inside():
    scores = rows("O", "I-PER", "I-PER")
    scores[1, TAGS.index("B-PER")] = 1
    assert [TAGS[tag] for tag in best_names(scores, TAGS)] == ["O", "B-PER", "I-PER"]


def test_a_name_does_not_change_its_class_inside():
    scores = rows("B-PER", "I-LOC", "I-PER")
    scores[1, TAGS.index("I-PER")] = 1
    assert [TAGS[tag] for tag in best_names(scores, TAGS)] == ["B-PER", "I-PER", "I-PER"]
