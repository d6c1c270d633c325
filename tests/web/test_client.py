"""The client against servers that do what servers on the internet do."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib

import pytest
from tests.web.serving import HandClock, Server, served

from detente.web import Client, Failed, Fetched, Gone, Guard, NotModified, Pace, Refused


def client(*, allowed=("127.0.0.1",), gap=0.0, **options):
    clock = options.pop("clock", None) or HandClock()
    resolve = options.pop("resolve", None)
    guard = Guard(allowed, resolve=resolve) if resolve else Guard(allowed)
    return Client(guard=guard, pace=Pace(gap, clock=clock), clock=clock, **{"deadline": 5.0, **options})


def test_a_page_comes_with_what_its_headers_say():
    headers = {"Content-Type": 'Text/HTML; charset="UTF-8"', "ETag": '"1"', "Cache-Control": "public, max-age=600"}
    with served({"/a": (200, headers, b"news")}) as server:
        found = client().get(f"{server.url}/a")
    assert isinstance(found, Fetched)
    assert (found.content, found.type, found.charset, found.fresh_for) == (b"news", "text/html", "utf-8", 600)
    assert (found.validators.etag, found.final, found.moved_to) == ('"1"', f"{server.url}/a", None)


def test_we_say_who_we_are():
    with served({"/a": b"news"}) as server:
        client(contact="me@uni.example").get(f"{server.url}/a")
        assert server.headers[-1]["User-Agent"].startswith("Detente/")
        assert "contact: me@uni.example" in server.headers[-1]["User-Agent"]
        assert server.headers[-1]["Host"] == f"127.0.0.1:{server.port}"


def test_what_has_not_changed_does_not_come_twice():
    def page(handler):
        same = handler.headers.get("If-None-Match") == '"1"' and handler.headers.get("If-Modified-Since") == "then"
        return (304, {}, b"") if same else (200, {"ETag": '"1"', "Last-Modified": "then"}, b"news")

    with served({"/a": page}) as server:
        asking = client()
        first = asking.get(f"{server.url}/a")
        assert isinstance(asking.get(f"{server.url}/a", validators=first.validators), NotModified)
        assert isinstance(asking.get(f"{server.url}/a"), Fetched)


def test_validators_are_not_shown_to_another_url():
    with served({"/a": b"news", "/b": (200, {"ETag": '"1"'}, b"other")}) as server:
        asking = client()
        other = asking.get(f"{server.url}/b").validators
        assert isinstance(asking.get(f"{server.url}/a", validators=other), Fetched)
        assert "If-None-Match" not in server.headers[-1]


@pytest.mark.parametrize(
    "codes, moved",
    [((301,), True), ((308, 301), True), ((302,), False), ((307, 301), False), ((301, 302), "halfway")],
)
def test_permanent_redirects_are_remembered_as_far_as_they_lead(codes, moved):
    steps = {f"/{n}": (code, {"Location": f"/{n + 1}"}, b"") for n, code in enumerate(codes)}
    with served({**steps, f"/{len(codes)}": b"news"}) as server:
        found = client().get(f"{server.url}/0")
    end = f"{server.url}/{len(codes)}"
    assert (found.content, found.final) == (b"news", end)
    assert found.moved_to == {True: end, False: None, "halfway": f"{server.url}/1"}[moved]


def test_endless_redirects_end():
    with served({"/a": (302, {"Location": "/a"}, b"")}) as server:
        found = client().get(f"{server.url}/a")
        assert "redirected more than 5 times" in found.reason
        assert server.asked.count("/a") == 6


@pytest.mark.parametrize(
    "place", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "http://2130706433/"]
)
def test_a_redirect_into_the_house_is_refused(place):
    with served({"/a": (302, {"Location": place}, b"")}) as server:
        found = client().get(f"{server.url}/a")
    assert isinstance(found, Refused)
    assert f"led there by {server.url}/a" in found.reason


def test_a_name_that_leads_elsewhere_the_second_time_gains_nothing():
    with served({"/a": b"inside"}) as server:
        answers = iter([["192.0.2.1"], ["127.0.0.1"]])
        asking = client(allowed=(), resolve=lambda host, port: next(answers))
        found = asking.get(f"http://rebinding.example:{server.port}/a")
        assert isinstance(found, Refused)
        assert server.asked == []


def test_the_name_is_asked_for_at_the_address_that_was_looked_at():
    with served({"/a": b"news"}) as server:
        asking = client(resolve=lambda host, port: ["127.0.0.1"])
        assert asking.get(f"http://news.example:{server.port}/a").content == b"news"
        assert server.headers[-1]["Host"] == f"news.example:{server.port}"


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_the_certificate_is_that_of_the_name_not_of_the_address(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=news.example"]
    command += ["-addext", "subjectAltName=DNS:news.example", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Server({"/a": b"news"}) as server:
        server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
        asking = client(resolve=lambda host, port: ["127.0.0.1"], ca_certs=str(certificate))
        assert asking.get(f"https://news.example:{server.port}/a").content == b"news"
        other = asking.get(f"https://other.example:{server.port}/a")
    assert isinstance(other, Failed)
    assert "certificate is not good" in other.reason


@pytest.mark.parametrize(
    "status, kind", [(404, Failed), (500, Failed), (503, Failed), (410, Gone), (204, Failed), (304, Failed)]
)
def test_every_status_ends_in_an_outcome(status, kind):
    with served({"/a": (status, {"Content-Length": None}, b"")}) as server:
        found = client().get(f"{server.url}/a")
    assert isinstance(found, kind)
    assert f"{server.url}/a: " in found.reason


def test_a_server_that_asks_for_a_pause_gets_it():
    clock = HandClock()
    with served({"/a": (503, {"Retry-After": "100"}, b"")}) as server:
        asking = client(clock=clock)
        found = asking.get(f"{server.url}/a")
        assert (found.status, found.retry_after) == (503, 100)
        assert asking.pace.ready_in(f"127.0.0.1:{server.port}") == pytest.approx(100, abs=1)


@pytest.mark.parametrize(
    "told, seconds",
    [
        ("", 60),
        ("7", 7),
        ("Tue, 14 Nov 2023 22:14:20 GMT", 60),
        ("Tue, 14 Nov 2003 22:13:20 GMT", 0),
        ("soon", 60),
        ("9" * 30, 86400),
    ],
)
def test_the_pause_is_told_in_seconds_or_as_a_date(told, seconds):
    with served({"/a": (429, {"Retry-After": told}, b"")}) as server:
        assert client().get(f"{server.url}/a").retry_after == seconds


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler):
    for _ in range(100):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


def silence(handler):
    time.sleep(5)


@pytest.mark.parametrize("page", [drip, drip_headers, silence])
def test_a_slow_server_is_cut_off_in_time(page):
    with served({"/a": page}) as server:
        started = time.monotonic()
        found = client(deadline=0.4).get(f"{server.url}/a")
        assert isinstance(found, Failed)
        assert "in time" in found.reason or "still not done" in found.reason
        assert time.monotonic() - started < 2


def test_stopping_cuts_what_is_under_way():
    with served({"/a": silence}) as server:
        asking = client(deadline=30)
        threading.Timer(0.2, asking.stop).start()
        started = time.monotonic()
        assert "stopped" in asking.get(f"{server.url}/a").reason
        assert time.monotonic() - started < 2
        assert "stopped" in asking.get(f"{server.url}/b").reason


def test_packed_pages_are_unpacked():
    plain = b"news " * 1000
    bare = zlib.compressobj(wbits=-15)
    pages = {
        "/gzip": (200, {"Content-Encoding": "gzip"}, gzip.compress(plain)),
        "/members": (
            200,
            {"Content-Encoding": "gzip"},
            gzip.compress(plain[:2500]) + gzip.compress(plain[2500:]) + b"\0\0",
        ),
        "/deflate": (200, {"Content-Encoding": "deflate"}, zlib.compress(plain)),
        "/bare": (200, {"Content-Encoding": "deflate"}, bare.compress(plain) + bare.flush()),
    }
    with served(pages) as server:
        assert [client().get(server.url + path).content for path in pages] == [plain] * 4


@pytest.mark.parametrize(
    "headers, body, why",
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(b"news" * 1000, mtime=0)[:-20], "cut short"),
        ({"Content-Encoding": "gzip"}, b"no gzip", "damaged"),
        ({"Content-Encoding": "gzip, gzip"}, gzip.compress(b"x", mtime=0), "not asked for"),
        ({"Content-Encoding": "br"}, b"x", "not asked for"),
        ({"Content-Length": "100"}, b"too short", "connection failed"),
        ({"Transfer-Encoding": "chunked", "Content-Length": None}, b"zz\r\nno", "connection failed"),
    ],
)
def test_a_body_that_did_not_come_whole_has_failed(headers, body, why):
    with served({"/a": (200, headers, body)}) as server:
        found = client().get(f"{server.url}/a")
    assert isinstance(found, Failed)
    assert why in found.reason


def test_a_bomb_is_unpacked_no_further_than_its_limit():
    bomb = gzip.compress(bytes(100 << 20), 1)
    with served({"/a": (200, {"Content-Encoding": "gzip"}, bomb), "/b": b"x" * (3 << 20)}) as server:
        started = time.process_time()
        found = client().get(f"{server.url}/a")
        assert isinstance(found, Failed)
        assert "longer than 10 MB" in found.reason
        assert time.process_time() - started < 1
        assert "longer than" in client().get(f"{server.url}/b", limit=2 << 20).reason


def test_what_is_no_http_has_failed():
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            connection, _ = listening.accept()
            connection.recv(1000)
            connection.sendall(b"220 mail.example ESMTP\r\n")
            connection.close()

        threading.Thread(target=answer, daemon=True).start()
        found = client()._robots_txt(f"http://127.0.0.1:{listening.getsockname()[1]}/", None)
    assert isinstance(found, Failed)


def test_a_closed_port_has_failed_with_a_reason_for_people():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    found = client().get(f"http://127.0.0.1:{port}/a")
    assert "Connection refused" in found.reason
    assert "object at 0x" not in found.reason
