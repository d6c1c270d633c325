"""`detente watch-relation`: tells when a relation turned since the last look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from detente.cli.files import whole
from detente.cli.groups import asked
from detente.cli.options import store_option
from detente.cli.terminal import say

if TYPE_CHECKING:
    from detente.relations import Course
    from detente.relations.looks import Look, News

TURNED = 4
"""How it ends when something is new."""
EPILOG = """
\b
Examples:
  detente watch-relation NATO RUS --store events              after each detente code, or from cron
  detente watch-relation NATO RUS --store events --atom turns.atom
  detente watch-relation NATO RUS --store events --webhook https://desk.example/turned

\b
Exit codes: 0 nothing new, or the first look; 4 it turned; 1 no such scale or store, or the webhook did not
answer; 2 wrong usage.
"""


@click.command(name="watch-relation", epilog=EPILOG, short_help="Tell when a relation turned.")
@click.argument("one")
@click.argument("other", default="*")
@store_option("The store to ask; the look is kept there.")
@click.option(
    "--by", type=click.Choice(["day", "week", "month"]), default="week", show_default=True, help="How wide a bin is."
)
@click.option(
    "--scale", default="plover", show_default=True, metavar="NAME", help="plover, goldstein-icews or goldstein-gdelt."
)
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to tell it."
)
@click.option(
    "--atom", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Keep a feed of all turns."
)
@click.option("--webhook", metavar="URL", help="Send what is new there, as JSON.")
def watch_relation(
    one: str, other: str, path: Path, by: Literal["day", "week", "month"], scale: str, format: str, atom: Path | None,
    webhook: str | None,
) -> int:  # fmt: skip
    """Tell what turned between ONE and OTHER since the last look, and which news itself states a turn.

    The first look only keeps what is known. A turn that moves by less than four weeks as more comes in is the same.
    """
    with asked(path) as store:
        course = store.relation(one, other, by=by, scale=scale)
        look, news = store.look_at(course)
        _tell(course, look, news, format)
        if atom:
            from detente.writers.turnfeed import feed_of

            with whole(atom) as stream:
                stream.write(feed_of(course.title, look))
        if news and webhook and (fault := _sent(webhook, course, news)):
            say(f"{fault}; what is new is told again at the next look", style="red")
            return 1
        store.keep_look(course, look)
    return TURNED if news else 0


def _tell(course: Course, look: Look, news: News, format: str) -> None:
    from detente.writers.terminal import safe

    if format == "json":
        click.echo(_payload(course, news))
        return
    if not news:
        say(f"{course.title}: nothing new; {len(look.turns):,} turns and {len(look.stated):,} stated ones are known")
    for turn in news.turns:
        told = f"{turn.label} {turn.size:+.1f} on {turn.day}, between {turn.first} and {turn.last}"
        click.echo(f"{course.title}: {told}, confidence {turn.confidence:.2f}")
        for sentence in turn.sentences:
            click.echo(f"  {safe(sentence)}")
    for stated in news.stated:
        click.echo(
            f"{course.title}: the news tells of a {stated.label}, {stated.day or 'no date'}: {safe(stated.text)}"
        )


def _payload(course: Course, news: News) -> bytes:
    import msgspec

    told = {"one": course.one, "other": course.other, "by": course.by, "scale": course.scale, "version": course.version}
    return msgspec.json.encode({**told, "turns": news.turns, "stated": news.stated})


def _sent(webhook: str, course: Course, news: News) -> str | None:
    from detente.web.hook import post

    try:
        return post(webhook, _payload(course, news))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--webhook") from None
