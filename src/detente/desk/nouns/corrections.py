"""Corrections: what users decide, with who, when and why, and all of it as gold to measure with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from msgspec import Struct

from detente.desk.answers import file
from detente.desk.desk import TheDesk, json, told, told_as
from detente.desk.page import own
from detente.errors import QuestionError
from detente.store.corrections import Correction

router = APIRouter(tags=["corrections"])

Name = Annotated[str, Form(max_length=200)]
Why = Annotated[str, Form(max_length=2_000)]
Field = Literal["type", "mode", "cameo", "standing", "start", "end"]


class Corrections(Struct, frozen=True):
    """What users decided, the latest first."""

    corrections: list[Correction]


@router.get("/corrections.json", **told(Corrections, "The corrections."))
def corrections_json(desk: TheDesk) -> Response:
    """What users decided, with who, when and why, the latest first."""
    return json(Corrections(desk.store.corrections()[::-1]))


@router.get("/corrections.jsonl", **told_as("The corrections.", jsonl="application/jsonl"))
def corrections_gold(desk: TheDesk) -> Response:
    """All decisions as JSON lines with the texts they are about: gold to measure with."""
    data = msgspec.json.Encoder().encode_lines(desk.store.corrections())
    return file(data, "application/jsonl", "corrections.jsonl")


@router.get("/corrections", include_in_schema=False)
def corrections_page(request: Request, desk: TheDesk) -> HTMLResponse:
    """The page of corrections."""
    return desk.page(request, "corrections.html", corrections=desk.store.corrections()[::-1])


@router.post("/correct/wrong", include_in_schema=False)
def wrong(request: Request, desk: TheDesk, later: BackgroundTasks, id: Name, why: Why, back: Name = "/") -> Response:
    """An event or a report tells nothing that there is."""
    return _decided(request, desk, later, back, why, lambda who: desk.store.call_wrong(id, why=why, who=who))


@router.post("/correct/set", include_in_schema=False)
def set_field(
    request: Request, desk: TheDesk, later: BackgroundTasks, id: Name, field: Annotated[Field, Form()],
    value: Name, why: Why, back: Name = "/",
) -> Response:  # fmt: skip
    """A field of an event says something else."""
    told = value.strip() or None
    return _decided(
        request, desk, later, back, why, lambda who: desk.store.set_field(id, field, told, why=why, who=who)
    )


@router.post("/correct/merge", include_in_schema=False)
def merge(
    request: Request, desk: TheDesk, later: BackgroundTasks, id: Name, others: Annotated[str, Form(max_length=2_000)],
    why: Why, back: Name = "/",
) -> Response:  # fmt: skip
    """Stories, or events, are one."""
    ids = [id, *others.replace(",", " ").split()]
    return _decided(request, desk, later, back, why, lambda who: desk.store.merge(ids, why=why, who=who))


@router.post("/correct/split", include_in_schema=False)
def split(
    request: Request, desk: TheDesk, later: BackgroundTasks, id: Name, why: Why,
    parts: Annotated[list[str] | None, Form()] = None, back: Name = "/",
) -> Response:  # fmt: skip
    """Articles are not of a story, or reports not of an event, but belong together."""
    return _decided(request, desk, later, back, why, lambda who: desk.store.split(id, parts or [], why=why, who=who))


@router.post("/correct/undo", include_in_schema=False)
def undo(request: Request, desk: TheDesk, later: BackgroundTasks, number: Annotated[int, Form(ge=0)]) -> Response:
    """Take a decision back."""
    desk.store.undo(number)
    later.add_task(desk.store.fuse)
    return RedirectResponse("/corrections", 303, background=later)


def _decided(
    request: Request, desk: TheDesk, later: BackgroundTasks, back: str, why: str, decide: Callable[[str], int]
) -> Response:
    """Decide, and go back to the page; what is decided holds when the store is put together again, which begins now."""
    if not why.strip():
        raise QuestionError("say why: whoever reads the correction later must understand it")
    decide(request.state.who)
    later.add_task(desk.store.fuse)
    return RedirectResponse(own(back), 303, background=later)
