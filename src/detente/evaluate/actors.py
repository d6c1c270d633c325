"""Who is who against people's answers: phrases that stand alone, and the two sides of sentences.

phrase   `codes.country` (or `cc`) and `codes.code_1`, with the day asked for; `codes.code` null is nobody
sides    `source` and `target` as CAMEO strings, with `date`

    {"id": "1", "text": "Afghan police", "codes": {"country": "AFG", "code_1": "COP"}, "date": "2009-06-28"}
    {"id": "2", "text": "Peru thanked Chile's envoy.", "source": ["PER"], "target": ["CHLGOV"], "date": "20090628"}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from detente.articles import iso_stamp
from detente.coder import Coder
from detente.errors import DetenteError
from detente.evaluate.events import Table
from detente.evaluate.figures import figure, share
from detente.model import Actor, ActorMention, Coding, Party, Record

# Sector names of other dictionaries, in PLOVER's.
_PLOVER = {"HLH": "MED", "BUD": "REL", "MOS": "REL", "CHR": "REL", "HIN": "REL", "JEW": "REL", "MUS": "REL"}
# What stands for a country where an organization is meant.
_ORGANIZATIONS = ("IGO", "UNO", "EUR", "NGO", "IMG", "MNC")
_NOBODY = "nobody"


class ActorRow(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase with its country and sector, or a sentence with the countries of its two sides."""

    id: str
    text: str
    day: str | None = None
    country: tuple[str, ...] | None = None
    """Any of these is right; "" is none, None was not asked."""
    sector: tuple[str, ...] | None = None
    nobody: bool = False
    source: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()


class Answer(msgspec.Struct, frozen=True):
    """How a phrase came out."""

    row: ActorRow
    actor: Actor | None
    country: bool | None
    sector: bool | None
    """None where the row does not ask."""


class Sides(msgspec.Struct, frozen=True):
    """How the two sides of a sentence came out."""

    row: ActorRow
    coded: bool
    """One report has both, each on its side."""
    turned: bool
    """One report has both, on whichever side."""
    known: bool
    """Both are among those whom the sentence names."""
    told: tuple[str, ...]
    """Who does what to whom, for people."""


def actor_rows(path: Path) -> tuple[tuple[ActorRow, ...], int]:
    """The rows of a set, and how many lines of it ask nothing that can be answered (they are left out).

    Raises `DetenteError` naming file and line when one cannot be read.
    """
    rows: list[ActorRow] = []
    left = 0
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = _row(msgspec.json.decode(line), f"{path.name}:{number}")
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
            raise DetenteError(f"{path}:{number}: no row of a set ({error}); needs text, and codes or sides") from None
        if row is None:
            left += 1
        else:
            rows.append(row)
    if not rows:
        raise DetenteError(f"{path}: no row that asks who is meant; see detente evaluate actors --help")
    return tuple(rows), left


def _row(raw: Mapping[str, Any], place: str) -> ActorRow | None:
    id, text, day = str(raw.get("id", place)), raw["text"], _day_of(raw)
    if not text.strip():
        return None
    if raw.get("source") is not None or raw.get("target") is not None:
        source, target = (frozenset(filter(None, map(_country, raw[side] or ()))) for side in ("source", "target"))
        return ActorRow(id=id, text=text, day=day, source=source, target=target) if source and target else None
    codes = raw["codes"]
    # Tests that their own makers mark as failing, or whose text stands elsewhere, ask nothing.
    if not isinstance(codes, dict) or str(raw.get("split", "pass")) != "pass" or re.match(r"\w+\[", text):
        return None
    if codes.get("code", "") is None:
        return ActorRow(id=id, text=text, day=day, nobody=True)
    country, sector = _choices(codes, "country", "cc"), _choices(codes, "code_1", "sector")
    return ActorRow(id=id, text=text, day=day, country=country, sector=sector) if country or sector else None


def _choices(codes: Mapping[str, Any], *names: str) -> tuple[str, ...] | None:
    value = next((codes[name] for name in names if name in codes), None)
    if isinstance(value, dict):
        value = value.get("In")
    if value is None:
        return None
    return tuple(_PLOVER.get(one, one) for one in ([value] if isinstance(value, str) else value))


def _country(code: str) -> str:
    """The country of a CAMEO string, or the organization: "PSEGZACVL" is PSE, "IGOUNOMIL" UNO; "---REB" none."""
    if code.startswith("---"):
        return ""
    return code[3:6] if code.startswith("IGO") and len(code) > 5 else code[:3]


def _day_of(raw: Mapping[str, Any]) -> str | None:
    """The day asked for; "today" and nothing are today."""
    arguments = raw.get("args") or ()
    value = raw.get("date") or (raw.get("kwargs") or {}).get("query_date") or "".join(arguments[1:2])
    if re.fullmatch(r"\d{8}", value or ""):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    if re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", value or ""):
        value = datetime.strptime(value, "%d %B %Y").date().isoformat()  # a day has no zone
    return iso_stamp(value) if value and value != "today" else None


# -- phrases


def answers_of(rows: Sequence[ActorRow], coder: Coder, on: str | None = None) -> Iterator[Answer]:
    """Each phrase asked alone; `on` is the day of those that have none, today if left out."""
    for row in rows:
        mention = coder.who(row.text, row.day or on or date.today().isoformat())
        actor = mention.actors[0] if mention and mention.actors else None
        yield Answer(row, actor, _is_country(row, actor), _is_sector(row, actor))


def _is_country(row: ActorRow, actor: Actor | None) -> bool | None:
    if row.country is None:
        return None
    country, code = (actor.country or "", actor.code) if actor is not None else ("", "")
    return any(one in code if one in _ORGANIZATIONS else one == country for one in row.country)


def _is_sector(row: ActorRow, actor: Actor | None) -> bool | None:
    if row.sector is None or row.nobody:
        return None
    sectors = actor.sectors if actor is not None else ()
    # Where sets give an organization for a country, its sector is what it does: WHO is IGO, then MED.
    told = [sector for sector in sectors if sector not in _ORGANIZATIONS] or sectors
    sector = next(iter(told), "")
    # "He" without more is of an unknown sector: so is nobody.
    return sector in row.sector or (not sector and "UNK" in row.sector)


def phrase_tables(answers: Sequence[Answer]) -> Iterator[Table]:
    """Country, sector, and those who are nobody; beside what answering always the same would give."""
    countries = [one for one in answers if one.country is not None]
    sectors = [one for one in answers if one.sector is not None]
    nobody = [one for one in answers if one.row.nobody]
    both = [one for one in answers if not one.row.nobody]
    yield Table("phrases that stand alone", (
        figure("country", share([bool(one.country) for one in countries]), len(countries)),
        figure("primary sector", share([bool(one.sector) for one in sectors]), len(sectors)),
        figure("country and sector, as far as asked", share([_is_right(one) for one in both]), len(both)),
        figure("nobody in particular, and so left alone", share([one.actor is None for one in nobody]), len(nobody)),
    ))  # fmt: skip
    yield Table("baseline: always the most frequent answer", (
        figure("country", share(_always([one.row.country for one in countries])), len(countries)),
        figure("primary sector", share(_always([one.row.sector for one in sectors])), len(sectors)),
    ))  # fmt: skip


def _is_right(answer: Answer) -> bool:
    return answer.country is not False and answer.sector is not False


def _always(asked: Sequence[tuple[str, ...] | None]) -> list[bool]:
    values = [one for choices in asked for one in choices or ()]
    most = max(set(values), key=values.count)
    return [most in (choices or ()) for choices in asked]


def wrong_answers(answers: Iterable[Answer]) -> Iterator[str]:
    """What came out otherwise, for people."""
    for one in answers:
        wanted = _NOBODY if one.row.nobody else f"{_said(one.row.country)} {_said(one.row.sector)}"
        is_right = one.actor is None if one.row.nobody else _is_right(one)
        if not is_right:
            got = f"{one.actor.id} ({one.actor.code}, {'/'.join(one.actor.sectors)})" if one.actor else _NOBODY
            yield f"{one.row.text!r}: wanted {wanted}, got {got}"


def _said(choices: tuple[str, ...] | None) -> str:
    return "*" if choices is None else "/".join(choices) or "-"


# -- sides


def sides_of(rows: Sequence[ActorRow], coder: Coder) -> Iterator[Sides]:
    """Each sentence coded as an article of its own, on its day."""
    records = (
        Record(origin=row.id, content=row.text.encode(), format="text", charset="utf-8", key=row.id, published=row.day)
        for row in rows
    )
    for row, coding in zip(rows, coder.code(records), strict=True):
        yield _sides(row, coding)


def _sides(row: ActorRow, coding: Coding) -> Sides:
    pairs = [(_countries(report.source), _countries(report.target)) for report in coding.reports]
    mentions = [mention for mention in coding.mentions if isinstance(mention, ActorMention)]
    named = {country for mention in mentions for country in _countries(mention.actors)}
    return Sides(
        row=row,
        coded=any(row.source & a and row.target & b for a, b in pairs),
        turned=any((row.source & a and row.target & b) or (row.source & b and row.target & a) for a, b in pairs),
        known=bool(row.source & named and row.target & named),
        told=tuple(f"{'+'.join(sorted(a)) or '-'} -> {'+'.join(sorted(b)) or '-'}" for a, b in pairs),
    )


def _countries(actors: Iterable[Actor | Party]) -> set[str]:
    """The countries of actors, and the organizations by their three letters."""
    return {one for actor in actors for one in (actor.country, _country(actor.code)) if one}


def side_tables(sides: Sequence[Sides]) -> Iterator[Table]:
    """Both countries right: end to end, and among those whom the sentence names."""
    n = len(sides)
    yield Table("source and target country, sentences that name both", (
        figure("in one report, each on its side", share([one.coded for one in sides]), n),
        figure("in one report, on either side", share([one.turned for one in sides]), n),
        figure("both among those whom the sentence names", share([one.known for one in sides]), n),
    ))  # fmt: skip


def wrong_sides(sides: Iterable[Sides]) -> Iterator[str]:
    """What came out otherwise, for people."""
    for one in sides:
        if not one.coded:
            wanted = f"{'+'.join(sorted(one.row.source))} -> {'+'.join(sorted(one.row.target))}"
            named = "" if one.known else " (not both named)"
            yield f"{one.row.text!r}: wanted {wanted}{named}, got {'; '.join(one.told) or 'nothing'}"
