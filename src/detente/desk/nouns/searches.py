"""Search: full text with operators and counts, and searches that are kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from msgspec import Struct

from detente.desk.desk import TheDesk, json, told
from detente.desk.page import href
from detente.errors import QuestionError
from detente.store.reader import Reader
from detente.store.searching import Order, Results

router = APIRouter(tags=["search"])

ON_A_PAGE = 20
MOST_SAVED = 100

Words = Annotated[str, Query(max_length=1_000, description='nato "missile shield" -poland outlet:Xinhua since:2009')]
Skip = Annotated[int, Query(ge=0, le=2_000)]


class Search(Struct, frozen=True, kw_only=True):
    """What a question found."""

    q: str
    results: Results
    next: str | None


def search(store: Reader, q: str, order: Order, skip: int, path: str = "/search") -> Search:
    """What a question finds. Raises `QuestionError` for one that looks for nothing."""
    results = store.find(q, order=order, limit=ON_A_PAGE, skip=skip)
    behind = skip + ON_A_PAGE
    told = order if order != "best" else None
    return Search(
        q=q, results=results, next=href(path, q=q, order=told, skip=behind) if results.count > behind else None
    )


@router.get("/search.json", **told(Search, "The articles."))
def search_json(desk: TheDesk, q: Words, order: Order = "best", skip: Skip = 0) -> Response:
    """Articles that a question finds: words, "phrases", -without, OR, begin*, headline:, outlet:, since:, until:."""
    return json(search(desk.store, q, order, skip, "/search.json"))


@router.get("/search", include_in_schema=False)
def search_page(request: Request, desk: TheDesk, q: Words = "", order: Order = "best", skip: Skip = 0) -> HTMLResponse:
    """The page of the search."""
    found = search(desk.store, q, order, skip) if q.strip() else None
    return desk.page(request, "search.html", view=found, q=q, order=order, saved=desk.store.saved())


@router.post("/search/keep", include_in_schema=False)
def keep(
    desk: TheDesk, name: Annotated[str, Form(max_length=80)], q: Annotated[str, Form(max_length=1_000)]
) -> Response:
    """Keep a search under a name."""
    saved = desk.store.saved()
    if not name.strip() or (len(saved) >= MOST_SAVED and name.strip() not in saved):
        raise QuestionError(f"a search needs a name, and {MOST_SAVED} can be kept; drop one that is not used")
    desk.store.keep_searches(saved | {name.strip(): q})
    return RedirectResponse(href("/search", q=q), 303)


@router.post("/search/drop", include_in_schema=False)
def drop(desk: TheDesk, name: Annotated[str, Form(max_length=80)]) -> Response:
    """Forget a search."""
    desk.store.keep_searches({one: q for one, q in desk.store.saved().items() if one != name})
    return RedirectResponse("/search", 303)
