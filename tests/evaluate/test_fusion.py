"""Mentions of one event put together across articles."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from detente.cli.main import cli
from detente.errors import DetenteError
from detente.evaluate.coded_fusion import coded_tellings
from detente.evaluate.coreference import coreference
from detente.evaluate.fusion import (
    CorefDocument,
    CorefMention,
    Mention,
    average_link,
    coref_documents,
    joined_pairs,
    read,
    story_of_each,
    told_chains,
)

SHARED = Path(__file__).parents[3] / "shared" / "data" / "stories" / "coref-ecbplus"
SET = Path(os.environ.get("DETENTE_COREF", SHARED / "data.jsonl.gz"))


def article(id, *sentences):
    """Words in [brackets] are mentions: "[shook" of "The quake [shook] Iran .", with a chain behind "/" if any."""
    words, mentions = [], []
    for number, sentence in enumerate(sentences):
        row = []
        for at, word in enumerate(sentence.split()):
            if word.startswith("["):
                word, _, chain = word.strip("[]").partition("/")
                mentions.append(CorefMention("ACTION_OCCURRENCE", number, (at,), chain or None))
            row.append(word)
        words.append((number, tuple(row)))
    return CorefDocument(id, tuple(words), tuple(mentions), topic="t", subtopic="s")


def chains(*articles):
    """The chains of the mentions when all articles tell one story."""
    known = read(articles)
    return told_chains(known.mentions, [0] * len(articles), known.matters)


@pytest.mark.parametrize(
    "one, other, is_one",
    [
        # one lemma, one matter
        ("Raiders [attacked] Shiraz .", "In Shiraz raiders [attacked] .", True),
        # a noun and its verb
        ("The [bombing] of Shiraz went on .", "Jets [bombed] Shiraz .", True),
        # unlike words that share who takes part
        ("An [earthquake] hit Shiraz .", "The [quake] hit Shiraz .", True),
        # another matter: no name in common
        ("Moyo [resigned] in Harare .", "Sato [resigned] in Osaka .", False),
        # something differs
        ("The [quake] of 2003 hit Shiraz .", "The [quakes] of 1917 hit Shiraz .", False),
        # unlike deeds
        ("Raiders [attacked] Shiraz .", "Raiders [praised] Shiraz .", False),
        # two that say something
        ("In Shiraz the police [said] no .", "In Shiraz the surgeon [said] no .", False),
        ("In Shiraz the police [said] no .", "The police in Shiraz [said] no .", True),
    ],
)
def test_what_is_one_event(one, other, is_one):
    told = chains(article(1, one), article(2, other))
    assert (told[0] == told[1]) == is_one


def test_one_sentence_tells_of_two():
    told = chains(article(1, "The [attack] on Shiraz came after an [attack] ."))
    assert told[0] != told[1]


def test_a_story_ends_a_chain():
    known = read([article(1, "Raiders [attacked] Shiraz ."), article(2, "Raiders [attacked] Shiraz .")])
    told = told_chains(known.mentions, ["a", "b"], known.matters)
    assert told[0] != told[1]


def table(near, count):
    made = np.zeros((count, count), np.float32)
    for one, other, value in near:
        made[one, other] = made[other, one] = value
    return made


@pytest.mark.parametrize(
    "near, told",
    [
        ([], [0, 1, 2, 3]),
        ([(0, 1, 0.4)], [0, 0, 2, 3]),
        ([(0, 1, 0.3)], [0, 1, 2, 3]),
        # 2 is near to 0 and not to 1: .45 on the average
        ([(0, 1, 1), (0, 2, 0.9)], [0, 0, 0, 3]),
        # one likeness of four does not draw two pairs together
        ([(0, 1, 1), (2, 3, 1), (1, 2, 0.9)], [0, 0, 2, 2]),
        # the nearest first
        ([(0, 1, 0.5), (1, 2, 0.6), (2, 3, 0.7)], [0, 0, 2, 2]),
    ],
)
def test_chains_grow_while_near_on_the_average(near, told):
    assert average_link(table(near, 4), 0.4) == told


def test_pairs_across_articles():
    def mention(document, gold):
        meanings = (np.zeros(1, np.float32),) * 2
        none = frozenset()
        return Mention(document, 0, "fall", meanings, none, none, none, False, False, gold, True)

    mentions = [mention(0, "a"), mention(0, "a"), mention(1, "a"), mention(1, "b"), mention(2, "a")]
    figures = joined_pairs(mentions, ["x", "x", "x", "x", "y"])
    # joined: 2 of article 0 with 2 of article 1; wanted: 0-1 twice, 0-2 twice, 1-2 once
    assert (figures.precision, figures.recall) == pytest.approx((2 / 4, 2 / 5))


def test_the_page_address_is_no_title():
    (known,) = (article(1, "http : / / news . example / quake", "Quake [hits] Shiraz", "It was at dawn ."),)
    assert [words[0] for _, words in known.prose] == ["Quake", "It"]


GOOD = '{"id": 1, "sentences": [[0, ["It", "fell"]]], "mentions": [{"type": "ACTION_X", "sent": 0, "tokens": [1]}]}'


@pytest.mark.parametrize(
    "line, told",
    [
        ("x", r"set\.jsonl:2: .*each line has id, sentences"),
        ('{"id": 2}', r"set\.jsonl:2: .*missing"),
        (
            GOOD.replace('"tokens": [1]', '"tokens": [2]').replace('"id": 1', '"id": 2'),
            r"set\.jsonl:2: .*no such words",
        ),
        (GOOD.replace('"sent": 0', '"sent": 7').replace('"id": 1', '"id": 2'), r"set\.jsonl:2: .*no such words"),
        (GOOD, r"set\.jsonl:2: article 1 came before"),
    ],
)
def test_a_set_that_cannot_be_read(tmp_path, line, told):
    path = tmp_path / "set.jsonl"
    path.write_text(f"{GOOD}\n{line}")
    with pytest.raises(DetenteError, match=told):
        coref_documents(path)


def test_a_set_without_events(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text(GOOD.replace("ACTION_X", "HUMAN_PART_PER"))
    with pytest.raises(DetenteError, match="no mention of an event"):
        coref_documents(path)


def test_the_command(tmp_path):
    path = tmp_path / "set.jsonl"
    rows = [
        {
            "id": number,
            "sentences": [[0, sentence.split()]],
            "mentions": [{"id": "1", "type": "ACTION_OCCURRENCE", "sent": 0, "tokens": [1], "chain": "a"}],
            "validated": [0],
        }
        for number, sentence in enumerate(["Raiders attacked Shiraz .", "Raiders attacked Shiraz again ."])
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    told = CliRunner().invoke(cli, ["evaluate", "fusion", str(path)])
    assert told.exit_code == 0, told.output
    lines = {line[:36].strip(): line[36:].split() for line in told.output.splitlines()[2:]}
    assert lines["fusion, in stories found"] == ["1.000", "1.000", "1.000", "100.00", "1.000", "1.000"]
    assert lines["baseline: each by itself"][0] == "0.000"
    assert "fusion, in gold stories" not in lines  # the set does not tell them


@pytest.mark.skipif(not SET.is_file(), reason="the annotated articles are not beside the checkout")
def test_the_floor_on_ecbplus():
    documents = coref_documents(SET)
    known = read(documents)
    mentions = [mention for mention in known.mentions if mention.is_validated]
    told = told_chains(mentions, story_of_each(documents), known.matters)
    assert 100 * coreference(told, [mention.gold for mention in mentions]).conll > 76.5
    assert joined_pairs(mentions, told).precision > 0.78


def test_from_the_text_alone_reports_of_one_event_are_joined(tmp_path):
    path = tmp_path / "set.jsonl"
    sentences = [
        "Iran expelled two diplomats of Norway on Monday .",
        "Iran has expelled two Norwegian diplomats .",
        "Iran expelled a Swedish diplomat .",
    ]
    rows = [
        {
            "id": number,
            "sentences": [[0, sentence.split()]],
            "mentions": [
                {"type": "ACTION_OCCURRENCE", "sent": 0, "tokens": [sentence.split().index("expelled")], "chain": chain}
            ],
        }
        for number, (sentence, chain) in enumerate(zip(sentences, "aab", strict=True))
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    told = coded_tellings(coref_documents(path))
    assert [one.gold for one in told] == ["a", "a", "b"]
    assert told[0].event == told[1].event != told[2].event
    shown = CliRunner().invoke(cli, ["evaluate", "fusion", str(path), "--coded"])
    assert shown.exit_code == 0, shown.output
    lines = {line[:36].strip(): line[36:].split() for line in shown.output.splitlines()[2:]}
    assert lines["fusion"] == ["1.000", "1.000"]


@pytest.mark.skipif(not SET.is_file(), reason="the annotated articles are not beside the checkout")
def test_the_floor_from_the_text_alone():
    told = [one for one in coded_tellings(coref_documents(SET)) if one.is_validated]
    pairs = joined_pairs(told, [one.event for one in told])
    assert pairs.precision > 0.79
    assert pairs.recall > 0.38
