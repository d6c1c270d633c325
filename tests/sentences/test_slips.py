"""Slips of the parser that contradict themselves are mended; trees without them are left alone."""

import pytest

from detente.model import Token
from detente.sentences.slips import mended_slips


def sentence(rows):
    """form/upos/xpos/relation/head of each word."""
    tokens = []
    for row in rows.split():
        form, upos, xpos, relation, head = row.split("/")
        tokens.append(Token(0, 0, form, form, upos, xpos, int(head), relation, "O"))
    return tokens


def shown(tokens):
    return " ".join(f"{t.form}/{t.upos}/{t.xpos}/{t.relation}/{t.head}" for t in tokens)


@pytest.mark.parametrize("parsed, mended", [
    ("He/PRON/PRP/nsubj/1 rebels/NOUN/VBZ/root/-1", "He/PRON/PRP/nsubj/1 rebels/VERB/VBZ/root/-1"),
    ("Reports/VERB/VBZ/nsubj/2 are/AUX/VBP/cop/2 false/ADJ/JJ/root/-1",
     "Reports/NOUN/NNS/nsubj/2 are/AUX/VBP/cop/2 false/ADJ/JJ/root/-1"),
    ("it/PRON/PRP/nsubj/2 will/AUX/MD/aux/2 free/ADJ/JJ/root/-1 men/NOUN/NNS/obj/2",
     "it/PRON/PRP/nsubj/2 will/AUX/MD/aux/2 free/VERB/VB/root/-1 men/NOUN/NNS/obj/2"),
    ("stormed/VERB/VBD/root/-1 it/PRON/PRP/obj/0 killing/VERB/VBG/advcl/0 and/CCONJ/CC/cc/4 wounding/VERB/VBG/conj/0",
     "stormed/VERB/VBD/root/-1 it/PRON/PRP/obj/0 killing/VERB/VBG/advcl/0 and/CCONJ/CC/cc/4 wounding/VERB/VBG/conj/2"),
    ("died/VERB/VBD/root/-1 and/CCONJ/CC/cc/4 30/NUM/CD/conj/0 were/AUX/VBD/aux:pass/4 hurt/VERB/VBN/conj/0",
     "died/VERB/VBD/root/-1 and/CCONJ/CC/cc/4 30/NUM/CD/nsubj:pass/4 were/AUX/VBD/aux:pass/4 hurt/VERB/VBN/conj/0"),
    ("ended/VERB/VBD/root/-1 without/ADP/IN/case/2 troops/NOUN/NNS/obl/0 attacking/VERB/VBG/acl/2",
     "ended/VERB/VBD/root/-1 without/ADP/IN/mark/3 troops/NOUN/NNS/nsubj/3 attacking/VERB/VBG/advcl/0"),
    ("say/VERB/VBD/root/-1 in/ADP/IN/case/2 letter/NOUN/NN/obl/0 that/PRON/WDT/obl:unmarked/5 "
     "Togo/PROPN/NNP/nsubj/5 left/VERB/VBD/acl:relcl/2 Chad/PROPN/NNP/obj/5",
     "say/VERB/VBD/root/-1 in/ADP/IN/case/2 letter/NOUN/NN/obl/0 that/SCONJ/IN/mark/5 "
     "Togo/PROPN/NNP/nsubj/5 left/VERB/VBD/ccomp/0 Chad/PROPN/NNP/obj/5"),
    ("said/VERB/VBD/root/-1 on/ADP/IN/case/2 Monday/PROPN/NNP/obl/5 that/SCONJ/IN/mark/5 rain/NOUN/NN/nsubj/5 "
     "fell/VERB/VBD/ccomp/0",
     "said/VERB/VBD/root/-1 on/ADP/IN/case/2 Monday/PROPN/NNP/obl/0 that/SCONJ/IN/mark/5 rain/NOUN/NN/nsubj/5 "
     "fell/VERB/VBD/ccomp/0"),
])  # fmt: skip
def test_is_mended(parsed, mended):
    assert shown(mended_slips(sentence(parsed))) == mended


@pytest.mark.parametrize("parsed", [
    # a third person that is one
    "He/PRON/PRP/nsubj/1 rebels/VERB/VBZ/root/-1",
    # no participle before
    "stormed/VERB/VBD/root/-1 it/PRON/PRP/obj/0 and/CCONJ/CC/cc/3 wounding/VERB/VBG/conj/0",
    # a number of its own
    "two/NUM/CD/nsubj/1 died/VERB/VBD/root/-1 and/CCONJ/CC/cc/3 four/NUM/CD/conj/0",
    # "with troops attacking"
    "ended/VERB/VBD/root/-1 with/ADP/IN/case/2 troops/NOUN/NNS/obl/0 attacking/VERB/VBG/acl/2",
    # a relative clause that lacks an object
    "say/VERB/VBD/root/-1 in/ADP/IN/case/2 letter/NOUN/NN/obl/0 that/PRON/WDT/obl:unmarked/5 "
    "Togo/PROPN/NNP/nsubj/5 sent/VERB/VBD/acl:relcl/2",
])  # fmt: skip
def test_is_left_alone(parsed):
    tokens = sentence(parsed)
    assert mended_slips(tokens) is tokens
