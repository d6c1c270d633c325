"""Forms of English verbs, for sentences that are put together."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from msgspec import Struct

IRREGULAR = Path(__file__).parent.parent / "irregular.txt"
# Verbs of several syllables that double their last letter, and short ones that do not.
DOUBLING = frozenset(
    [
        "abet",
        "acquit",
        "admit",
        "annul",
        "begin",
        "cancel",
        "commit",
        "compel",
        "control",
        "counsel",
        "equip",
        "expel",
        "forget",
        "fulfil",
        "handicap",
        "kidnap",
        "label",
        "level",
        "marshal",
        "model",
        "outbid",
        "overrun",
        "patrol",
        "permit",
        "propel",
        "quarrel",
        "quit",
        "rebel",
        "refer",
        "regret",
        "repel",
        "shovel",
        "signal",
        "submit",
        "travel",
        "unban",
        "upset",
        "wiretap",
        "worship",
    ]
)
_VOWELS = "aeiou"


class Forms(Struct, frozen=True):
    """One verb: "go", "goes", "went", "gone", "going"."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


@lru_cache(maxsize=1)
def _irregular() -> dict[str, tuple[str, str]]:
    found = {}
    for line in IRREGULAR.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, past, participle = line.split()
            found[lemma] = (past.partition("/")[0], participle.partition("/")[0])
    return found


def forms_of(verb: str) -> Forms:
    """The forms of a verb; "test-fire" bends its last part."""
    before, hyphen, last = verb.rpartition("-")
    head = before + hyphen
    stem = _stem(last)
    past, participle = _irregular().get(last, (_past(last, stem), _past(last, stem)))
    return Forms(verb, head + _third(last), head + past, head + participle, head + _gerund(last, stem))


def _stem(verb: str) -> str:
    """The verb with its last letter doubled where the endings ask for it: "stop" is "stopp"."""
    if verb in DOUBLING:
        return verb + verb[-1]
    vowels = sum(letter in _VOWELS for letter in verb)
    short = vowels == 1 and len(verb) > 2 and verb[-2] in _VOWELS and verb[-1] not in "aeiouwxy"
    return verb + verb[-1] if short else verb


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _past(verb: str, stem: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return stem + "ed"


def _gerund(verb: str, stem: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    return stem + "ing"
