"""How the text tells an event: sentences over the phenomena that make it happened, planned, denied ...

Each row: the sentence, the words that tell the event, and its standing.
"""

import pytest
from tests.reports.telling import reports_of

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
    ("Tunisia will release the Italian crew provided that Italy releases two Tunisian sailors.", "releases", "hypothetical"),
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
]
# fmt: on


@pytest.mark.parametrize("sentence, words, standing", TOLD, ids=[sentence for sentence, _, _ in TOLD])
def test_standing(sentence, words, standing):
    told = {report.standing for report, trigger in reports_of(sentence) if trigger == words}
    assert told == {standing}
