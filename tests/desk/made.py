"""A desk over a small store, and whoever asks it: a client with the token, or bytes that no client would send."""

import asyncio
import json
from typing import NamedTuple
from urllib.parse import unquote

import httpx
from tests.store.test_fusing import filled, stream

from detente.desk.app import desk_app
from detente.store import Store

TOKEN = "4Qm0zjv3WnKx8pY2rLd7sTbH6cGf1aEu"
HOST = "127.0.0.1:8642"
OURS = f"http://{HOST}"
PAGE = {"accept": "text/html"}
"""What a browser says it wants."""


class Answer(NamedTuple):
    """What the desk answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)

    def all(self, name):
        return [value for key, value in self.headers if key == name]

    def one(self, name):
        (value,) = self.all(name)
        return value


def desk_over(path, **given):
    """The desk over a store that is there."""
    given = {"tokens": {"me": TOKEN}, "per_second": 1e6} | given
    return desk_app(Store(path, create=False), **given)


def small_store(folder):
    """51 articles of six matters, put together."""
    return filled(folder / "events", stream(), size=1000)


def ask(app, target, *, method="GET", hosts=(HOST,), headers=(), token=TOKEN, chunks=(b"",)):
    """The answer to one request as a server hands it on: the target, the hosts and the rest are sent as they are."""
    path, _, query = target.partition("?")
    pairs = [("host", host) for host in hosts]
    pairs += [("authorization", f"Bearer {token}")] if token else []
    pairs += headers.items() if isinstance(headers, dict) else headers
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "root_path": "",
        "path": unquote(path), "raw_path": path.encode("latin-1"), "query_string": query.encode("latin-1"),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs],
        "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8642),
    }  # fmt: skip
    return asyncio.run(_asked(app, scope, chunks))


async def _asked(app, scope, chunks):
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting[-1]["more_body"] = False
    told = []

    async def receive():
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    async def send(message):
        told.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        if not told:  # else the answer says 500, and the error goes on to the log of the server
            raise
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in told[0]["headers"]]
    return Answer(told[0]["status"], headers, b"".join(message.get("body", b"") for message in told[1:]))


class _Here(httpx.BaseTransport):
    """Leads a client's requests to an app in this process."""

    def __init__(self, app):
        self._app = app

    def handle_request(self, request):
        target = request.url.raw_path.decode("ascii")
        given = [(name.lower(), value) for name, value in request.headers.multi_items()]
        hosts = [value for name, value in given if name == "host"]
        others = [pair for pair in given if pair[0] != "host"]
        answer = ask(
            self._app, target, method=request.method, hosts=hosts, headers=others, token=None, chunks=[request.read()]
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=httpx.ByteStream(answer.body))


def client_of(app, **headers):
    """A client that sends the token."""
    return httpx.Client(
        transport=_Here(app), base_url=OURS, headers={"authorization": f"Bearer {TOKEN}"} | headers
    )  # fmt: skip
