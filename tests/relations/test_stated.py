"""Turns that the news itself states."""

import pytest

import detente
from detente.lexicon import Lexicon
from detente.relations import Stated, stated_turns
from detente.relations.scale import ScaleLine


@pytest.mark.parametrize("sentence, label", [
    ("NATO, Russia agree to resume military-to-military contacts", "thaw"),
    ("Relations between Russia and NATO began to thaw.", "thaw"),
    ("Turkey and Armenia normalised relations.", "thaw"),
    ("Russia and Japan resumed talks.", "thaw"),
    ("Iran reopened its embassy in Riyadh.", "thaw"),
    ("Egypt lifted sanctions on Sudan.", "thaw"),
    ("Russia froze ties with NATO.", "freeze"),
    ("NATO suspended contacts with Russia.", "freeze"),
    ("France recalled its ambassador from Italy.", "freeze"),
    ("NATO expelled two Russian diplomats.", "freeze"),
    ("Russia broke off talks with NATO.", "freeze"),
    ("Relations between Mali and Niger soured.", "freeze"),
    # ordinary business is no turn
    ("Russia and Japan held talks.", None),
    ("Iran and Iraq agreed to build a bridge.", None),
    ("Russia condemned NATO.", None),
    # nor is what was only threatened or denied
    ("Iran threatened to recall its ambassador from France.", None),
    ("Russia did not break off talks with NATO.", None),
])  # fmt: skip
def test_what_states_a_turn(sentence, label):
    told = stated_turns(detente.code(sentence))
    assert [turn.label for turn in told] == ([label] if label else [])


@pytest.mark.parametrize("text, label", [
    ("Relations between Mali and Niger soured.", "freeze"), ("The spy affair strained ties with Austria.", "freeze"),
    ("The African Union suspended Guinea.", None), ("Britain warned its citizens against travel to Kenya.", None),
])  # fmt: skip
def test_an_event_of_many_meanings_is_told_by_its_words(text, label):
    found = Stated().of(type="SANCTION", cameo="160", text=text)
    assert (found and found[0]) == label


def test_a_stated_turn_says_who_and_why():
    (turn,) = stated_turns(detente.code("Russia froze ties with NATO."))
    assert (turn.source, turn.target, turn.because) == (("RUS",), ("NATO",), "scales/stated#sever-relations")
    assert turn.text == "Russia froze ties with NATO."


@pytest.mark.parametrize("fields, label", [
    ({"type": "SANCTION", "cameo": "161"}, "freeze"),
    ({"type": "SUPPORT", "cameo": "050", "text": "Cuba restored ties"}, "thaw"),
    ({"type": "SUPPORT", "cameo": "050", "text": "Cuba keeps its ties"}, None),
    ({"type": "CONSULT", "cameo": "040", "text": "the first talks, presumably"}, None),
    ({}, None),
])  # fmt: skip
def test_events_are_judged_without_their_rules(fields, label):
    answer = Stated().of(**fields)
    assert (answer and answer[0]) == label


def test_every_rule_and_code_is_there():
    lexicon = Lexicon()
    lines = [line for line in lexicon.entries("scales", ScaleLine) if line.turn]
    assert [line.id for line in lines if line.rule and lexicon.source_of(line.rule) is None] == []
    assert [line.id for line in lines if line.cameo and lexicon.source_of(f"ontology/cameo#{line.cameo}") is None] == []
    assert [line.id for line in lines if line.type and lexicon.source_of(f"ontology/types#{line.type}") is None] == []
