"""Sentences to learn event types from: phrases put into constructions, whole sentences, and the lexicon's examples.

    phrases/aid.txt     send tents to []                    -> <Peru> has agreed to send tents to [Nepal]      AGREE
    sentences/aid.txt   [people] fled to a camp of <ngo>    -> [villagers] fled to a camp of <Oxfam>           AID
    lexicons/events     Norway sent rice to Haiti :: NOR -> HTI

All words are ours; who stands in a slot and what stands around it is drawn with a fixed seed.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from detente.lexicon import Lexicon
from detente.model import Span
from detente.reports.acts import Acts
from training.events.inflect import forms_of

HERE = Path(__file__).parent
NOTHING = "NOTHING"
"""The class of sentences that tell no event between the two."""
FRIENDLY = frozenset(["AID", "COOPERATE", "SUPPORT", "CONSULT", "CONCEDE", "RETREAT"])
HOSTILE = frozenset(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"])
# How often a phrase is told: as a fact, passively (where it has one), in each other standing that its type allows.
AS_FACT, AS_PASSIVE, IN_STANDING = 3, 1, 1
# How often a whole sentence is filled with other names.
FILLED = 3
SEED = 20090628
# Share of sentences with something before and behind the event.
BEFORE, BEHIND = 0.35, 0.6

_SLOT = re.compile(r"<([^<>]*)>|\[([^\[\]]*)\]|\{X\}")
_ADVERBS = frozenset(["ethnically", "sexually"])


class Example(Struct, frozen=True, kw_only=True):
    """A sentence with its pair and the type that it tells."""

    text: str
    source: Span | None
    target: Span | None
    type: str
    group: str
    """What it was made from: cross-validation keeps what is alike together."""


class Cast:
    """Who may stand in a slot."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.members: dict[str, list[str]] = {}
        for line in _lines(HERE / "cast.txt"):
            if line.startswith("["):
                members = self.members.setdefault(line.strip("[]"), [])
            else:
                members.append(line)

    def draw(self, kinds: list[str]) -> tuple[str, bool]:
        """A name and whether it is plural."""
        name = self.rng.choice(self.members[self.rng.choice(kinds)])
        plural = name.endswith("(pl)")
        return name.removesuffix("(pl)").strip(), plural


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def composed(seed: int = SEED) -> list[Example]:
    """All examples from phrases and whole sentences, the same for the same seed."""
    rng = random.Random(seed)
    cast, around = Cast(rng), Surroundings(rng)
    examples: list[Example] = []
    for path in sorted((HERE / "phrases").glob("*.txt")):
        examples += _of_phrases(path, cast, around, rng)
    for path in sorted((HERE / "sentences").glob("*.txt")):
        type = path.stem.upper()
        for line in _lines(path):
            for _ in range(FILLED):
                examples.append(_filled(line, type, f"{path.stem}:{line}", cast, around))
    return examples


class Surroundings:
    """What stands before and behind an event."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        lines = list(_lines(HERE / "surroundings.txt"))
        self.before = [line[2:] for line in lines if line.startswith("+")]
        self.behind = [line[2:] for line in lines if line.startswith("-")]

    def put(self, sentence: str) -> str:
        """The sentence with something around it, or as it is; a full stop, or none as in a headline."""
        if sentence.endswith((".", "?", '"')):
            return f"{self.rng.choice(self.before)} {sentence}" if self.rng.random() < BEFORE / 2 else sentence
        if self.rng.random() < BEHIND:
            behind = self.rng.choice(self.behind)
            sentence += behind if behind.startswith(",") else f" {behind}"
        if self.rng.random() < BEFORE:
            sentence = f"{self.rng.choice(self.before)} {sentence}"
        return sentence + ("." if self.rng.random() < 0.9 else "")


def _of_phrases(path: Path, cast: Cast, around: Surroundings, rng: random.Random) -> Iterator[Example]:
    sides: dict[str, list[str]] = {}
    frames = tomllib.loads((HERE / "frames.toml").read_text(encoding="utf-8"))
    acts = Acts(Lexicon())
    type = path.stem.upper()
    manner = "friendly" if type in FRIENDLY else "hostile" if type in HOSTILE else "other"
    for line in _lines(path):
        side, colon, kinds = line.partition(":")
        if colon and side in ("source", "target"):
            sides[side] = kinds.split()
            continue
        verb, _, rest = line.partition(" ")
        passive = rest.startswith("[") and "'s" not in rest and verb != "be"
        told = [("happened", frame) for frame in rng.sample(frames["happened"]["all"], AS_FACT)]
        told += [("happened", frame) for frame in rng.sample(frames["happened"]["passive"], AS_PASSIVE * passive)]
        for standing in ("planned", "threatened", "denied", "demanded"):
            known = frames[standing].get(manner, []) + (frames[standing].get("all", []) if manner != "other" else [])
            told += [(standing, frame) for frame in rng.sample(known, IN_STANDING * bool(known))]
        for standing, frame in told:
            act = acts.of(type, standing)
            label = act.act if act else type
            sentence = _told(frame, line, sides, cast, asked=standing == "demanded")
            yield _filled(sentence, label, f"{path.stem}:{line}", cast, around)


def _told(frame: str, phrase: str, sides: dict[str, list[str]], cast: Cast, *, asked: bool) -> str:
    """A phrase in a construction, its pair marked: "<Peru> has {pp}" gives "<Peru> has sent tents to [Nepal]"."""
    doer, many = cast.draw(sides["source"])
    words = phrase.split()
    adverb = words.pop(0) if words[0] in _ADVERBS else ""
    negated = words[0] == "not"
    verb, rest = words[negated], " ".join(words[1 + negated :])
    kinds = re.search(r"\[([^\[\]]*)\]", phrase)
    other, others = cast.draw([kinds[1]] if kinds and kinds[1] else sides["target"])
    owner = "their" if many else "his" if doer in cast.members["person"] else "its"
    rest = re.sub(r"\bits\b", owner, re.sub(r"\bit\b", "they" if many else "it", rest))
    rest = rest.replace("itself", "themselves" if many else "itself")
    mark = "{}" if asked else "[{}]"
    rest = re.sub(r"\[[^\[\]]*\]", mark.format(other), rest)
    forms = forms_of(verb)
    be = verb == "be"
    past = ("were" if many else "was") if be else forms.past
    present = ("are" if many else "is") if be else forms.base if many else forms.third
    do_not = {"past": "did not", "s": "do not" if many else "does not", "pp": "not", "ing": "not", "to": "not"}
    bent = {"past": past, "s": present, "pp": "been" if be else forms.participle, "ing": forms.gerund, "to": verb}
    parts = {
        key: " ".join(
            filter(None, (adverb, do_not[key], verb, rest) if negated and key in ("past", "s")
                   else (do_not[key] if negated else "", adverb, form, rest))
        )
        for key, form in bent.items()
    }  # fmt: skip
    parts |= {"has": "have" if many else "has", "is": "are" if many else "is", "was": "were" if many else "was"}
    parts |= {
        "has_T": "have" if others else "has",
        "is_T": "are" if others else "is",
        "was_T": "were" if others else "was",
    }
    behind = rest.partition("]")[2].strip()
    parts["passive"] = " ".join(filter(None, (adverb, forms.participle, behind)))
    # Who is asked is the target, whoever asks the source.
    parts |= {"S": f"[{doer}]" if asked else f"<{doer}>", "T": f"[{other}]", "X": "<{X}>" if asked else "{X}"}
    sentence = frame
    for key, value in parts.items():
        sentence = sentence.replace(f"{{{key}}}", value)
    return sentence


def _filled(line: str, type: str, group: str, cast: Cast, around: Surroundings) -> Example:
    """A marked line as an example: names drawn, something put around it, the pair's places noted."""
    marked = around.put(line)
    text, spans, at = "", {}, 0
    for found in _SLOT.finditer(marked.replace("<{X}>", "<person>")):
        text += marked.replace("<{X}>", "<person>")[at : found.start()]
        inside = found[1] if found[1] is not None else found[2] if found[2] is not None else "person"
        name = cast.draw([inside])[0] if inside in cast.members else inside
        if not text or text.endswith((". ", '"', "- ", "-- ", ": ")):
            name = name[:1].upper() + name[1:]
        if not found[0].startswith("{"):
            spans.setdefault("source" if found[0].startswith("<") else "target", (len(text), len(text) + len(name)))
        text += name
        at = found.end()
    text += marked.replace("<{X}>", "<person>")[at:]
    text = text[:1].upper() + text[1:]
    return Example(text=text, source=spans.get("source"), target=spans.get("target"), type=type, group=group)
