"""The group of commands, and how every way of ending leaves the process."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from detente import __version__
from detente.cli.actors import actors
from detente.cli.code import code
from detente.cli.compare import compare
from detente.cli.completion import completion
from detente.cli.convert import convert
from detente.cli.correct import correct
from detente.cli.doctor import doctor
from detente.cli.evaluate import evaluate
from detente.cli.events import events
from detente.cli.explain import explain
from detente.cli.export import export
from detente.cli.fuse import fuse
from detente.cli.lexicon import lexicon
from detente.cli.related import related
from detente.cli.relation import relation
from detente.cli.serve import serve
from detente.cli.sql import sql
from detente.cli.stories import stories
from detente.cli.terminal import say
from detente.cli.watch import watch
from detente.cli.watch_relation import watch_relation
from detente.cli.why import why
from detente.cli.withdraw import withdraw
from detente.errors import DetenteError

EPILOG = """
\b
Examples:
  detente code examples/ --store events      code the example pages and keep the result
  detente code page.html --format jsonl      one JSON object per report
  detente watch feeds.opml --store events    read live feeds and code what is new
  detente events --store events              what happened, each event once, the latest first
  detente stories --store events             the articles by what they are about
  detente relation NATO RUS --store events   how two sides froze and thawed
  detente sql "select type, count(*) from reports group by 1" --store events
  detente serve --store events --open        all of it in the browser
  detente why 3kq7hmbd --store events        which words and entries made a report
  detente actors who "Afghan police"         who is meant, in the codes of each tradition
  detente explain "Chad may send troops"     how a sentence is coded, and why not otherwise

\b
Exit codes:
  0  everything could be read (what holds no article or no event is named and counted)
  1  some input could not be read, nothing came in, or a check found a fault
  2  wrong usage
  3  Detente cannot work: store, lexicon or language model
  4  a relation that is watched turned
  130  stopped with Ctrl-C; 141  the reader of the output went away
"""


class ReaderGone(Exception):
    """Whoever read our output closed it."""


class Shell(click.Group):
    """The group; commands give back their exit code, and errors leave with one line and no traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe is told before click makes an error of it."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error
        return result

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and exit; the signature is click's."""
        status = 0
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            status = result if isinstance(result, int) else 0
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            say("stopped")
            status = 130
        except ReaderGone:
            # `detente ... | head` has all it wanted. Python would complain once more when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 141
        except DetenteError as error:
            say(str(error), style="red")
            status = 3
        if standalone_mode:
            sys.exit(status)
        return status


@click.group(
    cls=Shell, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="detente")
def cli() -> None:
    """Who did what to whom, when, where and on whose word: political events from news, with the words they stand on."""


COMMANDS = (
    code, watch, events, stories, relation, watch_relation, related, serve, why, explain, sql, export, convert, compare,
    fuse, correct, withdraw, actors, evaluate, lexicon, doctor, completion,
)  # fmt: skip
for command in COMMANDS:
    cli.add_command(command)
