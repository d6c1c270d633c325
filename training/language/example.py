"""A sentence of the training data, and how words are taken out of its tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Example:
    """One sentence. Tree columns are empty where only names are annotated, and the other way round."""

    words: tuple[str, ...]
    upos: tuple[str, ...] = ()
    xpos: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    relations: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    sentence_id: str = ""
    text: str = ""


def begin_with_b(tags: Iterable[str]) -> tuple[str, ...]:
    """IOB1 as IOB2: the first word of a name is marked B."""
    out: list[str] = []
    for tag in tags:
        follows = bool(out) and out[-1][2:] == tag[2:] and out[-1] != "O"
        out.append("B" + tag[1:] if tag.startswith("I-") and not follows else tag)
    return tuple(out)


def without_words(example: Example, dropped: set[int]) -> Example:
    """The sentence without these words; one that others depend on stays."""
    dropped = {at for at in dropped if at + 1 not in example.heads}
    kept = [at for at in range(len(example.words)) if at not in dropped]
    if not kept or len(kept) == len(example.words):
        return example
    place = {0: 0} | {at + 1: new + 1 for new, at in enumerate(kept)}

    def left(column: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(column[at] for at in kept) if column else ()

    return replace(
        example,
        words=left(example.words),
        lemmas=left(example.lemmas),
        upos=left(example.upos),
        xpos=left(example.xpos),
        relations=left(example.relations),
        names=begin_with_b(left(example.names)),
        heads=tuple(place[example.heads[at]] for at in kept),
    )
