"""What the one does to the other, where both are given: rules first, a guess behind them, always an answer."""

import pytest

import detente
from detente.model import Type
from detente.reports.guess import GUESSED, head

SENTENCES = [
    # a rule knows it
    ("Peru", "two Chilean envoys", "Peru has expelled two Chilean envoys.", "SANCTION"),
    # passive, and the pair the other way round in the sentence
    ("Peru", "Chile", "Chile was accused by Peru of poisoning the lake.", "ACCUSE"),
    # what is promised or refused is the act
    ("Norway", "Haiti", "Norway will send rice to Haiti.", "AGREE"),
    ("Norway", "Haiti", "Norway refused to send rice to Haiti.", "REJECT"),
    # parties that no lexicon has
    ("the Zorba clan", "the Quill brothers", "Gunmen of the Zorba clan shot at the Quill brothers.", "ASSAULT"),
    # words that no rule has
    ("The junta", "the poet", "The junta had the poet flogged in the market.", "ASSAULT"),
]


def spans(text, *parts):
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


@pytest.mark.parametrize("source, target, text, type", SENTENCES, ids=[row[2] for row in SENTENCES])
def test_says_what_one_does_to_the_other(source, target, text, type):
    assert detente.code_pair(text, *spans(text, source, target))[0].type == type


@pytest.mark.parametrize(
    "text, source, target",
    [
        ("Grey", (0, 4), None),
        ("Grey", None, None),
        ("Россия, Грузия.", (0, 6), (8, 14)),
        ("it " * 300, (0, 2), (3, 5)),
        # halves of characters
        ("Chad\ud83d met \udc00Togo.", (0, 4), (11, 15)),
    ],
)
def test_always_answers_with_all_types(text, source, target):
    answer = detente.code_pair(text, source, target)
    assert {one.type for one in answer} == set(Type.__args__)
    assert sum(one.score for one in answer) == pytest.approx(1, abs=0.01)
    assert [one.score for one in answer] == sorted((one.score for one in answer), reverse=True)


def test_says_by_which_rule_and_where_it_guessed():
    text = "Peru has expelled two Chilean envoys."
    best, *others = detente.code_pair(text, *spans(text, "Peru", "two Chilean envoys"))
    assert best.because[0].rule == "events/sanction#expel-envoys" and best.cameo == "161"
    assert all(one.because[0].rule == GUESSED for one in others)


@pytest.mark.parametrize("span", [(0, 99), (3, 3), (-1, 2), (5, 2)])
def test_names_a_span_that_does_not_lie_in_the_text(span):
    with pytest.raises(detente.QuestionError, match=r"target .* does not lie in the text of 10 characters"):
        detente.code_pair("Peru slept", (0, 4), span)


def test_names_a_date_that_is_none():
    with pytest.raises(detente.QuestionError, match="published is 'last week', which is no date"):
        detente.code_pair("Peru slept", (0, 4), None, "last week")


def test_a_damaged_head_is_named(tmp_path):
    (tmp_path / "guess.npz").write_bytes(b"no weights")
    with pytest.raises(detente.ModelError, match=r"guess\.npz"):
        head(tmp_path / "guess.npz")
