"""What a hyphen binds: "US-backed rebels" are not American, "a rebel-held town" is the rebels'.

"US-backed", "pro-Russian", "Russian-speaking"   nobody acts
"rebel-held", "Houthi-controlled"                who attacks it attacks them
"police-led", "military-to-military"             no role
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.mentions.line import Line
from detente.mentions.roles import Named

HYPHENS = frozenset({"-", "\u2010", "\u2011", "\u2013"})


class Hyphens:
    """Judges names and roles beside a hyphen."""

    def __init__(self, holding: Iterable[str], attitudes: Iterable[str], prefixes: Iterable[str]) -> None:
        """`holding` are the participles by which a place is somebody's ("held"), `attitudes` what stands before a
        name that is only thought of ("anti", "pro"), `prefixes` what changes a role ("ex", "then")."""
        self._holding = frozenset(holding)
        self._attitudes = tuple(attitudes)
        self._prefixes = frozenset(prefixes)

    def set_apart(self, line: Line, named: Named) -> bool:
        """Whether a hyphen binds the name to something else."""
        text, offset = line.text, line.sentence.start
        after = text[named.end - offset : named.end - offset + 12]
        if len(after) > 1 and after[0] in HYPHENS and after[1].islower():
            return re.split(r"\W", after[1:], maxsplit=1)[0] not in self._holding
        before = text[max(0, named.start - offset - 6) : named.start - offset]
        return before[-1:] in HYPHENS and before[:-1].lower().endswith(self._attitudes)

    def binds(self, line: Line, first: int, last: int) -> bool:
        """Whether a role's words are part of a compound that is no role."""
        if last + 1 < len(line.tokens) and line.tokens[last + 1].form in HYPHENS:
            bound = line.tokens[last].end == line.tokens[last + 1].start
            return bound and not (last + 2 < len(line.tokens) and line.tokens[last + 2].form.lower() in self._holding)
        if first < 2 or line.tokens[first - 1].form not in HYPHENS:
            return False
        is_prefix = line.tokens[first - 2].form.lower() in self._prefixes
        return line.tokens[first - 1].end == line.tokens[first].start and not is_prefix
