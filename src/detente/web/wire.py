"""One request and its answer over one connection, which ends in time whatever the server does."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from http.client import HTTPException, responses

from msgspec import Struct
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from detente.web.guard import Target
from detente.web.unpack import Damaged, Unpacker

PIECE = 1 << 16
CONNECT = 10.0
"""Seconds for the connection; a server that is alive takes well under one."""
SILENCE = 20.0
"""Seconds without a byte after which a server is given up."""


class Broken(Exception):
    """No whole answer came; the message says what happened, for people."""


class Answer(Struct, frozen=True, kw_only=True):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    content: bytes = b""
    cut: bool = False
    """The content is longer than was asked for, and this is its beginning."""

    @property
    def said(self) -> str:
        """The status for people: "503 Service Unavailable"."""
        return f"{self.status} {responses.get(self.status, '')}".strip()


class Wire:
    """Asks servers, each time over a new connection to the address that the guard looked at.

    The host's name goes into the Host header and, for https, into the handshake and the check of the certificate.
    """

    def __init__(self, *, deadline: float = 60.0, ca_certs: str | None = None) -> None:
        """`deadline` is for the whole exchange: who sends a byte now and then is cut off like who sends none."""
        self._deadline = deadline
        self._ca_certs = ca_certs
        self._open: set[_Line] = set()
        self._stopped = False

    def stop(self) -> None:
        """Cut all exchanges off, those under way and those to come."""
        self._stopped = True
        for line in list(self._open):
            line.cut()

    def exchange(self, target: Target, headers: Mapping[str, str], *, limit: int) -> Answer:
        """Ask, and read up to `limit` bytes of unpacked content.

        Raises `Broken`.
        """
        with self._line(target) as line:
            try:
                line.connection.request(
                    "GET", target.path, headers={"Host": target.authority, **headers}, preload_content=False,
                    decode_content=False,
                )  # fmt: skip
                answer = _answer(line.connection.getresponse(), limit)
            except Damaged as error:
                raise Broken(str(error)) from None
            except (HTTPError, HTTPException, OSError, ValueError) as error:
                raise Broken(self._told(error, line)) from None
        if line.was_cut:  # which looks like the end of a body whose length nobody told
            raise Broken(self._told(TimeoutError(), line))
        return answer

    @contextlib.contextmanager
    def _line(self, target: Target) -> Iterator[_Line]:
        line = _Line(target, min(CONNECT, self._deadline), min(SILENCE, self._deadline), self._ca_certs)
        # Timeouts of sockets count from byte to byte, so a slow drip would hold a line for days.
        timer = threading.Timer(self._deadline, line.cut)
        timer.daemon = True
        timer.start()
        self._open.add(line)
        if self._stopped:
            line.cut()
        try:
            yield line
        finally:
            timer.cancel()
            self._open.discard(line)
            line.close()

    def _told(self, error: Exception, line: _Line) -> str:
        if self._stopped:
            return "stopped"
        if line.was_cut:
            return f"still not done after {self._deadline:.0f} seconds"
        return told(error)


class _Line:
    """A connection that another thread can cut."""

    def __init__(self, target: Target, connect: float, silence: float, ca_certs: str | None) -> None:
        self.was_cut = False
        self._twin: socket.socket | None = None
        made: HTTPConnection
        if target.scheme == "https":
            # Explicit, because urllib3 would else check the certificate against the address.
            made = HTTPSConnection(
                target.address, target.port, timeout=connect, cert_reqs=ssl.CERT_REQUIRED,
                server_hostname=target.host, ca_certs=ca_certs,
            )  # fmt: skip
        else:
            made = HTTPConnection(target.address, target.port, timeout=connect)
        self.connection = made
        self._silence = silence
        connect_socket = made._new_conn
        made._new_conn = lambda: self._kept(connect_socket())  # type: ignore[method-assign]

    def _kept(self, made: socket.socket) -> socket.socket:
        # A second handle on the connection: the first is not ours to touch while TLS shakes hands through it.
        self._twin = made.dup()
        if self.was_cut:
            self.cut()
        made.settimeout(self._silence)
        return made

    def cut(self) -> None:
        """End it, in whatever state it is."""
        self.was_cut = True
        if self._twin is not None:
            with contextlib.suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the handles back."""
        self.connection.close()
        if self._twin is not None:
            self._twin.close()


def _answer(response: BaseHTTPResponse, limit: int) -> Answer:
    """Raises `Broken`, `Damaged` and what sockets raise."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    if response.status not in (200, 203):
        return Answer(status=response.status, headers=headers)
    unpacker = Unpacker(headers.get("content-encoding", ""), limit + 1)
    parts: list[bytes] = []
    while piece := response.read1(PIECE, decode_content=False):
        parts.append(unpacker.feed(piece))
        if not unpacker.left:
            return Answer(status=response.status, headers=headers, content=b"".join(parts)[:limit], cut=True)
    if not unpacker.is_whole:
        raise Broken("the packed body is cut short")
    return Answer(status=response.status, headers=headers, content=b"".join(parts))


def told(error: BaseException) -> str:
    """What went wrong, in few words and without our own innards."""
    cause: BaseException = error
    while (deeper := getattr(cause, "reason", None) or cause.__cause__) and isinstance(deeper, BaseException):
        cause = deeper
    text = getattr(cause, "verify_message", None) or getattr(cause, "strerror", None) or str(cause)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {text}"
    if isinstance(cause, TimeoutError) or "timed out" in text:
        return "no answer in time"
    return f"the connection failed ({text or type(cause).__name__})"
