"""The pattern language of `lexicons/events/*.toml`: what an event looks like in a clause.

    <source> expel|deport|throw out <target> [@envoys]     who does what to whom; the object's head is an envoy
    <source> accuse <target> of *                          with a preposition
    <source> urge <target> to *                            with an infinitive
    <source> hold [@talks] with <both>                     a light verb; the noun carries the event
    <source> be critical|wary of <target>?                 an adjective; `?` means "may be left out"

Words are lemmas. A particle belongs to its own verb ("throw out|kick out"), a preposition to all of the alternatives
before it ("accuse|blame for"). "on", "over", "in" ... can be either: a pattern with them fits both parses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from detente.errors import LexiconError
from detente.lexicon import Entry, unfold
from detente.model import Standing, Type

Role = Literal["source", "target", "both", "place", "any"]

PARTICLES = frozenset(
    ["out", "up", "down", "off", "away", "back", "home", "aside", "apart", "forth", "together", "forward", "ahead"]
)
"""Words that go with their own verb ("throw out") when no preposition follows."""
PREPOSITIONS = frozenset(
    [
        "about",
        "above",
        "across",
        "after",
        "against",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "below",
        "beside",
        "between",
        "beyond",
        "by",
        "despite",
        "during",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "on",
        "onto",
        "outside",
        "over",
        "past",
        "per",
        "regarding",
        "round",
        "since",
        "through",
        "throughout",
        "till",
        "to",
        "toward",
        "towards",
        "under",
        "until",
        "upon",
        "via",
        "with",
        "within",
        "without",
        "because",
        "amid",
        "amidst",
        "along",
        "alongside",
        "concerning",
    ]
)

COMPLEX = frozenset(["front", "behalf", "favor", "favour", "regard", "response", "face", "light", "support", "view"])
"""Nouns inside a preposition of several words: "in front of", "on behalf of"."""
_SMALL = PARTICLES | PREPOSITIONS


class EventRule(Entry, frozen=True, kw_only=True):
    """An entry of `lexicons/events`: the words that tell of an event, and what the event is."""

    type: Type
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    patterns: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    """Nouns that mean the same, with the same slots ("expulsion", "war game")."""
    standing: Standing | None = None
    reciprocal: bool = False
    """Mutual by nature: whoever meets is met."""
    inner: Literal["absorb", "code", "ignore"] = "absorb"
    """What becomes of the events in its complement."""
    priority: int = 0
    needs: tuple[Literal["source", "target"], ...] = ()
    jointly: str | None = None
    """The entry that tells it when several do it together and against nobody."""


class Slot(Struct, frozen=True, kw_only=True):
    """An argument of a pattern."""

    role: Role = "any"
    heads: frozenset[str] = frozenset()
    """Lemmas of which the argument's head must be one; none: any head will do."""
    barred: frozenset[str] = frozenset()
    """Lemmas of which it must not be one."""
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether the text must have it: whatever has a role or names its heads, unless followed by `?`."""
        return not self.optional and (self.role in ("source", "target", "both") or bool(self.heads))

    @property
    def weight(self) -> float:
        """How much it narrows the pattern."""
        # Of two lists the shorter says more: "expel [diplomat]" before "expel [diplomat | student | ...]".
        heads = 2 + 0.2 / len(self.heads) if self.heads else 0
        return heads + bool(self.barred) + (self.required and not self.heads)


class Argument(Struct, frozen=True, kw_only=True):
    """A slot with the words that lead to it."""

    keys: frozenset[str]
    """Particles and preposition, joined: "" (the object), "off", "on", "out of"."""
    slot: Slot
    bound: bool = False
    """The preposition belongs to the predicate: "call for *" is not "call"."""

    @property
    def required(self) -> bool:
        """Whether the text must have it."""
        return self.slot.required or (self.bound and not self.slot.optional)


class Complement(Struct, frozen=True, kw_only=True):
    """A clause below the predicate."""

    kind: Literal["to", "that", "ing"]
    slot: Slot
    """`heads` are the lemmas of its predicate, `role` is that of its subject."""


class Pattern(Struct, frozen=True, kw_only=True):
    """One reading of one pattern: a predicate with its arguments."""

    rule: EventRule
    text: str
    predicate: str
    """Its first word: "pull" of "pull out of"."""
    copula: bool = False
    """It is an adjective or noun with "be"."""
    particle: str = ""
    """Needed beside the predicate although no argument follows it ("break out")."""
    subject: Slot | None = None
    arguments: tuple[Argument, ...] = ()
    complement: Complement | None = None
    weight: float = 0
    """How specific it is: the more it asks, the more it is believed."""

    @property
    def names_object(self) -> bool:
        """Whether its object is a noun in brackets: "resume [@talks]"."""
        return any(
            "" in argument.keys and argument.slot.heads and argument.slot.role == "any" for argument in self.arguments
        )


# `[...]` may hold spaces, all else ends at one.
_PIECES = re.compile(r"\[[^\[\]]*\]\??|<[^<>\s]*>\??|[^\s\[\]<>]+")
# "order <target> out|to leave": a particle or an infinitive at the end are two patterns.
_OUT_OR_TO = re.compile(r" ([a-z|]+)\|to ([a-z|-]+)$")


def patterns_of(rule: EventRule, sets: Mapping[str, Sequence[str]]) -> Iterator[Pattern]:
    """All readings of all patterns of a rule.

    Raises `LexiconError` naming rule and pattern, and what to write instead.
    """
    for text in rule.patterns:
        try:
            found = [pattern for variant in _variants(text) for pattern in _Reader(rule, text, variant, sets).read()]
        except LexiconError as error:
            raise LexiconError(f"{rule.id}: pattern '{text}': {error}") from None
        yield from found


def _variants(text: str) -> tuple[str, ...]:
    ending = _OUT_OR_TO.search(text)
    if ending is None:
        return (text,)
    start = text[: ending.start()]
    return (f"{start} {ending[1]}", f"{start} to [{ending[2].replace('|', ' | ')}]")


class _Phrase(Struct):
    """One alternative of a predicate: "take", "pull out of", "seize control of", "be ready"."""

    predicate: str
    copula: bool
    arguments: list[tuple[frozenset[str], Slot]]
    """What the phrase itself names: "control" in "seize control of"."""
    lead: frozenset[str]
    """What leads to the first slot after it: "", "out of", "of"."""

    @property
    def bare(self) -> bool:
        """A single word."""
        return not self.arguments and self.lead == {""}


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, rule: EventRule, text: str, variant: str, sets: Mapping[str, Sequence[str]]) -> None:
        self.rule, self.text, self.sets = rule, text, sets
        self.pieces: list[str] = _PIECES.findall(variant)
        self.at = 0
        self.arguments: list[tuple[frozenset[str], Slot]] = []
        self.complement: Complement | None = None
        self.trailing = ""
        """A particle after the object: "send <target> home" is "send home <target>"."""
        if _PIECES.sub("", variant).strip():
            raise LexiconError("a bracket is open; write [a | b] and <source>")

    def read(self) -> Iterator[Pattern]:
        """The readings of the pattern."""
        if not self.pieces:
            raise LexiconError("it is empty; write '<source> expel <target>'")
        subject = self._slot() if self._at_slot() else None
        phrases = self._predicate()
        direct = self._slot() if self._at_slot() else self._gerund()
        while self.at < len(self.pieces):
            self._argument()
        for phrase in phrases:
            yield self._pattern(subject, phrase, direct)

    def _pattern(self, subject: Slot | None, phrase: _Phrase, direct: Slot | None) -> Pattern:
        pairs = list(phrase.arguments)
        lead = frozenset(f"{self.trailing} {key}".strip() for key in phrase.lead)
        particle = ""
        if direct is not None:
            anything = direct.role == "any" and not direct.heads
            # "call|ask for *": "call" alone takes the preposition, too.
            pairs.append((lead - {""} if anything and len(lead) > 1 else lead, direct))
        elif lead != {""}:
            particle = min(lead)
        arguments = [
            Argument(keys=keys, slot=slot, bound=slot is direct and "" not in keys)
            for keys, slot in (*pairs, *self.arguments)
        ]
        weight = sum(
            argument.slot.weight + ("" not in argument.keys and argument.slot.required) for argument in arguments
        )
        if self.complement is not None:
            weight += 1 + self.complement.slot.weight
        if subject is not None:
            weight += subject.weight - (subject.required and not subject.heads)
        return Pattern(
            rule=self.rule, text=self.text, predicate=phrase.predicate, copula=phrase.copula, particle=particle,
            subject=subject, arguments=tuple(arguments), complement=self.complement, weight=weight + 2 * bool(particle),
        )  # fmt: skip

    # -- the predicate

    def _predicate(self) -> list[_Phrase]:
        """The alternatives before the first slot or complement."""
        words: list[str] = []
        while self.at < len(self.pieces) and not self._at_slot() and not self._at_complement(bool(words)):
            words.append(self._take())
        if words == ["be"] and self._at_slot():
            return self._nominal()
        texts = " ".join(words).split("|")
        if not words or not all(text.strip() for text in texts):
            raise LexiconError("it has no predicate; write a verb's lemma after the subject")
        return self._shared([phrase for words in self._grouped(texts) for phrase in self._phrases(words)])

    def _grouped(self, texts: Sequence[str]) -> list[list[str]]:
        """Each alternative as its words; "with|to" is no alternative verb but one more preposition for the last."""
        groups: list[list[str]] = []
        for text in texts:
            words = text.split()
            if groups and groups[-1][-1].split("|")[0] in _SMALL and all(word in _SMALL for word in words):
                groups[-1][-1] += f"|{words[0]}"
                groups[-1].extend(words[1:])
            else:
                groups.append(words)
        if groups[0][0] == "be" and sum(words[0] == "be" for words in groups) == 1:
            groups[1:] = [["be", *words] for words in groups[1:]]
        return groups

    def _phrases(self, words: Sequence[str]) -> Iterator[_Phrase]:
        """One alternative; a set stands for all of its members."""
        if words[0].startswith("@"):
            for member in unfold(words[:1], self.sets):
                yield from self._phrases([*member.split(), *words[1:]])
            return
        if any(word != word.lower() for word in words):
            raise LexiconError(f"'{' '.join(words)}' must be lemmas in lower case")
        copula = words[0] == "be" and len(words) > 1
        predicate, rest = (words[1], words[2:]) if copula else (words[0], words[1:])
        if copula and predicate in PREPOSITIONS and rest:  # "be on strike"
            predicate, rest = f"{predicate} {rest[0]}", rest[1:]
        arguments, lead = self._named(rest)
        yield _Phrase(predicate, copula, arguments, lead)

    def _named(self, words: Sequence[str]) -> tuple[list[tuple[frozenset[str], Slot]], frozenset[str]]:
        """The nouns that words name ("fire" in "open fire on"), and what leads on from them."""
        found: list[tuple[frozenset[str], Slot]] = []
        lead: list[str] = []
        noun: list[str] = []
        for index, word in enumerate(words):
            small = all(part in _SMALL for part in word.split("|"))
            following = words[index + 1] if index + 1 < len(words) else ""
            if small or (
                lead and word in COMPLEX and following and all(part in _SMALL for part in following.split("|"))
            ):
                if noun:
                    found.append((_joined(lead), Slot(heads=frozenset({" ".join(noun)}))))
                    lead, noun = [], []
                lead.append(word)
            else:
                noun.append(word)
        if noun:
            found.append((_joined(lead), Slot(heads=self._heads(noun))))
            lead = []
        return found, _joined(lead)

    def _heads(self, noun: Sequence[str]) -> frozenset[str]:
        *before, last = noun
        return frozenset(" ".join((*before, head)) for head in unfold(last.split("|"), self.sets))

    def _shared(self, phrases: list[_Phrase]) -> list[_Phrase]:
        """ "accuse|blame for": single words may take the preposition that the last alternative ends in."""
        lead = phrases[-1].lead
        shared = frozenset(key.split()[-1] for key in lead if key and key not in PARTICLES) | lead
        if lead == {""} or lead <= PARTICLES:
            return phrases
        return [
            _Phrase(phrase.predicate, phrase.copula, [], shared | {""}) if phrase.bare else phrase for phrase in phrases
        ]

    def _nominal(self) -> list[_Phrase]:
        """`be [ally | partner] of <target>`: each noun is a predicate."""
        slot = self._slot()
        if not slot.heads or slot.role != "any":
            raise LexiconError("after 'be' stands an adjective or [nouns]")
        lead = frozenset({""})
        if self.at < len(self.pieces) and not self._at_slot() and not self._at_complement(True):
            lead = self._words()
        return [_Phrase(head, True, [], lead) for head in sorted(slot.heads)]

    # -- arguments

    def _argument(self) -> None:
        """Takes the next argument or complement."""
        if self._at_slot():
            self.arguments.append((frozenset({""}), self._slot()))
            return
        if self._at_complement(True):
            self.complement = self._complement()
            return
        words: list[str] = []
        while self.at < len(self.pieces) and not self._at_slot() and not self._at_complement(True):
            words.append(self._take())
        named, keys = self._named(words)
        self.arguments.extend(named)
        if self._at_slot():
            self.arguments.append((keys, self._slot()))
        elif self._peek() == "-ing" and (slot := self._gerund()) is not None:
            self.arguments.append((keys, slot))
        elif keys <= PARTICLES:
            self.trailing = min(keys)
        elif keys != {""}:
            raise LexiconError(f"'{'|'.join(sorted(keys))}' leads to no slot; put <target>, * or [..] after it")

    def _gerund(self) -> Slot | None:
        """`from -ing [attack]`: the gerund is the preposition's noun."""
        if self._peek() != "-ing" or self.at == 0 or self.pieces[self.at - 1].split("|")[0] not in PREPOSITIONS:
            return None
        self._take()
        return self._slot(bare=True)

    def _complement(self) -> Complement:
        word = self._take()
        slot = self._slot(bare=True)
        if word != "to" and slot.role != "any" and self._at_slot():
            below = self._slot()
            slot = Slot(role=slot.role, heads=below.heads, barred=below.barred)
        return Complement(kind="ing" if word == "-ing" else "to" if word == "to" else "that", slot=slot)

    def _at_complement(self, started: bool) -> bool:
        following = self.pieces[self.at + 1] if self.at + 1 < len(self.pieces) else ""
        word = self._peek()
        if not started or not following:
            return False
        if word in ("that", "whether"):
            return True
        return word in ("to", "-ing") and following[0] in "*["

    def _slot(self, *, bare: bool = False) -> Slot:
        """A slot with the brackets after it."""
        piece = self._take()
        optional = piece.endswith("?")
        piece = piece.removesuffix("?")
        role: Role = "any"
        heads, barred = frozenset[str](), frozenset[str]()
        if piece.startswith("["):
            heads, barred = self._bracket(piece)
        elif piece != "*":
            role = self._role(piece)
            if self.at < len(self.pieces) and self._peek().startswith("["):
                bracket = self._take()
                optional = optional or bracket.endswith("?")
                heads, barred = self._bracket(bracket.removesuffix("?"))
        elif not bare and self.at < len(self.pieces) and self._peek().startswith("["):
            heads, barred = self._bracket(self._take().removesuffix("?"))
        return Slot(role=role, heads=heads, barred=barred, optional=optional)

    def _role(self, piece: str) -> Role:
        for role in ("source", "target", "both", "place"):
            if piece == f"<{role}>":
                return role
        raise LexiconError(f"'{piece}' is no slot; there are <source>, <target>, <both>, <place> and *")

    def _bracket(self, piece: str) -> tuple[frozenset[str], frozenset[str]]:
        words = [word.strip() for word in piece[1:-1].split("|")]
        if not all(words) or any(word != word.lower() for word in words):
            raise LexiconError(f"'{piece}' must hold lemmas in lower case, parted by |")
        # A `!` before the first word bars them all: [!student | @children].
        barred = words[0].startswith("!")
        found = frozenset(unfold((word.removeprefix("!").strip() for word in words), self.sets))
        return (frozenset(), found) if barred else (found, frozenset())

    def _words(self) -> frozenset[str]:
        """The words that lead to the next slot, as keys: "with|to", "out of"."""
        pieces: list[str] = []
        while self.at < len(self.pieces) and not self._at_slot() and self._peek() != "-ing":
            pieces.append(self._take())
            for word in pieces[-1].split("|"):
                if word not in _SMALL:
                    raise LexiconError(f"'{word}' is no preposition or particle; nouns stand in [brackets]")
        return _joined(pieces)

    def _peek(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""

    def _take(self) -> str:
        if self.at >= len(self.pieces):
            raise LexiconError("it ends too early; put a slot, * or [..] after the last word")
        self.at += 1
        return self.pieces[self.at - 1]

    def _at_slot(self) -> bool:
        return self._is_slot(self._peek())

    @staticmethod
    def _is_slot(piece: str) -> bool:
        return piece.startswith(("<", "[")) or piece in ("*", "*?")


def _joined(pieces: Sequence[str]) -> frozenset[str]:
    """All ways through the alternatives: "out", "of|from" gives "out of" and "out from"."""
    keys = [""]
    for piece in pieces:
        keys = [f"{key} {word}".strip() for key in keys for word in piece.split("|")]
    return frozenset(keys)
