"""How many were killed, injured, marching: sentences with the counts of their reports, and what is no count.

Each row holds all counts of its sentence, each with the type of the report that has it.
"""

import random
from pathlib import Path

import pytest

from detente.coder import Coder
from detente.model import Article, Block
from detente.sentences import sentences_of

# fmt: off
TOLD = [
    # the numbers themselves: figures, words, words put together
    ("Ugandan troops killed 7 Congolese rebels.", ["ASSAULT killed 7"]),
    ("Ugandan troops killed seven Congolese rebels.", ["ASSAULT killed 7"]),
    ("Ugandan troops killed forty-two Congolese rebels.", ["ASSAULT killed 42"]),
    ("Ugandan troops killed a hundred and twenty Congolese rebels.", ["ASSAULT killed 120"]),
    ("Ugandan troops killed 1,250 Congolese rebels.", ["ASSAULT killed 1250"]),
    ("Ugandan troops killed two thousand three hundred Congolese rebels.", ["ASSAULT killed 2300"]),
    ("Ugandan militias displaced 1.2 million Congolese.", ["ASSAULT displaced 1200000"]),
    ("Ugandan militias displaced two to three million Congolese.", ["ASSAULT displaced 2000000-3000000"]),
    # ranges and bounds
    ("Ugandan troops killed 20 to 25 Congolese rebels.", ["ASSAULT killed 20-25"]),
    ("Ugandan troops killed two or three Congolese rebels.", ["ASSAULT killed 2-3"]),
    ("Ugandan troops killed 20–25 Congolese rebels.", ["ASSAULT killed 20-25"]),
    ("Ugandan troops killed no more than 20 Congolese rebels.", ["ASSAULT killed 1-20"]),
    ("Ugandan troops killed well over 200 Congolese rebels.", ["ASSAULT killed 201+"]),
    ("Ugandan troops killed at least several dozen Congolese rebels.", ["ASSAULT killed 36+"]),
    ("Ugandan troops killed another 20 Congolese rebels.", ["ASSAULT killed 20"]),
    ("Ugandan troops killed at least another 20 Congolese rebels.", ["ASSAULT killed 20+"]),
    # who is counted: lists, parts, members told again
    ("Rebels killed six Chadian soldiers and a French pilot.", ["ASSAULT killed 7"]),
    ("Rebels killed six soldiers, two of them officers, in Chad.", ["ASSAULT killed 6"]),
    ("Rebels killed 12 people in Chad, among them three children.", ["ASSAULT killed 12"]),
    ("Rebels killed nine people - six soldiers and three civilians - in Chad.", ["ASSAULT killed 9"]),
    ("Two of the five Chadian hostages were killed by rebels.", ["ASSAULT killed 2"]),
    ("Dozens of the 300 Chadian prisoners were executed by rebels.", ["ASSAULT killed 24-99"]),
    ("Most of the 300 Chadian prisoners were executed by rebels.", []),
    ("Six rebels wounded 30 Chadian soldiers.", ["ASSAULT injured 30"]),
    # where it is told: result, relative clause, second verb, outcome first, headline
    ("Rebels stormed a Chadian base, killing 12 soldiers and wounding 30 others.",
     ["ASSAULT killed 12", "ASSAULT injured 30"]),
    ("Rebels launched an attack on a Chadian base that killed 12 soldiers.", ["ASSAULT killed 12"]),
    ("Rebels stormed a Chadian base in a raid that left 12 dead.", ["ASSAULT killed 12"]),
    ("Twelve soldiers died and 30 were wounded when rebels stormed a Chadian base.",
     ["ASSAULT killed 12", "ASSAULT injured 30"]),
    ("Chad's bombing of the camp killed at least 40 people.", ["ASSAULT killed 40+"]),
    ("Chad bombs rebel camp, 40 killed", ["ASSAULT killed 40"]),
    ("40 killed as Chad bombs rebel camp", ["ASSAULT killed 40"]),
    ("At least 40 dead, 100 wounded after Chad bombs rebel camp", ["ASSAULT killed 40+", "ASSAULT injured 100"]),
    ("Chad bombed the camp, and officials said 40 people had died.", ["ASSAULT killed 40"]),
    ("Chad bombed the camp, raising the death toll in the war to 4,000.", ["ASSAULT killed 4000"]),
    ("The death toll from Chad's bombing of the camp rose from 12 to 40.", ["ASSAULT killed 40"]),
    # a word right after a number has it for its own, and not what it shares with the verb before
    ("Twelve Chadian soldiers were killed and dozens wounded by rebels.",
     ["ASSAULT killed 12", "ASSAULT injured 24-99"]),
    ("Rebels killed a Chadian policeman and wounded another.", ["ASSAULT killed 1", "ASSAULT injured 1"]),
    ("Rebels overran a Chadian base, killing 12 soldiers with dozens feared captured.", ["ASSAULT killed 12"]),
    # the same fact told twice is one report, and keeps its number
    ("Rebels attacked Chadian soldiers, killing 12 Chadian soldiers.", ["ASSAULT killed 12"]),
    # nobody
    ("Rebels stormed a Chadian base, but nobody was killed.", ["ASSAULT killed 0"]),
    ("There were no deaths when rebels stormed a Chadian base.", ["ASSAULT killed 0"]),
    # protests
    ("Tens of thousands of Moroccans marched in Rabat against the government.", ["PROTEST protesters 20000-99999"]),
    ("About 200 Moroccan students staged a rally outside the French embassy.", ["PROTEST protesters 180-220"]),
    ("A protest by 3,000 Moroccan miners began in Rabat.", ["PROTEST protesters 3000"]),
    ("Moroccan police dispersed a crowd of 500 protesters.", ["ASSAULT protesters 500"]),
    # arrests, hostages, flight, troops
    ("Moroccan police arrested 15 students and a teacher.", ["COERCE arrested 16"]),
    ("Moroccan police said they had arrested 15 Algerian militants.", ["COERCE arrested 15"]),
    ("Algerian militants took six Norwegian engineers hostage.", ["ASSAULT abducted 6"]),
    ("The Eritrean army drove 6,000 Ethiopian villagers from their homes.", ["COERCE displaced 6000"]),
    ("Eritrea moved some 4,000 troops to the border with Ethiopia.", ["MOBILIZE troops 3600-4400"]),
    ("Eritrea agreed to withdraw 4,000 troops from Ethiopia.", ["AGREE troops 4000"]),
    ("Eritrea threatened to kill 12 Ethiopian hostages.", ["THREATEN killed 12"]),
    # no count: times, ages, shares, money, distances, things, ordinals, names
    ("Rebels killed a Chadian minister in 1996.", ["ASSAULT killed 1"]),
    ("Rebels killed the Chadian minister 12 hours later.", []),
    ("Rebels killed the Chadian minister, 54, in his car.", []),
    ("Rebels attacked a 12-year-old boy in Chad.", []),
    ("Rebels seized 40 percent of Chad.", []),
    ("Rebels killed 80 camels in Chad.", []),
    ("Rebels burned 80 houses in Chad.", []),
    ("Rebels stole $40 million from Chad's central bank.", []),
    ("Rebels attacked a Chadian base 40 kilometres from the capital.", []),
    ("Rebels attacked two Chadian towns.", []),
    ("Rebels launched a third attack on the Chadian capital.", []),
    ("The two countries attacked Chad for the third time in 12 days.", []),
    ("Rebels shot down a Chadian MiG-29 with two missiles.", []),
    ("Two Chadian parties and three unions called a strike.", []),
    ("Chad's troops and rebels fought one another in the capital.", []),
    ("Rebels killed or wounded 12 Chadian soldiers.", []),
    ("Rebels carried out the 12th attack on Chad since May.", []),
    ("Chad executed the order within two days.", []),
    # told of another deed: an earlier one, a condemned one, one by the person who is arrested
    ("Chad bombed the camp after rebels had killed 12 soldiers.", ["ASSAULT killed 12"]),
    ("France condemned the bombing that killed 12 people in Chad.", ["ASSAULT killed 12"]),
    ("France condemned the bombing that killed 12 people.", []),
    ("Thousands of Chadians protested against the killing of 12 students.", ["PROTEST protesters 2000-9999"]),
    ("Chadian police arrested a rebel who killed 12 soldiers in 2008.", ["COERCE arrested 1", "ASSAULT killed 12"]),
    # denied or only possible beside the event
    ("Chad bombed the camp, but 12 people were not killed.", []),
    ("Chad bombed the camp, which could have killed 12 people.", []),
]
# fmt: on


@pytest.fixture(scope="module")
def coder():
    return Coder()


def article(text):
    return Article(id="a", record="r", origin="o", text=text, blocks=(Block("paragraph", 0, len(text)),))


def reports(coder, text):
    (sentences,) = sentences_of([article(text)], coder.language)
    return coder.coding_of(article(text), sentences).reports


@pytest.mark.parametrize("text, told", TOLD)
def test_how_many(coder, text, told):
    found = reports(coder, text)
    assert [f"{report.type} {count.kind} {count.amount}" for report in found for count in report.counts] == told


def test_why_it_was_counted_so(coder):
    ((count,),) = (report.counts for report in reports(coder, "Rebels killed at least a dozen Chadian soldiers."))
    assert [because.rule for because in count.because] == ["numbers/bounds#at-least", "counts/killed#kill"]
    assert (count.low, count.high, count.exact) == (12, None, False)


def test_the_words_of_a_count_are_the_number_with_its_bounds(coder):
    text = "Rebels killed at least 12 Chadian soldiers."
    (report,) = reports(coder, text)
    start, end = report.counts[0].words
    assert text[start:end] == "at least 12"


def blind():
    path = Path(__file__).parent / "counts_blind.tsv"
    rows = (line.split("\t") for line in path.read_text().splitlines() if not line.startswith("#"))
    next(rows)
    return {text: set() if told == "-" else set(told.split("; ")) for text, told in rows}


# 107 of 124 (0.86) were right when they were first tried, 121 (0.98) since. Raise it, never lower it.
FLOOR = 0.95


def test_the_share_of_unseen_sentences_read_right(coder):
    told = blind()
    found = {text: {f"{c.kind} {c.amount}" for report in reports(coder, text) for c in report.counts} for text in told}
    wrong = [f"{text}: {sorted(found[text])}" for text in told if found[text] != told[text]]
    assert len(wrong) <= (1 - FLOOR) * len(told), "\n".join(wrong)


# fmt: off
WORDS = [
    "one", "two", "12", "1,000", "1.5", "million", "hundred", "dozen", "dozens", "of", "a", "an", "no", "at", "least",
    "or", "more", "between", "and", "-", "–", "to", "killed", "dead", "wounded", "soldiers", "Chad", "rebels", ",", ".",
    "%", "$", "1990", "the", "several", "up", "about", "nearly",
]
# fmt: on


def test_no_heap_of_number_words_breaks_it(coder):
    draw = random.Random(4)
    for _ in range(300):
        text = "Rebels attacked Chad, killing " + " ".join(draw.choices(WORDS, k=draw.randint(1, 30)))
        for report in reports(coder, text):
            for count in report.counts:
                assert 0 <= count.low <= (count.high if count.high is not None else count.low)
                assert text[slice(*count.words)]
