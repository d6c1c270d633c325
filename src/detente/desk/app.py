"""The desk put together: the pages and the API of all nouns, behind the guard."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from detente import __version__
from detente.desk.desk import PATTERNS, TYPES, Desk
from detente.desk.guard import LOOPBACK, Guard, Rate, Tokens
from detente.desk.nouns import ROUTERS
from detente.desk.nouns.actors import known
from detente.desk.page import STATIC, templates
from detente.errors import DetenteError, NotThere, QuestionError
from detente.store import Store

PER_SECOND = 50.0
"""Requests of one who asks."""


def desk_app(
    store: Store,
    *,
    tokens: Mapping[str, str],
    names: Iterable[str] = (),
    cookie: str = "detente",
    per_second: float = PER_SECOND,
) -> ASGIApp:
    """The desk over a store.

    `tokens` open it, by the names under which corrections are kept; `names` are hosts by which it goes beside the names
    of this machine.
    """
    app = FastAPI(
        title="Detente", version=__version__, docs_url=None, redoc_url=None, openapi_url=None,
        description="Who did what to whom, when, where and on whose word; and how relations freeze and thaw.",
    )  # fmt: skip
    app.state.desk = Desk(store=store, name=store.path.resolve().name)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_api_route("/openapi.json", lambda: JSONResponse(schema_of(app)), include_in_schema=False)
    app.add_api_route("/api", api_page, include_in_schema=False)
    for kind in (DetenteError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _failed)
    return Guard(_Filled(app), hosts=LOOPBACK | set(names), tokens=Tokens(tokens), cookie=cookie, rate=Rate(per_second))


def warm() -> None:
    """Reads what all pages share, for a process that does nothing else: who asks first does not wait for it."""
    import networkx  # noqa: F401

    known()
    for name in templates().list_templates():
        templates().get_template(name)
    # What stays for good is not looked through for garbage again and again, a tenth of a second each time.
    gc.collect()
    gc.freeze()


class _Filled:
    """Takes out of an address what stood in a form and nobody filled in: "since=" asks for no day."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            parts = scope["query_string"].split(b"&")
            scope = {**scope, "query_string": b"&".join(part for part in parts if part.partition(b"=")[2])}
        await self._app(scope, receive, send)


def api_page(request: Request) -> Response:
    """What the API has, as a page."""
    desk: Desk = request.app.state.desk
    return desk.page(request, "api.html", schema=schema_of(request.app))


def schema_of(app: FastAPI) -> dict[str, Any]:
    """The API as OpenAPI tells it, with the types of its answers."""
    schema: dict[str, Any] = app.openapi()
    _, types = msgspec.json.schema_components(TYPES, ref_template="#/components/schemas/{name}")
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    components.update(types)
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    schema["security"] = [{"token": []}]
    return schema


def _failed(request: Request, error: Exception) -> Response:
    """Why there is no answer, as a page or as JSON."""
    desk: Desk = request.app.state.desk
    status, words, hint = _told(error)
    what = _without_way(words, desk)
    if _is_for_people(request):
        with suppress(DetenteError):  # what ails the store may keep the page from being made, too
            return desk.page(request, "failed.html", status, what=what, hint=hint, code=status)
    return JSONResponse({"error": what, "hint": hint}, status)


def _is_for_people(request: Request) -> bool:
    """Whether to answer with a page. Not where nobody needs a token: it names the store and when it changed last."""
    is_page = "text/html" in request.headers.get("accept", "") and not request.scope["path"].endswith(".json")
    return is_page and hasattr(request.state, "who")


def _told(error: Exception) -> tuple[int, str, str]:
    match error:
        case QuestionError():
            return 400, str(error), "change the question"
        case NotThere():
            return 404, str(error), "look for it with the search; ids change when the store is coded anew"
        case DetenteError():
            return 503, str(error), "`detente doctor --store` says what is wrong with a store"
        case RequestValidationError():
            wrong = error.errors()[0]
            name = ".".join(str(part) for part in wrong["loc"][1:])
            words = PATTERNS.get(wrong.get("ctx", {}).get("pattern")) or wrong["msg"]
            return 422, f"{name}: {words}", "change that part of the address"
        case HTTPException():
            return error.status_code, str(error.detail), "the pages stand at the top"
        case _:
            return 500, "the desk failed", "what it fell over stands in the terminal where `detente serve` runs"


def _without_way(words: str, desk: Desk) -> str:
    """Where the store lies on this machine is nobody's business who asks from elsewhere: its name alone is told.

    "/home/ann/press/events/2019-05/a.parquet: cannot be read" -> "events: cannot be read"
    """
    for path in (desk.store.path, desk.store.path.resolve()):
        if len(path.parts) > 1:
            words = words.removeprefix(f"{path}: ")
            words = re.sub(rf"{re.escape(str(path))}([/\\][^:\s]*)?", lambda _: desk.name, words)
    return words
