"""SQL over the store: one SELECT, run by a process that is ended when it takes too long or too much."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from msgspec import Struct

from detente.desk.answers import FORMS, table_as, values_of
from detente.desk.asking import Asked, ask_apart
from detente.desk.desk import TheDesk, json, told, told_as
from detente.errors import DetenteError
from detente.store.schema import SCHEMAS

router = APIRouter(tags=["sql"])

SHOWN = 200
"""Rows on the page; files hold ten thousand."""
EXAMPLES = {
    "Who expelled whom": (
        "SELECT time_start, source_id, target_id, text FROM events\n"
        "WHERE type = 'SANCTION' AND mode = 'expel'\nORDER BY time_start DESC LIMIT 20"
    ),
    "Most told": (
        "SELECT first_date, source_id, type, target_id, outlets, text FROM events\nORDER BY outlets DESC LIMIT 20"
    ),
    "Who speaks most": (
        "SELECT speaker_id, count(*) AS reports FROM reports\n"
        "WHERE speaker_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 20"
    ),
    "Standing by type": (
        "SELECT type, standing, count(*) AS events FROM events\nGROUP BY ALL ORDER BY 3 DESC LIMIT 40"
    ),
}

Question = Annotated[str, Query(max_length=6_000, description="One SELECT over the tables of the store.")]


class Rows(Struct, frozen=True, kw_only=True):
    """The rows of an answer."""

    columns: list[str]
    rows: list[list[Any]]
    is_cut: bool
    """There are more."""
    seconds: float


def rows_of(asked: Asked, most: int) -> Rows:
    """The rows as values of JSON."""
    table = asked.table.slice(0, most)
    columns = [values_of(name, column) for name, column in zip(table.column_names, table.columns, strict=True)]
    rows = [[_plain(value) for value in row] for row in zip(*columns, strict=True)]
    is_cut = asked.is_cut or len(asked.table) > most
    return Rows(columns=list(table.column_names), rows=rows, is_cut=is_cut, seconds=asked.seconds)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else msgspec.to_builtins(value, enc_hook=str)


@router.get("/sql.json", **told(Rows, "The rows."))
def sql_json(desk: TheDesk, q: Question) -> Response:
    """The answer to one SELECT; at most ten thousand rows."""
    return json(rows_of(ask_apart(desk.store.path, q), 10_000))


@router.get("/sql.{form}", **told_as("The rows.", csv=FORMS["csv"], parquet=FORMS["parquet"]))
def sql_file(desk: TheDesk, form: Literal["csv", "parquet"], q: Question) -> Response:
    """The answer to one SELECT as a file; at most ten thousand rows."""
    return table_as(form, ask_apart(desk.store.path, q).table, "answer")


@router.get("/sql", include_in_schema=False)
def sql_page(request: Request, desk: TheDesk, q: Question = "") -> HTMLResponse:
    """The page of questions."""
    answer, fault = None, None
    if q.strip():
        try:
            answer = rows_of(ask_apart(desk.store.path, q, rows=SHOWN), SHOWN)
        except DetenteError as error:
            fault = str(error)
    tables = {name: [f.name for f in schema] for name, schema in SCHEMAS.items()}
    return desk.page(request, "sql.html", q=q, answer=answer, fault=fault, tables=tables, examples=EXAMPLES)
