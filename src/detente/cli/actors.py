"""`detente actors`: who is who, and how the user teaches it somebody new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click
import msgspec

from detente.cli.actors_import import import_
from detente.cli.actors_unresolved import unresolved
from detente.cli.options import is_date, lexicon_option
from detente.cli.terminal import say
from detente.mentions.names import Kind, key_of
from detente.writers.terminal import safe

if TYPE_CHECKING:
    from detente.coder import Coder
    from detente.lexicon import Entry, Lexicon
    from detente.model import ActorMention

WHO_EPILOG = """
\b
Examples:
  detente actors who "Afghan police"
  detente actors who "Angela Merkel" --on 2017-04-01     an office of that day
  detente actors who "the Kremlin" --format json

\b
Exit codes: 0 somebody is meant; 1 nobody that is known; 2 wrong usage.
"""

ADD_EPILOG = """
\b
Examples:
  detente actors add mine/ "River Militia" --kind group --country COL --sector REB --name "Milicia del Rio"
  detente actors add mine/ "Paul Ndong" --office prime-minister --country GAB --since 2020-07-16
  detente code page.html --lexicon mine/                 then code with it

\b
Exit codes: 0 added; 1 it stands there already, or the entry is wrong; 2 wrong usage.
"""
KINDS = [kind for kind in get_args(Kind) if kind != "none"]


@click.group(short_help="Who is who; teach it somebody new.")
def actors() -> None:
    """Ask who is meant by a phrase, add actors of your own, and see whom the lexicon lacks."""


@actors.command(epilog=WHO_EPILOG, short_help="Say who is meant by a phrase, in every code.")
@click.argument("phrase")
@click.option("--on", callback=is_date, metavar="DATE", help="The day asked for, ISO 8601; today if left out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write the answer.")
@lexicon_option("A lexicon of your own, read after ours; may be repeated.")
def who(phrase: str, on: str | None, form: Literal["text", "json"], lexicons: tuple[Path, ...]) -> int:
    """Say who is meant by PHRASE: the readings ranked, each with its codes, and the entries that say so."""
    from detente.api import who as ask
    from detente.lexicon import Lexicon

    lexicon = Lexicon(*lexicons)
    mention = ask(phrase, on, coder=_coder(lexicon))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(_answer(mention, lexicon)), indent=2).decode())
    for line in _lines(mention, phrase, lexicon) if form == "text" else ():
        click.echo(safe(line))
    return 0 if mention is not None else 1


def _coder(lexicon: Lexicon) -> Coder:
    from detente.coder import Coder

    return Coder(lexicon)


def _answer(mention: ActorMention | None, lexicon: Lexicon) -> dict[str, Any]:
    from detente.mentions.codes import CodeBook

    book = CodeBook(lexicon)
    actors = mention.actors if mention else ()
    return {
        "together": mention is not None and mention.kind == "group",
        "actors": [{"id": a.id, "name": a.name, **msgspec.structs.asdict(book.codes(a))} for a in actors],
        "because": mention.because if mention else (),
    }


def _lines(mention: ActorMention | None, phrase: str, lexicon: Lexicon) -> Iterator[str]:
    from detente.mentions.codes import CodeBook

    if mention is None:
        yield f"nobody who is known; add an entry with: detente actors add FOLDER '{phrase}' ..."
        return
    book = CodeBook(lexicon)
    for number, actor in enumerate(mention.actors, 1):
        codes = book.codes(actor)
        mark = "and" if mention.kind == "group" else f"{number}."
        yield f"{mark} {actor.name} ({actor.id})"
        told = {
            "PLOVER": " ".join(filter(None, (codes.country or "no country", "/".join(codes.sectors)))),
            "CAMEO": codes.cameo,
            "COW": codes.cow,
            "ICEWS": codes.icews,
            "Wikidata": codes.wikidata,
        }
        yield from (f"   {name:9}{value}" for name, value in told.items() if value)
    yield "because"
    for because in dict.fromkeys(mention.because):
        words = f"{phrase[slice(*because.words)]!r}" if because.words else ""
        yield f"   {because.rule:36} {words}".rstrip()


@actors.command(epilog=ADD_EPILOG, short_help="Add an actor or an office-holder to a lexicon of your own.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), help="What it is, unless it is a person.")
@click.option("--office", metavar="ID", help="For a person: an id of roles/offices.tsv, such as foreign-minister.")
@click.option("--country", metavar="ISO3", help="ISO 3166 alpha-3 of its country.")
@click.option("--of", "of", metavar="ID", help="For a person: the body whose office it is, such as NATO.")
@click.option("--sector", "sectors", multiple=True, metavar="CODE", help="PLOVER sector, the primary one first.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Another name; may be repeated.")
@click.option("--called", multiple=True, metavar="NOUN", help='A noun that takes it up: "militia"; may be repeated.')
@click.option("--near", multiple=True, metavar="WORD", help="A word of articles that mean this one; may be repeated.")
@click.option("--since", callback=is_date, metavar="DATE", help="First day, ISO 8601.")
@click.option("--until", callback=is_date, metavar="DATE", help="Last day, ISO 8601.")
@click.option(
    "--example", "examples", multiple=True, metavar="SENTENCE", help="It must be found here; may be repeated."
)
@click.option("--id", "id", metavar="ID", help="Its id in reports; made from the name if left out.")
@click.option("--source", default="added by hand", show_default=True, metavar="TEXT", help="Where the fact is from.")
def add(folder: Path, name: str, kind: Kind | None, office: str | None, **told: Any) -> int:
    """Add NAME to the lexicon in FOLDER, as one line of actors/actors.tsv, or of offices/offices.tsv with --office.

    The line is read with the whole lexicon before it stands; who bears the same name already is told.
    """
    from detente.errors import LexiconError
    from detente.lexicon import Lexicon
    from detente.writers.entries import tsv_lines, write_entries

    if (kind is None) == (office is None):
        raise click.UsageError("say what it is: --kind for a body or group, or --office for a person")
    try:
        lexicon = Lexicon(*([folder] if folder.is_dir() else []))
        entry, noun = _entry(lexicon, name, kind, office, told)
        for other in _namesakes(lexicon, name, told["names"]):
            say(f"the name is borne by {other} too; --near tells them apart, --since and --until do by date")
        path = folder / noun / f"{noun}.tsv"
        write_entries([entry], path)
    except LexiconError as error:
        say(str(error), style="red")
        return 1
    say(f"added to {path}; code with --lexicon {folder}")
    click.echo(safe(tsv_lines([entry])[1].replace("\t", "  ")))
    return 0


def _entry(
    lexicon: Lexicon, name: str, kind: Kind | None, office: str | None, told: dict[str, Any]
) -> tuple[Entry, str]:
    """The entry and the noun of its folder.

    Raises `LexiconError` for a country, body, office or sector that nobody knows.
    """
    from detente.errors import LexiconError
    from detente.mentions.names import ActorEntry
    from detente.mentions.offices import TermEntry
    from detente.mentions.roles import RoleEntry

    roles = lexicon.entries("roles", RoleEntry)
    entries = lexicon.entries("actors", ActorEntry)
    known = {entry.short for entry in entries}
    country, of, sectors = told["country"], told["of"], tuple(told["sectors"])
    if country and country not in known:
        raise LexiconError(f"no country '{country}'; write ISO 3166 alpha-3, such as COL")
    if of and of not in known:
        raise LexiconError(f"no body '{of}' in the lexicon; `detente actors who NAME` shows ids")
    unknown = sorted(set(sectors) - {role.sectors[0] for role in roles if role.kind == "sector"})
    if unknown:
        raise LexiconError(f"no sector {', '.join(unknown)}; PLOVER's stand in roles/sectors.tsv")
    shared: dict[str, Any] = {field: told[field] for field in ("since", "until", "source", "country")}
    shared |= {"id": told["id"] or _id(name, country, office, told["since"])}
    shared |= {field: tuple(told[field]) for field in ("names", "examples")}
    if kind is not None:
        code = (country or "") + "".join(sectors[:1])
        near, called = tuple(told["near"]), tuple(told["called"])
        return ActorEntry(
            name=name, kind=kind, sectors=sectors, code=code, near=near, called=called, **shared
        ), "actors"  # fmt: skip
    role = next((role for role in roles if role.kind == "office" and role.short == office), None)
    if role is None:
        offices = ", ".join(role.short for role in roles if role.kind == "office")
        raise LexiconError(f"no office '{office}'; known are {offices}")
    return TermEntry(person=name, of=of, office=role.short, sectors=sectors or role.sectors, **shared), "offices"


def _id(name: str, country: str | None, office: str | None, since: str | None) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", key_of(name)).strip("-")
    if office is None:
        return slug.upper()
    return "-".join(filter(None, ((country or "").lower(), office, slug, (since or "")[:4])))


def _namesakes(lexicon: Lexicon, name: str, names: tuple[str, ...]) -> list[str]:
    from detente.mentions.names import ActorEntry, bearers

    found = bearers(lexicon.entries("actors", ActorEntry))
    return sorted({entry.id for one in (name, *names) for entry in found.get(key_of(one), ())})


actors.add_command(unresolved)
actors.add_command(import_, "import")
