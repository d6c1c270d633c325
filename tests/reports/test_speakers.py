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
    ('"This is a dark day," Sergei Lavrov said. "NATO has expelled two Russian diplomats."', "expelled", "sergei-lavrov"),
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
]
# fmt: on


@pytest.mark.parametrize("text, words, speakers", SAID, ids=[text for text, _, _ in SAID])
def test_speakers(text, words, speakers):
    told = [
        " < ".join(party.id for party in report.speakers) for report, trigger in reports_of(text) if trigger == words
    ]
    assert told == [speakers]
