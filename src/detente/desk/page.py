"""Pages out of templates: all that is put into one is escaped, and links lead to http and https alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jinja2
import msgspec
from markupsafe import Markup

from detente.model import Actor, Party
from detente.writers.table import counts_of, when_of, where_of

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def templates() -> jinja2.Environment:
    """The templates with what they may use; a name that is not there is an error and no empty place."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "day": day_words, "number": "{:,}".format, "signed": signed, "safe_url": safe_url, "data": data,
        "when": when_of,
        "where": where_of, "counts": counts_of, "path": path_part,
    }  # fmt: skip
    env.globals |= {"static": static, "href": href, "relation_href": relation_href}
    return env


def render(name: str, values: Mapping[str, Any]) -> str:
    """The page of a template."""
    return templates().get_template(name).render(values)


def day_words(day: str | date | None) -> str:
    """ "2009-06-28" -> "28 June 2009"; what is less precise stays as it is, and nothing is "no date"."""
    if day is None or day == "":
        return "no date"
    try:
        told = day if isinstance(day, date) else date.fromisoformat(day[:10])
    except ValueError:
        return str(day)
    return f"{told.day} {told:%B %Y}"


def signed(value: float | None) -> str:
    """ "+4.0", "-2.5"; nothing where there is no score."""
    return "" if value is None else f"{value:+.1f}"


def safe_url(url: str | None) -> str | None:
    """The address if it leads to the web; `javascript:` and files of this machine lead nowhere."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def data(value: Any) -> Markup:
    """Values for a script of ours, as JSON within `<script type="application/json">`: no `<` is left in it."""
    text = msgspec.json.encode(value).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def own(address: str) -> str:
    """The address as one of ours, whatever host it names: "https://elsewhere/a?b" and "//elsewhere/a?b" -> "/a?b"."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    return "/" + parts.path.lstrip("/\\") + (f"?{parts.query}" if parts.query else "")


def path_part(text: str) -> str:
    """A name as one part of a path: "RUS MIL" -> "RUS%20MIL"."""
    return quote(text, safe="")


def static(path: str) -> str:
    """The address of a file of ours, with its digest: a browser keeps it until it is another."""
    return f"/static/{path}?v={_digest(path)}"


@cache
def _digest(path: str) -> str:
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]


def href(path: str, **given: object) -> str:
    """An address with what is asked; what is None or empty is left out."""
    asked = {name: value for name, value in given.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(asked)}" if asked else path


def relation_href(one: Actor | Party | str, other: Actor | Party | str, **given: object) -> str:
    """The page of two sides."""
    sides = (side if isinstance(side, str) else side.id for side in (one, other))
    return href("/relation/" + "/".join(map(path_part, sides)), **given)
