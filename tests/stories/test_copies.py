"""Copies, cuts, rewordings and quotes, as they come one after the other."""

import random

import pytest

import detente.stories.copies
from detente.stories import Copies

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "klmnrst"]


def article(seed, length=300):
    return random.Random(seed).choices(WORDS, k=length)


def text(words):
    return " ".join(words) + "."


A, B = article(1), article(2)


def reworded(words, share, seed=3):
    draw = random.Random(seed)
    return [draw.choice(WORDS) if draw.random() < share else word for word in words]


@pytest.mark.parametrize(
    "later, relation",
    [
        (A, "same"),
        (A[:150], "cut"),
        (A[200:260], "cut"),
        (A + article(4, 100), "extended"),
        (reworded(A, 0.05), "reworded"),
        (reworded(A, 0.2), "reworded"),
        (A[60:90] + A[:60] + A[90:], "same"),
        (A[:100] + article(4, 60), "reworded"),
        (article(5, 8) + A, "same"),
    ],
)
def test_copies(later, relation):
    copies = Copies()
    assert copies.add("a", text(A)) is None
    assert copies.add("b", text(B)) is None
    found = copies.add("c", text(later))
    assert (found.article, found.of, found.relation) == ("c", "a", relation)
    assert 0.42 <= found.share <= 1
    assert sorted(copies.groups()) == [("a", "c"), ("b",)]


@pytest.mark.parametrize(
    "later",
    [
        # another story
        article(6),
        # a quarter is quoted
        article(6, 225) + A[:75],
        # of two articles, a sixth of each
        A[:50] + article(6, 200) + B[:50],
        # the same words in another order
        random.Random(7).sample(A, len(A)),
        # nothing
        [],
    ],
)
def test_no_copies(later):
    copies = Copies()
    copies.add("a", text(A))
    copies.add("b", text(B))
    assert copies.add("c", text(later)) is None
    assert len(list(copies.groups())) == 3


def test_case_punctuation_and_accents_do_not_count():
    copies = Copies()
    copies.add("a", text(A))
    found = copies.add("b", "“" + ", ".join(word.upper() for word in A) + "”\u2014")
    assert (found.relation, found.share) == ("same", 1.0)


def test_other_scripts_are_read():
    letters = "абвгдежзиклмнопрст"
    words = ["".join(random.Random(n).choices(letters, k=6)) for n in range(200)]
    copies = Copies()
    copies.add("a", text(words))
    copies.add("b", text(words[::-1]))
    assert copies.add("c", text(words[:90])).of == "a"


def test_what_comes_earlier_is_the_original_whenever_it_came():
    copies = Copies()
    copies.add("late", text(A[:200]), "2010-06-04")
    found = copies.add("early", text(A), "2010-06-03")
    assert (found.article, found.of, found.relation) == ("late", "early", "cut")
    assert copies.copies_of("late") == ("early", "late")


def test_the_same_article_twice_changes_nothing():
    copies = Copies()
    copies.add("a", text(A))
    assert copies.add("a", text(A)) is None
    assert (len(copies), list(copies.groups())) == (1, [("a",)])


def test_an_original_that_comes_after_two_cuts_joins_them():
    copies = Copies()
    copies.add("a", text(A[:120]))
    copies.add("b", text(A[180:]))
    assert len(list(copies.groups())) == 2
    copies.add("c", text(A))
    assert sorted(map(sorted, copies.groups())) == [["a", "b", "c"]]


def test_what_quotes_the_passage_to_which_another_was_cut_is_no_copy():
    copies = Copies()
    copies.add("whole", text(A))
    copies.add("cut", text(A[:60]))
    assert copies.add("quoting", text(article(6, 240) + A[:60])) is None


def test_boilerplate_makes_no_copies():
    foot = article(9, 40)
    copies = Copies()
    for number in range(40):
        copies.add(str(number), text(article(100 + number, 50 if number > 20 else 300) + foot))
    assert max(map(len, copies.groups())) <= 2


@pytest.mark.parametrize("length", [1, 2, 3, 5, 20])
def test_short_texts(length):
    copies = Copies()
    copies.add("a", text(A[:length]))
    copies.add("b", text(B[:length]))
    assert copies.add("c", text(A[:length])).relation == "same"


def test_groups_do_not_depend_on_the_order_but_for_what_only_a_third_one_joins():
    texts = {"a": A, "b": A[:150], "c": reworded(A, 0.1), "d": B, "e": B[100:], "f": article(6)}
    for seed in range(10):
        copies = Copies()
        for name in random.Random(seed).sample(sorted(texts), len(texts)):
            copies.add(name, text(texts[name]))
        assert sorted(sorted(group) for group in copies.groups()) == [["a", "b", "c"], ["d", "e"], ["f"]]


def test_forgetting():
    copies = Copies()
    copies.add("a", text(A), "2010-06-01")
    copies.add("b", text(A[:200]), "2010-06-05")
    copies.add("c", text(B), "2010-06-01")
    copies.add("d", text(article(6)))
    assert copies.forget("2010-06-03") == 2
    assert ("a" in copies, "b" in copies, "d" in copies, len(copies)) == (False, True, True, 2)
    assert copies.add("e", text(A[:150]), "2010-06-06").of == "b"
    assert copies.add("f", text(B), "2010-06-06") is None
    with pytest.raises(KeyError):
        copies.copies_of("a")


def test_ten_thousand_of_the_same_are_held_against_few(monkeypatch):
    compared = []
    real = detente.stories.copies.common
    monkeypatch.setattr("detente.stories.copies.common", lambda *arrays: compared.append(1) or real(*arrays))
    copies = Copies()
    for number in range(10_000):
        copies.add(str(number), text(A))
    assert len(list(copies.groups())) == 1
    assert len(compared) < 3 * 10_000


def test_a_text_of_ten_megabytes_is_known_by_its_beginning():
    copies = Copies()
    copies.add("a", text(A) * 6_000)
    copies.add("b", text(A))
    assert sorted(map(sorted, copies.groups())) == [["a", "b"]]


def test_what_came_before_is_found_again_in_another_process():
    """Numbers of words must not depend on Python's own seed for strings."""
    from detente.stories.runs import numbers_of, runs_of

    assert runs_of(numbers_of("Iran and Iraq signed a pact."), 4).tolist() == [
        12_476_226_516_678_758_365,
        15_002_447_928_239_494_060,
        14_516_971_424_073_954_989,
    ]
