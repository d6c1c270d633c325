"""On whose word a report rests: sentences and paragraphs over the ways of quoting.

Each row: the text, the words that tell the event, and the ids of those who vouch for it, the nearest first.
"""

import pytest
from tests.reports.telling import reports_of

# fmt: off
SAID = [
    # before, behind, amid; inverted
    ("Sergei Lavrov said on Friday that NATO had expelled two Russian diplomats.", "expelled", "sergei-lavrov"),
    ("NATO expelled two Russian diplomats, Sergei Lavrov told reporters in Moscow.", "expelled", "sergei-lavrov"),
    ("NATO, Sergei Lavrov said, has expelled two Russian diplomats.", "expelled", "sergei-lavrov"),
    ('"NATO expelled two Russian diplomats," said Sergei Lavrov.', "expelled", "sergei-lavrov"),
    ('"NATO," said Sergei Lavrov, "expelled two Russian diplomats."', "expelled", "sergei-lavrov"),
    ("NATO expelled two Russian diplomats, according to Sergei Lavrov.", "expelled", "sergei-lavrov"),
    ("As Sergei Lavrov put it, NATO bombed Serbian villages.", "bombed", "sergei-lavrov"),
    ("Libya bombed the port, the Maltese government announced.", "bombed", "MLTGOV"),
    # nobody: the outlet tells it
    ("NATO expelled two Russian diplomats on Friday.", "expelled", ""),
    ("NATO expelled two Russian diplomats after Sergei Lavrov said the talks were over.", "expelled", ""),
    ("Sergei Lavrov, who said he was tired, met the Norwegian ambassador.", "met", ""),
    # whose word: statements, letters, spokesmen, channels
    ("In a statement, Norway said Sweden had bombed a Danish port.", "bombed", "NOR"),
    ("A statement by the Norwegian government said Sweden had bombed a Danish port.", "bombed", "NORGOV"),
    ("In a letter to the UN, Norway wrote that Sweden had bombed a Danish port.", "bombed", "NOR"),
    ("A Norwegian government report said that Sweden had bombed a Danish port.", "bombed", "NORGOV"),
    ("Iran's foreign ministry spokesman said Iraq had expelled two Iranian diplomats.", "expelled", "IRNGOV"),
    ("A spokesman for the Kremlin said Latvia had expelled two Russian diplomats.", "expelled", "RUSGOV"),
    ("Norway told Sweden that Denmark had arrested two Icelandic sailors.", "arrested", "NOR"),
    ("Sergei Lavrov was quoted as saying that NATO had expelled two Russian diplomats.", "expelled", "sergei-lavrov"),
    ("Sergei Lavrov was quoted by the Interfax news agency as saying that NATO had expelled two Russian diplomats.",
     "expelled", "sergei-lavrov < RUSJRN"),
    ("Norway accused Sweden, saying that it had bombed a Danish port.", "bombed", "NOR"),
    ("Sweden bombed a Danish port, Norway claims.", "bombed", "NOR"),
    ("Norwegian officials said Sweden had bombed a Danish port.", "bombed", "NORGOV"),
    ("Sweden bombed a Danish port, Norwegian police say.", "bombed", "NORCOP"),
    ("Norway confirmed the expulsion of two Swedish diplomats by Denmark.", "expulsion", "NOR"),
    ("Norway confirmed that it had expelled two Swedish diplomats.", "expelled", "NOR"),
    ("It was reported that Sweden had bombed a Danish port.", "bombed", ""),
    # chains
    ("Norway said Sweden had denied bombing a Danish port.", "bombing", "SWE < NOR"),
    ("Finland said that Norway had told it that Sweden had bombed a Danish port.", "bombed", "NOR < FIN"),
    ("According to Finland, Norway said Sweden had bombed a Danish port.", "bombed", "NOR < FIN"),
    # the one who demands, accuses or warns is the source
    ("Norway demanded that Sweden withdraw its troops.", "demanded", ""),
    ("Finland said Norway had demanded that Sweden withdraw its troops.", "demanded", "FIN"),
    ("Norway denounced Sweden's bombing of a Danish port.", "denounced", ""),
    # over sentences
    ("Sergei Lavrov said the talks had failed. He added that NATO had expelled two Russian diplomats.",
     "expelled", "sergei-lavrov"),
    ('"This is a dark day," Sergei Lavrov said. "NATO has expelled two Russian diplomats."',
     "expelled", "sergei-lavrov"),
    ('"This is a dark day. NATO has expelled two Russian diplomats," Sergei Lavrov said.', "expelled", "sergei-lavrov"),
    ('Sergei Lavrov said: "This is a dark day. NATO has expelled two Russian diplomats. We are sad."',
     "expelled", "sergei-lavrov"),
    ("Sergei Lavrov spoke in Moscow. “This is a dark day. NATO has expelled two Russian diplomats.”",
     "expelled", "sergei-lavrov"),
    ("“This is a dark day,” Sergei Lavrov said.\n\n“NATO has expelled two Russian diplomats,” he went on.",
     "expelled", "sergei-lavrov"),
    ("Sergei Lavrov was bitter. “This is a dark day.\n\n“NATO has expelled two Russian diplomats.”",
     "expelled", "sergei-lavrov"),
    ("Sergei Lavrov said the talks had failed. NATO expelled two Russian diplomats on Friday.", "expelled", ""),
    ("“This is a dark day,” Sergei Lavrov said. NATO expelled two Russian diplomats on Friday.", "expelled", ""),
    # pronouns
    ("Sergei Lavrov arrived in Oslo. He said NATO had expelled two Russian diplomats.", "expelled", "sergei-lavrov"),
    # we
    ('"We expelled two Norwegian diplomats," said Sergei Lavrov.', "expelled", "sergei-lavrov"),
    # headlines
    ("NATO expelled two Russian diplomats, Lavrov says", "expelled", "lavrov"),
    ("Lavrov: NATO expelled two Russian diplomats", "expelled", "lavrov"),
    ("NATO expelled two Russian diplomats - Lavrov", "expelled", "lavrov"),
    ("Lavrov says NATO expelled two Russian diplomats", "expelled", "lavrov"),
    ("NATO expelled two Russian diplomats: Kremlin", "expelled", "RUSGOV"),
    # written after the rules, to see whether they hold
    ("The Dutch foreign minister told parliament on Tuesday that Russia had expelled two Dutch diplomats.",
     "expelled", "NLDGOV"),
    ("Russia, Dutch officials said, has expelled two diplomats.", "expelled", "NLDGOV"),
    ('"Russia has expelled two of our diplomats," the Dutch foreign minister said.', "expelled", "NLDGOV"),
    ('"Russia", the Dutch foreign minister said, "has expelled two diplomats."', "expelled", "NLDGOV"),
    ("Announcing the move, Norway said it had expelled two Russian diplomats.", "expelled", "NOR"),
    ("Dutch media reported that Russia had expelled two diplomats.", "expelled", "NLDJRN"),
    ("Witnesses said Israeli jets had bombed a Syrian village.", "bombed", "UNK"),
    ("Israeli jets bombed a Syrian village, witnesses said.", "bombed", "UNK"),
    ("According to witnesses, Israeli jets bombed a Syrian village.", "bombed", "UNK"),
    ("A senior Israeli official, speaking on condition of anonymity, said jets had bombed a Syrian village.",
     "bombed", "ISRGOV"),
    ("Israeli jets bombed a Syrian village, a source close to the Syrian government told reporters.",
     "bombed", "SYRGOV"),
    ("It emerged that Israeli jets had bombed a Syrian village.", "bombed", ""),
    ("Israeli jets are reported to have bombed a Syrian village.", "bombed", ""),
    ("Amnesty International says Egyptian police arrested two Sudanese activists.", "arrested", "AMNESTY"),
    ("In its annual report, Amnesty International said Egyptian police had arrested two Sudanese activists.",
     "arrested", "AMNESTY"),
    ("A UN report says Egyptian police arrested two Sudanese activists.", "arrested", "UN"),
    ("The Turkish president's office said Greece had expelled two Turkish diplomats.", "expelled", "TURGOV"),
    ("Athens denied that it had expelled two Turkish diplomats, Turkish officials said.",
     "expelled", "GRCGOV < TURGOV"),
    ("Turkey said Bulgaria had told it that Greece had expelled two Turkish diplomats.", "expelled", "BGR < TUR"),
    ("Turkish officials said they had been told by Bulgaria that Greece had expelled two diplomats.",
     "expelled", "BGR < TURGOV"),
    ("Greece, citing Bulgarian officials, said Turkey had arrested two Greek soldiers.", "arrested", "BGRGOV < GRC"),
    ("Citing Bulgarian officials, Greece said Turkey had arrested two Greek soldiers.", "arrested", "BGRGOV < GRC"),
    ("Greece accused Turkey of arresting two Greek soldiers, Bulgaria said.", "accused", "BGR"),
    ("Greece rejected a Turkish demand, Bulgaria said.", "rejected", "BGR"),
    ("Vladimir Putin met Alexander Lukashenko in Minsk. Putin said Belarus had arrested two Ukrainian spies.",
     "arrested", "vladimir-putin"),
    ('Vladimir Putin was in Minsk. "Belarus has arrested two Ukrainian spies," he told reporters.',
     "arrested", "vladimir-putin"),
    ('"We have spoken at length," Vladimir Putin said. "Belarus has arrested two Ukrainian spies. That is good."',
     "arrested", "vladimir-putin"),
    ('Vladimir Putin praised his host. "Belarus has arrested two Ukrainian spies."', "arrested", "vladimir-putin"),
    ("Vladimir Putin praised his host. Belarus arrested two Ukrainian spies in May.", "arrested", ""),
    ('"Belarus has arrested two Ukrainian spies. It will arrest more," Vladimir Putin told reporters.',
     "arrested", "vladimir-putin"),
    ("“It is simple,” said Vladimir Putin. “Belarus arrested two Ukrainian spies.\n\n"
     "“Ukraine expelled two Belarusian diplomats. What else?”\n\nUkraine closed its embassy in Minsk.",
     "expelled", "vladimir-putin"),
    ("“It is simple,” said Vladimir Putin. “Belarus arrested two spies.\n\n"
     "“It will arrest more.”\n\nUkraine expelled two Belarusian diplomats on Friday.",
     "expelled", ""),
    ("Vladimir Putin said Ukraine was a threat. It would attack Belarus within weeks.", "attack", "vladimir-putin"),
    ("Vladimir Putin insisted that Ukraine had attacked Belarus, and that Poland had bombed a Belarusian village.",
     "bombed", "vladimir-putin"),
    ("Vladimir Putin said Ukraine, which bombed a Belarusian village in May, was a threat.",
     "bombed", "vladimir-putin"),
    ("Ukraine has arrested two Belarusian spies, says Kyiv", "arrested", "UKRGOV"),
    ("Kyiv: Belarus arrested two Ukrainian drivers", "arrested", "UKRGOV"),
    ("Police: Ukrainian rebels attacked Polish convoy", "attacked", "COP"),
    ("UN: Ukrainian rebels attacked Polish convoy", "attacked", "UN"),
    ("'Ukrainian rebels attacked Polish convoy', says UN", "attacked", "UN"),
    ('"We will withdraw our troops from Syria," said Vladimir Putin.', "withdraw", "vladimir-putin"),
    ('"NATO has attacked us," said Vladimir Putin.', "attacked", "vladimir-putin"),
    ("The spokesman denied that Ukraine had attacked Belarus.", "attacked", "GOV"),
    ("He said: “Ukraine attacked Belarus.” Poland closed its border.", "attacked", "UNK"),
    ("The Swiss ambassador spoke of a disgrace. Belarus, he said, had arrested two Swiss tourists.",
     "arrested", "CHEGOV"),
    ("Asked about the tourists, the Swiss ambassador replied that Belarus had arrested them.", "arrested", "CHEGOV"),
    ("Belarus has arrested two Swiss tourists – the Swiss foreign ministry", "arrested", "CHEGOV"),
    ("Swiss minister: Belarus arrested two tourists", "arrested", "CHEGOV"),
    ("Belarus arrested two Swiss tourists, says minister", "arrested", "GOV"),
    ("Belarus 'arrested two Swiss tourists'", "arrested", ""),
    ("The Swiss government's claim that Belarus arrested two tourists was repeated on Friday.", "arrested", "CHEGOV"),
    ("Swiss intelligence believes that Belarus arrested two tourists.", "arrested", "CHESPY"),
    ("The Swiss foreign minister confirmed on television that Belarus had arrested two tourists.",
     "arrested", "CHEGOV"),
    ("In an interview with a Polish paper, the Swiss foreign minister said Belarus had arrested two tourists.",
     "arrested", "CHEGOV"),
    ("The Swiss foreign minister wrote in a letter to the UN that Belarus had arrested two tourists.",
     "arrested", "CHEGOV"),
    ("A document seen by reporters says that Belarus arrested two Swiss tourists.", "arrested", ""),
    ("The Polish foreign minister rejected the Swiss view that Belarus had arrested two tourists.", "arrested", ""),
    ("Belarus arrested two Swiss tourists, it was claimed in Bern.", "arrested", ""),
    ("Belarus arrested two Swiss tourists, villagers near Brest told the Swiss police.", "arrested", "BLRCVL"),
    ("Poland's president told his Swiss colleague that Belarus had arrested two tourists.", "arrested", "POLGOV"),
    ("The Swiss president learned from Poland that Belarus had arrested two tourists.", "arrested", "POL"),
    ("Poland says Switzerland claims Belarus arrested two tourists.", "arrested", "CHE < POL"),
    ("Poland says Switzerland knows that Belarus arrested two tourists.", "arrested", "CHE < POL"),
    ("Swiss officials quoted Poland as saying that Belarus had arrested two tourists.", "arrested", "POL < CHEGOV"),
    ("According to Poland, Belarus, which arrested two Swiss tourists in May, has closed its border.",
     "arrested", "POL"),
    ('"Belarus arrested two tourists," the Swiss president said. "It expelled a Polish diplomat, too."',
     "expelled", "CHEGOV"),
    ('"Belarus arrested two tourists and expelled a Polish diplomat," said the Swiss president, "and it will pay."',
     "expelled", "CHEGOV"),
    ('The Swiss president was furious: "Belarus arrested two tourists. It expelled a Polish diplomat."',
     "expelled", "CHEGOV"),
    ('The Swiss president was furious. "Belarus arrested two tourists." Poland expelled a Belarusian diplomat.',
     "expelled", ""),
    ('The Swiss president said the arrests were "a crime". Poland expelled a Belarusian diplomat.', "expelled", ""),
    ("“Belarus arrested two tourists,” the Swiss president said on Monday.\n\n"
     "Poland expelled a Belarusian diplomat on Tuesday.",
     "expelled", ""),
    ("“Belarus arrested two tourists,” the Swiss president said on Monday. He also said that Poland "
     "had expelled a Belarusian diplomat.",
     "expelled", "CHEGOV"),
    ("The Swiss president met reporters. Belarus arrested two tourists, she told them. Poland, she "
     "added, expelled a Belarusian diplomat.",
     "expelled", "CHEGOV"),
    ('"We will expel the Belarusian ambassador," the Swiss foreign minister said.', "expel", "CHEGOV"),
    ("Switzerland said it would receive the Belarusian ambassador.", "receive", "CHE"),
    ("Switzerland said it would expel the Belarusian ambassador.", "expel", ""),  # its threat, and the outlet tells it
    ("Switzerland said Poland would expel the Belarusian ambassador.", "expel", "CHE"),
    ("Switzerland demanded that Belarus release two tourists, Poland said.", "demanded", "POL"),
    ("Switzerland, Poland said, demanded that Belarus release two tourists.", "demanded", "POL"),
    ("Switzerland criticised Belarus for arresting two tourists.", "criticised", ""),
]
# fmt: on


@pytest.mark.parametrize("text, words, speakers", SAID, ids=[text for text, _, _ in SAID])
def test_speakers(text, words, speakers):
    told = [
        " < ".join(party.id for party in report.speakers) for report, trigger in reports_of(text) if trigger == words
    ]
    assert told == [speakers]


def sources(text, words):
    return [[party.id for party in report.source] for report, trigger in reports_of(text) if trigger == words]


@pytest.mark.parametrize("text, words, source", [
    # who speaks did not do what he tells of
    ("NATO, Sergei Lavrov said, has expelled two Russian diplomats.", "expelled", ["NATO"]),
    ('"NATO," said Sergei Lavrov, "expelled two Russian diplomats."', "expelled", ["NATO"]),
    ("NATO expelled two Russian diplomats, Sergei Lavrov told reporters in Moscow.", "expelled", ["NATO"]),
    ("Lavrov: NATO expelled two Russian diplomats", "expelled", ["NATO"]),
    # unless he says "we" or "I": a minister speaks for his country, an organisation for itself
    ('"We expelled two Norwegian diplomats," said Sergei Lavrov.', "expelled", ["RUS"]),
    ('"I expelled two Norwegian diplomats," said Sergei Lavrov.', "expelled", ["sergei-lavrov"]),
    ('"We bombed a Serbian port," NATO said.', "bombed", ["NATO"]),
    # in indirect speech there is no "we" of the speaker's
    ("Sergei Lavrov said we expelled two Norwegian diplomats.", "expelled", []),
])  # fmt: skip
def test_the_speaker_acts_only_where_he_says_so(text, words, source):
    assert sources(text, words) in ([source], [])
    assert source == [] or sources(text, words) == [source]


@pytest.mark.parametrize("text", [
    # a mark that is never closed reaches to the end of its paragraph, and not into the next
    '"NATO expelled two Russian diplomats, Sergei Lavrov said.\n\nKenya expelled two Somali diplomats.',
    # a mark that was never opened
    'NATO expelled two Russian diplomats," Sergei Lavrov said.\n\nKenya expelled two Somali diplomats.',
])  # fmt: skip
def test_lost_quotation_marks_do_no_harm_beyond_their_paragraph(text):
    spoken = {trigger: report.speakers for report, trigger in reports_of(text) if report.source[0].id == "KEN"}
    assert spoken == {"expelled": ()}


@pytest.mark.parametrize("text", [
    '"', '""', '"" "', "“" * 50, "” said.", '"said" said "said"', ": said", "said: -", "- - -", "Lavrov:", ": Lavrov",
    '“We” we, we said, "we"', "'s 's ' ' said", '"' + "We said. " * 60, "X said Y said " * 30,
])  # fmt: skip
def test_odd_quotations_do_no_harm(text):
    assert isinstance(reports_of(text), list)


def test_the_speaker_is_the_nearest_of_the_chain():
    ((report, _),) = reports_of("Norway said Sweden had denied bombing a Danish port.")
    assert report.speaker == report.speakers[0]
    assert [because.rule for because in report.because if because.rule.startswith("speech/saying")] == [
        "speech/saying#deny", "speech/saying#say",
    ]  # fmt: skip
