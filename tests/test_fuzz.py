"""No text breaks the coder, and its work grows with the text and no faster; `benchmarks/fuzz.py` tries many more."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coder import Coder
from detente.model import Phrase
from detente.sentences import sentences_of
from fuzz import SHAPES, Fault, article_of, check, check_report, check_ways_in, mutants, of_one_sentence, run


@pytest.fixture(scope="module")
def coder():
    return Coder()


def coded(text, coder):
    article = article_of(text)
    (sentences,) = sentences_of([article], coder.language)
    return coder.coding_of(article, sentences)


def test_fifteen_hundred_broken_sentences_do_no_harm(coder, capsys):
    assert run(coder, 1500, seed=20240515) == 0, capsys.readouterr().out


def test_the_same_seed_gives_the_same_sentences(coder):
    some, same, others = (mutants(coder, seed) for seed in (1, 1, 2))
    texts = [[next(texts) for _ in range(40)] for texts in (some, same, others)]
    assert texts[0] == texts[1] != texts[2]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(text=st.text(st.characters(), max_size=200))
def test_any_text_does_no_harm(coder, text):
    check(coded(text, coder))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\0", "\ud800", "\u202eTogo bombed Chad\u202c", "TOGO BOMBS CHAD", '"Togo bombed Chad',
        "(((Togo) bombed (Chad", "• Togo bombed Chad\n• Chad bombed Togo", "Togo\tbombed\tChad\n1\t2\t3",
        "Togo bombed\n  Chad,\nwho wept", "x = togo.bomb(chad)",
        "\u0422\u043e\u0433\u043e", "\U0001f4a3 Togo bombed Chad \U0001f622", "Togo bombed Chad and " * 100,
    ],
)  # fmt: skip
def test_every_way_in_takes_it(coder, text):
    check(coded(text, coder))
    check_ways_in(text, article_of(text), coder)


@pytest.mark.parametrize("text", [
    # the modifier of a context's words stands behind its noun
    'SOUTH Africa dismantled weapons nuclear" its',
])  # fmt: skip
def test_what_it_found_stays_mended(coder, text):
    coding = coded(text, coder)
    assert coding.reports
    check(coding)


def test_what_is_wrong_is_seen(coder):
    """The checks can fail: each of these breaks one thing that must hold."""
    from msgspec.structs import replace

    coding = coded("Togo bombed Chad.", coder)
    (report,) = coding.reports
    for broken in (
        replace(report, trigger=(0, 99)),
        replace(report, text="Togo bombed"),
        replace(report, source=(), target=()),
        replace(report, source=(replace(report.source[0], words=(4, 4)),)),
    ):
        with pytest.raises(Fault):
            check_report(broken, coding.article)
    clause = replace(coding.sentences[0].clauses[0], subject=Phrase(words=(0, 99), head=0, lemma="x"))
    for wrong in (
        replace(coding, reports=(report, report)),
        replace(coding, sentences=(replace(coding.sentences[0], clauses=(clause,)),)),
        replace(coding, sentences=(replace(coding.sentences[0], end=99),)),
    ):
        with pytest.raises(Fault):
            check(wrong)


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_no_faster_than_the_text(coder, shape):
    """Counted, not timed: calls of functions over a sentence of 960 words against one of 240."""
    calls = [calls_for(of_one_sentence(SHAPES[shape], length), coder) for length in (240, 960)]
    assert calls[1] < 4.4 * calls[0]


def calls_for(text, coder):
    coded(text, coder)  # what is learned once is not counted
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        coded(text, coder)
    finally:
        sys.setprofile(None)
    return calls
