import time

import pytest

from detente.sentences.tokens import tokens_in


def words(text):
    return [text[start:end] for start, end in tokens_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # clitics
        ("Moscow didn't agree", "Moscow did n't agree"),
        ("NATO's envoys can’t go, they'll stay", "NATO 's envoys ca n’t go , they 'll stay"),
        ("Russia cannot pay", "Russia can not pay"),
        # an apostrophe inside a name is no clitic
        ("O'Reilly met Ba'athists at L'Enfant", "O'Reilly met Ba'athists at L'Enfant"),
        # plural possessive
        ("the diplomats' visas", "the diplomats ' visas"),
        # hyphens are words, but for prefixes
        ("U.S.-led forces", "U.S. - led forces"),
        ("military-to-military contacts", "military - to - military contacts"),
        ("anti-government protesters and ex-minister", "anti-government protesters and ex-minister"),
        ("in the mid-1980s", "in the mid-1980s"),
        # abbreviations keep their full stop, the end of a sentence is its own
        ("Gen. Smith of the U.S. left.", "Gen. Smith of the U.S. left ."),
        ("Mr. Bush of Enron Corp. said", "Mr. Bush of Enron Corp. said"),
        ("J. Smith and Plan B.", "J. Smith and Plan B ."),
        ("No. 5 said no.", "No. 5 said no ."),
        # numbers, money, time
        ("$2.5bn or 5,000 euros, 40%", "$ 2.5 bn or 5,000 euros , 40 %"),
        ("at 10:57 p.m. on 9/11, 5pm", "at 10:57 p.m. on 9/11 , 5 pm"),
        ("the 20th on 2009-06-28 and 1990s", "the 20th on 2009-06-28 and 1990s"),
        ("150,000, also", "150,000 , also"),
        ("1999-2003", "1999 - 2003"),
        # marks
        ("“No,” he said… Why?!", "“ No , ” he said … Why ?!"),
        ("talks -- and/or war", "talks -- and / or war"),
        # addresses
        ("See https://example.org/a?b=c. Today", "See https://example.org/a?b=c . Today"),
        ("Write to a.b@example.org.", "Write to a.b@example.org ."),
        # other scripts and combining marks
        ("Président Erdoğan, Łódź", "Président Erdoğan , Łódź"),
    ],
)  # fmt: skip
def test_words_as_the_treebanks_cut_them(text, expected):
    assert words(text) == expected.split(" ")


def test_places_are_places_in_the_whole_text():
    assert tokens_in("Oh! NATO's", 4) == [(4, 8), (8, 10)]
    assert tokens_in("Oh! NATO's", 0, 3) == [(0, 2), (2, 3)]


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        ".",
        "a.",
        "a-",
        "1,",
        "1.",
        "-",
        "'",
        "a'",
        "A.",
        "@",
        "a@b.",
        "http://",
        "non-",
        "U.S.-",
        "1:",
        "1/1/",
        "\u0301",
    ],
)
def test_no_text_takes_more_than_linear_time(unit):
    text = unit * (400_000 // len(unit))
    began = time.process_time()
    tokens_in(text)
    assert time.process_time() - began < 5
