"""The route says why: which pattern won, why the others did not, and why a clause tells nothing."""

import re
from pathlib import Path

import pytest

import detente
from detente.coder import Coder
from detente.evaluate.examples import entries_with_examples
from detente.model import Article, Block
from detente.reports.reasons import NOBODY_NAMED, RULES
from detente.sentences import sentences_of


@pytest.fixture(scope="module")
def coder():
    return Coder()


def clauses(text, coder, **told):
    return [clause for sentence in detente.explain(text, coder=coder, **told).sentences for clause in sentence.clauses]


def clause(text, words, coder, **told):
    return next(clause for clause in clauses(text, coder, **told) if clause.frame.text == words)


# fmt: off
REFUSED = [
    # the object is not in the list, which is told as the pattern writes it
    ("Togo expelled three students.", "expelled", "events/sanction#expel-envoys",
     'object "students" is not one of [@envoys | @missions]'),
    # the subject is barred
    ("The school expelled a Togolese student.", "expelled", "events/coerce#deport",
     'subject "school" is barred by [!school | university | college | academy | ...]'),
    # a preposition is missing
    ("Togo expelled three nurses.", "expelled", "events/assault#ethnic-cleansing", 'no "from ..."'),
    # the particle makes it another verb
    ("Togo threw out three envoys.", "threw out", "events/protest#loot",
     '"throw out" is another verb than "throw"'),
    # the infinitive is another
    ("Togo agreed to swim.", "agreed", "events/agree#agree-to-release",
     'no "to ..." with one of [@freeing]; "swim" is none'),
]
LOST = [
    ("Togo expelled three Swiss envoys.", "expelled", "events/coerce#deport",
     "lost to events/sanction#expel-envoys (lower priority: 0 < 1)"),
    ("Togo agreed to free two Swiss pilots.", "agreed", "events/agree#agree-to",
     "lost to events/agree#agree-to-release (less specific: N < N)"),
]
# fmt: on


@pytest.mark.parametrize("text, words, entry, why", [*REFUSED, *LOST])
def test_says_why_a_pattern_did_not_win(coder, text, words, entry, why):
    told = [tried.why for tried in clause(text, words, coder).tried if tried.entry == entry]
    assert why in [re.sub(r"\d\.\d", "N", one) for one in told]


@pytest.mark.parametrize(
    "text, words, outcome",
    [
        ("Togo expelled three Swiss envoys.", "expelled", "told"),
        ("Togo danced.", "danced", 'no entry has the verb "dance"'),
        ("Togo said no.", "said", "no pattern fits"),
        # the rule fits, and it takes two
        ("They held talks.", "held", NOBODY_NAMED),
        # inside another event
        ("Togo agreed to release two Swiss pilots.", "release", 'part of the event "agreed"'),
        # a thing
        ("The verdict condemned Togo.", "condemned",
         '"The verdict" does it, which is a thing or somebody who is not known to act in public life'),
        # nobody in public life
        ("The doctor accused the nurse of theft.", "accused",
         "whoever is named acts in private life (a trade or civilians, and no country)"),
        # the entry needs somebody who is visited
        ("Togo's president visited a zoo.", "visited", "the entry needs a <target>, and nobody is named there"),
    ],
)  # fmt: skip
def test_says_why_a_clause_tells_nothing(coder, text, words, outcome):
    assert clause(text, words, coder).outcome == outcome


@pytest.mark.parametrize(
    "text, words, expected",
    [
        # nothing above it
        ("Togo bombed Chad.", "bombed", ["happened"]),
        # its own modal, then the word above
        ("Peru denied that Togo would bomb Chad.", "bomb", ["hypothetical", "denied"]),
        # a denied deed stays denied under a plan
        ("Togo plans not to bomb Chad.", "bomb", ["denied", "planned"]),
        # saying leaves it as it is
        ("Peru said Togo had bombed Chad.", "bombed", ["happened", None]),
        # the date lies ahead
        ("Togo bombs Chad on July 4, 2030.", "bombs", ["happened", "planned"]),
    ],
)
def test_the_standing_is_told_step_by_step(coder, text, words, expected):
    levels = clause(text, words, coder, published="2024-05-01").standing
    assert [level.standing for level in levels] == expected
    assert all(level.why for level in levels)


def test_tells_where_each_party_stands(coder):
    expelled = clause("Togo expelled two Swiss envoys.", "expelled", coder)
    assert [(side.role, side.party.id, side.why) for side in expelled.sides] == [
        ("source", "TGO", 'subject "Togo" stands for <source>'),
        ("target", "CHEGOV", 'object "two Swiss envoys" stands for <target>'),
    ]
    assert expelled.sides[0].because[0].rule == "actors/countries#TGO"
    held = clause("Togo and Benin held talks.", "held", coder)
    assert [(side.role, side.party.id) for side in held.sides] == [("both", "TGO"), ("both", "BEN")]
    (source, target) = clause("Togo deployed troops.", "deployed", coder).sides
    assert (source.party.id, target.party) == ("TGO", None)
    assert "nobody" in target.why or "names" in target.why or "belongs" in target.why


def test_tells_on_whose_word(coder):
    said = clause("Peru said Togo had bombed Chad.", "bombed", coder)
    assert (said.report.speaker.id, said.speaker) == ("PER", 'Peru: "said" (speech/saying#say)')
    told = clause("Chad said Peru had denied that Togo bombed Benin.", "bombed", coder)
    assert told.speaker == 'Peru: "denied" (speech/saying#deny); as told by Chad: "said" (speech/saying#say)'
    assert "the outlet" in clause("Togo bombed Chad.", "bombed", coder).speaker


def test_shows_how_a_clause_was_read(coder):
    frame = clause("Two Swiss envoys were not expelled by Togo.", "expelled", coder).frame
    assert (frame.kind, frame.lemma, frame.features) == ("verb", "expel", ("past", "passive", "denied"))
    told = {argument.place: [party.id for party in argument.parties] for argument in frame.arguments}
    assert told == {"subject": ["TGO"], "object": ["CHEGOV"]}


def test_the_route_ends_where_the_coder_does(coder):
    """What is explained is what is coded, whatever the sentence: over examples of every file of the lexicon."""
    texts = [
        text.partition(" :: ")[0]
        for entry in entries_with_examples(coder)[::9]
        for text in (*entry.examples[:1], *entry.counterexamples[:1])
    ]
    assert len(texts) > 80
    articles = [Article(id="a", record="r", origin="o", text=t, blocks=(Block("paragraph", 0, len(t)),)) for t in texts]
    for article, sentences in zip(articles, sentences_of(articles, coder.language), strict=True):
        found = coder.explained(article)
        assert found.reports == coder.coding_of(article, sentences).reports
        for route in (clause for sentence in found.sentences for clause in sentence.clauses):
            won = [tried.entry for tried in route.tried if tried.fits and not tried.why]
            assert len(won) == any(tried.fits for tried in route.tried)
            assert "vouches" not in route.outcome, (article.text, route.frame.text)
            if route.report:
                assert won == [route.report.because[0].rule], article.text
                assert route.standing and route.speaker and route.sides
            assert all(tried.why for tried in route.tried if not tried.fits)


def test_every_named_rule_of_the_code_has_words():
    house = Path(detente.__file__).parent
    named = re.compile(r'"((?:who|roles|standing|speaker|when|where|places|times):[a-z-]+)"')
    found = {
        rule
        for stage in ("mentions", "reports")
        for path in (house / stage).glob("*.py")
        if path.name != "reasons.py"
        for rule in named.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 40
    assert found == set(RULES)
