"""Who may ask the desk, and what a browser may do with its answers.

A page of another site can make a browser send requests to this machine, and a name that such a site resolves to
127.0.0.1 makes them look like its own. So the Host is held against a list, whatever changes something must come from
the desk's own pages, and every question needs the token that the start printed (as Jupyter does), as a cookie that no
other site's request carries, or as a bearer token.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_URL = 8_192
LARGEST_BODY = 65_536
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

# No inline script or style, nothing from elsewhere, nobody's frame. data: is for the empty icon.
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "font-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with "no-referrer" our own forms would come without an origin
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Rate:
    """So many requests a second for each who asks, with a burst of some seconds saved up."""

    def __init__(self, per_second: float, burst: float = 8.0) -> None:
        self._per_second, self._most = per_second, per_second * burst
        self._left: dict[str, tuple[float, float]] = {}

    def allows(self, who: str, now: float) -> bool:
        """Whether one more is within the limit; it counts if so."""
        if len(self._left) > 10_000:  # strangers without a token could else fill the memory
            self._left.clear()
        left, last = self._left.get(who, (self._most, now))
        left = min(self._most, left + (now - last) * self._per_second)
        self._left[who] = (max(left - 1, 0.0) if left >= 1 else left, now)
        return left >= 1


class Tokens:
    """The tokens that open the desk, each with a name; only their digests are kept."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        """`tokens` are by name; an empty one opens nothing, for it is what those without a token bring."""
        self._names = {hashlib.sha256(token.encode()).digest(): name for name, token in tokens.items() if token}

    def name_of(self, token: str) -> str | None:
        """Whose token it is; all are compared, in the same time."""
        told = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        found = None
        for digest, name in self._names.items():
            if hmac.compare_digest(digest, told):
                found = name
        return found


class Guard:
    """Stands before the desk and answers whoever may not go in."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], tokens: Tokens, cookie: str, rate: Rate) -> None:
        self._app, self._tokens, self._cookie, self._rate = app, tokens, cookie, rate
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # they have no use here
        elif scope["method"] == "HEAD":  # the routes know GET alone
            await self._answer({**scope, "method": "GET"}, receive, _without_body(_sealed(send)))
        else:
            await self._answer(scope, receive, _sealed(send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope, Headers(scope=scope))
        if refusal is None and (body := await _body(receive)) is not None:
            await self._app(scope, _again(body, receive), send)
        else:
            await (refusal or _too_large())(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """What to answer instead of the page; None for whoever may go in."""
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_URL:
            return _refused(414, "the address is too long", f"it may have {LONGEST_URL} characters")
        host = _host_of(headers)
        if host is None or _name_of(host) not in self._hosts:
            return _refused(421, "this desk does not go by that name", "start it with --name to allow one")
        bearer = _bearer_of(headers)
        name = self._tokens.name_of(_cookie_of(headers, self._cookie) if bearer is None else bearer)
        # Counted by what cannot be made up: a stranger could send another token with each request.
        if not self._rate.allows(name or (scope["client"] or ("",))[0], time.monotonic()):
            return _refused(429, "too many requests", "wait a second", {"retry-after": "1"})
        if scope["path"].startswith("/static/"):
            return None
        if (admission := self._admission(scope)) is not None:
            return admission
        if name is None:
            return _unadmitted(headers)
        scope.setdefault("state", {})["who"] = name
        if scope["method"] not in SAFE and bearer is None and not _is_ours(headers, host):
            return _refused(403, "the request comes from another site", "use the desk's own pages")
        return None if _is_small(headers) else _too_large()

    def _admission(self, scope: Scope) -> Response | None:
        """Whoever brings the token in the address gets it as a cookie, and the address without it.

        So does who has the cookie already: else the token would stand in all that the page says of its own address.
        """
        if scope["method"] != "GET":
            return None
        given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        token = next((value for name, value in given if name == "token" and self._tokens.name_of(value)), None)
        if token is None:
            return None
        rest = urlencode([(name, value) for name, value in given if name != "token"])
        # A path that begins with two slashes would be another host's.
        path = "/" + scope["raw_path"].decode("latin-1").lstrip("/\\")
        response = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        is_secret = scope["scheme"] == "https"
        response.set_cookie(self._cookie, token, httponly=True, samesite="strict", path="/", secure=is_secret)
        return response


def _host_of(headers: Headers) -> str | None:
    """The one Host header; None without one or with several."""
    hosts = headers.getlist("host")
    return hosts[0].lower() if len(hosts) == 1 else None


_HOST = re.compile(r"(\[[^]]*\]|[^:]*)(:\d*)?")


def _name_of(host: str) -> str | None:
    """The host without its port: "[::1]:8000" -> "[::1]"; None for "127.0.0.1:8000@elsewhere" and the like."""
    found = _HOST.fullmatch(host)
    return found[1] if found else None


def _is_ours(headers: Headers, host: str) -> bool:
    """Whether a page of this desk sent the request, as browsers tell."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    # https, too: another program may speak it before the desk, which then does not know.
    return origin.lower() in (f"http://{host}", f"https://{host}")


def _bearer_of(headers: Headers) -> str | None:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _cookie_of(headers: Headers, name: str) -> str:
    # Cookies of all programs on this machine come along, and http.cookies gives up at the first that it finds odd.
    return cookie_parser(headers.get("cookie", "")).get(name, "")


def _is_small(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    return length.isascii() and length.isdigit() and len(length) < 20 and int(length) <= LARGEST_BODY


def _too_large() -> Response:
    return _refused(413, "the request is too large", f"it may have {LARGEST_BODY} bytes")


_DOOR = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Detente: who is there?</title>
<main><h1>This desk needs its token</h1>
<p>Open the address that <code>detente serve</code> printed: it has the token in it.</p>
<p>If you did so before and came here by a link from elsewhere, <a href="">go on to the page</a>.</p></main></html>
"""


def _unadmitted(headers: Headers) -> Response:
    """Browsers keep the cookie back when a link from elsewhere leads here, and send it when our own page does."""
    how = {"www-authenticate": "Bearer"}
    if "text/html" in headers.get("accept", ""):
        return HTMLResponse(_DOOR, 401, how)
    hint = "send the one that `detente serve` printed as a bearer token"
    return _refused(401, "this desk needs its token", hint, how)


def _refused(status: int, what: str, hint: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": what, "hint": hint}, status, headers=dict(headers or {}))


async def _body(receive: Receive) -> Sequence[Message] | None:
    """All that a request sends; None for what grows beyond the limit, whatever its headers said."""
    messages: list[Message] = []
    size = 0
    while not messages or messages[-1].get("more_body", False):
        messages.append(await receive())
        size += len(messages[-1].get("body", b""))
        if size > LARGEST_BODY:
            return None
    return messages


def _again(messages: Sequence[Message], receive: Receive) -> Receive:
    """Gives what was received before what comes."""
    waiting = iter(messages)

    async def received() -> Message:
        return next(waiting, None) or await receive()

    return received


def _without_body(send: Send) -> Send:
    """The head of an answer alone."""

    async def headed(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return headed


def _sealed(send: Send) -> Send:
    """Every answer says what a browser may do with it."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "private, no-cache")
            if "server" in headers:
                del headers["server"]
        await send(message)

    return sealed
