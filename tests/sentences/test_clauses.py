"""Clauses from parses made by hand: columns are form, lemma, UPOS, XPOS, head (1-based, 0 the root), relation."""

import pytest

from detente.model import Token
from detente.sentences.clauses import clauses_of
from detente.sentences.tree import Tree

EXPELLED_BY = """
Two     two       NUM    CD   2 nummod
envoys  envoy     NOUN   NNS  4 nsubj:pass
were    be        AUX    VBD  4 aux:pass
expelled expel    VERB   VBN  0 root
by      by        ADP    IN   6 case
NATO    NATO      PROPN  NNP  4 obl:agent
"""
COMMA_LIST = """
NATO    NATO    PROPN NNP 4 nsubj
,       ,       PUNCT ,   1 punct
Russia  Russia  PROPN NNP 4 nsubj
agree   agree   VERB  VBP 0 root
to      to      PART  TO  6 mark
meet    meet    VERB  VB  4 xcomp
"""
CLEFT = """
It      it      PRON  PRP 4 nsubj
was     be      AUX   VBD 4 cop
not     not     PART  RB  4 advmod
Moscow  Moscow  PROPN NNP 0 root
that    that    PRON  WDT 6 nsubj
severed sever   VERB  VBD 4 acl:relcl
ties    tie     NOUN  NNS 6 obj
"""
UP_TO = """
It      it      PRON  PRP 5 expl
is      be      AUX   VBZ 5 cop
up      up      ADP   IN  5 case
to      to      ADP   IN  5 case
Georgia Georgia PROPN NNP 0 root
to      to      PART  TO  7 mark
restore restore VERB  VB  5 advcl
ties    tie     NOUN  NNS 7 obj
"""
PLAN = """
the     the     DET   DT  3 det
US      US      PROPN NNP 3 compound
plan    plan    NOUN  NN  0 root
to      to      PART  TO  5 mark
deploy  deploy  VERB  VB  3 acl
troops  troop   NOUN  NNS 5 obj
"""
SHARED = """
Chad    Chad    PROPN NNP 4 nsubj
will    will    AUX   MD  4 aux
not     not     PART  RB  4 advmod
meet    meet    VERB  VB  0 root
or      or      CCONJ CC  6 cc
help    help    VERB  VB  4 conj
Mali    Mali    PROPN NNP 6 obj
"""
PARTICLE = """
Chad    Chad    PROPN NNP 2 nsubj
pulled  pull    VERB  VBD 0 root
out     out     ADP   RP  2 compound:prt
of      of      ADP   IN  5 case
talks   talk    NOUN  NNS 2 obl
"""
OVER_TO = """
Mali    Mali    PROPN NNP 2 nsubj
handed  hand    VERB  VBD 0 root
towns   town    NOUN  NNS 2 obj
over    over    ADV   RB  2 advmod
to      to      ADP   IN  6 case
Chad    Chad    PROPN NNP 4 obl
"""
NOUN = """
NATO    NATO    PROPN NNP 3 nmod:poss
's      's      PART  POS 1 case
raid    raid    NOUN  NN  0 root
on      on      ADP   IN  5 case
Chad    Chad    PROPN NNP 3 nmod
"""
REDUCED = """
Russia  Russia  PROPN NNP 2 nsubj
left    leave   VERB  VBD 0 root
talks   talk    NOUN  NNS 2 obj
planned plan    VERB  VBN 3 acl
for     for     ADP   IN  6 case
May     May     PROPN NNP 4 obl
"""
HEADLINE = """
Zambia  Zambia  PROPN NNP 2 compound
rebuffs rebuff  NOUN  NNS 0 root
Malawi  Malawi  PROPN NNP 2 appos
"""

THAT_ABSURD = """
Mali mali PROPN NNP 2 nsubj
said say VERB VBD 0 root
that that SCONJ IN 6 mark
Chad Chad PROPN NNP 6 nsubj
was be AUX VBD 6 cop
absurd absurd ADJ JJ 2 ccomp
"""
ACCUSED_OF = """
Mali Mali PROPN NNP 2 nsubj
accused accuse VERB VBD 0 root
officers officer NOUN NNS 2 obj
of of SCONJ IN 5 mark
smuggling smuggle VERB VBG 3 acl
arms arm NOUN NNS 5 obj
"""


def read(rows):
    tokens, at = [], 0
    for row in rows.strip().splitlines():
        form, lemma, upos, xpos, head, relation = row.split()
        tokens.append(Token(at, at + len(form), form, lemma, upos, xpos, int(head) - 1, relation, "O"))
        at += len(form) + 1
    return clauses_of(" ".join(token.form for token in tokens), tokens)


def clause(rows, lemma):
    return next(clause for clause in read(rows) if clause.lemma == lemma)


def names(phrase):
    return phrase and "+".join((phrase.lemma, *(member.lemma for member in phrase.conjuncts)))


@pytest.mark.parametrize("rows, lemma, subject, object", [
    # the voice is undone
    (EXPELLED_BY, "expel", "NATO", "envoy"),
    # a headline's comma is "and", for the infinitive too
    (COMMA_LIST, "agree", "NATO+Russia", None),
    (COMMA_LIST, "meet", "NATO+Russia", None),
    # the noun of a cleft fills the gap of its clause
    (CLEFT, "sever", "Moscow", "tie"),
    (UP_TO, "restore", "Georgia", "tie"),
    # whose plan it is does what is planned
    (PLAN, "deploy", "plan", "troop"),
    # shared over "or"
    (SHARED, "help", "Chad", "Mali"),
    (NOUN, "raid", "NATO", None),
    # a participle without auxiliary is passive
    (REDUCED, "plan", None, "talk"),
    # a headline's verb taken for a noun
    (HEADLINE, "rebuff", "Zambia", "Malawi"),
])  # fmt: skip
def test_who_does_what(rows, lemma, subject, object):
    found = clause(rows, lemma)
    assert (names(found.subject), names(found.object)) == (subject, object)


def test_voice_tense_and_negation():
    assert clause(EXPELLED_BY, "expel").voice == "passive"
    assert clause(EXPELLED_BY, "expel").tense == "past"
    assert clause(CLEFT, "sever").negation == (7, 10)
    assert clause(SHARED, "help").modals == ("will",)
    assert clause(SHARED, "help").negation is not None


def test_particles_and_prepositions():
    found = clause(PARTICLE, "pull out")
    assert [(key, phrase.lemma) for key, phrase in found.obliques] == [("of", "talk")]
    assert found.words == (5, 15)


def test_what_hangs_on_a_particle_belongs_to_its_verb():
    found = clause(OVER_TO, "hand over")
    assert [(key, phrase.lemma) for key, phrase in found.obliques] == [("to", "Chad")]


def test_that_leads_the_clause_and_not_its_adjective():
    assert clause(THAT_ABSURD, "absurd").mark == "that"


def test_a_gerund_on_the_object_belongs_to_the_verb():
    found = clause(ACCUSED_OF, "accuse")
    assert [(key, phrase.lemma) for key, phrase in found.obliques] == [("of", "smuggle")]
    assert read(ACCUSED_OF)[found.complement].lemma == "smuggle"


def test_a_noun_of_event_keeps_its_prepositions():
    found = clause(NOUN, "raid")
    assert found.kind == "noun"
    assert [(key, phrase.lemma) for key, phrase in found.obliques] == [("on", "Chad")]


def test_complements_and_parents_point_at_each_other():
    clauses = read(COMMA_LIST)
    agree = next(number for number, found in enumerate(clauses) if found.lemma == "agree")
    assert clauses[clauses[agree].complement].parent == agree


@pytest.mark.parametrize("heads", [
    [1, 2, 0],  # a loop without a root
    [-1, -1, -1],  # only roots
    [0, 1, 2],  # each its own head
    [9, -7, 1],  # heads outside of the sentence
])  # fmt: skip
def test_a_broken_tree_is_mended(heads):
    tokens = [Token(i, i + 1, "x", "x", "VERB", "VB", head, "conj", "O") for i, head in enumerate(heads)]
    assert sorted(Tree("xxx", tokens).order) == [0, 1, 2]
    assert len(clauses_of("xxx", tokens)) == 3


def test_a_nest_of_ten_thousand_is_read_in_one_go():
    tokens = [Token(2 * i, 2 * i + 1, "x", "x", "NOUN", "NN", i - 1, "nmod", "O") for i in range(10_000)]
    assert len(clauses_of("x " * 10_000, tokens)) == 9_999
