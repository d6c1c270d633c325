"""`detente explain`: the route from a sentence to its reports, clause by clause."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import is_date, lexicon_option

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text
    from rich.tree import Tree

    from detente.model import Actor, Party, Report, Span, TimeMention
    from detente.reports.route import ClauseRoute, Frame, SentenceRoute, Tried

EPILOG = """
\b
Examples:
  detente explain "Portugal expelled two Angolan diplomats"
  detente explain "The school expelled two students" --lexicon mine/
  echo "Oslo and Lima will hold talks next week" | detente explain - --published 2009-06-28
  detente explain "Chad may send troops" --format json

\b
Exit codes: 0 explained; 1 the text is not English, or there is none; 2 wrong usage;
3 the lexicon or the language model cannot be used.
"""

# Refusals that are shown for a clause; the verb "call" has fifty patterns, and the nearest misses stand first.
SHOWN = 6


@click.command(epilog=EPILOG, short_help="Show how a sentence is coded, and why not otherwise.")
@click.argument("text")
@click.option(
    "--published", callback=is_date, metavar="DATE", help='The date against which "yesterday" is read, ISO 8601.'
)
@lexicon_option("A lexicon of your own, read after ours; may be repeated.")
@click.option(
    "--format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@click.option("--all", "everything", is_flag=True, help=f"Show all refused patterns, not the nearest {SHOWN}.")
def explain(text: str, published: str | None, lexicons: tuple[Path, ...], format: str, everything: bool) -> int:
    """Show the route from TEXT, a few sentences, to its reports; - reads it from standard input.

    For each clause: how it was read, which entries were tried, which one won and why the others did not; then where
    the parties, the standing and the speaker are from, or why the clause tells no event.
    """
    from detente.api import explain as explanation
    from detente.cli.terminal import say
    from detente.coder import Coder
    from detente.errors import InputError
    from detente.lexicon import Lexicon

    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        found = explanation(text, published=published, coder=Coder(Lexicon(*lexicons)))
    except InputError as error:
        say(str(error), style="red")
        return 1
    if format == "json":
        import msgspec

        click.echo(msgspec.json.encode(found))
        return 0
    show(found.sentences, everything=everything)
    return 0


def show(routes: Sequence[SentenceRoute], *, everything: bool = False) -> None:
    """Draws the route of each sentence on standard output."""
    click.echo(
        drawn(routes, everything=everything, on_terminal=sys.stdout.isatty()).encode("utf-8", "replace"), nl=False
    )


def drawn(routes: Sequence[SentenceRoute], *, everything: bool = False, on_terminal: bool = False) -> str:
    """The route of each sentence as trees, in colour for a terminal (or where FORCE_COLOR asks for it)."""
    from rich.console import Console

    console = Console(
        file=io.StringIO(), force_terminal=on_terminal or None, highlight=False, markup=False, emoji=False
    )
    with console.capture() as page:
        for route in routes:
            for part in _sentence(route, None if everything else SHOWN):
                console.print(part)
        if not routes:
            console.print("no sentence was found in it")
    return "\n".join(line.rstrip(" ") for line in page.get().split("\n"))


def _sentence(route: SentenceRoute, limit: int | None) -> Iterator[RenderableType]:
    """A sentence with a tree for each of its clauses."""
    yield _text(route.text, "bold")
    yield from _found(route)
    for clause in route.clauses:
        yield _tree(clause, limit)
    if not route.clauses:
        yield "no clause: neither a verb nor a noun of event was found in it"
    yield ""


def _found(route: SentenceRoute) -> Iterator[Text]:
    """Who, when and where was found in a sentence."""
    who: dict[str, list[str]] = {}
    for mention in route.actors:
        for actor in mention.actors[:1]:
            who.setdefault(_name(actor), []).append(f'"{_words(mention.words, route)}"')
    named = "; ".join(f"{name}: {', '.join(words)}" for name, words in who.items())
    yield _text(f"who    {named or 'nobody who acts is named'}", "dim")
    when = [f'"{_words(time.words, route)}": {_days(time)}' for time in route.times]
    if when:
        yield _text(f"when   {'; '.join(when)}", "dim")
    if route.places:
        yield _text(f"where  {', '.join(place.name for place in route.places)}", "dim")


def _words(span: Span, route: SentenceRoute) -> str:
    first = route.words[0]
    return route.text[max(0, span[0] - first) : max(0, span[1] - first)]


def _days(time: TimeMention) -> str:
    if time.start is None and time.end is None:
        return "no days known"
    return time.start if time.start is not None and time.start == time.end else f"{time.start} to {time.end}"


def _tree(clause: ClauseRoute, limit: int | None) -> Tree:
    from rich.tree import Tree

    tree = Tree(_head(clause), guide_style="dim")
    if clause.report is None and not clause.tried:
        tree.add(_text(f"no event: {clause.outcome}", "yellow"))
        return tree
    for argument in clause.frame.arguments:
        who = ", ".join(map(_name, argument.parties))
        tree.add(_text(f"{argument.place}: {argument.text}").append_text(_text(f" = {who}" if who else "", "cyan")))
    _add_entries(tree, clause.tried, limit)
    if clause.report is None:
        tree.add(_text(f"no event: {clause.outcome}", "yellow"))
    else:
        _add_report(tree, clause, clause.report)
    return tree


def _head(clause: ClauseRoute) -> Text:
    frame = clause.frame
    head = _text(f"{clause.number + 1} ", "dim").append_text(_text(frame.text, "bold yellow"))
    return head.append_text(_text(f"  {_read_as(frame)}", "dim"))


def _read_as(frame: Frame) -> str:
    """ "verb expel, past, passive, under 2 (ccomp)": how a clause was read."""
    under = f"under {frame.parent + 1} ({frame.link})" if frame.parent is not None else ""
    about = f"about {frame.complement + 1}" if frame.complement is not None else ""
    return ", ".join(part for part in (f"{frame.kind} {frame.lemma}", *frame.features, under, about) if part)


# -- the entries that were tried


def _add_entries(tree: Tree, tried: Sequence[Tried], limit: int | None) -> None:
    for one in tried:
        if one.fits:
            state, style = ("lost", "yellow") if one.why else ("won", "bold green")
            weight = f", specific {one.weight:.1f}" if one.weight is not None else ""
            node = tree.add(_text(f"{state:8} {one.entry}", style).append(f"  {one.type}{weight}", "not bold dim"))
            node.add(_text(one.pattern, "dim"))
            if one.why:
                node.add(_text(one.why))
    # Patterns of one entry that fail alike stand together.
    refused = [
        list(alike) for _, alike in groupby((one for one in tried if not one.fits), lambda one: (one.entry, one.why))
    ]
    for alike in refused[:limit]:
        node = tree.add(_text(f"refused  {alike[0].entry}: {alike[0].why}"))
        for one in alike:
            node.add(_text(one.pattern, "dim"))
    if limit is not None and len(refused) > limit:
        tree.add(_text(f"refused  {len(refused) - limit} more (--all shows them)", "dim"))


# -- what came out


def _add_report(tree: Tree, clause: ClauseRoute, report: Report) -> None:
    from detente.reports.reasons import RULES
    from detente.writers.table import when_of, where_of

    node = tree.add(
        _text(f"told     {_event(report)}", "bold green").append(f"  score {report.score:.2f}", "not bold dim")
    )
    for side in clause.sides:
        entries = [f"{why.rule}{f': {RULES[why.rule]}' if why.rule in RULES else ''}" for why in side.because]
        node.add(_answer(side.role, _name(side.party) if side.party else "none", [side.why, *entries]))
    contexts = [why.rule for why in report.because if why.rule.startswith("contexts/")]
    if contexts:
        node.add(_answer("contexts", ", ".join(report.contexts), contexts))
    node.add(_answer("standing", report.standing, [level.why for level in clause.standing]))
    speaker = ", as told by ".join(map(_name, report.speakers)) or "the outlet itself"
    node.add(_answer("said by", speaker, [clause.speaker] if clause.speaker else []))
    for count in report.counts:
        node.add(_answer(count.kind, count.amount, [why.rule for why in count.because]))
    node.add(_answer("when", when_of(report.time) or "not known", _rules_of(report, "when")))
    node.add(_answer("where", where_of(report.place) or "not known", _rules_of(report, "where")))


def _event(report: Report) -> str:
    return " ".join(part for part in (report.type, report.deed, report.mode, *report.contexts, report.cameo) if part)


def _rules_of(report: Report, stage: str) -> list[str]:
    """What decided a field, for fields that named rules of the code decide."""
    from detente.reports.reasons import RULES

    return [RULES.get(why.rule, why.rule) for why in report.because if why.rule.startswith(f"{stage}:")]


def _answer(name: str, value: str, reasons: Sequence[str]) -> Tree:
    from rich.tree import Tree

    node = Tree(_text(f"{name}: ").append_text(_text(value, "bold")))
    for reason in reasons:
        node.add(_text(reason, "dim"))
    return node


def _name(party: Party | Actor) -> str:
    return party.name if party.name == party.id else f"{party.name} ({party.id})"


def _text(words: str, style: str = "") -> Text:
    """Words of a page or of a lexicon; nothing in them can steer the terminal."""
    from rich.text import Text

    from detente.writers.terminal import safe

    return Text(safe(words), style)
