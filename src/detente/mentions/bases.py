"""The names to which a role may belong: which of those around it do, and what they are to each other.

"US-led Iraqi troops"         Iraq's
"Lebanese Hezbollah fighters" Hezbollah's
"US, NATO troops"             of both
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.mentions.hyphens import HYPHENS
from detente.mentions.line import Line
from detente.mentions.names import STATES
from detente.mentions.roles import Named, RoleEntry

_MODIFIES = frozenset({"compound", "amod", "nmod", "nmod:desc", "flat"})
_POSSESSIVES = frozenset({"'s", "\u2019s", "'", "\u2019"})


def can_be_base(line: Line, named: Named, head: int, bases: Sequence[Named]) -> bool:
    """Whether a name before the role belongs to it, rather than being a phrase of its own ("In Russia police ...")."""
    if named.sense.entry.kind in ("none", "media") and named.sense.entry.sectors[:1] != ("JRN",):
        return False
    top = line.top_of(named.first, named.last)
    relation = line.tokens[top].relation
    if relation in ("dep", "") or line.is_under(top, head):
        return True
    if relation in _MODIFIES and line.tokens[top].head > head:
        # "Bavarian Premier Horst ...": the parser may hang all that stands before a name on the name.
        return True
    if line.tokens[named.last + 1].form in _POSSESSIVES:
        return True
    # In headlines the parser often takes "US, NATO troops" for a list of three.
    return bool(bases) or (named.sense.how == "adjective" and not line.case_of(top))


def works_as_adjective(named: Named) -> bool:
    """Adjectives, and names that stand before nouns unchanged: "US", "UN", "NATO", "Taliban", but not "Russia"."""
    if any(sense.how == "adjective" for sense in named.senses):
        return True
    entry, how = named.sense
    return how == "name" and entry.kind not in STATES


def joins(line: Line, at: int, after: Named, ends: dict[int, Named], plural: bool) -> bool:
    """Whether a comma or "and" joins two names that both tell whose the role is: "Israeli and Palestinian"."""
    before = ends.get(at - 1)
    if before is None and line.tokens[at - 1].form == ",":
        before = ends.get(at - 2)
    if before is None:
        return False
    if works_as_adjective(before) and works_as_adjective(after):
        return True
    # A headline's "India, Pakistan foreign secretaries meet": names unchanged, and nothing before them.
    is_people = after.sense.entry.kind == "people"  # "Ethiopia and Tigrayan rebels"
    return plural and not is_people and before.first == 0 and before.sense.how == after.sense.how == "name"


def leads(line: Line, named: Named) -> bool:
    """ "NATO-led forces" are NATO's, "US-backed rebels" are not American."""
    return line.text[named.end - line.sentence.start + 1 :].startswith("led ")


def without_colour(line: Line, bases: Sequence[Named], entry: RoleEntry) -> list[Named]:
    """Of names that stand side by side the one that owns the role; names in a list all do.

    "US-led Iraqi troops" are Iraq's, "Rwandan Hutu rebels" are of Rwanda, "Lebanese Hezbollah fighters" of Hezbollah,
    "the Russian UN ambassador" is Russia's.
    """
    kept: list[Named] = []
    for base in bases:
        before = kept[-1] if kept else None
        if before is None or before.last + 1 < base.first - 1 or _is_listed(line, before, base):
            kept.append(base)
        elif leads(line, before) or not _colours(base, before, entry):
            kept[-1] = base
    return kept


def _is_listed(line: Line, one: Named, other: Named) -> bool:
    between = line.tokens[one.last + 1 : other.first]
    return any(token.form == "," or token.upos == "CCONJ" or token.form in ("/", *HYPHENS) for token in between)


def _colours(base: Named, owner: Named, entry: RoleEntry) -> bool:
    if base.sense.entry.kind == "people":
        return True
    return (
        owner.sense.entry.kind in STATES
        and entry.kind == "office"
        and base.sense.entry.kind in ("organization", "organ")
    )


def as_province(named: Named) -> Named:
    """ "Georgia's governor": of the province, where a name is a state's and a province's."""
    return named._replace(senses=tuple(sorted(named.senses, key=lambda sense: sense.entry.kind != "province")))


def goes_on(named: Named, starts: Mapping[int, Named]) -> bool:
    """ "the head of the Kenyan Red Cross": an adjective before the name that counts."""
    return any(sense.how == "adjective" for sense in named.senses) and named.last + 1 in starts


def listed_after(line: Line, named: Named, starts: dict[int, Named]) -> Iterator[Named]:
    """The others of "the presidents of Armenia and Azerbaijan"."""
    at: Named | None = named
    while at is not None:
        following = at.last + 1
        while following < len(line.tokens) and (
            line.tokens[following].form == "," or line.tokens[following].upos in ("CCONJ", "DET")
        ):
            following += 1
        at = starts.get(following) if following > at.last + 1 else None
        if (
            at is not None
            and at.sense.how == named.sense.how
            and line.relation(at.last)[1] == line.relation(named.last)[1]
        ):
            yield at
        else:
            at = None
