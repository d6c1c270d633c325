"""Tells whether a capital or a palace stands for its government, or is only a place.

"Moscow severed ties", "Moscow's decisions", "a dialogue with Washington"    -> the government
"in Moscow", "flew to Washington", "the Beijing Olympics", "MOSCOW (Xinhua)"  -> a place
"""

from __future__ import annotations

from detente.mentions.hyphens import Hyphens
from detente.mentions.line import Line
from detente.mentions.roles import Named

_WITH = frozenset({"with", "by", "against", "between", "toward", "towards", "on", "upon", "for", "versus", "among"})
_TO = frozenset({"to", "from", "of"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that"})


class Seats:
    """Judges seats by the sentence around them; the words that tell a place from a government come in."""

    def __init__(
        self, hyphens: Hyphens, *, of_place: frozenset[str], addressed: frozenset[str], moving: frozenset[str],
        is_place: frozenset[str],
    ) -> None:  # fmt: skip
        """Lists of words, each told in `lexicons/roles/seats.toml`.

        `of_place` are nouns that a city has ("streets"), `addressed` verbs and nouns after which "to Moscow" means its
        government ("appeal"), `moving` verbs after which "on Moscow" is the city ("march"), `is_place` adverbs and
        verbs of place ("located").
        """
        self._hyphens = hyphens
        self._of_place = of_place
        self._addressed = addressed
        self._moving = moving
        self._is_place = is_place

    def is_government(self, line: Line, named: Named) -> bool:
        """Whether the seat acts, is addressed, or has what governments have."""
        if _has_last_word(line, named):
            return True
        if self._hyphens.set_apart(line, named) or _is_dateline(line, named):
            return False
        top = line.top_of(named.first, named.last)
        if named.is_alone:
            return True
        relation, head = line.relation(top)
        if relation.startswith("nsubj"):
            return not self._has_place_predicate(line, head)
        if relation in ("obj", "iobj", "vocative"):
            return head >= 0 and line.tokens[head].lemma not in self._is_place
        if relation == "nmod:poss":
            return head >= 0 and line.tokens[head].lemma.lower() not in self._of_place
        if relation == "root":
            return _is_cleft(line, top) or _has_speech_mark(line, named)
        if relation.startswith(("obl", "nmod")):
            return self._by_preposition(line, top, relation, head)
        return False

    def _by_preposition(self, line: Line, top: int, relation: str, head: int) -> bool:
        if relation == "obl:agent":
            return True
        preposition = line.case_of(top)
        if preposition == "on" and head >= 0 and line.tokens[head].lemma.lower() in self._moving:
            return False
        if preposition in _WITH:
            return True
        if preposition not in _TO or head < 0:
            return False
        return line.tokens[head].lemma.lower() in self._addressed

    def _has_place_predicate(self, line: Line, head: int) -> bool:
        """ "Moscow is a city", "Moscow lies on a river"."""
        return head >= 0 and line.tokens[head].lemma.lower() in self._is_place


def _is_cleft(line: Line, top: int) -> bool:
    """ "it was not Moscow that severed ties"."""
    return any(line.tokens[child].relation in ("cop", "expl") for child in line.children(top))


def _has_speech_mark(line: Line, named: Named) -> bool:
    """A headline's "Moscow: sanctions are illegal"."""
    rest = line.text[named.end - line.sentence.start :].lstrip()
    return rest[:1] == ":" and named.first == 0


def _has_last_word(line: Line, named: Named) -> bool:
    """A headline's "sanctions are illegal: Kremlin", "... - Moscow"."""
    before = line.text[: named.start - line.sentence.start]
    is_last = not line.text[named.end - line.sentence.start :].strip(" .")
    return is_last and named.first > 1 and before.rstrip().endswith((":", " -", " \u2013", " \u2014", " --"))


def _is_dateline(line: Line, named: Named) -> bool:
    """ "MOSCOW (Xinhua) --", "MOSCOW, June 27", "MOSCOW -"."""
    if named.first != 0 or line.is_shouted:
        return False
    rest = line.text[named.end - line.sentence.start :].lstrip()
    surface = line.text[: named.end - line.sentence.start]
    return rest[:1] in ("(", "\u2014", "\u2013") or rest[:2] in ("--", "- ") or (surface.isupper() and rest[:1] == ",")
