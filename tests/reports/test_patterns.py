"""The pattern language: what a pattern asks of a clause, and what its writer is told when it is wrong."""

import pytest

from detente.errors import LexiconError
from detente.lexicon import Lexicon
from detente.reports.patterns import EventRule, patterns_of
from detente.reports.rules import Rules

SETS = {"envoys": ("diplomat", "envoy"), "condemn": ("condemn", "speak out against")}


def read(text):
    return list(patterns_of(EventRule(id="events/x#y", type="SANCTION", patterns=(text,)), SETS))


def asked(text):
    """Each reading as predicate and the keys of its arguments."""
    return {(pattern.predicate, *("|".join(sorted(a.keys)) for a in pattern.arguments)) for pattern in read(text)}


@pytest.mark.parametrize("text, readings", [
    # a particle is its own verb's alone
    ("<source> expel|throw out|send home <target>", {("expel", ""), ("throw", "out"), ("send", "home")}),
    # a particle after the object is the same as before it
    ("<source> send <target> home", {("send", "home")}),
    # a single verb may take the preposition at the end of the alternatives, or none
    ("<source> meet|talk with|to <both>", {("meet", "|to|with"), ("talk", "to|with")}),
    # particle and preposition
    ("<source> pull|back out of <target>", {("pull", "|of|out of"), ("back", "out of")}),
    # a set may bring particles along
    ("<source> @condemn <target>", {("condemn", "|against|out against"), ("speak", "out against")}),
    # a particle or an infinitive
    ("<source> order <target> [@envoys] out|to leave", {("order", "out"), ("order", "")}),
    # a noun without brackets is read as if it had them
    ("<source> take part in <target>", {("take", "", "in")}),
    ("<source> destroy|seize control of <target>", {("destroy", "|of"), ("seize", "", "of")}),
    ("<source> take <target> hostage", {("take", "", "")}),
    # "be" is said once or each time
    ("<source> be wary|critical of <target>", {("wary", "|of"), ("critical", "of")}),
    ("<source> promise|be ready|be willing to [help]", {("promise",), ("ready",), ("willing",)}),
    ("<source> go|be on strike", {("go",), ("on strike",)}),
    # prepositions of three words
    ("<source> speak on behalf of <target>", {("speak", "on behalf of")}),
    # a gerund is the preposition's noun
    ("<source> refrain from -ing [attack]", {("refrain", "from")}),
])  # fmt: skip
def test_words_between_slots(text, readings):
    assert asked(text) == readings


def test_brackets_name_or_bar_heads():
    (named,) = read("expel <target> [@envoys | minister]")
    (barred,) = read("expel <target> [!student]")
    assert named.arguments[0].slot.heads == {"diplomat", "envoy", "minister"}
    assert barred.arguments[0].slot.barred == {"student"}
    assert not barred.arguments[0].slot.heads


def test_the_more_a_pattern_asks_the_more_it_weighs():
    weights = [
        read(text)[0].weight
        for text in (
            "hold *",
            "hold <target>",
            "hold [@envoys]",
            "hold [@envoys] with <both>",
            "hold [@envoys] with <both> [x]",
        )
    ]
    assert weights == sorted(set(weights))


@pytest.mark.parametrize("text, kind, role, heads", [
    ("<source> urge <target> to *", "to", "any", set()),
    ("<source> demand that <target> [leave]", "that", "target", {"leave"}),
    ("<source> stop -ing [bomb]", "ing", "any", {"bomb"}),
])  # fmt: skip
def test_complements(text, kind, role, heads):
    complement = read(text)[0].complement
    assert (complement.kind, complement.slot.role, complement.slot.heads) == (kind, role, heads)


@pytest.mark.parametrize("text, told", [
    ("", "empty"),
    ("<source> do <goal>", "'<goal>' is no slot"),
    ("<source> hold [talk] against", "leads to no slot"),
    ("<source> Expel <target>", "lower case"),
    ("<source> expel <target> [a | ", "bracket is open"),
    ("<source> @nothing <target>", "no set @nothing"),
    ("<source>", "no predicate"),
])  # fmt: skip
def test_a_wrong_pattern_names_itself_and_the_way_out(text, told):
    with pytest.raises(LexiconError, match="events/x#y") as error:
        read(text)
    assert told in str(error.value)


@pytest.mark.parametrize("rules, told", [
    ('[[rule]]\nid="a"\nmode="flight"\npatterns=["go"]', "no mode 'flight'"),
    ('[[rule]]\nid="a"\ncontexts=["moon"]\npatterns=["go"]', "no context 'moon'"),
    ('[[rule]]\nid="a"\ncameo="999"\npatterns=["go"]', "no CAMEO code"),
    ('[[rule]]\nid="a"', "never fire"),
    ('[[rule]]\nid="a"\npatterns=["zonk *"]\n[[rule]]\nid="b"\npatterns=["zonk *"]', "stands in events/mine#a too"),
    ('[[rule]]\nid="a"\nnouns=["zonking"]\n[[rule]]\nid="b"\nnouns=["zonking"]', "noun 'zonking' stands in"),
])  # fmt: skip
def test_rules_are_checked_when_compiled(tmp_path, rules, told):
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "mine.toml").write_text(f'type = "RETREAT"\n{rules}')
    compiled = Rules(Lexicon(tmp_path))
    with pytest.raises(LexiconError) as error:
        assert compiled.patterns is compiled.nouns
    assert told in str(error.value)
    assert "events/mine#" in str(error.value)


def test_our_rules_compile():
    rules = Rules(Lexicon())
    assert rules.patterns is not None
    assert rules.nouns is not None
