"""How the text tells an event: sentences over the phenomena that make it happened, planned, denied ...

Each row: the sentence, the words that tell the event, and its standing.
"""

from pathlib import Path

import pytest
from tests.reports.telling import coded_with, reports_of

from detente.errors import LexiconError
from detente.lexicon import OURS, Entry
from detente.reports.attitudes import Attitude
from detente.reports.standing import compose

# fmt: off
TOLD = [
    # negation: not, never, nobody, neither/nor, hardly, no longer, yet
    ("Uganda has not bombed the rebels in Congo.", "bombed", "denied"),
    ("Nobody from Turkey met the Syrian envoys.", "met", "denied"),
    ("No Danish soldiers attacked the Libyan port.", "attacked", "denied"),
    ("Neither Kenya nor Uganda attacked the Sudanese garrison.", "attacked", "denied"),
    ("Peru did not arrest the Chilean officers, nor did it expel the Chilean ambassador.", "expel", "denied"),
    ("Egypt no longer arms the Libyan rebels.", "arms", "denied"),
    ("Cuba has yet to release the American prisoners.", "release", "denied"),
    ("Serbia hardly ever arrests Albanian journalists.", "arrests", "denied"),
    ("At no point did Algeria bomb Moroccan positions.", "bomb", "denied"),
    ("The Vietnamese navy has still not attacked the Chinese trawlers.", "attacked", "denied"),
    # not every "not" denies
    ("Kenya not only expelled the Sudanese ambassador but also closed the border.", "expelled", "happened"),
    ("Not until Friday did Ethiopia withdraw its troops from Eritrea.", "withdraw", "happened"),
    ("There is no doubt that Kenya bombed the Somali village.", "bombed", "happened"),
    # without, instead of, rather than, far from
    ("Instead of bombing the Syrian airfield, France recalled its ambassador.", "bombing", "denied"),
    ("Rather than attack Georgia, Russia recalled its ambassador.", "attack", "denied"),
    ("Far from withdrawing its troops from Yemen, Saudi Arabia recalled its ambassador.", "withdrawing", "denied"),
    ("The mission ended without Norwegian troops attacking Taliban fighters.", "attacking", "denied"),
    # implicatives: fail to, stop short of, avoid, manage to, be forced to, prevent
    ("Austria stopped short of expelling the Russian diplomats.", "expelling", "denied"),
    ("Pakistan narrowly escaped bombing an Afghan village.", "bombing", "denied"),
    ("Nigeria did not fail to arrest the Cameroonian rebels.", "arrest", "happened"),
    ("Guinea managed to arrest the Liberian rebels.", "arrest", "happened"),
    ("France was forced to withdraw its troops from Mali.", "withdraw", "happened"),
    ("Sanctions prompted Iran to release the British sailors.", "release", "happened"),
    ("The Pope persuaded Venezuela to release the Colombian prisoners.", "release", "happened"),
    ("The UN prevented Eritrea from attacking Djibouti.", "attacking", "denied"),
    ("Sweden decided against expelling the Chinese ambassador.", "expelling", "denied"),
    ("Jordan succeeded in arresting the Syrian smugglers.", "arresting", "happened"),
    # modals and semi-modals
    ("Belgium might send troops to Rwanda.", "send", "hypothetical"),
    ("Ghana could expel the Togolese ambassador.", "expel", "hypothetical"),
    ("Rebels may have attacked the Kenyan convoy.", "attacked", "hypothetical"),
    ("Armenia must have bombed the Azerbaijani depot.", "bombed", "hypothetical"),
    ("Israel ought to release the Jordanian prisoners.", "release", "demanded"),
    ("Bolivia has to withdraw its troops from the Chilean border.", "withdraw", "demanded"),
    ("Bolivia had to withdraw its troops from the Chilean border.", "withdraw", "happened"),
    ("Rwanda needs to withdraw its soldiers from Congo.", "withdraw", "demanded"),
    ("By Monday Ethiopia will have withdrawn its troops from Somalia.", "withdrawn", "planned"),
    ("Spain is to release two Moroccan prisoners.", "release", "planned"),
    ("Honduras is about to expel the Venezuelan ambassador.", "expel", "planned"),
    ("Burundi was to have released the Rwandan prisoners.", "released", "denied"),
    ("Senegal would have bombed the Gambian barracks.", "bombed", "hypothetical"),
    # attitude verbs, nouns and adjectives
    ("Chad had planned to attack the Sudanese rebels.", "attack", "planned"),
    ("Togo is unable to release the Ghanaian prisoners.", "release", "denied"),
    ("Slovakia is considering whether to expel the Russian diplomats.", "expel", "hypothetical"),
    ("Russia's decision to expel two Latvian diplomats surprised Riga.", "expel", "planned"),
    ("Fiji is reluctant to arrest the Australian smugglers.", "arrest", "hypothetical"),
    ("Malta is on the verge of expelling the Libyan ambassador.", "expelling", "planned"),
    ("Cyprus is likely to arrest the Turkish officer.", "arrest", "hypothetical"),
    ("Nepal was reluctant to admit that it had arrested the Tibetan refugees.", "arrested", "happened"),
    ("An Israeli plan to bomb the Iranian reactor worried Moscow.", "bomb", "planned"),
    # raising, hearsay
    ("Iran is believed to have attacked the Saudi refinery.", "attacked", "hypothetical"),
    ("North Korea seems to have arrested two American tourists.", "arrested", "hypothetical"),
    ("Mali is expected to expel the French ambassador.", "expel", "planned"),
    ("Turkey is set to withdraw its troops from Cyprus.", "withdraw", "planned"),
    ("The alleged bombing of a Sudanese factory by the United States caused anger.", "bombing", "hypothetical"),
    ("Libya reportedly arrested four Egyptian fishermen.", "arrested", "hypothetical"),
    ("China is said to have expelled a Canadian diplomat.", "expelled", "hypothetical"),
    ("Belarus turned out to have arrested two Polish journalists.", "arrested", "happened"),
    # conditions
    ("Unless Serbia withdraws its troops from Kosovo, NATO will bomb Belgrade.", "withdraws", "hypothetical"),
    ("Should Turkey attack Greece, the alliance would be finished.", "attack", "hypothetical"),
    ("Had Poland expelled the envoy, Belarus would have recalled its ambassador.", "expelled", "hypothetical"),
    ("Tunisia will release the Italian crew provided that Italy releases two sailors.", "releases", "hypothetical"),
    ("Were India to bomb Pakistani airfields, China would protest.", "bomb", "hypothetical"),
    ("In the event of an attack by North Korea, Japan would call parliament.", "attack", "hypothetical"),
    ("Oman will open the port once Iran releases the Omani crew.", "releases", "planned"),
    ("Georgia will not return to the talks until Russia withdraws its troops.", "withdraws", "hypothetical"),
    ("Lebanon closed the airport before Israel bombed Beirut.", "bombed", "happened"),
    # questions
    ("Will Denmark expel the Iranian ambassador?", "expel", "asked"),
    ("The senator asked if Mexico had arrested the Guatemalan officials.", "arrested", "asked"),
    ("It is not known whether Azerbaijan bombed the Armenian convoy.", "bombed", "hypothetical"),
    ("Reporters asked when Britain would withdraw its troops from Iraq.", "withdraw", "asked"),
    ("The minister explained why Finland had expelled the Russian diplomats.", "expelled", "happened"),
    # clefts
    ("It was Rwanda that attacked the Congolese garrison.", "attacked", "happened"),
    ("It was not the Rwandan army that attacked the Congolese garrison.", "attacked", "denied"),
    # denials and truth
    ("It is not true that Ecuador bombed the Peruvian post.", "bombed", "denied"),
    ("Reports that Ecuador bombed the Peruvian post are false.", "bombed", "denied"),
    # purpose and plans
    ("Turkish jets took off to bomb Kurdish positions.", "bomb", "planned"),
    ("Ireland recalled its ambassador in order to avoid arresting Israeli officers.", "arresting", "denied"),
    ("A North Korean mission aimed at arresting Japanese fishermen began.", "arresting", "planned"),
    # going on, habits
    ("Saudi jets continue to bomb Yemeni villages.", "bomb", "ongoing"),
    ("Myanmar keeps arresting Bangladeshi fishermen.", "arresting", "ongoing"),
    ("Syria has been bombing Turkish positions since May.", "bombing", "ongoing"),
    ("Eritrea routinely arrests Ethiopian fishermen.", "arrests", "ongoing"),
    ("Sri Lanka arrests Indian fishermen every year.", "arrests", "ongoing"),
    # nouns of event
    ("Talks between Mali and Niger fell through.", "Talks", "denied"),
    ("The expulsion of the Czech envoys by Russia was averted.", "expulsion", "denied"),
    ("Plans for talks between Iran and Iraq were announced.", "talks", "planned"),
    ("There were no talks between Iran and Iraq.", "talks", "denied"),
    ("Talks between Togo and Benin are expected next week.", "Talks", "planned"),
    ("Hopes for talks between Togo and Benin are fading.", "talks", "hypothetical"),
    ("The proposed meeting between Burundi and Rwanda worries the opposition.", "meeting", "planned"),
    # headlines
    ("Qatar to expel Syrian ambassador", "expel", "planned"),
    ("Gambia may arrest Senegalese officials", "arrest", "hypothetical"),
    ("Did Gambia arrest Senegalese officials?", "arrest", "asked"),
    ("Gambia set to release Senegalese officials", "release", "planned"),
    # written after the rules, to see whether they hold
    ("Poland never attacked the Belarusian border post.", "attacked", "denied"),
    ("None of the Iranian ships attacked the American tanker.", "attacked", "denied"),
    ("Zambia did not sign the treaty with Malawi, nor will it.", "sign", "denied"),
    ("Under no circumstances will Mexico expel the Cuban ambassador.", "expel", "denied"),
    ("Italy barely avoided expelling the Libyan ambassador.", "expelling", "denied"),
    ("The deal collapsed without Ukraine releasing the Russian soldiers.", "releasing", "denied"),
    ("It is false that Greek soldiers attacked a Turkish village.", "attacked", "denied"),
    ("Hungary rejected claims that it had arrested Romanian activists.", "arrested", "denied"),
    ("Nobody believes that Cuba attacked the American embassy.", "attacked", "denied"),
    ("Canada has never ruled out expelling the Saudi ambassador.", "expelling", "hypothetical"),
    ("Bulgaria did not deny that it had expelled two Serbian diplomats.", "expelled", "happened"),
    ("Iraq can no longer bomb Kurdish villages.", "bomb", "denied"),
    ("Vietnam might not release the Chinese crew.", "release", "denied"),
    ("Estonia would rather expel the Russian ambassador than wait.", "expel", "hypothetical"),
    ("Japan should have released the Korean crew in March.", "released", "hypothetical"),
    ("Panama will have to release the Colombian crew.", "release", "demanded"),
    ("Peru may be forced to withdraw its troops from Ecuador.", "withdraw", "hypothetical"),
    ("Chad tried to arrest the Sudanese envoy.", "arrest", "denied"),
    ("The government has the right to expel the Syrian ambassador.", "expel", "hypothetical"),
    ("Nigeria has the means to attack Cameroon.", "attack", "hypothetical"),
    ("Slovenia is not prepared to expel the Croatian ambassador.", "expel", "denied"),
    ("Benin lacks the capacity to attack Togo.", "attack", "denied"),
    ("Iceland gave up trying to arrest the Danish trawlermen.", "arrest", "denied"),
    ("It would be wrong for Norway to expel the Chinese ambassador.", "expel", "hypothetical"),
    ("Belgian officials talked about expelling the Congolese ambassador.", "expelling", "hypothetical"),
    ("It is feared that Ethiopia will attack Eritrea.", "attack", "hypothetical"),
    ("Ethiopia is rumoured to have attacked Eritrea.", "attacked", "hypothetical"),
    ("Armenia appears to be withdrawing its troops from Azerbaijan.", "withdrawing", "hypothetical"),
    ("Sudan was found to have bombed a hospital in Chad.", "bombed", "happened"),
    ("If Mali had not expelled the French ambassador, Paris would have paid.", "expelled", "hypothetical"),
    ("Kuwait will pay as long as Iraq releases Kuwaiti prisoners.", "releases", "hypothetical"),
    ("Bahrain will reopen its embassy when Iran releases the sailors.", "releases", "planned"),
    ("Bahrain reopened its embassy when Iran released the sailors.", "released", "happened"),
    ("Whenever Israel bombs Lebanon, Syria protests.", "bombs", "ongoing"),
    ("Is Cuba about to release the American prisoner?", "release", "asked"),
    ("Why did Cuba release the American prisoner?", "release", "happened"),
    ('"Will Cuba release the American prisoner?" a senator asked.', "release", "asked"),
    ("Cuba released the American prisoner, didn't it?", "released", "asked"),
    ("No one knows if Cuba has released the American prisoner.", "released", "hypothetical"),
    ("What Cuba did was release the American prisoner.", "release", "happened"),
    ("It was only in May that Cuba released the American prisoner.", "released", "happened"),
    ("Sweden used special forces to arrest the Danish smugglers.", "arrest", "happened"),
    ("Nepal sent a delegation in order to sign a treaty with India.", "sign", "planned"),
    ("Yemeni rebels are still attacking Saudi tankers.", "attacking", "ongoing"),
    ("Yemeni rebels were attacking Saudi tankers on Friday.", "attacking", "ongoing"),
    ("Yemeni rebels resumed attacking Saudi tankers.", "attacking", "happened"),
    ("A Greek attack on Turkey is unlikely.", "attack", "denied"),
    ("A Greek attack on Turkey is imminent.", "attack", "planned"),
    ("The risk of a Greek attack on Turkey is growing.", "attack", "hypothetical"),
    ("Fears of a Greek attack on Turkey are growing.", "attack", "hypothetical"),
    ("The summit averted a Greek attack on Turkey.", "attack", "denied"),
    ("Talks between Oman and Iran have been under way since May.", "Talks", "ongoing"),
    ("Talks between Oman and Iran were due to start in May.", "Talks", "planned"),
    ("Bolivia not to expel Chilean consul", "expel", "denied"),
    ("Bolivia: no plans to expel Chilean consul", "expel", "denied"),
    ("Bolivia considers expelling Chilean consul", "expelling", "hypothetical"),
    ("Not a single Danish frigate attacked the Somali pirates.", "attacked", "denied"),
    ("The Lithuanian police are nowhere near arresting the Belarusian agents.", "arresting", "denied"),
    ("Morocco has so far refrained from expelling the Algerian consul.", "expelling", "denied"),
    ("Romania neither confirmed nor denied that it had arrested the Moldovan spies.", "arrested", "hypothetical"),
    ("It never occurred to Canada to expel the Indian ambassador.", "expel", "denied"),
    ("Nepal was too weak to expel the Chinese ambassador.", "expel", "denied"),
    ("The envoy warned against bombing the Syrian convoy.", "bombing", "denied"),
    ("Guatemala could no longer avoid releasing the Mexican crew.", "releasing", "happened"),
    ("Niger shows no sign of releasing the French ambassador.", "releasing", "hypothetical"),
    ("Seldom has Brazil expelled a Portuguese diplomat.", "expelled", "denied"),
    ("Ecuador can hardly expel the British ambassador.", "expel", "denied"),
    ("Sudan would never have released the Eritrean pilots.", "released", "hypothetical"),
    ("Had it not been for the storm, Japan would have expelled the trawlers from Palau.", "expelled", "hypothetical"),
    ("Otherwise Kenya would have expelled the Somali ambassador.", "expelled", "hypothetical"),
    ("On condition that Iran release the sailors, Britain will lift the blockade.", "release", "hypothetical"),
    ("Assuming that Libya releases the crew, Malta will pay.", "releases", "hypothetical"),
    ("Kuwait will stay neutral even if Iraq attacks Iran.", "attacks", "hypothetical"),
    ("Only if Russia withdraws its troops will Ukraine talk.", "withdraws", "hypothetical"),
    ("The day after Chad expelled the Sudanese envoy, the border was closed.", "expelled", "happened"),
    ("Since Chad expelled the Sudanese envoy, the border has been closed.", "expelled", "happened"),
    ("Croatia demanded an apology before it would release the Serbian officers.", "release", "hypothetical"),
    ("Mexico intends to go on arresting Honduran migrants.", "arresting", "planned"),
    ("Mexico is supposed to have released the Honduran migrants.", "released", "hypothetical"),
    ("Mexico need not release the Honduran officers.", "release", "denied"),
    ("Mexico ought not to release the Honduran officers.", "release", "demanded"),
    ("Mexico is bound to release the Honduran officers sooner or later.", "release", "planned"),
    ("The minister has instructions to arrest the Honduran officers.", "arrest", "planned"),
    ("Malaysia was on the point of arresting the Thai officers when the phone rang.", "arresting", "planned"),
    ("Malaysia toyed with the idea of arresting the Thai officers.", "arresting", "hypothetical"),
    ("Malaysia agonised over whether to arrest the Thai officers.", "arrest", "hypothetical"),
    ("Malaysia regrets having arrested the Thai officers.", "arrested", "happened"),
    ("Malaysia admits arresting the Thai officers.", "arresting", "happened"),
    ("Malaysia pretended that it had arrested the Thai officers.", "arrested", "denied"),
    ("It remains to be seen whether Malaysia will arrest the Thai officers.", "arrest", "hypothetical"),
    ("Nobody asked why Malaysia had arrested the Thai officers.", "arrested", "happened"),
    ("Is it true that Malaysia arrested the Thai officers?", "arrested", "asked"),
    ("Could Malaysia be arresting Thai officers?", "arresting", "asked"),
    ("Malaysia to arrest Thai officers?", "arrest", "asked"),
    ("Why Malaysia arrested two Thai officers", "arrested", "happened"),
    ("Report: Malaysia may have arrested Thai officers", "arrested", "hypothetical"),
    ("Malaysian police keep on arresting Thai fishermen.", "arresting", "ongoing"),
    ("Malaysian police have been arresting Thai fishermen for weeks.", "arresting", "ongoing"),
    ("Each spring Malaysian police arrest Thai fishermen.", "arrest", "ongoing"),
    ("Rumours of an Eritrean attack on Djibouti were spread by radio.", "attack", "hypothetical"),
    ("The prospect of an Eritrean attack on Djibouti worried Paris.", "attack", "hypothetical"),
    ("Preparations for an Eritrean attack on Djibouti are complete.", "attack", "planned"),
    ("Reports of an Eritrean attack on Djibouti turned out to be false.", "attack", "denied"),
    ("In the absence of an Eritrean attack on Djibouti, the fleet went home.", "attack", "denied"),
    ("The Eritrean attack on Djibouti never took place.", "attack", "denied"),
    ("The Eritrean attack on Djibouti goes on.", "attack", "ongoing"),
    ("Talks between Fiji and Tonga look likely.", "Talks", "hypothetical"),
    ("Talks between Fiji and Tonga look unlikely.", "Talks", "denied"),
    ("The next round of talks between Fiji and Tonga will open in May.", "talks", "planned"),
    # what came about by force or help is told as well; a perfect with "have" a word away
    ("Kenya helped Somali troops to attack a Sudanese base.", "attack", "happened"),
    ("Kenya did not force Somali troops to withdraw from Sudan.", "withdraw", "denied"),
    ("Saudi border guards are said to have shot at Ethiopian farmers.", "shot", "hypothetical"),
    ("The minister was found to have cut ties with Iran.", "cut", "happened"),
    ("Norwegian police were cleared of having beaten Swedish students.", "beaten", "denied"),
]
# fmt: on


@pytest.mark.parametrize("sentence, words, standing", TOLD, ids=[sentence for sentence, _, _ in TOLD])
def test_standing(sentence, words, standing):
    told = {report.standing for report, trigger in reports_of(sentence) if trigger == words}
    assert told == {standing}


@pytest.mark.parametrize("outer, inner, whole", [
    # a plan for what is a plain fact below it
    ("planned", None, "planned"),
    # "plans not to attack" tells of no attack
    ("planned", "denied", "denied"),
    # "did not fail to attack"
    ("denied", "denied", "happened"),
    # "managed to" adds nothing to a hope
    ("happened", "hypothetical", "hypothetical"),
    # "demanded that they not attack" is a demand
    ("demanded", "denied", "demanded"),
    # "denied that it plans to attack"
    ("denied", "planned", "denied"),
    # what is asked stays asked
    ("hypothetical", "asked", "asked"),
])  # fmt: skip
def test_outer_words_over_inner_ones(outer, inner, whole):
    assert compose(outer, inner) == whole


def test_every_standing_names_the_entry_that_made_it():
    ((report, _),) = reports_of("Unless Serbia withdraws its troops from Kosovo, the mission fails.")
    assert "speech/conditions#if" in {because.rule for because in report.because}


def test_two_entries_may_not_give_one_word_two_standings(tmp_path):
    (tmp_path / "speech").mkdir()
    entry = '[[rule]]\nid = "dare"\nstanding = "denied"\nof = ["to"]\nverbs = ["dare"]\n'
    (tmp_path / "speech" / "mine.toml").write_text(entry)
    with pytest.raises(
        LexiconError, match="speech/mine#dare: verb 'dare' with 'to' stands in speech/outcomes#manage too"
    ):
        coded_with(tmp_path, "Chad dared to expel two Libyan diplomats.")


LEXICON = (Path(__file__).parents[2] / "docs" / "lexicon.md").read_text().split("## Words of speech")[1]


@pytest.mark.parametrize("key", sorted(set(Attitude.__struct_fields__) - set(Entry.__struct_fields__)))
def test_the_docs_name_every_key_of_the_speech_lexicon(key):
    assert f"`{key}`" in LEXICON or f"{key} = " in LEXICON


@pytest.mark.parametrize("name", sorted(path.stem for path in (OURS / "speech").glob("*.toml")))
def test_the_docs_name_every_file_of_the_speech_lexicon(name):
    assert f"| `{name}` |" in LEXICON
