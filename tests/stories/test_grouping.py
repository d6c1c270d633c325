"""Articles on one matter, put together as they come."""

import random
from datetime import date, timedelta

import pytest

from detente.articles.words import words_of
from detente.stories import Stories, terms_of

FUNCTION_WORDS = words_of().languages["en"][1]
DAY = date(2010, 6, 3)
PACT = [
    ("Iran, Iraq sign pact on border trade", "Iran and Iraq signed a pact on border trade in Baghdad on Monday."),
    (
        "Baghdad and Tehran agree on trade",
        "The border pact that Iran and Iraq signed in Baghdad opens trade for lorries.",
    ),
    ("Traders welcome border pact", "Traders in Basra welcomed the pact on border trade between Iran and Iraq."),
]
ENVOYS = [
    (
        "Turkey expels two Syrian diplomats",
        "Turkey expelled two Syrian diplomats on Sunday, its ministry in Ankara said.",
    ),
    ("Damascus protests against expulsion", "Syria protested against the expulsion of its two diplomats from Turkey."),
]
FISH = [
    (
        "Peru recalls ambassador from Quito",
        "Peru recalled its ambassador from Ecuador in a quarrel over fishing grounds.",
    ),
    (
        "Ecuador regrets recall of ambassador",
        "Ecuador regretted that Peru recalled its ambassador over the fishing grounds.",
    ),
]
FILLER = [
    (
        f"The {name} of {place} {verb}",
        f"The {name} of {place} {verb} {thing} before the {thing} of the {name} was known.",
    )
    for name, place, verb, thing in zip(
        ["mayor", "bishop", "choir", "council", "clerk", "team", "school", "union", "court", "bank"],
        ["Lima", "Oslo", "Turin", "Leeds", "Graz", "Lyon", "Porto", "Cork", "Bergen", "Malmo"],
        ["opened", "closed", "praised", "sold", "built", "lost", "won", "moved", "judged", "lent"],
        ["bridges", "organs", "songs", "roads", "archives", "matches", "roofs", "wages", "appeals", "gold"],
        strict=True,
    )
]


def place(articles, days=None, *, warm=True):
    """The story of each article, after some on other matters that tell which words are common."""
    stories = Stories()
    for number, (title, text) in enumerate(FILLER if warm else ()):
        stories.add(f"f{number}", terms_of(title, text, FUNCTION_WORDS), DAY - timedelta(1))
    return stories, [
        stories.add(str(number), terms_of(title, text, FUNCTION_WORDS), days[number] if days else DAY)
        for number, (title, text) in enumerate(articles)
    ]


def told(placed):
    return [one.story for one in placed]


def test_stories_as_they_come():
    stories, placed = place([PACT[0], ENVOYS[0], PACT[1], FISH[0], ENVOYS[1], PACT[2], FISH[1]])
    assert told(placed) == ["0", "1", "0", "3", "1", "0", "3"]
    assert [one.is_new for one in placed] == [True, True, False, True, False, False, False]
    assert ("0", "2", "5") in stories.stories()


def test_an_article_says_how_near_it_was_and_needed_to_be():
    _, placed = place([PACT[0], PACT[1]])
    assert placed[1].nearness >= placed[1].needed > 0
    assert placed[0].nearness < placed[0].needed


def test_the_order_does_not_matter_where_stories_are_apart():
    articles = PACT + ENVOYS + FISH
    wanted = [[0, 1, 2], [3, 4], [5, 6]]
    for seed in range(8):
        order = random.Random(seed).sample(range(len(articles)), len(articles))
        _, placed = place([articles[at] for at in order])
        found = {}
        for at, one in zip(order, placed, strict=True):
            found.setdefault(one.story, []).append(at)
        assert sorted(map(sorted, found.values())) == wanted


def test_a_story_goes_on_for_some_days_and_no_longer():
    days = [DAY, DAY + timedelta(3), DAY + timedelta(6), DAY + timedelta(20)]
    _, placed = place([PACT[0], PACT[1], PACT[2], PACT[0]], days)
    assert told(placed) == ["0", "0", "0", "3"]


def test_late_articles_and_wrong_clocks_harm_no_others():
    days = [DAY, date(2090, 1, 1), DAY + timedelta(1), None, DAY - timedelta(2)]
    _, placed = place([PACT[0], ENVOYS[0], PACT[1], FISH[0], PACT[2]], days)
    assert told(placed) == ["0", "1", "0", "3", "0"]


def test_without_days_all_are_of_one():
    _, placed = place(PACT, [None] * 3)
    assert told(placed) == ["0", "0", "0"]


def test_empty_texts_are_stories_of_their_own():
    _, placed = place([("", ""), PACT[0], ("", ""), ("the of and", "")])
    assert told(placed) == ["0", "1", "2", "3"]


def test_other_languages_join_nothing_by_chance():
    spanish = ("Bogotá y Caracas reabren la frontera", "Colombia y Venezuela reabrieron la frontera tras siete años.")
    _, placed = place([*PACT, spanish])
    assert told(placed) == ["0", "0", "0", "3"]


def test_forgetting():
    stories, _ = place([PACT[0], ENVOYS[0]], [DAY, DAY + timedelta(5)])
    assert stories.forget(DAY + timedelta(1)) == len(FILLER) + 1
    assert list(stories.stories()) == [("1",)]
    joined = stories.add("x", terms_of(*ENVOYS[1], FUNCTION_WORDS), DAY + timedelta(6))
    assert joined.story == "1"
    assert stories.add("0", terms_of(*PACT[1], FUNCTION_WORDS), DAY + timedelta(6)).is_new


def test_the_same_article_twice_is_refused():
    stories, _ = place(PACT)
    with pytest.raises(ValueError, match="came before"):
        stories.add("0", terms_of(*PACT[0], FUNCTION_WORDS), DAY)


def test_ten_thousand_of_the_same_are_one_story_held_against_few(monkeypatch):
    asked = []
    real = Stories._nearness
    monkeypatch.setattr(Stories, "_nearness", lambda self, *given: _counted(real(self, *given), asked))
    stories = Stories()
    for number in range(10_000):
        stories.add(str(number), terms_of(*PACT[0], FUNCTION_WORDS), DAY)
    assert len(list(stories.stories())) == 1
    assert len(asked) < 2 * 10_000


def _counted(found, asked):
    for one in found:
        asked.append(1)
        yield one


def test_counts_of_words_are_halved_and_stories_go_on(monkeypatch):
    monkeypatch.setattr("detente.stories.grouping.MEMORY", 8)
    _, placed = place([PACT[0], ENVOYS[0], PACT[1], FISH[0], ENVOYS[1], PACT[2], FISH[1]])
    assert told(placed) == ["0", "1", "0", "3", "1", "0", "3"]


@pytest.mark.parametrize(
    "title, text, terms",
    [
        ("Iran's talks", "The talks of Iran ended.", {"iran": 3, "talk": 3, "ended": 1}),
        (
            "",
            "Two countries’ crisis, 1,200 troops; a bus.",
            {"two": 1, "country": 1, "crisis": 1, "1,200": 1, "troop": 1, "bus": 1},
        ),
        ("", "", {}),
    ],
)
def test_terms(title, text, terms):
    found = terms_of(title, text, FUNCTION_WORDS)
    assert {term: found[term] for term in terms} == terms


def test_only_the_beginning_of_a_text_counts():
    assert "late" not in terms_of("", "word " * 200 + "late", FUNCTION_WORDS)


# ---------------------------------------------------------------------------------------------------------------------
# Settled at the end of the day


def settled(articles, fixed=()):
    """The stories of articles as they come, and after all is settled."""
    stories, came = place(articles)
    moved = stories.settle(DAY, fixed)
    return [placed.story for placed in came], [stories.story_of(str(number)) for number in range(len(articles))], moved


def test_what_is_told_plainly_stays_where_it_is():
    before, after, moved = settled([*PACT, *ENVOYS, *FISH])
    assert before == after
    assert moved == {}


def test_an_article_goes_to_its_story_once_that_is_known():
    stories, _ = place([*FISH, *ENVOYS])
    stories.add("x", terms_of(*FISH[0], FUNCTION_WORDS), DAY, into="2")
    assert stories.story_of("x") == "2"
    assert stories.settle() == {"x": "0"}
    assert stories.story_of("x") == "0"


def test_a_story_that_loses_its_first_article_keeps_its_name():
    stories = Stories()
    for number, (title, text) in enumerate(FILLER):
        stories.add(f"f{number}", terms_of(title, text, FUNCTION_WORDS), DAY)
    stories.add("a", terms_of(*FISH[0], FUNCTION_WORDS), DAY)
    for number, (title, text) in enumerate((*PACT, *PACT)):
        stories.add(f"p{number}", terms_of(title, text, FUNCTION_WORDS), DAY, into="a")
    moved = stories.settle()
    assert moved == {"a": "a'"}
    assert {stories.story_of(f"p{number}") for number in range(6)} == {"a"}
    assert stories.add("b", terms_of(*FISH[1], FUNCTION_WORDS), DAY).story == "a'"


def test_what_is_fixed_stays():
    stories = Stories()
    stories.add("a", terms_of(*FISH[0], FUNCTION_WORDS), DAY)
    for number, (title, text) in enumerate((*PACT, *PACT)):
        stories.add(f"p{number}", terms_of(title, text, FUNCTION_WORDS), DAY, into="a")
    assert stories.settle(DAY, {"a"}).keys() <= {f"p{number}" for number in range(6)}
    assert stories.story_of("a") == "a"


def test_settling_again_changes_nothing():
    stories, _ = place([*PACT, *ENVOYS, *FISH, PACT[0], FISH[1]])
    stories.settle()
    assert stories.settle() == {}


def test_days_before_are_settled_for_good():
    stories = Stories()
    stories.add("a", terms_of(*FISH[0], FUNCTION_WORDS), DAY)
    for number, (title, text) in enumerate((*PACT, *PACT)):
        stories.add(f"p{number}", terms_of(title, text, FUNCTION_WORDS), DAY, into="a")
    assert stories.settle(DAY + timedelta(1)) == {}
    assert stories.settle(DAY) == {"a": "a'"}
