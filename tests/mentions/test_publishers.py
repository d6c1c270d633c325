"""Where a paper is at home, by its address."""

import pytest
from msgspec.structs import replace

from detente.lexicon import Lexicon
from detente.mentions.gazetteer import gazetteer
from detente.mentions.places import PlaceEntry, Places
from detente.mentions.publishers import Home, Publishers

LEXICON = Lexicon()
HOSTS = [
    (host, Home(entry.country, entry.province))
    for entry in LEXICON.entries("places", PlaceEntry)
    if entry.kind == "publisher"
    for host in entry.names
]


@pytest.fixture(scope="module")
def shipped_places():
    return Places(LEXICON)


@pytest.fixture(scope="module")
def shipped(shipped_places):
    return shipped_places.publishers


@pytest.mark.parametrize(("host", "home"), HOSTS)
def test_each_host_of_the_table_is_at_home_there(shipped, host, home):
    assert shipped.home_of(f"https://www.{host}/news/2009/06/28/talks.html") == home


@pytest.mark.parametrize("home", sorted({home for _, home in HOSTS if home.province}, key=lambda home: home.province))
def test_each_province_of_the_table_is_one_of_the_gazetteer(home):
    province = gazetteer().province_of(home.province)
    assert province is not None and province.country == home.country


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.lemonde.fr/monde/1", "FRA"),
        # Britain's code on the net is not that of ISO
        ("http://news.bbc.co.uk/2/hi/europe", "GBR"),
        # the last label counts
        ("http://www.chinadaily.com.cn/world/1", "CHN"),
        ("https://www.abc.net.au/news", "AUS"),
        ("https://www.reuters.com.de/1", "DEU"),
        # without a scheme, in capitals, with a port and a user
        ("www.spiegel.de", "DEU"),
        ("HTTPS://WWW.SPIEGEL.DE:443/", "DEU"),
        ("https://reader@www.spiegel.de/1", "DEU"),
        # "ajc.com" is no end of this host
        ("https://ajc.com.example.de/1", "DEU"),
    ],
)
def test_the_code_of_a_country_speaks_for_it(shipped, url, country):
    assert shipped.home_of(url) == Home(country)


@pytest.mark.parametrize(
    "url",
    [
        # no country's
        "https://www.example.com/1",
        "https://www.example.org",
        "https://www.nato.int/cps",
        "https://www.state.gov/1",
        # countries' codes that everybody uses
        "https://t.co/1",
        "https://www.example.tv",
        "https://example.io",
        "http://www.example.eu",
        # a longer name that only ends like a paper's
        "https://www.fakeajc.com/1",
        # no name at all
        "http://10.0.0.1/1",
        "localhost",
    ],
)
def test_hosts_that_tell_nothing(shipped, url):
    assert shipped.home_of(url) is None


BY_HAND = Publishers({"gazette.example": Home("USA", "US.GA")}, ["tv"], {"DE": "DEU", "TV": "TUV", "GB": "GBR"})


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("http://sport.gazette.example/1", Home("USA", "US.GA")),
        ("http://gazette.example", Home("USA", "US.GA")),
        ("http://gazette.example.de", Home("DEU")),
        ("http://news.uk", Home("GBR")),
        ("http://news.tv", None),
        ("http://news.fr", None),
        ("", None),
        (None, None),
        # half an address
        ("http://[half", None),
        ("https://", None),
        ("?", None),
    ],
)
def test_homes_by_hand(url, home):
    assert BY_HAND.home_of(url) == home


@pytest.mark.parametrize(("url", "country"), [("https://www.ajc.com/1", "USA"), ("https://www.spiegel.de/1", "GEO")])
def test_a_paper_of_atlanta_means_the_state(shipped_places, by_hand, url, country):
    article, sentences = by_hand("a march through Georgia")
    (mention,) = shipped_places.find(replace(article, url=url), sentences)
    assert mention.places[0].country == country


@pytest.mark.parametrize("url", [None, "", "http://[half"])
def test_no_address_is_nobody_s_home(shipped, url):
    assert shipped.home_of(url) is None
