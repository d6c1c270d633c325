"""`detente why`: the words and the entries that made a report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from detente.cli.options import lexicon_option, store_option
from detente.lexicon import OURS, Lexicon
from detente.model import Article, Because, Report, Span, overlap

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

EPILOG = """
\b
Examples:
  detente why 3kq7hmbd --store events
  detente why 3kq7hmbd --store events --lexicon mine/
  detente why 3kq7hmbd --store events --route     the entries tried and refused as well

\b
Exit codes: 0 shown; 1 no such report or store; 2 wrong usage.
"""

# Which field an entry speaks for, by the folder it stands in. Actors are told apart by their words.
FIELD_OF = {
    "events": "event", "acts": "event", "contexts": "event", "ontology": "event",
    "speech": "standing", "standing": "standing", "speech/saying": "said by", "speaker": "said by",
    "times": "when", "when": "when", "places": "where", "where": "where",
}  # fmt: skip
FIELDS = ("event", "source", "target", "standing", "said by", "when", "where", "also")

# What an entry says of itself but does not decide by.
UNTOLD = ("id", "examples", "counterexamples")
SHOWN = 200


class Field(Struct, frozen=True):
    """A field of a report: what it says, the words it stands on, and why."""

    name: str
    value: str
    words: tuple[Span, ...]
    because: tuple[Because, ...]


@click.command(epilog=EPILOG, short_help="Show what made a report.")
@click.argument("report_id", metavar="REPORT-ID")
@store_option("The store that holds the report.")
@lexicon_option("A lexicon of your own that coded it; may be repeated.")
@click.option("--route", is_flag=True, help="Code the article again and show how the sentence was read and what lost.")
def why(report_id: str, path: Path, lexicons: tuple[Path, ...], route: bool) -> int:
    """Show the sentence of a report with its words marked, and for each field the lexicon entries behind it.

    REPORT-ID is the id of a report or its first letters, as the table shows them.
    """
    from detente.cli.terminal import say
    from detente.errors import StoreError
    from detente.store import Store

    try:
        with Store(path, create=False) as store:
            report, article = store.report(report_id.strip().lower())
    except StoreError as error:
        say(str(error), style="red")
        return 1
    lexicon = Lexicon(*lexicons)
    _show(report, article, lexicon)
    if route:
        _show_route(report, article, lexicon)
    return 0


def _show_route(report: Report, article: Article, lexicon: Lexicon) -> None:
    """The route of the report's sentence, coded again with the rest of its article, which tells who "he" is."""
    from detente.cli.explain import show
    from detente.cli.terminal import say
    from detente.coder import Coder

    found = Coder(lexicon).explained(article)
    routes = [sentence for sentence in found.sentences if sentence.words == report.sentence]
    if all(report.id != known.id for known in found.reports):
        say("coded again, the report does not come out as it is stored: another release or lexicon made it")
    if not routes:
        say("the sentence is not in the stored article", style="red")
        return
    click.echo()
    show(routes)


def fields_of(report: Report) -> list[Field]:
    """The fields of a report with what they stand on; what helped to read their words comes last as "also"."""
    from detente.writers.table import name_of, when_of, where_of

    time, place = report.time, report.place
    event = " ".join(part for part in (report.type, report.deed, report.mode, *report.contexts, report.cameo) if part)
    values: dict[str, tuple[str, list[Span | None]]] = {
        "event": (event, [report.trigger]),
        "source": ("; ".join(map(name_of, report.source)), [party.words for party in report.source]),
        "target": ("; ".join(map(name_of, report.target)), [party.words for party in report.target]),
        "standing": (report.standing, []),
        "said by": (_told_by(report), [party.words for party in report.speakers]),
        "when": (f"{when_of(time)} ({time.basis})" if time else "not known", [time.words] if time else []),
        "where": (f"{where_of(place)} ({place.basis})" if place else "not known", [place.words] if place else []),
        "also": ("", []),
    }
    reasons: dict[str, list[Because]] = {name: [] for name in FIELDS}
    for because in dict.fromkeys(report.because):
        for name in _fields_for(because, report):
            reasons[name].append(because)
    *fields, also = (
        Field(name, value, tuple(span for span in words if span), tuple(reasons[name]))
        for name, (value, words) in values.items()
    )
    fields += [Field(count.kind, count.amount, (count.words,), count.because) for count in report.counts]
    return [field for field in (*fields, also) if field.value or field.because]


def _told_by(report: Report) -> str:
    """The chain of those who vouch for it, from the nearest to the outermost."""
    from detente.writers.table import name_of

    return ", as told by ".join(map(name_of, report.speakers)) or "the outlet itself"


def _fields_for(because: Because, report: Report) -> Iterator[str]:
    file = because.rule.partition(":")[0].partition("#")[0]
    field = FIELD_OF.get(file) or FIELD_OF.get(file.partition("/")[0])
    if field is not None:
        yield field
        return
    spans = {
        "source": [party.words for party in report.source],
        "target": [party.words for party in report.target],
        "said by": [party.words for party in report.speakers],
    }
    seen = because.words
    found = [name for name, words in spans.items() if seen is not None and any(overlap(seen, span) for span in words)]
    yield from found or ["also"]


def _show(report: Report, article: Article, lexicon: Lexicon) -> None:
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    for line in _lines(report, article, lexicon, console):
        console.print(line, soft_wrap=not console.is_terminal)


def _lines(report: Report, article: Article, lexicon: Lexicon, console: Console) -> Iterator[Text]:
    from rich.text import Text

    from detente.writers.table import head_of, sentence_with, with_brackets

    yield head_of(article)
    yield Text(f"report {report.id}, {report.part}, score {report.score:.2f}\n", "dim")
    fields = fields_of(report)
    if console.is_terminal:
        styles = {"event": "bold yellow", "source": "cyan", "target": "magenta", "said by": "green"}
        yield sentence_with(report, [(span, styles.get(f.name, "underline")) for f in fields for span in f.words])
    else:
        yield with_brackets(report, {span for field in fields for span in field.words})
    for field in fields:
        yield Text()
        yield _field_line(field, article)
        for because in field.because:
            yield from _because_lines(because, article, lexicon)


def _field_line(field: Field, article: Article) -> Text:
    from rich.text import Text

    from detente.writers.terminal import safe

    words = ", ".join(f'"{safe(article.words(span))}"' for span in dict.fromkeys(field.words))
    line = Text(f"{field.name + ' ':9}", "bold").append(field.value or "none", "not bold")
    return line.append(f"  {words}", "not bold italic") if words else line


def _because_lines(because: Because, article: Article, lexicon: Lexicon) -> Iterator[Text]:
    from rich.text import Text

    from detente.reports.reasons import RULES
    from detente.writers.terminal import safe

    words = f' by "{safe(article.words(because.words))}"' if because.words else ""
    yield Text(f"          {safe(because.rule)}{words}")
    entry = lexicon.source_of(because.rule)
    if entry is None:
        unknown = "not in the lexicons at hand; was it coded with --lexicon?"
        yield Text(f"            {unknown if '#' in because.rule else RULES.get(because.rule, 'a rule')}", "dim")
        return
    path, raw = entry
    yield Text(f"            in {_shown(path)}", "dim")
    for key, value in raw.items():
        if key not in UNTOLD:
            yield Text(f"            {safe(key)}: {_told(value)}", "dim")


def _shown(path: Path) -> str:
    return f"lexicons/{path.relative_to(OURS)}" if path.is_relative_to(OURS) else str(path)


def _told(value: Any) -> str:
    from detente.writers.terminal import safe

    text = safe(" · ".join(map(str, value)) if isinstance(value, list) else str(value))
    return text if len(text) <= SHOWN else text[:SHOWN] + " ..."
