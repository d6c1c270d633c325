"""Every page as those meet it who do not see it, see it on a telephone, or see it in the dark."""

from urllib.parse import quote

import pytest
from tests.desk.browser import NARROW, WIDE, served, visiting

ALL_OF_TIME = "since=2013-01-01&until=2019-12-31"
MOST_TOLD = quote("SELECT first_date, source_id, type, text FROM events ORDER BY outlets DESC LIMIT 20")

PAGES = {
    "start": "/",
    "turns": "/turns",
    "events": "/events",
    "no events": "/events?actor=ATA",
    "event": "/event/{disputed}",
    "article": "/article/{nile}",
    "article with long words": "/article/{long}",
    "stories": "/stories",
    "story": "/story/{copied}",
    "story with long words": "/story/{long_story}",
    "relation": "/relation/EGY/ETH",
    "no relation": "/relation/ATA/TCD",
    "relations": "/relation",
    "actor": "/actor/EGY",
    "unknown actor": "/actor/nobody",
    "map": f"/map?{ALL_OF_TIME}",
    "empty map": "/map?since=2012-01-01&until=2012-02-01",
    "network": f"/network?{ALL_OF_TIME}&level=actors",
    "empty network": "/network?since=2012-01-01&until=2012-02-01",
    "search": "/search?q=troops",
    "search in vain": "/search?q=zebra",
    "search for nothing": "/search",
    "live": "/live",
    "sql": f"/sql?q={MOST_TOLD}",
    "sql with a fault": "/sql?q=SELECT+nothing+FROM+nowhere",
    "corrections": "/corrections",
    "api": "/api",
    "not there": "/event/zzzz",
    "wrong question": "/events?since=yesterday",
}
EMPTY = ["/", "/events", "/stories", "/relation", "/map", "/network", "/live", "/corrections"]

ALL_RULES = {"resultTypes": ["violations"]}
# All else is the same in the dark.
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}


@pytest.fixture(scope="module")
def ids(desk):
    """Of what the addresses of pages name."""
    found = {row["origin"].rpartition("/")[2]: row["id"] for row in desk.store.articles()}
    events, stories = list(desk.store.events()), list(desk.store.stories())
    return {
        "nile": found["nile-talks.html"],
        "long": found["news.jsonl:3"],
        "disputed": next(row["id"] for row in events if row["disputed"]),
        "copied": next(row["id"] for row in stories if row["originals"] < len(row["articles"])),
        "long_story": next(row["id"] for row in stories if found["news.jsonl:3"] in row["articles"]),
    }


@pytest.fixture(scope="module")
def axe():
    """What is wrong with a page for those who do not see it: "rule (how bad) where"."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is missing")

    def run(page, options=ALL_RULES):
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe.AXE_SCRIPT)
        found = page.evaluate("options => axe.run(options)", options)["violations"]
        return [f"{one['id']} ({one['impact']}) {node['html'][:200]}" for one in found for node in one["nodes"]]

    return run


def look_at(page, axe):
    """What is wrong with a page that is open, in each size of the window and by light and dark."""
    wrong = []
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        for scheme, rules in (("dark", COLOURS), ("light", ALL_RULES)):
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{scheme}, {width}: {one}" for one in axe(page, rules)]
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [f"{width}: the page is {too_wide} pixels too wide"] if too_wide > 0 else []
    return wrong


def frame_of(page):
    """What each page has once: a language, a title of its own, and a heading above all others."""
    language = page.evaluate("document.documentElement.lang")
    return language, page.title().removesuffix(" · Detente") != "", page.locator("h1").count()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_serves_everybody(browser, desk, ids, axe, name):
    with visiting(browser, desk, expects=["status of 404", "status of 422"]) as page:
        page.goto(PAGES[name].format(**ids))
        assert frame_of(page) == ("en", True, 1)
        assert look_at(page, axe) == []


@pytest.mark.parametrize("address", EMPTY)
def test_a_page_of_an_empty_store_serves_everybody(browser, tmp_path, axe, address):
    with served(tmp_path / "empty") as desk, visiting(browser, desk) as page:
        page.goto(address)
        assert frame_of(page) == ("en", True, 1)
        assert look_at(page, axe) == []


def test_what_is_opened_serves_everybody_too(browser, desk, ids, axe):
    with visiting(browser, desk) as page:
        for name in ("event", "article"):
            page.goto(PAGES[name].format(**ids))
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            assert look_at(page, axe) == []


def test_titles_tell_pages_apart(browser, desk, ids):
    """Those of parts that come later, too: they are not to name the page that they come into."""
    titles = []
    with visiting(browser, desk, expects=["status of 404"]) as page:
        page.goto("/")
        page.locator("#turned").wait_for()
        titles.append(page.title())
        for address in (address for address in PAGES.values() if "?" not in address and address != "/"):
            page.goto(address.format(**ids))
            titles.append(page.title())
    assert len(set(titles)) == len(titles)
