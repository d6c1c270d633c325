"""What a line shows by its shape alone: a section path, an agency's signature, a byline, a dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from detente.articles.words import Words

_PATH = re.compile(r"\s*(?:>+|»|›|→|&gt;|::|\s[/|\\]\s)\s*")
_PATH_PART = re.compile(r"[\w][\w .,&'’+/-]{1,34}\Z")
_HOME = frozenset(
    ("home", "home page", "homepage", "front page", "frontpage", "start", "inicio", "news home", "you are here")
)

_SIGNED = re.compile(r"[(\[]\s*(?:source|agency|by)?\s*:?\s*([^()\[\]]{2,60}?)\s*[)\]]\.?\Z", re.IGNORECASE)
_SOURCE = re.compile(r"(?:source|agency|agencies)\s?:\s?(.{2,40})\Z", re.IGNORECASE)
_BRACKETED = re.compile(r"\(\s*([A-Za-z][\w.&'’/ -]{1,40}?)\s*\)")
LONGEST_SIGNATURE = 120
"""Characters of a line that names an agency and nothing else."""
_PHOTO_WORDS = re.compile(
    r"\b(?:photo|photos|photograph|picture|image|foto|getty|file|via|courtesy|handout|pool)\b", re.IGNORECASE
)
_BY = re.compile(
    r"(?:by|from|text by|words by|written by|posted by|story by|author:|par|por|von|door|av|af)\b[\s:]+", re.IGNORECASE
)
LONGEST_BYLINE = 160
"""Characters."""
_NAME = re.compile(
    r"[A-ZÀ-ÞŠŽČĆĐŁŚŻ][\w.'’-]*"
    r"(?:\s(?:(?:de|del|della|da|di|van|von|der|den|al|el|bin|ben|abu|la|le|du|dos|ter)\s){0,2}"
    r"[A-ZÀ-ÞŠŽČĆĐŁŚŻ][\w.'’-]*){0,4}"
)
_PART_NAMES = re.compile(r"\s*(?:,|;|\band\b|&|\bwith\b|\by\b|\bund\b|\|)\s*")

_PART_PEOPLE = re.compile(r"\s*(?:[,;|/•]|\b(?:and|und)\b|&)\s*")

_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][\w.'’ /-]{1,40}?(?:\s?\([A-Z][\w .]{2,30}\))?(?:,\s[A-Z][\w.'’ -]{1,30}?)?)"
    r"(?:,?\s(?P<day>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Za-z]{3,9}\.?)(?:,?\s(?P<year>(?:19|20)\d\d))?))?"
    r"(?:,?\s?[(\[/](?P<agency>[\w .&'/-]{2,40})[)\]/])?"
    r"(?P<dash>\s?\.?\s?(?:—|–|--+)\s?|\s?\.?-\s|:\s)"
)

_SIGNED_START = re.compile(r"\(([\w .&'/-]{2,40})\)\s?\.?(?:—|–|-+)\s")

_ENDS = frozenset(".!?…。！？؟।։።။")
_CLOSINGS = "\"'”’)]»」"
# Three letters or digits before the point, so that "Jane Q. Doe", "Gen. Haftar" and "18. Oktober" end no sentence.
_SENTENCE_BREAK = re.compile(r"""(?:[a-z]{3}|\d{3}|[)"”’%])[.!?]["'”’)]*\s+["'“‘(]?[A-Z]""")


class Dateline(Struct, frozen=True):
    """The words before a story: "BRUSSELS, June 3 (Reuters) -"."""

    end: int
    """Where the story itself begins."""
    place: str | None
    agency: str | None = None
    day: str | None = None
    """As printed, with its year."""


@lru_cache(maxsize=1024)
def is_prose(text: str) -> bool:
    """Whether a line reads like running text and not like a title: it ends like a sentence and has some length."""
    if text.rstrip(_CLOSINGS)[-1:] in _ENDS and (text.count(" ") >= 5 or text[-1] in "。！？"):
        return True
    return _SENTENCE_BREAK.search(text) is not None


def is_title(text: str) -> bool:
    """Whether a line may be a headline: some words, not ended like a sentence, short enough."""
    return 1 <= text.count(" ") <= 30 and len(text) <= 220 and not (text.endswith(".") and not text.endswith(".."))


def section_path(text: str) -> tuple[str, ...]:
    """The path that a line of breadcrumbs shows, without "Home"; empty for other lines.

    "WORLD> Europe"          -> ("WORLD", "Europe")
    "Home » World » Africa"  -> ("World", "Africa")
    """
    # Five sections between strokes are the menu of the page, not a way down into it.
    if len(text) > 120 or text.count(" | ") > 3:
        return ()
    parts = [part.strip(" :>»›/|") for part in _PATH.split(text)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or len(parts) > 6 or not all(_PATH_PART.match(part) and part.count(" ") < 4 for part in parts):
        return ()
    return tuple(part for part in parts if part.lower() not in _HOME)


def is_home(text: str) -> bool:
    """Whether a link leads to the outlet's front page: "Home"."""
    return text.lower() in _HOME


def signed_agency(text: str, words: Words) -> str | None:
    """The agency that a line names and nothing else: "(Xinhua)", "Source: Reuters", "AFP"."""
    if len(text) > LONGEST_SIGNATURE:
        return None
    bare = text.strip(" .")
    if found := words.agency_of(bare):
        return found
    match = (_SIGNED if bare[:1] in ("(", "[") else _SOURCE).match(bare)
    return words.agency_of(match.group(1)) if match else None


def bracketed_source(text: str) -> str | None:
    """What stands alone in brackets on a line of its own: "(China Daily)", "(chinadaily.com.cn)"."""
    match = _BRACKETED.fullmatch(text) if text[0] == "(" else None
    return match.group(1) if match and match.group(1).count(" ") < 5 and not _PHOTO_WORDS.search(text) else None


def byline_names(text: str) -> tuple[str, ...]:
    """The people of a byline: "By Leila Haddad and Omar Karam (Reuters)" -> both; empty for other lines."""
    match = _BY.match(text) if len(text) <= LONGEST_BYLINE else None
    if match is None:
        return ()
    return names_in(text[match.end() :])


def names_in(text: str) -> tuple[str, ...]:
    """Names of people in a list of them: "Jane Q. Doe and Marc-André Côté with AFP"."""
    found: list[str] = []
    for part in _PART_NAMES.split(text.split("(")[0]):
        match = _NAME.match(part.strip())
        if match and match.end() == len(part.strip()) and " " in part.strip():
            found.append(part.strip())
        elif found or part[:1].islower():
            # "By submitting your address, you agree to our Terms and Privacy Notice" signs nothing.
            break
    return tuple(dict.fromkeys(found))


def people_of(names: Sequence[str], words: Words, *, shown: bool = False) -> tuple[str, ...]:
    """The people among named authors, without their offices, outlets and accounts.

    "Ana Ruiz, Chief Correspondent" -> Ana Ruiz; "Ana Ruiz | Gulf Daily News" -> Ana Ruiz
    "Ana Ruiz The Associated Press" -> Ana Ruiz; "Ruiz, Ana" stays as it is

    `shown`: the page shows the names and does not declare them: what may be no name is left out.
    """
    found = [person for name in names for person in _people_in(name, words, shown=shown)]
    if any(" " in name for name in found):
        found = [name for name in found if " " in name or not _ACCOUNT.fullmatch(name)]
    return tuple(dict.fromkeys(found))


_ACCOUNT = re.compile(r"@?[a-z][\w.-]*")
"""The name of an account: "ana-ruiz", "anaruizNews"."""


def _people_in(name: str, words: Words, *, shown: bool) -> Sequence[str]:
    parts = [_without_agency(part, words) for part in _PART_PEOPLE.split(name) if part]
    people = [part for part in parts if " " in part and _is_person(part, words)]
    if people or shown or not parts or not name.lstrip()[0].isalnum():
        return people
    return [_without_agency(name.strip(" ,|"), words)]


def _is_person(name: str, words: Words) -> bool:
    return name[0].isupper() and words.roles.isdisjoint(name.casefold().split()) and not words.agency_in(name)


def _without_agency(name: str, words: Words) -> str:
    """ "Ana Ruiz The Associated Press" -> Ana Ruiz"""
    parts = name.split()
    for size in (4, 3, 2, 1):
        if len(parts) >= size + 2 and words.agency_of(" ".join(parts[-size:])):
            return " ".join(parts[:-size])
    return name


def dateline_of(text: str, words: Words) -> Dateline | None:
    """The dateline that a paragraph begins with.

    "BRUSSELS, June 3 (Reuters) - NATO said"  -> place BRUSSELS, agency Reuters
    "CORFU, Greece: NATO and Russia agreed"   -> place CORFU, Greece
    "(Reuters) - Japan protested"             -> agency Reuters
    "Cúcuta (Colombia), 26 sep (EFE).- ..."   -> place Cúcuta (Colombia), agency EFE
    "Moscow - which denied it - said"         -> None: nothing but the dash speaks for it
    """
    if (signed := _SIGNED_START.match(text)) and (agency := words.agency_of(signed.group(1))):
        return Dateline(signed.end(), None, agency)
    match = _DATELINE.match(text[:140])
    if match is None:
        return None
    place, agency = match["place"], words.agency_of(match["agency"]) if match["agency"] else None
    before, _, inside = place.removesuffix(")").partition(" (")
    if inside and (inside_agency := words.agency_of(inside)):
        place, agency = before, inside_agency
    parts = [part.strip() for part in place.split(",")]
    # "PHNOM PENH, Aug. 19 (Reuters)": a month is no second part of a place.
    place = ", ".join(
        part for part in parts if part == parts[0] or part.split(" ")[0].rstrip(".").lower() not in words.months
    )
    first = parts[0].split(" (")[0]
    capitals = first.isupper() and len(first) >= 4
    colon = match["dash"].strip() == ":"
    if not capitals and (agency is None or colon):
        return None
    # Capitals before a colon may be who speaks: "NATO: we will not". A place has five letters, or its country.
    if colon and len(first) < 5 and len(parts) == 1:
        return None
    if first.lower() in words.months or words.agency_of(first):
        return None
    return Dateline(match.end(), place, agency, match["day"] if match["year"] else None)


def without_shared_start(titles: list[str], headline: str | None) -> list[str]:
    """Titles of related stories without the image text that stands before each of them in a dump.

    Where a page's picture of a related story has the page's own headline as its alternative text, a dump reads
    "NATO, Russia agree to resume contacts Russia expels two NATO officials". The same holds for any other words (at
    least four) that all of three or more titles begin with.
    """
    if headline:
        titles = [without_start(title, headline) for title in titles]
        titles = [title for title in titles if title]
    if len(titles) < 3:
        return titles
    split = [title.split() for title in titles]
    shared = 0
    while all(len(parts) > shared + 1 for parts in split) and len({parts[shared] for parts in split}) == 1:
        shared += 1
    return [" ".join(parts[shared:]) for parts in split] if shared >= 4 else titles


def without_start(title: str, headline: str) -> str:
    """The title without the headline at its start; empty when nothing else is in it."""
    if title[: len(headline)].casefold() == headline.casefold():
        return title[len(headline) :].lstrip(" |:-–—·•")
    return title
