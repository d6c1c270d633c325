"""Telling a program of the user's own that something happened: one POST of JSON to an address that he names."""

from __future__ import annotations

from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from detente import __version__

PATIENCE = 10.0
"""Seconds for the connection, and for the answer."""


def post(url: str, content: bytes) -> str | None:
    """Sends JSON; what went wrong, for people, or None. No redirect is followed, and what is answered is not read.

    Raises `ValueError` for what is no address of the web.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise ValueError(f"'{url}' is no address of the web; write https://host/path")
    headers = {"Content-Type": "application/json", "User-Agent": f"Detente/{__version__}"}
    timeout = urllib3.Timeout(connect=PATIENCE, read=PATIENCE)
    try:
        with urllib3.PoolManager() as pool:
            answer = pool.request(
                "POST", url, body=content, headers=headers, timeout=timeout, retries=False, redirect=False,
                preload_content=False,
            )  # fmt: skip
            answer.release_conn()
    except (HTTPError, OSError) as error:
        return f"{url}: {error}"
    return None if answer.status < 300 else f"{url}: answered {answer.status}"
