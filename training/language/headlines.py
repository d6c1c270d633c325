"""Sentences rewritten as headlines, with their trees.

No treebank holds headlines, and a model that never met them takes the second name of "Georgia, Russia trade fire" for
an apposition. So some sentences get the words, the tense and the commas of headlines:

    "They have been accused of the attack"       -> "Georgia, Russia accused of attack"
    "She met the president and the king"         -> "Obama meets president, king"
    "We will restore the ties"                   -> "Iran to restore ties"
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path

from training.language.example import Example, begin_with_b, without_words

NAMES = Path(__file__).parent / "names.txt"


def actors() -> list[tuple[str, tuple[str, ...]]]:
    """(class, words) of the names that headlines are about."""
    rows = []
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, names = line.partition(" ")
            rows += [(kind, tuple(name.split())) for name in names.split(", ")]
    return rows


ACTORS = actors()


def as_headline(example: Example, rng: random.Random) -> Example:
    """The sentence as a headline would have it; each habit of headlines now and then."""
    if rng.random() < 0.7:
        example = with_actors(example, rng)
    if rng.random() < 0.7:
        example = with_commas_for_and(example)
    dropped = {
        at
        for at, (lemma, relation) in enumerate(zip(example.lemmas, example.relations, strict=True))
        if (relation == "det" and lemma in ("the", "a"))
        or (lemma == "be" and relation in ("aux", "aux:pass", "cop"))
        or (lemma == "have" and relation == "aux")
        or (at == len(example.words) - 1 and example.upos[at] == "PUNCT")
    }
    return without_words(example, dropped)


def with_actors(example: Example, rng: random.Random) -> Example:
    """One to three actors in place of a subject of one word, and the verb in the tense of headlines."""
    root = example.heads.index(0)
    subjects = [
        at
        for at, head in enumerate(example.heads)
        if head == root + 1
        and example.relations[at] in ("nsubj", "nsubj:pass")
        and example.xpos[at] in ("PRP", "NNP", "NNPS")
        and at + 1 not in example.heads
    ]
    if len(subjects) != 1 or example.upos[root] not in ("VERB", "ADJ"):
        return example
    names = rng.sample(ACTORS, rng.choices((1, 2, 3), (4, 5, 1))[0])
    return with_names(in_headline_tense(example, root, plural=len(names) > 1), subjects[0], names)


def in_headline_tense(example: Example, root: int, *, plural: bool) -> Example:
    """ "met" -> "meets" or "meet"; "will meet" -> "to meet"."""
    columns = {name: list(getattr(example, name)) for name in ("words", "lemmas", "upos", "xpos", "relations")}
    auxiliaries = [
        at for at, head in enumerate(example.heads) if head == root + 1 and example.relations[at].startswith("aux")
    ]
    for at in auxiliaries:
        if example.lemmas[at] == "will":
            for name, value in zip(columns, ("to", "to", "PART", "TO", "mark"), strict=True):
                columns[name][at] = value
    if not auxiliaries and example.xpos[root] in ("VBD", "VBP", "VBZ"):
        lemma = example.lemmas[root]
        columns["words"][root] = lemma if plural else third_person(lemma)
        columns["xpos"][root] = "VBP" if plural else "VBZ"
    return replace(example, **{name: tuple(values) for name, values in columns.items()})


def third_person(lemma: str) -> str:
    """ "deny" -> "denies"."""
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


@dataclass
class Row:
    """A word that is put in; its head counts within the words that are put in, None is the old word's head."""

    word: str
    upos: str
    xpos: str
    head: int | None
    relation: str
    name: str


def with_names(example: Example, at: int, names: list[tuple[str, tuple[str, ...]]]) -> Example:
    """The names, with commas between them, in the place of the word `at`."""
    rows: list[Row] = []
    first = len(names[0][1]) - 1
    for number, (kind, words) in enumerate(names):
        last = len(rows) + (number > 0) + len(words) - 1
        if number:
            rows.append(Row(",", "PUNCT", ",", last, "punct", "O"))
        for index, word in enumerate(words[:-1]):
            rows.append(Row(word, "PROPN", "NNP", last, "compound", f"{'I' if index else 'B'}-{kind}"))
        name = f"{'I' if len(words) > 1 else 'B'}-{kind}"
        if number:
            rows.append(Row(words[-1], "PROPN", "NNP", first, "conj", name))
        else:
            rows.append(Row(words[-1], "PROPN", "NNP", None, example.relations[at], name))
    shift = len(rows) - 1

    def moved(head: int) -> int:
        if head - 1 == at:
            return at + first + 1
        return head + shift if head - 1 > at else head

    def column(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
        return (*old[:at], *new, *old[at + 1 :]) if old else ()

    heads = [moved(head) for head in example.heads]
    inside = [heads[at] if row.head is None else at + row.head + 1 for row in rows]
    return replace(
        example,
        words=column(example.words, [row.word for row in rows]),
        lemmas=column(example.lemmas, [row.word for row in rows]),
        upos=column(example.upos, [row.upos for row in rows]),
        xpos=column(example.xpos, [row.xpos for row in rows]),
        relations=column(example.relations, [row.relation for row in rows]),
        names=begin_with_b(column(example.names, [row.name for row in rows])),
        heads=(*heads[:at], *inside, *heads[at + 1 :]),
    )


def with_commas_for_and(example: Example) -> Example:
    """ "the president and the king" -> "the president, the king"."""
    columns = {name: list(getattr(example, name)) for name in ("words", "lemmas", "upos", "xpos", "relations")}
    dropped = set()
    for at, (lemma, relation) in enumerate(zip(example.lemmas, example.relations, strict=True)):
        head = example.heads[at] - 1
        if lemma != "and" or relation != "cc" or at == 0 or example.relations[head] != "conj":
            continue
        if example.words[at - 1] == ",":
            dropped.add(at)
            continue
        for name, value in zip(columns, (",", ",", "PUNCT", ",", "punct"), strict=True):
            columns[name][at] = value
    return without_words(replace(example, **{name: tuple(values) for name, values in columns.items()}), dropped)
