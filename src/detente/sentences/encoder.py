"""The language model: one pass over a sentence's words gives tags, tree and names.

A six-layer encoder with 8-bit weights, run by onnxruntime (`training/` says how it was made). The word pieces'
vectors stand in a table beside the graph.

A sentence's analysis does not depend on the sentences it is batched with: activations are quantised with fixed
ranges, and a batch holds only sentences of the same number of pieces, without padding.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import onnxruntime
from msgspec import Struct
from numpy.typing import NDArray
from tokenizers import Tokenizer

from detente.errors import ModelError
from detente.sentences.decode import best_names, best_tree, goes_on, is_tree
from detente.sentences.lemmas import Lemmas

MODEL_VARIABLE = "DETENTE_MODEL"
"""Environment variable: a folder with another model of the same format."""

# A word is read at its first piece, so a long one is cut: it costs pieces and says no more.
MAX_PIECES_PER_WORD = 8
# The encoder has places for 512; the sentence splitter cuts long before, so only strange text comes near.
MAX_PIECES = 500

# Word pieces in a batch: activations of more fall out of the processor's cache.
BATCH_PIECES = 640
# Numbers in the vector of a word.
STATE = 384
# Words whose pieces are remembered: a newspaper's year has fewer that matter.
REMEMBERED_WORDS = 200_000


class Analysis(Struct, frozen=True):
    """What the model says of a sentence, one entry per word."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    """Index of the head; -1 for the root."""
    relations: tuple[str, ...]
    names: tuple[str, ...]
    """BIO tags: "B-PER", "I-ORG", "O"."""
    confidence: float
    """Mean probability of the heads, from 0 to 1: a parse below 0.7 is often wrong at the top."""


class _Encoded(Struct, frozen=True):
    at: int
    pieces: list[int]
    shapes: list[int]
    places: list[int]


def shape_of(word: str) -> int:
    """What the letters' case says, which the pieces do not: "talks" 1, "Russia" 2, "NATO" 3, "J." 4, "McCain" 5,
    "2009" and "5th" 6, "," 7; 0 is for the ends of the sentence."""
    if any(c.isdigit() for c in word):
        return 6
    if word.islower():
        return 1
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 7
    if not letters[0].isupper() or not word[0].isalpha():
        return 5 if any(c.isupper() for c in letters) else 1
    if len(letters) == 1:
        return 4
    if all(c.isupper() for c in letters):
        return 3
    return 5 if any(c.isupper() for c in letters[1:]) else 2


class Language:
    """The model of one language, loaded from a folder and ready to analyse."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        manifest = _manifest(folder)
        self.name: str = manifest["name"]
        self.version: str = manifest["version"]
        self.sha256: str = manifest["sha256"]
        self.labels: dict[str, list[str]] = manifest["labels"]
        self._upos, self._xpos = self.labels["upos"], self.labels["xpos"]
        self._relations = ["dep" if relation == "root" else relation for relation in self.labels["relations"]]
        self._name_tags = tuple(self.labels["names"])
        self.size = sum((folder / name).stat().st_size for name in manifest["files"])
        """Bytes of the model's files."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # A memory plan is kept for every shape of batch; ours vary, and without plans it is a tenth faster.
        options.enable_mem_pattern = False
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "language.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises nothing narrower; nothing of ours stands inside
            raise _unloadable(folder, error) from error
        try:
            tables = dict(np.load(folder / "tables.npz"))
            self.lemmas = Lemmas.read(folder / "lemmas.tsv")
        except (OSError, ValueError, BadZipFile) as error:
            raise _unloadable(folder, error) from error
        self._vectors: NDArray[np.int8] = tables["vectors"]
        self._scales: NDArray[np.float32] = tables["scales"][:, None]
        self._relation: NDArray[np.float32] = tables["relation"].T
        self._relation_bias: NDArray[np.float32] = tables["relation_bias"]
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        vocabulary = self._tokenizer.get_vocab()
        self._unknown, self._first, self._last = (vocabulary[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self._known: dict[str, tuple[list[int], int]] = {}

    def __repr__(self) -> str:
        return f"<Language {self.name} {self.version} {self.sha256[:12]}>"

    def analyse(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Each sentence, given as its words, in the order given. More at once are faster."""
        results: list[Analysis] = [Analysis((), (), (), (), (), 0.0)] * len(sentences)
        for batch in self._batches(sentences):
            for encoded, analysis in zip(batch, self._run(batch), strict=True):
                results[encoded.at] = analysis
        return results

    def states(self, sentences: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
        """What the encoder knows of each word, for heads of one's own: an array (words + 1) x 384 per sentence.

        Row 0 stands for the sentence, row i + 1 for word i. Without the heads it takes a twentieth less than `analyse`.
        """
        results: list[NDArray[np.float32]] = [np.zeros((1, STATE), np.float32)] * len(sentences)
        for batch in self._batches(sentences):
            (states,) = self._session.run(["states"], self._inputs(batch))
            for row, item in enumerate(batch):
                results[item.at] = states[row, : len(item.places)]
        return results

    def _batches(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[_Encoded]]:
        """Batches of sentences with the same number of pieces; empty sentences are left out."""
        by_length: dict[int, list[_Encoded]] = defaultdict(list)
        for at, words in enumerate(sentences):
            if words:
                encoded = self._encode(at, words)
                by_length[len(encoded.pieces)].append(encoded)
        for length, group in sorted(by_length.items()):
            rows = max(1, BATCH_PIECES // length)
            for start in range(0, len(group), rows):
                yield group[start : start + rows]

    def _encode(self, at: int, words: Sequence[str]) -> _Encoded:
        pieces, shapes, places = [self._first], [0], [0]
        known = self._known
        for word in words:
            entry = known.get(word) or self._pieces_of(word)
            places.append(len(pieces))
            pieces += entry[0]
            shapes += [entry[1]] * len(entry[0])
        if len(pieces) >= MAX_PIECES:
            return self._encode_short(at, words)
        pieces.append(self._last)
        shapes.append(0)
        return _Encoded(at, pieces, shapes, places)

    def _encode_short(self, at: int, words: Sequence[str]) -> _Encoded:
        """The same with as many pieces of each word as there is room for."""
        room = max(1, (MAX_PIECES - 2) // len(words))
        entries = [self._pieces_of(word) for word in words[: MAX_PIECES - 2]]
        cut = [(ids[:room], shape) for ids, shape in entries]
        lengths = [len(ids) for ids, _ in cut]
        places = [0, *(1 + sum(lengths[:index]) for index in range(len(cut)))]
        pieces = [self._first, *(piece for ids, _ in cut for piece in ids), self._last]
        shapes = [0, *(shape for ids, shape in cut for _ in ids), 0]
        return _Encoded(at, pieces, shapes, places)

    def meaning(self, word: str) -> NDArray[np.float32]:
        """The direction of a word before it is read in context: the mean of its pieces' vectors, of length one.

        "quake" and "tremor" are near, and so are "kill" and "killing". Shape (384,).
        """
        pieces = self._pieces_of(word)[0]
        vector = (self._vectors[pieces].astype(np.float32) * self._scales[pieces]).mean(axis=0)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)

    def _pieces_of(self, word: str) -> tuple[list[int], int]:
        entry = self._known.get(word)
        if entry is None:
            if len(self._known) >= REMEMBERED_WORDS:
                self._known.clear()
            ids = self._tokenizer.encode(word[:100], add_special_tokens=False).ids
            entry = (ids[:MAX_PIECES_PER_WORD] or [self._unknown], shape_of(word))
            self._known[word] = entry
        return entry

    def _run(self, batch: Sequence[_Encoded]) -> Iterator[Analysis]:
        outputs: list[NDArray[Any]] = list(self._session.run(_OUTPUTS, self._inputs(batch)))
        upos, xpos, heads, relations, names, head_scores, arcs, relation_dep, relation_head = outputs
        # As lists at once: one array after the other in Python takes as long as a layer of the encoder.
        tags, finer, greedy, numbers = upos.tolist(), xpos.tolist(), heads.tolist(), relations.tolist()
        kinds, sure = names.argmax(axis=2).tolist(), np.exp(head_scores)
        for row, item in enumerate(batch):
            end = len(item.places)
            tree, relation = greedy[row][1:end], numbers[row][1:end]
            if not is_tree(tree):
                parts = (relation_dep[row], relation_head[row])
                tree, relation = self._mended(tree, relation, arcs[row, :end, :end], *parts)
            yield Analysis(
                upos=tuple([self._upos[number] for number in tags[row][1:end]]),
                xpos=tuple([self._xpos[number] for number in finer[row][1:end]]),
                heads=tuple([head - 1 for head in tree]),
                # The label "root" belongs to the root and to nothing else.
                relations=tuple(
                    [self._relations[number] if head else "root" for number, head in zip(relation, tree, strict=True)]
                ),
                names=self._names(kinds[row][1:end], names[row, 1:end]),
                confidence=float(sure[row, 1:end].mean()),
            )

    def _mended(
        self, heads: Sequence[int], relations: Sequence[int], arcs: NDArray[np.float32],
        dependents: NDArray[np.float32], governors: NDArray[np.float32],
    ) -> tuple[list[int], list[int]]:  # fmt: skip
        """The best tree where the best heads make none, and the relations of the words that it moves."""
        tree, numbers = best_tree(arcs), list(relations)
        for at, (head, before) in enumerate(zip(tree, heads, strict=True)):
            if head != before:
                numbers[at] = self._relation_between(dependents[at + 1], governors[head])
        return tree, numbers

    def _names(self, best: list[int], scores: NDArray[np.float32]) -> tuple[str, ...]:
        tags = self._name_tags
        if not goes_on(best, tags):
            best = best_names(scores, tags)
        return tuple([tags[number] for number in best])

    def _inputs(self, batch: Sequence[_Encoded]) -> dict[str, NDArray[Any]]:
        rows, words = len(batch), max(len(item.places) for item in batch)
        pieces = np.array([item.pieces for item in batch], np.int64)
        shapes = np.array([item.shapes for item in batch], np.int64)
        places = np.zeros((rows, words, 1), np.int64)
        is_word = np.zeros((rows, words), np.bool_)
        for row, item in enumerate(batch):
            places[row, : len(item.places), 0] = item.places
            is_word[row, : len(item.places)] = True
        vectors = self._vectors[pieces].astype(np.float32)
        vectors *= self._scales[pieces]
        return {"vectors": vectors, "shapes": shapes, "word_places": places, "is_word": is_word}

    def _relation_between(self, dependent: NDArray[np.float32], head: NDArray[np.float32]) -> int:
        return int(((dependent * head + dependent + head) @ self._relation + self._relation_bias).argmax())


_OUTPUTS = ["upos", "xpos", "heads", "relations", "names", "head_scores", "arcs", "relation_dep", "relation_head"]


def _unloadable(folder: Path, error: Exception) -> ModelError:
    return ModelError(f"{folder}: the model cannot be loaded ({error}); install Detente again?")


def _manifest(folder: Path) -> dict[str, Any]:
    """What the folder says it holds, after a look whether it does."""
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(
            f"{folder}: no language model here (manifest.json is missing); install Detente again, "
            f"or set {MODEL_VARIABLE} to the folder of a model"
        ) from None
    except ValueError as error:
        raise ModelError(f"{path}: not a manifest ({error}); install Detente again?") from error
    if manifest.get("format") != 1:
        raise ModelError(f"{path}: format {manifest.get('format')!r}, and this release reads format 1")
    for name, expected in manifest["files"].items():
        file = folder / name
        if not file.is_file():
            raise ModelError(f"{file}: missing, though {path} names it; install Detente again?")
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != expected:
            raise ModelError(f"{file}: damaged (sha256 {found}, expected {expected}); install Detente again?")
    return manifest


@lru_cache(maxsize=2)
def _load(folder: Path) -> Language:
    return Language(folder)


def language(folder: str | Path | None = None) -> Language:
    """The language model, loaded once a process: the one that ships, or that of DETENTE_MODEL, or of `folder`."""
    chosen = folder or os.environ.get(MODEL_VARIABLE) or Path(__file__).parent.parent / "models" / "en"
    return _load(Path(chosen).resolve())
