"""Finds roles in a line: head noun, the words before it, and the place or body that it belongs to.

"Afghan police"                   -> COP, country from the adjective
"Chile's defense ministry"        -> GOV, country from the possessor
"protesters in Cairo"             -> CVL, country from the place
"US, NATO troops"                 -> MIL, twice
"US-backed Syrian rebels"         -> of Syria, not of the US
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.mentions.bases import as_province, can_be_base, goes_on, joins, leads, listed_after, without_colour
from detente.mentions.hyphens import HYPHENS, Hyphens
from detente.mentions.line import Line
from detente.mentions.names import STATES, Hit, Word, key_of
from detente.mentions.roles import Named, Role, RoleEntry, RoleName, role_index
from detente.mentions.sectors import Sectors

_PREMODIFIERS = frozenset({"ADJ", "NUM", "NOUN", "PROPN", "ADV", "X", "SYM"})
_POSSESSIVES = frozenset({"'s", "\u2019s", "'", "\u2019"})
_FARTHEST_LEFT = 10
_FARTHEST_RIGHT = 6


class Roles:
    """The role nouns and modifiers of a lexicon."""

    def __init__(
        self, entries: Sequence[RoleEntry], sectors: Sectors, hyphens: Hyphens, place_nouns: Iterable[str]
    ) -> None:
        """`place_nouns` are kinds of places: "the city of Nablus", "Kandahar province"."""
        self._index = role_index(entries)
        self._sectors = sectors
        self._hyphens = hyphens
        self._place_nouns = frozenset(place_nouns)
        self._modifiers = {
            name.rstrip("-"): entry for entry in entries if entry.kind == "modifier" for name in entry.names
        }

    def knows(self, text: str) -> bool:
        """Whether the words are a role's as well as a name."""
        return text in self._index

    def find(self, line: Line, names: Sequence[Named]) -> list[Role]:
        """All roles of a line, from left to right."""
        ends = {named.last: named for named in names}
        starts = {named.first: named for named in names}
        roles: list[Role] = []
        for words, hit in self._hits(line, names):
            name = hit.found[0]
            first = line.token_at(words[hit.first].start)
            last = line.token_at(words[hit.last].start)
            head = line.token_at(words[min(hit.first + name.head, hit.last)].start)
            if (
                not _is_noun(line, first, head)
                or _is_inside(first, last, names)
                or self._hyphens.binds(line, first, last)
            ):
                continue
            roles.append(self._whole(line, name, first, last, head, ends, starts))
        return _with_bodies(line, roles)

    def _hits(self, line: Line, names: Sequence[Named]) -> Iterator[tuple[Sequence[Word], Hit[RoleName]]]:
        """Role names between the names of several words: "River Militia | fighters", not "River | Militia fighters"."""
        begin = 0
        ends = [named for named in names if named.sense.how == "name" and named.last > named.first]
        for start, end in (*((named.start, named.end) for named in ends), (line.sentence.end, line.sentence.end)):
            words = [word for word in line.words if begin <= word.start < start]
            for hit in self._index.find(words, line.text, line.sentence.start):
                yield words, hit
            begin = end

    def _whole(
        self, line: Line, name: RoleName, first: int, last: int, head: int,
        ends: dict[int, Named], starts: dict[int, Named],
    ) -> Role:  # fmt: skip
        """The role with its modifiers and bases."""
        start, bases, changes, owner = self._before(line, first, head, ends, name.plural)
        if not bases and owner is None:
            after = self._after(line, last, head, starts, name.entry)
            bases = [after, *(listed_after(line, after, starts) if name.plural else ())] if after else []
        bases = [as_province(base) for base in bases] if name.entry.local else bases
        bases = without_colour(line, bases, name.entry)
        return Role(name.entry, name.plural, start, first, last, head, tuple(bases), tuple(changes), owner)

    def _before(
        self, line: Line, first: int, head: int, ends: dict[int, Named], plural: bool
    ) -> tuple[int, list[Named], list[RoleEntry], str | None]:
        """Walks left over adjectives, numbers, nouns and possessors; gives where the phrase begins and what it saw."""
        bases: list[Named] = []
        changes: list[RoleEntry] = []
        owner: str | None = None
        at = start = first
        for _ in range(_FARTHEST_LEFT):
            at -= 1
            if at < 0:
                break
            named = ends.get(at)
            if named is not None and can_be_base(line, named, head, bases):
                if not self._hyphens.set_apart(line, named) or leads(line, named):
                    bases.insert(0, named)
                prefix = self._modifiers.get(_prefix(line, named))
                if prefix is not None:
                    changes.insert(0, prefix)
                at = start = named.first
                continue
            token = line.tokens[at]
            if token.upos == "CCONJ" or token.form == ",":
                if bases and start == bases[0].first and joins(line, at, bases[0], ends, plural):
                    continue
                break
            change = self._modifiers.get(token.form.lower())
            is_prefix = change is not None and line.tokens[at + 1].form in HYPHENS  # "ex-Liberian president"
            if not (is_prefix or _is_premodifier(line, at, head)) or (token.xpos == "NNS" and self.knows(token.form)):
                # Nouns before nouns are singular: in "rebels free hostages" there are two phrases.
                break
            if token.form in _POSSESSIVES and at - 1 not in ends:
                # "Putin's spokesman": the owner is somebody else, with a mention of his own.
                return start, bases, changes, key_of(line.tokens[at - 1].form)
            if token.upos == "PROPN" and owner is None:
                owner = key_of(token.form)
            if change is not None and change.sectors:  # "then", "acting" change nothing
                changes.insert(0, change)
            if token.form not in HYPHENS and token.form not in _POSSESSIVES:
                start = at
        return start, bases, changes, None if bases else owner

    def _after(self, line: Line, last: int, head: int, starts: dict[int, Named], entry: RoleEntry) -> Named | None:
        """The name behind "of", "in" or "from": "members of the IMF", "protesters in Cairo"."""
        at = last + 1
        if at >= len(line.tokens) or line.tokens[at].upos != "ADP":
            return None
        preposition = line.tokens[at].form.lower()
        if preposition not in ("of", "in", "from", "at", "inside", "for"):
            return None
        for index in range(at + 1, min(at + _FARTHEST_RIGHT, len(line.tokens))):
            named = starts.get(index)
            if named is not None and self._fits_after(line, preposition, named, head, entry):
                return named
            if named is not None and not goes_on(named, starts):
                return None
            if line.tokens[index].upos not in ("DET", "ADJ", "PROPN", "NOUN", "NUM"):
                return None
        return None

    def _fits_after(self, line: Line, preposition: str, named: Named, head: int, entry: RoleEntry) -> bool:
        actor, how = named.sense
        top = line.tokens[line.top_of(named.first, named.last)]
        if actor.kind in ("none", "media"):
            return False
        if top.relation in ("compound", "amod", "nmod:desc") and 0 <= top.head < len(line.tokens):
            # "the governor of Kandahar province", "the mayor of the West Bank city of Nablus"
            is_place = line.tokens[top.head].lemma.lower() in self._place_nouns and actor.kind in STATES
            if is_place or top.relation == "compound":
                return is_place and preposition in ("of", "in", "at", "inside")
        if preposition == "from":
            # "withdraw troops from Iraq": what leaves a country is not of it; a refugee is, however it is parsed
            is_exile = entry.sectors[:1] in (("OPP",), ("REF",)) and actor.kind in STATES
            return is_exile or (entry.sectors[:1] != ("MIL",) and line.is_under(named.first, head))
        if preposition == "of":
            return how != "adjective" or actor.kind not in STATES
        if preposition == "for":
            return how == "name" and actor.kind not in STATES and line.is_under(named.first, head)
        if how not in ("name", "seat", "city") or actor.kind not in STATES:
            return False
        # Officials and a ministry in a place are its own; envoys and ministers there may be guests.
        if entry.sectors[:1] == ("GOV",):
            return entry.kind == "agent" and not entry.abroad
        return entry.home or not self._sectors.is_first(entry.sectors, "away")


def _prefix(line: Line, named: Named) -> str:
    """What a hyphen binds before a name inside one token: "ex" of "ex-Liberian"."""
    begin = line.tokens[named.first].start
    return line.text[begin - line.sentence.start : named.start - line.sentence.start].rstrip("-").lower()


def _with_bodies(line: Line, roles: Sequence[Role]) -> list[Role]:
    """Joins roles that say little with the body beside them: "intelligence agency officer", "member of parliament"."""
    kept: list[Role] = []
    for index, role in enumerate(roles):
        owner = _owning(line, role, kept)
        if owner is not None:
            kept.append(role._replace(bases=owner.bases, owner=None))
            continue
        after = roles[index + 1] if index + 1 < len(roles) else None
        if not role.entry.weak:
            # "ministers from the Georgian government" are of its country
            is_of_body = after is not None and not role.bases and _belongs_to(line, role, after)
            kept.append(role._replace(bases=after.bases) if after is not None and is_of_body else role)
            continue
        before = kept[-1] if kept else None
        if before is not None and before.last == role.noun - 1 and not before.entry.weak:
            kept[-1] = role._replace(
                first=before.first,
                bases=before.bases or role.bases,
                body=before.body or before.entry,
                owner=before.owner,
            )
            continue
        if after is not None and _belongs_to(line, role, after):
            kept.append(role._replace(bases=role.bases or after.bases, body=after.body or after.entry))
            continue
        kept.append(role)
    return kept


def _owning(line: Line, role: Role, before: Sequence[Role]) -> Role | None:
    """ "the Spanish government's envoy": the role that has this one, told whose it is."""
    mark = role.first - 1
    if role.bases or role.owner is None or mark < 1 or line.tokens[mark].form not in _POSSESSIVES:
        return None
    return next((one for one in before if one.last == mark - 1 and one.bases), None)


def _belongs_to(line: Line, role: Role, body: Role) -> bool:
    """ "a spokesman for the foreign ministry": of or for, and nothing but an article between."""
    preposition = role.last + 1
    if preposition >= len(line.tokens) or line.tokens[preposition].form.lower() not in ("of", "for", "from", "at"):
        return False
    return body.entry.kind == "agent" and body.first - preposition <= 2 + (body.first > body.noun)


def _is_noun(line: Line, first: int, head: int) -> bool:
    """Whether the word is used as a noun that can act; `first` is where the role's own words begin."""
    token = line.tokens[head]
    if token.upos in ("NOUN", "PROPN") or (token.upos == "ADJ" and first < head):  # "Senate hopeful"
        return True
    if token.upos not in ("ADJ", "VERB") or token.relation in ("amod", "compound", "advmod", "xcomp"):
        return False
    if head > 0 and line.tokens[head - 1].form in _POSSESSIVES:
        return True  # "Burkina Faso's displaced"
    # "the displaced": an adjective or participle only where it has an article or an owner, as nouns have
    return any(line.tokens[child].relation in ("det", "nmod:poss") for child in line.children(head))


def modifies_noun(line: Line, role: Role) -> bool:
    """Whether the role's noun only tells of another noun: "police station", "student visa"."""
    token = line.tokens[role.head]
    return token.relation in ("compound", "amod", "nmod:desc") and token.head > role.last


def is_worth_before_noun(line: Line, role: Role, sectors: Sectors) -> bool:
    """Whether a role before another noun is still somebody: "army offensive", but no "student visa"."""
    is_holding = role.last + 1 < len(line.tokens) and line.tokens[role.last + 1].form in HYPHENS  # "opposition-held"
    return is_holding or bool(role.bases) or sectors.is_first(role.sectors, "force")


def _is_inside(first: int, last: int, names: Sequence[Named]) -> bool:
    """Whether a name covers the role's words: "foreign ministry" in a ministry's own name."""
    return any(n.first <= first and last <= n.last and n.sense.how == "name" for n in names)


def _is_premodifier(line: Line, at: int, head: int) -> bool:
    token = line.tokens[at]
    if token.form in HYPHENS or token.form in _POSSESSIVES:
        return True
    if token.upos == "VERB":
        return token.relation == "amod" and line.is_under(at, head)
    return token.upos in _PREMODIFIERS and (token.relation in ("dep", "") or line.is_under(at, head))
