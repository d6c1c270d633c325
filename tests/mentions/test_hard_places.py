"""Names that several places bear, or a person, or no place at all, in sentences that the language model reads."""

import pytest

from detente.api import default_coder
from detente.model import Article, Block
from detente.sentences import sentences_of


def told_in(*blocks):
    """What the coder finds in blocks of text: each name with its place and country."""
    made, start = [], 0
    for kind, text in blocks:
        made.append(Block(kind, start, start + len(text)))
        start += len(text) + 2
    article = Article(
        id="a", record="r", origin="made by hand", text="\n\n".join(text for _, text in blocks), blocks=tuple(made),
        place=dict(blocks).get("dateline"),
    )  # fmt: skip
    coder = default_coder()
    (sentences,) = sentences_of([article], coder.language)
    return [
        (article.words(one.words), one.places[0].name, one.places[0].kind, one.places[0].country)
        for one in coder.places.find(article, sentences)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Georgia, beside its capital, its towns or another country
        ("The army of Georgia left Tbilisi at dawn.", [("Georgia", "country", "GEO"), ("Tbilisi", "city", "GEO")]),
        (
            "Troops in Georgia reached the suburbs of Gori.",
            [("Georgia", "country", "GEO"), ("Gori", "city", "GEO")],
        ),
        (
            "Russia protested against exercises in Georgia.",
            [("Russia", "country", "RUS"), ("Georgia", "country", "GEO")],
        ),
        # Georgia in stories from Atlanta
        (
            "Police in Atlanta arrested two men from Georgia on Monday.",
            [("Atlanta", "city", "USA"), ("Georgia", "province", "USA")],
        ),
        (
            "A fire in Georgia reached the suburbs of Atlanta.",
            [("Georgia", "province", "USA"), ("Atlanta", "city", "USA")],
        ),
        # Corfu is an island, and a town in New York
        ("Ministers met on the island of Corfu.", [("Corfu", "city", "GRC")]),
        ("Ministers met in Corfu, Greece.", [("Corfu", "city", "GRC"), ("Greece", "country", "GRC")]),
        # Washington: the city, the state, beside its own towns and in a list of states
        ("Talks in Washington ended without a deal.", [("Washington", "city", "USA")]),
        (
            "Floods in Seattle and Spokane closed schools across Washington.",
            [("Seattle", "city", "USA"), ("Spokane", "city", "USA"), ("Washington", "province", "USA")],
        ),
        (
            "Floods closed roads in Washington and Oregon.",
            [("Washington", "province", "USA"), ("Oregon", "province", "USA")],
        ),
        ("Apple growers in Washington state asked for help.", [("Washington state", "province", "USA")]),
        # Washington: persons and newspapers are none
        # "D.C." holds a city, and is no fellow of states
        (
            "Voters in Washington, D.C., went home.",
            [("Washington", "city", "USA"), ("D.C.", "province", "USA")],
        ),
        ("They met in Washington, D.C.", [("Washington", "city", "USA"), ("D.C.", "province", "USA")]),
        ("George Washington never saw the city.", []),
        # bodies whose names are spellings of towns somewhere
        ("Israel vowed war on Hamas.", [("Israel", "country", "ISR")]),
        (
            "He flew from Los Angeles to Florence and Vancouver.",
            [("Los Angeles", "city", "USA"), ("Florence", "city", "ITA"), ("Vancouver", "city", "CAN")],
        ),
        ("Denzel Washington flew to Washington.", [("Washington", "city", "USA")]),
        ("The report in the Washington Post angered Iran.", [("Iran", "country", "IRN")]),
        ("The Washington Times wrote about Iran.", [("Iran", "country", "IRN")]),
        # Moscow by itself, and the one in Idaho
        ("A fire broke out in Moscow on Friday.", [("Moscow", "city", "RUS")]),
        ("A fire broke out in Moscow, Idaho, on Friday.", [("Moscow", "city", "USA"), ("Idaho", "province", "USA")]),
        ("A flood hit Paris, Texas.", [("Paris", "city", "USA"), ("Texas", "province", "USA")]),
        ("Lebanon, Ohio, has a new mayor.", [("Lebanon", "city", "USA"), ("Ohio", "province", "USA")]),
        # Jordan and Chad: countries
        ("The king of Jordan flew to Amman.", [("Jordan", "country", "JOR"), ("Amman", "city", "JOR")]),
        ("Jordan and Chad signed the treaty.", [("Jordan", "country", "JOR"), ("Chad", "country", "TCD")]),
        # and persons
        ("Michael Jordan praised the players.", []),
        ("Chad Johnson scored twice.", []),
        ("Chad Kelly met Jordan Spieth in Amman.", [("Amman", "city", "JOR")]),
        ("Paris Hilton flew to Tokyo.", [("Tokyo", "city", "JPN")]),
        ("Paris Hilton flew to Paris.", [("Paris", "city", "FRA")]),
        # words that are towns somewhere: Nice, Reading, Of, Mobile, Turkey
        ("Nice people live in Oslo.", [("Oslo", "city", "NOR")]),
        ("Reading the treaty took him an hour.", []),
        ("Reading is a habit of ministers in Oslo.", [("Oslo", "city", "NOR")]),
        ("Of the ten men, two were from Peru.", [("Peru", "country", "PER")]),
        ("Mobile phones were banned in Tehran.", [("Tehran", "city", "IRN")]),
        # and the towns themselves
        ("A truck drove into a crowd in Nice.", [("Nice", "city", "FRA")]),
        ("The festival in Reading drew a crowd.", [("Reading", "city", "GBR")]),
        (
            "The ship left Mobile, Alabama, on Friday.",
            [("Mobile", "city", "USA"), ("Alabama", "province", "USA")],
        ),
        # two Congos
        ("Rebels in Congo laid down their arms.", [("Congo", "country", "COD")]),
        (
            "Rebels crossed from Rwanda into the Democratic Republic of the Congo.",
            [("Rwanda", "country", "RWA"), ("Democratic Republic of the Congo", "country", "COD")],
        ),
        (
            "The president of the Republic of the Congo flew home to Brazzaville.",
            [("Republic of the Congo", "country", "COG"), ("Brazzaville", "city", "COG")],
        ),
        ("Troops from Congo-Brazzaville guard the river.", [("Congo-Brazzaville", "country", "COG")]),
        # four Guineas in one sentence
        (
            "Ministers from Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea met.",
            [
                ("Guinea", "country", "GIN"),
                ("Guinea-Bissau", "country", "GNB"),
                ("Equatorial Guinea", "country", "GNQ"),
                ("Papua New Guinea", "country", "PNG"),
            ],
        ),
        # both Koreas, and what they share
        (
            "A ship sailed from South Korea to North Korea.",
            [("South Korea", "country", "KOR"), ("North Korea", "country", "PRK")],
        ),
        ("Tension is growing on the Korean Peninsula.", [("Korean Peninsula", "region", None)]),
        # a sea lies in no country
        (
            "Russian ships crossed the Black Sea and the Caspian Sea.",
            [("Black Sea", "region", None), ("Caspian Sea", "region", None)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_name_means_where_it_stands(text, told):
    assert [(words, kind, country) for words, _, kind, country in told_in(("paragraph", text))] == told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Protests were held in Kiev.", "Kyiv"),
        ("Protests were held in Kyiv.", "Kyiv"),
        ("Shells fell on Tskhinvali.", "Tskhinvali"),
        ("Shells fell on Tskhinval.", "Tskhinvali"),
        ("Shells fell on Ts'khinvali.", "Tskhinvali"),
        ("Shells fell on Ts’khinvali.", "Tskhinvali"),
    ],
)
def test_spellings_of_one_name(text, name):
    assert [found for _, found, _, _ in told_in(("paragraph", text))] == [name]


def test_news_from_corfu_that_was_written_in_brussels():
    page = (
        ("headline", "Ministers meet on Greek island"),
        ("dateline", "BRUSSELS"),
        ("paragraph", "Ministers of the alliance met in Corfu on Sunday, and Corfu was quiet."),
    )
    assert told_in(*page) == [
        ("BRUSSELS", "Brussels", "city", "BEL"),
        ("Corfu", "Corfu", "city", "GRC"),
        ("Corfu", "Corfu", "city", "GRC"),
    ]


@pytest.mark.parametrize(("dateline", "country"), [("ATLANTA", "USA"), ("TBILISI", "GEO")])
def test_a_dateline_tells_which_georgia(dateline, country):
    _, (words, _, _, found) = told_in(("dateline", dateline), ("paragraph", "Soldiers marched through Georgia."))
    assert (words, found) == ("Georgia", country)
