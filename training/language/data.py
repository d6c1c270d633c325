"""Reads the treebanks and name corpora, and makes batches of word pieces from them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from detente.sentences.encoder import MAX_PIECES_PER_WORD, shape_of
from training.language.example import Example, begin_with_b, without_words
from training.language.headlines import as_headline

NOTHING = -100  # the label that torch's cross entropy leaves out of the loss
MAX_PIECES = 220  # the few longer training sentences are left out

UNKNOWN = "?"  # a column's value that is not in its labels is left out of the loss

NAMES = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC")

# CrossNER politics and the first version of UNER know more classes than we tell apart.
NAME_CLASSES = {
    "politician": "PER",
    "person": "PER",
    "country": "LOC",
    "location": "LOC",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "election": "MISC",
    "event": "MISC",
    "misc": "MISC",
    "OTH": "MISC",
}

# A relation's subtype with fewer examples is learnt as the plain relation.
RAREST_SUBTYPE = 60


@dataclass(frozen=True)
class Labels:
    """What the heads choose from; the index of a label is its number in the model."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...] = NAMES


def read_conllu(path: Path) -> Iterator[Example]:
    """The sentences of a treebank."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        meta = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        rows = [row for row in rows if row[0].isdecimal()]  # neither ranges (don't) nor empty nodes
        if not rows:
            continue
        yield Example(
            words=tuple(row[1] for row in rows),
            lemmas=tuple(row[2] for row in rows),
            upos=tuple(row[3] for row in rows),
            xpos=tuple(row[4] for row in rows),
            heads=tuple(int(row[6]) for row in rows),
            relations=tuple(row[7] for row in rows),
            sentence_id=meta.get("sent_id", ""),
            text=meta.get("text", ""),
        )


def read_names(path: Path) -> Iterator[Example]:
    """Token-per-line files: tab or space between, the tag last; IOB1 is read as well as IOB2."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        meta = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        rows = [line.split() for line in lines if line and not line.startswith("# ")]
        if not rows:
            continue
        numbered = len(rows[0]) > 2
        yield Example(
            words=tuple(row[1 if numbered else 0] for row in rows),
            names=begin_with_b(our_name(row[-1]) for row in rows),
            sentence_id=meta.get("sent_id", ""),
        )


def our_name(tag: str) -> str:
    """A tag with our four classes: "B-politician" -> "B-PER"."""
    if tag == "O":
        return tag
    prefix, _, kind = tag.partition("-")
    return f"{prefix}-{NAME_CLASSES.get(kind, kind)}"


def split_hyphens(example: Example) -> Example:
    """Treebank tokens from whitespace tokens: "centre-left" is three words in the treebanks."""
    words: list[str] = []
    names: list[str] = []
    for word, name in zip(example.words, example.names, strict=True):
        parts = [word]
        if "-" in word and word.replace("-", "").isalpha() and not word.startswith("-") and not word.endswith("-"):
            parts = [part for piece in word.split("-") for part in (piece, "-")][:-1]
        words.extend(parts)
        names.extend([name] + ["I" + name[1:] if name != "O" else "O"] * (len(parts) - 1))
    return replace(example, words=tuple(words), names=tuple(names))


def with_names(trees: Iterable[Example], named: Iterable[Example]) -> Iterator[Example]:
    """The trees, with the names of the same sentence where the words agree."""
    by_id = {example.sentence_id: example for example in named}
    for tree in trees:
        other = by_id.get(tree.sentence_id)
        yield replace(tree, names=other.names) if other and other.words == tree.words else tree


def as_uner(example: Example) -> Example:
    """Silver names by UNER's custom.

    "President Bush" is a person named Bush: GUM's spans hold the title, UNER's do not.
    """
    names = list(example.names)
    for last, relation in enumerate(example.relations[:-1]):
        if relation != "nmod:desc" or not names[last].endswith("-PER") or names[last + 1] != "I-PER":
            continue
        names[last + 1] = "B-PER"
        for at in range(last, -1, -1):  # "Prime Minister": back to where the name began
            began = names[at] == "B-PER"
            names[at] = "O"
            if began:
                break
    # The spans were derived by rule and miss some names: a proper noun outside them teaches nothing either way.
    for at, tag in enumerate(example.xpos):
        if tag in ("NNP", "NNPS") and names[at] == "O" and example.relations[at] != "nmod:desc":
            names[at] = UNKNOWN
    return replace(example, names=tuple(names))


def training_examples(treebanks: Path) -> list[Example]:
    """Train parts only. The order is fixed, so that the same seed gives the same model."""
    uner = list(read_names(treebanks / "ner/uner_ewt-train.iob2"))
    ewt = [e for path in sorted(treebanks.glob("ud_ewt/*-train*.conllu")) for e in read_conllu(path)]
    examples = list(with_names(ewt, uner))
    for path in sorted(treebanks.glob("gum_open/*-train.conllu")):
        trees = list(read_conllu(path))
        silver = treebanks / "ner" / path.name.replace("gum-", "gum_").replace(".conllu", ".iob2")
        if silver.exists():
            trees = [as_uner(e) if e.names else e for e in with_names(trees, read_names(silver))]
        examples.extend(trees)
    examples.extend(read_names(treebanks / "ner/wikigold.iob1"))
    for part in ("train", "dev"):
        examples.extend(read_names(treebanks / f"ner/crossner_politics-{part}.iob2"))
    return [example if example.heads else split_hyphens(example) for example in examples]


def dev_examples(treebanks: Path) -> dict[str, list[Example]]:
    """What is measured after each epoch."""
    ewt = list(
        with_names(read_conllu(treebanks / "ud_ewt/en_ewt-dev.conllu"), read_names(treebanks / "ner/uner_ewt-dev.iob2"))
    )
    return {"ewt-dev": ewt, "gum-news-dev": list(read_conllu(treebanks / "gum_open/gum-news-dev.conllu"))}


def labels_of(examples: Sequence[Example]) -> Labels:
    """All tags, and the relations without the rarest subtypes."""
    counts = Counter(relation for example in examples for relation in example.relations)
    kept = {name for name, count in counts.items() if ":" not in name or count >= RAREST_SUBTYPE}
    return Labels(
        upos=tuple(sorted({tag for example in examples for tag in example.upos})),
        xpos=tuple(sorted({tag for example in examples for tag in example.xpos})),
        relations=tuple(sorted(kept | {name.partition(":")[0] for name in counts})),
    )


# -- what newspapers do to a sentence ---------------------------------------------------------------------------------


def as_print(example: Example, rng: random.Random, *, headlines: float = 0.05) -> Example:
    """Now and then the sentence as a headline, in capitals, or without its full stop.

    The encoder sees letters without case and the case apart, so a model that never met "NATO AND RUSSIA AGREE"
    takes every word of it for an abbreviation.
    """
    if rng.random() < headlines and example.heads and len(example.words) < 25:
        example = as_headline(example, rng)
    chance = rng.random()
    if chance < 0.05:
        return replace(example, words=tuple(word.upper() for word in example.words))
    if chance < 0.12:
        return replace(example, words=tuple(word[:1].upper() + word[1:] for word in example.words))
    if chance < 0.16 and example.heads and example.upos[-1] == "PUNCT":
        return without_words(example, {len(example.words) - 1})
    return example


# -- batches ----------------------------------------------------------------------------------------------------------


@dataclass
class Batch:
    """`starts` points at the first piece of every word, and first at [CLS], which stands for the root."""

    pieces: torch.Tensor  # sentences x pieces
    shapes: torch.Tensor
    mask: torch.Tensor
    starts: torch.Tensor  # sentences x (words + 1)
    is_word: torch.Tensor
    upos: torch.Tensor
    xpos: torch.Tensor
    names: torch.Tensor
    heads: torch.Tensor
    relations: torch.Tensor


@dataclass(frozen=True)
class Encoded:
    """An example as numbers."""

    example: Example
    pieces: list[int]
    shapes: list[int]
    starts: list[int]


class Pieces:
    """Word pieces of words, remembered: most words come again."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.known: dict[str, list[int]] = {}
        self.unknown = tokenizer.token_to_id("[UNK]")
        self.first = tokenizer.token_to_id("[CLS]")
        self.last = tokenizer.token_to_id("[SEP]")

    def of(self, word: str) -> list[int]:
        """The pieces of a word."""
        pieces = self.known.get(word)
        if pieces is None:
            pieces = self.tokenizer.encode(word, add_special_tokens=False).ids[:MAX_PIECES_PER_WORD] or [self.unknown]
            self.known[word] = pieces
        return pieces

    def encode(self, example: Example) -> Encoded:
        """A sentence, with [CLS] and [SEP] around it."""
        pieces, shapes, starts = [self.first], [0], [0]
        for word in example.words:
            starts.append(len(pieces))
            ids = self.of(word)
            pieces.extend(ids)
            shapes.extend([shape_of(word)] * len(ids))
        return Encoded(example, [*pieces, self.last], [*shapes, 0], starts)


def batches(encoded: Sequence[Encoded], labels: Labels, *, size: int, rng: random.Random | None) -> Iterator[Batch]:
    """Sentences of like length together, at most `size` pieces with the padding; shuffled if `rng` is given."""
    known = numbers_of(labels)
    return (batch_of(group, known) for group in groups_of(encoded, size=size, rng=rng))


def groups_of(encoded: Sequence[Encoded], *, size: int, rng: random.Random | None) -> list[list[Encoded]]:
    """The sentences of each batch."""
    order = sorted(
        (e for e in encoded if len(e.pieces) <= MAX_PIECES),
        key=lambda e: len(e.pieces) + (rng.random() * 2 if rng else 0),
    )
    groups: list[list[Encoded]] = [[]]
    for item in order:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(item.pieces), len(groups[-1][-1].pieces)) > size:
            groups.append([])
        groups[-1].append(item)
    if rng:
        rng.shuffle(groups)
    return [group for group in groups if group]


def numbers_of(labels: Labels) -> dict[str, dict[str, int]]:
    """The number of each label, by column."""
    return {column: {name: at for at, name in enumerate(names)} for column, names in vars(labels).items()}


def batch_of(group: Sequence[Encoded], known: dict[str, dict[str, int]]) -> Batch:
    """Tensors of some examples; what is not annotated is NOTHING."""
    rows, width = len(group), max(len(item.pieces) for item in group)
    words = max(len(item.starts) for item in group)
    pieces = torch.zeros(rows, width, dtype=torch.long)
    shapes = torch.zeros(rows, width, dtype=torch.long)
    mask = torch.zeros(rows, width, dtype=torch.bool)
    starts = torch.zeros(rows, words, dtype=torch.long)
    is_word = torch.zeros(rows, words, dtype=torch.bool)
    gold = {name: torch.full((rows, words), NOTHING) for name in ("upos", "xpos", "names", "relations", "heads")}
    for row, item in enumerate(group):
        pieces[row, : len(item.pieces)] = torch.tensor(item.pieces)
        shapes[row, : len(item.pieces)] = torch.tensor(item.shapes)
        mask[row, : len(item.pieces)] = True
        starts[row, : len(item.starts)] = torch.tensor(item.starts)
        is_word[row, : len(item.starts)] = True
        example, last = item.example, len(item.starts)
        for name in ("upos", "xpos", "names"):
            column = getattr(example, name)
            if column:
                gold[name][row, 1:last] = torch.tensor([known[name].get(value, NOTHING) for value in column])
        if example.heads:
            table = known["relations"]
            ids = [table.get(r, table.get(r.partition(":")[0], NOTHING)) for r in example.relations]
            gold["relations"][row, 1:last] = torch.tensor(ids)
            gold["heads"][row, 1:last] = torch.tensor(example.heads)
    return Batch(pieces, shapes, mask, starts, is_word, **gold)
