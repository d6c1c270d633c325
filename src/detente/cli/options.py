"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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
