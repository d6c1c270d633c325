import json
import shutil
import time
from pathlib import Path

import pytest

import detente.sentences
from detente.errors import ModelError
from detente.model import Article, Block
from detente.sentences import Language, language, sentences_of
from detente.sentences.encoder import STATE

SHIPPED = Path(detente.sentences.__file__).parent.parent / "models" / "en"


@pytest.fixture(scope="module")
def model():
    return language()


def article(*blocks, kind="paragraph"):
    text, made = "", []
    for block in blocks:
        made.append(Block(kind, len(text), len(text) + len(block)))
        text += block + "\n"
    return Article(id="a", record="r", origin="o", text=text, blocks=tuple(made))


def parse(model, text):
    ((sentence,),) = sentences_of([article(text)], model)
    return sentence.tokens


def relation(tokens, form):
    (token,) = [token for token in tokens if token.form == form]
    head = tokens[token.head].form if token.head >= 0 else None
    return token.relation, head


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        # who did it
        ("Russia expels two NATO officials.", "Russia", ("nsubj", "expels")),
        ("Russia expels two NATO officials.", "officials", ("obj", "expels")),
        # passive
        ("Two diplomats were expelled by NATO.", "diplomats", ("nsubj:pass", "expelled")),
        ("Two diplomats were expelled by NATO.", "NATO", ("obl:agent", "expelled")),
        # not the actor, but the speaker
        ("Lavrov said that Georgia attacked the town.", "attacked", ("ccomp", "said")),
        ("Lavrov said that Georgia attacked the town.", "Georgia", ("nsubj", "attacked")),
        # particle verbs
        ("Turkey called off the talks.", "off", ("compound:prt", "called")),
        # denied
        ("NATO does not oppose talks.", "not", ("advmod", "oppose")),
        # possessives
        ("Moscow's decisions angered Kiev.", "Moscow", ("nmod:poss", "decisions")),
        # all in capitals
        ("NATO EXPELS TWO RUSSIAN ENVOYS", "NATO", ("nsubj", "EXPELS")),
        # capitals at the head of each word
        ("Russia Expels Two Canadian Diplomats", "Diplomats", ("obj", "Expels")),
    ],
)
def test_trees_tell_who_did_what_to_whom(model, text, form, expected):
    assert relation(parse(model, text), form) == expected


def test_names_are_found(model):
    tokens = parse(model, "Barack Obama flew from Moscow to Ghana.")
    assert [(token.form, token.name) for token in tokens if token.name != "O"] == [
        ("Barack", "B-PER"), ("Obama", "I-PER"), ("Moscow", "B-LOC"), ("Ghana", "B-LOC"),
    ]  # fmt: skip


def test_blocks_end_sentences_and_places_are_the_article_s(model):
    made = article("NATO and Russia agree", "They met in Corfu. They talked.")
    (found,) = sentences_of([made], model)
    assert [(made.text[s.start : s.end], s.block) for s in found] == [
        ("NATO and Russia agree", 0), ("They met in Corfu.", 1), ("They talked.", 1),
    ]  # fmt: skip
    assert all(made.text[t.start : t.end] == t.form for s in found for t in s.tokens)


def test_blocks_that_are_not_coded_are_not_read(model):
    (found,) = sentences_of([article("Read our newsletter!", kind="promo")], model)
    assert found == ()


def test_every_sentence_has_one_root(model):
    texts = [
        "; ".join(["The the of and", "Oh", "?!", "— Run!", "x" * 3000, "是的", "a\u0301\u200b", "\u200b"]),
        "* * *",
    ]
    for sentences in sentences_of([article(text) for text in texts], model):
        for sentence in sentences:
            assert [token.relation for token in sentence.tokens].count("root") == 1


def test_a_sentence_is_read_alike_in_any_company(model):
    alone = ["Russia", "expelled", "two", "diplomats", "on", "Monday", ",", "the", "ministry", "said", "."]
    company = [alone, *(["Georgia", *alone, *["again"] * n] for n in range(4)), alone[::-1], alone]
    first, *_, last = model.analyse(company)
    assert first == last == model.analyse([alone])[0]


def test_nothing_is_read_as_nothing(model):
    assert list(sentences_of([], model)) == []
    assert list(sentences_of([article("")], model)) == [()]
    assert model.analyse([[]])[0].heads == ()


@pytest.mark.parametrize("unit", ["word ", "а", "$#@", "A.B-", "Mr. "])
def test_strange_text_takes_its_time_and_no_more(model, unit):
    began = time.process_time()
    (found,) = sentences_of([article(unit * (6_000 // len(unit)))], model)
    assert found
    assert time.process_time() - began < 60


def copy_of_model(tmp_path):
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_a_folder_without_a_model_says_what_to_do(tmp_path):
    with pytest.raises(ModelError, match=r"manifest\.json is missing.*DETENTE_MODEL"):
        Language(tmp_path)


def test_a_damaged_file_is_named(tmp_path):
    folder = copy_of_model(tmp_path)
    with (folder / "lemmas.tsv").open("a") as file:
        file.write("x")
    with pytest.raises(ModelError, match=r"lemmas\.tsv: damaged"):
        Language(folder)


def test_a_missing_file_is_named(tmp_path):
    folder = copy_of_model(tmp_path)
    (folder / "language.onnx").unlink()
    with pytest.raises(ModelError, match=r"language\.onnx: missing"):
        Language(folder)


def test_a_model_of_another_format_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 2}))
    with pytest.raises(ModelError, match="format 2"):
        Language(tmp_path)


def test_states_of_words_are_there_for_other_heads(model):
    words = [["Russia", "expels", "two", "diplomats", "."], [], ["Talks", "begin"]]
    first, nothing, last = model.states(words)
    assert (first.shape, nothing.shape, last.shape) == ((6, STATE), (1, STATE), (3, STATE))
    assert (last == model.states(words[2:])[0]).all()
