import pytest

from detente.sentences.split import MAX_TOKENS, sentences_in
from detente.sentences.tokens import tokens_in


def sentences(text):
    tokens = tokens_in(text)
    return [text[tokens[first][0] : tokens[last - 1][1]] for first, last in sentences_in(text, tokens)]


@pytest.mark.parametrize(
    "parts",
    [
        # plain
        ["NATO met.", "Russia left."],
        ["Will it hold?", "Nobody knows!", "Talks go on."],
        # a credit before the words
        ["Ana Lopes, Lusa |", "Troops enter Dili."],
        # a title before a name does not end a sentence
        ["Gen. Smith met Mr. Lavrov on Nov. 5.", "They talked."],
        # initials
        ["George W. Bush met J. K. Smith.", "He left."],
        # an abbreviation at the end: the next word begins sentences
        ["He lives in the U.S.", "The talks failed."],
        # the same before a name
        ["The U.S. Senate voted.", "It failed."],
        ["It ended at 5 p.m.", "The police came."],
        # the mark stands inside the quotation
        ["“We will go.”", "He left."],
        ['"We will go."', "He left."],
        ['He said "no."', '"Why?" they asked.'],
        # the sentence goes on after the quotation
        ['"Is this peace?" Lavrov asked.', "Nobody answered."],
        # decimals, versions, lists
        ["It fell by 2.5 percent.", "Prices rose."],
        ["1. Talks begin.", "2. War ends."],
        # three points
        ["He waited ...", "Nobody came."],
        ["They said … nothing at all."],
        # a dateline
        ["BRUSSELS (AP) --", "NATO met."],
        ["MOSCOW, June 28 (Reuters) -", "Russia left."],
        # brackets
        ["They left (on Monday).", "Nobody came."],
        # Yahoo! is a name
        ["Yahoo! said it left."],
        # a blank line ends what has no full stop
        ["A headline", "\n\nThe text begins."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts):
    assert sentences(" ".join(parts)) == [part.strip() for part in parts]


def test_what_has_no_end_is_cut_at_a_comma():
    found = sentences(", ".join(["Georgia"] * 500))
    assert len(found) > 5
    assert all(len(tokens_in(sentence)) <= MAX_TOKENS for sentence in found)
    assert all(sentence.endswith(",") for sentence in found[:-1])


def test_nothing_has_no_sentences():
    assert sentences("") == sentences(" \n ") == []
