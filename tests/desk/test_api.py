"""The API does as its description says, for questions that are made up and for those that somebody would ask."""

import json
import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import jsonschema
import pyarrow.parquet as pq
import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from tests.desk.made import OURS, PAGE, ask, client_of, desk_over, small_store
from tests.store.made import coding

from detente.desk.nouns import ROUTERS, relations
from detente.readers.exchange.jsonl import read_events
from detente.store import Store
from detente.writers.exchange import FORMATS

ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
TOLD = sorted(route.path for route in ROUTES if route.include_in_schema)
PAGES = sorted(route.path for route in ROUTES if not route.include_in_schema and "GET" in route.methods)
WITHOUT_JSON = {
    "/": "what it gathers has JSON where it comes from: /live.json, /search.json, /relation/ONE/OTHER.json",
    "/turns": "a part of the start page; the turns of each relation stand in its JSON",
    "/relation": "a form, which leads to the page of a relation",
}
CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance,
]  # fmt: skip
SELECTS = (
    "SELECT 1", "FROM events", "SELECT id, source, tellings FROM events LIMIT 3", "FROM articles SELECT text, dates",
    "SELECT first_date, intensity, NULL FROM events", "SELECT count(*) FROM nothing", "SELECT", "DROP TABLE events",
)  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = small_store(tmp_path_factory.mktemp("api"))
    with Store(path) as store:
        store.set_field(next(iter(store.events()))["id"], "standing", "denied", why="so", who="ann")
    return path


@pytest.fixture(scope="module")
def desk(path):
    return desk_over(path)


@pytest.fixture(scope="module")
def description(desk):
    return ask(desk, "/openapi.json").json()


@pytest.fixture(scope="module")
def known(path):
    """Values of a path that lead somewhere."""
    with Store(path) as store:
        ids = {noun: [row["id"] for row in store.sql(f"SELECT id FROM {noun} ORDER BY id")]
               for noun in ("articles", "events", "stories")}  # fmt: skip
    sides = ["NOR", "TCD", "PER", "* MIL", "NOR, TCD", "*", "nobody"]
    return {"article": ids["articles"], "event": ids["events"], "story": ids["stories"], "actor": sides, "side": sides}


# -- As it is described -----------------------------------------------------------------------------------------------


def test_the_description_is_one(description):
    assert description["openapi"].startswith("3.1")
    assert sorted(description["paths"]) == TOLD
    assert description["security"] == [{"token": []}]
    for schema in description["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_page_has_its_json():
    assert {page for page in PAGES if f"{page}.json" not in TOLD} == set(WITHOUT_JSON)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("address", TOLD)
def test_whatever_is_asked_is_answered_as_described(desk, description, known, address, mode):
    operation = schemathesis.openapi.from_dict(description)[address]["GET"]
    # Each SELECT takes a process of its own and a fifth of a second.
    count = 8 if address.startswith("/sql") else 25

    @settings(
        max_examples=count, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def asked(case, data):
        if mode is GenerationMode.POSITIVE and data.draw(st.booleans(), label="leads somewhere"):
            lead_somewhere(case, known, data)
        case.validate_response(answer_to(client, case), checks=CHECKS)

    with client_of(desk) as client:
        asked()


def lead_somewhere(case, known, data):
    """Ids and questions that are made up are never those of anything that is there."""
    noun = case.path.split("/")[1]
    for name in case.path_parameters.keys() & {"id", "one", "other"}:
        values = known[noun if name == "id" else "side"]
        case.path_parameters[name] = data.draw(st.sampled_from(values), label=name)
    if noun.startswith("sql"):
        case.query["q"] = data.draw(st.sampled_from(SELECTS), label="q")
    for name in case.query.keys() & {"since", "until"}:
        case.query[name] = data.draw(st.dates(date(2019, 1, 1), date(2019, 12, 31)), label=name).isoformat()


def answer_to(client, case):
    told = case.as_transport_kwargs(base_url=OURS)
    assume(len(str(told.get("params"))) < 10_000)  # the client sends no longer addresses
    return client.request(told["method"], told["url"], params=told.get("params"), headers=told.get("headers"))


# -- Questions that somebody would ask --------------------------------------------------------------------------------


GOOD = {
    "/actor/{id}.json": ["/actor/NOR.json?since=2019-05-01&until=2019-05-31", "/actor/vladimir-putin.json"],
    "/article/{id}.annotations": ["/article/{article}.annotations"],
    "/article/{id}.json": ["/article/{article}.json"],
    "/changes.json": ["/changes.json?since=3"],
    "/corrections.json": ["/corrections.json"],
    "/corrections.jsonl": ["/corrections.jsonl"],
    "/event/{id}.json": ["/event/{event}.json"],
    "/events.json": ["/events.json?actor=NOR&other=TCD&type=CONSULT&standing=happened&since=2019-05-01&limit=3"],
    "/events.{form}": [f"/events.{form}" for form in ("csv", "parquet", "geojson", "atom", "jsonl")],
    "/live.json": ["/live.json?before=5"],
    "/map.json": ["/map.json?type=CONSULT&since=2019-05-01&until=2090-01-31"],
    "/network.json": ["/network.json?level=actors&actor=NOR&since=2019-05-01"],
    "/relation/{one}/{other}.json": ["/relation/NOR/TCD.json?by=day&type=CONSULT&type=AGREE", "/relation/NOR/*.json"],
    "/relation/{one}/{other}/bins.csv": ["/relation/NOR/TCD/bins.csv?standing=happened&standing=planned"],
    "/relation/{one}/{other}/chart.svg": ["/relation/NOR/TCD/chart.svg?dark=true&by=month"],
    "/relation/{one}/{other}/events.json": ["/relation/NOR/TCD/events.json?since=2019-05-01&skip=2"],
    "/search.json": ["/search.json?q=strike+-dam+since:2019&order=latest"],
    "/sql.json": ["/sql.json?q=SELECT+id+FROM+events"],
    "/sql.{form}": ["/sql.csv?q=SELECT+1", "/sql.parquet?q=SELECT+1"],
    "/stories.json": ["/stories.json?actor=NOR&limit=2"],
    "/story/{id}.json": ["/story/{story}.json"],
}


@pytest.mark.parametrize("address", TOLD)
def test_a_good_question_is_answered(desk, known, address):
    for question in GOOD[address]:
        target = question.format(article=known["article"][0], event=known["event"][0], story=known["story"][0])
        answer = ask(desk, target)
        assert (answer.status, bool(answer.body)) == (200, True), target


@pytest.mark.parametrize("page", [
    "/events?actor=&other=&type=&standing=&place=&since=&until=", "/stories?actor=&since=&until=",
    "/relation/NOR/TCD?by=week&since=&until=&type=&standing=&scale=plover", "/map?since=&until=&type=",
    "/network?since=&until=&level=countries&actor=&type=", "/search?q=&order=best", "/sql?q=",
    "/actor/NOR?since=&until=", "/relation?one=&other=", "/events?since&until=&&",
])  # fmt: skip
def test_a_form_that_nobody_filled_in_asks_for_all(desk, page):
    assert ask(desk, page, headers=PAGE).status == 200


def test_what_is_filled_in_stays(desk):
    told = ask(desk, "/search.json?order=&q=a%3Db=&skip=").json()
    assert told["q"] == "a=b="


@pytest.mark.parametrize("target, status", [
    # days that no month has
    ("/events.json?since=2019-02-31", 400), ("/events.csv?until=2019-13-01", 400),
    ("/stories.json?since=2019-00-10", 400), ("/events.json?after=2019-99-99.x", 400),
    ("/map.json?until=0000-01-01", 400), ("/relation/A/B.json?since=2019-02-30", 400),
    ("/events.json?since=yesterday", 422),
    # days without an end
    ("/relation/NOR/TCD.json?by=day&since=0001-01-01", 400),
    ("/relation/NOR/TCD/bins.csv?by=week&until=9000-01-01", 400),
    ("/relation/NOR/TCD/chart.svg?by=month&since=9990-01-01&until=9999-12-31", 400),
    ("/relation/NOR/TCD.json?by=day&since=1900-01-01", 200), ("/map.json?since=0001-01-01&until=9999-12-31", 200),
    ("/network.json?until=0001-01-01", 200), ("/actor/NOR.json?until=9999-12-31", 200),
    # numbers without an end
    (f"/live.json?before={1 << 63}", 422), ("/live.json?before=-1", 422),
    (f"/changes.json?since={(1 << 63) - 1}", 200),
    # letters
    ("/events.json?actor=%00", 200), ("/search.json?q=a%00b", 200), ("/event/%00.json", 422),
    ("/event/%ED%A0%80.json", 404), ("/search.json?q=%22", 400),
    ("/search.json?q=" + "a" * 1_001, 422), ("/sql.json?q=" + "a" * 6_001, 422),
])  # fmt: skip
def test_a_question_at_the_edge(desk, target, status):
    answer = ask(desk, target)
    assert answer.status == status
    assert status == 200 or set(answer.json()) == {"error", "hint"}


@pytest.mark.parametrize("target, told", [
    ("/events.json?since=yesterday", "since: is no day; write 2009-06-28"),
    ("/event/%00.json", "id: is empty, too long, or holds what cannot be seen"),
    ("/events.json?type=WAR", "type: Input should be 'AGREE'"),
])  # fmt: skip
def test_a_wrong_part_of_an_address_is_told_in_words(desk, target, told):
    assert told in ask(desk, target).json()["error"]


@pytest.mark.parametrize("id", ["a?b", "a#b", "100%", "%41", "a&b=c", "a+b", "a b", "é", '"', "<b>", "a;b", "a:b"])
def test_a_page_leads_to_its_own_json(desk, id):
    page = ask(desk, f"/actor/{quote(id, safe='')}?since=2019-05-01", headers=PAGE).text
    (link,) = re.findall(r'<a href="([^"]*)">JSON</a>', page)
    assert ask(desk, unescape(link)).json()["id"] == id


# -- Page by page -----------------------------------------------------------------------------------------------------


def pages_of(desk, target):
    while target:
        told = ask(desk, target).json()
        yield told["events"]
        target = told["next"]


@pytest.mark.parametrize("asked", [
    "", "actor=NOR&", "type=CONSULT&standing=happened&", "since=2019-05-10&", "place=NOR&",
])  # fmt: skip
@pytest.mark.parametrize("limit", [1, 7, 500])
def test_each_event_comes_once(desk, asked, limit):
    pages = list(pages_of(desk, f"/events.json?{asked}limit={limit}"))
    ids = [event["id"] for page in pages for event in page]
    (whole,) = pages_of(desk, f"/events.json?{asked}limit=500")
    assert ids == [event["id"] for event in whole]
    assert len(set(ids)) == len(ids)
    assert all(len(page) == limit for page in pages[:-1])


def test_each_event_comes_once_when_some_were_corrected(path, tmp_path):
    copied = shutil.copytree(path, tmp_path / "events")
    with Store(copied) as store:
        store.fuse()
        known = sorted(row["id"] for row in store.events())
    (page,) = pages_of(desk_over(copied), "/events.json?limit=500")
    assert sorted(event["id"] for event in page) == known


def test_each_event_of_a_relation_comes_once(desk, monkeypatch):
    (whole,) = pages_of(desk, "/relation/NOR/*/events.json")
    monkeypatch.setattr(relations, "EVENTS", 2)
    pages = list(pages_of(desk, "/relation/NOR/*/events.json"))
    assert [event["id"] for page in pages for event in page] == [event["id"] for event in whole]
    assert [len(page) for page in pages[:-1]] == [2] * (len(pages) - 1)
    assert len(pages) > 2
    assert ask(desk, "/relation/NOR/*/events.json?skip=10000").json() == {"events": [], "next": None}


def test_changes_go_on_where_one_stopped(path, tmp_path):
    copied = tmp_path / "events"
    shutil.copytree(path, copied)
    desk = desk_over(copied)
    first = ask(desk, "/changes.json").json()
    numbers = [change["number"] for change in first["changes"]]
    assert numbers == sorted(set(numbers))
    assert first["last"] == numbers[-1]
    middle = numbers[len(numbers) // 2]
    assert ask(desk, f"/changes.json?since={middle}").json()["changes"] == first["changes"][len(numbers) // 2 + 1 :]
    assert ask(desk, f"/changes.json?since={first['last']}").json() == {"changes": [], "last": first["last"]}
    event = ask(desk, "/events.json?limit=1").json()["events"][0]["id"]
    with Store(copied) as store:
        store.set_field(event, "standing", "asked", why="so")
        store.fuse()
    new = ask(desk, f"/changes.json?since={first['last']}").json()["changes"]
    assert ("event", "changed", event) in [(change["noun"], change["change"], change["id"]) for change in new]
    assert all(change["number"] > first["last"] for change in new)


def test_a_thousand_changes_come_at_once(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(Store, "changes", lambda _, since, limit: asked.append((since, limit)) or [{"number": 9}])
    assert ask(desk, "/changes.json?since=4").json() == {"changes": [{"number": 9}], "last": 9}
    assert asked == [(4, 1_000)]


# -- Formats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "parquet", "geojson", "atom", "jsonl"])
def test_events_are_read_back(desk, tmp_path, form):
    answer = ask(desk, f"/events.{form}?limit=10000")
    assert answer.one("content-disposition") == f'attachment; filename="events.{form}"'
    file = tmp_path / f"events.{form}"
    file.write_bytes(answer.body)
    found = list(read_events(file) if form == "jsonl" else FORMATS[form].read(file))
    told = ask(desk, "/events.json?limit=500").json()["events"]
    # Tables have a row for each pair of actors.
    assert list(dict.fromkeys(row.id.partition("-")[0] for row in found)) == [event["id"] for event in told]


def test_annotations_are_read_back(desk, known, tmp_path):
    file = tmp_path / "article.jsonld"
    file.write_bytes(ask(desk, f"/article/{known['article'][0]}.annotations").body)
    assert list(FORMATS["annotations"].read(file))


def test_corrections_are_lines_of_json(desk):
    lines = ask(desk, "/corrections.jsonl").text.splitlines()
    assert [json.loads(line)["who"] for line in lines] == ["ann"]


@pytest.mark.parametrize("question, csv", [
    ("SELECT 1 AS a, 2 AS a", '"a","a"\n1,2\n'),
    ("SELECT 18446744073709551615::UBIGINT AS a, -1.50::DECIMAL(4, 2) AS b", '"a","b"\n18446744073709551615,-1.50\n'),
    ("SELECT '=1' AS \"=a\", -1 AS b, true AS c, NULL AS d", "\"'=a\",\"b\",\"c\",\"d\"\n\"'=1\",-1,true,\n"),
    ("SELECT ['=1', NULL] AS a, {'b': DATE '2019-05-04'} AS b",
     "\"a\",\"b\"\n\"['=1', None]\",\"{'b': datetime.date(2019, 5, 4)}\"\n"),
    ("SELECT 1 AS a LIMIT 0", '"a"\n'),
])  # fmt: skip
def test_rows_as_csv(desk, question, csv):
    assert ask(desk, f"/sql.csv?q={quote(question)}").text == csv


def test_rows_as_parquet(desk, tmp_path):
    (tmp_path / "rows.parquet").write_bytes(ask(desk, "/sql.parquet?q=SELECT+'=1'+AS+a,[2]+AS+b").body)
    assert pq.read_table(tmp_path / "rows.parquet").to_pylist() == [{"a": "=1", "b": [2]}]


@pytest.mark.parametrize("form, question", [
    # years that Python does not have
    ("json", "SELECT DATE '290000-01-01' AS a"), ("csv", "SELECT [DATE '-4000-01-01'] AS a"),
    ("json", "SELECT 'infinity'::TIMESTAMP AS a"),
    # what Parquet has no place for
    ("parquet", "SELECT INTERVAL 1 MONTH AS a"),
])  # fmt: skip
def test_what_a_format_cannot_hold_is_said(desk, form, question):
    answer = ask(desk, f"/sql.{form}?q={quote(question)}")
    assert answer.status == 400
    assert "cast it to VARCHAR" in answer.json()["error"]
    assert "cast it to VARCHAR" in ask(desk, f"/sql?q={quote(question)}", headers=PAGE).text or form == "parquet"


# -- Citing -----------------------------------------------------------------------------------------------------------


NOTE = "This view was cited before"


def cited_by(page):
    """The address under "Cite this view"."""
    return unescape(page).partition(f"<code>{OURS}")[2].partition("</code>")[0]


@pytest.mark.parametrize("target", [
    "/events?actor=NOR&type=CONSULT", "/", "/relation/NOR/TCD?by=month", "/relation/*%20MIL/NOR,TCD", "/sql?q=SELECT+1",
])  # fmt: skip
def test_an_address_that_is_cited_shows_the_same_view(desk, target):
    cited = cited_by(ask(desk, target, headers=PAGE).text)
    asked = dict(parse_qsl(urlsplit(cited).query))
    assert asked.pop("cited")
    assert (urlsplit(cited).path, asked) == (urlsplit(target).path, dict(parse_qsl(urlsplit(target).query)))
    again = ask(desk, cited, headers=PAGE)
    assert (again.status, NOTE in again.text) == (200, False)
    assert cited_by(again.text) == cited


@pytest.mark.parametrize("number, words", [(0, "the program"), (1, "the lexicon"), (2, "the coder"), (3, "the store")])
def test_it_says_what_became_another_since(desk, number, words):
    versions = versions_of(desk)
    versions[number] = "another"
    page = ask(desk, "/events?" + urlencode({"cited": ",".join(versions)}), headers=PAGE).text
    assert f"{NOTE} {words} became another" in page


def versions_of(desk):
    cited = cited_by(ask(desk, "/events", headers=PAGE).text)
    return dict(parse_qsl(urlsplit(cited).query))["cited"].split(",")


@pytest.mark.parametrize("cited", ["", "a", "a,b", "a,b,c", "a,b,c,d,e", ",", "%00", "<b>"])
def test_what_is_no_version_is_no_matter(desk, cited):
    assert NOTE not in ask(desk, f"/events?cited={quote(cited)}", headers=PAGE).text


def test_who_coded_is_cited_and_others_are_seen(path, tmp_path):
    copied = Path(shutil.copytree(path, tmp_path / "events"))
    desk = desk_over(copied)
    page = ask(desk, "/events", headers=PAGE).text
    with Store(copied) as store:
        assert f"coded by {', '.join(store.coders())}:" in unescape(page)
        store.publish([coding(origin="another.txt")], version="another coder")
    page_now = ask(desk, cited_by(page), headers=PAGE).text
    assert f"{NOTE} the coder became another" in page_now
    assert "another coder" in page_now


def test_a_change_of_the_store_is_seen(path, tmp_path):
    copied = Path(shutil.copytree(path, tmp_path / "events"))
    desk = desk_over(copied)
    cited = cited_by(ask(desk, "/events", headers=PAGE).text)
    with Store(copied) as store:
        store.withdraw([next(iter(store.articles()))["id"]], why="so")
        store.fuse()
    assert f"{NOTE} the store became another" in ask(desk, cited, headers=PAGE).text
