"""Who did what to whom, how it stands and on whose word: sentences over the phenomena that break event coders.

Each row holds all reports of its sentence, in the order of the text.
"""

import pytest

from detente.coder import Coder
from detente.model import Article, Block
from detente.sentences import sentences_of

# fmt: off
TOLD = [
    # plain, passives, relative clauses
    ("Portugal expelled two Angolan diplomats.", ["PRT -> AGOGOV SANCTION happened"]),
    ("Two Angolan diplomats were expelled by Portugal.", ["PRT -> AGOGOV SANCTION happened"]),
    ("Two Angolan diplomats were expelled.", ["- -> AGOGOV SANCTION happened"]),
    ("Portugal, which expelled two Angolan diplomats, closed its embassy in Luanda.",
     ["PRT -> AGOGOV SANCTION happened", "PRT -> AGO SANCTION happened"]),
    # standing: negation, modals, attitudes, clefts, questions, conditions
    ("Angola did not expel the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION denied"]),
    ("Angola will expel the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION planned"]),
    ("Angola may expel the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION hypothetical"]),
    ("Angola threatened to expel the Portuguese ambassador.", ["AGO -> PRTGOV THREATEN happened"]),
    ("Angola has decided to expel the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION planned"]),
    ("Angola refused to expel the Portuguese ambassador.", ["AGO -> PRTGOV REJECT happened"]),
    ("Angola failed to expel the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION denied"]),
    ("Angola denied that it expelled the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION denied by AGO"]),
    ("Angola wants to expel the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION hypothetical"]),
    ("Angola never expelled the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION denied"]),
    ("It was not Angola that expelled the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION denied"]),
    ("It was Angola that expelled the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION happened"]),
    ("Did Angola expel the Portuguese ambassador?", ["AGO -> PRTGOV SANCTION asked"]),
    ("Asked whether Angola would expel the Portuguese ambassador, the president declined to comment.",
     ["AGO -> PRTGOV SANCTION asked"]),
    ("If Angola expels the Portuguese ambassador, Lisbon will react.", ["AGO -> PRTGOV SANCTION hypothetical"]),
    ("It is up to Angola to expel the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION demanded"]),
    ("Angola is expelling the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION ongoing"]),
    ("Angola is going to expel the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION planned"]),
    ("Angola allegedly expelled the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION hypothetical"]),
    ("Angola has not expelled the Portuguese ambassador.", ["AGO -> PRTGOV SANCTION denied"]),
    # amounts are what they are amounts of; a particle leads to its own object and leaves "against" alone
    ("Angola expelled dozens of Portuguese diplomats.", ["AGO -> PRTGOV SANCTION happened"]),
    ("Angola carried out strikes Friday evening against Zambian rebels.", ["AGO -> ZMBREB ASSAULT happened"]),
    # the passive of two objects: who is denied a visa stands where the subject is
    ("Portuguese students were denied visas by Angola.", ["AGO -> PRTEDU REJECT happened"]),
    ("Three Portuguese sailors were taken prisoner by Angola.", ["AGO -> PRTMIL ASSAULT happened"]),
    # "by" on the nearest noun
    ("Two Portuguese sailors were found guilty of espionage by an Angolan court.",
     ["AGOJUD -> PRTMIL SANCTION happened"]),
    # whose border it is stands one step further down
    ("Angola moved artillery to its border with Zambia.", ["AGO -> ZMB MOBILIZE happened"]),
    # a gerund tagged as a noun
    ("Angola accused Zambia of spying.", ["AGO -> ZMB ACCUSE happened"]),
    # a preposition left behind
    ("A Portuguese ship was fired on by Angolan border guards.", ["AGOMIL -> PRT ASSAULT happened"]),
    # capitals at the start of a sentence
    ("Martial law was declared in Angola.", ["AGO -> - COERCE happened"]),
    # a past tense taken for a participle
    ("Riots erupted in Angola", ["AGO -> - PROTEST happened"]),
    # a clause that goes on ("was closing") is a clause for "that"
    ("Zambia complained that Malawi was closing the road.", ["ZMB -> MWI ACCUSE happened"]),
    # nouns of event
    ("Angola's expulsion of two Portuguese diplomats angered Lisbon.", ["AGO -> PRTGOV SANCTION happened"]),
    # mutual events: and, with, between, commas
    ("Zambia and Malawi signed a trade agreement.", ["ZMB+MWI <-> ZMB+MWI SUPPORT happened"]),
    ("Zambia signed a trade agreement with Malawi.", ["ZMB+MWI <-> ZMB+MWI SUPPORT happened"]),
    ("Zambia, Malawi sign trade agreement", ["ZMB+MWI <-> ZMB+MWI SUPPORT happened"]),
    ("Talks between Zambia and Malawi began on Monday.", ["ZMB+MWI <-> ZMB+MWI CONSULT happened"]),
    ("Talks between Zambia and Malawi will begin on Monday.", ["ZMB+MWI <-> ZMB+MWI CONSULT planned"]),
    ("Talks between Zambia and Malawi failed to materialize.", ["ZMB+MWI <-> ZMB+MWI CONSULT denied"]),
    ("Zambia met Malawi in Lusaka.", ["ZMB+MWI <-> ZMB+MWI CONSULT happened"]),
    ("The foreign ministers of Zambia and Malawi met in Lusaka.",
     ["ZMBGOV+MWIGOV <-> ZMBGOV+MWIGOV CONSULT happened"]),
    ("Zambia called off talks with Malawi.", ["ZMB -> MWI SANCTION happened"]),
    ("Zambia held talks with Malawi.", ["ZMB+MWI <-> ZMB+MWI CONSULT happened"]),
    ("Zambia hopes to hold talks with Malawi.", ["ZMB+MWI <-> ZMB+MWI CONSULT hypothetical"]),
    ("Zambia agreed to resume talks with Malawi.", ["ZMB+MWI <-> ZMB+MWI AGREE happened"]),
    # on whose word
    ("Norway said Sweden had bombed Denmark.", ["SWE -> DNK ASSAULT happened by NOR"]),
    ("Norway said that Sweden did not bomb Denmark.", ["SWE -> DNK ASSAULT denied by NOR"]),
    ("Sweden bombed Denmark, Norway said.", ["SWE -> DNK ASSAULT happened by NOR"]),
    ("According to Norway, Sweden bombed Denmark.", ["SWE -> DNK ASSAULT happened by NOR"]),
    # the accusation is the event, what hangs on it is not a second one of the speaker's
    ("Norway accused Sweden of bombing Denmark.", ["NOR -> SWE ACCUSE happened"]),
    ("Norway criticised Sweden's attack on Denmark.", ["NOR -> SWE ACCUSE happened", "SWE -> DNK ASSAULT happened"]),
    ("Norwegian jets bombed a Swedish base in Iceland.", ["NORMIL -> SWE ASSAULT happened"]),
    # demands, warnings, answers
    ("Norway demanded that Sweden withdraw its troops from Finland.", ["NOR -> SWE REQUEST happened"]),
    ("Norway urged Sweden to withdraw its troops from Finland.", ["NOR -> SWE REQUEST happened"]),
    ("Norway ordered Sweden to withdraw its troops from Finland.", ["NOR -> SWE REQUEST happened"]),
    ("Sweden withdrew its troops from Finland after Norway threatened to attack.",
     ["SWE -> FIN RETREAT happened", "NOR -> - THREATEN happened"]),
    ("Norway warned Sweden that it would attack.", ["NOR -> SWE THREATEN happened"]),
    # to whom: prepositions, indirect objects, places
    ("Kenya sent food to Somalia.", ["KEN -> SOM AID happened"]),
    ("Kenya sent Somalia food.", ["KEN -> SOM AID happened"]),
    ("Kenya sent troops to Somalia.", ["KEN -> SOM MOBILIZE happened"]),
    ("Kenyan police arrested a Somali journalist in Nairobi.", ["KENCOP -> SOMJRN COERCE happened"]),
    # who without a name
    ("A Somali journalist was arrested in Nairobi.", ["- -> SOMJRN COERCE happened"]),
    ("Thousands of Kenyans protested against the government in Nairobi.", ["KENCVL -> KENGOV PROTEST happened"]),
    ("Protesters in Kenya demanded the resignation of the president.", ["KENCVL -> GOV REQUEST happened"]),
    # headlines
    ("Kenya holds Somalia border drills", ["KEN -> - MOBILIZE happened"]),
    ("Kenya to send troops to Somalia", ["KEN -> SOM MOBILIZE planned"]),
    ("Kenya, Somalia to resume talks", ["KEN+SOM <-> KEN+SOM CONSULT planned"]),
    ("Russia critical of Kenya", ["RUS -> KEN ACCUSE happened"]),
    ("Kenya pulled out of talks with Somalia.", ["KEN -> SOM SANCTION happened"]),
    # light verbs, shared objects, absorbed complements
    ("Kenya called off a visit planned for May.", ["KEN -> - SANCTION happened"]),
    ("Somali rebels attacked and seized a Kenyan base.",
     ["SOMREB -> KEN ASSAULT happened", "SOMREB -> KEN COERCE happened"]),
    ("Kenya condemned and rejected the Somali plan.", ["KEN -> SOM ACCUSE happened", "KEN -> SOM REJECT happened"]),
    ("Somali rebels, backed by Eritrea, attacked Kenyan troops.",
     ["ERI -> SOMREB SUPPORT happened", "SOMREB -> KENMIL ASSAULT happened"]),
    ("Eritrea welcomed Kenya's plan to withdraw its troops.",
     ["ERI -> KEN SUPPORT happened", "KEN -> - RETREAT planned"]),
    ("Kenya lifted sanctions on Eritrea.", ["KEN -> ERI RETREAT happened"]),
    ("Kenya plans to lift sanctions on Eritrea.", ["KEN -> ERI RETREAT planned"]),
    ("Without consulting Eritrea, Kenya lifted the blockade.",
     ["KEN+ERI <-> KEN+ERI CONSULT denied", "KEN -> - RETREAT happened"]),
    ("The Eritrean foreign minister said Kenya had denied attacking Somalia.", ["KEN -> SOM ASSAULT denied by KEN"]),
    ("Kenya is ready to meet Eritrea.", ["KEN -> ERI AGREE happened"]),
    ("Kenya was unable to meet Eritrea.", ["KEN+ERI <-> KEN+ERI CONSULT denied"]),
    ("Kenya must withdraw its troops from Somalia.", ["KEN -> SOM RETREAT demanded"]),
    ("The possible expulsion of Kenyan diplomats by Eritrea worries the UN.",
     ["ERI -> KENGOV SANCTION hypothetical"]),

    # a time is nobody's actor: "on Saturday" is not whom they called on
    ("Kenya appealed to Somalia on Friday to lift the curfew.", ["KEN -> SOM REQUEST happened"]),
    ("Kenya's president called the president of Somalia on Friday to discuss fish.",
     ["KENGOV+SOMGOV <-> KENGOV+SOMGOV CONSULT happened"]),
    # a particle leaves the preposition behind the object to the other side
    ("Kenya handed over a drug lord to Somalia.", ["KEN -> SOM COOPERATE happened"]),
    # what a noun is about is part of it, as what a verb is about
    ("Kenya reaffirmed its readiness to help Somalia.", ["KEN -> SOM AGREE happened"]),
    # what is measured decides, not the measure
    ("Kenya returned hundreds of Somali manuscripts to Somalia.", ["KEN -> SOM RETREAT happened"]),

    # who is on a visit, in talks or writes a letter takes part
    ("The Kenyan premier said during a visit to Somalia that rain had come.", ["KENGOV -> SOM CONSULT happened"]),
    ("The Kenyan premier agreed in talks with Somalia to reopen the bridge.", ["KENGOV -> SOM AGREE happened"]),
    ("The Kenyan premier spoke of rain before a visit to Somalia.", []),
    ("Kenya thanked visiting Somali officials for the rice.", ["KEN -> SOMGOV SUPPORT happened"]),
    # not the doer himself, but whom it reaches
    ("Kenya eased some of its restrictions on food aid to Somalia.", ["KEN -> SOM CONCEDE happened"]),
    ("Kenya agreed to an expansion of its army base in Somalia.", ["KEN -> SOM AGREE happened"]),
    ("Kenyan jets bombed a rebel-held area.", ["KENMIL -> REB ASSAULT happened"]),
    # harm that its doer says will come is a threat; what others say will come is none
    ("Kenya said it would bomb Somalia.", ["KEN -> SOM THREATEN happened"]),
    ("Eritrea said Kenya would bomb Somalia.", ["KEN -> SOM ASSAULT planned by ERI"]),
    # what two do against nobody they do together
    ("Kenyan and Somali troops held war games.", ["KENMIL+SOMMIL <-> KENMIL+SOMMIL COOPERATE happened"]),
    ("The Kenyan and the Somali armies held talks.", ["SOMMIL+KEN <-> SOMMIL+KEN CONSULT happened"]),
    ("Kenya and Eritrea agreed to lift a ban on Somali fish.", ["KEN+ERI -> SOM AGREE happened"]),
    # who leaves a trade leaves no office
    ("A former minister was charged with fraud.", ["- -> ELI ACCUSE happened"]),
    ("A former teacher was charged with fraud.", []),
    # whom one warns would do it
    ("Kenya warned Somalia against moving troops into Eritrea.",
     ["KEN -> SOM THREATEN happened", "SOM -> ERI MOBILIZE denied"]),

    # no event: nobody who acts in public life, or nothing that is done
    ("The school expelled two students.", []),
    ("The company holds its annual meeting in May.", []),
    ("Lavrov arrived late and smiled.", []),
    ("Weapons were found in a river.", []),
]
# fmt: on


@pytest.fixture(scope="module")
def coder():
    return Coder()


def article(text):
    return Article(id="a", record="r", origin="o", text=text, blocks=(Block("paragraph", 0, len(text)),))


def told(coder, text):
    (sentences,) = sentences_of([article(text)], coder.language)
    return [shown(report) for report in coder.coding_of(article(text), sentences).reports]


def shown(report):
    source, target = ("+".join(party.id for party in side) or "-" for side in (report.source, report.target))
    arrow = "<->" if report.reciprocal else "->"
    speaker = f" by {report.speaker.id}" if report.speaker else ""
    return f"{source} {arrow} {target} {report.type} {report.standing}{speaker}"


@pytest.mark.parametrize("sentence, expected", TOLD, ids=[sentence for sentence, _ in TOLD])
def test_tells_who_did_what_to_whom(coder, sentence, expected):
    assert told(coder, sentence) == expected


@pytest.mark.parametrize("text", [
    "", "?", "((((", "\"\"\"", "NATO " * 400, "of the " * 300, "Russia, " * 200 + "agree", "\u202e\u0000 RUSSIA EXPELS",
    "Said said said said Russia said.", "# def russia(expel): return nato", "Россия выслала двух дипломатов НАТО.",
])  # fmt: skip
def test_odd_text_does_no_harm(coder, text):
    assert isinstance(told(coder, text), list)


def test_every_report_says_why_with_words_of_the_text(coder):
    text = "On Monday, Norway said Sweden had bombed Denmark, and Norwegian police arrested a Swedish diplomat in Oslo."
    (sentences,) = sentences_of([article(text)], coder.language)
    reports = coder.coding_of(article(text), sentences).reports
    assert len(reports) == 2
    for report in reports:
        assert any(reason.rule.startswith("events/") for reason in report.because)
        for reason in report.because:
            assert reason.words is None or 0 <= reason.words[0] < reason.words[1] <= len(text)
