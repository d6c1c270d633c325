"""How well, and how fast, the language model reads.

    python benchmarks/language.py --treebanks DIR [--model DIR]

DIR holds ud_ewt/ ud_pud/ gum_open/ ner/ (training/README.md says where they come from). Trees and tags are measured
on gold tokens, with punctuation, as the CoNLL 2018 shared task did but for subtypes of relations, which are left out;
names as exact spans of PER, LOC and ORG; words and sentence ends on raw text, 20 sentences joined by spaces. Speeds
are words per second of processor time, one thread, all heads.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detente.model import Article, Block
from detente.sentences import Language, language, sentences_of
from detente.sentences.split import sentences_in
from detente.sentences.tokens import tokens_in

JOINED = 20
SENTENCES_PER_ARTICLE = 25


@dataclass(frozen=True)
class Gold:
    """A sentence of a treebank, with the names of the parallel name corpus where there is one."""

    text: str
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass
class Tally:
    """Right, told and true; the F measure of them."""

    right: int = 0
    told: int = 0
    true: int = 0

    def add(self, found: set[object], gold: set[object]) -> None:
        """Count one more sentence or text."""
        self.right += len(found & gold)
        self.told += len(found)
        self.true += len(gold)

    @property
    def f(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(1, self.told + self.true)


@dataclass
class Scores:
    """What is printed of one test set."""

    words: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("upos", "xpos", "uas", "las", "lemma"), 0))
    names: Tally = field(default_factory=Tally)


def blocks_of(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """(metadata, rows of cells) of each sentence."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        meta = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        rows = [line.split("\t") for line in lines if not line.startswith("# ")]
        rows = [row for row in rows if row[0].isdecimal()]
        if rows:
            yield meta, rows


def gold_of(path: Path, named: Path | None = None) -> list[Gold]:
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    if named:
        # By their words: the two repositories of PUD number their sentences differently.
        names = {tuple(row[1] for row in rows): tuple(row[-1] for row in rows) for _, rows in blocks_of(named)}
    out = []
    for meta, rows in blocks_of(path):
        words, lemmas, upos, xpos = (tuple(row[column] for row in rows) for column in (1, 2, 3, 4))
        tags = names.get(words, ())
        heads, relations = tuple(int(row[6]) for row in rows), tuple(row[7] for row in rows)
        out.append(Gold(meta["text"], words, lemmas, upos, xpos, heads, relations, tags))
    return out


def spans(tags: Sequence[str]) -> set[object]:
    """(first word, word after the last, class) of the names of class PER, LOC and ORG."""
    out: set[object] = set()
    start, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        if kind and (not tag.startswith("I-") or tag[2:] != kind):
            out.add((start, at, kind))
            kind = ""
        if tag[:2] in ("B-", "I-") and tag[2:] in ("PER", "LOC", "ORG") and not kind:
            start, kind = at, tag[2:]
    return out


def analysed(model: Language, gold: Sequence[Gold]) -> Scores:
    scores = Scores()
    counts = scores.counts
    for sentence, found in zip(gold, model.analyse([sentence.words for sentence in gold]), strict=True):
        scores.words += len(sentence.words)
        for at, word in enumerate(sentence.words):
            attached = sentence.heads[at] == found.heads[at] + 1
            counts["upos"] += sentence.upos[at] == found.upos[at]
            counts["xpos"] += sentence.xpos[at] == found.xpos[at]
            counts["uas"] += attached
            counts["las"] += attached and plain(sentence.relations[at]) == plain(found.relations[at])
            lemma = model.lemmas.of(word, found.upos[at], found.xpos[at], capital_tells=at > 0)
            counts["lemma"] += lemma == sentence.lemmas[at]
        if sentence.names:
            scores.names.add(spans(found.names), spans(sentence.names))
    return scores


def plain(relation: str) -> str:
    return relation.partition(":")[0]


def cut(gold: Sequence[Gold]) -> tuple[Tally, Tally]:
    """Tokens and sentences found in raw text."""
    tokens, sentences = Tally(), Tally()
    for start in range(0, len(gold), JOINED):
        group = gold[start : start + JOINED]
        text, true_words, true_sentences = "", set[object](), set[object]()
        for sentence in group:
            begin = at = len(text)
            text += sentence.text.rstrip()
            for word in sentence.words:
                at = text.index(word, at)
                true_words.add((at, at + len(word)))
                at += len(word)
            true_sentences.add((begin, len(text)))
            text += " "
        found = tokens_in(text)
        tokens.add(set(found), true_words)
        sentences.add({(found[a][0], found[b - 1][1]) for a, b in sentences_in(text, found)}, true_sentences)
    return tokens, sentences


def articles_of(gold: Sequence[Gold]) -> list[Article]:
    out = []
    for start in range(0, len(gold), SENTENCES_PER_ARTICLE):
        text = " ".join(sentence.text for sentence in gold[start : start + SENTENCES_PER_ARTICLE])
        block = Block("paragraph", 0, len(text))
        out.append(Article(id=str(start), record="", origin="", text=text, blocks=(block,)))
    return out


def speeds(model: Language, gold: Sequence[Gold]) -> dict[str, float]:
    """Words per second of processor time; the best of three runs, as others use the machine too."""
    words = [sentence.words for sentence in gold]
    articles = articles_of(gold)
    count = sum(map(len, words))
    runs: dict[str, list[float]] = {
        "analysis of gold tokens": [],
        "from text to sentences": [],
        "one article at a time": [],
    }
    for _ in range(3):
        for name, run in (
            ("analysis of gold tokens", lambda: model.analyse(words)),
            ("from text to sentences", lambda: list(sentences_of(articles, model))),
            ("one article at a time", lambda: [list(sentences_of([article], model)) for article in articles]),
        ):
            began = time.process_time()
            run()
            runs[name].append(count / (time.process_time() - began))
    return {name: max(values) for name, values in runs.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="folder of another model than the one that ships")
    args = parser.parse_args()
    began = time.process_time()
    model = language(args.model)
    print(f"{model!r}; loaded in {time.process_time() - began:.2f} CPU-s")
    print(f"model data {model.size / 1e6:.1f} MB")

    trees = args.treebanks
    sets = {
        "EWT test": gold_of(trees / "ud_ewt/en_ewt-test.conllu", trees / "ner/uner_ewt-test.iob2"),
        "PUD": gold_of(trees / "ud_pud/en_pud-test.conllu", trees / "ner/uner_pud-test.iob2"),
        "GUM news test": gold_of(trees / "gum_open/gum-news-test.conllu"),
    }
    print(f"{'':14} {'words':>6}  {'UPOS':>5}  {'XPOS':>5}  {'lemma':>5}  {'UAS':>5}  {'LAS':>5}  names F")
    for name, gold in sets.items():
        scores = analysed(model, gold)
        shares = (f"{100 * scores.counts[key] / scores.words:5.2f}" for key in ("upos", "xpos", "lemma", "uas", "las"))
        names = f"{scores.names.f:5.2f}" if scores.names.true else "-"
        print(f"{name:14} {scores.words:6}  {'  '.join(shares)}  {names}")
    for name, gold in sets.items():
        tokens, sentences = cut(gold)
        print(f"{name}, raw text: tokens F {tokens.f:.2f}, sentences F {sentences.f:.2f}")
    for name, speed in speeds(model, sets["PUD"]).items():
        print(f"PUD, {name}: {speed:,.0f} words per CPU-second")


if __name__ == "__main__":
    main()
