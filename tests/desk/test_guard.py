"""Who may ask the desk and who may not, whatever other sites make a browser send; and what each answer says."""

import hmac
import itertools
import shutil
from urllib.parse import quote, urljoin, urlsplit

import pytest
from tests.desk.made import HOST, OURS, PAGE, TOKEN, ask, desk_over, small_store

from detente.desk.desk import Desk
from detente.desk.guard import HEADERS, LARGEST_BODY, LONGEST_URL, LOOPBACK, Guard, Rate, Tokens
from detente.desk.page import own
from detente.errors import StoreError
from detente.store import Store

COOKIE = {"cookie": f"detente={TOKEN}"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
DROP = "/search/drop"
"""What the tests that change something ask for: nothing is there to be dropped."""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return small_store(tmp_path_factory.mktemp("a folder of ours"))


@pytest.fixture(scope="module")
def desk(path):
    return desk_over(path)


async def inside(scope, receive, send):
    """Answers 200 to whoever was let in."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"server", b"secret/1.0")]})
    await send({"type": "http.response.body", "body": b"in"})


def guard_of(**given):
    told = {"hosts": LOOPBACK, "tokens": Tokens({"me": TOKEN}), "cookie": "detente", "rate": Rate(1e6)} | given
    return Guard(inside, **told)


def drop(desk, **given):
    headers = FORM | dict(given.pop("headers", {}))
    return ask(desk, DROP, method="POST", headers=headers, chunks=given.pop("chunks", [b"name=x"]), **given)


# -- Host, origin, site, method and credential, each with each -----------------------------------------------------


HOSTS = {
    "127.0.0.1:8642": True,
    "localhost:8642": True,
    "[::1]:8642": True,
    "LOCALHOST": True,
    "evil.example": False,
    "127.0.0.1.evil.example": False,
    "localhost.": False,
    "": False,
}
ORIGINS = {
    "none": None,
    "its own": "http://{host}",
    "another port": "http://127.0.0.1:9999",
    "another scheme": "ftp://{host}",
    "null": "null",
    "elsewhere": "https://evil.example",
    "a subdomain": "http://evil.{host}",
}
SITES = (None, "same-origin", "same-site", "cross-site", "none")
LETS_CHANGE = {("its own", None), ("its own", "same-origin"), ("none", "same-origin")}
"""Whose requests are our own pages', as a browser tells: what it says of origin and site must not differ."""
CREDENTIALS = {
    "cookie": COOKIE,
    "bearer": {"authorization": f"Bearer {TOKEN}"},
    "none": {},
    "a wrong cookie": {"cookie": "detente=guess"},
    "a wrong bearer beside the cookie": COOKIE | {"authorization": "Bearer guess"},
}


def status_of(host, origin, site, method, credential):
    if not HOSTS[host]:
        return 421
    if credential not in ("cookie", "bearer"):
        return 401
    # A browser adds cookies by itself, but no other site's page can add a bearer token.
    return 200 if method == "GET" or credential == "bearer" or (origin, site) in LETS_CHANGE else 403


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_who_is_let_in(method):
    guard, wrong = guard_of(), []
    for host, origin, site, credential in itertools.product(HOSTS, ORIGINS, SITES, CREDENTIALS):
        told = {"origin": ORIGINS[origin] and ORIGINS[origin].format(host=host), "sec-fetch-site": site}
        headers = CREDENTIALS[credential] | {name: value for name, value in told.items() if value}
        answer = ask(guard, "/", method=method, hosts=[host], token=None, headers=headers)
        if answer.status != status_of(host, origin, site, method, credential):
            wrong.append((host, origin, site, credential, answer.status))
    assert wrong == []


@pytest.mark.parametrize("hosts", [
    # a name that its owner lets lead to this machine
    ["evil.example:8642"],
    ["127.0.0.1.evil.example"],
    ["localhost.evil.example"],
    # other ways to write an address
    ["127.1"], ["2130706433"], ["0x7f000001"], ["0.0.0.0"], ["[::]"], ["[::ffff:127.0.0.1]"], ["localhost."],
    # more than a host and a port
    ["me@127.0.0.1"], ["127.0.0.1:8642@evil.example"], ["127.0.0.1/evil.example"], ["127.0.0.1:8642/"],
    ["127.0.0.1:evil.example"], ["[::1]evil.example"], ["[::1].evil.example"], ["[::1"], ["127.0.0.1 "],
    ["127.0.0.1,evil.example"], ["127.0.0.1:8642\\.evil.example"],
    # not one
    [], [""], [":8642"], [HOST, HOST], [HOST, "evil.example"],
])  # fmt: skip
def test_it_answers_to_no_other_name(desk, hosts):
    answer = ask(desk, "/events.json", hosts=hosts)
    assert (answer.status, answer.json()["error"]) == (421, "this desk does not go by that name")


def test_a_name_that_leads_here_now_gets_nothing(desk):
    """DNS rebinding: to the browser all is of one origin, and the page may read what is answered."""
    told = {"origin": "http://evil.example:8642", "sec-fetch-site": "same-origin"}
    assert ask(desk, "/events.json", hosts=["evil.example:8642"], token=None, headers=COOKIE | told).status == 421
    assert ask(desk, "/static/desk.css", hosts=["evil.example:8642"]).status == 421


def test_it_answers_to_the_names_that_it_is_given(path):
    desk = desk_over(path, names=["Desk.Example"])
    assert ask(desk, "/live.json", hosts=["desk.example:443"]).status == 200
    told = COOKIE | {"origin": "https://desk.example", "sec-fetch-site": "same-origin"}
    assert drop(desk, hosts=["desk.example"], token=None, headers=told).status == 303


@pytest.mark.parametrize("origin", [
    "http://[", "http://127.0.0.1:8642/", "http://me@127.0.0.1:8642", "http://127.0.0.1:8642 https://evil.example",
    "http://127.0.0.1", "http://localhost:8642", "http://127.0.0.1:86420", "//127.0.0.1:8642", "127.0.0.1:8642", "é",
])  # fmt: skip
def test_an_origin_that_is_not_quite_ours_changes_nothing(desk, origin):
    assert drop(desk, token=None, headers=COOKIE | {"origin": origin}).status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "FOO"])
def test_whatever_changes_something_must_say_where_it_comes_from(method):
    assert ask(guard_of(), "/", method=method, token=None, headers=COOKIE).status == 403


# -- Tokens -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token, name", [
    (TOKEN, "me"),
    ("another", "ann"),
    # no more and no less
    (TOKEN[:-1], None), (f"{TOKEN} ", None), (TOKEN.lower(), None), (f"{TOKEN}\0", None),
    ("", None), ("é", None), ("\ud800", None),
])  # fmt: skip
def test_whose_token_it_is(token, name):
    assert Tokens({"me": TOKEN, "ann": "another", "nobody": ""}).name_of(token) == name


def test_how_long_it_takes_tells_nothing_of_a_token(monkeypatch):
    compared = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *both: compared.append(both) or False)
    Tokens({"me": TOKEN, "ann": "another"}).name_of(TOKEN)
    assert [len(digest) for both in compared for digest in both] == [32] * 4


def test_a_token_in_the_address_becomes_a_cookie(desk):
    answer = ask(desk, f"/events?actor=A%26B&token={TOKEN}&type=AID", token=None)
    assert (answer.status, answer.one("location")) == (303, "/events?actor=A%26B&type=AID")
    name, *others = answer.one("set-cookie").split("; ")
    assert (name, sorted(others)) == (f"detente={TOKEN}", ["HttpOnly", "Path=/", "SameSite=strict"])
    assert ask(desk, answer.one("location"), token=None, headers={"cookie": name}).status == 200


@pytest.mark.parametrize("others", ["", "token=guess&", "x=1&token=&"])
def test_it_does_not_stay_in_the_address_of_who_has_the_cookie_already(desk, others):
    # it would stand in the address that the page gives to be cited, and in its links
    answer = ask(desk, f"/events?{others}token={TOKEN}", token=None, headers=COOKIE | PAGE)
    assert answer.status == 303
    assert "token" not in answer.one("location")


def test_a_wrong_token_in_the_address_opens_nothing(desk):
    answer = ask(desk, "/?token=guess", token=None)
    assert (answer.status, answer.all("set-cookie")) == (401, [])


def test_a_token_in_the_address_changes_nothing(desk):
    answer = ask(desk, f"{DROP}?token={TOKEN}", token=None, method="POST", headers=FORM | {"origin": OURS})
    assert (answer.status, answer.all("set-cookie")) == (401, [])


@pytest.mark.parametrize("cookies", [
    f"detente={TOKEN}", f"a=b; detente={TOKEN}", f'detente="{TOKEN}"',
    # another program on this machine has set what http.cookies cannot read
    f'theme={{"dark": true}}; detente={TOKEN}', f"a b=c; ; =; x; detente={TOKEN}",
])  # fmt: skip
def test_cookies_of_other_programs_do_no_harm(desk, cookies):
    assert ask(desk, "/live.json", token=None, headers={"cookie": cookies}).status == 200


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic bWU6", f"Basic {TOKEN}", f"{TOKEN}", f"Token {TOKEN}"])
def test_other_credentials_open_nothing(desk, header):
    assert ask(desk, "/live.json", token=None, headers={"authorization": header}).status == 401


def test_who_decides_is_the_name_of_the_token(tmp_path):
    path = small_store(tmp_path)
    desk = desk_over(path, tokens={"ann": TOKEN, "ben": "another"})
    event = ask(desk, "/events.json?limit=1").json()["events"][0]["id"]
    form = f"id={event}&field=standing&value=denied&why=so&back=/event/{event}".encode()
    answer = ask(desk, "/correct/set", method="POST", headers=FORM, token="another", chunks=[form])
    assert (answer.status, answer.one("location")) == (303, f"/event/{event}")
    assert [one["who"] for one in ask(desk, "/corrections.json").json()["corrections"]] == ["ben"]


# -- Whoever has no token ---------------------------------------------------------------------------------------------


def test_a_browser_without_the_token_is_told_where_to_find_it(desk):
    answer = ask(desk, "/event/secret?actor=secret", token=None, headers=PAGE)
    assert answer.status == 401
    assert answer.one("content-type") == "text/html; charset=utf-8"
    assert answer.one("www-authenticate") == "Bearer"  # no browser asks for a password then
    assert "<code>detente serve</code>" in answer.text
    assert '<a href="">' in answer.text  # a link from elsewhere comes without the cookie, and one from here with it
    assert "secret" not in answer.text
    assert "events" not in answer.text


def test_a_program_without_the_token_is_told_to_send_it(desk):
    answer = ask(desk, "/events.json", token=None)
    assert (answer.status, answer.json()["error"]) == (401, "this desk needs its token")


@pytest.mark.parametrize("target", ["/static/nothing.css", "/static/", "/static/../events"])
def test_what_needs_no_token_tells_nothing_of_the_store(desk, target):
    answer = ask(desk, target, token=None, headers=PAGE)
    assert (answer.status, answer.json()["error"]) == (404, "Not Found")


# -- Redirects --------------------------------------------------------------------------------------------------------


def leads_here(location):
    """Whether a browser stays: it reads a backslash as a slash and leaves out tabs and ends of line."""
    as_browsers_read = location.replace("\\", "/").translate(dict.fromkeys(map(ord, "\t\r\n")))
    return urlsplit(urljoin(f"{OURS}/here", as_browsers_read)).netloc == HOST and location.startswith("/")


@pytest.mark.parametrize("start", [
    "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\\/evil.example",
    "/%2f%2fevil.example", "/%5cevil.example", "//evil.example:80@x", "http://evil.example/", "/.//evil.example",
    "/\tevil.example", "/\r\nset-cookie:%20a=b", "/%0d%0aset-cookie:%20a=b", "//", "",
])  # fmt: skip
def test_the_address_without_the_token_is_one_of_ours(desk, start):
    answer = ask(desk, f"{start}?token={TOKEN}", token=None)
    assert answer.status == 303
    assert leads_here(answer.one("location"))
    assert len(answer.all("set-cookie")) == 1


@pytest.mark.parametrize("back, here", [
    ("/event/a?b=c", "/event/a?b=c"),
    ("/event/a#part", "/event/a"),
    ("https://evil.example/a?b", "/a?b"),
    ("//evil.example", "/"),
    ("///evil.example", "/evil.example"),
    ("/\\evil.example", "/evil.example"),
    ("\\\\evil.example", "/evil.example"),
    ("/\t/evil.example", "/"),
    ("http:///evil.example", "/evil.example"),
    ("javascript:alert(1)", "/alert(1)"),
    ("data:text/html,x", "/text/html,x"),
    # no address at all
    ("http://[", "/"), ("//[x", "/"), ("", "/"),
])  # fmt: skip
def test_an_address_is_taken_as_one_of_ours(back, here):
    assert own(back) == here
    assert leads_here(here)


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "http://[", "/%2f%2fevil.example"])
def test_a_correction_leads_back_to_a_page_of_ours(tmp_path_factory, path, back):
    copied = tmp_path_factory.mktemp("copied") / "events"
    shutil.copytree(path, copied)
    desk = desk_over(copied)
    event = ask(desk, "/events.json?limit=1").json()["events"][0]["id"]
    answer = ask(
        desk, "/correct/wrong", method="POST", headers=FORM, chunks=[f"id={event}&why=so&back={quote(back)}".encode()]
    )
    assert answer.status == 303
    assert leads_here(answer.one("location"))


# -- Rate and size ----------------------------------------------------------------------------------------------------


def test_so_many_a_second_and_some_saved_up():
    rate = Rate(2, burst=3)
    assert [rate.allows("ann", 0.0) for _ in range(7)] == [True] * 6 + [False]
    assert [rate.allows("ann", 1.0) for _ in range(3)] == [True, True, False]
    assert rate.allows("ben", 1.0)
    assert [rate.allows("ann", 100.0) for _ in range(7)] == [True] * 6 + [False]


def test_strangers_fill_no_memory():
    rate = Rate(1)
    for number in range(25_000):
        rate.allows(str(number), 0.0)
    assert len(rate._left) <= 10_001


SLOW = {"per_second": 0.001, "burst": 2_000}
"""Two requests, and none more within the time that a test takes."""


def test_too_many_are_told_to_wait():
    guard = guard_of(rate=Rate(**SLOW))
    answers = [ask(guard, "/") for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[-1].one("retry-after") == "1"
    assert answers[-1].json() == {"error": "too many requests", "hint": "wait a second"}


@pytest.mark.parametrize("headers", [
    lambda number: {"authorization": f"Bearer {number}"},
    lambda number: {"cookie": f"detente={number}"},
    lambda number: {"cookie": f"other={number}"},
    lambda number: {"x-forwarded-for": f"10.0.0.{number}"},
])  # fmt: skip
def test_a_stranger_is_one_whatever_it_sends(headers):
    guard = guard_of(rate=Rate(**SLOW))
    answers = [ask(guard, "/", token=None, headers=headers(number)) for number in range(4)]
    assert [answer.status for answer in answers] == [401, 401, 429, 429]
    # and takes nothing from whoever has the token
    assert ask(guard, "/").status == 200


@pytest.mark.parametrize("length, status", [(LONGEST_URL, 404), (LONGEST_URL + 1, 414), (100_000, 414)])
def test_an_address_has_an_end(desk, length, status):
    assert ask(desk, "/" + "a" * (length - 1)).status == status
    assert ask(desk, "/nothing?" + "a" * (length - len("/nothing"))).status == status


@pytest.mark.parametrize("headers, sizes, status", [
    # as a browser sends it
    ({"content-length": "40000"}, [40_000], 303),
    ({"content-length": str(LARGEST_BODY)}, [LARGEST_BODY], 303),
    ({"content-length": str(LARGEST_BODY + 1)}, [LARGEST_BODY + 1], 413),
    # in pieces, without a word of how many
    ({"transfer-encoding": "chunked"}, [30_000, 30_000], 303),
    ({"transfer-encoding": "chunked"}, [30_000, 30_000, 30_000], 413),
    ({}, [LARGEST_BODY + 1], 413),
    # less is said than is sent, or nothing that is a number
    ({"content-length": "10"}, [LARGEST_BODY + 1], 413),
    ({"content-length": "-1"}, [50], 413), ({"content-length": "1e3"}, [50], 413), ({"content-length": ""}, [50], 413),
    ({"content-length": "²"}, [50], 413), ({"content-length": "9" * 6_000}, [50], 413),
])  # fmt: skip
def test_a_body_has_an_end(desk, headers, sizes, status):
    body = b"name=x&rest=".ljust(sum(sizes), b"a")
    ends = list(itertools.accumulate(sizes))
    chunks = [body[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    answer = drop(desk, headers=headers, chunks=chunks)
    assert answer.status == status
    assert status == 303 or answer.json()["error"] == "the request is too large"


# -- What each answer says --------------------------------------------------------------------------------------------


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAID = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def is_sealed(answer):
    names = [name for name, _ in answer.headers]
    said = {name: answer.all(name) for name in SAID} == {name: [value] for name, value in SAID.items()}
    return said and "server" not in names and not [name for name in names if name.startswith("access-control")]


@pytest.mark.parametrize("target, given, status", [
    # pages
    ("/", {"headers": PAGE}, 200), ("/events", {}, 200), ("/events", {"method": "HEAD"}, 200), ("/api", {}, 200),
    # for programs
    ("/events.json", {}, 200), ("/events.csv", {}, 200), ("/events.atom", {}, 200), ("/openapi.json", {}, 200),
    ("/relation/NOR/TCD/chart.svg", {}, 200), ("/sql.csv?q=SELECT+1", {}, 200),
    # files of ours
    ("/static/desk.css", {}, 200), ("/static/desk.css", {"headers": {"range": "bytes=0-9"}}, 206),
    ("/static/desk.css", {"method": "HEAD"}, 200), ("/static/nothing", {}, 404),
    # another address
    ("/events/", {}, 307), ("/relation?one=NOR", {}, 303), (f"/?token={TOKEN}", {"token": None}, 303),
    # what is wrong
    ("/nothing", {}, 404), ("/nothing", {"headers": PAGE}, 404), ("/event/nothing", {"headers": PAGE}, 404),
    ("/events?type=WAR", {}, 422), ("/events?type=WAR", {"headers": PAGE}, 422), ("/search.json?q=%22", {}, 400),
    ("/events", {"method": "OPTIONS"}, 405), ("/events", {"method": "PUT"}, 405),
    ("/", {"token": None}, 401), ("/", {"token": None, "headers": PAGE}, 401), ("/", {"hosts": ["evil.example"]}, 421),
    ("/" + "a" * 9_000, {}, 414), (DROP, {"method": "POST", "token": None, "headers": COOKIE}, 403),
    (DROP, {"method": "POST", "headers": FORM, "chunks": [b"a" * 70_000]}, 413),
])  # fmt: skip
def test_each_answer_says_what_a_browser_may_do_with_it(desk, target, given, status):
    answer = ask(desk, target, **given)
    assert answer.status == status
    assert is_sealed(answer)


def test_so_does_one_that_has_not_changed(desk):
    tag = ask(desk, "/static/desk.css").one("etag")
    answer = ask(desk, "/static/desk.css", headers={"if-none-match": tag})
    assert (answer.status, is_sealed(answer)) == (304, True)


@pytest.mark.parametrize("headers", [{}, PAGE])
def test_so_does_one_of_a_fault_of_ours(desk, path, monkeypatch, headers):
    monkeypatch.setattr(Store, "lines", lambda *_: 1 / 0)
    answer = ask(desk, "/live", headers=headers)
    assert (answer.status, is_sealed(answer)) == (500, True)
    assert "the desk failed" in answer.text
    assert "division" not in answer.text


def test_so_does_too_many_requests():
    guard = guard_of(rate=Rate(**SLOW))
    answers = [ask(guard, "/") for _ in range(3)]
    assert [(answer.status, is_sealed(answer)) for answer in answers] == [(200, True), (200, True), (429, True)]


def test_these_are_all_headers_that_the_guard_sets():
    assert HEADERS == SAID


@pytest.mark.parametrize("origin", ["https://evil.example", "null", OURS])
def test_no_other_site_may_read_an_answer(desk, origin):
    asked = {"origin": origin, "access-control-request-method": "POST", "access-control-request-headers": "x-a"}
    for method in ("GET", "OPTIONS"):
        assert is_sealed(ask(desk, "/events.json", method=method, headers=asked))


def test_the_head_of_an_answer_is_that_of_the_whole(desk):
    whole, head = (ask(desk, "/event/" + "nothing", method=method, headers=PAGE) for method in ("GET", "HEAD"))
    assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")


def test_a_websocket_is_closed():
    sent = []

    async def send(message):
        sent.append(message)

    asked = guard_of()({"type": "websocket", "path": "/", "headers": []}, None, send)
    with pytest.raises(StopIteration):
        asked.send(None)
    assert sent == [{"type": "websocket.close", "code": 1008}]


# -- Files of ours and no others --------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", [
    "/static/../app.py", "/static/..", "/static/../../cli/main.py", "/static/./../app.py",
    "/static/vendor/../../app.py",
    # encoded, and encoded again
    "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2fapp.py", "/static/%252e%252e%252fapp.py",
    "/static/..%255capp.py", "/static/%c0%ae%c0%ae/app.py", "/static/.%00./app.py",
    # backslashes
    "/static/..\\app.py", "/static/..%5capp.py", "/static/%5c..%5capp.py",
    # whole paths
    "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static///etc/passwd", "/static/C:/windows/win.ini",
    "/static/file:///etc/passwd", "//static/../app.py", "/static%2f..%2fapp.py",
    # no files
    "/static/", "/static/vendor", "/static/vendor/", "/static/.", "/static/%00", "/static/" + "a" * 5_000,
    "/static/desk.css%00.js", "/static/desk.css%20",
])  # fmt: skip
def test_no_other_file_is_given(desk, target):
    assert ask(desk, target).status == 404


def test_no_link_leads_out(path, tmp_path, monkeypatch):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "own.css").write_text("a {}")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "static" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "static" / "folder").symlink_to(tmp_path)
    monkeypatch.setattr("detente.desk.app.STATIC", tmp_path / "static")
    desk = desk_over(path)
    targets = ["own.css", "link.txt", "folder/secret.txt"]
    assert [ask(desk, f"/static/{target}").status for target in targets] == [200, 404, 404]


# -- Where the store lies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, PAGE])
@pytest.mark.parametrize("target", [
    "/event/nothing", "/story/nothing", "/article/nothing", "/story/a%3A%20b", "/event/%ED%A0%80",
    "/relation/%20/NOR", "/search?q=%22", "/events?since=2019-02-31", "/map?since=2019-02-31", "/live?before=x",
    "/sql?q=FROM+nothing", "/sql.json?q=FROM+read_csv('/etc/passwd')", "/nothing",
])  # fmt: skip
def test_no_fault_says_where_the_store_lies(desk, path, target, headers):
    answer = ask(desk, target, headers=headers)
    assert answer.status in (200, 400, 404, 422)
    assert not tells_where(answer, path)


def tells_where(answer, path):
    return any(part in answer.text for part in (str(path.parent), path.parent.name, quote(path.parent.name)))


@pytest.mark.parametrize("headers", [{}, PAGE])
def test_nor_does_a_store_that_is_damaged(path, tmp_path, headers):
    broken = tmp_path / "broken"
    shutil.copytree(path, broken)
    for segment in broken.rglob("*.parquet"):
        segment.write_bytes(b"PAR1 no more")
    answer = ask(desk_over(broken), "/events", headers=headers)
    assert (answer.status, tells_where(answer, broken), str(tmp_path) in answer.text) == (503, False, False)


@pytest.mark.parametrize("headers", [{}, PAGE])
def test_nor_one_of_which_no_page_can_be_made(desk, path, monkeypatch, headers):
    def broken(_):
        raise StoreError(f"{path}/detente.db: damaged: see {path}; run detente doctor --store {path}")

    monkeypatch.setattr(Desk, "versions", broken)
    answer = ask(desk, "/events", headers=headers)
    assert answer.status == 503
    assert answer.json()["error"] == "events: damaged: see events; run detente doctor --store events"
