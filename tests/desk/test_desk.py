"""The desk as people use it, in a real browser: from a word to the evidence of a turn, by mouse and by keyboard."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from tests.desk.browser import FIRST_WEEK, TURN, served, visiting, week

# A click ends when an answer begins to come, not when it is there: what stands there afterwards is waited for.
expect = pytest.importorskip("playwright.sync_api", reason="playwright, which drives a browser, is missing").expect
expect.set_options(timeout=10_000)

HEADLINE = "Egypt, Ethiopia agree to resume talks on Nile dam"
PAIR = "/relation/EGY/ETH"
DRAWN = """() => {
  const canvas = document.querySelector("figure .pane canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}"""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def link(page, words, within="main"):
    return page.locator(within).get_by_role("link", name=words, exact=True).first


def days_of(page):
    """The days of the events that a page lists."""
    return [date.fromisoformat(DAY.search(facts)[0]) for facts in page.locator(".event .facts").all_inner_texts()]


def asked_of(page):
    """What a page asks for by its address."""
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def drag(page, start, end):
    """Drags the mouse over the chart, from one share of its width to another."""
    box = page.locator(".u-over").bounding_box()
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + start * box["width"], height)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], height, steps=5)
    page.mouse.up()


def test_from_a_word_to_the_evidence_of_a_turn_and_back(browser, desk):
    with visiting(browser, desk, is_admitted=False) as page:
        page.goto(desk.door)
        assert page.url == f"{desk.url}/"  # the token does not stay where others read it
        page.get_by_placeholder("Search articles").fill("resume nile dam")
        page.keyboard.press("Enter")
        link(page, HEADLINE, ".results").click()
        link(page, HEADLINE, ".beside").click()
        page.wait_for_url("**/event/*")
        link(page, "Egypt and Ethiopia").click()
        page.wait_for_url(f"**{PAIR}")
        drag(page, 0.4, 0.6)
        page.wait_for_url(f"**{PAIR}?*since*")
        chosen = page.url
        page.locator(".evidence a").first.click()
        page.wait_for_url("**/event/*")

        page.go_back()
        assert page.url == chosen
        for address, heading in [
            (PAIR, "EGY and ETH"), ("/event/", "Egypt EGY ↔ Ethiopia ETH"), ("/article/", HEADLINE),
            ("/search?q=resume+nile+dam", "Articles with resume nile dam"),
        ]:  # fmt: skip
            page.go_back()
            assert address in page.url
            expect(page.locator("h1")).to_have_text(heading)


def test_without_the_token_the_door_is_shut(browser, desk):
    with visiting(browser, desk, is_admitted=False, expects=["401"]) as page:
        answer = page.goto("/events")
        assert answer.status == 401
        assert page.locator(".event").count() == 0


def lit(page):
    """The reports whose words and cards are lit."""
    told = "all => [...new Set(all.flatMap(one => (one.dataset.report ?? one.dataset.reports).split(' ')))]"
    return set(page.locator("mark.is-on").evaluate_all(told)), set(page.locator(".card.is-on").evaluate_all(told))


def test_words_and_what_is_told_of_them_light_up_together(page):
    page.goto("/search?q=resume+nile")
    link(page, HEADLINE).click()
    page.wait_for_url("**/article/*")
    mark, card = page.locator("mark.trigger", has_text="demanded"), page.locator(".card").nth(2)
    mark.hover()
    (report,) = lit(page)[1]
    assert report == mark.get_attribute("data-reports")
    assert page.locator("mark.is-on", has_text="Selim").count() == 1
    assert page.locator(".card.is-on").evaluate("card => getComputedStyle(card).boxShadow") != "none"
    card.hover()
    assert lit(page)[1] == {card.get_attribute("data-report")} < lit(page)[0]


def test_the_keys_light_them_up_wherever_the_mouse_rests(page):
    page.goto("/search?q=resume+nile")
    link(page, HEADLINE).click()
    page.wait_for_url("**/article/*")
    page.locator(".card").nth(2).hover()
    mark = page.locator("mark.trigger", has_text="threatened")
    mark.focus()
    assert lit(page)[1] == {mark.get_attribute("data-reports")}
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('.card.is-on')")
    page.keyboard.press("Escape")
    assert lit(page) == (set(), set())


def test_the_chart_is_drawn_and_stands_for_the_picture_of_the_server(page):
    page.goto(PAIR)
    page.locator(".pane canvas").wait_for()
    page.wait_for_function(f"({DRAWN})() > 10_000")
    expect(page.locator("figure .fallback")).to_be_hidden()
    expect(page.locator("figure output")).to_have_text(re.compile(r"2\d\d events in 2\d\d weeks"))
    expect(page.locator(".turns .chip.freeze")).to_have_text(["freeze -9.5"])


def test_without_scripts_the_picture_of_the_server_is_shown(browser, desk):
    context = browser.new_context(java_script_enabled=False, base_url=desk.url)
    page = context.new_page()
    page.goto(desk.door)
    page.goto(PAIR)
    assert page.locator("img.fallback").bounding_box()["height"] > 200
    page.get_by_role("link", name="Earlier events").click()
    page.wait_for_url("**skip=*")
    assert page.locator(".event").count() > 10
    context.close()


def test_the_mouse_chooses_a_time_and_its_events_stand_below(page):
    page.goto(PAIR)
    drag(page, 0.1, 0.2)
    page.wait_for_url("**since=*")
    asked = {name: date.fromisoformat(asked_of(page)[name]) for name in ("since", "until")}
    assert FIRST_WEEK < asked["since"] < asked["until"] < TURN
    days = days_of(page)
    assert len(days) > 10
    assert all(asked["since"] <= day <= asked["until"] for day in days)
    page.get_by_role("link", name="All of it").click()
    page.wait_for_url(f"**{PAIR}")


def test_the_keys_choose_a_time_and_its_events_stand_below(page):
    page.goto(PAIR)
    page.locator(".pane").focus()
    page.keyboard.press("PageDown")
    expect(page.locator("figure output")).to_contain_text("week of 5 December 2016: 1 event, mean -5.5; freeze")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**since=*")
    assert (asked_of(page)["since"], asked_of(page)["until"]) == ("2016-12-05", "2017-01-01")
    assert sorted(days_of(page)) == [TURN + timedelta(weeks=number) for number in range(4)]


def test_a_turn_leads_to_the_events_before_and_after_it(page):
    page.goto(PAIR)
    freeze = page.locator(".turns > li", has_text="freeze")
    assert freeze.locator(".evidence a").all_inner_texts() == [
        f"Egypt and Ethiopia, week {number}: Cairo {words} Addis Ababa"
        for number, words in [
            (99, "visits"), (98, "visits"), (97, "visits"),
            *((number, "expels envoys of") for number in (100, 101, 102)),
        ]
    ]  # fmt: skip
    freeze.locator(".evidence a").last.click()
    page.wait_for_url("**/event/*")
    expect(page.locator("blockquote")).to_contain_text("week 102")


@pytest.mark.parametrize(("address", "column", "rows"), [
    (f"{PAIR}?since=2016-12-05&until=2016-12-18", "direction", 6),
    ("/events?actor=KEN&since=2017-09-01", "source_id", None),
])  # fmt: skip
def test_a_view_goes_out_as_csv(page, address, column, rows):
    page.goto(address)
    with page.expect_download() as saved:
        page.locator(".formats").get_by_role("link", name="CSV", exact=True).click()
    text = saved.value.path().read_text(encoding="utf-8")
    table = list(csv.DictReader(io.StringIO(text)))
    assert all(row[column] for row in table)
    assert len(table) == (rows or page.locator(".event").count())


def test_an_address_shows_another_what_it_showed_the_first(browser, desk, page):
    page.goto(f"{PAIR}?by=month&since=2016-01-01&until=2016-06-30&type=CONSULT")
    with visiting(browser, desk) as other:
        other.goto(page.url)
        assert other.locator("main").inner_text() == page.locator("main").inner_text()
        assert other.locator("[name=by]").input_value() == "month"
        assert other.get_by_label("Since").input_value() == "2016-01-01"


def test_filters_change_results_and_address_without_a_new_page(page):
    page.goto("/events")
    page.evaluate("window.stays = true")
    page.get_by_label("Type").select_option("SANCTION")
    page.locator(".events", has_not_text="CONSULT").wait_for()
    assert page.url.endswith("/events?type=SANCTION")  # what nobody filled in does not stand there
    assert {words.split()[0] for words in page.locator(".event .what").all_inner_texts()} == {"SANCTION"}
    page.get_by_label("Who").fill("SRB")
    page.keyboard.press("Enter")
    page.locator(".event .words", has_text="Serbia").wait_for()
    assert page.url.endswith("/events?actor=SRB&type=SANCTION")
    assert page.locator(".event .words").all_inner_texts() == ["Serbia recalls its ambassador from Zagreb"]
    assert page.evaluate("window.stays")
    page.go_back()
    page.locator(".event").nth(1).wait_for()
    expect(page.get_by_label("Type")).to_have_value("SANCTION")
    expect(page.get_by_label("Who")).to_have_value("")


def test_earlier_events_are_put_below(page):
    page.goto("/events")
    first = page.locator(".event .words").all_inner_texts()
    page.get_by_role("link", name="Earlier events").press("Enter")
    page.locator(".event").nth(len(first)).wait_for()
    both = page.locator(".event .words").all_inner_texts()
    assert both[: len(first)] == first
    assert len(both) == 2 * len(first)
    assert page.get_by_role("link", name="Earlier events").count() == 1
    assert page.locator(".formats").count() == 1
    expect(page.locator(".events").last.locator("a").first).to_be_focused()


def test_what_comes_in_is_shown_by_itself(browser, own_desk):
    with visiting(browser, own_desk) as page:
        page.clock.install()
        page.goto("/live")
        own_desk.store.publish([week(200)], version="1")
        page.clock.fast_forward(11_000)
        page.get_by_role("link", name="weeks/200.txt").wait_for()
        assert "not put together" in page.locator("#live").inner_text()
        page.goto("/live?before=100")  # who leafs through what came before is not thrown back
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.clock.fast_forward(11_000)
        assert asked == []
        assert "weeks/200" not in page.locator("#live tbody").last.inner_text()


def test_what_is_called_wrong_is_kept_with_who_and_why_and_can_be_undone(own_page):
    own_page.goto("/events?actor=SRB")
    own_page.locator(".event .words a").click()
    own_page.get_by_text("There is no such event").click()
    own_page.locator("details[open]").get_by_label("Why").fill("it was a rumour")
    own_page.get_by_role("button", name="Take it out").click()
    own_page.wait_for_url("**/corrections")
    row = own_page.locator("tbody tr").first
    for words in ("wrong event", "Serbia recalls its ambassador", "it was a rumour", "anna"):
        assert words in row.inner_text()
    row.get_by_role("button").click()
    expect(own_page.locator("tbody tr")).to_have_count(1)  # that of the other user stays
    expect(own_page.locator("tbody")).not_to_contain_text("rumour")


def test_a_wrong_report_is_told_of_on_the_page_of_its_article(own_page):
    own_page.goto("/search?q=serbia")
    own_page.locator(".results a").click()
    article = own_page.url
    own_page.get_by_text("Why, and is it wrong?").first.click()
    own_page.locator(".card").first.get_by_label("Why").fill("nobody was recalled")
    with own_page.expect_navigation(url=article):
        own_page.get_by_role("button", name="Wrong").click()
    own_page.goto("/corrections")
    assert "nobody was recalled" in own_page.locator("tbody tr").first.inner_text()


def test_a_search_is_kept_and_dropped(own_page):
    own_page.goto("/search?q=kenya+troops")
    own_page.get_by_label("Keep this search as").fill("the border")
    own_page.get_by_role("button", name="Keep").click()
    link(own_page, "the border", ".saved").click()
    assert own_page.locator("h1").inner_text() == "Articles with kenya troops"
    own_page.get_by_role("button", name="Drop the border").click()
    own_page.wait_for_url("**/search")
    expect(own_page.locator(".saved li")).to_have_text([re.compile("dam nile dam"), re.compile("quarrels egypt")])


def test_sql_is_answered_or_told_why_not(page):
    page.goto("/sql")
    question = page.get_by_label("One SELECT over the tables of the store")
    question.fill("SELECT type, count(*) AS events FROM events WHERE mode = 'expel' AND source_id = 'EGY' GROUP BY 1")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("tbody td")).to_have_text(["SANCTION", "100"])
    question.fill("SELECT nothing FROM nowhere")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("[role=alert]")).to_contain_text("nowhere")
    expect(question).to_have_value("SELECT nothing FROM nowhere")


def test_an_empty_store_tells_how_to_fill_it(browser, tmp_path):
    with served(tmp_path / "empty") as desk, visiting(browser, desk) as page:
        page.goto("/")
        assert page.locator("h1").inner_text() == "An empty store"
        assert "detente code pages/ --store empty" in page.locator("pre").inner_text()


def test_what_is_not_there_is_said_with_what_to_do(browser, desk):
    with visiting(browser, desk, expects=["404"]) as page:
        assert page.goto("/event/nosuchevent").status == 404
        assert page.locator("h1").inner_text() == "Not there"
        assert "look for it with the search" in page.locator("main").inner_text()
        page.get_by_role("link", name="To the start").click()
        page.wait_for_url(f"{desk.url}/")


def test_a_view_is_cited_by_an_address_that_knows_its_versions(page):
    page.goto("/events?actor=KEN")
    page.get_by_text("Cite this view").click()
    address = page.locator(".cite code").inner_text()
    assert "/events?actor=KEN&cited=" in address
    page.goto(address)
    assert page.get_by_role("status").count() == 0
    page.goto(re.sub(r"\d+$", "1", address))
    assert "the store became another" in page.get_by_role("status").inner_text()


FOCUS = """() => {
  const here = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here);
  const { top, bottom } = here.getBoundingClientRect();
  const head = document.querySelector(".top");
  const covered = getComputedStyle(head).position === "sticky" && here.closest("main, footer") ? head.offsetHeight : 0;
  return {
    is_framed: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none",
    is_in_sight: bottom > covered && top < innerHeight,
    what: here.outerHTML.slice(0, 200),
  };
}"""


def tab_to(page, target, key="Tab"):
    """Presses Tab until the target has the focus; whatever has it on the way is framed and in sight."""
    for _ in range(400):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        assert focus["is_framed"], focus
        assert focus["is_in_sight"], focus
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not come to {target}")


def skip_to_the_page(page):
    """The first Tab of a page comes to a link that leads past its head."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    assert page.evaluate(FOCUS)["is_framed"]
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_all_of_the_path_goes_by_the_keyboard_alone(page):
    page.goto("/")
    tab_to(page, page.get_by_placeholder("Search articles"))
    page.keyboard.type("resume nile dam")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search*")
    skip_to_the_page(page)
    tab_to(page, link(page, HEADLINE, ".results"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    skip_to_the_page(page)
    tab_to(page, page.locator("mark.trigger").first)
    assert "AGREE" in page.locator(".card.is-on").first.inner_text()
    tab_to(page, page.locator(".card").first)
    assert page.locator("mark.is-on").count() >= 3
    tab_to(page, link(page, HEADLINE, ".beside"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/*")
    skip_to_the_page(page)
    tab_to(page, link(page, "Egypt and Ethiopia"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAIR}")
    skip_to_the_page(page)
    tab_to(page, page.locator(".pane"))
    assert page.locator("figure .keys").is_visible()
    for key in ("PageDown", "Shift+ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**since=2016-12-05&until=2016-12-25*")
    tab_to(page, page.get_by_role("link", name="All of it"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAIR}")
    tab_to(page, page.locator(".evidence a").last)
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/*")
    tab_to(page, page.get_by_text("Cite this view"), key="Shift+Tab")
    page.keyboard.press("Enter")
    assert "cited=" in page.locator(".cite code").inner_text()


def test_an_event_is_called_wrong_by_the_keyboard_alone(own_page):
    own_page.goto("/events?actor=SRB")
    skip_to_the_page(own_page)
    tab_to(own_page, own_page.locator(".event .words a"))
    own_page.keyboard.press("Enter")
    own_page.wait_for_url("**/event/*")
    tab_to(own_page, own_page.get_by_text("There is no such event"))
    own_page.keyboard.press("Enter")
    tab_to(own_page, own_page.locator("details[open]").get_by_label("Why"))
    own_page.keyboard.type("it was a rumour")
    own_page.keyboard.press("Enter")
    own_page.wait_for_url("**/corrections")
    tab_to(own_page, own_page.get_by_role("button", name="Undo correction").first)
    own_page.keyboard.press("Enter")
    own_page.locator("tbody", has_not_text="rumour").wait_for()


@pytest.mark.parametrize(("address", "told"), [
    ("/map", [r"\d+ events in \d+ places", r".+: \d+ events?, mean", r".+: \d+ event"]),
    ("/network", [r"\d+ actors, \d+ relations", r"Egypt: 2\d\d events", "Egypt and Ethiopia: 2.. events, mean -"]),
])  # fmt: skip
def test_a_figure_is_walked_by_keys_and_says_in_words_where_one_is(page, address, told):
    page.goto(f"{address}?since=2013-01-01&until=2019-12-31")
    tab_to(page, page.locator(".pane"))
    page.wait_for_function(f"({DRAWN})() > 1000")
    said = page.locator("figure output")
    heard = [said.inner_text()]
    for _ in told[1:]:
        page.keyboard.press("PageDown")
        heard.append(said.inner_text())
    assert all(map(re.match, told, heard)), heard
    assert len(set(heard)) == len(told)
    page.keyboard.press("Escape")
    assert said.inner_text() == heard[0]


def test_nobody_has_a_relation_to_itself(page):
    page.goto("/")
    page.locator("#turned").wait_for()
    links = page.locator("main a[href^='/relation/']").evaluate_all("all => all.map(one => one.pathname.split('/'))")
    assert ["EGY", "ETH"] in [sides[2:] for sides in links]
    assert all(one != other for _, _, one, other in links)
