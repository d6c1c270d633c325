"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from detente.records import FIELDS

Command = TypeVar("Command", bound=Callable[..., Any])


def lexicon_option(help: str) -> Callable[[Command], Command]:
    """`--lexicon FOLDER`, as often as wanted; the command gets the folders as `lexicons`."""
    return click.option(
        "--lexicon",
        "lexicons",
        multiple=True,
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="FOLDER",
        help=help,
    )


def store_option(help: str = "The store.", *, required: bool = True) -> Callable[[Command], Command]:
    """`--store PATH`; the command gets it as `path`."""
    return click.option(
        "--store", "path", type=click.Path(path_type=Path), required=required, metavar="PATH", help=help
    )


def is_day(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """The day of the date given with an option. Raises `click.BadParameter` for what is no date."""
    date = is_date(context, option, value)
    return date and date[:10]


def is_date(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """The date given with an option (a callback of click).

    Raises `click.BadParameter` for anything else.
    """
    if value is not None:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise click.BadParameter(f"'{value}' is no ISO 8601 date; write 2009-06-28 or 2009-06-28T10:57") from None
    return value


def is_column_map(context: click.Context, option: click.Parameter, value: str | None) -> dict[str, str]:
    """The columns of "text=body,published=date" (a callback of click).

    Raises `click.BadParameter` for anything else.
    """
    columns: dict[str, str] = {}
    for part in value.split(",") if value else ():
        field, sign, column = part.strip().partition("=")
        if not sign or not column or field not in FIELDS or field in columns:
            raise click.BadParameter(
                f"'{part}' says of no field which column holds it; write text=body,published=date with fields of "
                f"{', '.join(FIELDS)}, each once"
            )
        columns[field] = column
    return columns
