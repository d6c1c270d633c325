"""Whom a deed reaches, and who does it, when no slot of its rule names anybody."""

import pytest

from detente.coder import Coder
from detente.model import Article, Block
from detente.sentences import sentences_of

# fmt: off
REACHED = [
    # beside the object
    ("Peru drops talks with Chile.", ["CHL"]),
    # inside what was agreed, refused, deplored
    ("Denmark agreed to lift a ban on imports of Chilean salmon.", ["CHL"]),
    ("Ghana deplored the attack on a church in Lahore.", ["PAKREL"]),
    # who made what was rejected
    ("Norway rejected every proposal made by Iceland to divide the catch.", ["ISL"]),
    # one's own land, when it is not the whole land that acts
    ("Libyan officials imposed a curfew on Benghazi.", ["LBY"]),
    # somebody else of the same country
    ("The president of Kenya pardoned the opposition leader.", ["OPP"]),
    # mutual only with those who take part
    ("Zambia agreed to resume talks with Malawi.", ["ZMB", "MWI"]),
    ("Zambia agreed to send maize to Malawi.", ["MWI"]),
    # what is one's own is no target
    ("Angola withdrew its troops.", []),
    # where something is does not make it the target
    ("Poland tested a missile near Gdansk.", []),
    ("Chile agreed to hold talks in Geneva.", []),
    # the land that forces leave, not the forces
    ("Ghana began withdrawing some of its troops from Mali.", ["MLI"]),
    # who is to do what is asked
    ("Chile renewed its demand that Peru reopen the bridge.", ["PER"]),
    # several who act together, with nobody else named
    ("Canada and Mexico signed a deal on dams.", ["CAN", "MEX"]),
    ("Canada and Mexico promised to build dams.", []),
    # what stands in the clause beside it
    ("Ireland refused to sell uranium after Iran threatened Oman.", []),
]

DOERS = [
    # words do what their author does
    ("The Danish parliament passed a resolution criticizing Serbia.", ["DNKLEG"]),
    ("A German charity filed a lawsuit accusing Eritrea of torture.", ["DEUSOC"]),
    # a number that marches is people, of the country where they march
    ("Thousands marched in Nairobi against a new tax.", ["KENCVL"]),
    # each with the words that name it, see below
    ("The armies of Brazil and Argentina held joint war games.", ["BRAMIL", "ARGMIL"]),
    # things that nobody utters do nothing
    ("The Danish parliament bought a painting criticizing Serbia.", []),
]
# fmt: on


@pytest.fixture(scope="module")
def coder():
    return Coder()


def first(coder, text):
    article = Article(id="a", record="r", origin="o", text=text, blocks=(Block("paragraph", 0, len(text)),))
    (sentences,) = sentences_of([article], coder.language)
    return next(iter(coder.coding_of(article, sentences).reports), None)


@pytest.mark.parametrize("sentence, ids", REACHED, ids=[sentence for sentence, _ in REACHED])
def test_reaches(coder, sentence, ids):
    assert [party.id for party in first(coder, sentence).target] == ids


@pytest.mark.parametrize("sentence, ids", DOERS, ids=[sentence for sentence, _ in DOERS])
def test_is_done_by(coder, sentence, ids):
    report = first(coder, sentence)
    assert [party.id for party in (report.source if report else ())] == ids


def test_says_which_words_led_to_the_doer(coder):
    report = first(coder, "The Danish parliament passed a resolution criticizing Serbia.")
    assert any(because.rule == "parties/doers#utterance" for because in report.because)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Denmark agreed to lift a ban on imports of Chilean salmon.", "roles:beside"),
        ("Peru agreed to withdraw from its bases in Laos.", "roles:inside"),
        ("Norway flew medicine into Chad.", None),
        ("Israeli jets bombed positions in Syria.", "parties/reach#ground"),
        ("Poland raised its alert level for a campaign against Belarus.", "parties/reach#own-affair"),
        ("Zambia agreed to resume talks with Malawi.", "parties/reach#partner"),
        ("Rebels and the Sudanese army violated the truce.", "parties/reach#joint-breach"),
    ],
)
def test_says_how_a_target_was_found_that_no_slot_names(coder, sentence, rule):
    report = first(coder, sentence)
    words = {party.words for party in report.target}
    found = [because.rule for because in report.because if because.words in words]
    assert [name for name in found if name.startswith(("parties/", "roles:"))][:1] == ([rule] if rule else [])


def test_somebody_further_away_is_less_sure(coder):
    near = first(coder, "Ghana deplored Iceland.")
    far = first(coder, "Ghana deplored every proposal made by Iceland.")
    assert far.score < near.score


def test_each_of_several_owners_has_the_words_that_name_it(coder):
    text = "The armies of Brazil and Argentina held joint war games."
    report = first(coder, text)
    assert [text[slice(*party.words)] for party in report.source] == ["Brazil", "Argentina"]
