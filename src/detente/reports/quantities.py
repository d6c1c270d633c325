"""How many: the numbers of a sentence as intervals, each with what it counts.

"at least 12 people"             12 or more, people
"between 10 and 15 rebels"       10 to 15, rebels
"dozens of Kenyan soldiers"      24 to 99, soldiers
"killing 12"                     12, nothing named
"12 hours", "12-year-old", "12 %", "$12", "Article 5", "Ali, 12,"    no quantity of anybody

Which words make which interval stands in `lexicons/numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from detente.lexicon import Lexicon
from detente.model import Because, Span
from detente.numerals import Effect, NumberWord, number_at
from detente.reports.scene import Scene

# More people than ever lived at a time are a slip of the pen or of ours.
MOST = 10**10
MOST_BOUNDS = 3
# What "nearly" and "about" leave open is a tenth of the number; see lexicons/numbers/bounds.toml.
TENTH = 10
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.\d{1,6})?")
_PARTS = re.compile(r"[^\W_]+|-")
_DASHES = frozenset(["-", "–", "‐", "‑"])
_CORES = ("vague", "single", "nobody")
_ARTICLES = frozenset(["a", "an"])
_ANY: frozenset[str] = frozenset()
_MONEY = ("$", "€", "£", "¥")
_BEFORE_NOUN = frozenset(["nummod", "amod", "det", "compound", "advmod", "dep"])
_PREPOSITIONS = frozenset(["over", "under", "about", "around", "above", "below"])


class Quantity(Struct, frozen=True, kw_only=True):
    """A number of a sentence."""

    low: int
    high: int | None
    """None: open."""
    exact: bool
    first: int
    """The first token, words like "at least" included."""
    last: int
    """The token behind the last."""
    node: int
    """The token that stands for what is counted in the tree: "people", or the number where nothing is named."""
    noun: str | None
    """The lemma of what is counted."""
    kind: str
    """The kind of the number word: "single" for an article, "nobody", else "number" or "vague"."""
    because: tuple[Because, ...] = ()

    def span(self, scene: Scene) -> Span:
        """Its words."""
        return scene.tokens[self.first].start, scene.tokens[self.last - 1].end


class _Word(Struct, frozen=True):
    """A token with what it may be, for `number_at`."""

    values: Mapping[str, Any]


class _Core(Struct):
    """The number itself, without what bounds it."""

    low: int
    high: int | None
    first: int
    last: int
    kind: str = "number"
    exact: bool = True
    entry: NumberWord | None = None


_Phrases = dict[str, list[tuple[tuple[str, ...], NumberWord]]]
_NO_WORD = _Word({})
_SIGNS = {**dict.fromkeys(_DASHES, _Word({"=-": "-"})), "and": _Word({"=and": "and"}), "a": _Word({"article": 1}),
          "an": _Word({"article": 1})}  # fmt: skip


class Quantities:
    """Reads quantities; the words are indexed when first needed."""

    def __init__(self, lexicon: Lexicon) -> None:
        """`of` raises `LexiconError` for an entry that cannot be read."""
        self._lexicon = lexicon

    @cached_property
    def _entries(self) -> tuple[NumberWord, ...]:
        return self._lexicon.entries("numbers", NumberWord)

    @cached_property
    def _words(self) -> dict[str, _Word]:
        found = dict(_SIGNS)
        for entry in self._entries:
            if entry.kind in ("number", "tens", "multiplier"):
                found.update({word: _Word({entry.kind: entry.value}) for word in entry.words})
        return found

    @cached_property
    def _phrases(self) -> dict[str, _Phrases]:
        """By kind and first word; the longest stand first."""
        found: dict[str, _Phrases] = {kind: {} for kind in ("bound", "behind", *_CORES, "no number")}
        for entry in self._entries:
            for text in entry.words if entry.kind in found else ():
                first, *rest = _PARTS.findall(text)
                options = found["behind" if entry.behind else entry.kind].setdefault(first, [])
                options.append((tuple(rest), entry))
                options.sort(key=lambda option: -len(option[0]))
        return found

    @cached_property
    def _openings(self) -> dict[str, frozenset[str]]:
        """Words that a quantity may begin with, each with the words that must follow; none: whatever follows."""
        found: dict[str, frozenset[str]] = {}
        for kind in ("vague", "nobody", "no number", "bound"):
            for first, options in self._phrases[kind].items():
                seconds = frozenset(rest[0] if rest else "" for rest, _ in options)
                found[first] = found.get(first, frozenset()) | seconds
        numerals = frozenset(self._words) - set(_SIGNS)
        found |= dict.fromkeys(_ARTICLES, found["a"] | numerals)
        return {first: _ANY if "" in seconds else seconds for first, seconds in found.items()} | dict.fromkeys(
            (*numerals, "between", "another"), _ANY
        )

    def of(self, scene: Scene) -> list[Quantity]:
        """The quantities of a sentence, in its order."""
        forms = [token.form.lower() for token in scene.tokens]
        openings, known = self._openings, self._words
        opens = self._opens
        starts = [
            i for i, form in enumerate(forms) if (form in openings and opens(i, forms, scene)) or form[:1].isdigit()
        ]
        if not starts:
            return []
        words = [known.get(form) or _figure(form) for form in forms]
        return _Reader(scene, forms, words, self._phrases).read(starts)

    def _opens(self, i: int, forms: Sequence[str], scene: Scene) -> bool:
        """Most words that a number may begin with begin none, which the next word shows: "the", "in", "as", "a"."""
        seconds = self._openings[forms[i]]
        if not seconds or (i + 1 < len(forms) and forms[i + 1] in seconds):
            return True
        return forms[i] in _ARTICLES and scene.tokens[i].head in scene.covered


def _figure(form: str) -> _Word:
    if not form[:1].isdigit() or not _FIGURE.fullmatch(form):
        return _NO_WORD
    plain = form.replace(",", "")
    return _Word({"number": float(plain) if "." in plain else int(plain)})


class _Reader:
    """Reads one sentence."""

    def __init__(
        self, scene: Scene, forms: Sequence[str], words: Sequence[_Word], phrases: Mapping[str, _Phrases]
    ) -> None:
        self.scene = scene
        self.tokens = scene.tokens
        self.forms = forms
        self.words = words
        self.phrases = phrases

    @cached_property
    def timed(self) -> set[int]:
        """Tokens that tell a time."""
        return {i for _, mention in self.scene.times for i in self.scene.tokens_in(mention.words)}

    def read(self, starts: Sequence[int]) -> list[Quantity]:
        """The quantities that begin at these tokens; what one has read is not read again."""
        found: list[Quantity] = []
        passed = 0
        for start in starts:
            if start >= passed:
                passed, quantity = self._quantity(start)
                if quantity is not None:
                    found.append(quantity)
        return found

    def _quantity(self, first: int) -> tuple[int, Quantity | None]:
        """The quantity that begins at a token; and the token to go on with."""
        passed, no_number = self._phrase("no number", first)
        if no_number is not None:
            return passed, None
        bounds: list[tuple[NumberWord, int, int]] = []
        at = first
        while len(bounds) < MOST_BOUNDS:
            end, entry = self._phrase("bound", at)
            if entry is None:
                break
            bounds.append((entry, at, end))
            at = end
        core = self._core(at)
        if core is None and bounds:
            at, bounds = first, []
            core = self._core(at)
        if core is None or not self._is_free(core):
            return (core.last if core else first + 1), None
        last, entry = self._phrase("behind", core.last)
        if entry is not None:
            bounds.append((entry, core.last, last))
        return max(core.last, last), self._bounded(core, bounds)

    def _phrase(self, kind: str, at: int) -> tuple[int, NumberWord | None]:
        """The longest phrase of a kind at a token, and where it ends."""
        if at < len(self.forms):
            for rest, entry in self.phrases[kind].get(self.forms[at], ()):
                end = at + 1 + len(rest)
                if tuple(self.forms[at + 1 : end]) == rest:
                    return end, entry
        return at, None

    # -- the number itself

    def _core(self, at: int) -> _Core | None:
        if at >= len(self.forms):
            return None
        return self._between(at) or self._vague(at) or self._number(at) or self._none_or_one(at)

    def _between(self, at: int) -> _Core | None:
        if self.forms[at] != "between":
            return None
        low, middle = number_at(self.words, at + 1, joins=False)
        if low is None or middle >= len(self.forms) or self.forms[middle] != "and":
            return None
        return self._range(at, low, middle, number_at(self.words, middle + 1))

    def _vague(self, at: int) -> _Core | None:
        end, entry = self._phrase("vague", at)
        if entry is None or entry.low is None or self._is_verb(at, end):
            return None
        core = _Core(entry.low, entry.high, at, end, kind="vague", exact=False, entry=entry)
        times = self.words[end].values.get("multiplier") if end < len(self.words) else None
        if isinstance(times, int):  # "several hundred", "a few dozen"
            core.low, core.last = core.low * times, end + 1
            core.high = None if core.high is None else (core.high + 1) * times - 1
        return core

    def _is_verb(self, at: int, end: int) -> bool:
        """ "Chile scores a victory", but "left scores dead" is often read as a verb."""
        after = self.tokens[end] if end < len(self.tokens) else None
        return self.tokens[at].upos == "VERB" and (after is None or (after.form != "of" and after.upos != "ADJ"))

    def _number(self, at: int) -> _Core | None:
        low, end = number_at(self.words, at)
        if low is None:
            return None
        if end + 1 < len(self.forms) and self._joins_range(at, end):
            core = self._range(at, low, end, number_at(self.words, end + 1))
            if core is not None:
                return core
        exact = "dozen" not in self.forms[at:end]
        return _Core(low, low, at, end, exact=exact)

    def _joins_range(self, first: int, at: int) -> bool:
        """ "10-15", "10 to 15", "two or three"; "rose from 12 to 40" tells of a change."""
        form = self.forms[at]
        if form in _DASHES:
            return self._is_glued(at, at - 1) and self._is_glued(at + 1, at)
        return form == "or" or (form == "to" and (not first or self.forms[first - 1] != "from"))

    def _range(self, first: int, low: int, middle: int, upper: tuple[int | None, int]) -> _Core | None:
        high, end = upper
        if high is None:
            return None
        times = self.words[end - 1].values.get("multiplier", 1)
        if "multiplier" not in self.words[middle - 1].values and low * times < high:
            low *= times  # "two to three million"
        return _Core(low, high, first, end, exact=False) if low < high else None

    def _none_or_one(self, at: int) -> _Core | None:
        end, entry = self._phrase("nobody", at)
        if entry is not None:
            return _Core(0, 0, at, end, kind="nobody", entry=entry)
        end, entry = self._phrase("single", at)
        if entry is not None and self._is_person(at):
            return _Core(1, 1, at, end, kind="single", entry=entry)
        return None

    def _is_person(self, at: int) -> bool:
        """An article before a single person whom we know as an actor: "a policeman", "another Palestinian"."""
        token = self.tokens[at]
        head = token.head
        if self.forms[at] == "another" and token.relation in ("obj", "nsubj:pass", "conj"):
            return True  # "killed a policeman and wounded another"
        return (
            token.relation.startswith("det")
            and head > at
            and self.tokens[head].xpos in ("NN", "JJ", "NNP")
            and head in self.scene.covered
        )

    # -- what is no number of people

    def _is_free(self, core: _Core) -> bool:
        """Neither part of a time, of a sum of money, of a name ("F-16"), nor of a word with a hyphen ("12-hour")."""
        first, last = core.first, core.last
        if core.low > MOST or not self.timed.isdisjoint(range(first, last)):
            return False
        before = self.forms[first - 1] if first else ""
        if before.endswith(_MONEY) or (before in _DASHES and self._is_glued(first, first - 1)):
            return False
        if last < len(self.forms) and self.forms[last] in ("%", "per", "percent"):
            return False
        return not self._has_hyphen_behind(last) or self._is_strong(last)

    def _has_hyphen_behind(self, last: int) -> bool:
        return last < len(self.forms) and self.forms[last] in _DASHES and self._is_glued(last, last - 1)

    def _is_strong(self, last: int) -> bool:
        return last + 1 < len(self.forms) and self.forms[last + 1] == "strong"

    def _is_glued(self, i: int, before: int) -> bool:
        return before >= 0 and i < len(self.tokens) and self.tokens[before].end == self.tokens[i].start

    # -- out

    def _bounded(self, core: _Core, bounds: Sequence[tuple[NumberWord, int, int]]) -> Quantity | None:
        node, noun = self._counted(core)
        if node is None:
            return None
        kept = [bound for bound in bounds if not self._is_preposition(bound, core)]
        low, high, exact = core.low, core.high, core.exact
        because = [Because(core.entry.id, self._span(core.first, core.last))] if core.entry else []
        effect = next((entry.effect for entry, _, _ in kept if entry.effect not in (None, "none")), None)
        if effect is not None:
            (low, high), exact = bounded(effect, low, high), False
            because += [Because(entry.id, self._span(*at)) for entry, *at in kept if entry.effect == effect]
        return Quantity(
            low=low, high=high, exact=exact, node=node, noun=noun, kind=core.kind, because=tuple(because),
            first=min([core.first, *(at for _, at, _ in kept)]), last=max([core.last, *(end for _, _, end in kept)]),
        )  # fmt: skip

    def _span(self, first: int, last: int) -> Span:
        return self.tokens[first].start, self.tokens[last - 1].end

    def _is_preposition(self, bound: tuple[NumberWord, int, int], core: _Core) -> bool:
        """ "protested over two killings": the word leads to the noun, not to its number."""
        _, at, end = bound
        token = self.tokens[at]
        lone = end == at + 1 and self.forms[at] in _PREPOSITIONS
        return lone and token.relation == "case" and token.head >= core.last

    def _counted(self, core: _Core) -> tuple[int | None, str | None]:
        """The token that stands for what is counted, and its lemma; no token where a noun before it has the number."""
        top = self.scene.top(range(core.first, core.last))
        token = self.tokens[top]
        if self._has_hyphen_behind(core.last):  # "a 3,000-strong crowd"
            return self.tokens[core.last + 1].head, None
        nominal = token.head >= 0 and self.tokens[token.head].upos not in ("VERB", "AUX")
        if token.relation.partition(":")[0] in _BEFORE_NOUN and nominal:
            if token.head < core.first:
                return None, None  # "Article 5", "Hassan, 12,"
            return token.head, self.tokens[token.head].lemma
        if core.last < len(self.tokens) and self.tokens[core.last].xpos in ("NNS", "NNPS"):
            return core.last, self.tokens[core.last].lemma  # "close to 10,000 Finns", whatever the tree hangs it on
        return top, self._lemma_of_them(core)

    def _lemma_of_them(self, core: _Core) -> str | None:
        """ "dozens of Kenyan soldiers", "one of three attackers"."""
        own = range(core.first, core.last)
        if "of" not in (self.forms[core.last - 1], *self.forms[core.last : core.last + 1]):
            return None
        end = min(len(self.tokens), core.last + 12)
        return next((self.tokens[i].lemma for i in range(core.last, end) if self._hangs_on(i, own)), None)

    def _hangs_on(self, i: int, own: Collection[int]) -> bool:
        return self.tokens[i].head in own and self.tokens[i].relation.startswith("nmod")


def bounded(effect: Effect, low: int, high: int | None) -> tuple[int, int | None]:
    """What a word beside a number makes of its interval.

    "at least 12" -> 12 or more; "nearly 3,000" -> 2,700 to 2,999; "up to 40" -> 1 to 40: somebody there is
    """
    top = high if high is not None else low
    match effect:
        case "from":
            return low, None
        case "above":
            return low + 1 if low == high else low, None
        case "to":
            return min(1, low), top
        case "below":
            return min(1, max(0, low - 1)), max(0, top - 1)
        case "nearly":
            return min(low - low // TENTH, max(0, top - 1)), max(0, top - 1)
        case "about":
            return low - low // TENTH, high and high + high // TENTH
        case "just over":
            return low + 1, max(low + 1, top + top // TENTH)
        case "none":
            return low, high
