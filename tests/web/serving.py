"""Servers on loopback, whose answers are functions, and a clock that is moved by hand."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class HandClock:
    """Waiting takes no time: it moves the clock."""

    def __init__(self, now=1_700_000_000.0):
        self.wall = now
        self.ticked = 0.0
        self.waited = []

    def now(self):
        return self.wall

    def ticks(self):
        return self.ticked

    def wait(self, seconds, stop=None):
        self.waited.append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds):
        self.wall += seconds
        self.ticked += seconds


class Server:
    """Serves `pages`: path -> (status, headers, body), bytes, or a function of the handler."""

    def __init__(self, pages=None):
        self.pages = {"/robots.txt": (404, {}, b""), **(pages or {})}
        self.asked = []
        self.headers = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append(self.path)
                server.headers.append(dict(self.headers))
                page = server.pages.get(self.path, (404, {}, b"no such page"))
                try:
                    if callable(page):
                        page = page(self)
                    if page is not None:
                        send(self, *(page if isinstance(page, tuple) else (200, {}, page)))
                except OSError:  # the client went away
                    pass

            def log_message(self, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self._server.shutdown()
        self._server.server_close()


def send(handler, status, headers, body):
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        if value is not None:
            handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def served(pages=None):
    with Server(pages) as server:
        yield server
