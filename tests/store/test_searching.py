"""Searches: what people write becomes a question to the index, and nothing of it an operator of the index's own."""

import pytest
from tests.store.made import coding

from detente.errors import QuestionError
from detente.store import Store, searching
from detente.store.searching import question_of

ARTICLES = {
    "shield": ("Poland and the missile shield", "A shield of missiles is planned.", "2009-05-02"),
    "thaw": ("NATO and Russia thaw", "Contacts are resumed after the freeze.", "2009-06-28"),
    "freeze": ("Relations freeze again", "Diplomats were expelled; the missile shield was named.", "2010-01-05"),
    "georgia": ("Georgia holds war games", "NATO takes part.", "2009-05-30"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("searching") / "events"
    with Store(path) as opened:
        opened.publish(
            [coding(headline, origin=name, body=body, date=day, reports=0)
             for name, (headline, body, day) in ARTICLES.items()], version="1",
        )  # fmt: skip
    return path


def names(store, text, **options):
    headlines = {headline: name for name, (headline, *_) in ARTICLES.items()}
    with Store(store) as opened:
        return [headlines[one.headline] for one in opened.find(text, **options).articles]


@pytest.mark.parametrize("text, found", [
    ("nato", {"thaw", "georgia"}),
    ("missile shield", {"shield", "freeze"}),
    ('"missile shield"', {"shield", "freeze"}),
    ('"shield missile"', set()),
    # without
    ("shield -poland", {"freeze"}),
    # one of them
    ("thaw OR freeze", {"thaw", "freeze"}),
    ("thaw OR freeze nato", {"thaw"}),
    # a beginning
    ("diplom*", {"freeze"}), ("di*", {"freeze"}), ("dip*", {"freeze"}), ("dipl*", {"freeze"}),
    ("mi*", {"shield", "freeze"}),
    ("missile*", {"shield", "freeze"}),
    # where, by whom, when
    ("headline:georgia", {"georgia"}),
    ("headline:nato", {"thaw"}),
    ("nato outlet:Examplenews", {"thaw", "georgia"}),
    ("nato outlet:nobody", set()),
    ("nato since:2009-06", {"thaw"}),
    ("nato until:2009-05", {"georgia"}),
    ("missile since:2009-05-02 until:2009-05-02", {"shield"}),
    # what SQLite would take for its own
    ("nato AND", {"thaw", "georgia"}), ("shield NOT poland", {"freeze"}),
    ('nato"', {"thaw", "georgia"}), ("NEAR(nato russia)", set()),
    ("nato:", {"thaw", "georgia"}),
    ("(nato)", {"thaw", "georgia"}), ("^nato", {"thaw", "georgia"}), ("text MATCH nato", set()),
])  # fmt: skip
def test_what_is_found(store, text, found):
    assert set(names(store, text)) == found


@pytest.mark.parametrize("text", ["", "-nato", "*", '""', "outlet:Xinhua", "OR", "since:2009", "nato since:spring"])
def test_what_looks_for_nothing_says_so(text):
    with pytest.raises(QuestionError):
        question_of(text)


@pytest.mark.parametrize("text", ["n*", "nato OR s*", "u.s*", "headline:_n*", "nato -x*"])
def test_one_letter_is_no_beginning_to_look_for(text):
    with pytest.raises(QuestionError, match="write 2 letters before the asterisk"):
        question_of(text)


def test_a_word_in_the_headline_counts_more(store):
    assert names(store, "freeze")[0] == "freeze"
    assert names(store, "freeze", order="latest") == ["freeze", "thaw"]


def test_common_words_give_the_latest_first(store, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 2)
    with Store(store) as opened:
        results = opened.find("nato OR shield")
    assert (results.count, results.is_cut) == (2, True)
    assert [one.headline for one in results.articles] == [ARTICLES["georgia"][0], ARTICLES["freeze"][0]]


def test_outlets_and_years_are_counted(store):
    with Store(store) as opened:
        results = opened.find("nato OR shield")
    assert (results.outlets, results.years) == ([("Examplenews", 4)], [("2010", 1), ("2009", 3)])


@pytest.mark.parametrize("letters", ['"', "'", "*", "()", "\0", "a" * 900, "NOT NOT", "{a}:b", "-", "a:b:c", "“nato”"])
def test_no_letters_break_a_search(store, letters):
    with Store(store) as opened:
        opened.find(f"nato {letters}")
