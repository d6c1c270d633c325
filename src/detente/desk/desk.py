"""What every page of the desk needs: the store, the versions of all that made it, and how an answer is put."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, get_args
from urllib.parse import quote, urlencode

import msgspec
from fastapi import Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from detente import __version__
from detente.desk.page import render
from detente.model import Standing, Type, id_of
from detente.relations.scale import our_lexicon
from detente.store import Store

CITED = "cited"
"""Under what an address holds the versions that made the view."""
NAME = r"^[^\x00-\x1f]{1,200}$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
PATTERNS = {NAME: "is empty, too long, or holds what cannot be seen", DAY: "is no day; write 2009-06-28"}
"""What is told of a part of an address that must look otherwise."""


@dataclass(frozen=True)
class Desk:
    """The desk over one store."""

    store: Store
    name: str
    """What is on the pages: the store's folder without the way to it."""

    def versions(self) -> dict[str, str]:
        """Of what shows a view, program and lexicon; of what is shown, who coded it, and the store's last change."""
        return {
            "program": __version__,
            "lexicon": our_lexicon().version,
            "coder": id_of(*self.store.coders()),
            "store": str(self.store.last_change()),
        }

    def page(self, request: Request, template: str, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:
        """A page out of a template."""
        versions = self.versions()
        given = [(name, value) for name, value in request.query_params.multi_items() if name != CITED]
        base, path = str(request.base_url).rstrip("/"), quote(request.scope["path"], safe="/*,:")
        context = {
            "store_name": self.name, "path": path, "query": urlencode(given), "asked": request.query_params,
            "versions": versions, "coders": self.store.coders(), "base": base,
            "types": get_args(Type), "standings": get_args(Standing),
            "cite_href": f"{base}{path}?{urlencode([*given, (CITED, _cited(versions))])}",
            "cited_changes": _changed(versions, request.query_params.get(CITED)),
        }  # fmt: skip
        return HTMLResponse(render(template, context | values), status)


def _cited(versions: Mapping[str, str]) -> str:
    """The versions in one word, for an address: "0.1.0,3f2a...,q7hd...,57"."""
    return ",".join(versions.values())


def _changed(versions: Mapping[str, str], cited: str | None) -> list[str]:
    """What became another since a view was cited; nothing of one that was not."""
    told = cited.split(",") if cited else []
    if len(told) != len(versions):
        return []
    return [name for (name, now), then in zip(versions.items(), told, strict=True) if now != then]


def desk_of(request: Request) -> Desk:
    """The desk that was asked."""
    desk: Desk = request.app.state.desk
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]
Id = Annotated[str, Path(pattern=NAME, description="The id, or the first letters of it.")]
Side = Annotated[str, Path(pattern=NAME, description="An actor, a country, a role (`RUS MIL`), several, or `*`.")]
Day = Annotated[str | None, Query(pattern=DAY, description="ISO 8601 day.")]
Text = Annotated[str | None, Query(max_length=200)]


def json(value: Any) -> Response:
    """Values as JSON."""
    return Response(msgspec.json.encode(value), media_type="application/json")


class Failure(msgspec.Struct, frozen=True):
    """Why there is no answer, and what to do."""

    error: str
    hint: str


TYPES: list[type[msgspec.Struct]] = [Failure]
"""What answers are made of, for OpenAPI."""

_FAILED = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}}
FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"description": words, **_FAILED}
    for status, words in (
        (400, "The question does not fit."), (401, "No token."), (404, "It is not in the store."),
        (414, "The address is too long."), (421, "The desk does not go by that name."),
        (422, "A parameter is wrong."), (429, "Too many requests."), (503, "The store cannot be used."),
    )
}  # fmt: skip


def told(type: type[msgspec.Struct], words: str) -> dict[str, Any]:
    """What OpenAPI says of a route that answers with JSON of this type."""
    if type not in TYPES:
        TYPES.append(type)
    schema = {"$ref": f"#/components/schemas/{type.__name__}"}
    return {
        "response_class": Response,
        "responses": {200: {"description": words, "content": {"application/json": {"schema": schema}}}, **FAILURES},
    }


def told_as(words: str, **types: str) -> dict[str, Any]:
    """What OpenAPI says of a route that answers in another format."""
    content: dict[str, Any] = {
        type: {"schema": {"type": "object" if type.endswith("+json") else "string"}} for type in types.values()
    }
    return {"response_class": Response, "responses": {200: {"description": words, "content": content}, **FAILURES}}
